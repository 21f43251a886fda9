"""A published table as an office has it: one line a unit, one column a figure, read, looked at, taken in whole."""

import io
import re
from html import unescape

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from guatu.config import main
from guatu.core.refusals import Refusal
from guatu.figures.models import PublishedFigure
from guatu.figures.published import read_text
from guatu.figures.published_sheet import lines_of
from guatu.figures.queries import papers
from guatu.people.models import Region
from tests.figures.bulletins import XIANGXI_ROWS

pytestmark = pytest.mark.django_db
LOAD = "/dispatch/published/load/"
PAPER = {"place": "433100", "place_name": "湘西州", "source": "湘西州2021年1-9月份重点建设项目简讯"}
PAPER |= {"period": "2021-09", "published_on": "2021-10-18", "cut": "隶属", "stated_in": "汇总表"}
HEADS = ("县市区", "项目个数", "年度计划（亿元）", "1-9月完成投资（亿元）", "完成率（%）")
UNITS = [row[2:] for row in XIANGXI_ROWS if row[1] == "汇总表"]


def workbook(rows, heads=HEADS, title="2021年1—9月重点建设项目进度") -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("汇总表")
    sheet.write(0, 0, title)
    for index, row in enumerate([heads, *rows], start=1):
        for place, cell in enumerate(row):
            sheet.write(index, place, cell)
    book.close()
    return out.getvalue()


def as_printed():
    """The ten units and the whole as numbers, as a spreadsheet holds them."""
    rows = [(item, *map(float, figures)) for item, *figures in UNITS]
    return [*rows, ("合 计", 316, "", 474.5, 74.1)]


def read(tmp_path, data: bytes, name="表.xlsx", **given):
    file = tmp_path / name
    file.write_bytes(data)
    return read_text(lines_of(file, name, {**PAPER, **given}))


def test_a_table_of_units_is_read_by_its_headings(tmp_path):
    stated = {(row.stated.item, row.stated.code): row.stated for row in read(tmp_path, workbook(as_printed()))}
    assert len(stated) == 10 * 4 + 3
    assert stated["州直", "investment_to_date"].printed == "92.0"  # as many places as its column's longest
    assert stated["州直", "projects"].printed == "58"
    assert stated["", "investment_rate"].printed == "74.1"
    assert {row.measure for row in stated.values()} == {"亿元", ""}


def test_the_unit_of_money_is_that_of_the_heading_the_note_above_or_the_form(tmp_path):
    bare = ("县市区", "完成投资")
    rows = [("吉首市", 651_000), ("泸溪县", 312_000)]
    above = workbook(rows, bare, title="重点项目进度  单位：万元")
    assert {row.stated.measure for row in read(tmp_path, above)} == {"万元"}
    assert {row.stated.measure for row in read(tmp_path, workbook(rows, bare), measure="万元")} == {"万元"}
    assert {row.stated.measure for row in read(tmp_path, workbook(rows, bare))} == {"亿元"}


def test_what_the_table_says_of_the_paper_goes_before_what_the_form_says(tmp_path):
    csv = "地区代码,来源,时期,单位,指标,数值\n410303,甲,2021,乙,完成率,28.1%\n"
    with pytest.raises(Refusal) as refused:  # one figure a line: the number stands alone
        read(tmp_path, csv.encode(), "表.csv")
    assert [(item["row"], item["column"]) for item in refused.value.items] == [("2", "value")]
    [row] = read(tmp_path, csv.replace("28.1%", "28.1").encode("gb18030"), "表.csv")
    assert (row.place, row.source, row.period, row.stated.code) == ("410303", "甲", "2021", "investment_rate")


def test_a_fault_names_the_cell(tmp_path):
    rows = as_printed()
    rows[2] = ("凤凰县", 34, 78.5, "约六十", "80.1%")
    with pytest.raises(Refusal) as refused:
        read(tmp_path, workbook(rows))
    assert [(item["row"], item["column"], item["value"]) for item in refused.value.items] == [("D5", "value", "约六十")]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("图.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 50, "figures.published_file"),
        ("空.csv", "甲,乙\n1,2\n".encode(), "figures.published_no_table"),
        ("长.csv", ("单位,项目数\n" + "甲{},1\n" * 6_000).encode(), "figures.published_too_long"),
    ],
)
def test_a_file_that_is_no_published_table_is_refused(tmp_path, name, data, code):
    with pytest.raises(Refusal) as refused:
        read(tmp_path, data, name)
    assert refused.value.code == code
    assert name in str(refused.value)


def test_the_command_line_takes_a_workbook(tmp_path, capsys):
    file = tmp_path / "表.xlsx"
    file.write_bytes(workbook(as_printed()))
    given = [word for name, value in PAPER.items() for word in (f"--{name.replace('_', '-')}", value)]
    assert main.main(["outside", "import", str(file), *given]) == 0
    assert main.main(["outside", "check"]) == 0
    assert "58.8 ≈ 58.7" in capsys.readouterr().out


# -- the page ---------------------------------------------------------------------------------------------------------
def send(client, data: bytes, **given):
    return client.post(
        LOAD, {"file": SimpleUploadedFile("表.xlsx", data), "basis": "dispatch", "measure": "亿元", **given}
    )


def test_the_page_shows_first_and_takes_in_what_it_showed(cast):
    client = cast.client("office")
    shown = send(client, workbook(as_printed()), **PAPER)
    page = unescape(shown.content.decode())
    assert shown.status_code == 200
    assert "新增 43，更正 0，未变 0" in page
    assert "（640.7" in page  # the plan's sum, which nobody printed
    assert "≈ 58.7" in page
    assert not PublishedFigure.objects.exists()
    assert not Region.objects.filter(code="433100").exists()
    lines = re.search(r'name="lines" value="([^"]+)"', shown.content.decode())
    done = client.post(LOAD, {"lines": unescape(lines[1])})
    [paper] = papers()
    assert (done.status_code, done.url) == (302, f"/dispatch/published/{paper.key}/")
    assert PublishedFigure.objects.count() == 43
    again = unescape(send(client, workbook(as_printed()), **PAPER).content.decode())
    assert "新增 0，更正 0，未变 43" in again


def test_a_wrong_file_is_named_and_changes_nothing(cast):
    client = cast.client("office")
    rows = as_printed()
    rows[0] = ("吉首市", "五十七", 82.5, 65.1, 78.9)
    answer = send(client, workbook(rows), **PAPER)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "五十七" in page
    assert "B3" in page
    assert 'name="lines"' not in page
    assert send(client, b"", **PAPER).status_code == 422
    assert send(client, workbook(as_printed())).status_code == 422  # no place, source or period
    assert not PublishedFigure.objects.exists()


def test_lines_that_were_tampered_with_are_checked_again(cast):
    answer = cast.client("office").post(LOAD, {"lines": "place,unit\n1,2\n"})
    assert answer.status_code == 422
    assert not PublishedFigure.objects.exists()


def test_only_who_may_record_is_led_there(cast):
    assert LOAD in cast.client("office").get("/dispatch/published/").content.decode()
    assert LOAD not in cast.client("supervision").get("/dispatch/published/").content.decode()
    assert send(cast.client("supervision"), workbook(as_printed()), **PAPER).status_code == 403
