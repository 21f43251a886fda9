"""Back-planning as a whole: both passes, what they mean in dates, and what is to be done when they do not meet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from guatu.domain.schedule.axis import EVERY, Axis, as_date, axis_of
from guatu.domain.schedule.driving import chain_into
from guatu.domain.schedule.network import PLANNED, Net
from guatu.domain.schedule.passes import OWN, Passed, backward, forward
from guatu.domain.schedule.types import Constraint, NodeDates, Plan, Repair


@dataclass(frozen=True, slots=True)
class Bound:
    """A date that a node must not pass, with the kind of constraint that says so."""

    kind: str
    date: date
    of_start: bool = False


class BackPlan:
    """The answer to a plan. What is costly is worked out when it is asked for."""

    def __init__(self, passed: Passed) -> None:
        self.passed = passed
        self.net: Net = passed.net
        self.plan: Plan = passed.net.plan
        self.feasible = passed.feasible

    @cached_property
    def nodes(self) -> list[NodeDates]:
        """Every node's dates, in the order given. Raises DomainError("schedule.beyond_calendar")."""
        return [self._dates(place) for place in range(self.net.size)]

    @cached_property
    def finish(self) -> date:
        """The last of the earliest finishes."""
        return as_date(max(self.finishes))

    @cached_property
    def finishes(self) -> list[int]:
        """Ordinals of the earliest finishes."""
        return [
            axis.open[value + span] if 0 <= value + span < axis.size else axis.day(value + span)
            for axis, value, span in zip(self.net.axis, self.passed.early, self.net.span, strict=True)
        ]

    @cached_property
    def short_by(self) -> int:
        """The most work days by which a node passes a bound of its own; 0 when the plan is feasible."""
        return self._worst[0]

    @cached_property
    def driving_path(self) -> tuple[str, ...]:
        """The linked chain into the node that passes its bound by most, or comes nearest to it."""
        return tuple(self.plan.nodes[place].id for place in chain_into(self.worst, self._driver))

    def _driver(self, place: int) -> int | None:
        link = self.passed.driver[place]
        return None if link == OWN else self.net.source[link]

    @property
    def worst(self) -> int:
        """The number of the node that the driving path leads into."""
        return self._worst[1]

    @cached_property
    def conflict(self) -> tuple[Constraint, ...]:
        """The smallest set of dates and links that cannot hold together; empty when the plan is feasible."""
        from guatu.domain.schedule.conflict import smallest_conflict

        return () if self.feasible else smallest_conflict(self)

    @cached_property
    def repairs(self) -> tuple[Repair, ...]:
        """What would restore the plan; empty when it is feasible."""
        from guatu.domain.schedule.repairs import repairs_of

        return () if self.feasible else repairs_of(self)

    def chain(self, place: int) -> Iterator[int]:
        """The links that drive a node, from it backwards."""
        driver, source = self.passed.driver, self.net.source
        while (link := driver[place]) != OWN:
            yield link
            place = source[link]

    def bounds(self, place: int) -> Iterator[Bound]:
        """What a node must not pass: the deadline and its own dates."""
        node = self.plan.nodes[place]
        if self.plan.deadline is not None:
            yield Bound("deadline", self.plan.deadline)
        if node.finish_no_later is not None:
            yield Bound("finish_no_later", node.finish_no_later)
        if node.must_finish is not None:
            yield Bound("must_finish", as_date(self.net.fixed_day(place, node.must_finish)))
        if node.must_start is not None and self.net.state[place] == PLANNED:
            yield Bound("must_start", as_date(self.net.fixed_day(place, node.must_start)), of_start=True)

    def passed_day(self, place: int, bound: Bound) -> int:
        """The ordinal that is held against a bound."""
        return self.net.start_day(place, self.passed.early[place]) if bound.of_start else self.finishes[place]

    @cached_property
    def _worst(self) -> tuple[int, int]:
        if self.feasible:
            return 0, self._nearest()
        axis = axis_of(self.plan.calendar)
        worst, at = (0, 0), 0
        deadline = None if self.plan.deadline is None else self.plan.deadline.toordinal()
        for place in self.passed.order:  # of equals the last one
            node = self.plan.nodes[place]
            if not node.dated and (deadline is None or self.finishes[place] <= deadline):
                continue
            for bound in self.bounds(place):
                day, last = self.passed_day(place, bound), bound.date.toordinal()
                if day > last and (max(1, axis.rank(day + 1) - axis.rank(last + 1)), day) >= worst:
                    worst, at = (max(1, axis.rank(day + 1) - axis.rank(last + 1)), day), place
        return worst[0], at

    def _nearest(self) -> int:
        """The node that comes nearest to a bound, of several the one that finishes last."""
        finishes = self.finishes
        deadline = max(finishes) if self.plan.deadline is None else self.plan.deadline.toordinal()
        last = max(finishes)
        at = next(place for place in reversed(self.passed.order) if finishes[place] == last)
        nearest = last - deadline, last
        for place in self.net.dated:
            for bound in self.bounds(place):
                day = self.passed_day(place, bound)
                if (day - bound.date.toordinal(), day) > nearest:
                    nearest, at = (day - bound.date.toordinal(), day), place
        return at

    def float_of(self, place: int) -> int:
        """Days of its own calendar by which a node may slip."""
        early, late = self.passed.early[place], self.passed.late[place]
        own = self._own(place)
        if self.net.axis[place] is own:
            return late - early
        days = own.rank(EVERY.day(late) + 1) - own.rank(EVERY.day(early) + 1)
        return days if late >= early else min(-1, days)

    def _own(self, place: int) -> Axis:
        return self.net.axes[id(self.plan.nodes[place].counts_on(self.plan.calendar))]

    def _dates(self, place: int) -> NodeDates:
        net, early, late = self.net, self.passed.early[place], self.passed.late[place]
        start, slack = net.start_day(place, early), self.float_of(place)
        if place not in net.begun:
            latest = net.start_day(place, late)
        else:
            own = self._own(place)
            latest = own.day(own.rank(start) + slack) if slack else start
        return NodeDates(
            self.plan.nodes[place].id,
            as_date(start),
            as_date(net.finish_day(place, early)),
            as_date(latest),
            as_date(net.finish_day(place, late)),
            slack,
        )


def back_plan(plan: Plan) -> BackPlan:
    """Both passes over a plan.

    Durations and float are days of the node's own calendar, lags of the successor's; dates are inclusive. Raises
    DomainError naming nodes: schedule.no_nodes, .twice, .unknown_node, .circular, .bad_link_type, .no_work_day,
    .actual_later, .beyond_calendar.
    """
    net = Net(plan)
    order, early, driver = forward(net)
    if plan.deadline is None:
        net.bind(as_date(max(map(net.finish_day, range(net.size), early))))
    return BackPlan(Passed(net, order, early, backward(net, order), driver))
