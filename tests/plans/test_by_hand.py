"""Both commands against examples computed by hand from a printed calendar: what a date, a lag and a float mean.

2019: Thursday 26, Friday 27 September; Saturday 28 off, Sunday 29 and Monday 30 worked; 1 to 7 October off;
8 to 12 October worked (Saturday the 12th as well), Sunday 13 off.
"""

import io
import json
import sys
from typing import Any

import pytest

from guatu.config import main


@pytest.fixture
def answer(monkeypatch, capsys):
    """`answer(words, said)`: the command's object."""

    def ask(words: str, said: dict[str, Any]) -> dict[str, Any]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(said).encode())))
        assert main.main([*words.split(), "-", "--json"]) == 0
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    return ask


def plan(nodes: list[dict[str, Any]], links: list[dict[str, Any]] | None = None, deadline: str = "2019-10-12", **more):
    return {"deadline": deadline, "today": "2019-09-27", "nodes": nodes, "links": links or [], **more}


def dates(found: dict[str, Any]) -> dict[str, tuple[str, str, str, str, int]]:
    keys = ("earliest_start", "earliest_finish", "latest_start", "latest_finish")
    return {row["id"]: (*(row[key][5:] for key in keys), row["float"]) for row in found["nodes"]}


def test_dates_are_inclusive_and_a_link_without_lag_starts_the_next_day_of_its_own_calendar(answer):
    nodes = [
        {"id": "work", "duration": 1},
        {"id": "next", "duration": 1},
        {"id": "cure", "duration": 3, "unit": "calendar"},
        {"id": "mark", "duration": 0},
    ]
    links = [{"from": "work", "to": "next"}, {"from": "work", "to": "cure"}, {"from": "cure", "to": "mark"}]
    found = dates(answer("schedule back-plan", plan(nodes, links)))
    # from Friday the 27th; the deadline's last work day is Saturday 12 October
    assert found["next"] == ("09-29", "09-29", "10-12", "10-12", 6)  # 29, 30, 8, 9, 10, 11, 12
    assert found["cure"] == ("09-28", "09-30", "10-09", "10-11", 11)  # every day counts: 28 September … 9 October
    assert found["mark"] == ("10-08", "10-08", "10-12", "10-12", 4)  # the first open day after 30 September, one date
    assert found["work"] == ("09-27", "09-27", "10-08", "10-08", 3)  # the latest that leaves cure its 9 October


def test_lags_count_days_of_the_successor(answer):
    nodes = [{"id": "a", "duration": 1}, {"id": "w", "duration": 1}, {"id": "c", "duration": 1, "unit": "calendar"}]
    links = [{"from": "a", "to": "w", "lag": 2}, {"from": "a", "to": "c", "lag": 2}]
    found = dates(answer("schedule back-plan", plan(nodes, links)))
    assert found["w"][0] == "10-08"  # 29 and 30 September passed over
    assert found["c"][0] == "09-30"  # 28 and 29 September passed over
    back = dates(answer("schedule back-plan", plan(nodes, [{"from": "w", "to": "a", "lag": -1}])))
    assert (back["w"][1], back["a"][0]) == ("09-27", "09-27")  # one day earlier than the 29th


def test_ends_that_are_linked(answer):
    nodes = [{"id": "a", "duration": 4}, {"id": "b", "duration": 2}]
    for kind, start in (("FS", "10-09"), ("SS", "09-27"), ("FF", "09-30"), ("SF", "09-27")):
        found = dates(answer("schedule back-plan", plan(nodes, [{"from": "a", "to": "b", "type": kind}])))
        assert found["a"][:2] == ("09-27", "10-08")
        assert found["b"][0] == start, kind  # FF: the 30th and 8 October, so that both end on the 8th


def test_only_id_and_duration_are_required_and_the_defaults_are_the_country_work_days_fs_and_no_lag(answer):
    nodes = [{"id": "a", "duration": 2}, {"id": "b", "duration": 2}]
    full = [node | {"unit": "workday"} for node in nodes]
    short = answer("schedule back-plan", plan(nodes, [{"from": "a", "to": "b"}]))
    links = [{"from": "a", "to": "b", "type": "FS", "lag": 0}]
    assert answer("schedule back-plan", plan(full, links, calendar={"country": "CN", "closures": []})) == short


def test_short_by_is_the_worst_passed_bound_in_work_days_and_the_moved_deadline_moves_own_bounds(answer):
    crash = {"max": 1, "cost": 700}
    nodes = [
        {"id": "a", "duration": 3, "finish_no_later": "2019-09-29", "crash": crash},  # ends on the 30th: 1 day late
        {"id": "b", "duration": 3, "crash": {"max": 5, "cost": 500}},  # 8 to 10 October: 3 work days past the 30th
        {"id": "c", "duration": 1},
    ]
    said = plan(nodes, [{"from": "a", "to": "b"}], deadline="2019-09-30")
    found = answer("schedule back-plan", said)
    assert (found["feasible"], found["short_by"], found["driving_path"]) == (False, 3, ["a", "b"])
    repairs = {repair["kind"]: repair for repair in found["repairs"]}
    assert repairs["moved deadline"]["changes"] == [
        {"kind": "deadline", "from": "2019-09-30", "to": "2019-10-10"},
        {"kind": "finish_no_later", "node": "a", "from": "2019-09-29", "to": "2019-09-30"},
    ]
    cheapest = repairs["cheapest crash"]  # a on the 27th and 29th, b on the 30th alone
    assert (cheapest["cost"], cheapest["finish"]) == (1 * 700 + 2 * 500, "2019-09-30")
    more = plan(nodes, [{"from": "a", "to": "b"}], deadline="2019-10-08")
    crashed = answer("schedule back-plan", more)
    assert crashed["short_by"] == 2  # 9 and 10 October
    [cheapest] = [repair for repair in crashed["repairs"] if repair["kind"] == "cheapest crash"]
    assert cheapest["cost"] == 1 * 700 + 1 * 500  # per day: one day of each, a must end by the 29th anyway
    assert cheapest["finish"] == "2019-10-08"


