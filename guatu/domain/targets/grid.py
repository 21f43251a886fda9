"""One year's days with their work days counted, made once and shared by every project of that calendar."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from typing import Final

from guatu.domain.dates import EARLIEST, LATEST
from guatu.domain.errors import DomainError
from guatu.domain.workdays import WorkCalendar

MONTHS: Final = range(1, 13)
QUARTERS: Final = range(1, 5)


@dataclass(frozen=True, slots=True, eq=False)
class YearGrid:
    """The days of a year as positions 0 … 364 (365). Make it by ``YearGrid.of``.

    ``open`` is 1 for a work day, else 0; ``opened[i]`` counts the work days before position i; ``starts[m - 1]`` is the
    position of a month's first day (``starts[12]`` the year's length); ``official`` is false where the table of days
    off says nothing of the year's end, so that weekends alone are known there.
    """

    year: int
    first: int  # ordinal of 1 January
    open: tuple[int, ...] = field(repr=False)
    opened: tuple[int, ...] = field(repr=False)
    starts: tuple[int, ...]
    work_days: tuple[int, ...]  # of each month
    official: bool

    @classmethod
    def of(cls, year: int, calendar: WorkCalendar) -> "YearGrid":
        """The grid of a year (1949 … 2100). Raises DomainError("targets.year_absurd")."""
        if not EARLIEST <= year <= LATEST:
            raise DomainError("targets.year_absurd", year=year, earliest=EARLIEST, latest=LATEST)
        start, end = date(year, 1, 1), date(year, 12, 31)
        first = start.toordinal()
        days = [0] * (end.toordinal() - first + 1)
        for day in calendar.days(start, end):
            days[day.toordinal() - first] = 1
        starts = (*(date(year, month, 1).toordinal() - first for month in MONTHS), len(days))
        before_table = calendar.known_to is not None and calendar.off and year < min(calendar.off).year
        official = not (calendar.beyond(end) or before_table)
        work_days = tuple(sum(days[starts[m - 1] : starts[m]]) for m in MONTHS)
        return cls(year, first, tuple(days), (0, *accumulate(days)), starts, work_days, official)

    @property
    def length(self) -> int:
        return len(self.open)

    def at(self, day: date) -> int:
        """A day's position; below 0 or past the end for a day outside the year."""
        return day.toordinal() - self.first

    def day(self, position: int) -> date:
        return date.fromordinal(self.first + position)

    def inside(self, start: date, end: date) -> range:
        """The positions of the days from ``start`` to ``end`` (both included) that lie in the year."""
        return range(max(0, self.at(start)), max(0, min(self.length, self.at(end) + 1)))

    def month(self, month: int) -> range:
        """The positions of a month's days."""
        return range(self.starts[month - 1], self.starts[month])

    def month_of(self, position: int) -> int:
        return bisect_right(self.starts, position)

    def weeks(self) -> list[tuple[date, range]]:
        """Every week that shares a day with the year: its Monday, and the positions of its days inside the year."""
        monday = date.fromordinal(self.first - (self.first - 1) % 7)
        found = []
        while self.at(monday) < self.length:
            found.append((monday, self.inside(monday, monday + timedelta(days=6))))
            monday += timedelta(days=7)
        return found

    def count(self, start: int, stop: int) -> int:
        """Work days at the positions ``start`` … ``stop`` - 1, cut to the year."""
        last = self.length
        return max(0, self.opened[min(max(stop, 0), last)] - self.opened[min(max(start, 0), last)])
