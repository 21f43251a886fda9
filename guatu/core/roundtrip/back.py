"""Reading what came back: whose row each row is, and what each of its cells says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from guatu.core.roundtrip.layout import Column, Layout, Value, key_form
from guatu.core.roundtrip.meta import Sent, by_form, find_meta, trusted
from guatu.core.roundtrip.tables import KEY, Table, find_tables, identity_of
from guatu.core.roundtrip.values import Read, Reader, reader
from guatu.core.sheets.errors import Issue, SheetError
from guatu.core.sheets.fields import FieldKind
from guatu.core.sheets.model import Cell, Row, Workbook
from guatu.core.sheets.rows import NOTE, SUBTOTAL, TOTAL
from guatu.core.sheets.text import cell_text, is_blank, label_of
from guatu.domain.merge import ReturnedRow, Unread

MOST_TIMES, MOST_MORE = 3, 1_000
"""Rows that may come back: copies of all that were sent, and so many more. Every cell of more would be told singly."""
ERROR = re.compile(r"#(?:N/A|NAME\?|REF!|VALUE!|DIV/0!|NUM!|NULL!)|Err:\d+")
"""What a program shows of a formula that cannot be worked out."""
MOST_SHARE = 1.5
"""A number in a per cent column of a file that does not tell its formats: up to here it is a fraction of one."""


class Place(NamedTuple):
    """Where a returned row stands: the sheet's name and the row's own number."""

    sheet: str
    row: int


class Comment(NamedTuple):
    """A comment that somebody wrote into the sheet: it is told beside its row and column, and nothing is made of it."""

    place: Place
    column: str
    key: str | None
    text: str


@dataclass(slots=True)
class Returned:
    """A workbook as it came back. ``sent`` is what it is held against; ``columns`` are the codes that came back;
    ``headings`` is (sheet, code) → the column as issues name it. Nothing in ``issues`` forbids merging the rest."""

    id: str
    sent: Sent
    rows: list[ReturnedRow] = field(default_factory=list)
    columns: frozenset[str] = frozenset()
    headings: dict[tuple[str, str], str] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)


def read_back(book: Workbook, layout: Layout, sent: Sent | None = None) -> Returned:
    """What a workbook that was opened with its extras says, held against what was ``sent`` (from the database; without
    it the hidden sheet is believed where its signature holds).

    Raises SheetError: not_sent_out, two_ids, other_workbook, sent_unknown, no_heading_back, no_keys_back, rows_mixed,
    too_many_back.
    """
    identity = identity_of(book)
    if sent is None:
        hidden = find_meta(book)
        sent = trusted(hidden, layout) if hidden else None
        if sent is None:
            raise SheetError("sent_unknown", id=identity)
    if sent.id != identity:
        raise SheetError("other_workbook", id=identity, wanted=sent.id)
    found = Returned(identity, sent)
    tables = find_tables(book, layout, found.issues)
    work = _Reading(layout, found, book.kind == "xlsx")
    work.read(tables)
    found.columns = frozenset(code for table in tables for code in table.places if code != KEY)
    found.headings = {(table.sheet.name, code): table.place(code) for table in tables for code in table.places}
    return found


@dataclass(slots=True)
class _Line:
    """One row on its way: its key as it stands there, and what identifies it."""

    table: Table
    index: int
    cells: Row
    typed: str
    identity: tuple[Value | Unread, ...] | None
    key: str | None = None
    unknown: bool = False

    @property
    def place(self) -> Place:
        return Place(self.table.sheet.name, self.table.sheet.row_number(self.index))

    def issue(self, code: str, column: str = "", value: str = "", **params: object) -> Issue:
        """An issue at this row."""
        heading = self.table.place(column) if column else ""
        return Issue(code, self.place.sheet, self.place.row, heading, value, params)


class _Reading:
    def __init__(self, layout: Layout, found: Returned, tells_formats: bool) -> None:
        self.layout, self.found, self.tells_formats = layout, found, tells_formats
        self.rows = found.sent.rows
        self.forms = by_form(found.sent)
        self.readers: dict[str, Reader] = {column.code: reader(layout, column) for column in layout.columns}
        self.shares = {column.code for column in layout.columns if column.kind is FieldKind.PERCENT}
        self.compared = [column for column in layout.columns if column.compared]
        self.known: dict[tuple[Value, ...], list[str]] = {}
        for key, values in self.rows.items():
            identity = tuple(values.get(column.code) for column in layout.identifying)
            self.known.setdefault(identity, []).append(key)

    def read(self, tables: list[Table]) -> None:
        """All rows of all tables: first whose they are, then what they say."""
        most = MOST_TIMES * len(self.rows) + MOST_MORE
        lines = list(islice((line for table in tables for line in self._lines(table)), most + 1))
        if len(lines) > most:
            raise SheetError("too_many_back", sent=len(self.rows), limit=most)
        used = {line.key for line in lines if line.key}
        for line in lines:
            if line.key is None:
                self._recover(line, used)
        self._refuse_mixed(lines)
        keys = {}
        for line in lines:
            if self._is_row(line):
                keys[line.place] = line.key
                self.found.rows.append(self._row(line))
        self._tell_comments(tables, keys)

    # -- whose row it is ----------------------------------------------------------------------------------------------
    def _lines(self, table: Table) -> Iterator[_Line]:
        codes = [column.code for column in self.compared if column.code in table.places]
        identifying = [column.code for column in self.layout.identifying]
        whole = all(code in table.places for code in identifying)
        if KEY not in table.places and not whole:
            raise SheetError("no_keys_back", sheet=table.sheet.name)
        for index, cells in table.rows():
            typed = key_form(cell_text(table.cell(cells, KEY)))
            if not typed and all(_is_empty(table.cell(cells, code)) for code in codes):
                continue
            identity = None
            if whole:
                identity = tuple(self.readers[code](table.cell(cells, code), None, False).value for code in identifying)
            yield _Line(table, index, cells, typed, identity, self.forms.get(typed))

    def _recover(self, line: _Line, used: set[str]) -> None:
        """A row whose key was lost or damaged is told by what identifies it, where only one row was sent with that and
        it did not come back under its own key."""
        keys = self._named(line)
        if len(keys) == 1 and keys[0] not in used:
            line.key = keys[0]
            self.found.issues.append(line.issue("key_recovered", value=line.typed, key=line.key))
        elif line.typed:
            line.unknown = True
            self.found.issues.append(line.issue("key_unknown", value=line.typed))

    def _named(self, line: _Line) -> list[str]:
        if line.identity is None or any(isinstance(value, Unread) for value in line.identity):
            return []
        return self.known.get(tuple(v for v in line.identity if not isinstance(v, Unread)), [])

    def _refuse_mixed(self, lines: list[_Line]) -> None:
        """A row that has one row's key and another row's name: a part of the columns was sorted or pasted, and no cell
        of the sheet can be believed."""
        for line in lines:
            if line.key is None or line.key in (named := self._named(line)) or not named:
                continue
            if self._says_what_was_sent(line):
                continue
            raise SheetError(
                "rows_mixed",
                sheet=line.place.sheet,
                row=line.place.row,
                key=line.key,
                name="、".join(str(value) for value in line.identity or () if value is not None),
            )

    def _says_what_was_sent(self, line: _Line) -> bool:
        sent = self.rows[line.key or ""]
        codes = [column.code for column in self.layout.identifying]
        return all(self._read(line, code, sent.get(code)).value == sent.get(code) for code in codes)

    def _is_row(self, line: _Line) -> bool:
        """A sum or a note below the table is no row that was added."""
        if line.key is not None or line.unknown:
            return True
        shown = [label_of(cell) for cell in line.cells if not is_blank(cell)]
        first = shown[0] if shown else ""
        if TOTAL.fullmatch(first) or SUBTOTAL.fullmatch(first):
            self.found.issues.append(line.issue("sum_left_out", value=first))
            return False
        return not (len(shown) <= 2 and NOTE.fullmatch(first))

    # -- what it says -------------------------------------------------------------------------------------------------
    def _row(self, line: _Line) -> ReturnedRow:
        sent: Mapping[str, Value] = self.rows.get(line.key or "", {})
        values: dict[str, Value | Unread] = {}
        for column in self.compared:
            code = column.code
            at = line.table.places.get(code)
            if at is None:
                continue
            formula = line.table.sheet.extras.formulas.get((line.index, at))
            if formula is not None and sent.get(code) == f"={formula}":
                values[code] = sent[code]  # a text that began so, opened and left again
            elif self._stands(line, column, at):
                found = self._read(line, code, sent.get(code))
                values[code] = found.value
                self._tell(line, column, found, formula)
        return ReturnedRow(line.typed if line.unknown else line.key, values, line.place)

    def _stands(self, line: _Line, column: Column, at: int) -> bool:
        """Whether the cell says anything of its own: not under a merged cell, no formula without a value, no error."""
        place = (line.index, at)
        if line.table.is_covered(column.code, line.index):
            self.found.issues.append(line.issue("cell_merged_over", column.code))
            return False
        if place in line.table.sheet.uncached:
            self.found.issues.append(line.issue("formula_not_taken", column.code))
            return False
        cell = line.table.cell(line.cells, column.code)
        if place in line.table.sheet.extras.errors or (isinstance(cell, str) and ERROR.fullmatch(cell.strip())):
            self.found.issues.append(line.issue("error_not_taken", column.code))
            return False
        return True

    def _read(self, line: _Line, code: str, sent: Value) -> Read:
        table, cell = line.table, line.table.cell(line.cells, code)
        place = (line.index, table.places.get(code, -1))
        return self.readers[code](cell, sent, code in self.shares and self._is_share(table, place, cell))

    def _is_share(self, table: Table, place: tuple[int, int], cell: Cell) -> bool:
        if isinstance(cell, bool) or not isinstance(cell, int | float):
            return False
        return place in table.sheet.extras.percent if self.tells_formats else abs(cell) <= MOST_SHARE

    def _tell(self, line: _Line, column: Column, found: Read, formula: str | None) -> None:
        why = found.value.why if isinstance(found.value, Unread) else found.doubt
        if formula is None and not why:  # nearly every cell ends here
            return
        shown = cell_text(line.table.cell(line.cells, column.code))
        if why:
            self.found.issues.append(line.issue(why, column.code, shown, **found.params))
        if formula is not None and column.editable:
            self.found.issues.append(line.issue("formula_read", column.code, shown, formula=f"={formula}"[:80]))

    def _tell_comments(self, tables: list[Table], keys: Mapping[Place, str | None]) -> None:
        ours = {column.note.strip() for column in self.layout.columns if column.note}
        for table in tables:
            headings = {at: table.place(code) for code, at in table.places.items()}
            for (index, at), text in sorted(table.sheet.extras.comments.items()):
                if text not in ours:
                    place = Place(table.sheet.name, table.sheet.row_number(index))
                    column = headings.get(at, table.sheet.letter(at))
                    self.found.comments.append(Comment(place, column, keys.get(place), text))


def _is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
