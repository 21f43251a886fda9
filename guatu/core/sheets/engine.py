"""From a workbook to typed rows: each sheet, each table in it, its columns, its rows, its sums."""

from __future__ import annotations

import re
from collections.abc import Sequence

from guatu.core.sheets.blocks import Pattern, side_by_side
from guatu.core.sheets.columns import choose_columns, unit_conflict
from guatu.core.sheets.errors import Issue, SheetError, Yuan
from guatu.core.sheets.fields import FieldKind, FieldSet
from guatu.core.sheets.header import Above, Header, Known, find_header, read_above
from guatu.core.sheets.mapping import Mapping
from guatu.core.sheets.model import Sheet, Workbook
from guatu.core.sheets.result import Column, ReadRow, SheetReading, shape_key, unnamed
from guatu.core.sheets.table import TableReader
from guatu.core.sheets.text import LONGEST_LABEL, flat, match_key
from guatu.core.sheets.totals import SumCheck, SumRow, cover
from guatu.core.sheets.where import Where
from guatu.core.sheets.words import COUNT_LABEL
from guatu.domain.money import MoneyUnit

MAX_TABLES = 200


def recognise(
    book: Workbook,
    fields: FieldSet,
    *,
    year: int | None,
    unit: MoneyUnit | None = None,
    mapping: Mapping | None = None,
    period: tuple[int, int] | None = None,
) -> SheetReading:
    """What ``book`` holds as a ledger of ``fields``.

    ``year`` is the ledger's year (a column of another year is not this year's), ``unit`` the amounts' unit where the
    sheet prints none, ``period`` the first and last month of a progress sheet. Amounts come out in whole yuan.
    Raises SheetError("no_header") when no sheet has a heading of this kind of ledger.
    """
    reading = SheetReading(book.name, year)
    reading.warnings += [Issue(code) for code in book.notes]
    work = _Work(reading, fields, mapping or Mapping(), unit, period)
    sheets = _wanted(book, work.mapping)
    visible = [sheet for sheet in sheets if not sheet.hidden]
    for sheet in visible or sheets:
        work.read_sheet(sheet)
    if not reading.columns and any(issue.code == "sheet_foreign" for issue in reading.warnings):
        raise SheetError("all_foreign")
    if not reading.columns:
        raise SheetError(
            "no_header", sheets="、".join(sheet.name for sheet in book.sheets), name=fields.name_field.label
        )
    if visible:
        reading.warnings += [Issue("sheet_hidden", sheet.name) for sheet in sheets if sheet.hidden and sheet.rows]
    work.finish()
    return reading


def _wanted(book: Workbook, mapping: Mapping) -> Sequence[Sheet]:
    if not mapping.sheets:
        return book.sheets
    wanted = [sheet for sheet in book.sheets if sheet.name in mapping.sheets]
    if len(wanted) < len(mapping.sheets):
        known = "、".join(sheet.name for sheet in book.sheets)
        raise SheetError("no_such_sheet", wanted="、".join(mapping.sheets), known=known)
    return wanted


