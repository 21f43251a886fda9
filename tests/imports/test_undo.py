"""Undoing an import: everything is as it was, the same file goes in again without doubles, and later work is safe."""

import random
from datetime import date

import pytest

from guatu.core.models import TrailChange, TrailEntry
from guatu.core.refusals import Refusal
from guatu.figures.queries import ask, figures
from guatu.library import actions as library
from guatu.library.models import AnnualList, Project
from guatu.people.actions import confirm_unit
from guatu.people.models import Unit
from guatu.reporting import actions
from guatu.reporting.models import Reading
from guatu.reporting.undoing import footprint_of, in_the_way
from tests.imports import books
from tests.imports.drafts import applied
from tests.imports.picture import picture
from tests.library.conftest import at_day


@pytest.fixture
def april(cast):
    """The cast's office in April 2019."""
    with at_day("2019-04-15"):
        yield cast


def undo(cast, row, reason="传错了文件", who="office"):
    return actions.undo_import(actor=cast.actor(who), draft=row, reason=reason)


def refused(cast, row, **more) -> Refusal:
    with pytest.raises(Refusal) as caught:
        undo(cast, row, **more)
    return caught.value


def plan(cast, **changes):
    """The usual plan with some cells changed: {(row, column): value}."""
    rows = books.plan_rows()
    for (row, column), value in changes.get("cells", {}).items():
        rows[row][column] = value
    return applied(cast, books.workbook(rows))


MONTH = {"kind": "progress", "period": "2019-03"}


def test_a_first_import_undone_leaves_nothing_to_be_seen(april):
    before = picture(april)
    row = plan(april)
    assert Project.objects.filter(withdrawn=False).count() == 5
    answer = undo(april, row)
    assert answer["out_of_use"] | {"projects": 5, "lists": 1} == answer["out_of_use"]
    assert answer["left"] == []
    assert picture(april) == before
    row.refresh_from_db()
    assert row.state == "undone"


def test_undone_and_imported_again_is_imported_once(april):
    row = plan(april)
    once, names = picture(april), dict(Project.objects.values_list("name", "public_id"))
    undo(april, row)
    again = plan(april)
    assert picture(april) == once
    assert dict(Project.objects.values_list("name", "public_id")) == names
    assert {**again.report["answer"]} == row.report["answer"]
    assert Project.objects.count() == 5
    undo(april, again)
    assert not Project.objects.filter(withdrawn=False).exists()


def test_what_was_there_before_has_its_words_again(april):
    plan(april)
    before = picture(april)
    changes = {(4, 3): "标准厂房 20 栋", (4, 6): 130000, (4, 8): 31000, (5, 11): "区商务局", (9, 1): "丰乐大桥"}
    row = plan(april, cells=changes)
    assert picture(april) != before
    answer = undo(april, row)
    assert answer["standing_again"] > 0
    assert answer["changed_back"] > 0
    assert picture(april) == before


def test_a_personal_value_comes_back_and_the_trail_never_has_it(april):
    heads = {"联系人": "王五", "联系电话": "13800001111"}
    applied(april, books.workbook(books.one_row(**heads)))
    row = applied(april, books.workbook(books.one_row(联系人="赵六", 联系电话="13800002222")))
    assert Project.objects.get().contact == "赵六"
    undo(april, row)
    assert (Project.objects.get().contact, Project.objects.get().contact_phone) == ("王五", "13800001111")
    row.refresh_from_db()
    assert row.former == {}
    assert not TrailChange.objects.filter(values__contains="13800001111").exists()


def test_a_month_undone_leaves_the_months_before(april):
    plan(april)
    month = books.workbook(books.progress_rows())
    applied(april, month, **{**MONTH, "period": "2019-02"})
    before = picture(april)
    later = books.workbook(books.progress_rows(to_date=(9400, 3000, 0, 16100, 5200)))
    row = applied(april, later, **MONTH)
    assert picture(april) != before
    undo(april, row)
    assert picture(april) == before
    again = applied(april, later, **MONTH)
    assert again.report["answer"] == row.report["answer"]


def test_one_after_the_other_newest_first(april):
    empty = picture(april)
    first = plan(april)
    second = plan(april, cells={(4, 8): 31000})
    third = applied(april, books.workbook(books.progress_rows()), **MONTH)
    assert refused(april, first).code == "reporting.undo_blocked"
    for row in (third, second, first):
        undo(april, row)
    assert picture(april) == empty


@pytest.mark.parametrize("turn", range(4))
def test_any_change_of_cells_undone_is_as_if_it_had_never_been(april, turn):
    chance = random.Random(turn)
    plan(april)
    applied(april, books.workbook(books.progress_rows()), **MONTH)
    before = picture(april)
    rows = books.plan_rows()
    at = [index for index, row in enumerate(rows) if isinstance(row[0], int)]
    for _ in range(8):
        row, column = chance.choice(at), chance.choice([1, 3, 4, 5, 6, 8, 9, 10, 11, 12])
        rows[row][column] = chance.randrange(130000, 900000) if column in (6, 8) else f"改{chance.randrange(99)}项"
    rows = [row for row in rows if row[0] not in ("小计", "合计")]
    row = applied(april, books.workbook(rows))
    once = picture(april)
    undo(april, row)
    assert picture(april) == before
    applied(april, books.workbook(rows))
    assert picture(april)["figures"] == once["figures"]
    assert picture(april)["facts"] == once["facts"]


