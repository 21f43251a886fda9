"""A list taken out and in again changes nothing; one cell changed in it changes that."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from guatu.core.actor import OPERATOR, Actor
from guatu.core.models import TrailChange, TrailEntry
from guatu.domain.money import MoneyUnit
from guatu.library import actions
from guatu.library.models import AnnualList, ListEntry, Project
from guatu.reporting import imports
from guatu.reporting.workbooks.files import plan_file
from tests.imports import books
from tests.imports.conftest import Desk, counts

pytestmark = pytest.mark.django_db
WAN = 10**4


def export(annual_list: AnnualList, day: date, unit: MoneyUnit = MoneyUnit.WAN, actor: Actor = OPERATOR) -> bytes:
    return plan_file(actor, annual_list, day, unit)[2]


def changed(data: bytes, row_name: str, heading: str, value: object) -> bytes:
    """The workbook with one cell typed over, as a person would."""
    book = load_workbook(io.BytesIO(data))
    sheet = book.active
    heads = {str(sheet.cell(row, at).value): at for row in (3, 4) for at in range(1, sheet.max_column + 1)}
    at = next(row for row in range(5, sheet.max_row + 1) if row_name in str(sheet.cell(row, heads["项目名称"]).value))
    sheet.cell(at, heads[heading]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def texts(data: bytes) -> list[str]:
    sheet = load_workbook(io.BytesIO(data), data_only=True).active
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


# -- the office's desk ------------------------------------------------------------------------------------------------
def the_list() -> AnnualList:
    return AnnualList.objects.select_related("region__parent").get()


def test_nothing_at_all_is_written_the_second_time(office: Desk):
    office.plan()
    before = TrailEntry.objects.count(), TrailChange.objects.count()
    answer = office.plan(export(the_list(), date(2019, 4, 15)))
    assert counts(answer) == (0, 0, 5)
    assert (TrailEntry.objects.count(), TrailChange.objects.count()) == before
    assert all(total["agrees"] for total in answer["printed_totals"])
    assert {total["label"] for total in answer["printed_totals"]} == {
        "合计（5个）",
        "一、产业类（3个）",
        "二、城建类（2个）",
    }
    assert [column["field"] for column in answer["columns"] if column["field"] is None] == []


def test_title_lines_say_whose_list_of_which_day_it_is(office: Desk):
    office.plan(books.plan_rows(title="西工区2019年重点项目计划表（西政〔2019〕4号）"))
    said = texts(export(the_list(), date(2019, 4, 15)))
    assert said[:3] == ["洛阳市西工区2019年区级重点项目计划表", "西政〔2019〕4号　名单截至2019年4月15日", "单位：万元"]
    assert counts(office.plan(export(the_list(), date(2019, 4, 15)))) == (0, 0, 5)
    assert the_list().batches.count() == 1


def test_a_provisional_list_says_so(office: Desk):
    office.plan()
    assert texts(export(the_list(), date(2019, 4, 15)))[0].endswith("计划表（暂定）")


def test_a_changed_cell_holds_from_the_day_of_the_print(office: Desk):
    office.plan()
    data = changed(export(the_list(), date(2019, 4, 15)), "长宁冷链物流园", "2019年计划", 15000)
    assert counts(office.plan(data)) == (0, 1, 4)
    rows = ListEntry.objects.standing().filter(project__name="长宁冷链物流园").order_by("effective_on")
    assert [(row.effective_on, row.planned_investment) for row in rows] == [
        (date(2019, 1, 1), 12000 * WAN),
        (date(2019, 4, 15), 15000 * WAN),
    ]


def test_a_changed_unit_and_a_changed_class_are_taken(office: Desk):
    office.plan()
    data = changed(export(the_list(), date(2019, 4, 15)), "长宁冷链物流园", "责任单位", "区农业农村局")
    assert counts(office.plan(data)) == (0, 1, 4)
    said = texts(export(the_list(), date(2019, 4, 15)))
    assert "区农业农村局" in said


def test_texts_that_a_print_cannot_hold_as_they_are_stay_as_they_are(office: Desk):
    office.plan()
    project = Project.objects.get(name="长宁冷链物流园")
    words = {
        "content": "冷库\r\n 8 万吨\x07",
        "owner_name": "甲公司，乙公司",
        "contact": "张三  李四",
        "remark": "=1+1\n备注 ",
    }
    actions.change_project(actor=OPERATOR, project=project, seen=None, values=words)
    assert counts(office.plan(export(the_list(), date(2019, 4, 15)))) == (0, 0, 5)
    project.refresh_from_db()
    assert {name: getattr(project, name) for name in words} == words


def test_sensitive_projects_stay_out_of_others_files_and_the_note_says_so(office: Desk, cast):
    office.plan()
    project = Project.objects.get(name="长宁冷链物流园")
    actions.change_project(actor=OPERATOR, project=project, seen=None, values={"secrecy": "sensitive"})
    theirs = texts(export(the_list(), date(2019, 4, 15), actor=cast.actor("supervision")))
    assert not [text for text in theirs if "长宁冷链" in text]
    assert "合计（4个）" in theirs
    assert "注：另有 1 个敏感项目未列入本表，本表合计不含该项目。" in theirs
    assert "554000" in theirs  # 584,000 of the whole list without its 30,000
    mine = texts(export(the_list(), date(2019, 4, 15), actor=office.actor))
    assert [text for text in mine if "长宁冷链" in text]
    office_again = office.plan(export(the_list(), date(2019, 4, 15), actor=cast.actor("supervision")))
    assert counts(office_again) == (0, 0, 4)


def test_contacts_and_leaders_are_for_those_who_may_see_them(office: Desk, cast):
    office.plan(books.one_row(联系人="李四", 联系电话="13800000000", 分包领导="梁秋白 副区长"))
    mine = texts(export(the_list(), date(2019, 4, 15), actor=office.actor))
    assert {"李四", "13800000000", "梁秋白 副区长", "分包领导"} <= set(mine)
    theirs = set(texts(export(the_list(), date(2019, 4, 15), actor=cast.actor("supervision"))))
    assert not theirs & {"李四", "13800000000", "梁秋白 副区长", "分包领导", "联系人"}


def test_a_print_of_an_empty_library_goes_in_from_the_first_of_january(office: Desk):
    office.plan()
    data = export(the_list(), date(2019, 4, 15))
    assert counts(office.plan(data, level="city")) == (0, 5, 0)
    entries = ListEntry.objects.filter(annual_list__level="city")
    assert {row.effective_on for row in entries} == {date(2019, 1, 1)}


def test_the_report_is_the_same_for_preview_and_apply(office: Desk):
    office.plan()
    data = export(the_list(), date(2019, 4, 15), MoneyUnit.YI)
    order = office.order(data)
    shown = imports.preview(office.actor, order, imports.read(order))
    assert counts(shown.answer) == counts(office.plan(data)) == (0, 0, 5)
