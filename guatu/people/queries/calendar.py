"""The work calendar of a region, of one thing in it, of a body that sits: table, closures, sittings.

    calendar_for(project.region, ("library.project", str(project.public_id))).shift(day, 10)

Rows are read once and remembered until somebody writes; calendars that are equal are one object, so that a thousand
projects with the same closures share its days.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from threading import local
from typing import TypeAlias

from django.core.signals import request_started
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from guatu.core.models import TrailChange, TrailEntry, TrailHead
from guatu.core.prepared import prepared
from guatu.core.writing import open_act
from guatu.domain.dates import LATEST
from guatu.domain.workdays import Closure, Sitting, WorkCalendar, official_days
from guatu.people.models import CalendarDay, CalendarYear, Region, SittingRule, WorkClosure

Subject: TypeAlias = tuple[str, str]
"""(kind, public id) of what lies above people, as `OfficeRow.trail_subject` says it."""

EVERYTHING: Subject = ("", "")
ENTRIES_MOST = 200  # of the trail, looked through for calendars; beyond them the rows are read again
MEMORY_SECONDS = 1.0  # outside requests; within one, what was read stands until it ends
LABELS = ("people.calendaryear", "people.calendarday", "people.workclosure", "people.sittingrule")
_memory = local()
_generation = [0]


@dataclass(frozen=True, slots=True)
class _Span:
    """A closure as it is matched: whose it is, and its days."""

    path: str
    with_lower: bool
    subject: Subject
    days: tuple[Closure, ...]


_Key: TypeAlias = tuple[str, Subject | None, Sitting | None, bool]


@dataclass(slots=True)
class _Book:
    """Everything that calendars are made from, as it stands, and those that were made from it."""

    known_to: date
    country: dict[date, bool]
    regional: list[tuple[str, date, bool]]
    closures: list[_Span]
    limited: set[Subject] = field(default_factory=set)
    state: object = None
    made: dict[_Key, WorkCalendar] = field(default_factory=dict)

    def calendar(
        self, region: Region | None, subject: Subject | None, sitting: Sitting | None, closures: bool
    ) -> WorkCalendar:
        """Things without a closure of their own have their region's calendar."""
        path = "" if region is None else region.path
        key = (path, subject if subject in self.limited else None, sitting, closures)
        if key not in self.made:
            self.made[key] = _made(self, *key)
        return self.made[key]


def calendar_for(
    region: Region | None,
    subject: Subject | None = None,
    sitting: SittingRule | None = None,
    *,
    closures: bool = True,
) -> WorkCalendar:
    """The work calendar of a region (None: the country), of one thing there, of the days on which a body sits.

    Without `closures` it is the offices': a site that stands still stops no paper.
    """
    return _book().calendar(region, subject, _sits(sitting), closures)


def calendars_for(
    asked: Iterable[tuple[Region | None, Subject | None]], *, closures: bool = True
) -> list[WorkCalendar]:
    """The same for many (region, thing), in their order; equal calendars are the identical object. One reading."""
    book = _book()
    return [book.calendar(region, subject, None, closures) for region, subject in asked]


def calendars_differ() -> bool:
    """Whether the calendar of any region or thing is another one than the country's."""
    book = _book()
    return bool(book.regional or book.closures)


def calendar_state() -> object:
    """The identical object as long as no day of any calendar changes: a key for what was computed from calendars."""
    return _book().state


def table_end() -> date:
    """The last day of the table: the end of the last year before the first that nobody has entered."""
    return _book().known_to


def known_years() -> list[int]:
    """The years whose days off are known, in order: those entered, or those that came with the product."""
    return sorted(CalendarYear.objects.values_list("year", flat=True)) or sorted(
        {one.day.year for one in official_days()}
    )


def beyond_words(last: date) -> str:
    """What a page says of days up to `last` when they pass the table's end; "" when they don't."""
    end = table_end()
    if last <= end:
        return ""
    years = range(end.year + 1, last.year + 1)
    named = str(years[0]) if len(years) == 1 else f"{years[0]}—{years[-1]}"
    return _("%(years)s年放假安排尚未录入，暂按周一至周五计算") % {"years": named}


def forget_calendars(**kwargs: object) -> None:
    """Drop what every thread remembers: at the start of a request and after a change."""
    _generation[0] += 1


request_started.connect(forget_calendars, dispatch_uid="guatu.people.calendar.forget")


def occurrences(row: WorkClosure) -> list[Closure]:
    """The days of a closure, year by year where it repeats, up to its end. A 29th of February is the 28th in years
    that have none.
    """
    last = row.ended_on or date(LATEST, 12, 31)
    years = range(last.year - row.starts_on.year + 1) if row.yearly else range(1)
    found = []
    for later in years:
        start, end = _in_later_year(row.starts_on, later), min(_in_later_year(row.ends_on, later), last)
        if start <= end:
            found.append(Closure(start, end, row.words))
    return found


