"""What stands in a workbook that goes out and comes back: its columns, its rows, the lines above them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Final, TypeAlias

from guatu.core.sheets.fields import Choice, Field, FieldKind, FieldSet
from guatu.core.sheets.text import flat, heading_of
from guatu.domain.money import MoneyUnit

Value: TypeAlias = str | int | dt.date | Decimal | None
"""By kind: text, code, choice (its code) → str · money → whole yuan · integer → int · date → date · percent → Decimal
in per cent (28.1 is 28.1 %). A blank cell is None."""
Limit: TypeAlias = int | Decimal | dt.date

KINDS: Final = frozenset(
    {
        FieldKind.TEXT,
        FieldKind.CODE,
        FieldKind.MONEY,
        FieldKind.DATE,
        FieldKind.PERCENT,
        FieldKind.INTEGER,
        FieldKind.CHOICE,
    }
)
KEY_HEADING: Final = "识别码（请勿改动）"
KEY_WORDINGS: Final = (KEY_HEADING, "识别码")
_ID: Final = re.compile(r"[0-9A-Z]+(?:-[0-9A-Z]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. ``group`` is the heading over it and its neighbours, ``wordings`` further headings by which it is
    known when it comes back. ``width`` counts half-width characters.

    A column that is not ``editable`` is locked; a change in it is told and not taken. ``identifies``: together with
    the other such columns it tells a row whose key was lost. ``compared`` is False for what says nothing of the row (a
    serial number). ``least`` and ``most`` are in the value's own form (yuan, per cent); what lies beyond is read only
    where not ``strict``. Of a stated span (3月) ``first`` takes the first day, otherwise the last. A cell that held a
    value and comes back blank is asked about where ``asks_if_cleared``.
    """

    code: str
    heading: str
    kind: FieldKind = FieldKind.TEXT
    group: str = ""
    wordings: tuple[str, ...] = ()
    width: int = 12
    editable: bool = False
    identifies: bool = False
    compared: bool = True
    unit: MoneyUnit | None = None
    choices: tuple[Choice, ...] = ()
    least: Limit | None = None
    most: Limit | None = None
    longest: int | None = None
    strict: bool = True
    first: bool = False
    asks_if_cleared: bool = False
    note: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Its headings as ``header`` knows them: under its group, then alone."""
        own = (self.heading, *self.wordings)
        return (*(f"{self.group}/{name}" for name in own), *own) if self.group else own

    def as_field(self) -> Field:
        """The same for the sheet engine's converters."""
        return Field(
            self.code,
            self.heading,
            self.kind,
            self.names,
            choices=self.choices,
            allow_negative=self.least is None or (isinstance(self.least, int) and self.least < 0),
        )


@dataclass(frozen=True)
class Layout:
    """The columns of one kind of sheet. ``version`` changes whenever they do, ``year`` is for dates without one (3月底)
    and for headings that name it. Raises ValueError for a layout that could not be read back."""

    version: str
    columns: tuple[Column, ...]
    year: int
    unit: MoneyUnit = MoneyUnit.WAN
    sheet: str = "填报表"

    def __post_init__(self) -> None:
        codes = [column.code for column in self.columns]
        if len(set(codes)) < len(codes) or not any(column.identifies for column in self.columns):
            raise ValueError("column codes are told apart, and some column identifies a row")
        taken: dict[str, str] = {}
        for column in self.columns:
            if column.kind not in KINDS or (column.kind is FieldKind.CHOICE) != bool(column.choices):
                raise ValueError(f"{column.code}: a kind that goes out and comes back, choices where it is a choice")
            if column.identifies and column.editable:
                raise ValueError(f"{column.code}: what identifies a row is not edited")
            key = self.keys_of(column.names[0])
            if taken.setdefault(key, column.code) != column.code:
                raise ValueError(f"{column.code} and {taken[key]} have the same heading")

    def keys_of(self, name: str) -> str:
        """A heading, or one under a group ("投资/总投资"), in the form in which headings are compared."""
        return "/".join(heading_of(part, self.year).key for part in name.split("/"))

    def unit_of(self, column: Column) -> MoneyUnit | None:
        """The unit in which a column's amounts are written; None where it holds none."""
        return (column.unit or self.unit) if column.kind is FieldKind.MONEY else None

    def shown_heading(self, column: Column) -> str:
        """The heading as printed: an amount names its unit."""
        unit = self.unit_of(column)
        return column.heading if unit is None else f"{column.heading}（{unit.value}）"

    @cached_property
    def by_code(self) -> dict[str, Column]:
        return {column.code: column for column in self.columns}

    @cached_property
    def identifying(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.identifies)

    @cached_property
    def fields(self) -> FieldSet:
        """What the sheet engine needs to find the heading."""
        return FieldSet("roundtrip", tuple(column.as_field() for column in self.columns))

    @cached_property
    def headings(self) -> dict[str, str]:
        """Heading in its comparable form → column code. A heading that two columns share alone names neither."""
        found: dict[str, str] = {}
        shared: set[str] = set()
        whole = {self.keys_of(column.names[0]): column.code for column in self.columns}
        for column in self.columns:
            for name in column.names:
                key = self.keys_of(name)
                if found.setdefault(key, column.code) != column.code:
                    shared.add(key)
        return {key: code for key, code in found.items() if key not in shared} | whole


@dataclass(frozen=True, slots=True)
class SentRow:
    """One row: its key (short, told apart from all others without regard to case) and its values by column code;
    ``locked`` are cells that are not typed into though their column is."""

    key: str
    values: Mapping[str, Value]
    locked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitWorkbook:
    """A workbook for one unit and period. ``id`` is printed on it (capital letters, digits, hyphens) and finds its
    sent values again; ``notes`` are lines above the table; ``spare_rows`` blank rows wait below it for what is new."""

    id: str
    layout: Layout
    title: str
    unit: str
    period: str
    rows: Sequence[SentRow]
    notes: Sequence[str] = field(default=())
    spare_rows: int = 0

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ValueError(f"{self.id!r} is no id that can be printed and read again")
        keys = [key_form(row.key) for row in self.rows]
        if "" in keys or len(set(keys)) < len(keys):
            raise ValueError("every row has a key of its own")


def key_form(text: str) -> str:
    """A key in the form in which keys are compared."""
    return flat(text).upper()
