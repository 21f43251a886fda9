"""What a file really is, by its first bytes and its inner names, never by its own name."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass

from guatu.core.sheets.errors import SheetError


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes; ``ratio`` is unpacked over packed; ``seconds`` of processor and of wall time; ``memory`` is the
    child's address space."""

    file_bytes: int = 50 * 1024 * 1024
    unpacked_bytes: int = 600 * 1024 * 1024
    ratio: int = 150
    members: int = 5000
    rows: int = 200_000
    columns: int = 500
    seconds: int = 60
    memory: int = 1536 * 1024 * 1024


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
# Ratio matters only for members that would fill memory: a sheet of blank cells packs well and is small.
BOMB_FLOOR = 20 * 1024 * 1024

OTHER_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPG"),
    (b"GIF8", "GIF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "RTF"),
    (b"BM", "BMP"),
)


def kind_of(data: bytes, limits: Limits) -> str:
    """xlsx, xlsm, xlsb, xls, ods, docx or csv.

    Raises SheetError: empty_file, too_large, wrong_kind, html_file, old_word, password, truncated, zip_bomb, zip_ratio,
    zip_members, nul_bytes.
    """
    if not data.strip(b"\x00 \r\n\t"):
        raise SheetError("empty_file")
    if len(data) > limits.file_bytes:
        raise SheetError("too_large", size=megabytes(len(data)), limit=megabytes(limits.file_bytes))
    if data.startswith(ZIP):
        return _kind_of_zip(data, limits)
    if data.startswith(OLE):
        return _kind_of_ole(data)
    return _kind_of_text(data)


def megabytes(size: int) -> str:
    return f"{max(1, round(size / 1024 / 1024))} MB"


def _kind_of_text(data: bytes) -> str:
    head = data[:4096]
    for magic, kind in OTHER_KINDS:
        if head.startswith(magic):
            raise SheetError("wrong_kind", kind=kind)
    lowered = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if lowered.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml", b"mime-version:")):
        raise SheetError("html_file")
    utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not utf16 and utf16_without_mark(data) is None and b"\x00" in data:
        if data.count(b"\x00") * 20 > len(data):  # more than a slip of some program: no text at all
            raise SheetError("wrong_kind", kind="?")
        raise SheetError("nul_bytes", row=data.count(b"\n", 0, data.index(b"\x00")) + 1)
    return "csv"


def utf16_without_mark(data: bytes) -> str | None:
    """The encoding of a UTF-16 text that does not begin with its mark: its line ends and commas have a zero beside."""
    sample = data[:20_000]
    for encoding, end, comma in (("utf-16-le", b"\n\x00", b",\x00"), ("utf-16-be", b"\x00\n", b"\x00,")):
        at = sample.find(end)
        if at >= 0 and at % 2 == 0 and (comma in sample or b"\x00" in sample.replace(end, b"")):
            try:
                data.decode(encoding)
            except UnicodeDecodeError:
                continue
            return encoding
    return None


def _kind_of_ole(data: bytes) -> str:
    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("EncryptedPackage") or holds("EncryptionInfo"):
        raise SheetError("password")
    if holds("Workbook") or holds("Book"):
        return "xls"
    if holds("WordDocument"):
        raise SheetError("old_word")
    raise SheetError("wrong_kind", kind="OLE")


def _kind_of_zip(data: bytes, limits: Limits) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _refuse_bomb(members, limits)
            if any(member.flag_bits & 1 for member in members):
                raise SheetError("password")
            names = {member.filename for member in members}
            return _kind_of_names(archive, names)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError) as error:
        raise SheetError("truncated") from error


def _refuse_bomb(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(members) > limits.members:
        raise SheetError("zip_members", count=len(members), limit=limits.members)
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.unpacked_bytes:
        raise SheetError("zip_bomb", size=megabytes(unpacked), limit=megabytes(limits.unpacked_bytes))
    for member in members:
        _refuse_ratio(member.filename, member.file_size, member.compress_size, limits)
    _refuse_ratio("*", unpacked, sum(member.compress_size for member in members), limits)


def _refuse_ratio(part: str, unpacked: int, packed: int, limits: Limits) -> None:
    packed = max(1, packed)
    if unpacked > BOMB_FLOOR and unpacked > limits.ratio * packed:
        small = f"{max(1, round(packed / 1024))} KB"
        ratio = unpacked // packed
        raise SheetError(
            "zip_ratio", part=part[-60:], packed=small, size=megabytes(unpacked), ratio=ratio, limit=limits.ratio
        )


def _kind_of_names(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "xl/workbook.xml" in names:
        return "xlsm" if "xl/vbaProject.bin" in names else "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "word/document.xml" in names:
        return "docx"
    if "mimetype" in names and b"opendocument.spreadsheet" in archive.read("mimetype")[:200]:
        if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise SheetError("password")
        return "ods"
    if any(name.startswith("ppt/") for name in names):
        raise SheetError("wrong_kind", kind="PowerPoint")
    raise SheetError("wrong_kind", kind="zip")
