"""An official document as docx, in the layout of GB/T 9704-2012, the same bytes for the same document."""

from copy import deepcopy
from datetime import date, datetime, time
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as Package
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.section import CT_SectPr
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section as PackageSection
from docx.section import _BaseHeaderFooter
from docx.shared import Mm

from guatu.core.official import docx_xml
from guatu.core.official.layout import (
    BODY,
    GREY,
    MARGINS_MM,
    PAGE_MM,
    SMALL,
    lay_out,
    margins_of,
)
from guatu.core.official.model import Document
from guatu.core.official.pieces import Grid, Line, PageEnd, Pages, Piece, Rule, Section
from guatu.core.official.wording import clean

_FOOTER_FROM_EDGE_MM: Final = 25
"""The page number's dash then stands 7 mm under the text's area (7.5)."""
_LINE_PITCH: Final = 579
_IN_FORCE: Final = datetime.combine(date(2012, 7, 1), time())
"""The day GB/T 9704-2012 came into force, for a document without a date."""
_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)


def to_docx(document: Document) -> bytes:
    """The document as the bytes of a docx file; no clock, no machine and no user goes into them."""
    pages = lay_out(document)
    package = docx.Document()
    _set_styles(package)
    _set_properties(package, document)
    _set_section(package.sections[0], pages)
    package.settings.odd_and_even_pages_header_footer = True
    _fill(package, pages)
    return _fixed_zip(package)


def _set_styles(package: Package) -> None:
    """Normal as the body, free of the template's theme fonts, so that what is typed in the office fits."""
    defaults = package.styles.element.find(qn("w:docDefaults"))
    fonts = defaults.find(f".//{qn('w:rFonts')}") if defaults is not None else None
    if fonts is not None:
        fonts.attrib.clear()
        for place in ("ascii", "hAnsi", "cs"):
            fonts.set(qn(f"w:{place}"), "Times New Roman")
        fonts.set(qn("w:eastAsia"), docx_xml.FONTS["body"])
    language = defaults.find(f".//{qn('w:lang')}") if defaults is not None else None
    if language is not None:
        language.set(qn("w:eastAsia"), "zh-CN")
    normal = package.styles["Normal"].element
    for old in (*normal.findall(qn("w:rPr")), *normal.findall(qn("w:pPr"))):
        normal.remove(old)
    spacing = f'<w:spacing w:before="0" w:after="0" w:line="{_LINE_PITCH}" w:lineRule="exact"/>'
    # No extra space between Chinese and digits: it would break the 28 characters of a line.
    close = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
    xml = f"<w:p><w:pPr>{close}{spacing}</w:pPr>{docx_xml.run_properties('body', BODY)}</w:p>"
    for child in list(parse_xml(docx_xml.with_namespace(xml))):
        normal.append(child)


def _set_properties(package: Package, document: Document) -> None:
    day = document.signed_on or (document.issue and document.issue.on) or (document.printed and document.printed.on)
    moment = datetime.combine(day, time()) if day else _IN_FORCE
    properties = package.core_properties
    properties.title = clean(document.title).replace("\n", "")[:255]
    properties.author = clean(document.signed_by or document.masthead)[:255]
    properties.last_modified_by = ""
    properties.comments = ""
    properties.revision = 1
    properties.language = "zh-Hant" if document.script == "hant" else "zh-Hans"
    properties.created = properties.modified = moment


def _set_section(section: PackageSection, pages: Pages) -> None:
    section.page_width, section.page_height = Mm(PAGE_MM[0]), Mm(PAGE_MM[1])
    top, right, bottom, left = MARGINS_MM
    section.top_margin, section.right_margin = Mm(top), Mm(right)
    section.bottom_margin, section.left_margin = Mm(bottom), Mm(left)
    section.gutter = Mm(0)
    section.header_distance, section.footer_distance = Mm(20), Mm(_FOOTER_FROM_EDGE_MM)
    properties = section._sectPr
    for old in (*properties.findall(qn("w:docGrid")), *properties.findall(qn("w:cols"))):
        properties.remove(old)
    grid = f'<w:p><w:docGrid w:type="lines" w:linePitch="{_LINE_PITCH}"/></w:p>'
    properties.append(parse_xml(docx_xml.with_namespace(grid))[0])
    for header in (section.header, section.even_page_header):
        _replace(header, _draft_mark(pages.draft_mark))
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        _replace(footer, _page_number(side) if pages.page_numbers else "<w:p/>")


