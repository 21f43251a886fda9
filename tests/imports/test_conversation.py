"""What the import's page lets a person say and take away: columns and units, forgetting, lists, the marked workbook."""

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from guatu.library.models import ImportDraft, Project, RememberedMapping
from tests.imports import books
from tests.imports.books import WAN, YI
from tests.imports.test_pages import act, browser, text_of, upload
from tests.support.cast import cast

__all__ = ["browser", "cast"]
START = "/library/import/"


def page_of(browser, row: ImportDraft, query: str = "") -> str:
    return text_of(browser.get(f"{START}{row.public_id}/{query}"))


def with_more(**cells) -> bytes:
    return books.workbook(books.one_row(**cells))


def number_of(row: ImportDraft, heading: str) -> int:
    headings = list(dict.fromkeys(column["heading"] for column in row.report["answer"]["columns"]))
    return next(place for place, text in enumerate(headings) if text.startswith(heading))


def say(browser, row: ImportDraft, **more):
    row.refresh_from_db()
    return act(browser, row, "columns", seen=row.version, unit="", **more)


def test_a_column_shows_its_values_its_field_and_why(browser, cast):
    upload(browser, cast, with_more(内部编号="NB-7"))
    page = page_of(browser, ImportDraft.objects.get())
    assert "没有导入的列" in page
    assert "<q>NB-7</q>" in page
    assert page.index("内部编号") < page.index("已认出的列")
    assert "<q>望岳智能装备产业园</q>" in page
    assert "现按万元读" in page
    assert "1 列不导入" in page


def test_a_unit_is_said_of_one_column_only_and_remembered(browser, cast):
    upload(browser, cast, with_more(**{"总投资（万元）": 12}))
    row = ImportDraft.objects.get()
    response = say(browser, row, **{f"unit_{number_of(row, '总投资')}": "亿元", "show": "created"})
    assert response.headers["Location"].endswith("?show=created#columns")
    row.refresh_from_db()
    assert row.report["answer"]["totals"]["total_investment"] == 12 * YI
    assert row.report["answer"]["totals"]["planned_investment"] == 30000 * WAN
    act(browser, row, "apply")
    upload(browser, cast, with_more(**{"总投资（万元）": 13}), "下一份.xlsx")
    again = ImportDraft.objects.latest("pk")
    assert again.report["answer"]["totals"]["total_investment"] == 13 * YI
    assert "上次这样的表是这样指定的" in page_of(browser, again)


def test_what_was_remembered_is_forgotten_by_whoever_may_import(browser, cast):
    upload(browser, cast, with_more(内部编号="NB-7"))
    row = ImportDraft.objects.get()
    say(browser, row, **{f"column_{number_of(row, '内部编号')}": "remark"})
    assert RememberedMapping.objects.get().mapping == {"columns": {"内部编号": "remark"}}
    assert cast.client("reporter").post(reverse("reporting:import_forget", args=[row.public_id])).status_code == 403
    assert "上次这样的表是这样指定的" in page_of(browser, row)
    assert act(browser, row, "forget").status_code == 302
    row.refresh_from_db()
    assert (row.mapping, RememberedMapping.objects.get().mapping) == ({}, {})
    assert row.report["answer"]["warnings"][0]["code"] == "column_unknown"
    assert "上次这样的表是这样指定的" not in page_of(browser, row)
    upload(browser, cast, with_more(内部编号="NB-8"), "下一份.xlsx")
    assert ImportDraft.objects.latest("pk").mapping == {}


def wrong_book() -> bytes:
    rows = books.plan_rows()
    rows[4][1] = '=HYPERLINK("x")'
    rows[6][6] = "3O000"
    rows[5][5] = "2019-2031.13"
    return books.workbook(rows, merges=((0, 0, 0, 12, rows[0][0]),))


@pytest.fixture
def wrong(browser, cast) -> ImportDraft:
    upload(browser, cast, wrong_book(), "有误.xlsx")
    return ImportDraft.objects.get()


def test_the_list_of_faults_names_every_cell_in_both_formats(browser, wrong):
    answer = wrong.report["answer"]
    for ending in ("csv", "xlsx"):
        address = reverse("reporting:import_issues", args=[wrong.public_id, ending])
        data = b"".join(browser.get(address).streaming_content)
        if ending == "csv":
            rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))[1:]
        else:
            listed = load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True)
            rows = [[cell or "" for cell in row] for row in listed if row[0] in ("需改正", "请核对")]
        assert len(rows) == len(answer["errors"]) + len(answer["warnings"])
        fault = next(row for row in rows if "3O000" in row)
        assert fault[:4] == ["需改正", "重点项目", "第 7 行", "G 总投资"]
        assert "请填写数字" in fault[6]
    assert browser.get(reverse("reporting:import_issues", args=[wrong.public_id, "exe"])).status_code == 404


