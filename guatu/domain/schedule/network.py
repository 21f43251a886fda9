"""A plan as whole numbers: every node one unknown on its calendar's axis, every link one inequality between two.

The unknown of a node that has not started is the index of its start; of one that has, the index of its finish.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from guatu.domain.errors import DomainError
from guatu.domain.schedule.axis import EVERY, Axis, axis_of
from guatu.domain.schedule.types import LINK_TYPES, Link, Node, Plan
from guatu.domain.workdays import WorkCalendar

NEVER: Final = -(10**12)  # the bound of a link into what has already happened
ALWAYS: Final = 10**12
NAMED: Final = 20  # nodes that a refusal names at most

PLANNED, STARTED, DONE = range(3)


class Net:
    """A checked plan, ready to be computed. Raises DomainError naming the nodes (see ``check``)."""

    __slots__ = (
        "axes",
        "axis",
        "begun",
        "dated",
        "high",
        "low",
        "number",
        "out",
        "plan",
        "size",
        "source",
        "span",
        "state",
        "target",
        "weight",
    )

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        nodes = plan.nodes
        self.size = len(nodes)
        self.number = _numbered(nodes)
        self.axes: dict[int, Axis] = {}
        usual = self._axis_of(plan.calendar)
        floor = usual.rank(plan.today.toordinal())
        self.axis = [usual] * self.size
        self.span = [node.duration - 1 if node.duration else 0 for node in nodes]  # steps from start to finish
        self.low = [floor] * self.size
        self.high: list[int] = []
        self.state = [PLANNED] * self.size
        self.begun: dict[int, int] = {}  # the ordinal on which a node started that has
        self.dated: list[int] = []  # the nodes with a date of their own
        for place, node in enumerate(nodes):
            if node.dated:
                self.dated.append(place)
                self._place(place, node)
            elif node.unit == "calendar" or node.calendar is not None:
                axis = self.axis[place] = self._axis_of(node.counts_on(plan.calendar))
                self.low[place] = axis.rank(plan.today.toordinal())
        if plan.deadline is not None:
            self.bind(plan.deadline)
        self._link(plan.links)

    def _axis_of(self, calendar: WorkCalendar) -> Axis:
        found = self.axes.get(id(calendar))
        if found is None:
            found = axis_of(calendar)
            if not found.open or found.open[-1] < self.plan.today.toordinal():
                counting = (node.id for node in self.plan.nodes if node.counts_on(self.plan.calendar) is calendar)
                raise DomainError("schedule.no_work_day", nodes=tuple(counting)[:NAMED], today=self.plan.today)
            self.axes[id(calendar)] = found
        return found

    def _place(self, place: int, node: Node) -> None:
        axis = self._axis_of(node.counts_on(self.plan.calendar))
        today = axis.rank(self.plan.today.toordinal())
        for done in (node.actual_start, node.actual_finish):
            if done is not None and done > self.plan.today:
                raise DomainError("schedule.actual_later", node=node.id, date=done, today=self.plan.today)
        if node.actual_finish is not None:
            self.state[place], self.axis[place], self.span[place] = DONE, EVERY, 0
            finish = node.actual_finish.toordinal()
            self.low[place] = EVERY.rank(finish)
            self.begun[place] = (
                node.actual_start.toordinal()
                if node.actual_start is not None
                else axis.day(axis.rank(finish + 1) - max(node.duration, 1))
            )
        elif node.actual_start is not None:
            self.state[place], self.axis[place] = STARTED, axis
            self.begun[place] = node.actual_start.toordinal()
            self.low[place] = max(today, self.planned_finish(place), *self._lower(place, node, axis))
            self.span[place] = 0
        else:
            self.axis[place] = axis
            self.low[place] = max(today, *self._lower(place, node, axis))

    def planned_finish(self, place: int) -> int:
        """Where a started node ends by its duration; its first day may have been one off."""
        axis, steps = self.axis[place], max(self.plan.nodes[place].duration, 1) - 1
        return axis.rank(self.begun[place] + (1 if steps else 0)) + (steps - 1 if steps else 0)

    def _lower(self, place: int, node: Node, axis: Axis) -> Iterable[int]:
        """What the node's own dates ask of its unknown at least."""
        started = node.actual_start is not None
        yield NEVER
        if node.start_no_earlier is not None and not started:
            yield axis.rank(node.start_no_earlier.toordinal())
        if node.must_start is not None and not started:
            yield axis.rank(node.must_start.toordinal())
        if node.must_finish is not None:
            yield axis.rank(node.must_finish.toordinal()) - (0 if started else self.span[place])

    def bind(self, deadline: date | None) -> None:
        """Work the bounds out: the deadline's for every node, and the nodes' own."""
        if deadline is None:
            self.high = [ALWAYS] * self.size
        else:
            last = {id(axis): axis.rank(deadline.toordinal() + 1) - 1 for axis in (EVERY, *self.axes.values())}
            self.high = [last[id(axis)] - span for axis, span in zip(self.axis, self.span, strict=True)]
        for place in self.dated:
            self.high[place] = min(self.high[place], *self.upper(place))

    def upper(self, place: int) -> Iterable[int]:
        """What the node's own dates allow its unknown at most."""
        node, axis, span = self.plan.nodes[place], self.axis[place], self.span[place]
        yield ALWAYS
        if node.finish_no_later is not None:
            yield axis.rank(node.finish_no_later.toordinal() + 1) - 1 - span
        if node.must_finish is not None:
            yield axis.rank(self.fixed_day(place, node.must_finish)) - span
        if node.must_start is not None and self.state[place] == PLANNED:
            yield axis.rank(node.must_start.toordinal())

    def fixed_day(self, place: int, day: date) -> int:
        """The ordinal on which what must be on a date is: the first open day of the node's calendar from it on."""
        own = self.axes[id(self.plan.nodes[place].counts_on(self.plan.calendar))]
        return own.day(own.rank(day.toordinal()))

    # -- links ---------------------------------------------------------------------------------------------------------
    def _link(self, links: Sequence[Link]) -> None:
        number, axis, span = self.number, self.axis, self.span
        try:
            self.source = [number[link.start] for link in links]
            self.target = [number[link.to] for link in links]
        except KeyError:
            raise DomainError("schedule.unknown_node", nodes=_unknown(number, links)) from None
        self.out: list[list[int]] = [[] for _ in range(self.size)]
        for place, source in enumerate(self.source):
            self.out[source].append(place)
        usual = "" if self.begun else "FS"
        # target ≥ source + weight; None: the two count different days
        self.weight: list[int | None] = [
            (span[source] + 1 + link.lag if axis[source] is axis[target] else None)
            if link.type == usual
            else self._weight(link, source, target)
            for link, source, target in zip(links, self.source, self.target, strict=True)
        ]

    def _weight(self, link: Link, source: int, target: int) -> int | None:
        if link.type not in LINK_TYPES:
            raise DomainError("schedule.bad_link_type", start=link.start, to=link.to, type=link.type)
        state = self.state[target]
        if state == DONE or (state == STARTED and link.type[1] == "S"):
            return NEVER
        if self.axis[source] is not self.axis[target] or (source in self.begun and link.type[0] == "S"):
            return None
        leaving = self.span[source] if link.type[0] == "F" else 0
        entering = self.span[target] if link.type[1] == "F" else 0
        return leaving + (1 if link.type == "FS" else 0) + link.lag - entering

    def ahead(self, place: int, value: int) -> int:
        """The least value of a link's target when its source has ``value``."""
        weight = self.weight[place]
        return self.across(place, value) if weight is None else value + weight

    def across(self, place: int, value: int) -> int:
        """``ahead`` over a link whose nodes count different days."""
        link, source, target = self.plan.links[place], self.source[place], self.target[place]
        if link.type == "FS":
            return self.axis[target].rank(self.axis[source].day(value + self.span[source]) + 1) + link.lag
        if link.type[0] == "F":
            left = self.axis[source].day(value + self.span[source])
        else:
            left = self.begun[source] if source in self.begun else self.axis[source].day(value)
        entering = self.span[target] if link.type[1] == "F" else 0
        return self.axis[target].rank(left) + link.lag - entering

    def behind(self, place: int, value: int) -> int:
        """The greatest value of a link's source that its target's ``value`` allows: the inverse of ``ahead``."""
        weight = self.weight[place]
        return self.back_across(place, value) if weight is None else value - weight

    def back_across(self, place: int, value: int) -> int:
        """``behind`` over a link whose nodes count different days."""
        link, source, target = self.plan.links[place], self.source[place], self.target[place]
        if link.type == "FS":
            return self.axis[source].rank(self.axis[target].day(value - link.lag)) - 1 - self.span[source]
        if source in self.begun and link.type[0] == "S":
            return ALWAYS  # it has started: the link binds its target alone
        entering = self.span[target] if link.type[1] == "F" else 0
        last = self.axis[target].day(value + entering - link.lag)
        leaving = self.span[source] if link.type[0] == "F" else 0
        return self.axis[source].rank(last + 1) - 1 - leaving

    # -- dates ---------------------------------------------------------------------------------------------------------
    def start_day(self, place: int, value: int) -> int:
        """The ordinal of the start."""
        return self.begun[place] if place in self.begun else self.axis[place].day(value)

    def finish_day(self, place: int, value: int) -> int:
        """The ordinal of the finish."""
        return self.axis[place].day(value + self.span[place])


def _numbered(nodes: Sequence[Node]) -> dict[str, int]:
    if not nodes:
        raise DomainError("schedule.no_nodes")
    number = {node.id: place for place, node in enumerate(nodes)}
    if len(number) < len(nodes):
        twice = sorted({node.id for place, node in enumerate(nodes) if number[node.id] != place})
        raise DomainError("schedule.twice", nodes=tuple(twice[:NAMED]))
    return number


def _unknown(number: dict[str, int], links: Iterable[Link]) -> tuple[str, ...]:
    named = dict.fromkeys(end for link in links for end in (link.start, link.to) if end not in number)
    return tuple(named)[:NAMED]


def circle(net: Net, left: Iterable[int]) -> tuple[str, ...]:
    """One circle among the nodes that could not be put in order, named in the order of its links."""
    within = set(left)
    before: dict[int, int] = {}
    for place in within:
        for link in net.out[place]:
            if net.target[link] in within:
                before[net.target[link]] = place  # every one left over waits for another one
    seen: dict[int, int] = {}
    at = next(iter(before))
    while at not in seen:
        seen[at] = len(seen)
        at = before[at]
    found = [place for place, order in seen.items() if order >= seen[at]][::-1]
    return tuple(net.plan.nodes[place].id for place in found)
