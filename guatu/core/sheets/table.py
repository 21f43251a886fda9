"""One table's rows, from under its heading to the next heading or the sheet's end."""

from __future__ import annotations

from typing import Any

from guatu.core.sheets.errors import Issue
from guatu.core.sheets.fields import FieldKind, FieldSet
from guatu.core.sheets.header import Header, row_is_heading
from guatu.core.sheets.model import Cell, Row, Sheet
from guatu.core.sheets.result import Column, ReadRow, SheetReading
from guatu.core.sheets.rows import (
    BARE_NUMERAL,
    PLAIN_RANK,
    RowKind,
    RowSense,
    Table,
    filled_cells,
    name_cell,
    sense_row,
)
from guatu.core.sheets.text import cell_text, flat, is_blank, split_mark
from guatu.core.sheets.totals import SumRow
from guatu.core.sheets.values import Converter, converter, looks_fractional
from guatu.domain.money import MoneyUnit

LEVELS = 2


class TableReader:
    """Reads rows into ``reading`` and gathers the table's sums; ``path`` is the categories in force, over pages too."""

    def __init__(
        self,
        sheet: Sheet,
        header: Header,
        columns: list[Column],
        fields: FieldSet,
        reading: SheetReading,
        unit: MoneyUnit | None,
        path: list[tuple[float, str]],
    ) -> None:
        self.sheet, self.header, self.fields, self.reading = sheet, header, fields, reading
        self.unit, self.path = unit, path
        self.columns = {column.code: column for column in columns if column.field}
        self.first = header.bottom + 1
        self.head = [(at, text) for at, cell in enumerate(sheet.rows[header.top]) if (text := flat(cell))]
        name = self.columns[fields.name_field.code]
        self._shift_name(name)
        self.name = name
        self.table = Table.of(sheet, columns, name, self.columns.get("serial"), self.first)
        self.converters = self._converters()
        self.sums: list[SumRow] = []
        self.under: dict[int, int] = {}
        self.last_plain: float | None = None
        self.last_kind: RowKind | None = None
        self.unit_missing: set[str] = set()
        self._fill_merged()

    def _shift_name(self, name: Column) -> None:
        """A merged layout may leave the names in the column left of their heading: taken from there when that column
        has no heading of its own."""
        left = name.index - 1
        if left < 0 or self.header.paths[left] or any(left in column.spans for column in self.columns.values()):
            return
        rows = self.sheet.rows[self.first : self.first + 100]
        here = sum(1 for row in rows if not is_blank(row[name.index]))
        there = sum(1 for row in rows if isinstance(row[left], str) and not is_blank(row[left]))
        if there > 2 * here:
            name.spans = (left, *name.spans)

    def _converters(self) -> list[tuple[str, Column, Converter]]:
        found = []
        for code, column in self.columns.items():
            if column.field and column.field.kind is FieldKind.PERCENT:
                column.fraction = looks_fractional([row[column.index] for row in self.sheet.rows[self.first :]])
            if column is not self.name:
                found.append((code, column, converter(column, self.unit, self.reading.year)))
        return found

    def _fill_merged(self) -> None:
        """A cell merged over several rows says the same of each; an amount is counted once, on its first row; a merged
        name is one project over several rows."""
        by_index = {at: column for column in self.columns.values() for at in column.spans}
        for top, left, bottom, right in self.sheet.merged:
            column = by_index.get(left)
            if top < self.first or top == bottom or column is None or right - left > len(column.spans):
                continue
            if column is self.name:
                self.under.update(dict.fromkeys(range(top + 1, bottom + 1), top))
            elif column.field and column.field.kind is FieldKind.MONEY:
                self._merged_money(top, bottom, column)
            else:
                for row in range(top + 1, min(bottom, len(self.sheet.rows) - 1) + 1):
                    if row not in self.under:
                        self.sheet.rows[row][left] = self.sheet.rows[top][left]

    def _merged_money(self, top: int, bottom: int, column: Column) -> None:
        names = {
            flat(name_cell(self.sheet.rows[row], self.name))
            for row in range(top, min(bottom + 1, len(self.sheet.rows)))
        }
        if len(names - {""}) > 1:
            place = self.sheet.row_number(top)
            params = {"first": place, "last": self.sheet.row_number(bottom)}
            value = cell_text(self.sheet.rows[top][column.index])
            self.reading.warnings.append(Issue("amount_merged", self.sheet.name, place, column.place, value, params))

    def read(self) -> int:
        """The index after the table's last row."""
        rows = self.sheet.rows
        index = self.first
        while index < len(rows):
            row = rows[index]
            if self._repeats_heading(row):
                index += self.header.bottom - self.header.top + 1
                self.reading.skipped += 1
                continue
            if row_is_heading(self.sheet, index, self.fields):
                return self._heading_start(index)
            self._take(index, row)
            index += 1
        return len(rows)

    def _repeats_heading(self, row: Row) -> bool:
        """The same words in the same columns as the heading's first row: a continued table."""
        return len(self.head) >= 2 and all(flat(row[at]) == text for at, text in self.head)

    def _heading_start(self, index: int) -> int:
        """A second table's title and unit lines belong to it; they were passed as notes."""
        start = index
        while start - 1 > self.first and len(filled_cells(self.sheet.rows[start - 1])) <= 2 and index - start < 3:
            start -= 1
            if self.reading.rows and self.reading.rows[-1].row >= self.sheet.row_number(start):
                return start + 1
        return start

    def _take(self, index: int, row: Row) -> None:
        sense = sense_row(row, index, self.table)
        if sense.kind is RowKind.BLANK:
            return
        if sense.kind is RowKind.CATEGORY and sense.rank == PLAIN_RANK and self._heading_follows(index):
            sense = RowSense(RowKind.NOTE, sense.label)  # the next table's title
        if index in self.under and sense.kind is RowKind.DATA:
            self._continue_row(index, row)
            return
        if sense.kind is RowKind.DATA:
            self._data(index, row)
        else:
            self.reading.skipped += 1
            if sense.kind is RowKind.CATEGORY:
                self._enter(index, sense)
            if sense.kind in (RowKind.CATEGORY, RowKind.SUBTOTAL, RowKind.TOTAL):
                number = self.sheet.row_number(index)
                self._not_calculated(index)
                self.sums.append(SumRow(self.sheet.name, number, _shown(row), sense, row, len(self.reading.rows)))
        self.last_kind = sense.kind

    def _heading_follows(self, index: int) -> bool:
        """A heading stands within the next rows, with nothing but lines of one cell or two before it."""
        for at in range(index + 1, min(index + 4, len(self.sheet.rows))):
            row = self.sheet.rows[at]
            if self._repeats_heading(row) or row_is_heading(self.sheet, at, self.fields):
                return True
            if len(filled_cells(row)) > 2:
                return False
        return False

    def _not_calculated(self, index: int) -> None:
        """A sum saved without its value cannot be checked: said, for unchecked it looks like a right one."""
        for column in self.columns.values():
            if (index, column.index) in self.sheet.uncached and is_blank(self.sheet.rows[index][column.index]):
                self._issue("total_not_calculated", index, column, "", False)

    def _enter(self, index: int, sense: RowSense) -> None:
        """The category's place: a plain one right under another is its child, a later one stands beside its like."""
        if sense.rank == PLAIN_RANK:
            sense.rank = self._plain_rank(index)
            self.last_plain = sense.rank
        while self.path and self.path[-1][0] >= sense.rank:
            self.path.pop()
        self.path.append((sense.rank, sense.label))
        if sense.doubtful:
            issue = Issue("row_as_category", self.sheet.name, self.sheet.row_number(index), "", sense.label)
            self.reading.warnings.append(issue)

    def _plain_rank(self, index: int) -> float:
        if self.last_kind is RowKind.CATEGORY and self.path:
            return self.path[-1][0] + 0.5
        following = next((i for i in range(index + 1, len(self.sheet.rows)) if filled_cells(self.sheet.rows[i])), None)
        if (
            following is not None
            and sense_row(self.sheet.rows[following], following, self.table).kind is RowKind.CATEGORY
        ):
            return PLAIN_RANK
        if self.last_plain is not None:
            return self.last_plain
        numbered = [rank for rank, _ in self.path if rank != PLAIN_RANK]
        return numbered[-1] + 0.5 if numbered else PLAIN_RANK

    def _data(self, index: int, row: Row) -> None:
        number = self.sheet.row_number(index)
        shown = cell_text(name_cell(row, self.name)).replace("\n", "")
        name, mark = split_mark(shown)
        found = ReadRow(
            self.sheet.name, number, {}, self._class_path(), mark, index in self.sheet.hidden_rows, row, self.columns
        )
        serial = flat(row[self.table.serial.index]) if self.table.serial else ""
        found.mark = found.mark or split_mark(serial)[1]
        if name:
            found.values[self.fields.name_field.code] = name
        else:
            self.reading.errors.append(found.issue("name_missing", self.fields.name_field.code))
        for code, column, convert in self.converters:
            value = self._value(index, row, column, convert)
            if value is not None:
                found.values[code] = value
        if len(found.values) == 1 and self.table.several and len(filled_cells(row)) == 1:
            self.reading.warnings.append(found.issue("row_only_name", self.fields.name_field.code))
        self.reading.rows.append(found)

    def _class_path(self) -> tuple[str, ...]:
        names = [name for _, name in self.path]
        return tuple(names[: LEVELS - 1]) + (("·".join(names[LEVELS - 1 :]),) if len(names) >= LEVELS else ())

    def _value(self, index: int, row: Row, column: Column, convert: Converter) -> Any:
        cell: Cell = row[column.index] if column.index < len(row) else None
        if len(column.spans) > 1 and is_blank(cell):
            cell = name_cell(row, column)
        if cell is None or cell == "":
            if (index, column.index) in self.sheet.uncached:
                self._issue("formula_without_value", index, column, cell, True)
            return None
        value, fault, grave, params = convert(cell)
        if not fault:
            return value
        if fault == "amount.no_unit":
            self._no_unit(index, column, cell)
        else:
            self._issue(fault, index, column, cell, grave, params)
        return value

    def _no_unit(self, index: int, column: Column, cell: Cell) -> None:
        """Said once a column, at its first amount."""
        if column.code not in self.unit_missing:
            self.unit_missing.add(column.code)
            self._issue("unit_missing", index, column, cell, True)

    def _issue(
        self, code: str, index: int, column: Column, cell: Cell, grave: bool, params: dict[str, Any] | None = None
    ) -> None:
        number = self.sheet.row_number(index)
        issue = Issue(code, self.sheet.name, number, column.place, cell_text(cell), params or {})
        (self.reading.errors if grave else self.reading.warnings).append(issue)

    def _continue_row(self, index: int, row: Row) -> None:
        """Further lines of a project whose name is merged over them: words are joined, a second amount is refused."""
        if not self.reading.rows:
            return
        owner = self.reading.rows[-1]
        for code, column, _ in self.converters:
            cell = row[column.index]
            if is_blank(cell) or column is self.table.serial:
                continue
            assert column.field is not None
            if column.field.kind is FieldKind.MONEY:
                self._issue("amount_second", index, column, cell, True)
            elif column.field.kind is FieldKind.TEXT:
                before = owner.values.get(code, "")
                owner.values[code] = f"{before}\n{cell_text(cell)}".strip()


def _shown(row: Row) -> str:
    """What a category or sum row is called in the sheet: its words, a numeral before them included."""
    texts = [cell_text(cell) for cell in row if isinstance(cell, str) and not is_blank(cell)]
    if len(texts) > 1 and BARE_NUMERAL.fullmatch(flat(texts[0]).strip("()")):
        return f"{texts[0]}{'' if flat(texts[0]).endswith(')') else '、'}{texts[1]}"
    return texts[0] if texts else ""
