"""The year of a building site: lunar new year, winter, and how much work a span of days holds.

Work is counted in thousandths of a good day, in whole numbers, so that the same seed gives the same district on every
machine.
"""

from datetime import date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from guatu.domain.dates import last_of_month

LUNAR_NEW_YEAR = {
    2018: date(2018, 2, 16),
    2019: date(2019, 2, 5),
    2020: date(2020, 1, 25),
    2021: date(2021, 2, 12),
    2022: date(2022, 2, 1),
    2023: date(2023, 1, 22),
    2024: date(2024, 2, 10),
    2025: date(2025, 1, 29),
    2026: date(2026, 2, 17),
    2027: date(2027, 2, 6),
    2028: date(2028, 1, 26),
    2029: date(2029, 2, 13),
    2030: date(2030, 2, 3),
}
"""The first day of the lunar year, 2018 to 2030 (published calendar)."""

GOOD_DAY, WINTER_DAY, FESTIVAL_DAY = 1000, 580, 120
BEFORE_FESTIVAL, AFTER_FESTIVAL = 9, 15  # days around the lunar new year in which sites are nearly empty


def lunar_new_year(year: int) -> date:
    """The first day of the lunar year; outside the table a middling day."""
    return LUNAR_NEW_YEAR.get(year, date(year, 2, 5))


def weight(day: date) -> int:
    """How much is done on a day, in thousandths of a good day."""
    festival = lunar_new_year(day.year)
    if -BEFORE_FESTIVAL <= (day - festival).days <= AFTER_FESTIVAL:
        return FESTIVAL_DAY
    if day.month in (12, 1) or (day.month == 2 and day.day <= 20):
        return WINTER_DAY
    return GOOD_DAY


class WorkDays:
    """Sums of weights over any span between two days, each in constant time."""

    def __init__(self, first: date, last: date) -> None:
        days = (last - first).days + 1
        self._first = first.toordinal()
        self._last = last.toordinal()
        self._sums = [0, *accumulate(weight(first + timedelta(days=step)) for step in range(days))]

    def before(self, day: date) -> int:
        """The work of all days before `day`, from the calendar's first day on."""
        place = min(max(day.toordinal(), self._first), self._last + 1) - self._first
        return self._sums[place]

    def between(self, first: date, last: date) -> int:
        """The work from `first` to `last`, both included; nothing when the span is empty."""
        return max(0, self.before(last + timedelta(days=1)) - self.before(first))


SHARES = 10_000


def s_curve(passed: int, whole: int) -> int:
    """The share of the money that is built in when `passed` of `whole` work is done, in ten-thousandths.

    A third of the money flows evenly, the rest slowly at both ends.
    """
    if whole <= 0 or passed >= whole:
        return SHARES
    x = max(0, passed) * SHARES // whole
    smooth = (3 * x * x * SHARES - 2 * x**3) // (SHARES * SHARES)
    return (35 * x + 65 * smooth) // 100


def month_ends(first: date, last: date) -> list[date]:
    """The last days of the months from the one of `first` to the one of `last`."""
    found, day = [], first
    while (day.year, day.month) <= (last.year, last.month):
        found.append(last_of_month(day.year, day.month))
        day = found[-1] + timedelta(days=1)
    return found


def off_season(day: date) -> bool:
    """Whether nothing starts, completes or resumes on a day: the end of the year, and the weeks around the festival."""
    if (day.month, day.day) >= (12, 11):
        return True
    festival = lunar_new_year(day.year)
    return -20 <= (day - festival).days <= 7


def in_season(day: date) -> date:
    """The day itself, or the first one after it on which work begins or ends."""
    while off_season(day):
        day += timedelta(days=1)
    return day


def meeting_after(day: date) -> date:
    """The weekly meeting (a Friday) at which a step of `day` is registered: two days later at the earliest."""
    earliest = day + timedelta(days=2)
    return earliest + timedelta(days=(4 - earliest.weekday()) % 7)


ZONE = ZoneInfo("Asia/Shanghai")


def moment(day: date, hour: int = 9, minute: int = 30) -> datetime:
    """A moment of office time."""
    return datetime.combine(day, time(hour, minute), ZONE)
