"""The shapes by which a year's target is spread: what each day and each month weighs (docs/algorithms/targets.md)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from guatu.domain.errors import DomainError
from guatu.domain.rounding import largest_remainder
from guatu.domain.targets.grid import MONTHS, YearGrid


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """Whole weights without a unit: ``days[position]`` within its month, ``months[month - 1]`` within the year."""

    days: tuple[int, ...] = field(repr=False)
    months: tuple[int, ...]


class NodeCost(NamedTuple):
    """A node's cost in whole yuan and the days over which it is done, both included (years before or after as well)."""

    cost: int
    start: date
    finish: date
    name: str = ""


def even(grid: YearGrid, start: date | None = None, finish: date | None = None) -> Shape:
    """Every work day alike; from ``start`` to ``finish`` where the project has such dates in the year."""
    positions = _within(grid, start, finish)
    return _summed(grid, [grid.open[i] if i in positions else 0 for i in range(grid.length)])


def s_curve(grid: YearGrid, start: date | None = None, finish: date | None = None) -> Shape:
    """Slow, fast, slow: after the share x of the work days 3x² - 2x³ of the target is reached.

    The k-th of n work days weighs n³ times that curve's step: 6nk - 3n - 6k² + 6k - 2, a whole number above zero; all
    of them are n³ together. The fastest day has half as much again as the mean.
    """
    positions = [i for i in _within(grid, start, finish) if grid.open[i]]
    n = len(positions)
    days = [0] * grid.length
    for k, position in enumerate(positions, 1):
        days[position] = 6 * n * k - 3 * n - 6 * k * k + 6 * k - 2
    return _summed(grid, days)


def by_month(grid: YearGrid, weights: Sequence[int | Decimal | Fraction]) -> Shape:
    """Twelve weights, evenly over each month's work days. A month without a work day weighs nothing.

    Raises DomainError: targets.weights_count, .weight_negative (month), .weights_zero.
    """
    if len(weights) != 12:
        raise DomainError("targets.weights_count", count=len(weights))
    exact = [Fraction(weight) for weight in weights]
    for month, weight in zip(MONTHS, exact, strict=True):
        if weight < 0:
            raise DomainError("targets.weight_negative", month=month)
    if not any(exact):
        raise DomainError("targets.weights_zero")
    scale = lcm(*(weight.denominator for weight in exact))
    months = tuple(int(weight * scale) if days else 0 for weight, days in zip(exact, grid.work_days, strict=True))
    return Shape(grid.open, months)


def by_nodes(grid: YearGrid, nodes: Iterable[NodeCost]) -> Shape:
    """Each node's cost over its own work days (over its calendar days where it has no work day), the year's part of it.

    The weekdays of a node that lie outside the year are counted Monday to Friday: the grid knows one year's days off.
    Raises DomainError: targets.node_reversed, .node_negative (name), .nodes_outside when nothing falls into the year.
    """
    days = [0] * grid.length
    for node in nodes:
        if node.start > node.finish:
            raise DomainError("targets.node_reversed", name=node.name)
        if node.cost < 0:
            raise DomainError("targets.node_negative", name=node.name)
        inside = grid.inside(node.start, node.finish)
        if not inside:
            continue
        weights = [grid.open[i] for i in inside]
        before = _weekdays(node.start, grid.day(inside.start)) if grid.at(node.start) < 0 else 0
        after = _weekdays(grid.day(inside.stop), node.finish, 1) if grid.at(node.finish) >= grid.length else 0
        if not any(weights) and not before + after:
            weights = [1] * len(inside)
        for position, part in zip(inside, largest_remainder(node.cost, (before, *weights, after))[1:-1], strict=True):
            days[position] += part
    if not any(days):
        raise DomainError("targets.nodes_outside", year=grid.year)
    return _summed(grid, days)


def _within(grid: YearGrid, start: date | None, finish: date | None) -> range:
    """The days from start to finish in the year; the whole year where they leave none of its work days."""
    positions = grid.inside(start or grid.day(0), finish or grid.day(grid.length - 1))
    return positions if grid.count(positions.start, positions.stop) else range(grid.length)


def _summed(grid: YearGrid, days: list[int]) -> Shape:
    return Shape(tuple(days), tuple(sum(days[grid.starts[m - 1] : grid.starts[m]]) for m in MONTHS))


def _weekdays(start: date, stop: date, more: int = 0) -> int:
    """Mondays to Fridays from ``start`` to the day before ``stop`` (with ``more`` 1 including it)."""
    first, days = start.weekday(), (stop - start).days + more
    whole, rest = divmod(days, 7)
    return whole * 5 + sum((first + i) % 7 < 5 for i in range(rest))
