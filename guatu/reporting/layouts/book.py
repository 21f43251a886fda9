"""A filled layout as an office's workbook: title, unit line, one or two heading rows, ready for print and reading."""

from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from guatu.core.books import model
from guatu.core.books.model import Book, Kind, Value
from guatu.core.books.office import book_bytes, cell_words
from guatu.core.sheets.fields import FieldKind
from guatu.reporting.imports import in_source_language
from guatu.reporting.layouts.filling import Filled, FilledRow
from guatu.reporting.layouts.schema import Column, Layout
from guatu.reporting.layouts.sources import NAME, SOURCES
from guatu.reporting.workbooks.rows import place_words

KINDS: Final = {
    FieldKind.DATE: Kind.DATE,
    FieldKind.INTEGER: Kind.NUMBER,
    FieldKind.PERCENT: Kind.DECIMAL,
    FieldKind.MONEY: Kind.MONEY,
}
_WIDE: Final = 30


@in_source_language()
def layout_file(filled: Filled) -> tuple[str, bytes]:
    """(name, content) of the workbook, in the ledgers' own language."""
    book = layout_book(filled)
    return f"{book.title}.xlsx", book_bytes(book)


def layout_book(filled: Filled) -> Book:
    """The workbook of a filled layout."""
    layout = filled.layout
    numbered = [(f"c{place}", column) for place, column in enumerate(layout.columns, start=1)]
    return Book(
        title=title_of(filled),
        sheet=layout.number or layout.name,
        columns=[_column(code, column, layout) for code, column in numbered],
        unit=layout.unit,
        left=_("表号：{number}").format(number=layout.number) if layout.number else "",
        rows=[{code: _cell(row, column, layout) for code, column in numbered} for row in filled.rows],
        notes=filled.notes,
        frozen=next(code for code, column in numbered if column.source == NAME),
    )


def title_of(filled: Filled) -> str:
    """The title with its place and period."""
    place = place_words(filled.annual_list.region)
    return filled.layout.title.replace("{place}", place).replace("{period}", filled.period.label_zh)


def kind_of(column: Column, layout: Layout) -> Kind:
    """How a column's cells are written; money in another unit than the sheet's is a number under its own unit."""
    kind = KINDS.get(SOURCES[column.source].kind, Kind.TEXT) if column.source else Kind.TEXT
    return Kind.DECIMAL if kind is Kind.MONEY and column.unit not in (None, layout.unit) else kind


def _column(code: str, column: Column, layout: Layout) -> model.Column:
    kind = kind_of(column, layout)
    heading = column.heading
    if column.unit not in (None, layout.unit) and column.unit is not None:
        heading = f"{heading}（{column.unit.value}）"
    centred = kind not in (Kind.MONEY, Kind.TEXT)
    return model.Column(
        code=code, heading=heading, group=column.group, kind=kind, centred=centred, widest=_WIDE, always=True
    )


def _cell(row: FilledRow, column: Column, layout: Layout) -> Value:
    value: Value = row.cells.get(column.source) if column.source else None
    if isinstance(value, str):
        return cell_words(value)
    if isinstance(value, int) and SOURCES[column.source].kind is FieldKind.PERCENT:
        return Decimal(value) / 100
    if isinstance(value, int) and column.unit is not None and column.unit is not layout.unit:
        return Decimal(value) / column.unit.factor
    return value
