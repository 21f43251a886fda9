"""One table's rows, from under its heading to the next heading or the sheet's end."""

from __future__ import annotations

from guatu.core.sheets.cells import Findings, continue_row, fill_column, name_cell, take_samples
from guatu.core.sheets.fields import FieldKind, FieldSet
from guatu.core.sheets.header import Header, row_is_heading
from guatu.core.sheets.model import Row, Sheet
from guatu.core.sheets.result import Column, ReadRow, SheetReading
from guatu.core.sheets.rows import (
    BARE_NUMERAL,
    PLAIN_RANK,
    RowKind,
    RowSense,
    Table,
    filled_cells,
    plainly_data,
    sense_row,
)
from guatu.core.sheets.text import cell_text, flat, is_blank, label_of, split_mark
from guatu.core.sheets.totals import SumRow
from guatu.core.sheets.values import converter, looks_fractional
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
        self.all_columns = columns
        self.columns = {column.code: column for column in columns if column.field}
        self.first = header.bottom + 1
        self.head = [(at, text) for at, cell in enumerate(sheet.rows[header.top]) if (text := flat(cell))]
        name = self.columns[fields.name_field.code]
        self._shift_name(name)
        self.name = name
        self.table = Table.of(sheet, columns, name, self.columns.get("serial"), self.first)
        self.sums: list[SumRow] = []
        self.findings = Findings(sheet)
        self.taken: list[ReadRow] = []
        self.further: list[tuple[ReadRow, Row, int]] = []
        self.under: dict[int, int] = {}
        self.last_plain: float | None = None
        self.last_kind: RowKind | None = None
        self.class_path = self._class_path()
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
            self.findings.at("amount_merged", top, column, value, params=params)

    def read(self) -> int:
        """The index after the table's last row."""
        rows = self.sheet.rows
        index = self.first
        end = len(rows)
        while index < end:
            row = rows[index]
            if plainly_data(row, self.table) and index not in self.under:
                self._data(index, row, plain=True)
                self.last_kind = RowKind.DATA
                index += 1
                continue
            if self._repeats_heading(row):
                index += self.header.bottom - self.header.top + 1
                self.reading.skipped += 1
                continue
            if row_is_heading(self.sheet, index, self.fields):
                end = self._heading_start(index)
                break
            self._take(index, row)
            index += 1
        self._fill()
        return end

    def _fill(self) -> None:
        """Values once all rows are known, column by column."""
        told: set[str] = set()
        for column in self.columns.values():
            if column is self.name or column.field is None:
                continue
            if column.field.kind is FieldKind.PERCENT:
                column.fraction = looks_fractional([row.cells[column.index] for row in self.taken])
            convert = converter(column, self.unit, self.reading.year)
            fill_column(self.taken, column, convert, self.sheet, self.findings, told)
        for owner, row, index in self.further:
            continue_row(owner, row, index, self.columns.values(), self.table.serial, self.findings)
        take_samples(self.all_columns, self.taken)
        self.findings.tell(self.reading)

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
            if self.taken:
                self.further.append((self.taken[-1], row, index))
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
                self.findings.at("total_not_calculated", index, column)

    def _enter(self, index: int, sense: RowSense) -> None:
        """The category's place: a plain one right under another is its child, a later one stands beside its like."""
        if sense.rank == PLAIN_RANK:
            sense.rank = self._plain_rank(index)
            self.last_plain = sense.rank
        while self.path and self.path[-1][0] >= sense.rank:
            self.path.pop()
        self.path.append((sense.rank, sense.label))
        if sense.doubtful:
            self.findings.at("row_as_category", index, None, sense.label)
        self.class_path = self._class_path()

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

    def _data(self, index: int, row: Row, *, plain: bool = False) -> None:
        cell = row[self.name.index] if len(self.name.spans) < 2 else name_cell(row, self.name)
        shown = cell.strip().replace("\n", "") if isinstance(cell, str) else cell_text(cell)
        name, mark = split_mark(shown)
        hidden = index in self.sheet.hidden_rows
        number = self.sheet.row_number(index)
        found = ReadRow(self.sheet.name, number, {}, self.class_path, mark, hidden, row, self.columns)
        if not mark and self.table.serial and isinstance(row[self.table.serial.index], str):
            found.mark = split_mark(label_of(row[self.table.serial.index]))[1]
        if name and not is_blank(name):
            found.values[self.fields.name_field.code] = name
            if not plain and self.table.several and len(filled_cells(row)) == 1:
                self.findings.at("row_only_name", index, self.name, found.raw(self.name.code))
        else:
            self.findings.at("name_missing", index, self.name, found.raw(self.name.code), grave=True)
        self.reading.rows.append(found)
        self.taken.append(found)

    def _class_path(self) -> tuple[str, ...]:
        names = [name for _, name in self.path]
        return tuple(names[: LEVELS - 1]) + (("·".join(names[LEVELS - 1 :]),) if len(names) >= LEVELS else ())


def _shown(row: Row) -> str:
    """What a category or sum row is called in the sheet: its words, a numeral before them included."""
    texts = [cell_text(cell) for cell in row if isinstance(cell, str) and not is_blank(cell)]
    if len(texts) > 1 and BARE_NUMERAL.fullmatch(flat(texts[0]).strip("()")):
        return f"{texts[0]}{'' if flat(texts[0]).endswith(')') else '、'}{texts[1]}"
    return texts[0] if texts else ""
