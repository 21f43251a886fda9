"""A unit's workbook through its pages: taken out, filled in elsewhere, handed back, merged cell by cell."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guatu.reporting import actions
from guatu.reporting.content import ReportContent
from guatu.reporting.models import Report, SentWorkbook, WorkbookReturn
from guatu.reporting.sent.making import offers
from tests.library.conftest import at_day
from tests.reporting.workbooks import asked_unit
from tests.roundtrip.worlds import column_of

WAN = 10_000
DAY = "2019-03-29"


@pytest.fixture
def unit(shelf):
    """The housing bureau with two projects that report monthly."""
    with at_day(DAY):
        yield asked_unit(shelf.cast, "青桐路快速化改造（一期）", "长宁路改造")


@pytest.fixture
def reporter(shelf):
    return shelf.cast.client("reporter")


def taken_out(client, unit, period="2019-02"):
    answer = client.post("/reports/workbooks/send/", {"unit": str(unit.public_id), "kind": "month", "period": period})
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content


def edited(data, **cells):
    """The workbook with some cells of the first project's row written, saved by openpyxl."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    name_at = column_of(sheet, "项目名称")
    at = next(row for row in range(1, sheet.max_row + 1) if str(sheet.cell(row, name_at).value).startswith("长宁路"))
    for heading, value in cells.items():
        sheet.cell(at, column_of(sheet, heading)).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def handed_in(client, data, name="填报表.xlsx"):
    return client.post("/reports/workbooks/receive/", {"file": SimpleUploadedFile(name, data)})


def merged(client, address, **choices):
    row = WorkbookReturn.objects.get(public_id=address.rstrip("/").rpartition("/")[2])
    return client.post(address, {"seen": str(row.version), **choices})


def report_of(name="长宁路改造"):
    return Report.objects.filter(project__name=name).first()


def test_a_workbook_filled_in_elsewhere_becomes_drafts(reporter, unit):
    page = reporter.get("/reports/workbooks/").content.decode()
    assert "2019年2月 月报" in page
    data = taken_out(reporter, unit)
    back = handed_in(reporter, edited(data, 本期完成投资=300, 形象进度=0.285, 工程进展="主体封顶"))
    shown = reporter.get(back.url).content.decode()
    assert "将要采用的" in shown
    assert "300万元" in shown
    assert "28.5%" in shown
    assert "主体封顶" in shown
    assert report_of() is None, "nothing is taken before it was looked at"
    done = merged(reporter, back.url)
    assert done.status_code == 302, done.content.decode()
    report = report_of()
    assert (report.state, report.on) == ("draft", date(2019, 2, 28))
    assert report.content == {"amount": 300 * WAN, "percent": 2850, "words": "主体封顶"}
    assert report_of("青桐路快速化改造（一期）") is None, "a row that nobody filled in begins no report"


def test_the_same_file_twice_changes_nothing(reporter, unit):
    data = edited(taken_out(reporter, unit), 工程进展="主体封顶")
    first = handed_in(reporter, data)
    merged(reporter, first.url)
    version = report_of().version
    again = handed_in(reporter, data)
    assert again.url == first.url
    assert "再传回同一份文件不会再改动什么" in reporter.get(again.url).content.decode()
    refused = merged(reporter, first.url)
    assert refused.status_code == 200
    other = handed_in(reporter, edited(data, 存在问题="缺混凝土"))
    merged(reporter, other.url)
    report = report_of()
    assert (report.version, report.content) == (version + 1, {"words": "主体封顶", "problem": "缺混凝土"})


def test_what_both_changed_is_decided_and_nothing_is_merged_before(shelf, reporter, unit):
    data = taken_out(reporter, unit)
    project = library_project("长宁路改造")
    (offer,) = offers(shelf.cast.actor("reporter"), unit, date.fromisoformat(DAY))
    actions.save_report(
        actor=shelf.cast.actor("reporter"),
        project=project,
        expected=offer.expected,
        content=ReportContent(amount=200 * WAN, words="钢筋绑扎"),
    )
    back = handed_in(reporter, edited(data, 本期完成投资=300, 存在问题="缺混凝土"))
    shown = reporter.get(back.url).content.decode()
    assert "请选定" in shown
    assert "300万元" in shown
    assert "200万元" in shown
    refused = merged(reporter, back.url)
    assert refused.status_code == 422
    assert "还有 1 处" in refused.content.decode()
    assert report_of().content == {"amount": 200 * WAN, "words": "钢筋绑扎"}
    key = next(
        iter(k for k, v in SentWorkbook.objects.get().content["projects"].items() if v == str(project.public_id))
    )
    done = merged(reporter, back.url, **{f"choice.{key}.amount": "typed", f"typed.{key}.amount": "250"})
    assert done.status_code == 302, done.content.decode()
    assert report_of().content == {"amount": 250 * WAN, "words": "钢筋绑扎", "problem": "缺混凝土"}


def library_project(name):
    from guatu.library.models import Project

    return Project.objects.select_related("region", "unit").get(name=name)