def test_a_plan_that_just_holds_is_feasible_and_a_day_less_is_not(answer):
    nodes = [{"id": "a", "duration": 3}]
    held = answer("schedule back-plan", plan(nodes, deadline="2019-09-30"))
    assert (held["feasible"], held["short_by"], held["nodes"][0]["float"]) == (True, 0, 0)
    late = answer("schedule back-plan", plan(nodes, deadline="2019-09-29"))
    assert (late["feasible"], late["short_by"], late["nodes"][0]["float"]) == (False, 1, -1)
    over_the_holiday = answer("schedule back-plan", plan(nodes, deadline="2019-09-28"))
    assert over_the_holiday["short_by"] == 2  # the 29th and the 30th; the 28th is off


YEAR = {"year": 2019, "target": 250_000, "profile": "even", "as_of": "2019-03-20"}


def levels(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["level"]: row for row in found["levels"]}


def test_a_closed_month_stands_and_the_rest_goes_over_the_open_days(answer):
    closed = [{"month": 1, "amount": 20_000}, {"month": 2, "amount": 10_000}]
    done = [["2019-02-11", 99_999], ["2019-03-04", 5_000], ["2019-03-20", 1_000]]  # February is closed already
    found = answer("targets spread", YEAR | {"closed": closed, "done_by_date": done})
    months = {row["month"]: row["target"] for row in found["months"]}
    assert (months[1], months[2]) == (20_000, 10_000)
    assert months[3] == 21_896  # 220,000 over 211 open work days, 21 of them in March
    after = {row["month"]: row["target"] for row in found["respread"]["months"]}
    assert (after[1], after[2]) == (20_000, 10_000)
    assert sum(after.values()) == 250_000
    days = {row["date"]: row["target"] for row in found["respread"]["days"]}
    assert (days["2019-03-01"], days["2019-03-04"], days["2019-03-20"]) == (0, 5_000, 1_000)
    year = levels(found)["year"]
    assert (year["target"], year["done"], year["remaining"]) == (250_000, 36_000, 214_000)
    assert year["work_days_left"] == 197  # 250 less January's 22, February's 17 and 14 in March
    assert year["required_daily"] == 1_087  # 214,000 / 197 = 1,086.3


def test_the_date_is_over_and_the_last_day_holds_only_when_it_is_done(answer):
    done = [["2019-03-29", 250_000]]
    friday = levels(answer("targets spread", YEAR | {"as_of": "2019-03-29", "done_by_date": done}))
    assert [friday[name]["work_days_left"] for name in ("day", "week", "month", "quarter")] == [0, 0, 0, 0]
    assert {row["state"] for row in friday.values()} == {"holds"}
    short = levels(answer("targets spread", YEAR | {"as_of": "2019-12-31", "done_by_date": [["2019-12-30", 249_999]]}))
    assert (short["year"]["required_daily"], short["year"]["state"]) == (None, "lost")
    exact = levels(answer("targets spread", YEAR | {"as_of": "2019-12-31", "done_by_date": [["2019-12-30", 250_000]]}))
    assert (exact["year"]["remaining"], exact["year"]["state"]) == (0, "holds")
    assert exact["day"]["state"] == "lost"  # nothing was done on the day itself


def test_weeks_at_the_years_edge_carry_their_days_inside_it(answer):
    found = answer("targets spread", YEAR)
    weeks = {row["start"]: row["target"] for row in found["weeks"]}
    assert weeks["2018-12-31"] == 3_000  # 2, 3 and 4 January
    assert weeks["2019-12-30"] == 2_000  # 30 and 31 December
    assert sum(weeks.values()) == sum(row["target"] for row in found["quarters"]) == 250_000


def test_the_stated_capacity_decides_between_at_risk_and_lost(answer):
    # 14 of 21 work days of March are over, 4,000 of 21,000 are done
    done = [["2019-01-31", 22_000], ["2019-02-28", 17_000], ["2019-03-20", 4_000]]
    said = YEAR | {"done_by_date": done}
    # the month lacks 17,000 in 7 work days: 2,429 a day
    lost = levels(answer("targets spread", said | {"capacity_daily": 2_428}))["month"]
    risky = levels(answer("targets spread", said | {"capacity_daily": 2_429}))["month"]
    assert (lost["required_daily"], lost["state"], risky["state"]) == (2_429, "lost", "at_risk")
