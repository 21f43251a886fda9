"""The work calendar: the country's days off, a year at a time or a day, closures, and days on which bodies sit.

Nothing is deleted: a day that is no exception any more says what its weekday says, a closure or a sitting is ended.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.core.ui.numbers import weekday
from guatu.core.writing import Act, action, current, require_reason
from guatu.domain.dates import LATEST
from guatu.domain.workdays import WEEKDAYS, official_days
from guatu.people import policies
from guatu.people.choices import FESTIVALS, ClosureKind, TableSource
from guatu.people.models import CalendarDay, CalendarYear, Region, SittingRule, WorkClosure
from guatu.people.notice import NoticeDay
from guatu.people.queries import forget_calendars

FIRST_YEAR = 2004  # the first year of the table that comes with the product
REST, WORK = _("休息"), _("上班")


@dataclass(frozen=True, slots=True)
class Published:
    """What a year's table has become: days that are new, that say something else, and that are ordinary days again."""

    year: int
    added: tuple[NoticeDay, ...] = ()
    changed: tuple[NoticeDay, ...] = ()
    dropped: tuple[date, ...] = ()


@action("people.publish_calendar_year", _("录入全年放假安排"))
def publish_calendar_year(
    *, actor: Actor, year: int, days: Sequence[NoticeDay], document: str, seen: int | None = None
) -> Published:
    """Enter the notice of a year in full, under its number: what it doesn't name is an ordinary day.

    `days` are the exceptions (`notice.exceptions`). Those of the December before count too. A notice that is entered
    again replaces the year's days; nothing is written when it says the same. `seen` is the version of the year's row.
    """
    number = require_reason(document, _("放假安排的文号"))
    if not FIRST_YEAR <= year <= LATEST:
        raise Refusal("people.calendar_year_absurd", year=year)
    if not days:
        raise Refusal("people.notice_empty")
    act = current()
    _stand_on_the_table(actor)
    row = CalendarYear.objects.filter(year=year).first()
    entered = {
        "document": number,
        "source": TableSource.OFFICE,
        "entered_by": actor.label[:120],
        "entered_on": clock.today(),
    }
    result = _replace(act, year, days, number)
    if row is None:
        row = act.add(CalendarYear(year=year, **entered))
    elif result != Published(year) or row.document != number:
        act.change(row, seen=seen, **entered)
    act.about(row, year=year, document=number)
    forget_calendars()
    return result


@action("people.seed_calendar", _("写入随软件提供的放假安排"), right="people.publish_calendar_year")
def seed_calendar(*, actor: Actor) -> list[int]:
    """Enter the years of the table that came with the product that nobody has entered; others stay. The years."""
    held = set(CalendarYear.objects.values_list("year", flat=True))
    act = current()
    missing = sorted({one.day.year for one in official_days()} - held)
    for year in missing:
        days = [
            NoticeDay(one.day, one.works, FESTIVALS.get(one.name, one.name))
            for one in official_days()
            if one.day.year == year
        ]
        act.add(CalendarYear(year=year, source=TableSource.PRODUCT))
        _replace(act, year, days, "")
    act.about(None, years="、".join(map(str, missing)))
    forget_calendars()
    return missing


def _stand_on_the_table(actor: Actor) -> None:
    """While no year was entered the product's table counts: what is changed is changed in it."""
    if not CalendarYear.objects.exists():
        seed_calendar(actor=actor)


def _replace(act: Act, year: int, days: Sequence[NoticeDay], document: str) -> Published:
    """Make the country's days of the year those of the notice; days of another year that it names join them."""
    wanted = {one.day: one for one in days}
    of_year = Q(day__year=year) | Q(day__in=list(wanted))
    held = {row.day: row for row in CalendarDay.objects.filter(of_year, region=None)}
    added = [one for day, one in sorted(wanted.items()) if day not in held]
    act.add_many([CalendarDay(day=one.day, works=one.works, name=one.name, document=document) for one in added])
    changed, dropped = [], []
    for day, row in sorted(held.items()):
        one = wanted.get(day)
        if one is None:
            ordinary = day.weekday() in WEEKDAYS
            dropped += [day] if row.works != ordinary else []
            act.change(row, works=ordinary, name="", document=document if row.works != ordinary else row.document)
        else:
            said = act.change(row, works=one.works, name=one.name)
            changed += [one] if said else []
            act.change(row, document=document)
    return Published(year, tuple(added), tuple(changed), tuple(dropped))


