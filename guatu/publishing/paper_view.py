"""The paper as a page shows it: numbered headings, paragraphs whose figures open, tables, findings beside blocks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from guatu.core import clock
from guatu.core.official.layout import title_parts
from guatu.core.official.model import Document, Heading, Paragraph, Table
from guatu.core.official.wording import chinese_number
from guatu.domain.indicators.registry import INDICATORS
from guatu.people.models import Unit
from guatu.publishing.blocks import Block, split_key
from guatu.publishing.bulletins import Made
from guatu.publishing.checking import TITLE, Found
from guatu.publishing.models import Bulletin
from guatu.publishing.queries import FigureChoice, figure_choices, lists_of


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `url` opens the rows behind its figure."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A heading (level 1 or 2) or a paragraph (level 0)."""

    level: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document ready for the template."""

    document: Document
    title: list[str]
    lines: list[Line]
    tables: list["HtmlTable"]


@dataclass(frozen=True, slots=True)
class HtmlTable:
    """A table with its head's cells: (text, columns it spans, rows it spans)."""

    title: str
    unit: str
    note: str
    top: list[tuple[str, int, int]]
    below: list[str]
    rows: list[tuple[bool, list[tuple[str, str]]]]


@dataclass(frozen=True, slots=True)
class Finding:
    """A number that disagrees, with what a person may do about it."""

    found: Found
    choices: list[FigureChoice]
    restorable: bool
    correctable: bool


@dataclass(slots=True)
class EditBlock:
    """A block as the editing page shows it."""

    block: Block
    rows: int
    findings: list[Finding] = field(default_factory=list)
    live: str = ""


def sheet_of(document: Document, urls: Mapping[str, str] | None = None) -> Sheet:
    """The document for the template; `urls` are the addresses behind figures, by key."""
    known, counters = urls or {}, [0, 0]
    lines: list[Line] = []
    for part in document.blocks:
        if isinstance(part, Heading):
            lines.append(Line(part.level, (Piece(_number(part.level, counters) + part.text),)))
        elif isinstance(part, Paragraph):
            lines.append(Line(0, tuple(Piece(run.text, known.get(run.figure or "", "")) for run in part.runs)))
    tables = [_table(a.title, block) for a in document.attachments for block in a.blocks if isinstance(block, Table)]
    return Sheet(document, title_parts(document.title), lines, tables)


def _number(level: int, counters: list[int]) -> str:
    if level == 1:
        counters[:] = [counters[0] + 1, 0]
        return f"{chinese_number(counters[0])}、"
    counters[1] += 1
    return f"（{chinese_number(counters[1])}）"


def _table(title: str, table: Table) -> HtmlTable:
    top: list[tuple[str, int, int]] = []
    grouped = any(column.group for column in table.columns)
    before: str | None = None
    for column in table.columns:
        if column.group is None:
            top.append((column.heading, 1, 2 if grouped else 1))
        elif column.group == before:
            top[-1] = (column.group, top[-1][1] + 1, 1)
        else:
            top.append((column.group, 1, 1))
        before = column.group
    below = [column.heading for column in table.columns if column.group is not None]
    aligns = ["num" if column.align == "right" else column.align for column in table.columns]
    rows = [
        (row.total, [(cell.text, align) for cell, align in zip(row.cells, aligns, strict=True)]) for row in table.rows
    ]
    return HtmlTable(title, table.unit, table.note, top, below, rows)


# -- addresses behind figures ------------------------------------------------------------------------------------------
def figure_urls(bulletin: Bulletin, keys: Iterable[str]) -> dict[str, str]:
    """Key → the page of the rows behind it; an issued bulletin's figures as known on the day of its issue."""
    params = {
        "lists": ",".join(str(row.public_id) for row in lists_of(bulletin)),
        "as_of": bulletin.as_of.isoformat(),
        "basis": bulletin.basis,
    }
    if bulletin.issued_at is not None:
        params["known_on"] = clock.local(bulletin.issued_at).date().isoformat()
    units = {str(row): str(row.pk) for row in Unit.objects.filter(region__path__startswith=bulletin.region.path)}
    found: dict[str, str] = {}
    for key in keys:
        cut, group, indicator = split_key(key)
        value = {"whole": "", "class": group, "unit": units.get(group, "")}.get(cut)
        if indicator not in INDICATORS or value is None or (cut != "whole" and not value):
            continue
        tail = {f"g.{cut}": value} if value else {}
        found[key] = f"{reverse('dispatch:rows')}?{urlencode({**params, 'indicator': indicator, **tail})}"
    return found


def keys_of(document: Document) -> set[str]:
    """The keys of all figures that a document prints."""
    runs = (run for part in document.blocks if isinstance(part, Paragraph) for run in part.runs)
    return {run.figure for run in runs if run.figure}


# -- editing -----------------------------------------------------------------------------------------------------------
def edit_blocks(blocks: Sequence[Block], found: Sequence[Found], made: Made) -> list[EditBlock]:
    """The blocks with their findings, for the editing page."""
    live = {block.id: block.text for block in made.blocks}
    shown = [EditBlock(block, _rows(block), live=live.get(block.id, "")) for block in blocks]
    by_id = {item.block.id: item for item in shown}
    for each in found:
        if each.block in by_id:
            by_id[each.block].findings.append(_finding(each, by_id[each.block].block, made, live))
    return shown


def title_findings(found: Sequence[Found]) -> list[Finding]:
    """The findings of the title: it is edited or marked, never rebound."""
    return [Finding(each, [], False, False) for each in found if each.block == TITLE]


def _finding(found: Found, block: Block, made: Made, live: Mapping[str, str]) -> Finding:
    correctable = found.finding.kind == "differs" and found.key in made.figures
    restorable = block.id in live and live[block.id] != block.text
    return Finding(found, figure_choices(found, block.text, made), restorable, correctable)


def _rows(block: Block) -> int:
    return 1 if block.kind == "heading" else min(14, 1 + sum(len(line) // 56 + 1 for line in block.text.split("\n")))


def finding_context(found: Iterable[Found]) -> list[dict[str, Any]]:
    """Findings as plain values, for the API and the command line."""
    return [
        {
            "block": item.block,
            "start": item.finding.start,
            "printed": item.finding.printed,
            "kind": "table" if item.against_table else item.finding.kind,
            "expected": item.finding.expected,
            "context": item.context,
        }
        for item in found
    ]
