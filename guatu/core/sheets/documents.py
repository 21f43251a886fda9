"""Tables of a Word file as sheets: offices attach their list to the notice itself."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph

from guatu.core.sheets.errors import SheetError
from guatu.core.sheets.marks import DAMAGED
from guatu.core.sheets.model import Row, Sheet


def read_docx(data: bytes) -> list[Sheet]:
    """One sheet a table, the paragraphs above it as its first rows (title and unit lines); row numbers count those.

    Raises SheetError: truncated, no_table (the list is paragraphs or a picture).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if b"<!DOCTYPE" in archive.read("word/document.xml")[:4096]:
                raise SheetError("unsafe_xml")
        document = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError, *DAMAGED) as error:
        raise SheetError("truncated") from error
    sheets: list[Sheet] = []
    above: list[Row] = []
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            if block.text.strip():
                above.append([block.text.strip()])
        else:
            sheets.append(_table_sheet(block, above[-4:], len(sheets) + 1))
            above = []
    if not sheets:
        raise SheetError("no_table")
    return sheets


def _table_sheet(table: Table, above: list[Row], number: int) -> Sheet:
    rows: list[Row] = []
    merged: list[tuple[int, int, int, int]] = []
    corners: dict[int, tuple[int, int, int, int]] = {}
    for index, cells in enumerate(_grid(table)):
        row: Row = []
        for column, (key, text) in enumerate(cells):
            box = corners.get(key)
            row.append("" if box else text)
            at = index + len(above)
            corners[key] = (box[0], box[1], at, max(box[3], column)) if box else (at, column, at, column)
        rows.append(row)
    merged = [box for box in corners.values() if box[0] != box[2] or box[1] != box[3]]
    width = max((len(row) for row in rows), default=1)
    full = [*above, *rows]
    for row in full:
        row.extend([""] * (width - len(row)))
    return Sheet(f"表{number}", full, merged=merged)


def _grid(table: Table) -> Iterator[list[tuple[int, str]]]:
    """Rows of (identity of the cell, text): a merged cell comes with the same identity wherever it reaches."""
    keep = []
    for row in table.rows:
        cells = row.cells
        keep.append(cells)  # holds the elements, so that an identity is never reused
        yield [(id(cell._tc), cell.text.strip()) for cell in cells]
