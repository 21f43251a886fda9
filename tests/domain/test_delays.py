"""Delays passed on over links: the worked examples, and what holds for any plan."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.domain.schedule.axis import axis_of
from guatu.domain.schedule.delays import FINISH, START, Known, Tie, passed_on
from guatu.domain.workdays import official_calendar
from guatu.plans.queries.chart import known_of
from guatu.plans.queries.lines import NodeDays
from tests.domain.worked import worked

A = ("2026-03-02", "2026-03-20")
TODAY = date(2026, 3, 26)
AXIS = axis_of(official_calendar())


def day(text):
    return None if text in ("…", "") else date.fromisoformat(text)


def node(planned, told, today, axis=None):
    """A node as the tables write it: ACTUAL→ACTUAL expected FORECAST, the finish or START→FINISH."""
    real, _word, forecast = told.partition(" expected ") if "expected" in told else (told, "", "")
    start, _arrow, finish = real.strip().partition("→")
    begins, arrow, ends = forecast.partition("→")
    if not arrow:
        begins, ends = "", forecast
    days = NodeDays(
        planned_start=day(planned[0]),
        planned_finish=day(planned[1]),
        actual_start=day(start.replace("… ", "").strip()),
        actual_finish=day(finish.strip()),
        forecast_start=day(begins),
        forecast_finish=day(ends),
    )
    return known_of(days, today, axis)


@pytest.mark.parametrize("row", worked("delays", "passed on"), ids=lambda row: "|".join(row.values())[:60])
def test_one_link(row):
    axis = AXIS if row["lag"].endswith("w") else None
    nodes = [node(A, row["A is"], TODAY), node(row["B planned"].split("→"), row["B is"], TODAY, axis)]
    found = passed_on(nodes, [Tie(0, 1, row["link"], int(row["lag"].rstrip("w")))])[1]
    assert date.fromordinal(found.start) == day(row["B starts"])
    assert date.fromordinal(found.finish) == day(row["B finishes"])


@pytest.mark.parametrize("row", worked("delays", "chains"), ids=lambda row: f"{row['X to A']}|{row['A to B']}")
def test_chains(row):
    today = date(2026, 3, 16)
    nodes = [
        node(A, "2026-03-02→… expected 2026-04-09", today),
        node(("2026-03-21", "2026-04-19"), "…", today),
        node(("2026-03-26", "2026-05-24"), "…", today),
    ]
    ties = []
    for place, column in enumerate(("X to A", "A to B")):
        kind, lag = re.fullmatch(r"(..)([+-]\d+)?", row[column]).groups()
        ties.append(Tie(place, place + 1, kind, int(lag or 0)))
    for listed in (ties, ties[::-1]):
        _x, a, b = passed_on(nodes, listed)
        assert date.fromordinal(a.finish) == day(row["A finishes"])
        assert (date.fromordinal(b.start), date.fromordinal(b.finish)) == (day(row["B starts"]), day(row["B finishes"]))


def test_what_pushes_last_is_named_and_a_circle_ends():
    nodes = [Known(0, 9, 0, 19, begun=True), Known(10, 19, 10, 19), Known(20, 29, 20, 29)]
    found = passed_on(nodes, [Tie(0, 1), Tie(1, 2)])
    assert [one.driver for one in found] == [None, 0, 1]
    circle = passed_on(nodes, [Tie(0, 1), Tie(1, 2, "FS", 5), Tie(2, 1, "SS", 30)])
    assert len(circle) == 3


def made(start, length, late, begun, waits, done):
    own = start if begun else start + waits
    finish = max(start + length + late, own + length)
    return Known(start, start + length, own, finish, begun=begun, done=begun and done)


PLACES = st.tuples(st.integers(0, 7), st.integers(0, 7)).map(sorted)
NODES = st.builds(
    made,
    st.integers(0, 60),
    st.integers(0, 30),
    st.sampled_from((0, 0, 3, 20)),
    st.booleans(),
    st.sampled_from((0, 7)),
    st.booleans(),
)
TIES = st.builds(
    lambda pair, kind, lag: Tie(*pair, kind, lag),
    PLACES.filter(lambda pair: pair[0] < pair[1]),
    st.sampled_from(("FS", "SS", "FF", "SF")),
    st.integers(-10, 20),
)
PLANS = st.tuples(st.lists(NODES, min_size=8, max_size=8), st.lists(TIES, max_size=12))


@given(PLANS)
def test_nothing_is_earlier_every_link_holds_and_the_order_of_links_says_nothing(plan):
    nodes, ties = plan
    found = passed_on(nodes, ties)
    days = {FINISH: [one.finish for one in found], START: [one.start for one in found]}
    for node_, one in zip(nodes, found, strict=True):
        assert one.start >= node_.start
        assert one.finish >= node_.finish
        if node_.done:
            assert (one.start, one.finish) == (node_.start, node_.finish)
        if one.driver is None:
            assert one.finish == node_.finish
    for tie in ties:
        after, before = nodes[tie.after], nodes[tie.before]
        leaving, entering = {"F": FINISH, "S": START}[tie.type[0]], {"F": FINISH, "S": START}[tie.type[1]]
        if after.done or (after.begun and entering == START):
            continue
        meant = (after.planned_start if entering == START else after.planned_finish) - (
            before.planned_start if leaving == START else before.planned_finish
        )
        distance = days[entering][tie.after] - days[leaving][tie.before]
        assert distance >= min(meant, tie.lag + (tie.type == "FS"))
    turned = passed_on(nodes, ties[::-1])
    assert [(one.start, one.finish) for one in turned] == [(one.start, one.finish) for one in found]


@given(PLANS, st.integers(1, 40))
def test_a_plan_that_is_in_time_stays_and_a_greater_delay_is_never_better(plan, more):
    nodes, ties = plan
    still = [replace(one, start=one.planned_start, finish=one.planned_finish) for one in nodes]
    assert [one.finish for one in passed_on(still, ties)] == [one.planned_finish for one in nodes]
    later = [replace(nodes[0], finish=nodes[0].finish + more), *nodes[1:]]
    assert all(b.finish >= a.finish for a, b in zip(passed_on(nodes, ties), passed_on(later, ties), strict=True))
