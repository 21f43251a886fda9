"""Readings: one amount from the other, falls only with approval, the lock, the steps of truth, the year's end."""

from datetime import date

import pytest

from guatu.core.models import TrailEntry
from guatu.core.refusals import Refusal
from guatu.library import actions as library
from guatu.library.models import Project
from guatu.reporting import actions, queries
from guatu.reporting.compute import ReadingRow
from guatu.reporting.models import Reading
from tests.library.conftest import YI, at_day

WAN = 10_000
YEAR_END, JAN, FEB, MAR = date(2018, 12, 31), date(2019, 1, 31), date(2019, 2, 28), date(2019, 3, 31)


def record(shelf, project, on, **values):
    more = {name: values.pop(name) for name in ("reason", "approver", "basis", "source") if name in values}
    row = ReadingRow(project=project, on=on, **values)
    return actions.record_readings(actor=shelf.office, rows=[row], **more)


def of(project, day, **more):
    row = queries.readings_as_of([project.pk], day, **more).get(project.pk)
    return row and (row.cumulative, row.ytd)


def test_this_years_amount_follows_from_the_year_end_reading_and_the_other_way_round(shelf):
    project = shelf.project()
    record(shelf, project, YEAR_END, cumulative=5 * YI)
    record(shelf, project, JAN, cumulative=6 * YI)
    record(shelf, project, FEB, ytd=3 * YI)
    assert of(project, JAN) == (6 * YI, YI)
    assert of(project, FEB) == (8 * YI, 3 * YI)


def test_without_a_year_end_reading_the_other_amount_is_not_invented(shelf):
    old, new = shelf.project("老"), shelf.project("新", stage="started", stage_on=date(2019, 1, 10))
    for project in (old, new):
        record(shelf, project, JAN, ytd=YI)
    assert of(old, JAN) == (None, YI)
    assert of(new, JAN) == (YI, YI)


def test_a_figure_uses_the_last_reading_before_the_day_and_never_one_between(shelf):
    project = shelf.project()
    record(shelf, project, YEAR_END, cumulative=0)
    record(shelf, project, JAN, ytd=10 * WAN)
    record(shelf, project, MAR, ytd=30 * WAN)
    assert of(project, date(2019, 3, 30)) == (10 * WAN, 10 * WAN)
    assert of(project, date(2018, 12, 30)) is None


def test_months_add_up_to_the_year_whatever_the_rhythm(shelf):
    project = shelf.project()
    record(shelf, project, YEAR_END, cumulative=0)
    for day, amount in ((date(2019, 1, 7), 5), (date(2019, 1, 28), 9), (date(2019, 3, 4), 20), (date(2019, 3, 9), 26)):
        record(shelf, project, day, ytd=amount * WAN)
    months = queries.months_of(project.pk)[2019]
    assert months[:4] == [9 * WAN, None, 17 * WAN, None]
    assert sum(amount or 0 for amount in months) == of(project, MAR)[1]


def test_the_same_sheet_twice_changes_nothing(shelf):
    project = shelf.project()
    assert record(shelf, project, JAN, ytd=YI, source="一月.xlsx").recorded.added == 1
    entries = TrailEntry.objects.count()
    assert record(shelf, project, JAN, ytd=YI, source="一月（再传）.xlsx").recorded.unchanged == 1
    assert (Reading.objects.count(), TrailEntry.objects.count()) == (1, entries)


def test_a_cumulative_amount_falls_only_with_a_reason_and_another_persons_approval(shelf):
    project = shelf.project()
    record(shelf, project, JAN, cumulative=6 * YI)
    head, office = shelf.cast.post("office_head"), shelf.cast.post("office")
    for more, code in (
        ({}, "reporting.falls"),
        ({"reason": "上月多报"}, "reporting.falls"),
        ({"reason": "上月多报", "approver": office}, "core.two_persons"),
    ):
        with pytest.raises(Refusal) as refusal:
            record(shelf, project, FEB, cumulative=5 * YI, **more)
        assert refusal.value.code == code
    assert of(project, FEB)[0] == 6 * YI
    record(shelf, project, FEB, cumulative=5 * YI, reason="上月多报", approver=head)
    assert of(project, FEB)[0] == 5 * YI
    entry = TrailEntry.objects.latest("number")
    assert entry.reason == "上月多报"
    assert "项目办主任" in entry.params


def test_a_reading_that_makes_a_later_one_fall_is_a_fall_too(shelf):
    project = shelf.project()
    record(shelf, project, MAR, cumulative=6 * YI)
    with pytest.raises(Refusal):
        record(shelf, project, FEB, cumulative=7 * YI)
    record(shelf, project, FEB, cumulative=5 * YI)