def _replace(part: _BaseHeaderFooter, paragraph: str) -> None:
    part.is_linked_to_previous = False
    element = part._element
    for child in list(element):
        element.remove(child)
    xml = docx_xml.with_namespace(paragraph.replace("<w:p/>", "<w:p></w:p>"))
    element.append(parse_xml(xml))


def _draft_mark(mark: str) -> str:
    run = docx_xml.run_properties("hei", SMALL, color=GREY, tracked=False)
    text = f"<w:r>{run}<w:t>{docx_xml.escaped(mark)}</w:t></w:r>" if mark else ""
    return f'<w:p><w:pPr><w:jc w:val="right"/></w:pPr>{text}</w:p>'


def _page_number(side: str) -> str:
    """— 1 — in 14 pt 宋体, one character in from the outer edge (7.5: odd pages right, even pages left)."""
    properties = docx_xml.run_properties("song", SMALL, tracked=False)

    def run(content: str) -> str:
        return f"<w:r>{properties}{content}</w:r>"

    field = "".join(
        run(content)
        for content in (
            '<w:t xml:space="preserve">— </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    )
    line = '<w:spacing w:before="0" w:after="0" w:line="320" w:lineRule="exact"/>'
    indent = f'<w:ind w:{side}="{docx_xml.twips(SMALL)}"/>'
    return f'<w:p><w:pPr><w:snapToGrid w:val="0"/>{line}{indent}<w:jc w:val="{side}"/></w:pPr>{field}</w:p>'


def _fill(package: Package, pages: Pages) -> None:
    body = package.element.body
    end = package.sections[-1]._sectPr
    for child in list(body):
        if child is not end:
            body.remove(child)
    for place, section in enumerate(pages.sections):
        width = _text_width(section)
        for piece in section.pieces:
            end.addprevious(parse_xml(docx_xml.with_namespace(_xml_of(piece, width))))
        last = place == len(pages.sections) - 1
        if last and pages.imprint:
            end.addprevious(parse_xml(docx_xml.imprint(pages.imprint, width)))
        if not last:
            _end_section(end, section)
    _direct(end, pages.sections[-1])
    if pages.imprint:
        # A floating table is anchored in the paragraph after it.
        end.addprevious(_tiny_paragraph())


def _xml_of(piece: Piece, width: int) -> str:
    if isinstance(piece, Line):
        return docx_xml.paragraph(piece, width)
    if isinstance(piece, Rule):
        return docx_xml.rule(piece)
    if isinstance(piece, PageEnd):
        return docx_xml.page_break()
    assert isinstance(piece, Grid)
    return docx_xml.table(piece, width)


def _text_width(section: Section) -> int:
    across = PAGE_MM[1] if section.landscape else PAGE_MM[0]
    margins = margins_of(section)
    return docx_xml.mm(across - margins[1] - margins[3])


def _end_section(end: CT_SectPr, section: Section) -> None:
    """Ends a section before the last one: its properties stand in a paragraph, which is made too small to see."""
    paragraph = _tiny_paragraph()
    properties = deepcopy(end)
    _direct(properties, section)
    paragraph[0].append(properties)
    end.addprevious(paragraph)


def _direct(properties: CT_SectPr, section: Section) -> None:
    """Turns a section's paper."""
    if not section.landscape:
        return
    properties.orientation = WD_ORIENT.LANDSCAPE
    properties.page_width, properties.page_height = Mm(PAGE_MM[1]), Mm(PAGE_MM[0])
    top, right, bottom, left = margins_of(section)
    properties.top_margin, properties.right_margin = Mm(top), Mm(right)
    properties.bottom_margin, properties.left_margin = Mm(bottom), Mm(left)
    properties.header_distance, properties.footer_distance = Mm(min(20, top - 6)), Mm(max(bottom - 12, 5))


def _tiny_paragraph() -> BaseOxmlElement:
    line = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    return parse_xml(docx_xml.with_namespace(f'<w:p><w:pPr><w:snapToGrid w:val="0"/>{line}</w:pPr></w:p>'))


def _fixed_zip(package: Package) -> bytes:
    """The package with the parts in its order and no clock time in the archive."""
    written, fixed = BytesIO(), BytesIO()
    package.save(written)
    with ZipFile(written) as source, ZipFile(fixed, "w") as target:
        for name in source.namelist():
            entry = ZipInfo(name, _ZIP_DATE)
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
            target.writestr(entry, source.read(name))
    return fixed.getvalue()
