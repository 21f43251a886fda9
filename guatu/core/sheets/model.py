"""A workbook as read: plain values in rows, and what the sheet says about them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TypeAlias

from guatu.core.sheets.extras import Extras

Cell: TypeAlias = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None
Row: TypeAlias = list[Cell]


@dataclass(slots=True)
class Sheet:
    """One sheet. ``rows[0]`` is the sheet's row ``first_row`` (counted from 1) and ``rows[..][0]`` its column
    ``first_column`` (counted from 0). ``merged`` holds (top, left, bottom, right), ``hidden_rows`` and
    ``hidden_columns`` indexes, ``uncached`` (row, column) of formulas that were saved without a value: all counted
    from the top left of ``rows``. ``extras`` are read where they are asked for."""

    name: str
    rows: list[Row]
    hidden: bool = False
    first_row: int = 1
    first_column: int = 0
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    uncached: frozenset[tuple[int, int]] = frozenset()
    extras: Extras = field(default_factory=Extras)

    def row_number(self, index: int) -> int:
        return self.first_row + index

    def letter(self, index: int) -> str:
        return column_letter(self.first_column + index)


@dataclass(slots=True)
class Workbook:
    """``kind`` is what the content is (xlsx, xls, xlsb, ods, csv, docx), whatever the file's name says; ``notes`` are
    issue codes about the file (for example that its macros were not run)."""

    name: str
    kind: str
    sheets: list[Sheet]
    notes: list[str] = field(default_factory=list)


def column_letter(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
