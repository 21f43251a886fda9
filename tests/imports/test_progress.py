"""A progress sheet becomes readings and steps; cumulative is cumulative, and the same sheet again changes nothing."""

from datetime import date

import pytest

from guatu.core.models import TrailEntry
from guatu.core.refusals import Refusal
from guatu.figures.queries import ask, figures, find_lists
from guatu.library.models import AnnualList, Project, StageChange
from guatu.reporting.models import Reading
from tests.imports import books
from tests.imports.books import MARCH, NAMES, WAN
from tests.imports.conftest import codes, counts

AMOUNTS = ["序号", "项目名称", "本月完成投资（万元）"]


def reading(name: str, on: date = date(2019, 3, 31)) -> Reading:
    return Reading.objects.standing().get(project__name=name, effective_on=on)


def whole(desk, on: date) -> dict:
    return figures(desk.actor, ask(desk.actor, find_lists(2019, ["district"], "410303"), on)).whole.values


@pytest.fixture
def planned(desk):
    """A desk whose list is in."""
    desk.plan()
    return desk


def test_a_months_sheet_becomes_readings_of_its_last_day(planned):
    answer = planned.progress()
    assert (answer["errors"], counts(answer)) == ([], (5, 0, 0))
    assert answer["totals"] == {
        "projects": 5,
        "investment_of_period": sum(MARCH) * WAN,
        "investment_to_date": 23100 * WAN,
    }
    row = reading("望岳智能装备产业园")
    assert (row.ytd, row.cumulative, row.period, row.words) == (7000 * WAN, 52000 * WAN, "2019-03", "正在施工")
    assert reading("长宁冷链物流园").problem == "征迁 3 户未签"


def test_figures_of_the_day_are_the_sheets_totals(planned):
    answer = planned.progress()
    found = whole(planned, date(2019, 3, 31))
    assert found["investment_to_date"] == answer["totals"]["investment_to_date"]
    assert found["new_starts_started"] == 2
    assert found["with_problems"] == 1
    assert whole(planned, date(2019, 3, 30))["started"] == 2  # the two that go on; starts are dated the sheet's day


def test_the_same_sheet_again_changes_nothing(planned):
    planned.progress()
    before = TrailEntry.objects.count(), Reading.objects.count(), StageChange.objects.count()
    assert counts(planned.progress()) == (0, 0, 5)
    assert (TrailEntry.objects.count(), Reading.objects.count(), StageChange.objects.count()) == before


def test_a_corrected_sheet_takes_the_place_of_the_first(planned):
    planned.progress()
    answer = planned.progress(books.progress_rows(to_date=(7100, 1500, 0, 12000, 2600)))
    assert counts(answer) == (0, 1, 4)
    assert reading("望岳智能装备产业园").ytd == 7100 * WAN


def test_only_the_periods_amount_is_added_to_the_years(planned):
    planned.progress([AMOUNTS, [1, NAMES[0], 1000]], period="2019-01")
    planned.progress([AMOUNTS, [1, NAMES[0], 500]], period="2019-02")
    planned.progress([AMOUNTS, [1, NAMES[0], 500]], period="2019-02")
    assert reading(NAMES[0], date(2019, 2, 28)).ytd == 1500 * WAN


def test_weeks_and_months_do_not_count_twice(planned):
    planned.progress([AMOUNTS, [1, NAMES[0], 1000]], period="2019-02")
    planned.progress([AMOUNTS, [1, NAMES[0], 200]], period="2019-W10")
    planned.progress([AMOUNTS, [1, NAMES[0], 900]], period="2019-03")
    assert reading(NAMES[0], date(2019, 3, 10)).ytd == 1200 * WAN
    assert reading(NAMES[0]).ytd == 1900 * WAN


def test_a_typed_period_amount_that_differs_is_a_warning(planned):
    planned.progress([[*AMOUNTS, "本年累计完成投资（万元）"], [1, NAMES[0], 1000, 1000]], period="2019-02")
    answer = planned.progress([[*AMOUNTS, "本年累计完成投资（万元）"], [1, NAMES[0], 700, 1500]])
    assert answer["errors"] == []
    issue = next(issue for issue in answer["warnings"] if issue["code"] == "reading_period_differs")
    assert (issue["row"], issue["value"]) == (2, "700")
    assert "500万元" in issue["message"]


def test_where_a_period_is_missing_nothing_is_said_of_the_next_ones_amount(planned):
    """From the year's end to March is no month: 2,400 in March and 7,000 in the year do not contradict each other."""
    assert planned.progress()["warnings"] == []


