"""The plan is pure: the same seed, date and size give the same district, at any date, and it hangs together."""

from datetime import date, timedelta

import pytest

from guatu.demo import bodies, trades
from guatu.demo.model import CarryOver, Claims, DistrictPlan, Issue, Readings, Register, Steps
from guatu.demo.plan import make_plan
from guatu.demo.seasons import WorkDays, lunar_new_year, meeting_after, s_curve
from guatu.domain.codes.industry import IndustryCode
from guatu.domain.codes.project import ProjectCode
from tests.demo.sums import listed, sums

TODAY = date(2026, 11, 22)
EDGES = [date(2026, 1, 1), date(2028, 2, 29), date(2026, 12, 31), date(2033, 6, 15)]


@pytest.fixture(scope="module")
def full() -> DistrictPlan:
    """The district as it is shown."""
    return make_plan(1, TODAY)


def test_the_same_seed_and_date_give_the_same_district():
    assert make_plan(3, TODAY, projects=24) == make_plan(3, TODAY, projects=24)


def test_another_seed_gives_another_district():
    assert make_plan(3, TODAY, projects=24).projects != make_plan(4, TODAY, projects=24).projects


def test_a_later_today_only_adds_to_the_same_year():
    """What was known in August is the same, whether the district ends in August or in November."""
    early, late = make_plan(1, date(2026, 8, 12), projects=24), make_plan(1, TODAY, projects=24)
    for day in (date(2024, 12, 31), date(2025, 6, 30), date(2026, 4, 30)):
        assert sums(early, day.year, ["district"], day) == sums(late, day.year, ["district"], day)


def test_the_lists_have_their_sizes_and_plausible_sums(full: DistrictPlan):
    whole = [sums(full, year, ["district"], date(year, 5, 31)) for year in (2024, 2025, 2026)]
    assert [row.projects for row in whole] == [162, 200, 240]
    assert [len(listed(full, "district", 2026, TODAY))] == [240]  # as many taken out as in
    assert sums(full, 2026, ["province", "city"], date(2026, 5, 31)).projects == 28
    yi = 100_000_000
    assert whole[0].total_investment < whole[1].total_investment < whole[2].total_investment
    assert 800 * yi < whole[2].total_investment < 2500 * yi
    assert 150 * yi < whole[2].planned_investment < 600 * yi


