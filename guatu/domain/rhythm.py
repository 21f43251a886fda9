"""How often projects report, of which day, by when, and what: a rule as data (docs/algorithms/rhythm.md)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal, NamedTuple, TypeAlias, cast, get_args

from guatu.domain.errors import DomainError
from guatu.domain.indicators.facts import KINDS, LEVELS
from guatu.domain.periods import Period, cut_off
from guatu.domain.plain import Reader
from guatu.domain.stages import OVER, STAGES
from guatu.domain.workdays import CALENDAR_DAYS, WorkCalendar

Kind: TypeAlias = Literal["day", "week", "ten_days", "month", "quarter"]
Field: TypeAlias = Literal["money", "words", "problem", "mix", "percent", "nodes", "next_plan", "photos"]
RHYTHMS: Final[tuple[Kind, ...]] = get_args(Kind)
FIELDS: Final[tuple[Field, ...]] = get_args(Field)
OFTEN: Final[frozenset[Kind]] = frozenset({"day", "week"})
OFTEN_MOST: Final = 3
"""A weekly form has three fields at most, and so has what is typed anew each day of a watch (8-practice, Burden);
composition, per cent and photos are asked monthly.
"""
LATE_DEFAULT: Final = 1
"""Work days within which a day's sheet may still be handed in, where its rule says nothing else."""
SELDOM: Final[frozenset[Field]] = frozenset({"mix", "percent", "photos"})
LIGHTS: Final = ("green", "blue")
"""The colours for which a project may report less often."""


class Member(NamedTuple):
    """What of a project's entry decides whether it is asked; `light` is the one in effect, None while unknown."""

    level: str
    kind: str
    stage: str
    light: str | None = None
    project: str = ""


@dataclass(frozen=True, slots=True)
class Asks:
    """Whom a rule asks: of these levels, kinds and stages (empty: all of them), or these projects by public id.

    What is over or rests is never asked: a reason once, then silence.
    """

    levels: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()
    projects: frozenset[str] = frozenset()

    def __contains__(self, member: Member) -> bool:
        return member.stage not in OVER and member.stage != "suspended" and self.names(member)

    def names(self, member: Member) -> bool:
        """Whether a member is one of those named, whatever its stage: a watch asks who rests whether work resumed."""
        if self.projects and member.project not in self.projects:
            return False
        wanted = ((self.levels, member.level), (self.kinds, member.kind), (self.stages, member.stage))
        return all(not known or value in known for known, value in wanted)

    def apart(self, other: "Asks") -> bool:
        """Whether no project can be asked by both: in one of what they name, each names others."""
        mine = (self.levels, self.kinds, self.stages, self.projects)
        theirs = (other.levels, other.kinds, other.stages, other.projects)
        return any(one and two and not one & two for one, two in zip(mine, theirs, strict=True))


@dataclass(frozen=True, slots=True)
class Due:
    """So many days after the day of the figures, at an hour; counted in work days, or in calendar days.

    A due day on which nobody works moves to the next work day, but for a rule that says `on_days_off`.
    """

    days: int
    at: time
    workdays: bool = True
    on_days_off: bool = False

    def of(self, on: date, calendar: WorkCalendar) -> date:
        """The due day of figures of a day. Raises DomainError("calendar.no_work_day")."""
        if self.on_days_off:
            return on + timedelta(days=self.days)
        if self.workdays:
            return calendar.on_or_after(on) if self.days == 0 else calendar.shift(on, self.days)
        return calendar.on_or_after(CALENDAR_DAYS.shift(on, self.days))


