"""Tables of a Word file as sheets: offices attach their list to the notice itself."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from guatu.core.sheets.errors import SheetError
from guatu.core.sheets.marks import DAMAGED
from guatu.core.sheets.model import Row, Sheet

ABOVE = 4
"""Paragraphs over a table that may be its title and its unit line."""
_NUMBERED = re.compile(r"[(（]?[\d一二三四五六七八九十]{1,4}[、.．)）]")
_PAGE = re.compile(r"(?:\(?续表?|第\s*\d+\s*页).*")
_FIGURE = re.compile(r"[-+]?\d[\d,.]*%?")


@dataclass(slots=True)
class _Grid:
    """A table's rows, and the boxes of its merged cells counted from its first row."""

    rows: list[Row]
    merged: list[tuple[int, int, int, int]]
    above: list[str] = field(default_factory=list)

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=1)


def read_docx(data: bytes) -> list[Sheet]:
    """One sheet a table, the paragraphs above it as its first rows (title and unit lines); row numbers count those.
    A table that only goes on with the one before it (the next page) is one with it.

    Raises SheetError: truncated, unsafe_xml, and for a list that is no table no_table, no_table_list, no_table_picture.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if b"<!DOCTYPE" in archive.read("word/document.xml")[:4096]:
                raise SheetError("unsafe_xml")
            pictures = sum(1 for name in archive.namelist() if name.startswith("word/media/"))
        document = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, KeyError, SyntaxError, *DAMAGED) as error:  # XML's faults are SyntaxErrors
        raise SheetError("truncated") from error
    grids: list[_Grid] = []
    above: list[str] = []
    texts: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            text = _text(block._p).strip()
            texts.append(text)
            above += [text] if text else []
            continue
        _add(_grid(block), grids, above)
        above = []
    if not grids:
        raise _no_table(texts, pictures)
    return [_sheet(grid, number) for number, grid in enumerate(grids, 1)]


def _no_table(texts: list[str], pictures: int) -> SheetError:
    numbered = [text for text in texts if _NUMBERED.match(text)]
    if len(numbered) >= 2:
        return SheetError("no_table_list", count=len(numbered), first=numbered[0][:30])
    return SheetError("no_table_picture", count=pictures) if pictures else SheetError("no_table")


def _add(grid: _Grid, grids: list[_Grid], above: list[str]) -> None:
    """The table as one of its own, or at the end of the one that it continues: no title between, as many columns, and
    the same heading again or a first row that has figures."""
    before = grids[-1] if grids else None
    titled = [text for text in above if not _PAGE.fullmatch(text)]
    if before is None or titled or not grid.rows or grid.width != before.width or not _goes_on(grid, before):
        grid.above = above[-ABOVE:]
        grids.append(grid)
        return
    at = len(before.rows)
    before.rows += grid.rows
    before.merged += [(top + at, left, bottom + at, right) for top, left, bottom, right in grid.merged]


def _goes_on(grid: _Grid, before: _Grid) -> bool:
    first = [str(cell) for cell in grid.rows[0]]
    return first in before.rows[:4] or any(_FIGURE.fullmatch(text) for text in first)


def _sheet(grid: _Grid, number: int) -> Sheet:
    titles: list[Row] = [[text] for text in grid.above]
    full = [*titles, *grid.rows]
    down = len(grid.above)
    width = grid.width
    for row in full:
        row.extend([""] * (width - len(row)))
    merged = [(top + down, left, bottom + down, right) for top, left, bottom, right in grid.merged]
    return Sheet(f"表{number}", full, merged=merged)


def _grid(table: Table) -> _Grid:
    rows: list[Row] = []
    corners: dict[int, tuple[int, int, int, int]] = {}
    for index, cells in enumerate(_cells(table)):
        row: Row = []
        for column, (key, text) in enumerate(cells):
            box = corners.get(key)
            row.append("" if box else text)
            corners[key] = (box[0], box[1], index, max(box[3], column)) if box else (index, column, index, column)
        rows.append(row)
    return _Grid(rows, [box for box in corners.values() if box[0] != box[2] or box[1] != box[3]])


def _cells(table: Table) -> Iterator[list[tuple[int, str]]]:
    """Rows of (identity of the cell, text): a merged cell comes with the same identity wherever it reaches."""
    keep = []
    for row in table.rows:
        cells = row.cells
        keep.append(cells)  # holds the elements, so that an identity is never reused
        yield [(id(cell._tc), "\n".join(map(_text, cell._tc.iter(qn("w:p")))).strip()) for cell in cells]


def _text(paragraph: object) -> str:
    """All words of a paragraph: also those inside tracked insertions and form fields, not those struck out."""
    pieces = []
    for node in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br")):  # type: ignore[attr-defined]  # an lxml element
        pieces.append(node.text or "" if node.tag == qn("w:t") else "\t" if node.tag == qn("w:tab") else "\n")
    return "".join(pieces)
