"""Reads what was made: the parts of a docx by XPath-like questions, the text and size of a PDF's pages."""

from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pypdfium2

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACES = {"w": W[1:-1]}


def part(data: bytes, name: str = "word/document.xml") -> ElementTree.Element:
    with ZipFile(BytesIO(data)) as package:
        return ElementTree.fromstring(package.read(name))


def value(element: ElementTree.Element | None, name: str = "val") -> str | None:
    return None if element is None else element.get(W + name)


def text_of(element: ElementTree.Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{W}t"))


def paragraph_with(root: ElementTree.Element, text: str) -> ElementTree.Element:
    return next(each for each in root.iter(f"{W}p") if text in text_of(each))


def run_with(root: ElementTree.Element, text: str) -> ElementTree.Element:
    return next(each for each in root.iter(f"{W}r") if text in text_of(each))


def pdf_pages(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]
    finally:
        document.close()


def pdf_sizes(data: bytes) -> list[tuple[int, int]]:
    """Widths and heights of the pages in millimetres."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [
            (round(width / 72 * 25.4), round(height / 72 * 25.4)) for width, height in (p.get_size() for p in document)
        ]
    finally:
        document.close()


def flat(text: str) -> str:
    """Without spaces, line ends and the marks that allow a break."""
    return "".join(text.split()).replace("\u200b", "")