@dataclass(frozen=True, slots=True)
class Lighter:
    """Fewer reports where risk is low: a project whose light in effect is one of these reports each n-th period."""

    lights: frozenset[str]
    every: int


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What a rule of reporting says. `closes`: the weekday (1 is Monday) or day of the month (0: the last) of which
    the figures are; None: the period's last day. `remind`: work days before the due day on which a reminder goes.
    """

    kind: Kind
    fields: tuple[Field, ...]
    asks: Asks
    due: Due
    closes: int | None = None
    remind: tuple[int, ...] = ()
    lighter: Lighter | None = None
    sheet: tuple[str, ...] = ()
    late: int = 0

    def open_until(self, on: date, calendar: WorkCalendar) -> datetime:
        """The moment up to which figures of a day may be handed in late: the due hour `late` work days after the due
        day, or the end of the due day where it allows none.
        """
        due = self.due.of(on, calendar)
        return datetime.combine(calendar.shift(due, self.late), self.due.at) if self.late else end_of(due)

    def on(self, period: Period) -> date:
        """The day of which a period's figures are (截止日)."""
        if self.closes is None:
            return period.end
        if self.kind == "week":
            return period.start + timedelta(days=self.closes - 1)
        return cut_off(period.end.year, period.end.month, self.closes)

    def wants(self, member: Member, period: Period) -> bool:
        """Whether a project reports for a period: it is asked, and the period is its own where it reports less."""
        if member not in self.asks:
            return False
        if self.lighter is None or member.light not in self.lighter.lights:
            return True
        return ordinal(period) % self.lighter.every == 0


def end_of(day: date) -> datetime:
    """The last moment of a day."""
    return datetime.combine(day, time.max)


@dataclass(frozen=True, slots=True)
class Expected:
    """A period for which reports are asked: of which day its figures are, and until when they are due."""

    period: Period
    on: date
    due: date
    at: time

    def late(self, day: date, calendar: WorkCalendar) -> int:
        """Work days by which a report handed in (or still missing) on a day is late; 0 up to the due day."""
        return 0 if day <= self.due else max(1, calendar.count(self.due + timedelta(days=1), day))


def expected(rhythm: Rhythm, period: Period, calendar: WorkCalendar) -> Expected:
    """When a period's reports are due, on the work calendar of the office."""
    on = rhythm.on(period)
    return Expected(period, on, rhythm.due.of(on, calendar), rhythm.due.at)


def current(rhythm: Rhythm, day: date, calendar: WorkCalendar) -> Expected:
    """The period that is being reported on a day: the last one whose figures' day has come."""
    period = Period.containing(rhythm.kind, day)
    return expected(rhythm, period if rhythm.on(period) <= day else period.previous(), calendar)


def window(rhythm: Rhythm, first: date, last: date, calendar: WorkCalendar) -> list[Expected]:
    """The periods whose figures' day lies in first … last, in order."""
    found: list[Expected] = []
    period = Period.containing(rhythm.kind, first)
    while period.start <= last:
        if first <= rhythm.on(period) <= last:
            found.append(expected(rhythm, period, calendar))
        period = period.next()
    return found


def reminders(rhythm: Rhythm, one: Expected, calendar: WorkCalendar) -> list[date]:
    """The days on which a reminder goes: never before the figures' day has come."""
    days = {calendar.shift(one.due, -before) if before else one.due for before in rhythm.remind}
    return sorted(day for day in days if day >= one.on)


