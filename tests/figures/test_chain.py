"""The chain of lists by a worked example: 2019 has 250 work days, 22, 17, 21 of them in the first quarter."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guatu.core import clock
from guatu.core.actor import OPERATOR
from guatu.domain.periods import Period
from guatu.figures.queries import (
    Asked,
    chain_of,
    chained,
    chains_by,
    done_since,
    figures,
    judged_on,
    levels_of,
    target_by,
    why_none,
)
from guatu.figures.queries.chain import rhythm_of
from guatu.figures.queries.memo import forget
from guatu.library.models import Project
from guatu.people.actions import add_closure, end_closure
from guatu.people.models import Region
from guatu.plans import actions
from tests.figures.conftest import YI, District, cast, district

__all__ = ["cast", "district"]
YEAR = 250_000_000  # a million a work day
MILLION = 1_000_000


def weekly(district: District, name: str, amounts: list[int], first: date = date(2019, 3, 1)):
    """A project whose Friday readings from `first` on added these millions each."""
    project = district.project(name, total=20 * YI, planned=YEAR)
    done = 0
    for week, amount in enumerate(amounts):
        done += amount * MILLION
        district.reading(project, first + timedelta(days=7 * week), ytd=done)
    return project


def asked(district: District, day: date, **how) -> Asked:
    forget()
    return Asked((district.annual_list,), day, **how)


def by_name(chain):
    return {one.name: one for one in chain.levels}


def test_five_levels_of_one_weekly_project(district):
    weekly(district, "甲", [40, 5, 4, 3])  # 1, 8, 15, 22 March
    found = by_name(chain_of(asked(district, date(2019, 3, 22))))
    week, month, quarter, year = (found[name].level for name in ("week", "month", "quarter", "year"))
    assert found["day"].level is None  # nobody reports by the day
    assert (week.target, week.done, week.work_days_left, week.state) == (5 * MILLION, 3 * MILLION, 0, "lost")
    # March: 21 work days; the reading of 1 March brought everything since the year began
    assert (month.target, month.done, month.work_days_left) == (21 * MILLION, 52 * MILLION, 5)
    assert (quarter.target, quarter.done, quarter.remaining) == (60 * MILLION, 52 * MILLION, 8 * MILLION)
    assert quarter.required_daily == 1_600_000  # 8 million over 25 … 29 March
    assert (year.target, year.done, year.work_days_left) == (YEAR, 52 * MILLION, 195)
    assert year.required_daily == 1_015_385  # 198 million over 195 days, rounded up


def test_a_group_is_the_sum_of_its_members_and_says_who_is_missing(district):
    weekly(district, "甲", [40, 5, 4, 3])
    weekly(district, "乙", [40, 5, 4])  # nothing on 22 March
    district.project("丙", total=YI, planned=YEAR)  # silent
    question = asked(district, date(2019, 3, 22))
    week = by_name(chain_of(question))["week"]
    assert judged_on(question) == date(2019, 3, 22)
    assert (week.members, week.reported, week.missing) == (3, 1, 2)
    assert (week.level.target, week.level.done) == (15 * MILLION, 3 * MILLION)
    year = by_name(chain_of(question))["year"]
    rows = [levels_of(one, judged_on(question))["year"] for one in chained(question)]
    assert sum(row.target for row in rows) == year.level.target == 3 * YEAR
    assert sum(row.done for row in rows) == year.level.done == 101 * MILLION


def test_weeks_and_days_are_judged_only_of_those_who_report_by_them(district):
    monthly = district.project("甲", total=20 * YI, planned=YEAR)
    for day, amount in ((date(2019, 1, 31), 20), (date(2019, 2, 28), 35), (date(2019, 3, 31), 60)):
        district.reading(monthly, day, ytd=amount * MILLION)
    found = by_name(chain_of(asked(district, date(2019, 3, 31))))
    assert found["week"].members == found["day"].members == 0
    assert found["week"].level is None
    assert found["month"].level.done == 25 * MILLION


def test_rhythms_are_seen_from_the_readings():
    end = date(2019, 3, 29)
    assert rhythm_of(()) == ""
    assert rhythm_of([end]) == "monthly"
    assert rhythm_of([end - timedelta(days=7 * week) for week in range(3)]) == "weekly"
    assert rhythm_of([end - timedelta(days=day) for day in range(10)]) == "daily"
    assert rhythm_of([end - timedelta(days=35), end - timedelta(days=70), end]) == "monthly"


def test_a_few_early_reports_do_not_make_a_month_late(district):
    for name in ("甲", "乙", "丙"):
        project = district.project(name, total=20 * YI, planned=YEAR)
        district.reading(project, date(2019, 2, 28), ytd=39 * MILLION)
    district.reading(district.projects["甲"], date(2019, 3, 20), ytd=45 * MILLION)
    question = asked(district, date(2019, 3, 26))
    assert judged_on(question) == date(2019, 2, 28)
    month = by_name(chain_of(question))["month"]
    assert month.period == Period.parse("2019-02")
    assert month.level.target == 3 * 17 * MILLION
    assert done_since(question) == 6 * MILLION


@pytest.mark.parametrize(
    ("how", "why"),
    [({"basis": "statistics"}, "basis"), ({"basis": "payment"}, "basis"), ({"planned": True}, "planned")],
)
def test_targets_exist_by_dispatch_alone(district, how, why):
    weekly(district, "甲", [40])
    question = asked(district, date(2019, 3, 22), **how)
    assert why_none(question) == why
    assert chain_of(question) is None
    assert chained(question) == []


def test_a_date_outside_the_year_has_no_chain(district):
    weekly(district, "甲", [40])
    assert why_none(asked(district, date(2020, 1, 2))) == "year"


def test_a_change_of_one_projects_targets_is_seen_at_once(district):
    one, other = weekly(district, "甲", [40, 5, 4, 3]), weekly(district, "乙", [40, 5, 4, 3])
    question = asked(district, date(2019, 3, 22))
    before = by_name(chain_of(question))["month"].level.target
    march = Period.parse("2019-03")
    with clock.at(clock.end_of(date(2019, 3, 20))):
        actions.set_target(actor=OPERATOR, project=one, annual_list=district.annual_list, amounts={march: 30 * MILLION})
    after = by_name(chain_of(question))
    assert (before, after["month"].level.target) == (42 * MILLION, 51 * MILLION)
    assert after["quarter"].level.target == 120 * MILLION  # the quarter stands, the other months gave way
    assert by_name(chain_of(question, [other.pk]))["month"].level.target == 21 * MILLION
    # and what was known before it
    known = asked(district, date(2019, 3, 22), known=date(2019, 3, 19))
    assert by_name(chain_of(known))["month"].level.target == 42 * MILLION


def test_groups_add_up_to_the_whole(district, cast):
    for place, unit in enumerate(("housing", "commerce", "housing")):
        district.assign(weekly(district, str(place), [40, 5, place]), "responsible", unit=cast.unit(unit))
    question = asked(district, date(2019, 3, 15))
    whole = by_name(chain_of(question))["quarter"].level
    groups = chains_by(question, "unit")
    assert set(groups) == {cast.unit("housing").pk, cast.unit("commerce").pk}
    parts = [by_name(chain)["quarter"].level for chain in groups.values()]
    assert sum(part.done for part in parts) == whole.done
    assert sum(part.remaining for part in parts) == whole.remaining


@pytest.mark.parametrize("count", [3, 30])
def test_queries_do_not_grow_with_the_projects(district, count):
    for place in range(count):
        weekly(district, str(place), [40, 5])
    question = asked(district, date(2019, 3, 15))
    with CaptureQueriesContext(
        connection,
    ) as first:
        chain_of(question)
    with CaptureQueriesContext(connection) as again:
        chain_of(question)
        chains_by(question, "unit")
    assert len(first) <= 16
    assert len(again) <= 3  # the trail's head alone


# -- projects that stand still on days of their own --------------------------------------------------------------------
def closed(district: District, project, first: date, last: date):
    """A closure of one project."""
    return add_closure(
        actor=OPERATOR,
        region=district.region,
        starts_on=first,
        ends_on=last,
        words="停工",
        document="防汛通知",
        subject=project.trail_subject(),
    )


def test_a_project_with_a_closure_of_its_own_is_spread_over_its_own_days(district):
    shut, other = weekly(district, "甲", [40, 5, 4, 3]), weekly(district, "乙", [40, 5, 4, 3])
    closed(district, shut, date(2019, 3, 1), date(2019, 3, 31))  # all 21 work days of March: 229 are left of the year
    question = asked(district, date(2019, 3, 22))
    plans = {one.facts.project_id: one.member.plan for one in chained(question)}
    own, usual = plans[shut.pk], plans[other.pk]
    assert own.grid is not usual.grid
    assert (own.months[2], usual.months[2]) == (0, 21 * MILLION)
    assert own.months[0] == 24_017_467  # 22 of 229 days, the whole yuan that rounding leaves within the quarter
    assert sum(own.days()) == sum(usual.days()) == YEAR
    month = next(levels_of(one, date(2019, 3, 22))["month"] for one in chained(question) if one.member.plan is own)
    assert (month.target, month.work_days_left, month.state) == (0, 0, "holds")


def test_a_group_of_projects_with_different_days_adds_up_at_every_level(district, cast):
    names = ("housing", "commerce", "housing")
    projects = [weekly(district, str(place), [40, 5, place, 3]) for place in range(3)]
    for project, unit in zip(projects, names, strict=True):
        district.assign(project, "responsible", unit=cast.unit(unit))
    closed(district, projects[0], date(2019, 3, 18), date(2019, 3, 24))
    closed(district, projects[1], date(2019, 4, 1), date(2019, 9, 30))
    question = asked(district, date(2019, 3, 22))
    whole, groups = by_name(chain_of(question)), chains_by(question, "unit")
    members = [levels_of(one, date(2019, 3, 22)) for one in chained(question)]
    for name in ("week", "month", "quarter", "year"):
        level = whole[name].level
        parts = [by_name(chain)[name].level for chain in groups.values()]
        for field in ("target", "done", "remaining"):
            assert sum(getattr(part, field) for part in parts) == getattr(level, field)
            assert sum(getattr(one[name], field) for one in members) == getattr(level, field)
    assert sorted(one["week"].target for one in members)[:2] == [0, 5 * MILLION]
    assert whole["year"].level.target == 3 * YEAR
    days = [date(2019, 3, 22), date(2019, 6, 30), date(2019, 12, 31)]
    assert target_by(question, days)[days[-1]] == 3 * YEAR
    assert target_by(question, days)[days[0]] == sum(
        one.member.plan.sum(range(one.member.plan.grid.at(days[0]) + 1)) for one in chained(question)
    )


def test_a_closure_is_seen_at_once_and_of_a_lower_region_too(district):
    project = weekly(district, "甲", [40, 5, 4, 3])
    question = Asked((district.annual_list,), date(2019, 3, 22))
    forget()

    def target():
        return by_name(chain_of(question))["month"].level.target

    assert target() == 21 * MILLION
    row = closed(district, project, date(2019, 3, 18), date(2019, 3, 22))
    shorter = target()
    assert shorter < 21 * MILLION
    end_closure(actor=OPERATOR, closure=row, on=date(2019, 3, 1), reason="取消")
    assert target() == 21 * MILLION
    path = f"{district.region.path}410303001/"
    street = Region.objects.create(code="410303001", name="某街道", level="street", parent=district.region, path=path)
    Project.objects.filter(pk=project.pk).update(region=street)
    forget()
    days = {"starts_on": date(2019, 3, 18), "ends_on": date(2019, 3, 22)}
    add_closure(actor=OPERATOR, region=street, words="停工", document="防汛通知", **days)
    assert target() == shorter


@pytest.mark.parametrize("count", [3, 30])
def test_queries_do_not_grow_with_the_closures(district, count):
    for place in range(count):
        project = weekly(district, str(place), [40, 5])
        closed(district, project, date(2019, 3, 1 + place % 9), date(2019, 3, 10 + place % 9))
    question = asked(district, date(2019, 3, 15))
    with CaptureQueriesContext(connection) as first:
        chain_of(question)
    assert len({one.member.plan.grid for one in chained(question)}) == min(count, 9)
    assert len(first) <= 22


def test_who_has_left_the_library_has_no_target_left(district):
    stays, left = weekly(district, "甲", [40, 5, 4, 3]), weekly(district, "乙", [40, 5, 4, 3])
    district.stage(left, "exited", date(2019, 3, 20))
    question = asked(district, date(2019, 3, 22))
    assert [one.facts.project_id for one in chained(question)] == [stays.pk]
    assert by_name(chain_of(question))["year"].level.target == YEAR
    assert figures(OPERATOR, question).whole.values["planned_investment"] == YEAR
