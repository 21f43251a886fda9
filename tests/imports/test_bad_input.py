"""Bad input: a sentence that says what, where and what to do, and the data as they were."""

import pytest

from guatu.core.models import TrailEntry
from guatu.core.refusals import Refusal
from guatu.core.writing import rehearse
from guatu.domain.money import MoneyUnit
from guatu.library.models import Project
from guatu.people.actions import ensure_region
from guatu.people.models import Region
from tests.imports import books
from tests.imports.conftest import codes, counts, nothing_there


def refused(desk, data, **more) -> dict:
    """The one error of a file, with nothing written."""
    before = TrailEntry.objects.count()
    answer = desk.plan(data, **more)
    assert TrailEntry.objects.count() == before
    assert counts(answer) == (0, 0, 0)
    assert answer["errors"], "nothing was refused"
    return answer["errors"][0]


def unreadable(desk, data: bytes, **more) -> Refusal:
    with pytest.raises(Refusal) as found:
        desk.plan(data, **more)
    assert nothing_there()
    return found.value


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"%PDF-1.7\n", "wrong_kind"),
        (b"\x89PNG\r\n\x1a\n0000", "wrong_kind"),
        (b"<html><table></table></html>", "html_file"),
        (b"PK\x03\x04 half a workbook", "truncated"),
        ("甲,乙\n1,2\n".encode(), "no_header"),
    ],
)
def test_a_wrong_file_is_named(desk, data, code):
    refusal = unreadable(desk, data)
    assert refusal.items == [{"code": code}]
    assert "请" in str(refusal) or code == "no_header"


def test_half_a_workbook_is_named(desk):
    data = books.plan_book()
    assert unreadable(desk, data[: len(data) // 2]).items == [{"code": "truncated"}]


def test_a_wrong_sheet_is_named(desk):
    issue = refused(desk, [["项目名称", "电话"], ["望岳智能装备产业园", "1"]])
    assert issue["code"] == "not_this_ledger"
    assert "总投资" in issue["message"]


def test_a_progress_sheet_is_no_plan_ledger_and_the_other_way_round(desk):
    assert refused(desk, books.progress_rows())["code"] == "is_progress_sheet"
    desk.plan()
    before = TrailEntry.objects.count()
    assert codes(desk.progress(books.plan_book())["errors"]) == ["not_this_ledger"]
    assert TrailEntry.objects.count() == before


def test_amounts_without_a_unit_are_asked_for(desk):
    rows = books.one_row()
    rows[0] = [head.replace("（万元）", "") for head in rows[0]]
    issue = refused(desk, rows)
    assert (issue["code"], issue["row"]) == ("unit_missing", 2)
    assert "万元" in issue["message"]


def test_a_unit_that_contradicts_the_printed_one_is_refused(desk):
    assert refused(desk, None, unit=MoneyUnit.YI)["code"] == "unit_conflict"


def test_half_a_row_is_named_by_its_row(desk):
    rows = [*books.one_row(), [2, None, "新开工", "道路", 100, 50]]
    issue = refused(desk, rows)
    assert (issue["code"], issue["row"]) == ("name_missing", 3)


@pytest.mark.parametrize(
    ("amount", "code"), [(-5, "amount_negative"), (10**10, "amount.absurd"), ("约三亿", "amount.approximate")]
)
def test_negative_and_absurd_amounts_are_named_by_cell(desk, amount, code):
    rows = books.one_row()
    rows[1][4] = amount
    issue = refused(desk, rows)
    assert (issue["code"], issue["row"]) == (code, 2)
    assert issue["column"].startswith("E ")
    assert issue["value"] == str(amount)


@pytest.mark.parametrize("code", ["990303", "41", "西工区", "41030"])
def test_a_malformed_or_impossible_region_is_refused(desk, code):
    with pytest.raises(Refusal) as found:
        desk.plan(region=code)
    assert found.value.code == "people.region_code"
    assert nothing_there()
    assert not Region.objects.exists()


def test_two_rows_of_one_project_are_an_error_with_both_places(desk):
    rows = books.one_row()
    rows.append([2, "★望岳智能装备产业园", *rows[1][2:]])
    issue = refused(desk, rows)
    assert (issue["code"], issue["row"]) == ("row_twice", 3)
    assert "第 2 行" in issue["message"]


def test_phases_are_different_projects(desk):
    rows = books.one_row(项目名称="青桐路改造（一期）")
    rows.append([2, "青桐路改造（二期）", *rows[1][2:]])
    assert counts(desk.plan(rows)) == (2, 0, 0)


@pytest.mark.parametrize(
    "cells", [{"项目名称": "某通信枢纽（机密）"}, {"密级": "秘密"}, {"是否涉密": "是"}, {"备注": "涉密项目"}]
)
def test_a_secrecy_mark_refuses_the_whole_file_and_is_not_repeated(desk, cells):
    issue = refused(desk, books.one_row(**cells))
    assert (issue["code"], issue["row"], issue["value"]) == ("row_secret", 2, "")
    assert Project.objects.count() == 0


def test_all_or_nothing(desk):
    rows = books.plan_rows()
    rows[4][6] = -1
    refused(desk, rows)
    assert nothing_there()


def test_a_preview_writes_nothing_and_says_what_the_import_does(desk):
    report = desk.preview()
    assert nothing_there()
    assert not Region.objects.exists()
    assert report.answer == desk.plan()


def test_a_preview_shows_each_field_before_and_after(desk):
    desk.plan()
    rows = books.plan_rows()
    rows[6][8], rows[6][3] = 15000, "冷库 9 万吨"
    before = TrailEntry.objects.count()
    report = desk.preview(rows)
    assert TrailEntry.objects.count() == before
    line = next(line for line in report.lines if line["state"] == "updated")
    assert line["name"] == "长宁冷链物流园"
    assert line["changes"] == [
        ["建设内容", "冷库 8 万吨", "冷库 9 万吨"],
        ["年度计划投资", "1.2 亿元", "1.5 亿元"],
    ]


def test_a_rehearsal_needs_the_right_and_runs_in_no_action(cast):
    def carry_out():
        return ensure_region(actor=cast.actor("office"), code="410306")

    with pytest.raises(Refusal):
        rehearse(cast.actor("reporter"), "people.add_region", carry_out)
    region, changes = rehearse(cast.actor("office"), "people.add_region", carry_out)
    assert region.code == "410306"
    assert [change.kind for change in changes] == ["add"]
    assert not Region.objects.filter(code="410306").exists()


def test_an_exited_project_is_named(office):
    office.plan()
    Project.objects.filter(name="长宁冷链物流园").update(stage="exited")
    answer = office.plan(year=2020, data=books.plan_book())
    assert "project_exited" in codes(answer["errors"])
