"""Open a workbook by its content. See ``child.read_in_child`` for files that came from outside."""

from __future__ import annotations

import csv
import io
import zipfile
from itertools import islice
from pathlib import Path
from typing import cast

import python_calamine

from guatu.core.sheets.content import Limits, kind_of, megabytes, utf16_without_mark
from guatu.core.sheets.errors import SheetError
from guatu.core.sheets.extras import Extras, moved, sheet_extras
from guatu.core.sheets.marks import SheetMarks, sheet_marks
from guatu.core.sheets.model import Row, Sheet, Workbook
from guatu.core.signs import without_turns

DELIMITERS = ",\t;|，"
LONGEST_CELL = 32_767
"""Characters: what Excel itself can hold in a cell."""
VISIBLE = python_calamine.SheetVisibleEnum.Visible


def read_workbook(path: str | Path, *, name: str, limits: Limits | None = None, extras: bool = False) -> Workbook:
    """The workbook at ``path``, uploaded under ``name``; with the ``extras`` of its sheets where it is an xlsx.

    Raises SheetError, with a code for each kind of bad file (``words.FILE_ERRORS``).
    """
    limits = limits or Limits()
    path = Path(path)
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise SheetError("too_large", size=megabytes(size), limit=megabytes(limits.file_bytes))
    return read_bytes(path.read_bytes(), name=name, limits=limits, extras=extras)


def read_bytes(data: bytes, *, name: str, limits: Limits | None = None, extras: bool = False) -> Workbook:
    """As ``read_workbook``, from memory."""
    limits = limits or Limits()
    kind = kind_of(data, limits)
    if kind == "csv":
        book = Workbook(name, "csv", [_read_csv(data, limits)])
    elif kind == "docx":
        from guatu.core.sheets.documents import read_docx

        book = Workbook(name, "docx", read_docx(data))
    else:
        book = _read_calamine(data, name, kind, limits)
        if extras and book.kind == "xlsx":
            _add_extras(data, book)
    if not any(sheet.rows for sheet in book.sheets):
        raise SheetError("no_cells")
    for sheet in book.sheets:
        _refuse_odd_texts(sheet)
    return book


def _refuse_odd_texts(sheet: Sheet) -> None:
    """No office program holds such a cell: a quotation mark that was never closed, or an attack on who reads it. A NUL
    is no text, and not every database can keep it."""
    if "\x00" in sheet.name:
        raise SheetError("truncated")
    for index, row in enumerate(sheet.rows):
        for column, cell in enumerate(row):
            if cell.__class__ is str and len(cell) > LONGEST_CELL:
                raise SheetError(
                    "cell_too_long",
                    sheet=sheet.name,
                    row=sheet.row_number(index),
                    column=sheet.letter(column),
                    length=len(cell),
                    limit=LONGEST_CELL,
                )
            if isinstance(cell, str) and not cell.isprintable():
                if "\x00" in cell:
                    place = {"row": sheet.row_number(index), "column": sheet.letter(column)}
                    raise SheetError("nul_in_cell", sheet=sheet.name, **place)
                row[column] = without_turns(cell)


def _read_calamine(data: bytes, name: str, kind: str, limits: Limits) -> Workbook:
    marks = _marks(data) if kind in ("xlsx", "xlsm") else {}
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            sheets = [
                _read_sheet(book.get_sheet_by_name(meta.name), meta, marks.get(meta.name), limits)
                for meta in book.sheets_metadata
                if meta.typ == python_calamine.SheetTypeEnum.WorkSheet
            ]
    except python_calamine.PasswordError as error:
        raise SheetError("password") from error
    except (python_calamine.CalamineError, OSError, EOFError) as error:
        raise SheetError("truncated") from error
    notes = ["macros_ignored"] if kind == "xlsm" else []
    return Workbook(name, "xlsx" if kind == "xlsm" else kind, sheets, notes)


def _add_extras(data: bytes, book: Workbook) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = sheet_extras(archive)
    for sheet in book.sheets:
        sheet.extras = moved(found.get(sheet.name, Extras()), sheet.first_row - 1, sheet.first_column)


def _marks(data: bytes) -> dict[str, SheetMarks]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sheet_marks(archive)


def _read_sheet(
    sheet: python_calamine.CalamineSheet,
    meta: python_calamine.SheetMetadata,
    marks: SheetMarks | None,
    limits: Limits,
) -> Sheet:
    start = sheet.start
    if start is None:
        return Sheet(meta.name, [], hidden=meta.visible != VISIBLE)
    if sheet.height > limits.rows or sheet.width > limits.columns:
        raise SheetError(
            "too_many_rows",
            sheet=meta.name,
            rows=sheet.height,
            columns=sheet.width,
            limit=limits.rows,
            column_limit=limits.columns,
        )
    top, left = start
    marks = marks or SheetMarks()
    ranges = sheet.merged_cell_ranges or []
    return Sheet(
        name=meta.name,
        rows=cast(list[Row], sheet.to_python(skip_empty_area=True)),
        hidden=meta.visible != VISIBLE,
        first_row=top + 1,
        first_column=left,
        merged=[(a - top, b - left, c - top, d - left) for (a, b), (c, d) in ranges],
        hidden_rows=frozenset(row - top for row in marks.hidden_rows if row >= top),
        hidden_columns=frozenset(column - left for column in marks.hidden_columns if column >= left),
        uncached=frozenset((row - top, column - left) for row, column in marks.uncached),
    )


def _read_csv(data: bytes, limits: Limits) -> Sheet:
    text = decode(data)
    csv.field_size_limit(limits.file_bytes)  # a cell that is too long gets its own sentence
    # Strict: a quotation mark that is never closed would swallow all rows after it.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[Row] = []
    start = 1
    try:
        for line in reader:
            if len(rows) >= limits.rows or len(line) > limits.columns:
                raise SheetError(
                    "too_many_rows",
                    sheet="csv",
                    rows=len(rows),
                    columns=len(line),
                    limit=limits.rows,
                    column_limit=limits.columns,
                )
            rows.append(list(line))
            start = reader.line_num + 1
    except csv.Error as error:
        raise SheetError("csv_quotes", row=start) from error
    width = max((len(row) for row in rows), default=0)
    if width == 1 and len(rows) > 1:
        raise SheetError("csv_one_column", row=1, text=str(rows[0][0])[:40])
    for row in rows:
        row.extend([""] * (width - len(row)))
    return Sheet("csv", rows)


def decode(data: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with or without, else GB18030. Raises SheetError("encoding")."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    bare = utf16_without_mark(data) if b"\x00" in data[:20_000] else None
    encodings = ["utf-16"] if marked else [bare] if bare else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetError("encoding")


def _delimiter(text: str) -> str:
    """The mark that cuts most of the first lines into the same number of cells, quotation marks heeded."""
    sample = text[:200_000]

    def score(mark: str) -> tuple[int, int]:
        try:
            widths = [len(line) for line in islice(csv.reader(io.StringIO(sample, newline=""), delimiter=mark), 60)]
        except csv.Error:
            return (0, 0)
        usual = max(set(widths), key=widths.count, default=1)
        return (widths.count(usual), usual) if usual > 1 else (0, 0)

    best = max(DELIMITERS, key=score)
    return best if score(best)[1] else ","