def test_a_report_that_was_handed_in_meanwhile_is_told_and_never_written(shelf, reporter, unit):
    data = taken_out(reporter, unit)
    (offer,) = offers(shelf.cast.actor("reporter"), unit, date.fromisoformat(DAY))
    actions.submit_report(
        actor=shelf.cast.actor("reporter"),
        project=library_project("长宁路改造"),
        expected=offer.expected,
        content=ReportContent(amount=200 * WAN),
    )
    back = handed_in(reporter, edited(data, 本期完成投资=300))
    assert "不能写入的" in reporter.get(back.url).content.decode()
    assert merged(reporter, back.url).status_code == 302
    assert report_of().content == {"amount": 200 * WAN}


def test_protected_columns_added_rows_and_strange_files_are_told(reporter, unit):
    data = taken_out(reporter, unit)
    back = handed_in(reporter, edited(data, 项目性质="续建", 形象进度="快好了"))
    shown = reporter.get(back.url).content.decode()
    assert "不在这里改" in shown
    assert "请选定" in shown
    assert "快好了" in shown
    book = openpyxl.Workbook()
    book.active["A1"] = "别的表"
    out = io.BytesIO()
    book.save(out)
    refused = handed_in(reporter, out.getvalue())
    assert refused.status_code == 422
    assert "没有表号" in refused.content.decode()


def test_an_error_in_a_cell_empties_nothing_here(reporter, unit):
    data = taken_out(reporter, unit)
    merged(reporter, handed_in(reporter, edited(data, 工程进展="主体封顶", 形象进度=0.3)).url)
    shown = reporter.get(handed_in(reporter, edited(data, 工程进展="#REF!", 形象进度="#N/A")).url).content.decode()
    assert shown.count("这一格是错误值") == 2
    assert "表里没有新的改动" in shown
    assert report_of().content == {"percent": 3000, "words": "主体封顶"}


def test_rows_that_were_added_are_told_by_name(reporter, unit):
    book = openpyxl.load_workbook(io.BytesIO(taken_out(reporter, unit)))
    sheet = book.worksheets[0]
    at = sheet.max_row + 1
    sheet.cell(at, column_of(sheet, "项目名称")).value = "新增的变电站"
    sheet.cell(at, column_of(sheet, "本期完成投资")).value = 5
    out = io.BytesIO()
    book.save(out)
    shown = reporter.get(handed_in(reporter, out.getvalue()).url).content.decode()
    assert "表里有 1 行自行添加的，没有读取：新增的变电站。新增项目请先报项目办入库。" in shown


def test_a_return_without_an_edit_offers_nothing_to_merge(reporter, unit):
    data = taken_out(reporter, unit)
    shown = reporter.get(handed_in(reporter, data).url).content.decode()
    assert "表里没有新的改动" in shown
    assert "合并到草稿" not in shown
    assert "合并到草稿" in reporter.get(handed_in(reporter, edited(data, 工程进展="封顶")).url).content.decode()


def test_keys_are_short_told_apart_and_never_a_number(shelf, reporter):
    many = [f"示例{number}号路改造" for number in range(40)]
    with at_day(DAY):
        data = taken_out(reporter, asked_unit(shelf.cast, *many))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    first = next(at for at in range(1, 12) if sheet.cell(at, 2).value == 1)
    keys = [sheet.cell(at, 1).value for at in range(first, sheet.max_row + 1)]
    assert len(set(keys)) == len(many)
    assert all(len(key) <= 9 and key[0] == "K" for key in keys)


def test_no_group_of_headings_stands_twice(reporter, unit):
    sheet = openpyxl.load_workbook(io.BytesIO(taken_out(reporter, unit))).worksheets[0]
    head = next(row for row in sheet.iter_rows() if row[0].value == "识别码（请勿改动）")
    said = [cell.value for cell in head if cell.value]
    assert len(said) == len(set(said))


def test_another_units_reporter_finds_neither_workbook_nor_return(shelf, reporter, unit):
    data = edited(taken_out(reporter, unit), 工程进展="主体封顶")
    back = handed_in(reporter, data)
    other = shelf.cast.client("other_reporter")
    assert other.get(back.url).status_code == 404
    assert handed_in(other, data).status_code == 404
    refused = other.post(
        "/reports/workbooks/send/", {"unit": str(unit.public_id), "kind": "month", "period": "2019-02"}
    )
    assert refused.status_code == 404


def test_the_office_takes_a_units_workbook_out_and_a_leader_may_not(shelf, unit):
    office = shelf.cast.client("office")
    page = office.get(f"/reports/workbooks/?unit={unit.public_id}").content.decode()
    assert unit.name in page
    assert "下载填报表" in page
    assert taken_out(office, unit)[:2] == b"PK"
    assert shelf.cast.client("head").get("/reports/workbooks/").status_code == 403


def test_a_return_that_was_given_up_changes_nothing(reporter, unit):
    back = handed_in(reporter, edited(taken_out(reporter, unit), 工程进展="主体封顶"))
    assert reporter.post(f"{back.url}drop/").status_code == 302
    assert "已放弃" in reporter.get(back.url).content.decode()
    assert report_of() is None
