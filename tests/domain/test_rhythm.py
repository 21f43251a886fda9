"""Rhythms of reports: the worked tables, what a rule may not ask, and what holds of every rule."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.domain.errors import DomainError
from guatu.domain.periods import Period
from guatu.domain.rhythm import RHYTHMS, Member, current, expected, ordinal, read_rhythm, reminders, window
from guatu.domain.workdays import official_calendar
from tests.domain.worked import worked

CALENDAR = official_calendar()
DUE = {"days": 1, "at": "17:00"}


def rule(kind: str = "week", **more):
    return read_rhythm(kind, {"fields": ["money"], "due": DUE} | more)


@pytest.mark.parametrize("row", worked("rhythm", "Due"), ids=lambda row: row["period"] + row["due"])
def test_due_days(row):
    due = {"days": int(row["days"]), "at": "17:00", "counts": row["counts"], "on_days_off": row["on days off"] == "yes"}
    closes = {"closes": int(row["closes"])} if row["closes"] else {}
    one = expected(rule(row["kind"], due=due, **closes), Period.parse(row["period"]), CALENDAR)
    assert (one.on.isoformat(), one.due.isoformat(), one.at) == (row["figures of"], row["due"], time(17))


@pytest.mark.parametrize("row", worked("rhythm", "Current"), ids=lambda row: row["day"])
def test_the_period_that_is_being_reported(row):
    found = current(rule(closes=int(row["closes"])), date.fromisoformat(row["day"]), CALENDAR)
    assert found.period.code == row["period"]


@pytest.mark.parametrize("row", worked("rhythm", "Late"), ids=lambda row: row["handed in"])
def test_work_days_late(row):
    one = expected(rule(closes=4), Period.parse("2026-W12"), CALENDAR)
    assert one.late(date.fromisoformat(row["handed in"]), CALENDAR) == int(row["late"])


@pytest.mark.parametrize(
    ("kind", "data", "code"),
    [
        ("week", {"fields": ["money", "words", "problem", "nodes"], "due": DUE}, "rhythm.too_many_fields"),
        ("week", {"fields": ["money", "photos"], "due": DUE}, "rhythm.asked_by_month"),
        ("day", {"fields": ["percent"], "due": DUE}, "rhythm.asked_by_month"),
        ("hour", {"fields": ["money"], "due": DUE}, "rhythm.kind_unknown"),
        ("day", {"sheet": ["a", "b", "c", "d"], "due": DUE}, "rhythm.too_many_anew"),
        ("day", {"sheet": ["a"], "due": DUE, "late": 11}, "rhythm.field_wrong"),
        ("week", {"fields": [], "due": DUE}, "rhythm.field_wrong"),
        ("week", {"due": DUE}, "rhythm.field_missing"),
        ("week", {"fields": ["money"]}, "rhythm.field_missing"),
        ("week", {"fields": ["money"], "due": DUE, "clsoes": 4}, "rhythm.field_unknown"),
        ("week", {"fields": ["money"], "due": DUE, "closes": 8}, "rhythm.field_wrong"),
        ("day", {"fields": ["money"], "due": DUE, "closes": 1}, "rhythm.field_wrong"),
        ("week", {"fields": ["money"], "due": {"days": 1, "at": "25:00"}}, "rhythm.field_wrong"),
        ("week", {"fields": ["money"], "due": {"days": -1, "at": "17:00"}}, "rhythm.field_wrong"),
        ("week", {"fields": ["money"], "due": {"days": 1, "at": "17:00", "on_days_off": 1}}, "rhythm.field_wrong"),
        ("week", {"fields": ["money"], "due": DUE, "asks": {"levels": ["moon"]}}, "rhythm.field_wrong"),
        ("week", {"fields": ["money"], "due": DUE, "asks": {"projects": [7]}}, "rhythm.field_wrong"),
        ("week", {"fields": ["money"], "due": DUE, "lighter": {"lights": ["red"], "every": 2}}, "rhythm.field_wrong"),
        ("week", {"fields": ["money"], "due": DUE, "lighter": {"every": 9}}, "rhythm.field_wrong"),
        ("week", {"fields": ["money"], "due": DUE, "remind": ["1"]}, "rhythm.field_wrong"),
        ("week", [], "rhythm.field_wrong"),
    ],
)
def test_what_a_rule_may_not_say(kind, data, code):
    with pytest.raises(DomainError) as refused:
        read_rhythm(kind, data)
    assert refused.value.code == code


def test_a_monthly_form_may_ask_for_all():
    fields = ["money", "words", "problem", "mix", "percent", "nodes", "next_plan", "photos"]
    assert read_rhythm("month", {"fields": fields, "due": DUE}).fields == tuple(fields)


W12 = Period.parse("2026-W12")


def test_whom_a_rule_asks():
    asks = {"levels": ["province", "city"], "kinds": ["new_start", "continuing"]}
    of_cities = rule(asks=asks)
    assert of_cities.wants(Member("city", "continuing", "started"), W12)
    assert not of_cities.wants(Member("district", "continuing", "started"), W12)
    assert not of_cities.wants(Member("city", "preliminary", "preliminary"), W12)
    named = rule(asks={"projects": ["a"]})
    assert named.wants(Member("district", "continuing", "started", project="a"), W12)
    assert not named.wants(Member("district", "continuing", "started", project="b"), W12)


@pytest.mark.parametrize("stage", ["suspended", "completed", "full_output", "exited"])
def test_what_rests_or_is_over_is_never_asked(stage):
    assert not rule().wants(Member("city", "continuing", stage), W12)


def test_a_green_project_reports_each_second_week_and_a_red_one_each():
    light = rule(lighter={"lights": ["green"], "every": 2})
    weeks = [W12, W12.next(), W12.next().next(), W12.next().next().next()]
    green = [light.wants(Member("city", "continuing", "started", "green"), week) for week in weeks]
    assert sorted(green[:2]) == [False, True]
    assert green[:2] == green[2:]
    for colour in ("red", "yellow", None):
        assert all(light.wants(Member("city", "continuing", "started", colour), week) for week in weeks)


def test_reminders_never_go_before_the_day_of_the_figures():
    often = rule(closes=4, remind=[0, 1, 5])
    one = expected(often, W12, CALENDAR)
    assert reminders(often, one, CALENDAR) == [date(2026, 3, 19), date(2026, 3, 20)]


days = st.dates(date(2019, 1, 1), date(2030, 12, 31))


@st.composite
def rules(draw):
    kind = draw(st.sampled_from(RHYTHMS))
    due = {"days": draw(st.integers(0, 8)), "at": "17:00", "counts": draw(st.sampled_from(["workday", "calendar"]))}
    most = {"week": (1, 7), "month": (0, 31), "quarter": (0, 31)}.get(kind)
    closes = {"closes": draw(st.integers(*most))} if most and draw(st.booleans()) else {}
    return rule(kind, due=due, **closes)


@given(rules(), days)
def test_figures_come_first_then_the_report_is_due_on_a_work_day(one, day):
    found = expected(one, Period.containing(one.kind, day), CALENDAR)
    assert found.on in found.period
    assert found.due >= found.on
    assert CALENDAR.is_open(found.due)
    assert found.late(found.due, CALENDAR) == 0
    assert found.late(found.due + timedelta(days=1), CALENDAR) == 1


@given(rules(), days)
def test_each_day_has_one_period_that_is_reported(one, day):
    found = current(one, day, CALENDAR)
    assert found.on <= day < one.on(found.period.next())


@given(rules(), days, st.integers(0, 120))
def test_a_window_is_its_parts(one, first, length):
    last = first + timedelta(days=length)
    middle = first + timedelta(days=length // 2)
    halves = window(one, first, middle, CALENDAR) + window(one, middle + timedelta(days=1), last, CALENDAR)
    assert window(one, first, last, CALENDAR) == halves


@given(st.sampled_from(RHYTHMS), days)
def test_numbers_of_periods_grow_by_one(kind, day):
    period = Period.containing(kind, day)
    assert ordinal(period.next()) == ordinal(period) + 1
