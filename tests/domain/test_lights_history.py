"""Lights in effect, runs of warnings, exemptions, and entries on schedule (docs/algorithms/lights.md)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.domain.errors import DomainError
from guatu.domain.indicators import EntryFacts, ListRules, tally
from guatu.domain.lights import (
    PRESETS,
    Evaluation,
    Exemption,
    Light,
    Lit,
    Standing,
    evaluate_all,
    in_effect,
    is_on_schedule,
    is_settled,
    read_rules,
    running,
)
from guatu.domain.workdays import CALENDAR_DAYS, EVERY_DAY, Closure, WorkCalendar, official_calendar
from tests.domain.worked import worked

CALENDAR = official_calendar()
SANYA = read_rules(PRESETS["sanya"])


def day(text):
    return date.fromisoformat(text)


def light(colour):
    known = None if colour in ("", "-") else colour
    return Light(known, "lit" if known else "unknown", Lit("x", known, "因为。"), "x", 1)


def evaluations(text):
    return [Evaluation(day(one.split(":")[0]), light(one.split(":")[1])) for one in text.split()]


@pytest.mark.parametrize("row", worked("lights", "in effect"), ids=lambda row: "-".join(row.values()))
def test_the_light_in_effect(row):
    found = in_effect(evaluations(row["evaluations"]), day(row["as of"]), CALENDAR)
    assert (found.colour or "") == row["in effect"]
    assert (found.since.isoformat() if found.since else "") == row["since"]
    assert (found.takes_effect.isoformat() if found.takes_effect else "") == row["pending until"]
    assert (found.pending is None) == (row["pending until"] == "")


@pytest.mark.parametrize("row", worked("lights", "running"), ids=lambda row: "-".join(row.values()))
def test_periods_running(row):
    found = running([None if colour == "-" else colour for colour in row["before"].split()])
    assert found == {"reds_before": int(row["reds_before"]), "warnings_before": int(row["warnings_before"])}


START = date(2024, 1, 1)
courses = st.lists(
    st.tuples(st.integers(0, 60), st.sampled_from(["red", "yellow", "green", "blue", "-"])), max_size=12
).map(lambda pairs: [Evaluation(START + timedelta(days=days), light(colour)) for days, colour in pairs])


@given(courses, st.integers(0, 70))
def test_no_red_is_in_effect_on_the_day_on_which_it_first_appears(course, days):
    as_of = START + timedelta(days=days)
    found = in_effect(course, as_of, CALENDAR)
    if found.colour == "red":
        assert any(one.on < as_of and one.light.colour == "red" for one in course)
    if found.pending is not None:
        assert found.pending.colour == "red"
        assert found.takes_effect > as_of
        assert CALENDAR.is_open(found.takes_effect)
        assert found.colour != "red"


@given(courses, st.integers(0, 70))
def test_later_evaluations_change_nothing_of_a_day(course, days):
    as_of = START + timedelta(days=days)
    known = [one for one in course if one.on <= as_of]
    assert in_effect(course, as_of, CALENDAR) == in_effect(known, as_of, CALENDAR)


@given(courses, st.integers(0, 70), st.integers(0, 12))
def test_last_evaluations_that_settle_it_say_what_the_whole_course_says(course, days, left):
    as_of = START + timedelta(days=days)
    by_day = sorted({one.on: one for one in course if one.on <= as_of}.values(), key=lambda one: one.on)
    last = by_day[left:]
    if is_settled(last, as_of, CALENDAR):
        whole, alone = in_effect(by_day, as_of, CALENDAR), in_effect(last, as_of, CALENDAR)
        assert replace(whole, since=None) == replace(alone, since=None)


@pytest.mark.parametrize(
    ("course", "settled"),
    [
        ("", False),
        ("2024-04-03:yellow", True),
        ("2024-04-03:-", True),
        ("2024-04-03:red", False),  # a Wednesday; 清明 until Saturday, Sunday 7 April is worked
        ("2024-04-02:red", True),
        ("2024-04-02:green 2024-04-03:red", True),
        ("2024-04-01:red 2024-04-02:- 2024-04-03:red", False),
        ("2024-04-01:red 2024-04-03:- 2024-04-03:red", True),
        ("2024-03-29:red 2024-04-02:- 2024-04-03:red", True),
        ("2024-04-02:yellow 2024-04-03:- 2024-04-04:red", True),
    ],
)
def test_when_the_last_evaluations_settle_it(course, settled):
    assert is_settled(evaluations(course), day("2024-04-04"), CALENDAR) is settled


@given(courses)
def test_on_a_calendar_of_all_days_a_red_waits_for_one_night(course):
    for one in course:
        found = in_effect([one], one.on + timedelta(days=1), CALENDAR_DAYS)
        assert found.colour == one.light.colour


def test_a_red_waits_as_long_as_the_calendar_is_closed_and_a_calendar_without_days_is_refused():
    closed = WorkCalendar(weekdays=EVERY_DAY, closures=(Closure(date(2024, 1, 2), date(2024, 1, 20)),))
    found = in_effect(evaluations("2024-01-01:red"), date(2024, 1, 20), closed)
    assert found.takes_effect == date(2024, 1, 21)
    with pytest.raises(DomainError) as refused:
        in_effect(evaluations("2024-01-01:red"), date(2024, 1, 2), WorkCalendar(weekdays=frozenset()))
    assert refused.value.code == "calendar.no_work_day"


def test_an_exempted_light_is_shown_with_its_mark_and_does_not_count():
    exemption = Exemption(date(2024, 3, 1), date(2024, 3, 31), "文物勘探", "项目办主任")
    course = evaluations("2024-02-01:red")
    inside = in_effect(course, date(2024, 3, 31), CALENDAR, [exemption])
    assert (inside.colour, inside.counted, inside.exemption) == ("red", None, exemption)
    after = in_effect(course, date(2024, 4, 1), CALENDAR, [exemption])
    assert (after.colour, after.counted, after.exemption) == ("red", "red", None)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ((date(2024, 3, 2), date(2024, 3, 1), "洪水", "主任"), "lights.exemption_reversed"),
        ((date(2024, 3, 1), date(2024, 3, 1), " ", "主任"), "lights.exemption_without"),
        ((date(2024, 3, 1), date(2024, 3, 1), "洪水", ""), "lights.exemption_without"),
    ],
)
def test_an_exemption_without_reason_or_approver_is_none(values, code):
    with pytest.raises(DomainError) as refused:
        Exemption(*values)
    assert refused.value.code == code


def months(*ratios):
    """Facts at the ends of the first months of 2024."""
    ends = [date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 30)]
    return [
        (end, {"investment_ratio": ratio, "planned_investment": 20_000_000, "completed": False})
        for end, ratio in zip(ends, ratios, strict=False)
    ]


def rules_of(found):
    return [one.light.reason.rule for one in found]


def test_the_second_yellow_running_is_said_and_a_green_month_ends_the_run():
    found = evaluate_all([SANYA], months(70, 100, 70, 80), CALENDAR)
    assert rules_of(found) == ["ratio_yellow", "unmet", "ratio_yellow", "second_yellow"]
    assert "此前已连续1次" in found[3].light.sentence


def test_an_exempted_and_an_unknown_month_neither_count_nor_end_the_run():
    exemption = Exemption(date(2024, 2, 1), date(2024, 2, 29), "极端天气", "项目办主任")
    found = evaluate_all([SANYA], months(100, 70, 70), CALENDAR, [exemption])
    assert rules_of(found) == ["unmet", "ratio_yellow", "ratio_yellow"]
    assert rules_of(evaluate_all([SANYA], months(70, None, 70), CALENDAR)) == [
        "ratio_yellow",
        "unknown",
        "second_yellow",
    ]


def test_a_red_that_was_corrected_before_it_took_effect_does_not_count():
    facts = {"planned_investment": 20_000_000, "completed": False}
    days = [
        (date(2024, 3, 29), {**facts, "investment_ratio": 10}),  # a Friday
        (date(2024, 4, 1), {**facts, "investment_ratio": 70}),  # corrected on the day it would have taken effect
        (date(2024, 4, 30), {**facts, "investment_ratio": 70}),
        (date(2024, 5, 31), {**facts, "investment_ratio": 70}),
    ]
    assert rules_of(evaluate_all([SANYA], days, CALENDAR))[2:] == ["ratio_yellow", "second_yellow"]
    stood = [days[0], (date(2024, 4, 2), days[1][1])]
    assert rules_of(evaluate_all([SANYA], stood, CALENDAR)) == ["ratio_red", "second_yellow"]


def test_a_past_day_is_judged_by_the_rules_of_that_day():
    strict = read_rules({**PRESETS["wuhan"], "code": "sanya", "version": 2, "valid_from": "2024-03-01"})
    found = evaluate_all([SANYA, strict], months(90, 90, 90), CALENDAR)
    assert [(one.light.version, one.light.colour) for one in found] == [(1, "yellow"), (1, "yellow"), (2, "green")]


ROWS = worked("lights", "on schedule")


def standing(row):
    overdue = int(row["nodes overdue"]) if row["nodes overdue"] else None
    return Standing(row["stage"], row["light"] or None, overdue)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(row.values()))
def test_entries_on_schedule(row):
    counted = int(row["entries"]) if is_on_schedule(standing(row)) else 0
    assert counted == int(row["on schedule"])


def test_205_of_240_are_on_schedule():
    answers = [is_on_schedule(standing(row)) for row in ROWS for _ in range(int(row["entries"]))]
    assert (len(answers), answers.count(None)) == (240, 4)
    [whole] = tally(
        [EntryFacts(n, 1, on_schedule=one) for n, one in enumerate(answers)], date(2021, 3, 31), ListRules()
    )
    assert (whole.values["on_schedule"], whole.values["on_schedule_rate"]) == (205, Decimal("85.42"))


def test_what_is_not_known_is_said_to_be_unknown():
    assert is_on_schedule(Standing("started", None, 0)) is None
    assert is_on_schedule(Standing("preliminary", None, 1)) is False
    assert is_on_schedule(Standing("preliminary", "red", None)) is False
