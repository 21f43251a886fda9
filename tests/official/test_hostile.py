"""Strings that would be markup, break XML, or run out of their place: in every place, in both outputs."""

from datetime import date

import pypdfium2
import pytest

from guatu.core.official.docx import to_docx
from guatu.core.official.model import (
    Attachment,
    Column,
    Document,
    Heading,
    Imprint,
    IssueLine,
    Run,
    SignatureLines,
    Table,
    paragraph,
    row,
)
from guatu.core.official.pdf import to_pdf
from guatu.core.official.read_back import docx_text
from guatu.core.official.wording import clean
from tests.official.reading import flat, pdf_pages

DAY = date(2019, 3, 11)

HOSTILE = {
    "typst code": '#panic("x") #import "@preview/a:1.0.0" #read("/etc/passwd")',
    "typst marks": "*粗* _斜_ `码` $x^2$ <标> @引 = 题 - 项 + 项 / 项: \\ ~ // 注 /* 注 */ [#] {]",
    "typst string": '"] #eval("1+1") ["',
    "xml": "</w:t></w:r><w:r><w:t>&amp;&#x41;<!-- ]]> <![CDATA[",
    "json": '\\u0041 \\" {"kind":"rule"}',
    "controls": "甲\x00\x08\x0b\x1f乙\x7f\ufffe丙\ud800丁",
    "directions": "12\u202e34\u2066 56\u200f",
    "ends": "上\r\n下\r左\u2028右\t尾",
    "astral": "𠮷野家 🏗️ ﷽ Ａ①㈱",
    "blank": "   ",
    "nothing": "",
    "long name": "某某区" * 26 + "工程",
    "long word": "A" * 80,
    "long line": "长" * 3000,
}


def everywhere(text: str) -> Document:
    table = Table(
        (Column(text, 1), Column(text, 2, "left", text or None), Column("数", 1, "right", text or None)),
        (row(text, text, Run(text, bold=True, figure=text)), row(text, "1", text, total=True)),
        title=text,
        unit=text,
        note=text,
    )
    return Document(
        title=text,
        masthead=text,
        document_number=text,
        issue=IssueLine(text, text, DAY),
        addressee=text,
        blocks=(
            paragraph(text, Run(text, bold=True)),
            *(Heading(level, text, (Run(text),)) for level in (1, 2, 3, 4)),
            table,
            SignatureLines((text, text)),
        ),
        attachments=(Attachment(text, (paragraph(text),)), Attachment(text, (table,))),
        signed_by=text,
        signed_on=DAY,
        copies_to=(text, text),
        printed=Imprint(text, DAY),
        secrecy=text,
        urgency=text,
        draft=True,
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_docx_holds_the_text_as_text_in_every_place(name):
    text = clean(HOSTILE[name])
    read = docx_text(to_docx(everywhere(HOSTILE[name])))
    whole = "\n".join(read.paragraphs)
    assert whole.count(text) >= (12 if text.strip() else 0)
    assert read.tables[0][0][0] == text.strip()
    assert read.tables[0][-2][:2] == [text.strip(), text.strip()]
    assert read.tables[0][-1] == [text.strip(), "1", text.strip()]


@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in ("astral", "long line")])
def test_pdf_holds_the_text_as_text_in_every_place(name):
    pages = pdf_pages(to_pdf(everywhere(HOSTILE[name])))
    text = flat(clean(HOSTILE[name]))
    assert len(pages) >= 3
    # A page end may lie within one of the places; what counts is that no place turns the text into something else.
    assert flat("".join(pages)).count(text) >= 12


@pytest.mark.parametrize("name", ["astral", "long line"])
def test_pdf_is_made_of_rare_signs_and_of_cells_higher_than_a_page(name):
    pages = pdf_pages(to_pdf(everywhere(HOSTILE[name])))
    assert "2019年3月11日" in flat("".join(pages))


def test_cell_higher_than_a_page_loses_nothing():
    table = Table((Column("窄", 1), Column("宽", 9)), (row("长" * 900, "乙"), row("尾", "丁")))
    text = flat("".join(pdf_pages(to_pdf(Document(title="题", blocks=(table,))))))
    assert text.count("长") == 900
    assert "尾" in text


def test_long_word_stays_in_its_column():
    table = Table((Column("窄", 1), Column("宽", 1)), (row("W" * 80, "乙"),))
    document = pypdfium2.PdfDocument(to_pdf(Document(title="题", blocks=(table,))))
    try:
        page = document[0].get_textpage()
        text = page.get_text_range()
        edges = [page.get_charbox(place)[2] for place, sign in enumerate(text) if sign == "W"]
    finally:
        document.close()
    assert len(edges) == 80
    assert max(edges) <= (28 + 78) / 25.4 * 72


@pytest.mark.parametrize("make", [to_docx, to_pdf])
def test_table_without_rows_says_so(make):
    data = make(Document(title="题", blocks=(Table((Column("甲"), Column("乙")), ()),)))
    if make is to_docx:
        assert docx_text(data).tables == [[["甲", "乙"], ["无", ""]]]
    else:
        assert "甲乙无" in flat(pdf_pages(data)[0])


@pytest.mark.parametrize("make", [to_docx, to_pdf])
def test_empty_document_is_still_a_file(make):
    assert len(make(Document(title="", blocks=()))) > 1000


def test_wrong_shapes_are_refused():
    with pytest.raises(ValueError, match="at least one column"):
        Table((), ())
    with pytest.raises(ValueError, match="row 2 has 1 cells for 2 columns"):
        Table((Column("甲"), Column("乙")), (row("1", "2"), row("1")))
    with pytest.raises(ValueError, match="level 1 to 4"):
        Heading(5, "题")
    with pytest.raises(ValueError, match="no width"):
        Column("甲", 0)
