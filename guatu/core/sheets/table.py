"""One table's rows, from under its heading to the next heading or the sheet's end."""

from __future__ import annotations

from collections.abc import Sequence

from guatu.core.sheets.cells import Findings, continue_row, fill_column, keep_words, name_cell, take_samples
from guatu.core.sheets.columns import UNIT_COLUMN
from guatu.core.sheets.fields import FieldKind, FieldSet
from guatu.core.sheets.header import Header, row_is_heading, stated_unit
from guatu.core.sheets.layout import carry_classes, fill_merged, shift_name, without_heading
from guatu.core.sheets.model import Row, Sheet
from guatu.core.sheets.result import Column, ReadRow, SheetReading
from guatu.core.sheets.rows import (
    BARE_NUMERAL,
    PLAIN_RANK,
    SERIAL,
    RowKind,
    RowSense,
    Table,
    adds_up,
    filled_cells,
    is_bare,
    plainly_data,
    sense_row,
)
from guatu.core.sheets.text import cell_text, flat, is_blank, label_of, split_mark
from guatu.core.sheets.totals import SumRow
from guatu.core.sheets.values import WORDS_KEPT, converter, looks_fractional
from guatu.core.sheets.where import Where
from guatu.domain.money import MoneyUnit

LEVELS = 2
SUMS = frozenset({RowKind.CATEGORY, RowKind.SUBTOTAL, RowKind.TOTAL, RowKind.PART})


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
        where: Where | None = None,
    ) -> None:
        self.where, self.left_out = where, 0
        self.sheet, self.header, self.fields, self.reading = sheet, header, fields, reading
        self.unit, self.path = unit, path
        self.all_columns = columns
        self.columns = {column.code: column for column in columns if column.field}
        self.first = header.bottom + 1
        self.name = name = self.columns[fields.name_field.code]
        shift_name(sheet, header, name, self.columns.values(), self.first)
        self.table = Table.of(sheet, columns, name, self.columns.get("serial"), self.first)
        self.sums: list[SumRow] = []
        self.findings = Findings(sheet)
        self.taken: list[ReadRow] = []
        self.further: list[tuple[ReadRow, Row, int]] = []
        self.under = fill_merged(sheet, self.columns.values(), name, self.first, self.findings)
        self.parts: set[int] = set()
        self.units: list[tuple[int, MoneyUnit | None]] = [(0, unit)]
        self.unit_at = next((column.index for column in columns if column.reason == UNIT_COLUMN), None)
        self.headless: list[Column] = []
        self.last_plain: float | None = None
        self.last_kind: RowKind | None = None
        self.class_path = self._class_path()

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
                index += max(1, self.header.bottom - self.header.top + 1)  # a continued sheet's heading has no rows
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
        groups = self._by_unit()
        for column in self.columns.values():
            if column is self.name or column.field is None:
                continue
            if column.field.kind is FieldKind.PERCENT:
                column.fraction = looks_fractional([row.cells[column.index] for row in self.taken])
            for unit, rows in groups if column.field.kind is FieldKind.MONEY else [(self.unit, self.taken)]:
                convert = converter(column, unit, self.reading.year)
                fill_column(rows, column, convert, self.sheet, self.findings, told)
            if column.field.carries and self.taken:
                carry_classes(self.taken, column, self.sheet, self.findings)
        said = [column for column in self.columns.values() if column.words]
        keep_words(self.taken, [(each, converter(each, self.unit, self.reading.year)) for each in said], WORDS_KEPT)
        for owner, row, index in self.further:
            continue_row(owner, row, index, self.columns.values(), self.table.serial, self.findings)
        self.headless = without_heading(self.sheet, self.header, self.all_columns, self.taken)
        take_samples([*self.all_columns, *self.headless], self.taken)
        self.findings.tell(self.reading)

    # -- units -------------------------------------------------------------------------------------------------------
    def _by_unit(self) -> list[tuple[MoneyUnit | None, Sequence[ReadRow]]]:
        """The rows by the unit of their amounts: the unit line in force, or what the row's own unit column says."""
        groups: dict[MoneyUnit | None, list[ReadRow]] = {}
        if self.unit_at is None and len(self.units) == 1:
            return [(self.unit, self.taken)]
        ends = [*(start for start, _ in self.units[1:]), len(self.taken)]
        for (start, unit), end in zip(self.units, ends, strict=True):
            for row in self.taken[start:end]:
                groups.setdefault(self._unit_of(row.cells, unit), []).append(row)
        return list(groups.items())

    def _unit_of(self, row: Row, otherwise: MoneyUnit | None) -> MoneyUnit | None:
        """The unit in a row's unit column, else the one in force."""
        if self.unit_at is None:
            return otherwise
        word = flat(row[self.unit_at]).removeprefix("人民币")
        return next((unit for unit in MoneyUnit if unit.value == word), otherwise)

    def _note(self, index: int, row: Row) -> None:
        """A note or a page's line between the rows may state the unit: of the rows below, or of all where none was
        stated before."""
        text = next((label for cell in row if (label := label_of(cell)) and "单位" in label), "")
        unit = stated_unit(text)[0] if text else None
        if unit is None or unit is self.unit:
            return
        if self.unit is None:
            self.findings.at("unit_in_note", index, None, text, params={"unit": unit.value})
            self.units = [(start, before or unit) for start, before in self.units]
        else:
            params = {"unit": unit.value, "before": self.unit.value}
            self.findings.at("unit_changes", index, None, text, params=params)
            self.units.append((len(self.taken), unit))
        for item in self.sums:
            item.unit = item.unit or unit
        self.unit = unit

    # -- rows --------------------------------------------------------------------------------------------------------
    def _repeats_heading(self, row: Row) -> bool:
        """The same words in the same columns as the heading's first row: a continued table."""
        words = self.header.words
        return len(words) >= 2 and all(label_of(row[at]) == text for at, text in words)

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
        sense = self._in_context(index, row, sense)
        if index in self.under and sense.kind is RowKind.DATA:
            if self.taken and self._takes(self.sheet.rows[self.under[index]]):
                self.further.append((self.taken[-1], row, index))
            return
        if sense.kind is RowKind.DATA:
            self._data(index, row)
        else:
            self.reading.skipped += 1
            if sense.kind is RowKind.CATEGORY:
                self._enter(index, sense)
            if sense.kind in SUMS:
                number = self.sheet.row_number(index)
                self._not_calculated(index)
                unit = self._unit_of(row, self.unit)
                self.sums.append(SumRow(self.sheet.name, number, _shown(row), sense, row, len(self.reading.rows), unit))
            elif sense.kind is RowKind.NOTE:
                self._note(index, row)
        self.last_kind = sense.kind

    def _in_context(self, index: int, row: Row, sense: RowSense) -> RowSense:
        """What the rows around it make of a row."""
        if sense.kind is RowKind.DATA and not self.table.has_serials:
            sense = self._group_by_sums(index, row, sense)
        if sense.kind is not RowKind.CATEGORY:
            return sense
        if index in self.parts or self._sums_up(index, sense):
            return RowSense(RowKind.PART, sense.label, count=sense.count)
        if sense.rank == PLAIN_RANK and self._heading_follows(index):
            return RowSense(RowKind.NOTE, sense.label)  # the next table's title
        return sense

    def _group_by_sums(self, index: int, row: Row, sense: RowSense) -> RowSense:
        """Without serial numbers a row of a name and figures is a group when its figures are the sums of the rows under
        it: told, for it could be a project all the same."""
        if not is_bare(row, self.table, filled_cells(row)) or not adds_up(self.sheet.rows, index, self.table):
            return sense
        return RowSense(RowKind.CATEGORY, cell_text(name_cell(row, self.name)), PLAIN_RANK, doubtful=True)

    def _sums_up(self, index: int, sense: RowSense) -> bool:
        """Whether the category begins a list of parts under a total (新开工 8, 续建 12 …) that no rows follow; all of
        the list are noted in ``parts``. Such a list goes on after 其中, or stands under a total, in one rank, each
        with a number, and its words are kinds, or come again as categories further down."""
        if self.last_kind is RowKind.PART:
            return sense.rank == PLAIN_RANK and index not in self.table.wide
        if self.last_kind is not RowKind.TOTAL or not sense.count:
            return False
        run, labels, again = [index], [sense.label], False
        for at in range(index + 1, len(self.sheet.rows)):
            following = sense_row(self.sheet.rows[at], at, self.table)
            if following.kind is not RowKind.CATEGORY or following.rank != sense.rank or not following.count:
                break
            again = following.label in labels
            if again:
                break
            run.append(at)
            labels.append(following.label)
        if len(run) < 2 or not (again or self.fields.are_choices(labels)):
            return False
        self.parts.update(run)
        return True

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

    def _takes(self, row: Row) -> bool:
        """Whether the map's condition takes a row."""
        return self.where is None or self.where.takes(row)

    def _data(self, index: int, row: Row, *, plain: bool = False) -> None:
        if not self._takes(row):
            self.left_out += 1
            self.reading.skipped += 1
            return
        cell = row[self.name.index] if len(self.name.spans) < 2 else name_cell(row, self.name)
        shown = cell.strip().replace("\n", "") if isinstance(cell, str) else cell_text(cell)
        name, mark = split_mark(shown)
        hidden = index in self.sheet.hidden_rows
        number = self.sheet.row_number(index)
        found = ReadRow(self.sheet.name, number, {}, self.class_path, mark, hidden, row, self.columns)
        if not mark and self.table.serial and isinstance(row[self.table.serial.index], str):
            found.mark = split_mark(label_of(row[self.table.serial.index]))[1]
        if is_blank(name):
            name = self._name_in_serial(index, row)
        if not is_blank(name):
            found.values[self.fields.name_field.code] = name
            if not plain and name.startswith("其中"):
                self.findings.at("row_of_which", index, self.name, name)
            if not plain and self.table.several and len(filled_cells(row)) == 1:
                self.findings.at("row_only_name", index, self.name, found.raw(self.name.code))
        else:
            self.findings.at("name_missing", index, self.name, found.raw(self.name.code), grave=True)
        self.reading.rows.append(found)
        self.taken.append(found)

    def _name_in_serial(self, index: int, row: Row) -> str:
        """A name that merging left in the serial's cell: words where the other rows have numbers."""
        serial = self.table.serial
        cell = row[serial.index] if serial else None
        if serial is None or not isinstance(cell, str) or is_blank(cell) or SERIAL.fullmatch(label_of(cell)):
            return ""
        self.findings.at("name_in_serial", index, serial, cell_text(cell))
        return split_mark(cell.strip().replace("\n", ""))[0]

    def _class_path(self) -> tuple[str, ...]:
        names = [name for _, name in self.path]
        return tuple(names[: LEVELS - 1]) + (("·".join(names[LEVELS - 1 :]),) if len(names) >= LEVELS else ())


def _shown(row: Row) -> str:
    """What a category or sum row is called in the sheet: its words, a numeral before them included."""
    texts = [cell_text(cell) for cell in row if isinstance(cell, str) and not is_blank(cell)]
    if len(texts) > 1 and BARE_NUMERAL.fullmatch(flat(texts[0]).strip("()")):
        return f"{texts[0]}{'' if flat(texts[0]).endswith(')') else '、'}{texts[1]}"
    return texts[0] if texts else ""
