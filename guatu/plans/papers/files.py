"""The papers as files: docx and PDF of each, and a workbook of those that are tables."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from guatu.core.books.office import book_bytes
from guatu.core.file_types import MEDIA_TYPES
from guatu.core.official.docx import to_docx
from guatu.core.official.papers import Paper, book_of, document_of
from guatu.core.official.pdf import to_pdf
from guatu.core.refusals import Refusal, Sentence
from guatu.plans.papers.roadmap import roadmap_pdf, roadmap_table
from guatu.plans.papers.selection import Selection
from guatu.plans.papers.tasks import task_sheet
from guatu.plans.papers.timetable import timetable


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One of the three papers: its words, what it is good for, its files, and how its table is made."""

    words: Sentence
    hint: Sentence
    endings: tuple[str, ...]
    table: Callable[[Selection], Paper]


KINDS: Final[Mapping[str, PaperKind]] = {
    "tasks": PaperKind(
        _("任务单"), _("一段时间内要完成、开始和推进的节点，发给责任单位或送领导"), ("pdf", "docx", "xlsx"), task_sheet
    ),
    "roadmap": PaperKind(
        _("路线图"), _("每个项目的节点按先后排列，标出关键线路和今天"), ("pdf", "docx"), roadmap_table
    ),
    "timetable": PaperKind(
        _("时间表"), _("多个项目按月排列；单个项目列出计划、预计、实际和偏差"), ("pdf", "docx", "xlsx"), timetable
    ),
}


AT_ONCE: Final = 8000
"""Nodes of a paper that is made while its reader waits, about ten seconds; a larger one is made in the background."""
DRAWN_AT_ONCE: Final = 2000
"""The same of a roadmap's PDF, of which every node is drawn."""


def takes_long(selection: Selection, ending: str) -> bool:
    """Whether a paper is better made in the background; counted, not read."""
    drawn = selection.kind == "roadmap" and ending == "pdf"
    return selection.size > (DRAWN_AT_ONCE if drawn else AT_ONCE)


def paper_of(selection: Selection) -> Paper:
    """The paper's content. Refuses with a sentence where there is nothing to print."""
    if not selection.lines:
        raise Refusal("plans.paper_no_projects")
    if not selection.planned:
        raise Refusal("plans.paper_no_plans", count=len(selection.lines))
    paper = KINDS[selection.kind].table(selection)
    if not any(part.rows for part in paper.parts):
        raise Refusal("plans.paper_no_nodes", title=paper.title.replace("\n", ""))
    return paper


def file_of(selection: Selection, ending: str) -> tuple[str, str, bytes]:
    """(name, media type, content) of a paper as "pdf", "docx" or "xlsx"."""
    paper = paper_of(selection)
    name = f"{paper.title}_{selection.day:%Y%m%d}.{ending}".replace("\n", "").replace("/", "_")
    return name, MEDIA_TYPES[ending], _content(selection, paper, ending)


def _content(selection: Selection, paper: Paper, ending: str) -> bytes:
    if ending == "xlsx":
        return book_bytes(book_of(paper))
    if ending == "docx":
        return to_docx(document_of(paper))
    return roadmap_pdf(selection) if selection.kind == "roadmap" else to_pdf(document_of(paper))