def test_what_was_known_before_the_undo_is_still_known(april):
    plan(april)
    changed = books.plan_rows()
    changed[-2:-2] = [
        [6, "新添的项目", "新开工", "一幢楼", "望岳路", "2019-2020", 500, 0, 500, "完工", *books.PEOPLE[0]]
    ]
    row = applied(april, books.workbook([one for one in changed if one[0] not in ("小计", "合计")]))
    asked = {"lists": list(AnnualList.objects.all()), "as_of": date(2019, 4, 15), "known": date(2019, 4, 15)}
    told = [str(one) for one in figures(april.actor("office"), ask(april.actor("office"), **asked)).rows]
    with at_day("2019-04-16"):
        undo(april, row)
        again = [str(one) for one in figures(april.actor("office"), ask(april.actor("office"), **asked)).rows]
        now = figures(april.actor("office"), ask(april.actor("office"), **{**asked, "known": None})).rows
    assert again == told
    assert [str(one) for one in now] != told


# -- what stands in the way -------------------------------------------------------------------------------------------
def test_later_work_stands_in_the_way_and_is_named(april):
    row = plan(april)
    project = Project.objects.get(match_key__startswith="望岳")
    library.change_project(actor=april.actor("office_head"), project=project, seen=None, values={"remark": "已核"})
    entries = TrailEntry.objects.count()
    refusal = refused(april, row)
    assert refusal.code == "reporting.undo_blocked"
    (item,) = refusal.items
    assert (item["name"], item["what"]) == ("望岳智能装备产业园", "修改项目信息")
    assert "项目办主任" in item["who"]
    assert item["at"].startswith("2019-04-15")
    assert TrailEntry.objects.count() == entries


def test_a_locked_period_stands_in_the_way(april):
    row = plan(april)
    month = applied(april, books.workbook(books.progress_rows()), **MONTH)
    annual_list = AnnualList.objects.get()
    library.close_period(actor=april.actor("office_head"), annual_list=annual_list, until=date(2019, 3, 31))
    (item,) = refused(april, month).items
    assert "2019-03-31" in item["what"]
    assert annual_list.name == item["name"]
    assert "2019-03-31" in refused(april, row).items[0]["message"]


def test_a_period_locked_before_does_not_stand_in_the_way(april):
    plan(april)
    annual_list = AnnualList.objects.get()
    library.close_period(actor=april.actor("office_head"), annual_list=annual_list, until=date(2019, 2, 28))
    before = picture(april)
    late = applied(april, books.workbook(books.progress_rows()), **{**MONTH, "period": "2019-02"})
    assert Reading.objects.filter(booked_on=date(2019, 3, 1)).exists()
    undo(april, late)
    assert picture(april) == before


def test_work_on_other_projects_does_not_stand_in_the_way(april):
    plan(april)
    row = plan(april, cells={(4, 8): 31000})
    other = Project.objects.get(match_key__startswith="长宁")
    library.change_project(actor=april.actor("office"), project=other, seen=None, values={"remark": "已核"})
    undo(april, row)
    assert Project.objects.get(pk=other.pk).remark == "已核"


def test_a_unit_that_others_use_by_now_stays_and_is_named(april):
    row = plan(april)
    unit = Unit.objects.get(name="区科技局")
    confirm_unit(actor=april.actor("office_head"), unit=unit)
    answer = undo(april, row)
    assert answer["left"] == ["区科技局"]
    assert Unit.objects.get(pk=unit.pk).valid_to is None


def test_the_undo_is_not_undone_and_needs_a_reason_and_the_right(april):
    row = plan(april)
    assert refused(april, row, reason="  ").code == "core.reason_missing"
    assert refused(april, row, who="reporter").code == "core.not_allowed"
    assert refused(april, row, who="outsider").code == "core.not_found"
    undo(april, row)
    row.refresh_from_db()
    assert footprint_of(row) is None
    assert refused(april, row).code == "reporting.not_applied"


def test_a_file_that_changed_nothing_has_nothing_to_undo(april):
    plan(april)
    again = plan(april)
    assert refused(april, again).code == "reporting.nothing_to_undo"


def test_nothing_stands_in_the_way_of_a_fresh_import(april):
    row = plan(april)
    done = footprint_of(row)
    assert done is not None
    assert in_the_way(done) == []


def test_a_draft_that_is_not_applied_cannot_be_undone(april):
    row = applied(april, books.plan_book(), apply=False)
    assert refused(april, row).code == "reporting.not_applied"