class _Work:
    """One recognition: what its steps share."""

    def __init__(
        self,
        reading: SheetReading,
        fields: FieldSet,
        mapping: Mapping,
        unit: MoneyUnit | None,
        period: tuple[int, int] | None,
    ) -> None:
        self.reading, self.fields, self.mapping = reading, fields, mapping
        self.known = Known.of(fields, mapping)
        self.given, self.period = unit, period
        self.sums: list[tuple[list[SumRow], list[Column]]] = []
        self.last_unit: MoneyUnit | None = None
        self.last: Pattern | None = None
        self.path: list[tuple[float, str]] = []

    def read_sheet(self, sheet: Sheet) -> None:
        """All tables of a sheet: side by side, and one under the other."""
        for part in side_by_side(sheet, self.known, self.reading.year):
            self._read_part(part)
        self._mention_hidden(sheet)

    def _read_part(self, sheet: Sheet) -> None:
        """Tables one under the other; a repeated heading continues the table. A sheet without any heading may go on
        with the table before it."""
        start, first_row, sums = 0, len(self.reading.rows), list[SumRow]()
        path: list[tuple[float, str]] = []
        tables = 0
        while start < len(sheet.rows) and tables < MAX_TABLES:
            header = find_header(sheet, self.known, self.reading.year, start)
            if header is None:
                break
            if not tables and self._is_foreign(sheet, header):
                self.reading.warnings.append(Issue("sheet_foreign", sheet.name))
                return
            tables += 1
            start = self._read_table(sheet, start, header, sums, path)
        if not tables and not self._go_on(sheet, sums):
            if sheet.rows:
                self.reading.warnings.append(Issue("sheet_skipped", sheet.name))
            return
        cover(sums, first_row, len(self.reading.rows))

    def _is_foreign(self, sheet: Sheet, header: Header) -> bool:
        """Whether name or title says that the sheet is another kind of paper. A sheet that the map names is read."""
        if not self.fields.foreign or self.mapping.sheets:
            return False
        words = [sheet.name, *read_above(sheet, 0, header.top).titles]
        return any(re.search(self.fields.foreign, flat(text[:LONGEST_LABEL])) for text in words)

    def _go_on(self, sheet: Sheet, sums: list[SumRow]) -> bool:
        """Read the sheet by the heading of the table before it, where its rows fit."""
        if self.last is None or not self.last.fits(sheet):
            return False
        pattern = self.last.on(sheet)
        width = len(pattern.header.paths)
        for row in sheet.rows:  # a sheet ends at its last filled column, which need not be the heading's
            row.extend([None] * (width - len(row)))
        self.reading.warnings.append(Issue("heading_continued", sheet.name, sheet.first_row))
        self.reading.columns += pattern.columns
        self._take_rows(sheet, pattern, self.last_unit, sums, self.path)
        return True

    def _take_rows(
        self,
        sheet: Sheet,
        pattern: Pattern,
        unit: MoneyUnit | None,
        sums: list[SumRow],
        path: list[tuple[float, str]],
    ) -> int:
        where = Where.of(self.mapping, sheet, pattern.columns, self.reading)
        reader = TableReader(sheet, pattern.header, pattern.columns, self.fields, self.reading, unit, path, where)
        end = reader.read()
        if reader.left_out:  # what is printed covers rows that are not taken
            params = {"count": reader.left_out, "taken": len(reader.taken)}
            self.reading.warnings.append(Issue("rows_left_out", sheet.name, 0, "", "", params))
        else:
            sums += reader.sums
            self.sums.append((reader.sums, pattern.columns))
        self._mention_unnamed(reader.headless)
        self.last, self.path = pattern, path
        self.last_unit = self.last_unit or reader.unit
        self.reading.unit = self.reading.unit or reader.unit
        return end

    def _mention_unnamed(self, columns: Sequence[Column]) -> None:
        known = {(column.sheet, column.letter) for column in self.reading.columns}
        for column in columns:
            if (column.sheet, column.letter) not in known:
                self.reading.columns.append(column)
                shown = "、".join(column.samples)
                params = {"letter": column.letter}
                self.reading.warnings.append(Issue(column.reason, column.sheet, 0, column.place, shown, params))

    def _read_table(
        self, sheet: Sheet, start: int, header: Header, sums: list[SumRow], path: list[tuple[float, str]]
    ) -> int:
        above = read_above(sheet, start, header.top)
        columns, issues = choose_columns(sheet, header, self.fields, self.mapping, self.period)
        first_table = not any(column.sheet == sheet.name for column in self.reading.columns)
        if first_table:
            self._take_above(above, sheet)
            self.reading.columns += columns
            self.reading.warnings += issues
            self._check_needs(sheet, columns)
        else:
            told = {(column.heading, column.letter) for column in self.reading.columns if column.sheet == sheet.name}
            fresh = [column for column in columns if (column.heading, column.letter) not in told]
            self.reading.columns += fresh
            places = {column.place for column in fresh}
            self.reading.warnings += [issue for issue in issues if issue.column in places]
        unit = self._unit(sheet, header, above, columns)
        return self._take_rows(sheet, Pattern(header, columns), unit, sums, path)

    def _take_above(self, above: Above, sheet: Sheet) -> None:
        reading = self.reading
        reading.titles += above.titles
        reading.document_number = reading.document_number or above.document
        if above.year is not None:
            reading.title_year = reading.title_year or above.year
            if reading.year is not None and above.year != reading.year:
                reading.warnings.append(
                    Issue(
                        "year_differs", sheet.name, 0, "", str(above.year), {"year": reading.year, "found": above.year}
                    )
                )

    def _check_needs(self, sheet: Sheet, columns: Sequence[Column]) -> None:
        codes = {column.code for column in columns}
        if self.fields.needs and not codes & set(self.fields.needs):
            labels = "、".join(str(self.fields.by_code[code].label) for code in self.fields.needs)
            self.reading.errors.append(Issue("not_this_ledger", sheet.name, 0, "", "", {"needs": labels}))

    def _unit(self, sheet: Sheet, header: Header, above: Above, columns: Sequence[Column]) -> MoneyUnit | None:
        """The table's unit: the map's, the printed one, the given one, that of the table before; never from sizes."""
        faults = [(piece.unit_fault, column.place) for column in columns for piece in column.pieces if piece.unit_fault]
        money = [column for column in columns if column.field and column.field.kind is FieldKind.MONEY]
        for column in money:
            if any(place == column.place for _, place in faults) and not column.unit and not column.factor:
                self.reading.errors.append(Issue("unit_unknown", sheet.name, 0, column.place, column.heading))
        if self.mapping.unit:
            return self.mapping.unit
        if above.unit_fault and not self.given:
            self.reading.errors.append(Issue("unit_unknown", sheet.name, above.unit_row, "", above.unit_text))
        conflict = unit_conflict(columns, above.unit, self.given)
        if conflict:
            params = {"printed": conflict.value, "given": self.given.value if self.given else ""}
            self.reading.errors.append(
                Issue("unit_conflict", sheet.name, above.unit_row, "", above.unit_text or conflict.value, params)
            )
        unit = above.unit or self.given or self.last_unit
        self.last_unit = unit
        self.reading.unit = self.reading.unit or unit
        return unit

    def _mention_hidden(self, sheet: Sheet) -> None:
        numbers = sorted({row.row for row in self.reading.rows if row.hidden and row.sheet == sheet.name})
        if numbers:
            shown = "、".join(map(str, numbers[:20])) + ("…" if len(numbers) > 20 else "")
            self.reading.warnings.append(
                Issue("hidden_rows", sheet.name, numbers[0], "", "", {"count": len(numbers), "rows": shown})
            )
        hidden = {sheet.letter(at) for at in sheet.hidden_columns}  # a table beside another counts its columns anew
        for column in self.reading.columns:
            if column.sheet == sheet.name and column.field and column.letter in hidden:
                self.reading.warnings.append(Issue("hidden_column", sheet.name, 0, column.place))

    def finish(self) -> None:
        reading = self.reading
        reading.shape = shape_key(
            [column.heading for column in reading.columns if column.heading != unnamed(column.letter)]
        )
        for check in self.fields.checks:
            for row in reading.rows:
                check(row, reading)
        for after in self.fields.after:
            after(reading)
        self._same_names()
        held = SumCheck(reading.rows, self.fields)
        for sums, columns in self.sums:
            held.check(sums, columns)
        reading.printed_totals += held.totals
        reading.warnings += held.issues
        for total in reading.printed_totals:
            code = {"differs": "total_differs", "rows_rounded": "total_rounded", "rounded": "total_rounded"}.get(
                total.how
            )
            if code:
                params = {"label": total.label, "field": self._label(total.field), "rows": total.rows}
                said = int if total.field == self.fields.count_code else Yuan
                params |= {"printed": said(total.printed), "computed": said(total.computed)}
                reading.warnings.append(Issue(code, total.sheet, total.row, "", str(params["printed"]), params))
        if not reading.rows:
            reading.errors.append(Issue("no_rows", reading.columns[0].sheet))

    def _same_names(self) -> None:
        """A name that comes twice is told at its second place; whether it is one project is not decided here."""
        code = self.fields.name_field.code
        seen: dict[str, ReadRow] = {}
        for row in self.reading.rows:
            key = match_key(row.values.get(code, ""))
            first = seen.setdefault(key, row)
            if key and first is not row:
                params = {"sheet": first.sheet, "first": first.row}
                self.reading.warnings.append(row.issue("name_twice", code, **params))

    def _label(self, code: str) -> object:
        return self.fields.by_code[code].label if code in self.fields.by_code else COUNT_LABEL
