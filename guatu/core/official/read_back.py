"""Reads the text of a docx that comes back from WPS or Word, to be checked again.

Foreign files are read with the standard library only, no links followed, no entities: run it in the child process for
foreign files all the same. What a reviser deleted under tracking is not read, what was inserted is.
"""

from dataclasses import dataclass, field
from io import BytesIO
from typing import Final
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from guatu.core.official import messages as messages  # declares the sentences
from guatu.core.refusals import Refusal
from guatu.core.signs import whole_number

_MAIN_PART: Final = "word/document.xml"
_MOST_BYTES: Final = 64 * 1024 * 1024
_SKIPPED: Final = {"del", "moveFrom", "Fallback", "txbxContent", "instrText", "pPr", "rPr"}
_BREAKS: Final = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The paragraphs outside tables in their order (blank ones left out), and each table as rows of cells. A cell that
    spans columns is followed by empty ones, a cell merged downwards is empty below, so columns keep their places."""

    paragraphs: list[str] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)


def docx_text(data: bytes) -> DocumentText:
    """The text of a docx. Raises Refusal; its `reason` is `zip`, `part`, `doctype` or `xml`, for the log."""
    root = _main_part(data)
    body = next((child for child in root if _name(child) == "body"), None)
    if body is None:
        raise Refusal("core.docx_unreadable", reason="xml")
    text = DocumentText()
    _read(body, text)
    return text


def _main_part(data: bytes) -> ElementTree.Element:
    try:
        with ZipFile(BytesIO(data)) as package:
            if _MAIN_PART not in package.namelist():
                raise Refusal("core.docx_unreadable", reason="part")
            with package.open(_MAIN_PART) as part:
                # The size that the archive states may be a lie, so what is read is measured.
                xml = part.read(_MOST_BYTES + 1)
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise Refusal("core.docx_unreadable", reason="zip") from error
    if len(xml) > _MOST_BYTES:
        raise Refusal("core.docx_too_large", limit=_MOST_BYTES // (1024 * 1024))
    if b"<!DOCTYPE" in xml or b"<\x00!\x00D" in xml or b"\x00<\x00!\x00D" in xml:
        raise Refusal("core.docx_unreadable", reason="doctype")
    try:
        return ElementTree.fromstring(xml)
    except ElementTree.ParseError as error:
        raise Refusal("core.docx_unreadable", reason="xml") from error


def _name(element: ElementTree.Element) -> str:
    # By local name: transitional and strict files differ in the namespace only.
    return element.tag.rpartition("}")[2]


def _read(container: ElementTree.Element, text: DocumentText) -> None:
    for child in container:
        name = _name(child)
        if name == "p":
            words = _paragraph(child)
            if words.strip():
                text.paragraphs.append(words)
        elif name == "tbl":
            text.tables.append(_table(child))
        elif name not in _SKIPPED:
            _read(child, text)


def _paragraph(element: ElementTree.Element) -> str:
    parts: list[str] = []
    for child in element:
        name = _name(child)
        if name == "t":
            parts.append(child.text or "")
        elif name in _BREAKS:
            parts.append(_BREAKS[name])
        elif name not in _SKIPPED:
            parts.append(_paragraph(child))
    return "".join(parts)


def _table(element: ElementTree.Element) -> list[list[str]]:
    return [_row(row) for row in _inside(element, {"tr"})]


def _row(element: ElementTree.Element) -> list[str]:
    cells: list[str] = []
    for cell in _inside(element, {"tc"}):
        paragraphs = [_paragraph(each) for each in cell.iter() if _name(each) == "p"]
        cells.append("\n".join(paragraphs).strip())
        cells += [""] * (_span(cell) - 1)
    return cells


def _inside(element: ElementTree.Element, names: set[str]) -> list[ElementTree.Element]:
    """The children of these names, also those in content controls and tracked insertions."""
    found: list[ElementTree.Element] = []
    for child in element:
        if _name(child) in names:
            found.append(child)
        elif _name(child) in {"sdt", "sdtContent", "ins", "customXml"}:
            found += _inside(child, names)
    return found


def _span(cell: ElementTree.Element) -> int:
    for properties in cell:
        for each in properties if _name(properties) == "tcPr" else ():
            if _name(each) == "gridSpan":
                values = [value for key, value in each.attrib.items() if key.rpartition("}")[2] == "val"]
                return min(max(whole_number(values[0]) or 1, 1), 63) if values else 1
    return 1
