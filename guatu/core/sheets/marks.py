"""What calamine does not tell about an xlsx: hidden rows and columns, and formulas saved without a value.

The sheet's XML is scanned as bytes, in pieces, with patterns: no parser, so no entity can be expanded, and fifty
thousand rows cost a fraction of reading them. A document type declaration has no place in a workbook and is refused.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from guatu.core.sheets.errors import SheetError

PIECE = 4 * 1024 * 1024
# A wrong offset in an archive is a ValueError of the seek.
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)
SMALL_PART = 4 * 1024 * 1024
ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
HIDDEN = re.compile(rb"""\bhidden=["'](?:1|true)["']""")
NUMBER = re.compile(rb"""\b(r|min|max)=["'](\d+)["']""")
UNCACHED = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*/>)(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
CELL = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br=["']([A-Z]{1,3})(\d+)["']""")


@dataclass(slots=True)
class SheetMarks:
    """Counted from 0 and from the sheet's own corner A1."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncached: set[tuple[int, int]] = field(default_factory=set)


def sheet_marks(archive: zipfile.ZipFile) -> dict[str, SheetMarks]:
    """Marks by sheet name. Raises SheetError: unsafe_xml, truncated."""
    names = set(archive.namelist())
    found = {}
    for name, path in sheet_paths(archive):
        if path in names:
            found[name] = _scan(archive, path)
    return found


def sheet_paths(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """(sheet name, path inside the archive) in workbook order."""
    targets = {}
    for node in small_xml(archive, "xl/_rels/workbook.xml.rels").iter():
        if node.tag.endswith("}Relationship"):
            target = node.get("Target", "")
            targets[node.get("Id")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    for node in small_xml(archive, "xl/workbook.xml").iter():
        if node.tag.endswith("}sheet"):
            key = next((value for name, value in node.attrib.items() if name.endswith("}id")), None)
            if key in targets:
                yield node.get("name", ""), targets[key]


def small_xml(archive: zipfile.ZipFile, path: str) -> ElementTree.Element:
    """A small part as a tree. Raises SheetError: unsafe_xml, truncated."""
    try:
        with archive.open(path) as part:
            text = part.read(SMALL_PART)
    except (KeyError, *DAMAGED) as error:
        raise SheetError("truncated") from error
    refuse_doctype(text)
    try:
        return ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise SheetError("truncated") from error


def refuse_doctype(text: bytes) -> None:
    """A workbook has no document type declaration. Raises SheetError("unsafe_xml")."""
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise SheetError("unsafe_xml")


def _scan(archive: zipfile.ZipFile, path: str) -> SheetMarks:
    marks = SheetMarks()
    rest, first = b"", True
    row_count = 0
    try:
        with archive.open(path) as part:
            while True:
                piece = part.read(PIECE)
                text = rest + piece
                if first:
                    refuse_doctype(text[:8192])
                    _scan_columns(text, marks)
                    first = False
                cut = len(text) if not piece else _last_row_end(text)
                row_count = _scan_rows(text[:cut], marks, row_count)
                rest = text[cut:]
                if not piece:
                    return marks
    except DAMAGED as error:
        raise SheetError("truncated") from error


def _last_row_end(text: bytes) -> int:
    """Where the last whole row ends, so that no row is cut in two."""
    at = text.rfind(b"row>")
    return at + 4 if at >= 0 else 0


def _scan_columns(text: bytes, marks: SheetMarks) -> None:
    for match in COLUMN.finditer(text, 0, min(len(text), 200_000)):
        if HIDDEN.search(match[1]):
            ends = {name: int(value) for name, value in NUMBER.findall(match[1])}
            first, last = ends.get(b"min", 1), ends.get(b"max", 0)
            marks.hidden_columns.update(range(first - 1, min(last, first + 1000)))


def _scan_rows(text: bytes, marks: SheetMarks, count: int) -> int:
    if b"hidden" in text:
        for match in ROW.finditer(text):
            number = next((int(value) for name, value in NUMBER.findall(match[1]) if name == b"r"), count + 1)
            count = number
            if HIDDEN.search(match[1]):
                marks.hidden_rows.add(number - 1)
    if b"f>" in text or b"<f" in text:
        for match in UNCACHED.finditer(text):
            _mark_uncached(text, match.start(), marks)
    return count


def _mark_uncached(text: bytes, end: int, marks: SheetMarks) -> None:
    last = None
    for cell in CELL.finditer(text, max(0, end - 8000), end):
        last = cell
    if last is not None:
        marks.uncached.add((int(last[2]) - 1, column_index(last[1].decode())))


def column_index(letters: str) -> int:
    """A → 0, AA → 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1