def ordinal(period: Period) -> int:
    """A number that grows by one from period to period of a kind, so that each second one is the same for all."""
    months = period.start.year * 12 + period.start.month - 1
    return {
        "day": period.start.toordinal(),
        "week": period.start.toordinal() // 7,
        "ten_days": months * 3 + min(period.start.day // 10, 2),
        "month": months,
        "quarter": months // 3,
    }[period.kind]


# -- reading a rule ----------------------------------------------------------------------------------------------------
class _Reader(Reader):
    CODES = "rhythm"


_KNOWN: Final = ("asks", "fields", "closes", "due", "remind", "lighter", "sheet", "late")


def read_rhythm(kind: str, data: object) -> Rhythm:
    """A rule from plain data, as JSON has it.

    Raises DomainError rhythm.field_missing, .field_unknown, .field_wrong with ``rule`` and ``field``;
    rhythm.kind_unknown; rhythm.too_many_fields and rhythm.asked_by_month for a form that a week cannot bear,
    rhythm.too_many_anew for a day sheet of which more than three columns are typed anew each day.
    """
    if kind not in RHYTHMS:
        raise DomainError("rhythm.kind_unknown", kind=kind[:40], known=", ".join(RHYTHMS))
    reader = _Reader(data, kind)
    reader.only(_KNOWN)
    fields = cast(tuple[Field, ...], reader.words("fields", FIELDS))
    sheet = _sheet(reader)
    if not fields and sheet is None:
        raise reader.wrong("fields", reader.get("fields"), ", ".join(FIELDS))
    _bearable(kind, fields)
    return Rhythm(
        kind=kind,
        fields=fields,
        asks=_asks(reader.data.get("asks", {}), kind),
        due=_due(reader.get("due"), kind),
        closes=_closes(reader, kind),
        remind=_remind(reader),
        lighter=_lighter(reader.data.get("lighter"), kind),
        sheet=sheet or (),
        late=reader.whole("late", 0, 10) if "late" in reader.data else LATE_DEFAULT if kind == "day" else 0,
    )


def _bearable(kind: str, fields: Collection[Field]) -> None:
    if kind not in OFTEN:
        return
    if len(fields) > OFTEN_MOST:
        raise DomainError("rhythm.too_many_fields", count=len(fields), most=OFTEN_MOST)
    seldom = [field for field in fields if field in SELDOM]
    if seldom:
        raise DomainError("rhythm.asked_by_month", field=seldom[0])


def _sheet(reader: _Reader) -> tuple[str, ...] | None:
    """The columns of a day sheet that are typed anew each day; None where the rule is none of a day sheet."""
    if "sheet" not in reader.data:
        return None
    if reader.data["sheet"] == []:
        return ()  # every column stands as it was answered last

    def code(item: object, place: int) -> str:
        if not isinstance(item, str) or not 1 <= len(item) <= 40:
            raise reader.wrong(f"sheet[{place + 1}]", item, "code")
        return item

    found = reader.rows("sheet", code)
    if len(found) > OFTEN_MOST:
        raise DomainError("rhythm.too_many_anew", count=len(found), most=OFTEN_MOST)
    return found


def _asks(data: object, kind: str) -> Asks:
    reader = _Reader(data, kind, "asks")
    reader.only(("levels", "kinds", "stages", "projects"))

    def public_id(item: object, place: int) -> str:
        if not isinstance(item, str) or not 1 <= len(item) <= 40:
            raise reader.wrong(f"projects[{place + 1}]", item, "public id")
        return item

    projects = reader.rows("projects", public_id, 10_000) if "projects" in reader.data else ()
    return Asks(
        frozenset(reader.words("levels", LEVELS)),
        frozenset(reader.words("kinds", KINDS)),
        frozenset(reader.words("stages", STAGES)),
        frozenset(projects),
    )


def _due(data: object, kind: str) -> Due:
    reader = _Reader(data, kind, "due")
    reader.only(("days", "at", "counts", "on_days_off"))
    text = reader.text("at", longest=5)
    try:
        at = time.fromisoformat(text)
    except ValueError:
        raise reader.wrong("at", text, "17:00") from None
    counts = reader.one_of("counts", ("workday", "calendar")) if "counts" in reader.data else "workday"
    return Due(reader.whole("days", 0, 31), at, counts == "workday", reader.flag("on_days_off"))


def _closes(reader: _Reader, kind: str) -> int | None:
    if reader.data.get("closes") is None:
        return None
    if kind == "week":
        return reader.whole("closes", 1, 7)
    if kind in ("month", "quarter"):
        return reader.whole("closes", 0, 31)
    raise reader.wrong("closes", reader.data["closes"], "—")


def _remind(reader: _Reader) -> tuple[int, ...]:
    if "remind" not in reader.data:
        return ()

    def read(item: object, place: int) -> int:
        if type(item) is not int or not 0 <= item <= 10:
            raise reader.wrong(f"remind[{place + 1}]", item, "0–10")
        return item

    return reader.rows("remind", read, 5)


def _lighter(data: object, kind: str) -> Lighter | None:
    if data is None:
        return None
    reader = _Reader(data, kind, "lighter")
    reader.only(("lights", "every"))
    lights = reader.words("lights", LIGHTS) or ("green",)
    return Lighter(frozenset(lights), reader.whole("every", 2, 4))
