"""What stands in an office's workbook, before anything is said of fonts or cells. Amounts are whole yuan."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TypeAlias

from guatu.domain.money import MoneyUnit

Value: TypeAlias = str | int | Decimal | date | None
Row: TypeAlias = Mapping[str, Value]


class Kind(Enum):
    """How a column's values are written: money is whole yuan and shown in the book's unit, a decimal as it is."""

    TEXT = "text"
    MONEY = "money"
    DATE = "date"
    NUMBER = "number"
    DECIMAL = "decimal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. ``group`` is the heading over it and its neighbours of the same group, ``alone`` its heading where
    no neighbour is left. ``widest`` counts half-width characters. A column ``to_fill`` or ``always`` there stays though
    nothing stands in it."""

    code: str
    heading: str
    group: str = ""
    alone: str = ""
    kind: Kind = Kind.TEXT
    centred: bool = False
    widest: int = 20
    to_fill: bool = False
    always: bool = False


@dataclass(slots=True)
class Group:
    """A class of rows: its words with number and count, its own rows, then the classes within it."""

    label: str
    rows: list[Row] = field(default_factory=list)
    groups: list["Group"] = field(default_factory=list)

    def all_rows(self) -> Iterator[Row]:
        """Its rows and those of the classes within it, as printed."""
        yield from self.rows
        for group in self.groups:
            yield from group.all_rows()


@dataclass(slots=True, kw_only=True)
class Book:
    """One sheet. ``left`` stands opposite the unit line, or opposite ``right`` where no column is money; ``rows`` come
    before any class; ``total`` is the words of the grand total, "" where there is none; ``frozen`` names the last
    column that stays in sight."""

    title: str
    sheet: str
    columns: list[Column]
    unit: MoneyUnit = MoneyUnit.WAN
    left: str = ""
    right: str = ""
    rows: list[Row] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    total: str = ""
    notes: list[str] = field(default_factory=list)
    frozen: str = ""

    def all_rows(self) -> Iterator[Row]:
        """Every row, as printed."""
        yield from self.rows
        for group in self.groups:
            yield from group.all_rows()


def without_empty(book: Book) -> Book:
    """The book without the columns in which nothing stands; a group of one column is no group."""
    used = {code for row in book.all_rows() for code, value in row.items() if value is not None and value != ""}
    kept = [column for column in book.columns if column.always or column.to_fill or column.code in used]
    sizes: dict[str, int] = {}
    for column in kept:
        sizes[column.group] = sizes.get(column.group, 0) + 1
    columns = [
        replace(column, group="", heading=column.alone or column.heading)
        if column.group and sizes[column.group] == 1
        else column
        for column in kept
    ]
    return replace(book, columns=columns)
