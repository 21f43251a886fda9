"""The smallest set of stated dates and links that cannot hold together.

In a net of such inequalities a plan fails along one chain: from a date before which something cannot start, over
links, to a date that must not be passed. The chain of the fewest links is the smallest set; without any one of its
members the others can hold.
"""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final, TypeAlias

from guatu.domain.schedule.axis import EVERY
from guatu.domain.schedule.network import DONE, PLANNED, STARTED, Net
from guatu.domain.schedule.types import Constraint

if TYPE_CHECKING:
    from guatu.domain.schedule.solve import BackPlan

MOST_STEPS: Final = 400_000  # looked-at links; beyond, the driving chain is shortened instead
Links: TypeAlias = tuple["Links | None", int] | None  # a chain from its end: (the rest, one link)


def smallest_conflict(found: "BackPlan") -> tuple[Constraint, ...]:
    """The set of an infeasible plan, from the date it starts at to the date it breaks."""
    at, links = conflict_chain(found)
    net = found.net
    value = _upper(net, at, links)
    kind, day = next(source for source in sources(net, at) if source[2] > value)[:2]
    first = Constraint(kind, found.plan.nodes[at].id, day)
    last = net.target[links[-1]] if links else at
    closest = min(_bounds(net, found, last), key=lambda bound: bound[1])[0]
    return (first, *(Constraint("link", link=found.plan.links[link]) for link in links), closest)


def conflict_chain(found: "BackPlan") -> tuple[int, list[int]]:
    """The node at which the shortest failing chain begins, and its links in order."""
    net = found.net
    incoming: list[list[int]] = [[] for _ in range(net.size)]
    for link, target in enumerate(net.target):
        incoming[target].append(link)
    upper, chains = net.high.copy(), dict[int, Links]()
    steps, layer = 0, list(range(net.size))
    at = next((place for place in layer if net.low[place] > upper[place]), None)
    while at is None and steps < MOST_STEPS:
        better: dict[int, tuple[int, Links]] = {}
        for place in layer:
            for link in incoming[place]:
                steps += 1
                source, value = net.source[link], net.behind(link, upper[place])
                if value < upper[source] and (source not in better or value < better[source][0]):
                    better[source] = value, (chains.get(place), link)
        for place, (value, chain) in better.items():
            upper[place], chains[place] = value, chain
        layer = list(better)
        at = next((place for place in layer if net.low[place] > upper[place]), None)
    return (at, list(_unrolled(chains.get(at)))) if at is not None else _shortened(found)


def _unrolled(chain: Links) -> Iterator[int]:
    while chain is not None:
        chain, link = chain
        yield link


def _shortened(found: "BackPlan") -> tuple[int, list[int]]:
    """The driving chain into the worst node, cut where a later node's own date is reason enough."""
    net, place = found.net, found.worst
    value, links = net.high[place], list[int]()
    for link in found.chain(place):
        if net.low[place] > value:
            break
        links.append(link)
        value, place = net.behind(link, value), net.source[link]
    return place, links[::-1]


def _upper(net: Net, at: int, links: list[int]) -> int:
    """What the chain allows its first node at most."""
    value = net.high[net.target[links[-1]] if links else at]
    for link in reversed(links):
        value = net.behind(link, value)
    return value


def sources(net: Net, place: int) -> Iterator[tuple[str, date, int]]:
    """What keeps a node from being earlier: kind, date, and the least value of its unknown."""
    node, axis = net.plan.nodes[place], net.axis[place]
    today = net.plan.today
    if net.state[place] == DONE and node.actual_finish is not None:
        yield "actual_finish", node.actual_finish, EVERY.rank(node.actual_finish.toordinal())
        return
    if net.state[place] == STARTED and node.actual_start is not None:
        yield "actual_start", node.actual_start, net.planned_finish(place)
    if net.state[place] == PLANNED:
        if node.start_no_earlier is not None:
            yield "start_no_earlier", node.start_no_earlier, axis.rank(node.start_no_earlier.toordinal())
        if node.must_start is not None:
            yield "must_start", node.must_start, axis.rank(node.must_start.toordinal())
    if node.must_finish is not None:
        yield "must_finish", node.must_finish, axis.rank(node.must_finish.toordinal()) - net.span[place]
    yield "today", today, axis.rank(today.toordinal())


def _bounds(net: Net, found: "BackPlan", place: int) -> Iterator[tuple[Constraint, int]]:
    """A node's bounds with the greatest value of its unknown that each allows."""
    axis, span, name = net.axis[place], net.span[place], net.plan.nodes[place].id
    for bound in found.bounds(place):
        last = axis.rank(bound.date.toordinal() + 1) - 1
        yield Constraint(bound.kind, name, bound.date), last if bound.of_start else last - span