def _in_later_year(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


# -- reading -----------------------------------------------------------------------------------------------------------
def _book() -> _Book:
    """What stands: remembered, except inside an act that changes it, since that may still be undone."""
    act = open_act()
    if act is not None and any(act.changes.touch(label) for label in LABELS):
        return _read()
    if getattr(_memory, "generation", -1) == _generation[0] and _memory.until >= time.monotonic():
        book: _Book = _memory.book
        return book
    generation = _generation[0]  # read before the rows, so that a change meanwhile makes them old
    head = next(iter(_head(row=1)), None)
    seen = getattr(_memory, "head", None)
    if seen is None or head is None or not (head == seen or _untouched(seen, head)):
        _memory.book = _read()
    _memory.head = head
    _memory.generation, _memory.until = generation, time.monotonic() + MEMORY_SECONDS
    book = _memory.book
    return book


@prepared
def _head(row: int) -> QuerySet[TrailHead, tuple[int, str]]:
    return TrailHead.objects.filter(id=row).values_list("number", "digest")


def _untouched(seen: tuple[int, str], head: tuple[int, str]) -> bool:
    """Whether the trail goes on from one head to another without naming a row that calendars are made of."""
    if not 0 < head[0] - seen[0] <= ENTRIES_MOST or not _entry(number=seen[0], digest=seen[1]):
        return False
    return not _touching(after=seen[0], until=head[0], labels=(*LABELS, "people.region"))


@prepared
def _entry(number: int, digest: str) -> QuerySet[TrailEntry, tuple[int]]:
    return TrailEntry.objects.filter(number=number, digest=digest).values_list("number")


@prepared
def _touching(after: int, until: int, labels: Sequence[str]) -> QuerySet[TrailChange, tuple[str]]:
    entries = TrailEntry.objects.filter(number__gt=after, number__lte=until)
    return TrailChange.objects.filter(entry_id__in=entries.values("id"), model__in=labels).values_list("model")[:1]


def _read() -> _Book:
    rows = CalendarDay.objects.values_list("region__path", "day", "works").order_by("day", "pk")
    brought: list[tuple[str | None, date, bool]] = [(None, one.day, one.works) for one in official_days()]
    days = list(rows) or brought
    closures = [
        _Span(row.region.path, row.with_lower, (row.subject_kind, row.subject_id), tuple(occurrences(row)))
        for row in WorkClosure.objects.select_related("region").order_by("pk")
    ]
    known_to = _end_of(known_years())
    return _Book(
        known_to=known_to,
        country={day: works for path, day, works in days if path is None},
        regional=sorted((path, day, works) for path, day, works in days if path is not None),
        closures=closures,
        limited={span.subject for span in closures if span.subject != EVERYTHING},
        state=_state(known_to, tuple(days), tuple(closures)),
    )


@lru_cache(maxsize=8)
def _state(known_to: date, days: tuple[tuple[str | None, date, bool], ...], closures: tuple[_Span, ...]) -> object:
    """One object for equal books."""
    return object()


def _end_of(years: Sequence[int]) -> date:
    last = years[0]
    while last + 1 in years:
        last += 1
    return date(last, 12, 31)


def _sits(row: SittingRule | None) -> Sitting | None:
    return None if row is None else Sitting(frozenset(row.weekdays), frozenset(row.weeks))


# -- making ------------------------------------------------------------------------------------------------------------
def _made(book: _Book, path: str, subject: Subject | None, sitting: Sitting | None, closed: bool) -> WorkCalendar:
    days = dict(book.country)
    for own, day, works in book.regional:  # in order: a lower region's day stands before that of the one above it
        if path.startswith(own):
            days[day] = works
    closures = {
        days_closed
        for span in book.closures
        if closed
        and (span.path == path or (span.with_lower and path.startswith(span.path)))
        and span.subject in (EVERYTHING, subject)
        for days_closed in span.days
    }
    return _shared(
        frozenset(day for day, works in days.items() if not works),
        frozenset(day for day, works in days.items() if works),
        tuple(sorted(closures, key=lambda one: (one.start, one.end, one.words))),
        sitting,
        book.known_to,
    )


@lru_cache(maxsize=512)
def _shared(
    off: frozenset[date],
    worked: frozenset[date],
    closures: tuple[Closure, ...],
    sitting: Sitting | None,
    known_to: date,
) -> WorkCalendar:
    """One calendar for equal days, however they came about."""
    return WorkCalendar(off=off, worked=worked, closures=closures, sitting=sitting, known_to=known_to)
