"""The PDF: same words as the docx, embedded fonts, the order of pages, and no PDF at all without fonts."""

import shutil
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from guatu.core.official import pdf
from guatu.core.official.model import Column, Document, Paragraph, Run, Table, paragraph, row
from guatu.core.official.pdf import to_pdf
from guatu.core.refusals import Refusal
from tests.official import sample
from tests.official.reading import flat, pdf_pages, pdf_sizes


def test_bulletin_is_three_pages_with_numbers_and_the_imprint_on_the_last():
    pages = [flat(page) for page in pdf_pages(to_pdf(sample.bulletin()))]
    assert len(pages) == 3
    assert all(f"—{number}—" in page for number, page in enumerate(pages, start=1))
    assert "抄送：区委办公室" in pages[2]
    assert "抄送" not in pages[0] + pages[1]
    assert "未签发" not in "".join(pages)


def test_every_page_of_a_draft_says_so():
    assert all("未签发" in page for page in pdf_pages(to_pdf(sample.bulletin(draft=True))))


def test_wide_attachment_lies_across_on_a_page_of_its_own():
    data = to_pdf(sample.numbered_document())
    assert pdf_sizes(data)[-1] == (297, 210)
    assert set(pdf_sizes(data)[:-1]) == {(210, 297)}
    pages = [flat(page) for page in pdf_pages(data)]
    assert pages[-1].startswith("附件2")
    assert pages[-2].startswith("附件1")


def test_page_number_stands_right_on_odd_and_left_on_even_pages_and_7_mm_under_the_text():
    document = pypdfium2.PdfDocument(to_pdf(sample.bulletin()))
    try:
        for number, page in enumerate(document, start=1):
            text = page.get_textpage()
            whole = text.get_text_range()
            left, bottom, right, top = text.get_charbox(whole.rindex("—"))
            middle = (bottom + top) / 2 / 72 * 25.4
            assert abs(middle - (35 - 7)) < 1.5
            width = 210 - (right / 72 * 25.4)
            assert abs(width - (26 + 14 / 72 * 25.4)) < 1 if number % 2 else left / 72 * 25.4 < 60
    finally:
        document.close()


def test_a_page_holds_22_lines_of_28_characters():
    second = pdf_pages(to_pdf(Document(title="试", blocks=(Paragraph((Run("工" * 28 * 60),)),))))[1].split("\n")
    assert [len(line) for line in second[:-1]] == [28] * 22
    assert second[-1] == "— 2 —"


def test_same_document_gives_the_same_bytes():
    assert to_pdf(sample.numbered_document()) == to_pdf(sample.numbered_document())
    assert to_pdf(sample.bulletin()) != to_pdf(replace(sample.bulletin(), title="别的题"))


def test_two_hundred_rows_repeat_the_head_on_every_page_and_lose_none():
    columns = (
        Column("序号", 0.5),
        Column("项目名称", 3, "left"),
        Column("计划", 1, "right", "投资"),
        Column("完成", 1, "right", "投资"),
    )
    rows = tuple(row(str(n), f"第{n}项工程", str(n * 7), str(n)) for n in range(1, 201))
    pages = [flat(page) for page in pdf_pages(to_pdf(Document(title="表", blocks=(Table(columns, rows),))))]
    assert len(pages) > 4
    assert all("项目名称" in page and "投资" in page for page in pages)
    assert all("".join(pages).count(f"第{n}项工程") == 1 for n in range(1, 201))


def test_small_table_is_not_broken_over_pages():
    table = sample.sector_table()
    for lines in range(8, 20):
        document = Document(title="题", blocks=(*(paragraph(f"第{n}行") for n in range(lines)), table))
        pages = [flat(page) for page in pdf_pages(to_pdf(document))]
        assert [("表2" in page, "行业" in page, "合计" in page) for page in pages if "合计" in page] == [
            (True, True, True)
        ]


def test_missing_fonts_are_an_error_that_names_the_command(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "FONTS_FOLDER", tmp_path / "none")
    with pytest.raises(Refusal) as caught:
        to_pdf(sample.bulletin())
    assert set(caught.value.params["faces"]) == {"title", "body", "hei", "kai", "song"}
    assert caught.value.code == "core.official_fonts_missing"
    assert "node assets/fonts.mjs" in str(caught.value)


def test_half_of_the_fonts_is_an_error_too(tmp_path, monkeypatch):
    shutil.copy(pdf.FONTS_FOLDER / "NotoSerifSC_400Regular.ttf", tmp_path)
    monkeypatch.setattr(pdf, "FONTS_FOLDER", tmp_path)
    with pytest.raises(Refusal) as caught:
        to_pdf(sample.bulletin())
    assert set(caught.value.params["faces"]) == {"title", "hei", "kai"}


def test_fonts_of_a_mounted_folder_are_used_and_found_without_a_restart(tmp_path, monkeypatch):
    free = pdf.FONTS_FOLDER
    monkeypatch.setattr(pdf, "FONTS_FOLDER", tmp_path / "none")
    with pytest.raises(Refusal):
        to_pdf(sample.bulletin(), fonts_dir=tmp_path)
    for font in free.glob("*.ttf"):
        shutil.copy(font, tmp_path)
    assert len(pdf_pages(to_pdf(sample.bulletin(), fonts_dir=tmp_path))) == 3


def test_only_free_fonts_are_embedded_by_default():
    data = to_pdf(sample.bulletin())
    assert b"NotoSerifSC" in data
    assert b"NotoSansSC" in data
    assert b"SimSun" not in data
    assert b"Libertinus" not in data


def test_date_of_the_file_is_the_documents_day():
    document = pypdfium2.PdfDocument(to_pdf(sample.numbered_document()))
    try:
        metadata = document.get_metadata_dict()
    finally:
        document.close()
    assert metadata["CreationDate"].startswith("D:" + date(2019, 3, 11).strftime("%Y%m%d"))
    assert metadata["Title"] == "关于2019年1—3月上旬全区重点项目建设进展情况的通报"
