"""Three ways out of an infeasible plan: shorten what is cheapest, move the deadline, or let nodes run side by side."""

from collections import deque
from typing import TYPE_CHECKING, Final

from guatu.domain.schedule.axis import as_date
from guatu.domain.schedule.changes import changed
from guatu.domain.schedule.conflict import conflict_chain
from guatu.domain.schedule.crash import cheapest_crash
from guatu.domain.schedule.network import PLANNED
from guatu.domain.schedule.solve import back_plan
from guatu.domain.schedule.types import (
    CHEAPEST_CRASH,
    DROPPED_OVERLAP,
    MOVED_DEADLINE,
    Change,
    Link,
    Plan,
    Repair,
)

if TYPE_CHECKING:
    from guatu.domain.schedule.solve import BackPlan

MOST_COMPUTED: Final = 200_000  # nodes and links computed in the search for links; at least one try


def repairs_of(found: "BackPlan") -> tuple[Repair, ...]:
    """All that restore the plan; the moved deadline always does."""
    tried = (_crash(found), moved_deadline(found), dropped_overlap(found))
    return tuple(repair for repair in tried if repair is not None)


def _crash(found: "BackPlan") -> Repair | None:
    crash = cheapest_crash(found)
    if crash is None:
        return None
    plan, nodes = found.plan, {node.id: node for node in found.plan.nodes}
    changes = []
    for name, days in crash.days.items():
        option = nodes[name].crash
        changes.append(Change("crash", name, days=days, cost=days * (option.cost if option else 0)))
    after = back_plan(changed(plan, changes))
    cost = sum(change.cost for change in changes)
    return Repair(CHEAPEST_CRASH, tuple(changes), cost, after.finish, crash.least)


def moved_deadline(found: "BackPlan") -> Repair:
    """The deadline, and every date of a node's own that is passed, moved to where the forward pass ends."""
    plan, changes = found.plan, list[Change]()
    if plan.deadline is not None and found.finish > plan.deadline:
        changes.append(Change("deadline", date=found.finish, before=plan.deadline))
    for place, node in enumerate(plan.nodes):
        if not node.dated:
            continue
        finish, early = as_date(found.finishes[place]), found.passed.early[place]
        for bound in found.bounds(place):
            if bound.kind == "finish_no_later" and finish > bound.date:
                changes.append(Change("finish_no_later", node.id, finish, bound.date))
            elif bound.kind == "must_finish" and finish > bound.date:
                changes.append(Change("must_finish", node.id, finish, node.must_finish))
            elif bound.kind == "must_start" and found.net.state[place] == PLANNED:
                start = as_date(found.net.start_day(place, early))
                if start > bound.date:
                    changes.append(Change("must_start", node.id, start, node.must_start))
    return Repair(MOVED_DEADLINE, tuple(changes), 0, found.finish)


def dropped_overlap(found: "BackPlan") -> Repair | None:
    """The fewest links without which the plan holds, so that what they join runs side by side; never technical ones.

    Every failing chain must lose a link: the search branches on the links of the shortest one, breadth first, so the
    first answer has the fewest. None when a chain of technical links alone is too long, or when the search would take
    too long.
    """
    plan = found.plan
    left = max(1, MOST_COMPUTED // (len(plan.nodes) + len(plan.links)))
    waiting: deque[frozenset[Link]] = deque([frozenset()])
    seen = {frozenset[Link]()}
    while waiting:
        dropped = waiting.popleft()
        current = found if not dropped else back_plan(_without(plan, dropped))
        if current.feasible:
            changes = tuple(Change("drop_link", link=link) for link in plan.links if link in dropped)
            return Repair(DROPPED_OVERLAP, changes, 0, current.finish)
        left -= 1
        if left < 0:
            return None
        _, links = conflict_chain(current)
        on_chain = (current.plan.links[link] for link in links)
        for link in sorted((link for link in on_chain if not link.technical), key=_hardness):
            more = dropped | {link}
            if more not in seen:
                seen.add(more)
                waiting.append(more)
    return None


def _hardness(link: Link) -> int:
    """What is dropped rather: an agreed overlap or a wait, before a plain sequence."""
    return 0 if link.type != "FS" else 1 if link.lag > 0 else 2


def _without(plan: Plan, dropped: frozenset[Link]) -> Plan:
    return changed(plan, [Change("drop_link", link=link) for link in dropped])
