"""Periods of work, from the day to the year, as sets of days (docs/algorithms/periods.md)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, TypeAlias, get_args

from guatu.domain.dates import EARLIEST, LATEST, last_of_month, months_before
from guatu.domain.errors import DomainError

PeriodKind: TypeAlias = Literal["day", "week", "ten_days", "month", "quarter", "half", "year"]
KINDS: Final[tuple[PeriodKind, ...]] = get_args(PeriodKind)


@dataclass(frozen=True, slots=True)
class Period:
    """One period of a kind, ``start`` to ``end``, both included. Make it by ``parse`` or ``containing``.

    Weeks run Monday to Sunday, may cross a month or a year, and are numbered as ISO 8601 does.
    """

    kind: PeriodKind
    start: date
    end: date

    @classmethod
    def containing(cls, kind: PeriodKind, day: date) -> "Period":
        """The period of a kind that holds a day."""
        return cls(kind, *_BOUNDS[kind](day))

    @classmethod
    def parse(cls, code: str) -> "Period":
        """Reads ``code`` back: 2019-03-09, 2019-W12, 2019-03-X1 (上旬), 2019-03, 2019-Q1, 2019-H1, 2019.

        Raises DomainError period.unreadable for another form, period.no_such_period for 2019-13, 2019-W54, 2019-Q5 and
        what begins before 1949 or after 2099: no work calendar knows when it would be due.
        """
        for kind, pattern, first_day in _CODES:
            match = pattern.fullmatch(code.strip().upper())
            if match is None:
                continue
            try:
                period = cls.containing(kind, first_day(*(int(group) for group in match.groups())))
            except (ValueError, OverflowError):  # the last week of 9999 ends in no year
                raise DomainError("period.no_such_period", text=code) from None
            if not EARLIEST <= period.start.year < LATEST:
                raise DomainError("period.no_such_period", text=code)
            return period
        raise DomainError("period.unreadable", text=code)

    @property
    def code(self) -> str:
        """The stable code, the inverse of ``parse``."""
        year, month = self.start.year, self.start.month
        if self.kind == "week":
            iso = self.start.isocalendar()
            return f"{iso.year}-W{iso.week:02}"
        return {
            "day": self.start.isoformat(),
            "ten_days": f"{year}-{month:02}-X{min(self.start.day // 10, 2) + 1}",
            "month": f"{year}-{month:02}",
            "quarter": f"{year}-Q{(month + 2) // 3}",
            "half": f"{year}-H{(month + 5) // 6}",
            "year": f"{year}",
        }[self.kind]

    @property
    def label_zh(self) -> str:
        """What a bulletin calls it: 2019年3月, 2019年第12周, 2019年3月上旬, 2019年一季度, 2019年上半年, 2019年."""
        year, month = self.start.year, self.start.month
        if self.kind == "week":
            iso = self.start.isocalendar()
            return f"{iso.year}年第{iso.week}周"
        return {
            "day": f"{year}年{month}月{self.start.day}日",
            "ten_days": f"{year}年{month}月{'上中下'[min(self.start.day // 10, 2)]}旬",
            "month": f"{year}年{month}月",
            "quarter": f"{year}年{'一二三四'[(month - 1) // 3]}季度",
            "half": f"{year}年{'上下'[(month - 1) // 6]}半年",
            "year": f"{year}年",
        }[self.kind]

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def previous(self) -> "Period":
        return Period.containing(self.kind, self.start - timedelta(days=1))

    def next(self) -> "Period":
        return Period.containing(self.kind, self.end + timedelta(days=1))

    def split(self, kind: PeriodKind) -> Iterator["Period"]:
        """The periods of a kind that share a day with this one, in order (weeks may stick out at both ends)."""
        return iter_periods(kind, self.start, self.end)


def iter_periods(kind: PeriodKind, start: date, end: date) -> Iterator[Period]:
    """The periods of a kind that share a day with start … end, in order; none when end is before start."""
    if end < start:
        return
    period = Period.containing(kind, start)
    while period.start <= end:
        yield period
        period = period.next()


def cut_off(year: int, month: int, day: int) -> date:
    """The day that closes a month (截止日): the list's ``day`` of it, its last where it is shorter; 0 is the last."""
    last = last_of_month(year, month)
    return last.replace(day=min(day or last.day, last.day))


def last_cut_off(on: date, day: int) -> date:
    """The last cut-off on or before a day, by the list's ``day`` of the month as in ``cut_off``."""
    here = cut_off(on.year, on.month, day)
    if here <= on:
        return here
    before = months_before(on, 1)
    return cut_off(before.year, before.month, day)


def _week(day: date) -> tuple[date, date]:
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def _ten_days(day: date) -> tuple[date, date]:
    if day.day <= 20:
        first = 1 if day.day <= 10 else 11
        return day.replace(day=first), day.replace(day=first + 9)
    return day.replace(day=21), last_of_month(day.year, day.month)


def _months(count: int) -> Callable[[date], tuple[date, date]]:
    def bounds(day: date) -> tuple[date, date]:
        first = (day.month - 1) // count * count + 1
        return date(day.year, first, 1), last_of_month(day.year, first + count - 1)

    return bounds


_BOUNDS: Final[dict[PeriodKind, Callable[[date], tuple[date, date]]]] = {
    "day": lambda day: (day, day),
    "week": _week,
    "ten_days": _ten_days,
    "month": _months(1),
    "quarter": _months(3),
    "half": _months(6),
    "year": _months(12),
}
_CODES: Final[tuple[tuple[PeriodKind, re.Pattern[str], Callable[..., date]], ...]] = (
    ("day", re.compile(r"(\d{4})-(\d{2})-(\d{2})"), date),
    ("week", re.compile(r"(\d{4})-W(\d{2})"), lambda year, week: date.fromisocalendar(year, week, 1)),
    ("ten_days", re.compile(r"(\d{4})-(\d{2})-X([1-3])"), lambda year, month, ten: date(year, month, 10 * ten - 9)),
    ("month", re.compile(r"(\d{4})-(\d{2})"), lambda year, month: date(year, month, 1)),
    ("quarter", re.compile(r"(\d{4})-Q(\d)"), lambda year, quarter: date(year, 3 * quarter - 2, 1)),
    ("half", re.compile(r"(\d{4})-H(\d)"), lambda year, half: date(year, 6 * half - 5, 1)),
    ("year", re.compile(r"(\d{4})"), lambda year: date(year, 1, 1)),
)