def test_the_marked_workbook_is_the_file_with_its_wrong_cells_coloured_and_told(browser, wrong):
    data = browser.get(reverse("reporting:import_marked", args=[wrong.public_id])).content
    book = load_workbook(io.BytesIO(data))
    sheet = book["重点项目"]
    original = load_workbook(io.BytesIO(wrong_book()))["重点项目"]
    for row in original.iter_rows(min_row=2):
        for cell in row:
            if cell.coordinate != "B5":
                assert sheet[cell.coordinate].value == cell.value, cell.coordinate
    assert "A1:M1" in {str(merge) for merge in sheet.merged_cells.ranges}
    assert sheet["G7"].fill.fgColor.rgb == "FFF4C7C3"
    assert "这不是金额" in sheet["G7"].comment.text
    assert sheet["H7"].fill.fgColor.rgb != "FFF4C7C3"
    assert sheet["H7"].comment is None
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert "需改正清单" in book.sheetnames


def test_the_marked_workbook_goes_in_again_with_the_same_faults(browser, cast, wrong):
    data = browser.get(reverse("reporting:import_marked", args=[wrong.public_id])).content
    upload(browser, cast, data, "送回.xlsx")
    again = ImportDraft.objects.latest("pk").report["answer"]
    assert again["rows_read"] == wrong.report["answer"]["rows_read"]
    told = [[(issue["row"], issue["code"]) for issue in answer["errors"]] for answer in (again, wrong.report["answer"])]
    assert told[0] == told[1]


def test_a_classified_row_is_in_no_page_and_no_file(browser, cast):
    rows = books.plan_rows()
    rows[4][1] = "涉密工程甲乙丙"
    upload(browser, cast, books.workbook(rows))
    row = ImportDraft.objects.get()
    assert "甲乙丙" not in page_of(browser, row)
    book = load_workbook(io.BytesIO(browser.get(reverse("reporting:import_marked", args=[row.public_id])).content))
    texts = [str(cell) for sheet in book for line in sheet.iter_rows(values_only=True) for cell in line]
    assert not [text for text in texts if "甲乙丙" in text]
    assert [text for text in texts if "没有列出" in text or "未列出" in text]


def test_differing_totals_stand_first_with_the_difference_and_their_rows(browser, cast):
    rows = books.plan_rows()
    rows[-1][6] += 1000
    upload(browser, cast, books.workbook(rows))
    page = page_of(browser, ImportDraft.objects.get())
    assert page.index("不一致的合计") < page.index("一致的合计", page.index("不一致的合计") + 10)
    assert "+1,000.00" in page
    assert "585,000.00" in page


def test_many_faults_are_paged_and_an_empty_table_says_so(browser, cast):
    rows = books.plan_rows()[:3] + [
        [n, f"项目{n}号", "新开工", "路", "王城路", "2019-2020", "3O000", 0, 100, "", "", "", ""] for n in range(1, 121)
    ]
    upload(browser, cast, books.workbook(rows))
    row = ImportDraft.objects.latest("pk")
    assert page_of(browser, row, "?show=errors").count('class="wrap value"') == 50
    assert page_of(browser, row, "?show=errors&page=3").count('class="wrap value"') == 20
    upload(browser, cast, books.workbook(rows[:3]), "空表.xlsx")
    page = page_of(browser, ImportDraft.objects.latest("pk"))
    assert "读到 0 行" in page
    assert "换一个文件" in page
    assert not Project.objects.exists()


def test_a_changed_amount_is_shown_before_and_after_with_its_unit(browser, cast):
    upload(browser, cast, books.plan_book())
    act(browser, ImportDraft.objects.get(), "apply")
    rows = books.plan_rows()
    rows[4][6] = 121000
    upload(browser, cast, books.workbook(rows), "改.xlsx")
    page = page_of(browser, ImportDraft.objects.latest("pk"), "?show=updated")
    assert "12 亿元" in page
    assert "12.1 亿元" in page


def test_a_kept_sentence_is_told_in_the_readers_language(browser, cast, wrong):
    browser.cookies["django_language"] = "en"
    page = page_of(browser, wrong, "?show=errors")
    assert "这不是金额" not in page
    assert "3O000" in page