def test_a_cut_off_dates_the_months_readings(planned):
    annual_list = AnnualList.objects.get()
    AnnualList.objects.filter(pk=annual_list.pk).update(cut_off_day=25)
    planned.progress()
    assert reading(NAMES[0], date(2019, 3, 25)).ytd == 7000 * WAN
    planned.progress([AMOUNTS, [1, NAMES[0], 100]], period="2019-W14")
    assert reading(NAMES[0], date(2019, 4, 7)).ytd == 7100 * WAN


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("2019-03", date(2019, 3, 31)),
        ("2019-W12", date(2019, 3, 24)),
        ("2019-03-09", date(2019, 3, 9)),
        ("2019-Q1", date(2019, 3, 31)),
    ],
)
def test_each_kind_of_period_is_dated_its_last_day(planned, period, day):
    planned.progress(period=period)
    assert {row.effective_on for row in Reading.objects.filter(period=period)} == {day}


def test_a_project_that_the_list_does_not_hold_is_named_with_its_nearest(planned):
    rows = [AMOUNTS, [1, NAMES[0], 10], [2, "长宁物流园及冷库", 10]]
    before = TrailEntry.objects.count()
    answer = planned.progress(rows)
    assert codes(answer["errors"]) == ["not_in_list"]
    assert answer["errors"][0]["row"] == 3
    assert "长宁冷链物流园" in answer["errors"][0]["message"]
    assert TrailEntry.objects.count() == before


def test_a_falling_amount_is_an_error_until_reason_and_approver_are_given(office, cast):
    office.plan()
    office.progress()
    lower = books.progress_rows(done=(0,) * 5, to_date=(6000, 1500, 0, 12000, 2600))
    order = {"period": "2019-04-10"}
    answer = office.progress(lower, **order)
    assert codes(answer["errors"]) == ["reading_falls"]
    issue = answer["errors"][0]
    assert (issue["row"], issue["value"]) == (3, "6000")
    assert "理由" in issue["message"]
    assert not Reading.objects.filter(effective_on=date(2019, 4, 10)).exists()
    answer = office.progress(lower, reason="上月多报", approver=cast.post("office_head"), **order)
    assert answer["errors"] == []
    assert reading(NAMES[0], date(2019, 4, 10)).cumulative == 51000 * WAN


def test_starts_and_completions_are_dated_as_typed(planned):
    heads = ["序号", "项目名称", "本年累计完成投资（万元）", "实际开工时间", "实际竣工时间", "是否复工"]
    planned.progress([heads, [1, NAMES[1], 900, "2019年2月", None, None], [2, NAMES[0], 900, None, "2019-03-20", "是"]])
    steps = {
        (row.project.name, row.stage, row.resumed): row.effective_on
        for row in StageChange.objects.standing().select_related("project")
    }
    assert steps[(NAMES[1], "started", False)] == date(2019, 2, 28)
    assert steps[(NAMES[0], "completed", False)] == date(2019, 3, 20)
    assert steps[(NAMES[0], "under_construction", True)] == date(2019, 3, 31)
    assert Project.objects.get(name=NAMES[1]).stage == "started"


def test_started_again_next_month_is_no_second_start(planned):
    planned.progress()
    heads = ["序号", "项目名称", "本年累计完成投资（万元）", "是否开工"]
    planned.progress([heads, [1, NAMES[1], 2000, "是"]], period="2019-04-14")
    starts = StageChange.objects.standing().filter(project__name=NAMES[1], stage="started")
    assert [row.effective_on for row in starts] == [date(2019, 3, 31)]


def test_per_cents_are_kept_in_hundredths(planned):
    planned.progress([["序号", "项目名称", "形象进度（%）"], [1, NAMES[0], 62.5]])
    assert reading(NAMES[0]).percent == 6250


def test_bases_do_not_mix(planned):
    planned.progress()
    planned.progress([AMOUNTS, [1, NAMES[0], 10]], basis="payment")
    assert set(Reading.objects.filter(effective_on=date(2019, 3, 31)).values_list("basis", "project__name")) >= {
        ("dispatch", NAMES[0]),
        ("payment", NAMES[0]),
    }


def test_a_sheet_before_its_list_is_refused(desk):
    with pytest.raises(Refusal) as refused:
        desk.progress()
    assert refused.value.code == "reporting.no_list"


def test_a_period_that_has_not_ended_is_refused(planned):
    with pytest.raises(Refusal) as refused:
        planned.progress(period="2019-04")
    assert refused.value.code == "reporting.period_open"
