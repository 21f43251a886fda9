"""Back-planning done slowly and otherwise: day by day, node by node, until nothing moves. Only for the tests."""

from datetime import date, timedelta

from hypothesis import strategies as st

from guatu.domain.schedule.types import Crash, Link, Node, Plan
from guatu.domain.workdays import CALENDAR_DAYS, Closure, WorkCalendar

DAY = timedelta(days=1)
TODAY = date(2019, 3, 4)
CALENDARS = (
    WorkCalendar(closures=(Closure(date(2019, 3, 14), date(2019, 3, 19)),)),
    WorkCalendar(weekdays=frozenset({1, 3}), off=frozenset({date(2019, 3, 12)})),
)


def calendar_of(plan, node):
    return CALENDAR_DAYS if node.unit == "calendar" else node.calendar or plan.calendar


def step(calendar, day, count):
    """The open day ``count`` after (before) an open one."""
    while count:
        day += DAY if count > 0 else -DAY
        if calendar.is_open(day):
            count -= 1 if count > 0 else -1
    return day


def opening(calendar, day, by=DAY):
    while not calendar.is_open(day):
        day += by
    return day


def finish_of(plan, node, start):
    if node.actual_finish:
        return node.actual_finish
    calendar, steps = calendar_of(plan, node), max(node.duration, 1) - 1
    if node.actual_start:
        finish = node.actual_start
        while steps:
            finish += DAY
            steps -= calendar.is_open(finish)
        return opening(calendar, max(finish, plan.today, node.must_finish or plan.today))
    return step(calendar, start, steps)


def holds(plan, link, nodes, starts, finishes):
    successor = nodes[link.to]
    if successor.actual_finish or (successor.actual_start and link.type[1] == "S"):
        return True
    calendar = calendar_of(plan, successor)
    reference = starts[link.start] if link.type[0] == "S" else finishes[link.start]
    least = step(calendar, opening(calendar, reference + (DAY if link.type == "FS" else 0 * DAY)), link.lag)
    return (starts if link.type[1] == "S" else finishes)[link.to] >= least


def earliest(plan):
    """Starts and finishes: every node as early as it can be."""
    nodes = {node.id: node for node in plan.nodes}
    starts, finishes = {}, {}
    for node in plan.nodes:
        calendar = calendar_of(plan, node)
        start = opening(calendar, max(plan.today, node.start_no_earlier or plan.today, node.must_start or plan.today))
        begun = node.actual_start or node.actual_finish
        while node.must_finish and not begun and finish_of(plan, node, start) < node.must_finish:
            start = step(calendar, start, 1)
        starts[node.id] = node.actual_start or start
        finishes[node.id] = finish_of(plan, node, start)
        if node.actual_finish and not node.actual_start:
            last = opening(calendar, node.actual_finish, -DAY)
            starts[node.id] = step(calendar, last, 1 - max(node.duration, 1))
    moved = True
    while moved:
        moved = False
        for link in plan.links:
            while not holds(plan, link, nodes, starts, finishes):
                moved, node = True, nodes[link.to]
                calendar = calendar_of(plan, node)
                if node.actual_start:
                    finishes[node.id] = step(calendar, finishes[node.id], 1)
                else:
                    starts[node.id] = step(calendar, starts[node.id], 1)
                    finishes[node.id] = finish_of(plan, node, starts[node.id])
    return starts, finishes


def bounds(plan, node):
    """(the last day allowed, whether of the start) of a node's own."""
    calendar = calendar_of(plan, node)
    if plan.deadline:
        yield plan.deadline, False
    if node.finish_no_later:
        yield node.finish_no_later, False
    if node.must_finish:
        yield opening(calendar, node.must_finish), False
    if node.must_start and not node.actual_start and not node.actual_finish:
        yield opening(calendar, node.must_start), True


def latest(plan):
    """Starts and finishes of a plan without actual dates: every node as late as the bounds allow."""
    nodes = {node.id: node for node in plan.nodes}
    starts, finishes = {}, {}
    usual = max(earliest(plan)[1].values())
    for node in plan.nodes:
        calendar = calendar_of(plan, node)
        limits = list(bounds(plan, node))
        if not plan.deadline:
            limits.append((usual, False))
        start = opening(calendar, usual + 60 * DAY)
        while any((start if of_start else finish_of(plan, node, start)) > last for last, of_start in limits):
            start = step(calendar, start, -1)
        starts[node.id], finishes[node.id] = start, finish_of(plan, node, start)
    moved = True
    while moved:
        moved = False
        for link in plan.links:
            while not holds(plan, link, nodes, starts, finishes):
                moved, node = True, nodes[link.start]
                starts[node.id] = step(calendar_of(plan, node), starts[node.id], -1)
                finishes[node.id] = finish_of(plan, node, starts[node.id])
    return starts, finishes


def late_by(plan):
    """Work days of the plan's calendar by which bounds are passed, one a bound that is; empty when all hold."""
    starts, finishes = earliest(plan)
    found = []
    for node in plan.nodes:
        for last, of_start in bounds(plan, node):
            day = (starts if of_start else finishes)[node.id]
            if day > last:
                between = [last + DAY * n for n in range(1, (day - last).days + 1)]
                found.append(max(1, sum(map(plan.calendar.is_open, between))))
    return found


# -- plans to hold against each other ----------------------------------------------------------------------------------
near = st.integers(-3, 35).map(lambda days: TODAY + days * DAY)
past = st.integers(-20, 0).map(lambda days: TODAY + days * DAY)


@st.composite
def nodes(draw, name, actuals, crash):
    duration = draw(st.integers(0, 6))
    node = {
        "unit": draw(st.sampled_from(("workday", "workday", "calendar"))),
        "calendar": draw(st.sampled_from((None, None, CALENDARS[1]))),
        "crash": draw(st.none() | st.builds(Crash, st.integers(0, 2), st.integers(0, 9))) if crash else None,
    }
    if crash == "alike":
        node["unit"], node["calendar"] = "workday", None
    state = draw(st.sampled_from(("started", "done"))) if actuals and draw(st.integers(0, 3)) == 0 else ""
    if state == "started":
        node["actual_start"] = draw(past)
    elif state == "done":
        start, finish = sorted((draw(past), draw(past)))
        node["actual_finish"] = finish
        if draw(st.booleans()):
            node["actual_start"] = start
    dated = draw(st.sampled_from(("", "", "", "start_no_earlier", "finish_no_later", "must_start", "must_finish")))
    if dated:
        node[dated] = draw(near)
    return Node(name, duration, **node)


@st.composite
def plans(draw, most=5, actuals=False, crash=None, deadline=True):
    """Small plans over few weeks, nodes in an order in which links only lead onwards."""
    names = "ABCDE"[: draw(st.integers(1, most))]
    made = tuple(draw(nodes(name, actuals, crash)) for name in names)
    links = tuple(
        Link(start, to, draw(st.sampled_from(("FS", "FS", "SS", "FF", "SF"))), draw(st.integers(-2, 3)))
        for number, to in enumerate(names)
        for start in names[:number]
        if draw(st.integers(0, 2)) == 0
    )
    last = draw(near if deadline else st.none() | near)
    return Plan(draw(st.permutations(made).map(tuple)), links, TODAY, last, CALENDARS[0])
