"""The calendars of an MSPDI file: weeks, exceptions and their repetitions, other weeks, what a base hands down."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from guatu.core.refusals import Refusal
from guatu.domain.dates import EARLIEST, LATEST
from guatu.domain.workdays import WEEKDAYS
from guatu.plans.imports.days import FirstWins
from guatu.plans.imports.recurrence import DAILY, Recurrence
from guatu.plans.imports.unread import Tally
from guatu.plans.imports.xml_tree import Element, each, text_of
from guatu.plans.plan_file import FileCalendar

MOST_DAYS: Final = 2_000_000  # of all exceptions of a file
_ORDINARY: Final = {("08:00:00", "12:00:00"), ("13:00:00", "17:00:00")}


def read_calendars(found: Iterable[Element], used: set[int], name: str, tally: Tally) -> tuple[FileCalendar, ...]:
    """The base calendars, and those among `used`; calendars of single resources are counted and left out.

    Raises Refusal: plans.file_calendar_circle (one is built on itself), plans.file_exceptions.
    """
    return _Calendars(found, name, tally).read(used)


class _Calendars:
    def __init__(self, found: Iterable[Element], name: str, tally: Tally) -> None:
        self.by_uid = {int(text_of(one, "UID") or 0): one for one in found}
        self.name, self.tally, self.left = name, tally, MOST_DAYS

    def read(self, used: set[int]) -> tuple[FileCalendar, ...]:
        calendars = []
        for uid, found in self.by_uid.items():
            words = text_of(found, "Name")
            if text_of(found, "IsBaseCalendar") == "0" and uid not in used:
                self.tally.add("resource_calendars", words)
                continue
            line = self._line(uid)
            days = FirstWins()
            for one in line:
                self._exceptions(one, days)
            weekdays = self._week(line)
            self._work_weeks(line, weekdays, days)
            calendars.append(FileCalendar(uid, words, weekdays, days.exceptions()))
        return tuple(calendars)

    def _line(self, uid: int) -> list[Element]:
        """The calendar and those that it is built on, nearest first."""
        line: list[Element] = []
        seen: set[int] = set()
        while uid in self.by_uid:
            if uid in seen:
                words = text_of(self.by_uid[uid], "Name")
                raise Refusal("plans.file_calendar_circle", name=self.name, calendar=words)
            seen.add(uid)
            line.append(self.by_uid[uid])
            base = text_of(self.by_uid[uid], "BaseCalendarUID") or "-1"
            uid = int(base) if text_of(self.by_uid[uid], "IsBaseCalendar") == "0" else -1
        return line

    def _week(self, line: list[Element]) -> frozenset[int]:
        worked: dict[int, bool] = {}
        for one in line:
            for day in each(one, "WeekDays", "WeekDay"):
                number = int(text_of(day, "DayType") or 0)
                if number:
                    worked.setdefault((number - 2) % 7, text_of(day, "DayWorking") == "1")
                    self._hours(one, day)
        return frozenset(day for day in range(7) if worked.get(day, day in WEEKDAYS))

    def _hours(self, one: Element, day: Element) -> None:
        times = {(text_of(at, "FromTime"), text_of(at, "ToTime")) for at in each(day, "WorkingTimes", "WorkingTime")}
        if times and times != _ORDINARY:
            self.tally.add("hours", text_of(one, "Name"))

    def _exceptions(self, one: Element, days: FirstWins) -> None:
        for found in each(one, "Exceptions", "Exception"):
            again = self._recurrence(found)
            if again is None:
                continue
            works = text_of(found, "DayWorking") == "1"
            days.put(self._counted(again.days()), works, text_of(found, "Name"))
            self._hours(one, found)
        for found in each(one, "WeekDays", "WeekDay"):  # as Project 2003 wrote them, and newer ones repeat them
            if text_of(found, "DayType") == "0" and (span := self._span(found)):
                days.put(self._counted(Recurrence(DAILY, *span).days()), text_of(found, "DayWorking") == "1", "")

    def _recurrence(self, found: Element) -> Recurrence | None:
        words = text_of(found, "Name")
        span = self._span(found)
        if span is None:
            self.tally.add("exception_endless", words)
            return None
        number = {tag: int(text_of(found, tag) or 0) for tag in _NUMBERS}
        mask = number["DaysOfWeek"]
        again = Recurrence(
            number["Type"] or DAILY,
            *span,
            period=number["Period"] or 1,
            weekdays=frozenset((bit - 1) % 7 for bit in range(7) if mask & 1 << bit),
            month=min(11, number["Month"]) + 1,
            day=number["MonthDay"],
            position=number["MonthPosition"],
            item=number["MonthItem"],
            most=number["Occurrences"] if text_of(found, "EnteredByOccurrences") == "1" else 0,
        )
        if not again.known:
            self.tally.add("exception_endless", words)
            return None
        return again

    def _span(self, found: Element) -> tuple[date, date] | None:
        """The first and last day, cut to the years that the house knows."""
        for period in each(found, "TimePeriod"):
            try:
                first = date.fromisoformat(text_of(period, "FromDate")[:10])
                last = date.fromisoformat(text_of(period, "ToDate")[:10])
            except ValueError:
                return None
            first, last = max(first, date(EARLIEST, 1, 1)), min(last, date(LATEST, 12, 31))
            return (first, last) if first <= last else None
        return None

    def _counted(self, days: Iterable[date]) -> Iterable[date]:
        for day in days:
            self.left -= 1
            if self.left < 0:
                raise Refusal("plans.file_exceptions", name=self.name, limit=MOST_DAYS)
            yield day

    def _work_weeks(self, line: list[Element], weekdays: frozenset[int], days: FirstWins) -> None:
        """Weeks of another pattern (from Project 2007 on): the days on which they differ from the week."""
        for one in line:
            for week in each(one, "WorkWeeks", "WorkWeek"):
                span = self._span(week)
                if span is None:
                    continue
                pattern = {
                    (int(text_of(day, "DayType") or 1) - 2) % 7: text_of(day, "DayWorking") == "1"
                    for day in each(week, "WeekDays", "WeekDay")
                }
                for works in (False, True):
                    other = {day for day, said in pattern.items() if said is works and (day in weekdays) is not works}
                    listed = (day for day in Recurrence(DAILY, *span).days() if day.weekday() in other)
                    days.put(self._counted(listed), works, text_of(week, "Name"))


_NUMBERS: Final = (
    "Type", "Period", "DaysOfWeek", "Month", "MonthDay", "MonthPosition", "MonthItem", "Occurrences",
)  # fmt: skip
