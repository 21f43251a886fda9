"""The days of an MSPDI calendar exception: once, or again every so many days, weeks, months or years."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Final

DAILY, YEARLY, YEARLY_AT, MONTHLY, MONTHLY_AT, WEEKLY, EVERY_DAYS = range(1, 8)
"""MSPDI's Exception/Type: every day of the span; by day or by position of the year or month; weekly; every n days."""
LAST: Final = 4
_DAY, _WEEKDAY, _WEEKEND = range(3)  # MonthItem 0 … 2; 3 … 9 are Sunday … Saturday


@dataclass(frozen=True, slots=True)
class Recurrence:
    """`period` is n of "every n"; `weekdays` are 0 (Monday) … 6; `month` 1 … 12; `day` of the month 1 … 31;
    `position` 0 … 3 is first … fourth, 4 last; `item` as MSPDI counts. `most` is the number of times, 0 for none."""

    type: int
    first: date
    last: date
    period: int = 1
    weekdays: frozenset[int] = frozenset()
    month: int = 1
    day: int = 1
    position: int = 0
    item: int = 0
    most: int = 0

    @property
    def known(self) -> bool:
        """Whether its type is one that MSPDI defines, with numbers that fit it."""
        fits = 1 <= self.day <= 31 if self.type in (YEARLY, MONTHLY) else 0 <= self.position <= LAST
        return DAILY <= self.type <= EVERY_DAYS and fits and 0 <= self.item <= 9

    def days(self) -> Iterator[date]:
        """Its days in order, both ends of the span included."""
        kinds = {WEEKLY: self._weekly, MONTHLY: self._monthly, MONTHLY_AT: self._monthly}
        kinds |= {YEARLY: self._yearly, YEARLY_AT: self._yearly}
        found = (day for day in kinds.get(self.type, self._daily)() if self.first <= day <= self.last)
        return islice(found, self.most) if self.most and self.type != DAILY else found

    def _daily(self) -> Iterator[date]:
        step = max(1, self.period) if self.type == EVERY_DAYS else 1
        for days in range(0, (self.last - self.first).days + 1, step):
            yield self.first + timedelta(days)

    def _weekly(self) -> Iterator[date]:
        """Weeks begin on Sunday, as MS Project counts them."""
        sunday = self.first - timedelta((self.first.weekday() + 1) % 7)
        for days in range(0, (self.last - sunday).days + 1, 7 * max(1, self.period)):
            for later in range(7):
                day = sunday + timedelta(days + later)
                if day.weekday() in self.weekdays:
                    yield day

    def _monthly(self) -> Iterator[date]:
        months = self.first.year * 12 + self.first.month - 1
        end = self.last.year * 12 + self.last.month - 1
        for index in range(months, end + 1, max(1, self.period)):
            yield from self._in_month(index // 12, index % 12 + 1, at=self.type == MONTHLY_AT)

    def _yearly(self) -> Iterator[date]:
        for year in range(self.first.year, self.last.year + 1):
            yield from self._in_month(year, self.month, at=self.type == YEARLY_AT)

    def _in_month(self, year: int, month: int, *, at: bool) -> Iterator[date]:
        length = calendar.monthrange(year, month)[1]
        if not at:
            if self.day <= length:  # the 31st does not come in every month
                yield date(year, month, self.day)
            return
        fitting = [day for number in range(1, length + 1) if self._fits(day := date(year, month, number))]
        if self.position == LAST:
            yield fitting[-1]
        elif self.position < len(fitting):
            yield fitting[self.position]

    def _fits(self, day: date) -> bool:
        if self.item == _DAY:
            return True
        if self.item in (_WEEKDAY, _WEEKEND):
            return (day.weekday() < 5) == (self.item == _WEEKDAY)
        return day.weekday() == (self.item - 4) % 7
