"""A project's year target spread as its profile and the amounts by hand say (docs/algorithms/targets.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from guatu.domain.errors import DomainError
from guatu.domain.periods import Period
from guatu.domain.targets import NodeCost, Shape, Spread, YearGrid, by_month, by_nodes, even, s_curve, spread
from guatu.domain.workdays import WorkCalendar
from guatu.plans.choices import Profile


@dataclass(frozen=True, slots=True)
class YearTarget:
    """What a list plans of a project in its year: whole yuan, and the planned first and last day of the works."""

    project_id: int
    amount: int
    start: date | None = None
    finish: date | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of how a project's target is spread. `capacity` in whole yuan a work day; `hand` by period."""

    profile: str = Profile.EVEN
    weights: Sequence[int] = ()
    capacity: int | None = None
    hand: Mapping[Period, int] = field(default_factory=dict)
    nodes: Sequence[NodeCost] = ()


NOTHING_SAID = Said()


@lru_cache(maxsize=512)
def grid_of(year: int, calendar: WorkCalendar) -> YearGrid:
    """The days of a year by a calendar, made once for all projects that work on the same ones."""
    return YearGrid.of(year, calendar)


def shape_of(grid: YearGrid, target: YearTarget, said: Said) -> Shape:
    """The profile's shape. By nodes without a node that costs anything in the year it is the even one."""
    if said.profile == Profile.WEIGHTS and said.weights:
        return by_month(grid, said.weights)
    if said.profile == Profile.NODES and any(node.cost for node in said.nodes):
        try:
            return by_nodes(grid, said.nodes)
        except DomainError:
            return _even(grid, target.start, target.finish)
    if said.profile == Profile.S_CURVE:
        return _s_curve(grid, target.start, target.finish)
    return _even(grid, target.start, target.finish)


_even = lru_cache(maxsize=2048)(even)  # thousands of projects share the same few spans
_s_curve = lru_cache(maxsize=2048)(s_curve)


def plan_of(grid: YearGrid, target: YearTarget, said: Said, *, strict: bool = False) -> Spread:
    """The target over the year. Amounts by hand that no longer fit give way; `strict` refuses them instead.

    Raises DomainError (targets.…) when `strict`.
    """
    return spread(grid, max(0, target.amount), shape_of(grid, target, said), said.hand, lenient=not strict)
