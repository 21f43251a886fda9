"""One table in each kind of file that an office may send: written here by hand where no library writes it."""

import csv
import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from typing import Any
from xml.sax.saxutils import escape

import docx

from tests.imports import books

Table = Sequence[Sequence[Any]]
SECTOR = 512
NO_SECTOR, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def as_csv(rows: Table, encoding: str = "gb18030") -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([["" if cell is None else cell for cell in row] for row in rows])
    return out.getvalue().encode(encoding)


def as_docx(rows: Table) -> bytes:
    width = max(map(len, rows))
    document = docx.Document()
    table = document.add_table(rows=0, cols=width)
    for row in rows:
        cells = table.add_row().cells
        for at, cell in enumerate(row):
            cells[at].text = "" if cell is None else str(cell)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_ods(rows: Table) -> bytes:
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<office:document-content xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0" '
        f'xmlns:text="{names}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="Sheet1">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{names}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
        archive.writestr("META-INF/manifest.xml", manifest, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _ods_cell(cell: Any) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, int | float):
        value = f'office:value-type="float" office:value="{cell}"'
        return f"<table:table-cell {value}><text:p>{cell}</text:p></table:table-cell>"
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(cell))}</text:p></table:table-cell>'


def as_xls(rows: Table) -> bytes:
    """BIFF8 in a compound file ([MS-XLS] and [MS-CFB], as far as one sheet of texts and numbers needs them)."""
    cells = b"".join(_xls_cell(at, column, cell) for at, row in enumerate(rows) for column, cell in enumerate(row))
    size = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0)
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 6)) + _record(0x0200, size) + cells
    sheet += _record(0x000A)
    head = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 6))
    head += _record(0x0042, struct.pack("<H", 1200))
    name = struct.pack("<BB", 6, 0) + b"Sheet1"
    at = len(head) + 4 + 6 + len(name) + 4
    head += _record(0x0085, struct.pack("<IBB", at, 0, 0) + name) + _record(0x000A)
    return _compound("Workbook", head + sheet)


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _xls_cell(row: int, column: int, cell: Any) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if cell is None:
        return b""
    if isinstance(cell, int | float):
        return _record(0x0203, place + struct.pack("<d", cell))
    text = str(cell)[:2000]
    return _record(0x0204, place + struct.pack("<HB", len(text), 1) + text.encode("utf-16-le"))


def _compound(name: str, stream: bytes) -> bytes:
    """A compound file with one stream: header, one sector of FAT, one of directory, then the stream."""
    stream = stream.ljust(4096, b"\0")  # a shorter one would have to stand in the mini stream
    count = -(-len(stream) // SECTOR)
    assert count + 2 <= SECTOR // 4
    chain = [FAT, END, *range(3, count + 2), END]
    fat = struct.pack(f"<{SECTOR // 4}I", *chain, *[NO_SECTOR] * (SECTOR // 4 - len(chain)))
    entries = _entry("Root Entry", 5, child=1, start=END, size=0) + _entry(name, 2, NO_SECTOR, 2, len(stream))
    entries += _entry("", 0, NO_SECTOR, 0, 0) * 2
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0)
    head += struct.pack("<109I", 0, *[NO_SECTOR] * 108)
    return head + fat + entries + stream.ljust(count * SECTOR, b"\0")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le") if name else b""
    head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
    return head + struct.pack("<III", NO_SECTOR, NO_SECTOR, child) + bytes(36) + struct.pack("<IQ", start, size)


WRITERS: dict[str, Callable[[Table], bytes]] = {
    "xlsx": books.workbook,
    "xls": as_xls,
    "ods": as_ods,
    "csv": as_csv,
    "docx": as_docx,
}
