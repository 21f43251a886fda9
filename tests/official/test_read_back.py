"""What comes back from WPS or Word: text, tables, tracked changes, content controls; and what is no document."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from guatu.core.official import read_back
from guatu.core.official.docx import to_docx
from guatu.core.official.read_back import docx_text
from guatu.core.refusals import Refusal
from tests.official import sample
from tests.official.golden_text import DOCUMENTS, FOLDER, golden_text

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def packed(body: str, name: str = "word/document.xml", head: str = "", namespace: str = W) -> bytes:
    data = BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as package:
        package.writestr(name, f'{head}<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>')
    return data.getvalue()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_words_and_structure_are_as_they_were(name):
    assert golden_text(DOCUMENTS[name]) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def test_paragraphs_and_tables_come_back_as_they_were_written():
    read = docx_text(to_docx(sample.bulletin()))
    assert "二、分行业和责任单位情况" in read.paragraphs
    assert read.tables[0][0] == ["序号", "责任单位", "项目数", "投资", "", "", "与时间进度差（百分点）"]
    assert read.tables[0][1] == ["", "", "", "年度计划", "累计完成", "完成率（%）", ""]
    assert read.tables[0][2] == ["", "全区", "56", "2,779,500", "492,000", "17.7", "-0.9"]
    assert len(read.tables[0]) == 2 + 1 + len(sample.UNITS)


def test_what_a_reviser_deleted_is_gone_and_what_was_inserted_is_there():
    changed = (
        "<w:p><w:r><w:t>完成</w:t></w:r><w:del><w:r><w:delText>49.2</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>49.3</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom>"
        "<w:r><w:t>亿元</w:t><w:br/><w:t>次行</w:t></w:r><w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink></w:p>"
    )
    assert docx_text(packed(changed)).paragraphs == ["完成49.3亿元\n次行链"]


def test_content_controls_and_split_runs_are_read_through():
    cell = "<w:tc><w:p><w:r><w:t>1</w:t></w:r><w:r><w:t>2</w:t></w:r></w:p></w:tc>"
    body = (
        "<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>内</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        f"<w:tbl><w:sdt><w:sdtContent><w:tr>{cell}<w:sdt><w:sdtContent>{cell}</w:sdtContent></w:sdt></w:tr>"
        "</w:sdtContent></w:sdt></w:tbl>"
    )
    read = docx_text(packed(body))
    assert (read.paragraphs, read.tables) == (["内"], [[["12", "12"]]])


def test_page_numbers_and_text_boxes_copies_are_not_text():
    body = (
        "<w:p><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:t>正文</w:t></w:r>"
        "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
    )
    assert docx_text(packed(body)).paragraphs == ["正文"]


def test_strict_files_are_read_too():
    strict = packed(
        "<w:p><w:r><w:t>严格</w:t></w:r></w:p>", namespace="http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    assert docx_text(strict).paragraphs == ["严格"]


BOMB = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "zip"),
        (b"%PDF-1.7", "zip"),
        (to_docx(sample.bulletin())[:-400], "zip"),
        (packed("", name="xl/workbook.xml"), "part"),
        (packed("<w:p>"), "xml"),
        (packed("<w:p/>", head=BOMB), "doctype"),
        (packed("").replace(b"document", b"xocument"), "part"),
    ],
)
def test_what_is_no_document_is_refused_with_the_reason(data, reason):
    with pytest.raises(Refusal) as caught:
        docx_text(data)
    assert (caught.value.code, caught.value.params) == ("core.docx_unreadable", {"reason": reason})
    assert "另存为 docx" in str(caught.value)


def test_a_document_that_unpacks_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(read_back, "_MOST_BYTES", 10_000)
    with pytest.raises(Refusal) as caught:
        docx_text(packed("<w:p/>" * 5_000))
    assert caught.value.code == "core.docx_too_large"
