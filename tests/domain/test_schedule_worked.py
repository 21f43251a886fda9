from dataclasses import replace
from datetime import date

import pytest

from guatu.domain.schedule.changes import changed
from guatu.domain.schedule.solve import back_plan
from guatu.domain.schedule.types import CHEAPEST_CRASH, DROPPED_OVERLAP, MOVED_DEADLINE, Change, Link, Node, Plan
from guatu.domain.workdays import Sitting, official_calendar
from tests.domain import schedule_oracle as oracle
from tests.domain.schedule_cases import said, xigong_street
from tests.domain.worked import EMPTY, worked

SPRING, YEAR_END = date(2019, 3, 27), date(2019, 12, 31)
UNITS = {"w": "workday", "c": "calendar"}


def _node(name, text):
    days, unit = text.split()
    return Node(name, int(days), UNITS[unit])


@pytest.mark.parametrize(
    "row", worked("back_planning", "links"), ids=lambda row: f"{row['link']}{row['lag']}{row['A']}"
)
def test_a_link_as_the_page_says(row):
    nodes = (_node("A", row["A"]), _node("B", row["B"]))
    link = Link("A", "B", row["link"], int(row["lag"]))
    first, second = back_plan(Plan(nodes, (link,), date(2019, 9, 26), YEAR_END, official_calendar())).nodes
    assert [str(day) for day in (first.earliest_start, first.earliest_finish)] == [row["A starts"], row["A finishes"]]
    assert [str(day) for day in (second.earliest_start, second.earliest_finish)] == [row["B starts"], row["B finishes"]]
    assert [str(first.latest_finish), str(first.float)] == [row["A finishes at the latest"], row["float of A"]]


def test_the_street_as_the_page_says():
    plan = xigong_street(SPRING)
    found = back_plan(plan)
    assert found.feasible
    assert [
        {
            "node": row.id,
            "earliest start": str(row.earliest_start),
            "earliest finish": str(row.earliest_finish),
            "latest start": str(row.latest_start),
            "latest finish": str(row.latest_finish),
            "float": str(row.float),
        }
        for row in found.nodes
    ] == worked("back_planning", "street")
    starts, finishes = oracle.earliest(plan)
    assert {row.id: (row.earliest_start, row.earliest_finish) for row in found.nodes} == {
        name: (starts[name], finishes[name]) for name in starts
    }
    latest_starts, _ = oracle.latest(plan)
    assert {row.id: row.latest_start for row in found.nodes} == latest_starts


@pytest.mark.parametrize("row", worked("back_planning", "repairs"), ids=lambda row: f"{row['today']}-{row['deadline']}")
def test_repairs_as_the_page_says(row):
    plan = xigong_street(date.fromisoformat(row["today"]), date.fromisoformat(row["deadline"]))
    found = back_plan(plan)
    repairs = {repair.kind: repair for repair in found.repairs}

    def changes(kind):
        return "；".join(map(said, repairs[kind].changes)) if kind in repairs else EMPTY

    assert row == {
        "today": row["today"],
        "deadline": row["deadline"],
        "short by": str(found.short_by),
        "driving path": " → ".join(found.driving_path),
        "conflict": "；".join(map(said, found.conflict)) or EMPTY,
        "crash": changes(CHEAPEST_CRASH),
        "cost": str(repairs[CHEAPEST_CRASH].cost) if CHEAPEST_CRASH in repairs else EMPTY,
        "moved deadline": changes(MOVED_DEADLINE),
        "dropped overlap": changes(DROPPED_OVERLAP),
    }
    for repair in found.repairs:
        assert repair.least
        assert not oracle.late_by(changed(plan, repair.changes))


@pytest.mark.parametrize("row", worked("back_planning", "technical"), ids=lambda row: row["deadline"])
def test_what_is_technical_is_never_proposed_to_run_side_by_side(row):
    plan = xigong_street(SPRING, date.fromisoformat(row["deadline"]))
    marked = row["technical"].split("；")
    links = tuple(replace(link, technical=said(Change("drop_link", link=link)) in marked) for link in plan.links)
    assert sum(link.technical for link in links) == (0 if marked == [EMPTY] else len(marked))
    plan = replace(plan, links=links)
    found = [repair for repair in back_plan(plan).repairs if repair.kind == DROPPED_OVERLAP]
    assert ("；".join(map(said, found[0].changes)) if found else EMPTY) == row["dropped overlap"]
    assert (str(found[0].finish) if found else EMPTY) == row["finish"]


def test_a_changed_plan_moves_what_follows_and_leaves_the_plan():
    plan = xigong_street(SPRING)

    def moved(*changes: Change) -> dict[str, int]:
        """The calendar days by which each node's earliest finish moves, where it does."""
        pairs = zip(back_plan(plan).nodes, back_plan(changed(plan, changes)).nodes, strict=True)
        days = {old.id: (new.earliest_finish - old.earliest_finish).days for old, new in pairs}
        return {name: by for name, by in days.items() if by}

    nearer = back_plan(changed(plan, [Change("deadline", date=date(2019, 10, 31))]))
    assert (back_plan(plan).short_by, nearer.short_by, nearer.nodes[-1].float) == (0, 8, -8)
    assert plan.deadline == YEAR_END
    assert moved(Change("deadline", date=date(2019, 10, 31))) == {}
    assert set(moved(Change("duration", "方案设计", days=60))) == {node.id for node in plan.nodes}
    assert set(moved(Change("start_no_earlier", "开工", date=date(2019, 9, 2)))) == {
        "开工",
        "管网施工",
        "路面施工",
        "竣工验收",
    }


def test_what_has_happened_stands_and_moves_the_rest():
    plan = xigong_street(SPRING)
    done = changed(plan, [])
    nodes = (
        Node("方案设计", 55, actual_start=date(2019, 1, 7), actual_finish=date(2019, 3, 24)),  # a Sunday
        Node("招标公告", 20, unit="calendar", actual_start=date(2019, 3, 1)),
        *done.nodes[2:],
    )
    rows = {row.id: row for row in back_plan(Plan(nodes, plan.links, SPRING, YEAR_END, plan.calendar)).nodes}
    assert (rows["方案设计"].earliest_start, rows["方案设计"].earliest_finish) == (date(2019, 1, 7), date(2019, 3, 24))
    assert (rows["招标公告"].earliest_start, rows["招标公告"].earliest_finish) == (date(2019, 3, 1), SPRING)
    assert rows["评标定标"].earliest_start == date(2019, 3, 28)


def test_a_committee_that_sits_on_thursdays_is_waited_for():
    sits = official_calendar(sitting=Sitting(frozenset({3}), frozenset({2, 4})))
    nodes = (Node("材料", 5), Node("规委会", 0, calendar=sits), Node("批复", 3))
    links = (Link("材料", "规委会"), Link("规委会", "批复"))
    rows = back_plan(Plan(nodes, links, date(2019, 9, 2), date(2019, 9, 30), official_calendar())).nodes
    assert [row.earliest_start for row in rows] == [date(2019, 9, 2), date(2019, 9, 12), date(2019, 9, 16)]
    assert (rows[1].latest_start, rows[1].float) == (date(2019, 9, 26), 1)  # one sitting, not ten work days
