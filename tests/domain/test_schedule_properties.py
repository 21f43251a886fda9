from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise, product

from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.domain.schedule.changes import changed, crashed
from guatu.domain.schedule.solve import back_plan
from guatu.domain.schedule.types import CHEAPEST_CRASH, DROPPED_OVERLAP, MOVED_DEADLINE, Link, Node, Plan
from tests.domain import schedule_oracle as oracle

slow = settings(max_examples=40, deadline=None)


def _repair(found, kind):
    return next((repair for repair in found.repairs if repair.kind == kind), None)


@slow
@given(oracle.plans(actuals=True, deadline=False))
def test_the_earliest_dates_are_those_of_the_day_by_day_search(plan):
    found = back_plan(plan)
    starts, finishes = oracle.earliest(plan)
    assert {row.id: (row.earliest_start, row.earliest_finish) for row in found.nodes} == {
        name: (starts[name], finishes[name]) for name in starts
    }
    late = oracle.late_by(plan)
    assert found.feasible == (not late)
    assert found.short_by == max(late, default=0)
    assert found.finish == max(finishes.values())


@slow
@given(oracle.plans(deadline=False))
def test_the_latest_dates_are_those_of_the_day_by_day_search(plan):
    starts, finishes = oracle.latest(plan)
    assert {row.id: (row.latest_start, row.latest_finish) for row in back_plan(plan).nodes} == {
        name: (starts[name], finishes[name]) for name in starts
    }


@slow
@given(oracle.plans(actuals=True))
def test_a_plan_ends_by_its_deadline_or_says_that_it_does_not(plan):
    found = back_plan(plan)
    assert found.feasible == all(row.latest_start >= row.earliest_start for row in found.nodes)
    assert found.feasible == all(row.float >= 0 for row in found.nodes)
    assert found.feasible == (found.short_by == 0) == (not found.conflict) == (not found.repairs)
    if found.feasible:
        assert all(row.earliest_finish <= row.latest_finish <= plan.deadline for row in found.nodes)


@slow
@given(oracle.plans())
def test_float_counts_the_open_days_of_the_node_between_its_earliest_and_latest_start(plan):
    nodes = {node.id: node for node in plan.nodes}
    for row in back_plan(plan).nodes:
        calendar = oracle.calendar_of(plan, nodes[row.id])
        assert oracle.step(calendar, row.earliest_start, row.float) == row.latest_start
        assert calendar.is_open(row.earliest_start)
        assert calendar.is_open(row.latest_finish)


@slow
@given(oracle.plans())
def test_the_driving_path_alone_gives_the_last_node_its_date(plan):
    found = back_plan(plan)
    path = found.driving_path
    assert all(any((link.start, link.to) == pair for link in plan.links) for pair in pairwise(path))
    alone = replace(
        plan,
        nodes=tuple(node for node in plan.nodes if node.id in path),
        links=tuple(link for link in plan.links if (link.start, link.to) in set(pairwise(path))),
    )
    assert back_plan(alone).nodes[[node.id for node in alone.nodes].index(path[-1])].earliest_finish == next(
        row.earliest_finish for row in found.nodes if row.id == path[-1]
    )


def _only(plan, members):
    """The plan with no constraints but these."""
    bare = {
        node.id: replace(node, start_no_earlier=None, finish_no_later=None, must_start=None, must_finish=None)
        for node in plan.nodes
    }
    for member in members:
        if member.node is None:
            continue
        node, day = bare[member.node], member.date
        if member.kind in ("today", "start_no_earlier"):
            bare[member.node] = replace(node, start_no_earlier=max(day, node.start_no_earlier or day))
        elif member.kind in ("deadline", "finish_no_later"):
            bare[member.node] = replace(node, finish_no_later=min(day, node.finish_no_later or day))
        else:
            bare[member.node] = replace(node, **{member.kind: day})
    links = tuple(member.link for member in members if member.link)
    return replace(plan, nodes=tuple(bare.values()), links=links, today=date(2018, 6, 1), deadline=None)


@slow
@given(oracle.plans())
def test_without_any_one_of_them_the_constraints_in_conflict_can_hold(plan):
    conflict = back_plan(plan).conflict
    if not conflict:
        return
    assert oracle.late_by(_only(plan, conflict))
    for member in conflict:
        if not member.kind.startswith("must"):  # a fixed date is two constraints in one
            assert not oracle.late_by(_only(plan, [other for other in conflict if other is not member])), member
    links = sum(member.kind == "link" for member in conflict)
    for fewer in combinations(plan.links, links - 1) if links else ():
        assert not oracle.late_by(replace(plan, links=fewer))


