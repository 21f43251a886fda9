"""A table's cells to values, one column after the other: fifty thousand rows repeat themselves down, not across."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from guatu.core.sheets.errors import Issue
from guatu.core.sheets.fields import FieldKind
from guatu.core.sheets.model import Cell, Row, Sheet
from guatu.core.sheets.outcomes import Converter, Outcome
from guatu.core.sheets.result import Column, ReadRow, SheetReading
from guatu.core.sheets.text import cell_text, is_blank

REMEMBERED = 20_000
SAMPLES, SAMPLE_LENGTH = 3, 60
_NEW = object()


@dataclass(slots=True)
class Findings:
    """Issues of one table, found in any order and told from its first row to its last."""

    sheet: Sheet
    found: list[tuple[int, int, Issue, bool]] = field(default_factory=list)

    def at(
        self,
        code: str,
        index: int,
        column: Column | None,
        value: str = "",
        *,
        grave: bool = False,
        params: dict[str, Any] | None = None,
    ) -> None:
        """An issue at the row ``index`` of the sheet (counted from 0)."""
        place = column.place if column else ""
        issue = Issue(code, self.sheet.name, self.sheet.row_number(index), place, value, params or {})
        self.found.append((index, column.index if column else -1, issue, grave))

    def tell(self, reading: SheetReading) -> None:
        for _, _, issue, grave in sorted(self.found, key=itemgetter(0, 1)):
            (reading.errors if grave else reading.warnings).append(issue)
        self.found.clear()


def name_cell(row: Row, name: Column) -> Cell:
    """The name's cell, or the first filled one under its merged heading."""
    for at in name.spans or (name.index,):
        if at < len(row) and not is_blank(row[at]):
            return row[at]
    return None


def fill_column(
    rows: Iterable[ReadRow], column: Column, convert: Converter, sheet: Sheet, findings: Findings, told: set[str]
) -> None:
    """The values of one column into ``rows``. A cell that was seen is not read again. ``told`` are the columns whose
    missing unit was said already: once a column is enough."""
    at, code, wide = column.index, column.code, len(column.spans) > 1
    seen: dict[Cell, Any] = {}
    for found in rows:
        cell = found.cells[at]
        if wide and is_blank(cell):
            cell = name_cell(found.cells, column)
        if cell == "" or cell is None:
            if sheet.uncached and (found.row - sheet.first_row, at) in sheet.uncached:
                findings.at("formula_without_value", found.row - sheet.first_row, column, grave=True)
            continue
        value = seen.get(cell, _NEW)
        if value is _NEW or cell is True or cell is False:  # True equals 1 and would be taken for it
            outcome = convert(cell)
            value = outcome[0]
            if outcome[1]:
                _tell(outcome, found.row - sheet.first_row, column, cell, findings, told)
            elif len(seen) < REMEMBERED and not isinstance(cell, bool):
                seen[cell] = value
        if value is not None:
            found.values[code] = value


def _tell(outcome: Outcome, index: int, column: Column, cell: Cell, findings: Findings, told: set[str]) -> None:
    fault, grave = outcome.fault, outcome.grave
    if fault == "amount.no_unit":
        if column.code in told:
            return
        told.add(column.code)
        fault, grave = "unit_missing", True
    findings.at(fault, index, column, cell_text(cell), grave=grave, params=outcome.params)


def keep_words(rows: Iterable[ReadRow], columns: Iterable[tuple[Column, Converter]], fault: str) -> None:
    """Words in place of a value go to the field that the map names, behind their heading, in the order of the fields'
    codes: the same whatever the order of the columns. ``fault`` is what the converters say of such words."""
    listed = sorted(columns, key=lambda pair: pair[0].code)
    for found in rows:
        for column, convert in listed:
            cell = found.cells[column.index]
            if column.code in found.values or column.words is None or convert(cell).fault != fault:
                continue
            into = column.words.code
            found.values[into] = f"{found.values.get(into, '')}\n{column.heading}：{cell_text(cell)}".strip()


def continue_row(
    owner: ReadRow, row: Row, index: int, columns: Iterable[Column], serial: Column | None, findings: Findings
) -> None:
    """A further line of a project whose name is merged over it: words are joined, a second amount is refused, any
    other second value is told."""
    for column in columns:
        cell = row[column.index]
        if is_blank(cell) or column is serial or column.field is None:
            continue
        shown = cell_text(cell)
        if column.field.kind is FieldKind.MONEY:
            findings.at("amount_second", index, column, shown, grave=True)
        elif column.field.kind is FieldKind.TEXT:
            before = owner.values.get(column.code, "")
            if shown not in before.split("\n"):
                owner.values[column.code] = f"{before}\n{shown}".strip()
        elif shown != owner.raw(column.code):
            findings.at("value_second", index, column, shown)


def take_samples(columns: Sequence[Column], rows: Sequence[ReadRow]) -> None:
    """The first distinct texts that each column shows in its data rows."""
    for column in columns:
        if column.samples or (rows and column.index >= len(rows[0].cells)):
            continue
        at, seen = column.index, set()
        texts: list[str] = []
        for found in rows:
            cell = found.cells[at]
            if cell in seen or cell == "" or is_blank(cell):
                continue
            seen.add(cell)
            texts.append(cell_text(cell)[:SAMPLE_LENGTH])
            if len(texts) == SAMPLES:
                break
        column.samples = tuple(texts)
