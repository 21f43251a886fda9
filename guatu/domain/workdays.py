"""Work days: weekends, the State Council's days off and make-up days, closures, and days on which a body sits.

The official table has an end (docs/algorithms/workdays.md): past it weekends alone count, and `beyond` says so.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Final

from chinese_calendar.constants import holidays, workdays

from guatu.domain.dates import EARLIEST, LATEST
from guatu.domain.errors import DomainError

WEEKDAYS: Final = frozenset(range(5))  # Monday to Friday
EVERY_DAY: Final = frozenset(range(7))
_FIRST: Final = date(EARLIEST, 1, 1).toordinal()
_AFTER: Final = date(LATEST, 12, 31).toordinal() + 1


@dataclass(frozen=True, slots=True)
class Closure:
    """Days on which no work is done: heating stop, flood season, festival. Both ends belong to it."""

    start: date
    end: date
    words: str = ""

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise DomainError("calendar.closure_reversed", start=self.start.isoformat(), end=self.end.isoformat())


@dataclass(frozen=True, slots=True)
class Sitting:
    """When a body sits: on these weekdays (0 is Monday), in these weeks of the month (1 … 5; empty is every week)."""

    weekdays: frozenset[int]
    weeks: frozenset[int] = frozenset()

    def __contains__(self, day: date) -> bool:
        return day.weekday() in self.weekdays and (not self.weeks or (day.day - 1) // 7 + 1 in self.weeks)


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked. ``off`` and ``worked`` are exceptions to ``weekdays``; ``closures`` come after both.

    ``known_to`` is the last day of the official table, None when there is none to know (calendar days).
    """

    weekdays: frozenset[int] = WEEKDAYS
    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    closures: tuple[Closure, ...] = ()
    sitting: Sitting | None = None
    known_to: date | None = None

    @cached_property
    def ordinals(self) -> list[int]:
        """Ordinals (``date.toordinal``) of all open days of 1949–2100, in order. Not to be changed."""
        days = {day for day in range(_FIRST, _AFTER) if (day - 1) % 7 in self.weekdays}
        days -= {day.toordinal() for day in self.off}
        days |= {day.toordinal() for day in self.worked}
        for first, after in _merged(self.closures):
            days.difference_update(range(max(_FIRST, first), min(_AFTER, after)))
        if self.sitting is not None:
            days = {day for day in days if date.fromordinal(day) in self.sitting}
        return sorted(days)

    def is_open(self, day: date) -> bool:
        """Whether work is done on the day."""
        index = self._index(day)
        return index < len(self.ordinals) and self.ordinals[index] == day.toordinal()

    def count(self, start: date, end: date) -> int:
        """Open days from ``start`` to ``end``, both included; 0 when they are reversed."""
        return max(0, bisect_right(self.ordinals, end.toordinal()) - self._index(start))

    def days(self, start: date, end: date) -> list[date]:
        """The open days from ``start`` to ``end``, both included."""
        upper = bisect_right(self.ordinals, end.toordinal())
        return [date.fromordinal(day) for day in self.ordinals[self._index(start) : upper]]

    def on_or_after(self, day: date) -> date:
        """The first open day from ``day`` on. Raises DomainError("calendar.no_work_day")."""
        return self._at(self._index(day), day)

    def shift(self, day: date, days: int) -> date:
        """The open day that lies ``days`` open days after ``day`` (before, when negative).

        From a closed day forwards the first open day after it is 1, backwards the last one before it is −1; 0 moves a
        closed day to the next open one. Raises DomainError("calendar.no_work_day") outside 1949–2100.
        """
        index = self._index(day)
        closed = index >= len(self.ordinals) or self.ordinals[index] != day.toordinal()
        return self._at(index + days - (1 if closed and days > 0 else 0), day)

    def beyond(self, day: date) -> bool:
        """Whether a day lies past the official table, so that only weekends are known of it."""
        return self.known_to is not None and day > self.known_to

    def _index(self, day: date) -> int:
        return bisect_left(self.ordinals, day.toordinal())

    def _at(self, index: int, day: date) -> date:
        if not 0 <= index < len(self.ordinals):
            raise DomainError("calendar.no_work_day", day=day.isoformat())
        return date.fromordinal(self.ordinals[index])


def _merged(closures: Iterable[Closure]) -> Iterator[tuple[int, int]]:
    """Closures as spans (first day, day after) that do not overlap: a million of them still take few days away."""
    open_span: tuple[int, int] | None = None
    for start, end in sorted({(one.start.toordinal(), one.end.toordinal() + 1) for one in closures}):
        if open_span is not None and start <= open_span[1]:
            open_span = open_span[0], max(open_span[1], end)
            continue
        if open_span is not None:
            yield open_span
        open_span = start, end
    if open_span is not None:
        yield open_span


CALENDAR_DAYS: Final = WorkCalendar(weekdays=EVERY_DAY)


@dataclass(frozen=True, slots=True)
class OfficialDay:
    """One exception of the official table: a day off, or a weekend day that is worked to make up for one."""

    day: date
    works: bool
    name: str


@cache
def official_days() -> tuple[OfficialDay, ...]:
    """The State Council's exceptions as chinesecalendar holds them, in order; weekend days off are left out."""
    off = [OfficialDay(day, False, str(name)) for day, name in holidays.items() if day.weekday() in WEEKDAYS]
    made_up = [OfficialDay(day, True, str(name)) for day, name in workdays.items() if day.weekday() not in WEEKDAYS]
    return tuple(sorted(off + made_up, key=lambda one: one.day))


def calendar_of(
    table: Iterable[OfficialDay], known_to: date, closures: Iterable[Closure] = (), sitting: Sitting | None = None
) -> WorkCalendar:
    """A work calendar from a table of exceptions that is complete up to ``known_to``."""
    rows = list(table)
    return WorkCalendar(
        off=frozenset(row.day for row in rows if not row.works),
        worked=frozenset(row.day for row in rows if row.works),
        closures=tuple(closures),
        sitting=sitting,
        known_to=known_to,
    )


def official_calendar(closures: Iterable[Closure] = (), sitting: Sitting | None = None) -> WorkCalendar:
    """The calendar of the official table as it came with the product: known to the end of its last year."""
    table = official_days()
    return calendar_of(table, date(table[-1].day.year, 12, 31), closures, sitting)
