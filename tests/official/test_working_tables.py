"""Papers that lie across with a long table under heads: page, heads of rows, lines of facts; docx and PDF alike."""

import pytest

from guatu.core.official.docx import to_docx
from guatu.core.official.model import (
    Column,
    Document,
    Row,
    Run,
    SignatureLines,
    Table,
    heading_row,
    paragraph,
    row,
)
from guatu.core.official.pdf import to_pdf
from guatu.core.official.read_back import docx_text
from tests.official.reading import SPACES, paragraph_with, part, pdf_pages, pdf_sizes, text_of, value

COLUMNS = (Column("序号", 1), Column("任务", 6, "left"), Column("时限", 2))


def made(rows: int, *, together: bool = False) -> Document:
    lines = [heading_row("一号项目"), *(row(str(n), f"任务{n}", "2026-03-31") for n in range(rows))]
    table = Table(COLUMNS, (*lines, heading_row("二号项目"), row("1", "最后一项", "2026-04-01")), together=together)
    facts = paragraph("名单：某区重点项目名单", indent=False, small=True)
    return Document(title="任务单", blocks=(facts, table, SignatureLines(("签发人：", "签收："))), narrow=True)


def test_every_page_lies_across_and_the_table_stands_under_the_title():
    pages = pdf_pages(to_pdf(made(40)))
    assert set(pdf_sizes(to_pdf(made(40)))) == {(297, 210)}
    assert "任务单" in pages[0]
    assert "任务0" in pages[0]
    sizes = list(part(to_docx(made(40))).iter(f"{{{SPACES['w']}}}pgSz"))
    assert [value(size, "orient") for size in sizes] == ["landscape"]


def test_a_head_is_said_again_where_its_rows_go_on_and_never_ends_a_page():
    pages = pdf_pages(to_pdf(made(60)))
    assert len(pages) > 2
    with_rows = [page for page in pages if "任务" in page.replace("任务单", "")]
    assert all("项目" in page for page in with_rows)
    for filler in range(8, 20):  # wherever the page ends, the second head stands over its row
        pages = pdf_pages(to_pdf(made(filler)))
        assert [("二号项目" in page) for page in pages] == [("最后一项" in page) for page in pages], filler


def test_a_head_is_one_cell_over_all_columns_and_stays_with_its_rows():
    root = part(to_docx(made(3)))
    head = next(each for each in root.iter(f"{{{SPACES['w']}}}tr") if "一号项目" in text_of(each))
    assert value(head.find(".//w:gridSpan", SPACES)) == "3"
    assert head.find(".//w:keepNext", SPACES) is not None
    assert docx_text(to_docx(made(3))).tables[0][1][0] == "一号项目"


def test_facts_over_a_table_are_small():
    fact = paragraph_with(part(to_docx(made(3))), "名单：")
    assert value(fact.find(".//w:sz", SPACES)) == "18"


def test_a_working_table_has_narrow_margins_and_close_rows_and_repeats_its_head_on_every_page():
    root = part(to_docx(made(60)))
    margins = root.find(f".//{{{SPACES['w']}}}pgMar")
    assert int(value(margins, "left")) == int(value(margins, "right")) == 680  # 12 mm
    pages = pdf_pages(to_pdf(made(60)))
    assert len(pages) == 3
    assert all("序号" in page for page in pages if "任务" in page.replace("任务单", ""))


def test_a_date_is_not_broken_in_its_column():
    narrow = Table((Column("任务", 20, "left"), Column("时限", 1)), (row("甲", "2026-03-31"),), landscape=True)
    assert "2026-03-31" in pdf_pages(to_pdf(Document(title="表", blocks=(narrow,), narrow=True)))[0]


def test_only_a_head_has_one_cell():
    with pytest.raises(ValueError, match="row 1 has 1 cells for 3 columns"):
        Table(COLUMNS, (Row((Run("一"),)),))
    with pytest.raises(ValueError, match="row 1 has 3 cells"):
        Table(COLUMNS, (Row((Run("一"), Run("二"), Run("三")), heading=True),))
