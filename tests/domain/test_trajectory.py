from datetime import date, timedelta

import pytest

from guatu.domain.errors import DomainError
from guatu.domain.indicators import EntryFacts, ListRules
from guatu.domain.trajectory import CheckPoint, hold_against, trajectory
from tests.domain.worked import EMPTY, worked

ROWS = worked("trajectory", "trajectory")
POINTS = [CheckPoint(row["point"], date.fromisoformat(row["on"])) for row in ROWS]


def _plan():
    """Entries whose planned dates fall within the intervals of the page, day by day."""
    entries = [
        EntryFacts(number, 1, kind="continuing", started_on=date(2018, 6, 1), planned_resume=date(2019, 2, 20))
        for number in range(29)
    ]
    finishes = []
    for point, row in zip(POINTS, ROWS, strict=True):
        starts = range(int(row["new_starts"]))
        entries += [EntryFacts(100 + len(entries), 1, planned_start=point.on - timedelta(days=i % 3)) for i in starts]
        finishes += [point.on] * int(row["completions"])
    return [
        entry._replace(planned_finish=finishes[number], completes_this_year=True) if number < len(finishes) else entry
        for number, entry in enumerate(entries)
    ]


def test_trajectory_as_the_page_says():
    rows = trajectory(_plan(), POINTS, ListRules())
    shown = [
        {
            "new_starts": str(row.flows["new_starts"]),
            "completions": str(row.flows["completions"]),
            "started": str(row.values["started"]),
            "under_construction": str(row.values["under_construction"]),
        }
        for row in rows
    ]
    assert shown == [{key: row[key] for key in shown[0]} for row in ROWS]
    assert all(row.values["investment_to_date"] is None for row in rows)


def test_a_published_trajectory_is_held_against_the_plan():
    published = {
        row["point"]: {"under_construction": int(row["published"])} for row in ROWS if row["published"] != EMPTY
    }
    gaps = hold_against(trajectory(_plan(), POINTS, ListRules()), published)
    assert [(gap.point.name, str(gap.difference)) for gap in gaps] == [
        (row["point"], row["difference"]) for row in ROWS if row["difference"] != EMPTY
    ]
    [unknown] = hold_against(trajectory(_plan(), POINTS[:1], ListRules()), {"一季度末": {"kept_promises": 3}})
    assert (unknown.planned, unknown.difference) == (None, None)


def test_the_money_of_the_points_is_what_the_targets_reach():
    table = worked("trajectory", "money")
    entries = _plan()
    entries[0] = entries[0]._replace(planned_investment=11_500_000_000)
    money = {point.on: int(row["planned"]) for point, row in zip(POINTS, table, strict=True) if row["planned"] != EMPTY}
    rows = trajectory(entries, POINTS, ListRules(year=2019), money)
    shown = [
        {
            "planned": _shown(row.values["investment_to_date"]),
            "since the one before": _shown(row.flows.get("investment")),
            "rate": _shown(row.values["investment_rate"]),
        }
        for row in rows
    ]
    assert shown == [{key: row[key] for key in shown[0]} for row in table]
    assert rows[0].values["lead"] == rows[0].values["investment_rate"] - 25
    published = {
        row["point"]: {"investment_to_date": int(row["published"])} for row in table if row["published"] != EMPTY
    }
    gaps = hold_against(rows, published)
    assert [(gap.point.name, str(gap.difference)) for gap in gaps] == [
        (row["point"], row["difference"]) for row in table if row["difference"] != EMPTY
    ]
    [flow] = hold_against(rows, {"国庆前": {"investment": 2_800_000_000}})
    assert (flow.planned, flow.difference) == (2_900_000_000, -100_000_000)
    [none] = hold_against(rows, {"年底": {"investment": 5}})
    assert (none.planned, none.difference) == (None, None)


def _shown(value):
    return EMPTY if value is None else str(value)


def test_two_names_of_one_day_have_the_same_state():
    points = [CheckPoint("双过半", POINTS[2].on), CheckPoint("年中观摩", POINTS[2].on)]
    first, second = trajectory(_plan(), points, ListRules(), {POINTS[2].on: 7})
    assert first.values == second.values
    assert set(second.flows.values()) == {0}


def test_check_points_come_in_order():
    with pytest.raises(DomainError, match=r"trajectory\.order"):
        trajectory([], POINTS[::-1], ListRules())
