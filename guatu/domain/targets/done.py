"""What was done in a year, day by day or from reading to reading, and the daily rates that it has shown."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Final

from guatu.domain.errors import DomainError
from guatu.domain.readings import Reading
from guatu.domain.targets.grid import YearGrid

SUSTAINED: Final = 10
"""Work days over which a rate counts as shown: two weeks, so that one good day or one late entry is no rate."""


@dataclass(frozen=True, slots=True, eq=False)
class Done:
    """Amounts done (whole yuan, corrections below zero) at positions of the year, in order. Make it by ``Done.of``.

    An amount stands for the time since the one before it: a day where reports are daily, else a week or a month. The
    first one stands for its own day alone; (1 January, 0) before it says that the year is known from its beginning.
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

    @classmethod
    def of_readings(cls, grid: YearGrid, readings: Iterable[Reading], opening: int = 0) -> "Done":
        """The year's part of a project's readings: each difference stands at the later one's date.

        The year begins with the last reading before it, else with ``opening`` (至上年底累计, whole yuan). Readings
        after the year are left out.
        """
        first, last = grid.day(0), grid.day(grid.length - 1)
        before, rows = opening, []
        for reading in sorted(readings, key=lambda one: one.on):
            if first <= reading.on <= last:
                rows.append((reading.on, reading.cumulative - before))
            if reading.on <= last:
                before = reading.cumulative
        return cls.of(grid, [(first, 0), *rows] if rows else [])

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


def shown_pace(grid: YearGrid, done: Done, closed: Mapping[int, int], as_of: date, stated: int | None = None) -> Pace:
    """The recent rate and the best sustained one up to ``as_of``; ``stated`` stands for the latter when given.

    A rate is what was done from one reading to a later one over the work days between them, over ten of those at least
    (all there are, where there are fewer). The recent one ends at ``read_to`` or ``as_of``, whichever is earlier.
    """
    places, totals = _marks(grid, done, closed, grid.at(as_of))
    if len(places) < 2:
        return Pace(None, stated)
    counts = [grid.opened[position + 1] for position in places]
    recent, best, start = None, 0, 0
    for end in range(1, len(places)):
        latest = counts[end] - SUSTAINED
        while counts[start + 1] <= latest:  # the shortest time that is long enough
            start += 1
        days = counts[end] - counts[start]
        recent = (totals[end] - totals[start]) // days if days else None
        if recent is not None and recent > best and days >= SUSTAINED:
            best = recent
    if recent is not None:
        recent = max(0, recent)
        best = max(best, recent)  # where there are fewer than ten work days yet, all there are
    return Pace(recent, (best if best or recent is not None else None) if stated is None else stated)


def _marks(grid: YearGrid, done: Done, closed: Mapping[int, int], as_of: int) -> tuple[list[int], list[int]]:
    """Positions up to as_of, and what was done by each since the year began; the first one has nothing done yet."""
    known = bisect_right(done.positions, as_of)
    places, totals = list(done.positions[:known]), list(done.sums[: known + 1])
    begun = {grid.starts[month - 1]: amount for month, amount in closed.items() if grid.starts[month - 1] <= as_of}
    if begun:
        rows = [(position, totals[k + 1] - totals[k]) for k, position in enumerate(places)]
        rows += [(min(grid.starts[grid.month_of(i)] - 1, as_of), amount) for i, amount in begun.items()]
        rows.sort()
        totals = [0, *accumulate(amount for _, amount in rows)]
        places = [position for position, _ in rows]
    if not places:
        return [], []
    places.insert(0, min(places[0], *begun) - 1 if begun else places[0] - 1)
    last = min(done.read_to, as_of)
    if last > places[-1]:
        places.append(last)
        totals.append(totals[-1])
    return places, totals
