"""What stands behind an xlsx's cells, for files that come back: formulas, comments, per cent formats, errors.

Scanned as bytes with patterns, as ``marks`` does and for the same reasons. Other kinds of workbook tell none of it.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from html import unescape

from guatu.core.sheets.errors import SheetError
from guatu.core.sheets.marks import DAMAGED, column_index, refuse_doctype, sheet_paths, small_xml

FORMULA = re.compile(rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b[^>]*?(?:/>|>([^<]*)<)")
ERROR = re.compile(rb"""<(?:\w+:)?c\b(?=[^>]*\bt=["']e["'])([^>]*)>""")
PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
BUILT_IN_PER_CENT = frozenset({9, 10})
_QUOTED = re.compile(r'"[^"]*"|\\.')


@dataclass(slots=True)
class Extras:
    """By (row, column), counted from 0 and from the top left of the sheet's ``rows``; ``percent`` are the cells that
    are formatted as per cent, ``errors`` those that show #N/A, #DIV/0! and the like, which read as blank."""

    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    percent: frozenset[tuple[int, int]] = frozenset()
    errors: frozenset[tuple[int, int]] = frozenset()


def sheet_extras(archive: zipfile.ZipFile) -> dict[str, Extras]:
    """Extras by sheet name, counted from A1. Raises SheetError: unsafe_xml, truncated."""
    names = set(archive.namelist())
    styles = _per_cent_styles(archive) if "xl/styles.xml" in names else []
    found = {}
    for name, path in sheet_paths(archive):
        if path in names:
            text = _whole(archive, path)
            comments = _comments(archive, path, names)
            found[name] = Extras(_formulas(text), comments, _per_cent_cells(text, styles), _places(ERROR, text))
    return found


def moved(extras: Extras, top: int, left: int) -> Extras:
    """The same, counted from another top left."""

    def shifted(cells: dict[tuple[int, int], str]) -> dict[tuple[int, int], str]:
        return {(row - top, column - left): text for (row, column), text in cells.items()}

    percent, errors = (
        frozenset((row - top, column - left) for row, column in cells) for cells in (extras.percent, extras.errors)
    )
    return Extras(shifted(extras.formulas), shifted(extras.comments), percent, errors)


def _whole(archive: zipfile.ZipFile, path: str) -> bytes:
    try:
        with archive.open(path) as part:
            text = part.read()
    except DAMAGED as error:
        raise SheetError("truncated") from error
    refuse_doctype(text[:8192])
    return text


def _place(attributes: bytes) -> tuple[int, int] | None:
    found = PLACE.search(attributes)
    return (int(found[2]) - 1, column_index(found[1].decode())) if found else None


def _formulas(text: bytes) -> dict[tuple[int, int], str]:
    cells = {}
    for found in FORMULA.finditer(text):
        place = _place(found[1])
        if place is not None:
            cells[place] = unescape((found[2] or b"").decode("utf-8", "replace"))
    return cells


def _per_cent_styles(archive: zipfile.ZipFile) -> list[int]:
    """Indexes of the cell styles whose number format is per cent."""
    root = small_xml(archive, "xl/styles.xml")
    formats = set(BUILT_IN_PER_CENT)
    for node in root.iter():
        if node.tag.endswith("}numFmt") and "%" in _QUOTED.sub("", node.get("formatCode", "")):
            formats.add(int(node.get("numFmtId", "0")))
    uses = next((node for node in root.iter() if node.tag.endswith("}cellXfs")), ())
    return [index for index, style in enumerate(uses) if int(style.get("numFmtId", "0")) in formats]


def _per_cent_cells(text: bytes, styles: list[int]) -> frozenset[tuple[int, int]]:
    if not styles:
        return frozenset()
    numbers = b"|".join(str(style).encode() for style in styles)
    return _places(re.compile(rb"""<(?:\w+:)?c\b(?=[^>]*\bs=["'](?:""" + numbers + rb""")["'])([^>]*)>"""), text)


def _places(cells: re.Pattern[bytes], text: bytes) -> frozenset[tuple[int, int]]:
    places = (_place(found[1]) for found in cells.finditer(text))
    return frozenset(place for place in places if place is not None)


def _comments(archive: zipfile.ZipFile, path: str, names: set[str]) -> dict[tuple[int, int], str]:
    folder, name = posixpath.split(path)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in names:
        return {}
    found = {}
    for node in small_xml(archive, relations).iter():
        if node.get("Type", "").endswith("/relationships/comments"):
            target = node.get("Target", "")
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            if part in names:
                found.update(_comment_texts(archive, part))
    return found


def _comment_texts(archive: zipfile.ZipFile, part: str) -> dict[tuple[int, int], str]:
    found = {}
    for node in small_xml(archive, part).iter():
        if node.tag.endswith("}comment"):
            place = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", node.get("ref", ""))
            text = "".join(inner.text or "" for inner in node.iter() if inner.tag.endswith("}t")).strip()
            if place and text:
                found[(int(place[2]) - 1, column_index(place[1]))] = text
    return found
