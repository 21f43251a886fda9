"""What was done in a year, day by day or from reading to reading, and the daily rates that it has shown."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Final

from guatu.domain.errors import DomainError
from guatu.domain.targets.grid import YearGrid

SUSTAINED: Final = 10
"""Work days over which a rate counts as shown: two weeks, so that one good day or one late entry is no rate."""


@dataclass(frozen=True, slots=True, eq=False)
class Done:
    """Amounts done (whole yuan, corrections below zero) at positions of the year, in order. Make it by ``Done.of``.

    An amount stands for the time since the one before it: a day in a project that reports daily, else a week or a month.
    ``read_to`` is the position up to which the project's figures are known; -1 when nothing is.
    """

    positions: tuple[int, ...]
    sums: tuple[int, ...]  # sums[k] is the first k amounts together
    read_to: int

    @classmethod
    def of(cls, grid: YearGrid, amounts: Iterable[tuple[date, int]], read_to: date | None = None) -> "Done":
        """Amounts of one date add up. ``read_to`` None: the last date among them.

        Raises DomainError("targets.done_outside", day, year) for a date outside the year.
        """
        by_position: dict[int, int] = {}
        for day, amount in amounts:
            position = grid.at(day)
            if not 0 <= position < grid.length:
                raise DomainError("targets.done_outside", day=day.isoformat(), year=grid.year)
            by_position[position] = by_position.get(position, 0) + amount
        positions = tuple(sorted(by_position))
        last = positions[-1] if positions else -1
        if read_to is not None:
            last = max(-1, min(grid.at(read_to), grid.length - 1))
        return cls(positions, (0, *accumulate(by_position[i] for i in positions)), last)

    def sum(self, start: int, stop: int) -> int:
        """What was done at the positions ``start`` … ``stop`` - 1."""
        positions = self.positions
        return self.sums[bisect_right(positions, stop - 1)] - self.sums[bisect_right(positions, start - 1)]

    def outside(self, grid: YearGrid, closed: Mapping[int, int]) -> "Done":
        """Without the amounts of closed months, whose one amount says it all."""
        if not closed:
            return self
        rows = [(i, self.sums[k + 1] - self.sums[k]) for k, i in enumerate(self.positions)]
        kept = [(i, amount) for i, amount in rows if grid.month_of(i) not in closed]
        return Done(tuple(i for i, _ in kept), (0, *accumulate(amount for _, amount in kept)), self.read_to)


@dataclass(frozen=True, slots=True)
class Pace:
    """Daily rates in whole yuan a work day, rounded down; None where nothing has been shown (docs: Rates)."""

    recent: int | None
    capacity: int | None


def shown_pace(
    grid: YearGrid, done: Done, closed: Mapping[int, int], as_of: date, stated: int | None = None
) -> Pace:
    """The recent rate and the best sustained one up to ``as_of``; ``stated`` stands for the latter when given.

    A rate is what was done from one reading to a later one over the work days between them, over ten of those at least
    (all there are, where there are fewer). The recent one ends at ``read_to`` or ``as_of``, whichever is earlier.
    """
    marks = _marks(grid, done, closed, grid.at(as_of))
    if len(marks) < 2:
        return Pace(None, stated)
    counts = [grid.opened[position + 1] for position, _ in marks]
    recent = best = None
    start = 0
    for end in range(1, len(marks)):
        while start + 1 < end and counts[end] - counts[start + 1] >= SUSTAINED:
            start += 1
        days = counts[end] - counts[start]
        recent = max(0, (marks[end][1] - marks[start][1]) // days) if days else None
        if recent is not None and days >= SUSTAINED:
            best = max(best or 0, recent)
    best = recent if best is None else max(best, recent or 0)
    return Pace(recent, best if stated is None else stated)


def _marks(grid: YearGrid, done: Done, closed: Mapping[int, int], as_of: int) -> list[tuple[int, int]]:
    """(position, done since the year began) of every known point up to as_of, the first one with nothing done yet."""
    rows = [(i, done.sums[k + 1] - done.sums[k]) for k, i in enumerate(done.positions) if i <= as_of]
    begins = rows[0][0] - 1 if rows else None
    for month, amount in closed.items():
        first = grid.starts[month - 1]
        if first <= as_of:
            rows.append((min(grid.starts[month] - 1, as_of), amount))
            begins = first - 1 if begins is None else min(begins, first - 1)
    if begins is None:
        return []
    found, total = [(begins, 0)], 0
    for position, amount in sorted(rows):
        total += amount
        if position == found[-1][0]:
            found[-1] = (position, total)
        else:
            found.append((position, total))
    known = min(done.read_to, as_of)
    if known > found[-1][0]:
        found.append((known, total))
    return found
