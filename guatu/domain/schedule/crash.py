"""The cheapest set of nodes to shorten (赶工) so that a plan holds.

Where all nodes in question count the same days the answer is exact whatever the size (``flow``). Where calendars mix,
small plans are searched through, cheapest first; large ones get a good answer that is not proven the cheapest.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Final

from guatu.domain.schedule.changes import changed
from guatu.domain.schedule.conflict import sources
from guatu.domain.schedule.flow import MOST_STEPS, Arcs, TooLong
from guatu.domain.schedule.network import DONE, NEVER, PLANNED
from guatu.domain.schedule.solve import back_plan
from guatu.domain.schedule.types import Change, Plan

if TYPE_CHECKING:
    from guatu.domain.schedule.solve import BackPlan

MOST_COMPUTED: Final = 120_000  # nodes and links computed in a search
MOST_DAYS: Final = 10**10  # more than the days of any plan
ARCS: Final = 12  # of a node in the flow's network, both ways: one look at all of them is the least that it takes
START, FINISH = 2, 3  # of a node: 2 × its number + these, after the two ends of the flow's network


@dataclass(frozen=True, slots=True)
class Crashing:
    """Days to take from nodes, by id; ``least`` when it is proven that nothing cheaper restores the plan."""

    days: Mapping[str, int]
    least: bool


def cheapest_crash(found: "BackPlan") -> Crashing | None:
    """The cheapest shortening, in the order of the nodes; None when none restores the plan."""
    plan, late, early = found.plan, found.passed.late, found.passed.early
    short = [place for place in range(found.net.size) if late[place] < early[place]]
    options = {place for place, node in enumerate(plan.nodes) if node.crash_most()}
    if not options.intersection(short) or any(
        found.net.state[place] == DONE and found.net.low[place] > found.net.high[place] for place in short
    ):
        return None
    for places in (short, list(range(found.net.size))):
        parts = _parts(found, places)
        if all(_alike(found, part) for part in parts):
            try:
                days = _of_all(found, parts)
            except TooLong:
                break
            if days is None:
                return None
            if _holds(plan, days):
                return Crashing(days, True)
    return _by_search(found, options, options.intersection(short))


def _parts(found: "BackPlan", places: list[int]) -> list[list[int]]:
    """The nodes in parts that no link joins: each can be solved for itself."""
    net, head = found.net, {place: place for place in places}

    def top(place: int) -> int:
        while head[place] != place:
            head[place] = place = head[head[place]]
        return place

    for place in places:
        for link in net.out[place]:
            if net.target[link] in head:
                head[top(place)] = top(net.target[link])
    parts: dict[int, list[int]] = {}
    for place in places:
        parts.setdefault(top(place), []).append(place)
    return list(parts.values())


def _of_all(found: "BackPlan", parts: list[list[int]]) -> dict[str, int] | None:
    days: dict[str, int] = {}
    left = MOST_STEPS
    for part in parts:
        if all(found.net.state[place] == DONE for place in part):
            continue
        if ARCS * len(part) > left:
            raise TooLong
        more, steps = _by_flow(found, part, left)
        left -= steps
        if more is None:
            return None
        days.update(more)
    return days


def _alike(found: "BackPlan", places: Iterable[int]) -> bool:
    """Whether the nodes count the same days and none that can be shortened has begun."""
    axes = {id(found.net.axis[place]) for place in places if found.net.state[place] != DONE}
    begun = (place for place in places if found.net.state[place] != PLANNED)
    return len(axes) <= 1 and not any(found.plan.nodes[place].crash_most() for place in begun)


def _by_flow(found: "BackPlan", places: list[int], most_steps: int) -> tuple[dict[str, int] | None, int]:
    """Days of one part (None when nothing helps) and the steps that it took."""
    net, plan = found.net, found.plan
    at = {place: 2 * number for number, place in enumerate(p for p in places if net.state[p] != DONE)}
    arcs = Arcs(2 * len(at) + 2)
    heights = [0] * (2 * len(at) + 2)
    for place, base in at.items():
        heights[base + START] = found.passed.early[place]
        heights[base + FINISH] = heights[base + START] + net.span[place]
        _add_node(found, arcs, place, base)
        _add_dates(found, arcs, heights, place, base)
    for place in places:
        for link in net.out[place]:
            if net.target[link] in at and net.weight[link] != NEVER:
                _add_link(found, arcs, link, at)
    left = arcs.solve(heights, most_steps)
    if left is None:
        return None, arcs.steps
    days = {
        plan.nodes[place].id: net.span[place] - left[base + FINISH] + left[base + START] for place, base in at.items()
    }
    return {name: count for name, count in days.items() if count > 0}, arcs.steps


def _add_node(found: "BackPlan", arcs: Arcs, place: int, base: int) -> None:
    node, span = found.plan.nodes[place], found.net.span[place]
    most = node.crash_most() if node.crash is not None and found.net.state[place] == PLANNED else 0
    arcs.add(base + FINISH, base + START, -span)
    if most and node.crash is not None:
        arcs.add(base + START, base + FINISH, span, node.crash.cost * MOST_DAYS + 1)  # of equals the fewest days
    arcs.add(base + START, base + FINISH, span - most)


def _add_dates(found: "BackPlan", arcs: Arcs, heights: list[int], place: int, base: int) -> None:
    net = found.net
    axis, span = net.axis[place], net.span[place]
    for kind, _, value in sources(net, place):
        if kind == "must_finish":
            arcs.add(0, base + FINISH, value + span)
        else:
            arcs.add(0, base + START, value)
    for bound in found.bounds(place):
        last = axis.rank(bound.date.toordinal() + 1) - 1
        end = base + (START if bound.of_start else FINISH)
        arcs.add(end, 1, -last)
        heights[1] = max(heights[1], heights[end] - last)


def _add_link(found: "BackPlan", arcs: Arcs, link: int, at: Mapping[int, int]) -> None:
    net = found.net
    source, target, said = net.source[link], net.target[link], found.plan.links[link]
    to = at[target] + (START if said.type[1] == "S" else FINISH)
    if net.weight[link] is None or source not in at:  # from what has happened: a date
        value = net.ahead(link, found.passed.early[source])
        arcs.add(0, to, value + (net.span[target] if said.type[1] == "F" else 0))
    else:
        leaving = at[source] + (START if said.type[0] == "S" else FINISH)
        arcs.add(leaving, to, said.lag + (1 if said.type == "FS" else 0))


# -- where calendars mix ----------------------------------------------------------------------------------------------
def _by_search(found: "BackPlan", options: set[int], short: set[int]) -> Crashing | None:
    """Cheapest first: a failing chain holds until one of its nodes gives a day more."""
    plan, tries = found.plan, _tries(found)
    heap: list[tuple[int, int, tuple[tuple[int, int], ...]]] = [(0, 0, ())]
    seen: set[tuple[tuple[int, int], ...]] = {()}
    while heap and tries > 0:
        cost, count, state = heappop(heap)
        days = dict(state)
        current = back_plan(_shorter(plan, {plan.nodes[place].id: count for place, count in state}))
        tries -= 1
        if current.feasible:
            return Crashing({plan.nodes[place].id: count for place, count in state}, True)
        worst = current.worst
        on_chain = {worst, *(current.net.source[link] for link in current.chain(worst))}
        for place in sorted(on_chain & options):
            node = plan.nodes[place]
            if days.get(place, 0) < node.crash_most() and node.crash is not None:
                more = tuple(sorted({**days, place: days.get(place, 0) + 1}.items()))
                if more not in seen:
                    seen.add(more)
                    heappush(heap, (cost + node.crash.cost, count + 1, more))
    return _good_enough(found, short) if heap else None


def _good_enough(found: "BackPlan", options: set[int]) -> Crashing | None:
    """All nodes up to some cost a day shortened in full, then given back from the dearest on."""
    plan = found.plan
    cost = {plan.nodes[place].id: crash.cost for place in options if (crash := plan.nodes[place].crash)}
    full = sorted(
        ((plan.nodes[place].id, plan.nodes[place].crash_most()) for place in options), key=lambda one: cost[one[0]]
    )
    if not _holds(plan, dict(full)):
        return None
    prices = sorted(set(cost.values()))
    low, high = -1, len(prices) - 1
    while high - low > 1:
        middle = (low + high) // 2
        cheap = {name: most for name, most in full if cost[name] <= prices[middle]}
        low, high = (low, middle) if _holds(plan, cheap) else (middle, high)
    full = [(name, most) for name, most in full if cost[name] <= prices[high]]
    days, tries = dict(full), _tries(found)
    for name, most in reversed(full):
        least, enough = 0, most
        while least < enough and tries > 0:
            tries -= 1
            middle = (least + enough) // 2
            if _holds(plan, {**days, name: middle}):
                enough = middle
            else:
                least = middle + 1
        days[name] = enough
    return Crashing({node.id: days[node.id] for node in plan.nodes if days.get(node.id)}, False)


def _tries(found: "BackPlan") -> int:
    return MOST_COMPUTED // (found.net.size + len(found.plan.links))


def _shorter(plan: Plan, days: Mapping[str, int]) -> Plan:
    return changed(plan, [Change("crash", name, days=count) for name, count in days.items() if count])


def _holds(plan: Plan, days: Mapping[str, int]) -> bool:
    return back_plan(_shorter(plan, days)).feasible
