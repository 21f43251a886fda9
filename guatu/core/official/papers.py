"""A paper as rows before any file: one table for the docx, the PDF and the workbook, so that they cannot come apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from guatu.core.books.model import Book, Group, Kind
from guatu.core.books.model import Column as BookColumn
from guatu.core.books.model import Row as BookRow
from guatu.core.official.model import (
    Align,
    Block,
    Column,
    Document,
    Row,
    SignatureLines,
    Table,
    heading_row,
    paragraph,
    row,
)
from guatu.core.ui.numbers import NO_FIGURE

Value = str | int | date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A column: its share of a page, its heading, and how a workbook writes it."""

    code: str
    heading: str
    weight: float = 1.0
    align: Align = "left"
    group: str = ""
    kind: Kind = Kind.TEXT
    widest: int = 20


@dataclass(frozen=True, slots=True)
class Part:
    """Rows under a heading; without words they stand by themselves. A row with one value only is a line across."""

    words: str
    rows: Sequence[Mapping[str, Value]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper: title, the lines under it, its table, notes, and where it is signed."""

    title: str
    sheet: str
    head: Sequence[str]
    fields: Sequence[Field]
    parts: Sequence[Part]
    notes: Sequence[str]
    signed: Sequence[str] = ()
    day: date


ACROSS: Final = "across"
"""The key of a row that is one line over the table's whole width."""


def document_of(paper: Paper) -> Document:
    """The paper across A4 as a working table: the faces of GB/T 9704, but not its margins, since it is no 公文."""
    columns = tuple(Column(field.heading, field.weight, field.align, field.group or None) for field in paper.fields)
    note = "\n".join(f"{_('注：') if at == 0 else '　　'}{text}。" for at, text in enumerate(paper.notes))
    table = Table(columns, tuple(_rows(paper)), note=note, landscape=True, together=False)
    blocks: list[Block] = [paragraph(line, indent=False, small=True) for line in paper.head]
    blocks.append(table)
    if paper.signed:
        blocks.append(SignatureLines(tuple(paper.signed)))
    return Document(title=paper.title, blocks=tuple(blocks), narrow=True, signed_on=None)


def _rows(paper: Paper) -> list[Row]:
    made = []
    for part in paper.parts:
        if part.words:
            made.append(heading_row(part.words))
        made += [_row(paper.fields, values) for values in part.rows]
    return made


def _row(fields: Sequence[Field], values: Mapping[str, Value]) -> Row:
    if ACROSS in values:
        return heading_row(str(values[ACROSS]))
    return row(*(_words(values.get(field.code)) for field in fields))


def _words(value: Value) -> str:
    if value is None:
        return NO_FIGURE
    return value.isoformat() if isinstance(value, date) else str(value)


def book_of(paper: Paper) -> Book:
    """The paper as a workbook of one sheet: dates are dates, and what the head says stands over the table."""
    columns = [
        BookColumn(
            code=field.code,
            heading=field.heading,
            group=field.group,
            kind=field.kind,
            centred=field.align == "center",
            widest=field.widest,
            always=True,
        )
        for field in paper.fields
    ]
    alone = [values for part in paper.parts if not part.words for values in part.rows]
    groups = [Group(part.words, _book_rows(part.rows)) for part in paper.parts if part.words]
    return Book(
        title=paper.title.replace("\n", ""),
        sheet=paper.sheet,
        columns=columns,
        left="　　".join(paper.head[:-1]),
        right=paper.head[-1],
        rows=_book_rows(alone),
        groups=groups,
        notes=[_("注：{text}。").format(text="；".join(paper.notes))] if paper.notes else [],
        frozen=paper.fields[1].code,
    )


def _book_rows(rows: Sequence[Mapping[str, Value]]) -> list[BookRow]:
    return [{code: value if value != "" else None for code, value in values.items()} for values in rows]
