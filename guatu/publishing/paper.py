"""A bulletin as an official document: the layout's Document from its blocks and tables, and the files made of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from guatu.core.official.docx import to_docx
from guatu.core.official.model import Attachment, Block, Document, Heading, Imprint, IssueLine, Paragraph, Run, Table
from guatu.core.official.pdf import to_pdf
from guatu.publishing import blocks as own


@dataclass(frozen=True, slots=True)
class Head:
    """What stands around the text: red name, issue, editing unit and day, title, who gets copies."""

    masthead: str
    issue: str
    unit: str
    on: date
    title: str
    copies_to: tuple[str, ...] = ()


def document_of(head: Head, blocks: Sequence[own.Block], tables: Sequence[Table], *, draft: bool) -> Document:
    """The document; `draft` prints 未签发 on every page. Tables stand behind the text as its attachments."""
    attachments = tuple(
        Attachment(
            table.title,
            (Table(table.columns, table.rows, unit=table.unit, note=table.note, landscape=table.landscape),),
        )
        for table in tables
    )
    return Document(
        title=head.title,
        blocks=tuple(part for block in blocks for part in _parts(block)),
        masthead=head.masthead,
        issue=IssueLine(head.issue, head.unit, head.on),
        attachments=attachments,
        copies_to=head.copies_to,
        printed=Imprint(head.unit, head.on),
        draft=draft,
    )


def _parts(block: own.Block) -> list[Block]:
    """A heading, or one paragraph a line; what a person emptied is left out."""
    lines = [match.span() for match in re.finditer(r"\S[^\n]*", block.text)]
    if block.kind == "heading":
        return [Heading(block.level, "".join(block.text.split("\n")).strip())] if lines else []
    return [Paragraph(tuple(_runs(block, start, end))) for start, end in lines]


def _runs(block: own.Block, start: int, end: int) -> list[Run]:
    runs: list[Run] = []
    at = start
    for place in block.places:
        if at <= place.start and place.end <= end:
            runs += [Run(block.text[at : place.start]), Run(block.text[place.start : place.end], figure=place.key)]
            at = place.end
    runs.append(Run(block.text[at:end].rstrip()))
    return [run for run in runs if run.text]


def render(document: Document, ending: str) -> bytes:
    """The document as "docx" or "pdf"."""
    return to_pdf(document) if ending == "pdf" else to_docx(document)