def test_what_does_not_fit_is_asked_about_and_recorded_all_the_same(shelf):
    project = shelf.project(total=10 * YI)
    annual_list = shelf.list()
    shelf.enter(annual_list, project, plan=2 * YI)
    record(shelf, project, YEAR_END, cumulative=5 * YI)
    done = record(shelf, project, JAN, cumulative=11 * YI, ytd=5 * YI, period_amount=YI, period_start=date(2019, 1, 1))
    codes = {finding.code for finding in done.findings}
    assert codes == {"reading.over_total", "reading.year_differs", "reading.jumps", "reading.period_differs"}
    assert of(project, JAN) == (11 * YI, 5 * YI)


def test_a_typed_period_amount_that_agrees_is_not_asked_about(shelf):
    project = shelf.project()
    record(shelf, project, YEAR_END, cumulative=5 * YI)
    record(shelf, project, JAN, ytd=YI)
    done = record(shelf, project, FEB, ytd=3 * YI, period_amount=2 * YI, period_start=date(2019, 2, 1))
    assert done.findings == ()


def test_bases_are_never_mixed(shelf):
    project = shelf.project()
    record(shelf, project, JAN, ytd=3 * YI)
    record(shelf, project, JAN, ytd=YI, basis="statistics")
    assert of(project, JAN)[1] == 3 * YI
    assert of(project, JAN, basis="statistics")[1] == YI
    assert of(project, JAN, basis="payment") is None


def test_a_correction_of_a_locked_month_is_booked_on_the_first_open_day(shelf):
    project, annual_list = shelf.project(), shelf.list()
    shelf.enter(annual_list, project)
    record(shelf, project, YEAR_END, cumulative=0)
    record(shelf, project, FEB, ytd=3 * YI)
    library.close_period(actor=shelf.head, annual_list=annual_list, until=FEB)
    more = {"reason": "二月多报", "approver": shelf.cast.post("office_head")}
    done = record(shelf, project, FEB, ytd=2 * YI, **more)
    assert done.recorded.added == 1
    assert of(project, FEB)[1] == 3 * YI
    assert of(project, FEB, restated=True)[1] == 2 * YI
    assert of(project, date(2019, 3, 1))[1] == 2 * YI
    row = Reading.objects.get(ytd=2 * YI)
    assert (row.effective_on, row.booked_on) == (FEB, date(2019, 3, 1))
    assert record(shelf, project, FEB, ytd=2 * YI, **more).recorded.unchanged == 1


def test_an_import_is_confirmed_at_once_and_says_where_it_came_from(shelf):
    project = shelf.project()
    record(shelf, project, JAN, ytd=YI, source="一月月报.xlsx")
    row = Reading.objects.get()
    assert (row.truth, row.source) == ("confirmed", "一月月报.xlsx")
    project.refresh_from_db()
    assert project.last_reading_on == JAN


def test_a_unit_reports_its_own_projects_only_and_no_statistics(shelf):
    project = shelf.project()
    reporter, row = shelf.cast.actor("reporter"), ReadingRow(project=project, on=JAN, ytd=YI)
    with pytest.raises(Refusal) as refusal:
        actions.claim_reading(actor=reporter, row=row)
    assert refusal.value.code == "core.not_found"
    with pytest.raises(Refusal) as refusal:
        actions.claim_reading(actor=reporter, row=row, basis="statistics")
    assert refusal.value.code == "reporting.statistics_by_others"
    assert not Reading.objects.exists()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({}, "reporting.nothing_said"),
        ({"ytd": -1}, "reporting.negative"),
        ({"percent": 10001}, "reporting.percent_wrong"),
        ({"words": "（机密）"}, "library.secret"),
    ],
)
def test_a_wrong_reading_is_refused_and_leaves_nothing(shelf, values, code):
    with pytest.raises(Refusal) as refusal:
        record(shelf, shelf.project(), JAN, **values)
    assert refusal.value.code == code
    assert not Reading.objects.exists()


def test_a_figure_of_a_day_to_come_is_an_estimate_or_refused(shelf):
    project = shelf.project()
    with pytest.raises(Refusal):
        record(shelf, project, date(2019, 4, 30), ytd=YI)
    record(shelf, project, date(2019, 4, 30), ytd=YI, estimate=True)
    assert Reading.objects.get().estimate


def test_the_carry_over_fixes_the_cumulative_amount_at_the_years_end(shelf):
    project, annual_list = shelf.project(stage="started"), shelf.list()
    shelf.enter(annual_list, project)
    record(shelf, project, YEAR_END, cumulative=YI)
    record(shelf, project, MAR, ytd=2 * YI)
    with at_day("2020-01-05"):
        library.carry_over(actor=shelf.head, annual_list=annual_list, continuing=[project], dropped={})
        assert of(project, date(2019, 12, 31)) == (3 * YI, 2 * YI)
        assert Reading.objects.get(effective_on=date(2019, 12, 31)).period == "2019"
        record(shelf, Project.objects.get(), date(2020, 1, 4), ytd=WAN)
        assert of(project, date(2020, 1, 4)) == (3 * YI + WAN, WAN)
