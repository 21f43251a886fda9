"""Sheets in memory and the bytes of their files: xlsx, ods, csv, docx."""

from __future__ import annotations

import csv
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
import xlsxwriter


@dataclass(frozen=True)
class Formula:
    text: str
    shown: float | str


@dataclass(frozen=True)
class Percent:
    """A number cell in a percent format: 0.56 that shows as 56%."""

    share: float


@dataclass(frozen=True)
class Day:
    """A date cell, shown in the number format."""

    day: date
    shown: str = "yyyy-mm-dd"


@dataclass
class Sheet:
    """``cells`` by (row from 1, column from 0); ``merges`` as (row, column, last row, last column)."""

    name: str = "Sheet1"
    cells: dict[tuple[int, int], Any] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden: bool = False

    def put(self, row: int, column: int, value: Any) -> None:
        if value is not None:
            self.cells[row, column] = value

    def merge(self, row: int, column: int, last_row: int, last_column: int) -> None:
        if (row, column) != (last_row, last_column):
            self.merges.append((row, column, last_row, last_column))

    @property
    def height(self) -> int:
        return max((row for row, _ in self.cells), default=0)

    @property
    def width(self) -> int:
        return max((column for _, column in self.cells), default=-1) + 1


# -- xlsx --------------------------------------------------------------------------------------------------------------
def _write_cell(book: Any, page: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, Formula):
        page.write_formula(row, column, value.text, None, value.shown)
    elif isinstance(value, Percent):
        page.write_number(row, column, value.share, book.add_format({"num_format": "0.00%"}))
    elif isinstance(value, Day):
        moment = datetime.combine(value.day, time())
        page.write_datetime(row, column, moment, book.add_format({"num_format": value.shown}))
    elif isinstance(value, str):
        page.write_string(row, column, value)
    else:
        page.write_number(row, column, value)


def write_xlsx(path: Path, *sheets: Sheet) -> Path:
    book = xlsxwriter.Workbook(str(path))
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        for row, column, last_row, last_column in sheet.merges:
            page.merge_range(row - 1, column, last_row - 1, last_column, "")
        for (row, column), value in sheet.cells.items():
            _write_cell(book, page, row - 1, column, value)
        for row in sheet.hidden_rows:
            page.set_row(row - 1, None, None, {"hidden": True})
        for column in sheet.hidden_columns:
            page.set_column(column, column, 10, None, {"hidden": True})
        if sheet.hidden:
            page.hide()
    book.close()
    return path


# -- ods ---------------------------------------------------------------------------------------------------------------
_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}
_ODS = "application/vnd.oasis.opendocument.spreadsheet"


def _ods_cell(value: Any, spans: str) -> str:
    if value is None:
        return f"<table:table-cell{spans}/>"
    if isinstance(value, Day):
        kind, shown = f'office:value-type="date" office:date-value="{value.day}"', value.day.isoformat()
    elif isinstance(value, Percent):
        kind, shown = f'office:value-type="percentage" office:value="{value.share}"', f"{value.share:.2%}"
    elif isinstance(value, Formula):
        kind, shown = f'table:formula="of:{value.text}" office:value-type="float" office:value="{value.shown}"', ""
    elif isinstance(value, str):
        kind, shown = 'office:value-type="string"', value
    else:
        kind, shown = f'office:value-type="float" office:value="{value}"', str(value)
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in shown.split("\n"))
    return f"<table:table-cell{spans} {kind}>{lines}</table:table-cell>"


def _ods_table(sheet: Sheet) -> str:
    corners = {(row, column): (down - row + 1, right - column + 1) for row, column, down, right in sheet.merges}
    covered = {
        (row, column)
        for top, left, down, right in sheet.merges
        for row in range(top, down + 1)
        for column in range(left, right + 1)
    } - corners.keys()
    rows = []
    for row in range(1, sheet.height + 1):
        cells = []
        for column in range(sheet.width):
            if (row, column) in covered:
                cells.append("<table:covered-table-cell/>")
                continue
            down, right = corners.get((row, column), (1, 1))
            spans = (
                f' table:number-rows-spanned="{down}" table:number-columns-spanned="{right}"'
                if ((row, column) in corners)
                else ""
            )
            cells.append(_ods_cell(sheet.cells.get((row, column)), spans))
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    return f'<table:table table:name="{escape(sheet.name)}">{"".join(rows)}</table:table>'


def write_ods(path: Path, *sheets: Sheet) -> Path:
    names = " ".join(f'xmlns:{short}="{long}"' for short, long in _NAMES.items())
    body = "".join(_ods_table(sheet) for sheet in sheets)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.2"><office:body>'
        f"<office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), _ODS)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


# -- csv, docx ---------------------------------------------------------------------------------------------------------
def _shown(value: Any) -> str:
    if isinstance(value, Formula):
        return str(value.shown)
    if isinstance(value, Percent):
        return f"{value.share:.2%}"
    if isinstance(value, Day):
        return f"{value.day.year}/{value.day.month}/{value.day.day}"
    return "" if value is None else str(value)


def rows_of(sheet: Sheet) -> list[list[str]]:
    return [
        [_shown(sheet.cells.get((row, column))) for column in range(sheet.width)] for row in range(1, sheet.height + 1)
    ]


def write_csv(path: Path, sheet: Sheet, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=delimiter, lineterminator="\r\n").writerows(rows_of(sheet))
    return path


def write_docx(path: Path, *parts: str | Sheet) -> Path:
    """Paragraphs and tables in their order."""
    document = docx.Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(rows=part.height, cols=part.width)
        for row, texts in enumerate(rows_of(part)):
            for cell, text in zip(table.rows[row].cells, texts, strict=True):
                cell.text = text
        for row, column, last_row, last_column in part.merges:
            table.cell(row - 1, column).merge(table.cell(last_row - 1, last_column))
    document.save(str(path))
    return path
