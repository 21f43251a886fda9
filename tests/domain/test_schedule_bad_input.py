"""Bad plans get a clear answer that names the nodes, big ones a quick one."""

from datetime import date

import pytest

from guatu.domain.errors import DomainError
from guatu.domain.schedule.changes import changed
from guatu.domain.schedule.repairs import moved_deadline
from guatu.domain.schedule.solve import back_plan
from guatu.domain.schedule.types import CHEAPEST_CRASH, MOVED_DEADLINE, Change, Crash, Link, Node, Plan
from guatu.domain.workdays import Closure, Sitting, WorkCalendar, official_calendar

TODAY, YEAR_END = date(2019, 3, 4), date(2019, 12, 31)
CALENDAR = official_calendar()
BIG = 50_000


def _plan(nodes, links=(), deadline=YEAR_END, calendar=CALENDAR, today=TODAY):
    return Plan(tuple(nodes), tuple(links), today, deadline, calendar)


def _refused(code, **params):
    return pytest.raises(DomainError, check=lambda fault: fault.code == code and params.items() <= fault.params.items())


def _abc(*pairs):
    return _plan([Node(name, 1) for name in "ABCDE"], [Link(*pair) for pair in pairs])


def test_a_circle_is_named_in_the_order_of_its_links():
    with pytest.raises(DomainError) as refused:
        back_plan(_abc("AB", "BC", "CD", "DB", "DE"))
    assert refused.value.code == "schedule.circular"
    circle = refused.value.params["nodes"]
    assert set(circle) == {"B", "C", "D"}
    assert "".join(circle) in "BCDBCD"
    with _refused("schedule.circular", nodes=("A",)):
        back_plan(_abc("AA"))


def test_nodes_that_are_missing_or_stand_twice_are_named():
    with _refused("schedule.unknown_node", nodes=("X", "Y")):
        back_plan(_abc("AB", "XB", "BY", "XY"))
    with _refused("schedule.twice", nodes=("A",)):
        back_plan(_plan([Node("A", 1), Node("B", 1), Node("A", 2)]))
    with _refused("schedule.no_nodes"):
        back_plan(_plan([]))
    with _refused("schedule.bad_link_type", start="A", to="B"):
        back_plan(_plan([Node("A", 1), Node("B", 1)], [Link("A", "B", "XX")]))


@pytest.mark.parametrize("duration", [-1, 36_501, 10**30, True, None, "5"])
def test_a_duration_that_is_none_is_refused_with_its_node(duration):
    with _refused("schedule.bad_duration", node="A", duration=duration):
        Node("A", duration)


def test_lags_crashes_and_dates_that_are_none_are_refused_with_their_node():
    with _refused("schedule.bad_lag", start="A", to="B"):
        Link("A", "B", "FS", 10**9)
    for crash in (Crash(-1), Crash(1, -1), Crash("1"), Crash(1, None)):
        with _refused("schedule.bad_crash", node="A"):
            Node("A", 5, crash=crash)
    with _refused("schedule.absurd_date", where="A.must_start"):
        Node("A", 1, must_start=date(3019, 1, 1))
    with _refused("schedule.absurd_date", where="deadline"):
        _plan([Node("A", 1)], deadline=date(1, 1, 1))
    with _refused("schedule.actual_reversed", node="A"):
        Node("A", 1, actual_start=date(2019, 3, 2), actual_finish=date(2019, 3, 1))
    with _refused("schedule.actual_later", node="A"):
        back_plan(_plan([Node("A", 1, actual_start=date(2019, 3, 5))]))


def test_changes_of_what_is_not_there_are_refused():
    plan = _abc("AB")
    with _refused("schedule.unknown_node", nodes=("X",)):
        changed(plan, [Change("duration", "X", days=1)])
    with _refused("schedule.unknown_link", start="B", to="A"):
        changed(plan, [Change("drop_link", link=Link("B", "A"))])
    with _refused("schedule.crash_too_far", node="A", most=0):
        changed(plan, [Change("crash", "A", days=1)])


