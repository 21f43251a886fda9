"""Tables where no heading says they begin: side by side on one sheet, or going on without a heading on the next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from guatu.core.sheets.fields import FieldKind
from guatu.core.sheets.header import Header, Known, find_header
from guatu.core.sheets.model import Sheet
from guatu.core.sheets.result import Column
from guatu.core.sheets.rows import SERIAL, filled_cells
from guatu.core.sheets.text import is_blank, label_of

LOOKED_AT = 60


def side_by_side(sheet: Sheet, known: Known, year: int | None) -> list[Sheet]:
    """The sheet cut into its tables that stand beside each other; the sheet alone where there is one.

    The heading names the project twice, in the same words, and the second table begins where the first heading comes
    again or behind a column without any.
    """
    header = find_header(sheet, known, year)
    if header is None:
        return [sheet]
    cuts = _cuts(header, known)
    if not cuts:
        return [sheet]
    width = len(header.paths)
    parts = [_slice(sheet, left, right) for left, right in zip([0, *cuts], [*cuts, width], strict=True)]
    if any(find_header(part, known, year) is None for part in parts):
        return [sheet]
    return parts


def _cuts(header: Header, known: Known) -> list[int]:
    """Columns at which a further table begins."""
    keys = [tuple(piece.key for piece in path) for path in header.paths]
    names = [at for at, key in enumerate(keys) if key and key[-1] in known.names and header.spans[at][0] == at]
    start, cuts = 0, []
    for before, after in pairwise(names):
        first = next((key for key in keys[start:] if key), ())
        again = next((at for at in range(before + 1, after + 1) if keys[at] == first), None)
        gap = next((at + 1 for at in range(after - 1, before, -1) if not keys[at]), None)
        cut = again if again is not None else gap
        if keys[before] != keys[after] or cut is None:
            return []
        cuts.append(cut)
        start = cut
    return cuts


def _slice(sheet: Sheet, left: int, right: int) -> Sheet:
    """Columns ``left`` to ``right`` (not included) as a sheet with its own places."""
    merged = [
        (top, max(first, left) - left, bottom, min(last, right - 1) - left)
        for top, first, bottom, last in sheet.merged
        if first < right and last >= left
    ]
    return replace(
        sheet,
        rows=[row[left:right] for row in sheet.rows],
        first_column=sheet.first_column + left,
        merged=merged,
        hidden_columns=frozenset(at - left for at in sheet.hidden_columns if left <= at < right),
        uncached=frozenset((row, at - left) for row, at in sheet.uncached if left <= at < right),
    )


@dataclass(slots=True)
class Pattern:
    """A table that was read: what a sheet without a heading may go on with."""

    header: Header
    columns: list[Column]

    @property
    def width(self) -> int:
        return max((at for at, path in enumerate(self.header.paths) if path), default=0) + 1

    def fits(self, sheet: Sheet) -> bool:
        """Whether the sheet's rows stand in this table's columns: as many columns, names where names are, figures or
        serial numbers where they are, in most of the rows."""
        rows = [(row, filled) for row in sheet.rows[:LOOKED_AT] if (filled := filled_cells(row))]
        if not rows or max(filled[-1] for _, filled in rows) >= self.width:
            return False
        by_kind = {column.code: column for column in self.columns if column.field}
        name = next(column for column in self.columns if column.field and column.field.required)
        figures = [column.index for column in by_kind.values() if column.field and column.field.kind is FieldKind.MONEY]
        serial = by_kind.get("serial")
        good = 0
        for row, _ in rows:
            named = name.index < len(row) and isinstance(row[name.index], str) and not is_blank(row[name.index])
            numbered = serial and serial.index < len(row) and SERIAL.fullmatch(label_of(row[serial.index]))
            amounts = any(at < len(row) and _is_figure(row[at]) for at in figures)
            good += bool(named and amounts and (numbered or serial is None))
        return good * 2 > len(rows)

    def on(self, sheet: Sheet) -> Pattern:
        """The same heading over the first row of another sheet."""
        header = replace(self.header, top=0, bottom=-1)
        columns = [
            replace(column, sheet=sheet.name, letter=sheet.letter(column.index), samples=()) for column in self.columns
        ]
        return Pattern(header, columns)


def _is_figure(cell: object) -> bool:
    if isinstance(cell, str):
        return bool(cell) and cell.strip()[:1].isdecimal()
    return isinstance(cell, int | float)
