"""Where the table stands in a returned sheet, wherever its columns and rows were moved to, and whose sheet it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from guatu.core.roundtrip.layout import KEY_WORDINGS, Layout
from guatu.core.roundtrip.meta import find_meta
from guatu.core.sheets.errors import Issue, SheetError
from guatu.core.sheets.header import SEARCH_ROWS, Header, Known, find_header
from guatu.core.sheets.model import Cell, Row, Sheet, Workbook
from guatu.core.sheets.text import Heading, flat, label_of

KEY: Final = "#key"
_PRINTED: Final = re.compile(r"表号:([0-9A-Z]+(?:-[0-9A-Z]+)*)")


def identity_of(book: Workbook) -> str:
    """The id of the workbook that came back, by its hidden sheet or as printed above the table.

    Raises SheetError: not_sent_out where it has neither, two_ids where they differ.
    """
    hidden = find_meta(book)
    printed = list(dict.fromkeys(_printed(book)))
    ids = dict.fromkeys(([hidden.id] if hidden else []) + printed)
    if not ids:
        raise SheetError("not_sent_out")
    if len(ids) > 1:
        raise SheetError("two_ids", ids="、".join(ids))
    return next(iter(ids))


def _printed(book: Workbook) -> Iterator[str]:
    for sheet in visible(book):
        for row in sheet.rows[:SEARCH_ROWS]:
            for cell in row:
                found = _PRINTED.search(label_of(cell)) if isinstance(cell, str) else None
                if found:
                    yield found[1]


def visible(book: Workbook) -> Sequence[Sheet]:
    """The sheets that people see; all of them where none is."""
    seen = [sheet for sheet in book.sheets if not sheet.hidden]
    return seen or book.sheets


@dataclass(slots=True)
class Table:
    """One table: ``places`` is column code → its index in the sheet, with ``KEY`` where the keys' column came back;
    ``covered`` has a byte for each row of a column in which cells were merged: 1 under a merged cell's first."""

    sheet: Sheet
    first: int
    places: dict[str, int] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    covered: dict[str, bytearray] = field(default_factory=dict)
    words: tuple[tuple[int, str], ...] = ()

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Every row under the heading, with its index; a heading that is printed again is none."""
        for index in range(self.first, len(self.sheet.rows)):
            row = self.sheet.rows[index]
            if any(flat(row[at]) != word for at, word in self.words):
                yield index, row

    def cell(self, row: Row, code: str) -> Cell:
        """A column's cell in a row; None where there is none."""
        at = self.places.get(code, len(row))
        return row[at] if at < len(row) else None

    def is_covered(self, code: str, index: int) -> bool:
        """Whether a cell is merged into another, so that its blank says nothing."""
        marks = self.covered.get(code)
        return marks is not None and bool(marks[index])

    def place(self, code: str) -> str:
        """A column as issues name it."""
        at = self.places.get(code)
        return "" if at is None else f"{self.sheet.letter(at)} {self.headings[code]}"


def find_tables(book: Workbook, layout: Layout, issues: list[Issue]) -> list[Table]:
    """The tables of the layout in a returned workbook; what is odd about their columns goes to ``issues``.

    Raises SheetError: no_heading_back where no sheet has the layout's headings.
    """
    keys = dict(layout.headings) | {layout.keys_of(word): KEY for word in KEY_WORDINGS}
    known = Known(keys, frozenset(keys), layout.fields)
    found = []
    for sheet in visible(book):
        header = find_header(sheet, known, layout.year)
        if header is not None:
            found.append(_table(sheet, header, layout, keys, issues))
    if not found:
        raise SheetError("no_heading_back", sheets="、".join(sheet.name for sheet in book.sheets))
    missing = [column for column in layout.columns if not any(column.code in table.places for table in found)]
    issues += [Issue("column_gone", found[0].sheet.name, 0, column.heading) for column in missing if column.compared]
    return found


def _table(sheet: Sheet, header: Header, layout: Layout, keys: dict[str, str], issues: list[Issue]) -> Table:
    table = Table(sheet, header.bottom + 1, words=tuple(header.words))
    for at, path in enumerate(header.paths):
        if not path or header.spans[at][0] != at:
            continue
        heading = " / ".join(piece.text for piece in path)
        code = _code_of(path, keys)
        place = f"{sheet.letter(at)} {heading}"
        number = sheet.row_number(header.bottom)
        if code is None:
            issues.append(Issue("column_unknown", sheet.name, number, place))
        elif code in table.places:
            issues.append(Issue("column_copied", sheet.name, number, place))
        elif _other_unit(path, layout, code):
            issues.append(Issue("unit_changed", sheet.name, number, place))
        else:
            table.places[code], table.headings[code] = at, heading
    _mark_covered(table)
    return table


def _mark_covered(table: Table) -> None:
    """Merged cells never lie over each other: a file in which they do was not written by an office program, and could
    keep a server busy for ever."""
    height = len(table.sheet.rows)
    room = height * len(table.places)
    codes = {at: code for code, at in table.places.items()}
    for top, left, bottom, right in table.sheet.merged:
        if top < table.first:
            continue
        last = min(bottom, height - 1)
        for at in codes:
            start = top + 1 if at == left else top
            if left <= at <= right and start <= last:
                room -= last - start + 1
                marks = table.covered.setdefault(codes[at], bytearray(height))
                marks[start : last + 1] = b"\1" * (last - start + 1)
        if room < 0:
            raise SheetError("truncated")


def _code_of(path: tuple[Heading, ...], keys: dict[str, str]) -> str | None:
    """The column that a heading names: whole, by its last piece, without what stands in brackets."""
    last = path[-1]
    for key in ("/".join(piece.key for piece in path), last.key, last.bare):
        if key in keys:
            return keys[key]
    return None


def _other_unit(path: tuple[Heading, ...], layout: Layout, code: str) -> bool:
    column = layout.by_code.get(code)
    unit = layout.unit_of(column) if column else None
    if unit is None:
        return False
    return any(piece.unit_fault or piece.unit not in (None, unit) for piece in path)
