"""The chain of lists by a worked example: 2019 has 250 work days, 22, 17, 21 of them in the first quarter."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guatu.core import clock
from guatu.core.actor import OPERATOR
from guatu.domain.periods import Period
from guatu.figures.queries import Asked, chain_of, chained, chains_by, done_since, judged_on, levels_of, why_none
from guatu.figures.queries.chain import rhythm_of
from guatu.figures.queries.memo import forget
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
