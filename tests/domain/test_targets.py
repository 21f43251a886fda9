"""Targets as docs/algorithms/targets.md works them out, and what is refused."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from guatu.domain.errors import DomainError
from guatu.domain.periods import Period
from guatu.domain.readings import Reading
from guatu.domain.targets import (
    Done,
    NodeCost,
    YearGrid,
    by_month,
    by_nodes,
    even,
    levels,
    lists_of,
    moves,
    respread,
    s_curve,
    shown_pace,
    spread,
    verdict,
)
from guatu.domain.workdays import CALENDAR_DAYS, Closure, WorkCalendar
from tests.domain.targets_worked import done_of, grid_of, pairs, plan_of
from tests.domain.worked import EMPTY, worked

P = Period.parse
GRID = grid_of(2019)
SCENARIOS = {row["scenario"]: row | {"year": "2019", "profile": "even"} for row in worked("targets", "scenarios")}


def _ids(rows):
    return [" ".join(list(row.values())[:5]) for row in rows]


def _shown(value):
    return EMPTY if value is None else str(value)


def _chain(row):
    plan, as_of = plan_of(row), date.fromisoformat(row["as_of"])
    done = done_of(row["done"], GRID, None if row["done"] == EMPTY else as_of)
    capacity = None if row["capacity"] == EMPTY else int(row["capacity"])
    return plan, done, as_of, levels(plan, done, as_of, capacity)


@pytest.mark.parametrize("row", worked("targets", "s_curve"), ids=lambda row: row["work days"])
def test_the_s_curves_weights_are_the_pages(row):
    days = int(row["work days"])
    first = [i for i in range(1, 15) if GRID.open[i]][:days]
    shape = s_curve(GRID, GRID.day(first[0]), GRID.day(first[-1]))
    assert [weight for weight in shape.days if weight] == [int(word) for word in row["weights"].split()]
    assert sum(shape.days) == days**3


@pytest.mark.parametrize("row", worked("targets", "spread"), ids=_ids(worked("targets", "spread")))
def test_a_year_is_spread_as_the_page_says(row):
    plan = plan_of(row)
    assert " ".join(map(str, plan.quarters)) == row["quarters"]
    assert " ".join(map(str, plan.months)) == row["months"]
    found = lists_of(plan.grid, plan.days())
    assert (found.quarters, found.months) == (plan.quarters, plan.months)
    assert sum(amount for _, amount in found.weeks) == sum(found.days) == found.total


@pytest.mark.parametrize("row", worked("targets", "shown_pace"), ids=_ids(worked("targets", "shown_pace")))
def test_rates_are_shown_as_the_page_says(row):
    closed = {int(month): amount for month, amount in pairs(row["closed"])}
    known = None if row["known"] == EMPTY else date.fromisoformat(row["known"])
    done = done_of(row["done"], GRID, known).outside(GRID, closed)
    pace = shown_pace(GRID, done, closed, date.fromisoformat(row["as_of"]))
    assert (_shown(pace.recent), _shown(pace.capacity)) == (row["recent"], row["capacity"])


@pytest.mark.parametrize("name", SCENARIOS)
def test_levels_are_judged_as_the_page_says(name):
    *_, chain = _chain(SCENARIOS[name])
    shown = [
        {
            "scenario": name,
            "level": one.level,
            "target": str(one.target),
            "done": str(one.done),
            "remaining": str(one.remaining),
            "left": str(one.work_days_left),
            "required": _shown(one.required_daily),
            "recent": _shown(one.recent_daily),
            "capacity": _shown(one.capacity_daily),
            "state": one.state,
        }
        for one in chain
    ]
    assert shown == [row for row in worked("targets", "levels") if row["scenario"] == name]


@pytest.mark.parametrize("row", worked("targets", "respread"), ids=_ids(worked("targets", "respread")))
def test_a_shortfall_is_placed_and_told_as_the_page_says(row):
    plan, done, as_of, chain = _chain(SCENARIOS[row["scenario"]])
    after = respread(plan, done, as_of, chain)
    told = verdict(chain)
    next_days = after.days[GRID.at(as_of) + 1 : GRID.at(as_of) + 8]
    assert " ".join(f"{level}:{amount}" for level, amount in after.placed.items()) == row["placed"].replace(EMPTY, "")
    assert (str(after.unplaced), str(after.beyond)) == (row["unplaced"], row["beyond"])
    assert " ".join(map(str, next_days)) == row["next days"].replace(EMPTY, "")
    assert " ".join(map(str, lists_of(GRID, after.days).months)) == row["months"]
    assert told.code == row["verdict"]
    assert _shown(told.lost_first and told.lost_first.level) == row["lost first"]
    assert _shown(told.saved and told.saved.level) == row["saved"]
    assert _shown(told.required_daily) == row["at a day"]


def test_the_chain_and_its_scenarios_are_all_told():
    for table in ("levels", "respread"):
        assert {row["scenario"] for row in worked("targets", table)} == set(SCENARIOS)


# -- profiles ----------------------------------------------------------------------------------------------------------
def test_nodes_carry_their_cost_over_their_own_days():
    nodes = [NodeCost(1000, date(2019, 3, 4), date(2019, 3, 8)), NodeCost(500, date(2019, 3, 7), date(2019, 3, 11))]
    plan = spread(GRID, 1500, by_nodes(GRID, nodes))
    days = {GRID.day(i).day: amount for i, amount in enumerate(plan.days()) if amount}
    assert days == {4: 200, 5: 200, 6: 200, 7: 367, 8: 367, 11: 166}


def test_of_a_node_that_crosses_the_year_only_the_years_part_counts():
    crossing = NodeCost(10_000, date(2018, 12, 24), date(2019, 1, 4))  # five weekdays, 31 December, three work days
    inside = NodeCost(10_000, date(2019, 6, 3), date(2019, 6, 5))
    shape = by_nodes(GRID, [crossing, inside, NodeCost(7, date(2021, 1, 1), date(2021, 2, 1))])
    assert shape.months[0] == 10_000 * 3 // 9
    assert sum(shape.months) == shape.months[0] + 10_000
    later = by_nodes(GRID, [NodeCost(900, date(2019, 12, 26), date(2020, 1, 7))])
    assert sum(later.days) == 900 * 4 // 9  # 26, 27, 30, 31 December; five weekdays in January


def test_a_node_on_days_off_keeps_them_and_one_off_the_year_is_refused():
    festival = NodeCost(30, date(2019, 2, 5), date(2019, 2, 7))
    assert [by_nodes(GRID, [festival]).days[GRID.at(date(2019, 2, day))] for day in (4, 5, 6, 7, 8)] == [
        0,
        10,
        10,
        10,
        0,
    ]
    with pytest.raises(DomainError, match=r"targets\.nodes_outside"):
        by_nodes(GRID, [NodeCost(30, date(2018, 2, 5), date(2018, 2, 7))])
    with pytest.raises(DomainError, match=r"targets\.node_reversed"):
        by_nodes(GRID, [NodeCost(30, date(2019, 2, 7), date(2019, 2, 5), "桩基")])
    with pytest.raises(DomainError, match=r"targets\.node_negative"):
        by_nodes(GRID, [NodeCost(-1, date(2019, 2, 5), date(2019, 2, 5), "桩基")])


def test_a_project_with_dates_in_the_year_gets_its_target_between_them():
    for make in (even, s_curve):
        plan = spread(GRID, 10**6, make(GRID, date(2019, 5, 20), date(2019, 10, 20)))
        assert plan.months[:4] == (0, 0, 0, 0)
        assert plan.months[10:] == (0, 0)
        assert sum(plan.months) == 10**6
        assert make(GRID, date(2020, 2, 1), None).days == make(GRID).days  # dates that leave the year no work day


def test_weights_may_have_decimals_and_skip_a_month_without_work_days():
    shut = grid_of(2019, (Closure(date(2019, 2, 1), date(2019, 2, 28)),))
    plan = spread(shut, 1000, by_month(shut, [Decimal("0.25"), 5, Decimal("0.75"), *[0] * 9]))
    assert plan.months[:3] == (250, 0, 750)


def test_a_leap_day_is_a_day_like_any_other():
    plan = spread(grid_of(2024), 251_000)
    assert len(plan.days()) == 366
    assert sum(plan.days_of(2)) == plan.months[1]
    saturday = grid_of(2020).at(date(2020, 2, 29))
    assert plan_of({"year": "2020", "profile": "even", "target": "249000"}).on(saturday) == 0
    every = YearGrid.of(2020, CALENDAR_DAYS)
    assert spread(every, 366).on(saturday) == 1


def test_a_year_outside_the_official_table_counts_weekends_and_says_so():
    assert (grid_of(2019).official, grid_of(2035).official, grid_of(1990).official) == (True, False, False)
    assert sum(grid_of(2035).open) == sum((date(2035, 1, 1) + timedelta(i)).weekday() < 5 for i in range(365))
    assert YearGrid.of(2035, CALENDAR_DAYS).official
    with pytest.raises(DomainError, match=r"targets\.year_absurd"):
        YearGrid.of(1800, CALENDAR_DAYS)


# -- years without a day -----------------------------------------------------------------------------------------------
def test_a_year_without_a_work_day_places_nothing_and_is_lost():
    shut = YearGrid.of(2019, WorkCalendar(weekdays=frozenset()))
    plan = spread(shut, 100)
    assert (plan.months, plan.unplaced, plan.days()) == ((0,) * 12, 100, [0] * 365)
    chain = levels(plan, Done.of(shut, []), date(2019, 5, 6))
    assert [one.state for one in chain] == ["holds", "holds", "holds", "holds", "lost"]
    assert respread(plan, Done.of(shut, []), date(2019, 5, 6), chain).unplaced == 100
    assert spread(shut, 0).unplaced == 0


def test_every_month_closed_leaves_the_rest_unplaced_whatever_the_profile():
    closed = dict.fromkeys(range(1, 13), 5)
    for shape in (even(GRID), s_curve(GRID), by_month(GRID, range(12))):
        plan = spread(GRID, 100, shape, closed=closed)
        assert (plan.months, plan.unplaced, plan.over) == ((5,) * 12, 40, 0)
        assert sum(plan.days()) == 60
    assert spread(GRID, 50, closed=closed).over == 10


def test_a_closed_month_without_a_work_day_stands_on_its_days():
    shut = grid_of(2019, (Closure(date(2019, 2, 1), date(2019, 2, 28)),))
    plan = spread(shut, 1000, closed={2: 56})
    assert plan.days_of(2) == (2,) * 28


# -- by hand -----------------------------------------------------------------------------------------------------------
def test_a_week_by_hand_moves_the_rest_of_its_months_only():
    plain = spread(GRID, 250_000)
    plan = spread(GRID, 250_000, hand={P("2019-W14"): 8_000})  # 1 to 7 April, four work days
    assert plan.months == plain.months
    april = GRID.month(4)
    assert plan.sum(range(april.start, april.start + 7)) == 8_000
    assert plan.sum(range(april.start + 7, april.stop)) == 22_000 - 8_000


def test_a_week_across_two_months_by_hand_stands_in_both():
    plan = spread(GRID, 250_000, hand={P("2019-W22"): 10_000})  # 27 May to 2 June
    week = GRID.inside(date(2019, 5, 27), date(2019, 6, 2))
    assert plan.sum(week) == 10_000
    assert plan.months[4:6] == (21_000, 19_000)
    across = spread(GRID, 250_000, hand={P("2019-W18"): 3_000})  # 29 April to 5 May: two work days and Sunday's
    assert across.sum(GRID.inside(date(2019, 4, 29), date(2019, 5, 5))) == 3_000
    assert across.months == spread(GRID, 250_000).months


def test_a_day_by_hand_may_be_a_day_off_and_counts_within_its_week():
    hand = {P("2019-03-16"): 700, P("2019-W11"): 2_700}
    plan = spread(GRID, 250_000, hand=hand)
    assert plan.on(GRID.at(date(2019, 3, 16))) == 700
    assert [plan.on(GRID.at(date(2019, 3, day))) for day in range(11, 16)] == [400] * 5
    assert plan.months[2] == 21_000


def test_a_month_whose_days_are_all_given_is_their_sum():
    weeks = {P(f"2019-W{number:02}"): 4_000 for number in (5, 7, 8, 9)}  # 28 January to 3 March, the festival's apart
    plan = spread(GRID, 250_000, hand=weeks)
    assert plan.months[1] != 17_000
    assert plan.months[1] == plan.sum(GRID.month(2)) == sum(plan.days_of(2))
    assert sum(plan.months[:3]) == 60_000


@pytest.mark.parametrize(
    ("hand", "code", "period"),
    [
        ({"2019-Q1": 1201}, "hand_over", "2019"),
        ({"2019-Q1": 300, "2019-02": 301}, "hand_over", "2019-Q1"),
        ({"2019-03": 900}, "hand_over", "2019-Q1"),
        ({"2019-Q1": 300, "2019-Q2": 300, "2019-Q3": 300, "2019-Q4": 299}, "hand_differs", "2019"),
        ({"2019-Q1": 300, "2019-01": 100, "2019-02": 100, "2019-03": 99}, "hand_differs", "2019-Q1"),
        ({"2019-W12": 900}, "hand_over", "2019-03"),
        ({"2019-03-20": 40, "2019-W12": 30}, "hand_over", "2019-W12"),
        ({"2019-W06": 5, "2019-Q1": 1}, "hand_no_work_day", "2019-02-06"),
        ({"2018-12": 5}, "hand_outside", "2018-12"),
        ({"2019-02": -5}, "hand_negative", "2019-02"),
        ({"2019-H1": 5}, "hand_kind", "2019-H1"),
        ({"2019": 5}, "hand_kind", "2019"),
    ],
)
def test_amounts_by_hand_that_cannot_stand_are_refused_with_their_period(hand, code, period):
    shut = grid_of(2019, (Closure(date(2019, 2, 4), date(2019, 2, 10)),))
    with pytest.raises(DomainError, match=rf"targets\.{code}") as refused:
        spread(shut, 1200, hand={P(one): amount for one, amount in hand.items()})
    assert refused.value.params["period"] == {"2019-02-06": "2019-W06"}.get(period, period)


def test_amounts_that_fitted_once_give_way_when_asked_to():
    hand = {P("2019-Q1"): 900, P("2019-Q2"): 600, P("2019-02"): 300}
    plan = spread(GRID, 1_000, hand=hand, lenient=True)
    assert plan.misfit is not None
    assert (plan.misfit.code, plan.misfit.params["period"]) == ("targets.hand_over", "2019")
    assert (plan.quarters, plan.months[1]) == ((600, 400, 0, 0), 300)
    assert sum(plan.days()) == 1_000
    week = spread(GRID, 1_000, hand={P("2019-W12"): 900, P("2019-03-20"): 950}, lenient=True)
    assert week.misfit is not None
    assert week.misfit.params["period"] == "2019-W12"
    assert sum(week.days()) == 1_000
    assert week.on(GRID.at(date(2019, 3, 20))) == week.months[2] == 84  # all that the month has
    fits = spread(GRID, 10_000, hand=hand, lenient=True)
    assert (fits.misfit, fits.quarters[:2]) == (None, (900, 600))


def test_by_hand_on_a_year_without_a_work_day_is_refused():
    shut = YearGrid.of(2019, WorkCalendar(weekdays=frozenset()))
    with pytest.raises(DomainError, match=r"targets\.hand_no_work_day"):
        spread(shut, 100, hand={P("2019-03-16"): 5})


def test_what_is_nonsense_is_refused():
    for arguments, code in [
        ((-1,), "target_negative"),
        ((5, None, None, {13: 5}), "no_such_month"),
        ((5, None, None, {0: 5}), "no_such_month"),
    ]:
        with pytest.raises(DomainError, match=rf"targets\.{code}"):
            spread(GRID, *arguments)
    for weights, code in [
        ([0] * 12, "weights_zero"),
        ([1] * 11, "weights_count"),
        ([1] * 11 + [-1], "weight_negative"),
    ]:
        with pytest.raises(DomainError, match=rf"targets\.{code}"):
            by_month(GRID, weights)
    with pytest.raises(DomainError, match=r"targets\.done_outside"):
        Done.of(GRID, [(date(2020, 1, 1), 5)])
    plan = spread(GRID, 5)
    for day in (date(2018, 12, 31), date(2020, 1, 1)):
        with pytest.raises(DomainError, match=r"targets\.as_of_outside"):
            levels(plan, Done.of(GRID, []), day)


def test_readings_of_several_years_give_the_years_amounts():
    readings = [
        Reading(date(2018, 11, 30), 700),
        Reading(date(2019, 2, 28), 1_500),
        Reading(date(2019, 1, 31), 1_000),
        Reading(date(2019, 2, 28), 1_400),  # corrected on the same day
        Reading(date(2020, 1, 31), 9_999),
    ]
    done = Done.of_readings(GRID, readings)
    assert [done.sum(*(GRID.starts[m - 1], GRID.starts[m])) for m in (1, 2, 3)] == [300, 400, 0]
    assert GRID.day(done.read_to) == date(2019, 2, 28)
    assert Done.of_readings(GRID, readings[1:], 1_200).sum(0, 365) == 200
    pace = shown_pace(GRID, Done.of_readings(GRID, readings[2:3], 1_000 - 44_000), {}, date(2019, 3, 1))
    assert pace.recent == 2_000  # 22 work days since the year began
    assert Done.of_readings(GRID, readings[:1]).read_to == -1


# -- re-spreading ------------------------------------------------------------------------------------------------------
def test_a_week_across_a_months_end_is_made_good_inside_the_month():
    plan = spread(GRID, 250_000)
    done = done_of("01-02…05-24:1000 05-27:0", GRID, date(2019, 5, 29))
    chain = levels(plan, done, date(2019, 5, 29), 9_999)  # a Wednesday: 30 and 31 May, then June
    after = respread(plan, done, date(2019, 5, 29), chain)
    may, june = lists_of(GRID, after.days).months[4:6]
    assert (may, june) == (21_000, 19_000)
    assert after.placed == {"week": 3_000}


def test_a_level_that_cannot_be_met_hands_its_shortfall_on():
    plan = spread(GRID, 250_000)
    done = done_of("01-02…03-26:100", GRID, date(2019, 3, 26))
    as_of = date(2019, 3, 26)  # three work days of the month and the quarter are left
    by_capacity = {}
    for capacity in (1_100, 1_500, 50_000):
        chain = levels(plan, done, as_of, capacity)
        by_capacity[capacity] = (verdict(chain).lost, respread(plan, done, as_of, chain).placed)
    assert by_capacity[1_100] == (("day", "week", "month", "quarter", "year"), {"year": 51_300})
    assert by_capacity[1_500] == (("day", "week", "month", "quarter"), {"year": 51_300})
    assert by_capacity[50_000] == (("day",), {"week": 1_800, "month": 14_400, "quarter": 35_100})


def test_two_spreads_beside_each_other_add_up_in_every_level():
    before, after = spread(GRID, 250_000), spread(GRID, 240_000, hand={P("2019-03"): 50_000})
    found = moves(before, after)
    assert [one.after for one in found.months] == list(after.months)
    assert found.months[2].moved == 50_000 - before.months[2]
    for place, quarter in enumerate(found.quarters):
        assert quarter.moved == sum(one.moved for one in found.months[3 * place : 3 * place + 3])
    assert (found.year.before, found.year.after, found.year.moved) == (250_000, 240_000, -10_000)


@pytest.mark.parametrize("row", worked("targets", "moves"))
def test_what_a_change_moves(row):
    def spread_of(name):
        told = row[f"by hand {name}"].partition(":")
        hand = {P(told[0]): int(told[2])} if told[2] else None
        return spread(GRID, int(row[name]), hand=hand)

    found = moves(spread_of("before"), spread_of("after"))
    assert found.year.moved == int(row["year moved"])
    assert [quarter.moved for quarter in found.quarters] == [int(text) for text in row["quarters moved"].split()]