def test_the_year_goes_slowly_in_winter_and_comes_near_its_plan(full: DistrictPlan):
    rates = []
    for day in (date(2025, 3, 31), date(2025, 12, 31)):
        row = sums(full, 2025, ["district"], day)
        rates.append(row.investment_to_date * 100 // row.planned_investment)
    assert 8 < rates[0] < 25
    assert 80 < rates[1] < 125


def test_the_three_bases_differ_and_none_overtakes_dispatch(full: DistrictPlan):
    day = date(2026, 9, 30)
    done = [
        sums(full, 2026, ["district"], day, basis=basis).investment_to_date
        for basis in ("dispatch", "statistics", "payment")
    ]
    assert done[0] > done[1] > done[2] > 0


def test_cumulative_amounts_never_fall_and_never_pass_the_total(full: DistrictPlan):
    last: dict[tuple[str, int], tuple[date, int]] = {}
    rows = [(deed.basis, row) for deed in full.deeds if isinstance(deed, Readings) for row in deed.rows]
    for basis, row in sorted(rows, key=lambda pair: (pair[1].on, not pair[1].estimate)):
        on, before = last.get((basis, row.project), (row.on, 0))
        if on < row.on:
            assert row.cumulative >= before
        last[basis, row.project] = (row.on, row.cumulative)
        assert row.cumulative <= full.projects[row.project - 1].total


def test_nothing_is_recorded_before_it_happened_or_on_the_day_itself(full: DistrictPlan):
    for deed in full.deeds:
        assert deed.at.date() < TODAY
        if isinstance(deed, Readings):
            assert all(row.estimate or row.on < deed.at.date() for row in deed.rows)
        if isinstance(deed, Steps):
            assert all(step.on < deed.at.date() for step in deed.steps)


def test_reports_come_three_to_six_days_after_the_month_apart_from_the_late_ones(full: DistrictPlan):
    lags: dict[int, int] = {}
    for deed in full.deeds:
        if isinstance(deed, Readings) and deed.basis == "dispatch" and deed.at.date() > date(2024, 1, 31):
            for row in deed.rows:
                if not row.estimate:
                    days = (deed.at.date() - row.on).days
                    lags[days] = lags.get(days, 0) + 1
    assert set(lags) <= {3, 4, 5, 6, 13}
    assert lags[13] * 10 < sum(lags.values())


def test_real_names_stand_for_the_named_projects_only_and_all_names_differ(full: DistrictPlan):
    names = [project.name for project in full.projects]
    assert len(set(names)) == len(names)
    assert set(names) & {name for name, _group in trades.NAMED} == {name for name, _group in trades.NAMED}
    this_year = {full.projects[number - 1].name for number in listed(full, "district", 2026, TODAY)}
    assert trades.PARKING in this_year


def test_a_package_lists_its_parts_and_some_are_built(full: DistrictPlan):
    parking = next(project for project in full.projects if project.name == trades.PARKING)
    built = [
        step
        for deed in full.deeds
        if isinstance(deed, Steps)
        for step in deed.steps
        if step.project == parking.number and step.part is not None and step.stage == "completed"
    ]
    assert len(parking.parts) == 15
    assert 0 < len(built) <= 15


def test_every_body_is_there(full: DistrictPlan):
    leaders = [post for post in full.posts if post.kind in ("head", "leader")]
    assert len(leaders) == 34
    assert bodies.ANSWERING == 27
    kinds = {post.kind for post in full.posts if post.login}
    assert len(kinds) == len([post for post in full.posts if post.login]) == 17


def test_codes_are_well_formed(full: DistrictPlan):
    for project in full.projects:
        IndustryCode.parse(project.industry)
        if "code" in project.details:
            assert ProjectCode.parse(str(project.details["code"])).division == bodies.REGION


def test_who_is_missing_is_said_why(full: DistrictPlan):
    gaps = [project for project in full.projects if project.gaps]
    assert 0 < len(gaps) < len(full.projects) // 4
    for project in full.projects:
        for role, member in (("lead", "leader"), ("responsible", "unit"), ("task_force", "task_force")):
            assert (role in project.roles) != (member in project.gaps)
        assert all(why in str(project.details["remark"]) for why in project.gaps.values())


def test_no_claim_says_less_than_an_estimate_that_was_told_before():
    """Over a year of todays; the product refuses a cumulative amount that falls."""
    seen = 0
    for days in range(0, 365, 9):
        today = date(2026, 1, 1) + timedelta(days=days)
        plan = make_plan(1, today, projects=36)
        told: dict[int, int] = {}
        for deed in plan.deeds:
            if isinstance(deed, Readings) and deed.basis == "dispatch":
                told.update({row.project: max(row.cumulative, told.get(row.project, 0)) for row in deed.rows})
        claimed = [row for deed in plan.deeds if isinstance(deed, Claims) for row in deed.rows]
        assert all(row.cumulative >= told.get(row.project, 0) for row in claimed)
        seen += len(claimed)
    assert seen > 20


@pytest.mark.parametrize("today", EDGES)
def test_any_today_has_its_three_lists(today: date):
    plan = make_plan(2, today, projects=24)
    for year in (today.year - 2, today.year - 1, today.year):
        day = min(today, date(year, 12, 31))
        assert listed(plan, "district", year, day)
    assert len(listed(plan, "district", today.year, today)) == 24
    registered = {number for deed in plan.deeds if isinstance(deed, Register) for number in deed.projects}
    for deed in plan.deeds:
        if isinstance(deed, Issue):
            assert {entry.project for entry in deed.entries} <= registered


def test_on_new_years_day_the_list_is_provisional():
    plan = make_plan(2, date(2026, 1, 1), projects=24)
    assert not [deed for deed in plan.deeds if isinstance(deed, Issue) and deed.year == 2026]
    assert [deed for deed in plan.deeds if isinstance(deed, CarryOver) and deed.year == 2025]


def test_work_is_slow_around_the_festival_and_in_winter():
    work = WorkDays(date(2026, 1, 1), date(2026, 12, 31))
    festival = lunar_new_year(2026)
    assert festival == date(2026, 2, 17)
    week = timedelta(days=6)
    assert work.between(festival, festival + week) < work.between(date(2026, 1, 5), date(2026, 1, 5) + week)
    assert work.between(date(2026, 1, 5), date(2026, 1, 5) + week) < work.between(date(2026, 6, 1), date(2026, 6, 7))
    assert work.between(date(2026, 3, 2), date(2026, 3, 1)) == 0


def test_the_curve_rises_from_nothing_to_all():
    shares = [s_curve(step, 40) for step in range(41)]
    assert shares[0] == 0
    assert shares[-1] == 10_000
    assert shares == sorted(shares)
    assert shares[20] == 5_000


def test_steps_are_registered_at_a_friday_meeting():
    for offset in range(7):
        day = date(2026, 3, 2) + timedelta(days=offset)
        meeting = meeting_after(day)
        assert meeting.weekday() == 4
        assert 2 <= (meeting - day).days <= 8
