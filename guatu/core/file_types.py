"""What a file is, told by its content and never by its name."""

import codecs
import struct
import zipfile
from pathlib import Path
from typing import Final

from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import Sentence

WORDS: Final[dict[str, Sentence]] = {
    "pdf": _("PDF"),
    "docx": _("Word 文档（docx）"),
    "xlsx": _("Excel 工作簿（xlsx）"),
    "xlsb": _("Excel 二进制工作簿（xlsb）"),
    "xls": _("旧版 Excel 工作簿（xls）"),
    "ods": _("开放文档表格（ods）"),
    "pptx": _("演示文稿（pptx）"),
    "png": _("PNG 图片"),
    "jpeg": _("JPEG 图片"),
    "csv": _("CSV 表格"),
    "text": _("文本"),
    "zip": _("zip 压缩包"),
}
MEDIA_TYPES: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xlsb": "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    "xls": "application/vnd.ms-excel",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "csv": "text/csv",
    "text": "text/plain",
    "zip": "application/zip",
}
DOCUMENTS: Final = ("pdf", "docx", "xlsx", "pptx", "png", "jpeg", "csv", "text")
"""What an object takes unless it says otherwise."""

LEDGERS: Final = ("xlsx", "xls", "xlsb", "ods", "csv", "text", "docx")
"""What may hold a ledger; the sheet engine looks closer."""

SHOWN_IN_PAGE: Final = frozenset({MEDIA_TYPES["png"], MEDIA_TYPES["jpeg"]})

_MAGIC: Final = ((b"%PDF-", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"))
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARTS: Final = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("ppt/presentation.xml", "pptx"),
)
_ENTRIES_MOST: Final = 10_000  # a directory of a million names would take hundreds of MB to read
_HEAD: Final = 65_536


def kind_of(path: Path, name: str) -> str:
    """The kind of the file at `path`, or "" when it is none of ours; `name` only tells CSV from other text."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_zip(path)
    if head.startswith(_OLE):
        return "xls"
    if _is_text(head):
        return "csv" if name.lower().endswith(".csv") else "text"
    return ""


def _kind_of_zip(path: Path) -> str:
    if not _few_entries(path):
        return ""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, struct.error):
        return ""
    if "[Content_Types].xml" in names:
        return next((kind for part, kind in _PARTS if part in names), "")
    return "ods" if {"mimetype", "content.xml"} <= names and "word/document.xml" not in names else "zip"


def _few_entries(path: Path) -> bool:
    """Whether the archive's end record promises a directory small enough to be read."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _HEAD - 22))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + 20 > len(tail):
        return False
    entries, directory = struct.unpack_from("<HI", tail, at + 10)
    return bool(entries <= _ENTRIES_MOST and directory <= _ENTRIES_MOST * 400)


def _is_text(head: bytes) -> bool:
    if not head or any(byte < 32 and byte not in (9, 10, 13) for byte in head):
        return False
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            codecs.getincrementaldecoder(encoding)().decode(head, final=len(head) < _HEAD)
        except UnicodeDecodeError:
            continue
        return True
    return False
