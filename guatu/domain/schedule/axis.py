"""The open days of a calendar as whole numbers 0, 1, 2 …: in between, days are only added and compared."""

from bisect import bisect_left
from datetime import date
from typing import Final

from guatu.domain.dates import EARLIEST, LATEST
from guatu.domain.errors import DomainError
from guatu.domain.workdays import CALENDAR_DAYS, WorkCalendar

FIRST: Final = date(EARLIEST, 1, 1).toordinal()
AFTER: Final = date(LATEST, 12, 31).toordinal() + 1


class Axis:
    """Index ↔ ordinal of the open days. Outside 1949–2100 the weekdays alone count on, in both directions."""

    __slots__ = ("_after", "_before", "_pattern", "calendar", "open", "size")

    def __init__(self, calendar: WorkCalendar) -> None:
        self.calendar = calendar
        self.open = calendar.ordinals
        self.size = len(self.open)
        sitting = calendar.sitting
        self._pattern = () if sitting is not None and sitting.weeks else tuple(sorted(calendar.weekdays))
        if sitting is not None and self._pattern:
            self._pattern = tuple(day for day in self._pattern if day in sitting.weekdays)
        self._before, self._after = self._counted(FIRST), self._counted(AFTER)

    def _counted(self, day: int) -> int:
        weeks, weekday = divmod(day - 1, 7)  # 0001-01-01, ordinal 1, was a Monday
        return weeks * len(self._pattern) + bisect_left(self._pattern, weekday)

    def rank(self, day: int) -> int:
        """The index of the first open day on or after an ordinal."""
        if day < FIRST:
            return self._counted(day) - self._before
        if day >= AFTER:
            return self.size + self._counted(day) - self._after
        return bisect_left(self.open, day)

    def day(self, index: int) -> int:
        """The ordinal of an open day by its index. Raises DomainError("schedule.beyond_calendar")."""
        if 0 <= index < self.size:
            return self.open[index]
        if not self._pattern:
            raise DomainError("schedule.beyond_calendar", first=EARLIEST, last=LATEST)
        number = index + self._before if index < 0 else index - self.size + self._after
        week, place = divmod(number, len(self._pattern))
        return week * 7 + self._pattern[place] + 1


class EveryDay(Axis):
    """The axis of calendar days: no day is looked up."""

    __slots__ = ()

    def rank(self, day: int) -> int:
        return day - FIRST

    def day(self, index: int) -> int:
        return index + FIRST


def axis_of(calendar: WorkCalendar) -> Axis:
    """A calendar's axis, made once and kept with it."""
    kept = vars(calendar)
    axis: Axis | None = kept.get("axis")
    if axis is None:
        axis = kept["axis"] = EveryDay(calendar) if calendar is CALENDAR_DAYS else Axis(calendar)
    return axis


EVERY: Final = axis_of(CALENDAR_DAYS)


def as_date(day: int) -> date:
    """A date of an ordinal. Raises DomainError("schedule.beyond_calendar") before year 1 and after 9999."""
    try:
        return date.fromordinal(day)
    except (ValueError, OverflowError):
        raise DomainError("schedule.beyond_calendar", first=EARLIEST, last=LATEST) from None