@action("people.change_calendar_day", _("更改一天的放假安排"))
def change_calendar_day(
    *, actor: Actor, day: date, works: bool, name: str = "", region: Region | None = None, document: str = ""
) -> CalendarDay:
    """Say that a day is worked or not, for the country or for a region and those under it; by a document.

    Refused for a day that is so anyway. A region's own day needs the right there, the country's the whole installation.
    """
    policies.can_on_calendar(actor, "people.change_calendar_day", region).require()
    if not FIRST_YEAR <= day.year <= LATEST:
        raise Refusal("people.calendar_day_absurd", day=day.isoformat())
    act = current()
    _stand_on_the_table(actor)
    row = CalendarDay.objects.filter(day=day, region=region).first()
    ordinary = day.weekday() in WEEKDAYS
    if row is None and works == ordinary and region is None:
        words = WORK if works else REST
        raise Refusal("people.calendar_day_same", day=day.isoformat(), weekday=weekday(day), words=words)
    number = require_reason(document, _("放假安排的文号"))
    if row is None:
        row = act.add(CalendarDay(day=day, works=works, name=name.strip(), region=region, document=number))
    else:
        act.change(row, works=works, name=name.strip(), document=number)
    act.about(row, day=day.isoformat(), document=number)
    forget_calendars()
    return row


@action("people.add_closure", _("登记停工"))
def add_closure(
    *,
    actor: Actor,
    words: str,
    region: Region,
    starts_on: date,
    ends_on: date,
    kind: str = ClosureKind.OTHER,
    yearly: bool = False,
    with_lower: bool = True,
    subject: tuple[str, str] = ("", ""),
    document: str = "",
) -> WorkClosure:
    """Days (both ends included) on which a region works not, or one `subject` (kind, public id) there; by a document.

    `yearly` repeats them from that year on. Raises people.closure_reversed, people.closure_too_long,
    people.closure_known.
    """
    policies.can_on_region(actor, "people.add_closure", region).require()
    what, number = words.strip(), require_reason(document, _("停工的依据文件"))
    if ends_on < starts_on:
        raise Refusal("people.closure_reversed", start=starts_on, end=ends_on)
    if yearly and (ends_on - starts_on).days >= 365:
        raise Refusal("people.closure_too_long", start=starts_on, end=ends_on)
    if bool(subject[0]) != bool(subject[1]):
        raise Refusal("people.subject_half")
    standing = WorkClosure.objects.filter(region=region, words=what, ended_on=None)
    if standing.filter(starts_on=starts_on, subject_kind=subject[0], subject_id=subject[1]).exists():
        raise Refusal("people.closure_known", region=region.name, name=what, start=starts_on, end=ends_on)
    act = current()
    row = act.add(
        WorkClosure(
            words=what,
            kind=kind,
            region=region,
            with_lower=with_lower,
            subject_kind=subject[0],
            subject_id=subject[1],
            starts_on=starts_on,
            ends_on=ends_on,
            yearly=yearly,
            document=number,
            entered_by=actor.label[:120],
            entered_on=clock.today(),
        )
    )
    act.about(row, reason=number, name=what)
    forget_calendars()
    return row


@action("people.end_closure", _("终止停工"))
def end_closure(*, actor: Actor, closure: WorkClosure, on: date, reason: str, seen: int | None = None) -> None:
    """End a closure: `on` is its last day, before its start when it was entered in error. What lay before it stays."""
    policies.can_on_region(actor, "people.end_closure", closure.region).require()
    if closure.ended_on is not None:
        raise Refusal("people.closure_ended", name=closure.words, on=closure.ended_on)
    _end(closure, on, require_reason(reason, _("终止停工")), seen, closure.words)


@action("people.add_sitting", _("登记会期"))
def add_sitting(
    *, actor: Actor, name: str, region: Region, weekdays: Iterable[int], weeks: Iterable[int] = (), document: str = ""
) -> SittingRule:
    """A body sits only on these weekdays (0 is Monday), in these weeks of the month (1 … 5; none: in every one)."""
    policies.can_on_region(actor, "people.add_sitting", region).require()
    on, within = sorted(set(weekdays)), sorted(set(weeks))
    if not on or not set(on) <= set(range(7)) or not set(within) <= set(range(1, 6)):
        raise Refusal("people.sitting_days")
    called = name.strip()
    if SittingRule.objects.filter(region=region, name=called, ended_on=None).exists():
        raise Refusal("people.sitting_known", region=region.name, name=called)
    act = current()
    row = act.add(
        SittingRule(
            name=called,
            region=region,
            weekdays=on,
            weeks=within,
            document=document.strip(),
            entered_by=actor.label[:120],
            entered_on=clock.today(),
        )
    )
    act.about(row, name=called)
    forget_calendars()
    return row


@action("people.end_sitting", _("终止会期"))
def end_sitting(*, actor: Actor, sitting: SittingRule, on: date, reason: str, seen: int | None = None) -> None:
    """End a rule of sittings; a new one may take its place."""
    policies.can_on_region(actor, "people.end_sitting", sitting.region).require()
    if sitting.ended_on is not None:
        raise Refusal("people.sitting_ended", name=sitting.name, on=sitting.ended_on)
    _end(sitting, on, require_reason(reason, _("终止会期")), seen, sitting.name)


def _end(row: WorkClosure | SittingRule, on: date, reason: str, seen: int | None, name: str) -> None:
    act = current()
    act.change(row, seen=seen, ended_on=on, end_reason=reason)
    act.about(row, reason=reason, name=name)
    forget_calendars()