@slow
@given(oracle.plans(actuals=True))
def test_the_moved_deadline_always_restores_a_plan_and_moves_no_node(plan):
    found = back_plan(plan)
    if found.feasible:
        return
    repair = _repair(found, MOVED_DEADLINE)
    after = back_plan(changed(plan, repair.changes))
    assert after.feasible
    assert not oracle.late_by(changed(plan, repair.changes))
    assert after.finish == repair.finish == found.finish
    assert [row.earliest_finish for row in after.nodes] == [row.earliest_finish for row in found.nodes]
    for change in repair.changes:
        assert change.date > change.before
        nearer = replace(change, date=change.date - timedelta(days=1))
        assert not back_plan(changed(plan, [nearer if one is change else one for one in repair.changes])).feasible or (
            change.kind.startswith("must")
        )


def _cheapest(plan):
    """The cost of the cheapest of all combinations, None when none restores the plan."""
    costs = []
    for days in product(*(range(node.crash_most() + 1) for node in plan.nodes)):
        cost = sum(count * (node.crash.cost if node.crash else 0) for count, node in zip(days, plan.nodes, strict=True))
        nodes = tuple(crashed(node, count) for count, node in zip(days, plan.nodes, strict=True))
        if not oracle.late_by(replace(plan, nodes=nodes)):
            costs.append(cost)
    return min(costs, default=None)


def _crash_is_the_cheapest(plan):
    found = back_plan(plan)
    if found.feasible:
        return
    repair, cheapest = _repair(found, CHEAPEST_CRASH), _cheapest(plan)
    assert (None if repair is None else repair.cost) == cheapest
    if repair is not None:
        assert repair.least
        after = changed(plan, repair.changes)
        assert not oracle.late_by(after)
        assert repair.finish == max(oracle.earliest(after)[1].values())
        assert repair.cost == sum(change.cost for change in repair.changes)


@settings(max_examples=80, deadline=None)
@given(oracle.plans(most=4, crash="alike"))
def test_the_crash_is_the_cheapest_of_all_where_nodes_count_the_same_days(plan):
    _crash_is_the_cheapest(plan)


@slow
@given(oracle.plans(most=4, crash="mixed", actuals=True))
def test_the_crash_is_the_cheapest_of_all_where_calendars_mix(plan):
    _crash_is_the_cheapest(plan)


@slow
@given(oracle.plans(most=4))
def test_no_fewer_links_restore_a_plan_than_those_dropped(plan):
    found = back_plan(plan)
    if found.feasible:
        return
    repair = _repair(found, DROPPED_OVERLAP)
    least = next(
        (
            count
            for count in range(1, len(plan.links) + 1)
            for gone in combinations(plan.links, count)
            if not oracle.late_by(replace(plan, links=tuple(link for link in plan.links if link not in gone)))
        ),
        None,
    )
    assert (None if repair is None else len(repair.changes)) == least
    if repair is not None:
        assert not oracle.late_by(changed(plan, repair.changes))


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 40), st.integers(0, 10_000), st.sampled_from(("FS", "SS", "FF")))
def test_an_order_of_input_changes_nothing(size, seed, kind):
    nodes = [Node(str(number), (number * 7 + seed) % 9) for number in range(size)]
    links = [Link(str((number * seed) % number), str(number), kind, seed % 3) for number in range(1, size)]
    plan = Plan(tuple(nodes), tuple(links), oracle.TODAY, date(2019, 6, 28), oracle.CALENDARS[0])
    turned = replace(plan, nodes=plan.nodes[::-1], links=plan.links[::-1])
    one, other = back_plan(plan), back_plan(turned)
    assert {row.id: row for row in one.nodes} == {row.id: row for row in other.nodes}
    assert one.short_by == other.short_by


@slow
@given(oracle.plans(), st.data())
def test_a_technical_link_is_never_dropped_and_marks_only_take_ways_out_away(plan, data):
    free = [repair for repair in back_plan(plan).repairs if repair.kind == DROPPED_OVERLAP]
    links = tuple(replace(link, technical=data.draw(st.booleans())) for link in plan.links)
    marked = [repair for repair in back_plan(replace(plan, links=links)).repairs if repair.kind == DROPPED_OVERLAP]
    assert not any(change.link.technical for repair in marked for change in repair.changes)
    if marked:
        assert len(free[0].changes) <= len(marked[0].changes)
        assert back_plan(changed(replace(plan, links=links), marked[0].changes)).feasible
    elif free:
        assert any(link.technical for link in links)
