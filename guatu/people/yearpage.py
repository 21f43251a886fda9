"""A year of the work calendar as a page shows it: twelve months, what each day is, and how many are worked."""

from calendar import Calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import Sentence
from guatu.core.ui.numbers import weekday
from guatu.domain.workdays import WEEKDAYS, WorkCalendar
from guatu.people.models import CalendarDay, Region, SittingRule, WorkClosure
from guatu.people.notice import Festival, NoticeDay, festivals_of, span_words, spans
from guatu.people.queries import occurrences
from guatu.people.sittings import sitting_words

MARKS: Mapping[str, tuple[str, Sentence]] = {
    "off": ("休", _("法定节假日放假")),
    "made": ("班", _("调休上班")),
    "closed": ("停", _("停工")),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a month's sheet: `kind` is work, rest, off, made or closed; `words` says why."""

    day: int
    kind: str
    mark: str
    words: str
    today: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month's sheet, Monday first; None where a week reaches into another month."""

    number: int
    work_days: int
    weeks: Sequence[Sequence[Cell | None]]


@dataclass(frozen=True, slots=True)
class FestivalRow:
    """A festival as a line of the table."""

    name: str
    off: str
    count: int
    worked: str
    usual: str = ""


@dataclass(frozen=True, slots=True)
class YearPage:
    """Everything that the page shows of a year."""

    months: Sequence[Month]
    quarters: Sequence[int]
    work_days: int
    festivals: Sequence[FestivalRow]


def country_days(year: int) -> list[NoticeDay]:
    """The country's exceptions of a year: what of its rows the weekdays do not say by themselves."""
    rows = CalendarDay.objects.filter(region=None, day__year=year).order_by("day")
    return [NoticeDay(row.day, row.works, row.name) for row in rows if row.works != (row.day.weekday() in WEEKDAYS)]


def names_of(region: Region | None) -> dict[date, str]:
    """What days are called in a region: by its own rows, else by the country's."""
    above = region.lineage if region is not None else []
    rows = CalendarDay.objects.filter(Q(region=None) | Q(region__path__in=above)).select_related("region")
    by_nearness = sorted(rows, key=lambda row: row.region.path if row.region is not None else "")
    return {row.day: row.name for row in by_nearness}


def shown_closures(rows: QuerySet[WorkClosure], year: int) -> list[dict[str, Any]]:
    """Closures that touch a year, with the days on which they do; those that were ended before it are left out."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = []
    for row in rows.select_related("region").order_by("region__path", "starts_on", "pk"):
        days = [one for one in occurrences(row) if one.start <= last and one.end >= first]
        if days or (row.ended_on is not None and row.ended_on < row.starts_on and row.starts_on.year == year):
            spans_ = "；".join(span_words((one.start, one.end), year) for one in days)
            found.append({"row": row, "days": spans_})
    return found


def shown_sittings(rows: QuerySet[SittingRule], year: int) -> list[dict[str, Any]]:
    """Bodies that sit in a year, and on which days of the week."""
    standing = rows.filter(Q(ended_on=None) | Q(ended_on__gte=date(year, 1, 1))).select_related("region")
    return [
        {"row": row, "days": sitting_words(row.weekdays, row.weeks)}
        for row in standing.order_by("region__path", "name", "pk")
    ]


def year_page(year: int, calendar: WorkCalendar, names: Mapping[date, str], today: date) -> YearPage:
    """The page of a year by a calendar; `names` says what a day off is called."""
    festivals = festivals_of(
        NoticeDay(day, day in calendar.worked, names.get(day, ""))
        for day in sorted({*calendar.off, *calendar.worked})
        if day.year == year and (day in calendar.worked) != (day.weekday() in WEEKDAYS)
    )
    sheet = _Sheet(year, calendar, {day: one.name for one in festivals for day in one.off}, names, today)
    months = [sheet.month(number) for number in range(1, 13)]
    quarters = [sum(month.work_days for month in months[at : at + 3]) for at in range(0, 12, 3)]
    return YearPage(months, quarters, sum(quarters), [festival_row(one, year) for one in festivals])


def said(one: NoticeDay) -> str:
    """10月10日 星期六 上班（国庆节）."""
    words = _("上班") if one.works else _("休息")
    return f"{one.day.year}-{one.day.month:02}-{one.day.day:02} {weekday(one.day)} {words}（{one.name}）"


def festival_row(one: Festival, year: int) -> FestivalRow:
    """A festival in words; days of another year say theirs."""
    off = "、".join(span_words(span, year) for span in spans(one.off))
    worked = "、".join(span_words((day, day), year) for day in one.worked)
    usual = "、".join(f"{span_words((day, day), year)}（{weekday(day)}）" for day in one.usual)
    return FestivalRow(one.name, off, len(one.off), worked, usual)


@dataclass(frozen=True, slots=True)
class _Sheet:
    year: int
    calendar: WorkCalendar
    off: Mapping[date, str]
    names: Mapping[date, str]
    today: date

    def month(self, number: int) -> Month:
        weeks = [
            [self._cell(day) if day.month == number else None for day in week]
            for week in Calendar().monthdatescalendar(self.year, number)
        ]
        last = max(day for day in Calendar().itermonthdates(self.year, number) if day.month == number)
        return Month(number, self.calendar.count(date(self.year, number, 1), last), weeks)

    def _cell(self, day: date) -> Cell:
        kind, words = self._kind(day)
        mark = MARKS[kind][0] if kind in MARKS else ""
        return Cell(day.day, kind, mark, words, day == self.today)

    def _kind(self, day: date) -> tuple[str, str]:
        made = day in self.calendar.worked and day.weekday() not in WEEKDAYS
        if self.calendar.is_open(day):
            return ("made", self.names.get(day, "")) if made else ("work", "")
        if day in self.off:
            return "off", self.off[day]
        if day.weekday() in WEEKDAYS or made:
            return "closed", self._closure(day)
        return "rest", ""

    def _closure(self, day: date) -> str:
        return "、".join(dict.fromkeys(one.words for one in self.calendar.closures if one.start <= day <= one.end))
