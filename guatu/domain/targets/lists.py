"""Day amounts added up to weeks, months and quarters: the four lists of a plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from guatu.domain.targets.grid import MONTHS, QUARTERS, YearGrid


@dataclass(frozen=True, slots=True)
class Lists:
    """One plan on every level, whole yuan; each of the four adds up to the same total.

    ``weeks`` are named by their Monday, which may lie in the year before, and hold only their days inside the year.
    """

    quarters: tuple[int, ...]
    months: tuple[int, ...]
    weeks: tuple[tuple[date, int], ...]
    days: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.quarters)


def lists_of(grid: YearGrid, days: Sequence[int]) -> Lists:
    """The lists of a year's day amounts (365 or 366 of them)."""
    months = tuple(sum(days[grid.starts[m - 1] : grid.starts[m]]) for m in MONTHS)
    quarters = tuple(sum(months[3 * q - 3 : 3 * q]) for q in QUARTERS)
    weeks = tuple((monday, sum(days[inside.start : inside.stop])) for monday, inside in grid.weeks())
    return Lists(quarters, months, weeks, tuple(days))
