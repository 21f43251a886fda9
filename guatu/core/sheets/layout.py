"""What a table's layout hides: names beside their heading, cells merged over rows, columns without a heading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from guatu.core.sheets.cells import Findings, name_cell
from guatu.core.sheets.fields import FieldKind
from guatu.core.sheets.header import Header
from guatu.core.sheets.model import Sheet
from guatu.core.sheets.result import Column, ReadRow, unnamed
from guatu.core.sheets.text import cell_text, flat, is_blank


def shift_name(sheet: Sheet, header: Header, name: Column, columns: Iterable[Column], first: int) -> None:
    """A merged layout may leave names in the column beside their heading: taken from there where the heading's own
    cell is blank and that column has no heading of its own. ``first`` is the first row under the heading."""
    covered = {at for column in columns for at in column.spans}
    rows = sheet.rows[first:]
    here = sum(1 for row in rows if not is_blank(row[name.index]))
    for beside, leads in ((name.index - 1, True), (name.spans[-1] + 1, False)):
        if not 0 <= beside < len(header.paths) or header.paths[beside] or beside in covered:
            continue
        filled = [row for row in rows if isinstance(row[beside], str) and not is_blank(row[beside])]
        if not filled or any(not is_blank(row[name.index]) for row in filled):
            continue  # something of its own stands there, beside names
        if leads and len(filled) > here:
            name.spans = (beside, *name.spans)
        elif leads or len(filled) > here:
            name.spans = (*name.spans, beside)


def fill_merged(
    sheet: Sheet, columns: Iterable[Column], name: Column, first: int, findings: Findings
) -> dict[int, int]:
    """A cell merged over several rows says the same of each; an amount is counted once, on its first row. The answer
    is for a merged name, which is one project: further row → its first row."""
    by_index = {at: column for column in columns for at in column.spans}
    under: dict[int, int] = {}
    last = len(sheet.rows) - 1
    for top, left, bottom, right in sheet.merged:
        column = by_index.get(left)
        if top < first or top == bottom or column is None or right - left > len(column.spans):
            continue
        if column is name:
            under.update(dict.fromkeys(range(top + 1, bottom + 1), top))
        elif column.field and column.field.kind is FieldKind.MONEY:
            _merged_money(sheet, top, min(bottom, last), column, name, findings)
        else:
            for row in range(top + 1, min(bottom, last) + 1):
                if row not in under:
                    sheet.rows[row][left] = sheet.rows[top][left]
    return under


def _merged_money(sheet: Sheet, top: int, bottom: int, column: Column, name: Column, findings: Findings) -> None:
    names = {flat(name_cell(sheet.rows[row], name)) for row in range(top, bottom + 1)}
    if len(names - {""}) > 1:
        params = {"first": sheet.row_number(top), "last": sheet.row_number(bottom)}
        findings.at("amount_merged", top, column, cell_text(sheet.rows[top][column.index]), params=params)


def carry_classes(rows: Sequence[ReadRow], column: Column, sheet: Sheet, findings: Findings) -> None:
    """A class written only on the first row of its group, where the file does not say what is merged (csv, ods): blank
    cells below are of the same class. Only where each class comes in one run, and told."""
    at, code = column.index, column.code
    if any(box[1] == at and box[0] != box[2] for box in sheet.merged) or any(row.class_path for row in rows):
        return
    said = [row.values[code] for row in rows if code in row.values]
    if len(rows) < 3 or code not in rows[0].values or len(said) * 2 > len(rows) or len(set(said)) < len(said):
        return
    current = ""
    for row in rows:
        current = row.values.setdefault(code, current)
    findings.at("class_carried", rows[0].row - sheet.first_row, column, str(said[0]))


def without_heading(sheet: Sheet, header: Header, columns: Iterable[Column], rows: Sequence[ReadRow]) -> list[Column]:
    """Columns that have something in the data rows and no heading."""
    covered = {at for column in columns for at in (*column.spans, column.index)}
    found = []
    for at, path in enumerate(header.paths):
        if path or at in covered or all(is_blank(row.cells[at]) for row in rows):
            continue
        letter = sheet.letter(at)
        found.append(Column(sheet.name, at, letter, unnamed(letter), reason="column_no_heading", spans=(at,)))
    return found