@pytest.mark.parametrize(
    "calendar",
    [
        WorkCalendar(weekdays=frozenset()),
        official_calendar([Closure(date(2019, 1, 1), date(9999, 12, 31))]),
        official_calendar(sitting=Sitting(frozenset())),
    ],
)
def test_a_calendar_without_a_work_day_names_the_nodes_that_count_on_it(calendar):
    with _refused("schedule.no_work_day", nodes=("A", "B")):
        back_plan(_plan([Node("A", 1), Node("B", 1)], calendar=calendar))
    with _refused("schedule.no_work_day", nodes=("B",)):
        back_plan(_plan([Node("A", 1), Node("B", 1, calendar=calendar)]))


def test_a_deadline_that_has_passed_is_answered_with_the_days_that_are_missing():
    found = back_plan(_plan([Node("A", 1), Node("B", 4)], [Link("A", "B")], deadline=date(2019, 3, 1)))
    assert (found.feasible, found.short_by, found.driving_path) == (False, 5, ("A", "B"))
    assert [repair.kind for repair in found.repairs] == [MOVED_DEADLINE]
    before_start = [Node("A", 2, start_no_earlier=date(2019, 5, 6), finish_no_later=date(2019, 4, 30))]
    found = back_plan(_plan(before_start))
    assert [one.kind for one in found.conflict] == ["start_no_earlier", "finish_no_later"]
    assert found.short_by == 3  # 5 May was worked
    done = Node("A", 2, actual_start=date(2019, 2, 1), actual_finish=date(2019, 2, 2))
    assert back_plan(_plan([done], deadline=date(2019, 2, 28))).feasible


def test_a_plan_without_a_deadline_is_worked_back_from_its_own_end():
    found = back_plan(_plan([Node("A", 5), Node("B", 3), Node("C", 1)], [Link("A", "B")], deadline=None))
    assert found.feasible
    assert [row.float for row in found.nodes] == [0, 0, 7]


def test_a_chain_of_tens_of_thousands_of_nodes_is_answered():
    nodes = [Node(str(number), 1) for number in range(BIG)]
    links = [Link(str(number - 1), str(number)) for number in range(1, BIG)]
    found = back_plan(_plan(nodes, links))
    assert (found.feasible, found.short_by) == (False, BIG - 210)  # 210 work days are left of 2019
    assert len(found.driving_path) == BIG
    assert found.nodes[-1].earliest_finish.year == 2211
    assert found.nodes[0].latest_start.year < 1900
    assert [change.date for change in moved_deadline(found).changes] == [found.finish]
    with pytest.raises(DomainError) as refused:
        back_plan(_plan(nodes, [*links, Link(str(BIG - 1), "0")]))
    assert (refused.value.code, refused.value.params["count"]) == ("schedule.circular", BIG)
    assert len(refused.value.params["nodes"]) == 20


def test_a_plan_that_leads_beyond_the_years_that_dates_have_says_so():
    nodes = [Node(str(number), 36_500) for number in range(1000)]
    with _refused("schedule.beyond_calendar"):
        _ = back_plan(_plan(nodes, [Link(str(n - 1), str(n)) for n in range(1, 1000)])).nodes


@pytest.mark.parametrize(("every", "least"), [(1, True), (14, False)])
def test_many_nodes_are_shortened_and_it_is_said_whether_nothing_is_cheaper(every, least):
    """Forty chains; where every fourteenth node counts calendar days the answer is only a good one."""
    nodes = [
        Node(
            str(number),
            5,
            "calendar" if every > 1 and number % every == 0 else "workday",
            crash=Crash(2, number % 13 + 1),
        )
        for number in range(800)
    ]
    links = [Link(str(number - 41), str(number)) for number in range(41, 800)]
    plan = _plan(nodes, links, deadline=date(2019, 7, 19))
    found = back_plan(plan)
    repair = found.repairs[0]
    assert (repair.kind, repair.least) == (CHEAPEST_CRASH, least)
    assert 0 < repair.cost < sum(node.crash_most() * node.crash.cost for node in nodes)
    assert back_plan(changed(plan, repair.changes)).feasible
