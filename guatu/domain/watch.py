"""A watch with an end (专项日调度): the fields of its day sheet, and the tables of a day and of a span of days
(docs/algorithms/watch.md).
"""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal, NamedTuple, TypeAlias, cast, get_args

from guatu.domain.errors import DomainError
from guatu.domain.plain import Reader
from guatu.domain.rounding import PerCent
from guatu.domain.typed import read_day

Kind: TypeAlias = Literal["count", "yes", "words", "date"]
Sums: TypeAlias = Literal["sum", "last", "yes", "none"]
Base: TypeAlias = Literal["planned", "asked", "none"]
Value: TypeAlias = int | bool | str
"""A whole number, yes or no, words, or a day as ISO text."""
Said: TypeAlias = Mapping[date, Mapping[str, Value]]
"""What one project said, by day and field."""
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
SUMS_OF: Final[Mapping[Kind, tuple[Sums, ...]]] = {
    "count": ("sum", "last"),
    "yes": ("yes",),
    "words": ("none",),
    "date": ("none",),
}
BASES: Final[tuple[Base, ...]] = get_args(Base)
MOST_FIELDS: Final = 6
"""A day sheet stays a line that one reads at a glance: the resumption sheet asks four."""
MOST_DAYS: Final = 366
"""A watch is for a season; what is wanted for longer is an ordinary report."""
LONGEST: Final = 200
MOST: Final = 10**9
_YES: Final = frozenset({"是", "已", "有", "√", "✓", "1", "y", "yes", "true"})
_NO: Final = frozenset({"否", "未", "没有", "无", "×", "x", "0", "n", "no", "false"})


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the day sheet. `sums`: "sum" adds each day's own values, "last" adds every project's newest one,
    "yes" counts whose newest answer is yes. `of`: whose share that count is, those planned by the day or those asked.
    """

    code: str
    name: str
    kind: Kind
    measure: str = ""
    sums: Sums = "none"
    of: Base = "none"


class Member(NamedTuple):
    """A project that is asked, its unit, and the day by which it was to resume or begin (None: not planned)."""

    project: int
    unit: int | None
    planned: date | None


@dataclass(frozen=True, slots=True)
class Table:
    """What some projects said over a span of days, as of its last day.

    `asked`: who is to report on the last day (`due`); `said`, `missing`: who of them did and did not. `values` by
    field, of all members, None where nobody said anything; `rate` of the field that has a base.
    """

    asked: int
    said: int
    values: Mapping[str, int | None]
    rate: PerCent | None
    missing: tuple[int, ...]


class Change(NamedTuple):
    """A project's newest word in a field that a day changed."""

    project: int
    field: str
    before: Value | None
    now: Value | None


# -- fields as data ----------------------------------------------------------------------------------------------------
class _Reader(Reader):
    CODES = "watch"


def read_fields(data: object) -> tuple[Field, ...]:
    """The fields of a day sheet from plain data.

    Raises DomainError watch.field_missing, .field_unknown, .field_wrong; watch.field_twice for two of one name or
    code; watch.two_bases where more than one field makes a rate.
    """
    reader = _Reader({"fields": data}, "day")
    found = reader.rows("fields", _field, MOST_FIELDS)
    for name in ("code", "name"):
        told = [getattr(field, name) for field in found]
        twice = next((one for one in told if told.count(one) > 1), None)
        if twice is not None:
            raise DomainError("watch.field_twice", name=twice)
    if sum(field.of != "none" for field in found) > 1:
        raise DomainError("watch.two_bases")
    return found


def _field(item: object, place: int) -> Field:
    reader = _Reader(item, "day", f"fields[{place + 1}]")
    reader.only(("code", "name", "kind", "measure", "sums", "of"))
    kind = cast(Kind, reader.one_of("kind", KINDS))
    of = cast(Base, reader.one_of("of", BASES if kind == "yes" else ("none",))) if "of" in reader.data else "none"
    sums = SUMS_OF[kind][0]
    if "sums" in reader.data:
        sums = cast(Sums, reader.one_of("sums", SUMS_OF[kind]))
    measure = reader.text("measure", default="", longest=8)
    return Field(reader.code("code"), reader.text("name", longest=12).strip(), kind, measure.strip(), sums, of)


def read_value(field: Field, text: str, today: date) -> Value | None:
    """What is typed into a cell; None for an empty one. Raises DomainError watch.value_wrong, or the date's own."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return None
    if field.kind == "words":
        if len(plain) > LONGEST:
            raise DomainError("watch.value_long", name=field.name, most=LONGEST)
        return text.strip()
    if field.kind == "date":
        return read_day(plain, today).day.isoformat()
    if field.kind == "yes":
        return _yes(field, plain)
    number = plain.removesuffix(field.measure).replace(",", "").strip()
    figures = number.isascii() and number.isdigit() and len(number) <= len(str(MOST))
    if not figures or int(number) > MOST:
        raise DomainError("watch.value_wrong", name=field.name, value=plain[:40])
    return int(number)


def _yes(field: Field, text: str) -> bool:
    word = text.lower()
    if word not in _YES | _NO:
        raise DomainError("watch.value_not_yes", name=field.name, value=text[:40])
    return word in _YES


# -- the days ----------------------------------------------------------------------------------------------------------
def require_span(starts: date, ends: date) -> None:
    """Raises DomainError watch.ends_before, watch.too_long."""
    if ends < starts:
        raise DomainError("watch.ends_before", start=starts.isoformat(), end=ends.isoformat())
    if (ends - starts).days >= MOST_DAYS:
        raise DomainError("watch.too_long", most=MOST_DAYS)


def open_days(starts: date, ends: date, now: datetime, until: Callable[[date], datetime]) -> tuple[date, ...]:
    """The days whose sheet may be written now, the newest first: today, and each day before it up to the moment that
    its rule leaves it open (`until`, `Rhythm.open_until`), the last day after the watch has ended too. Days off are
    days like others; before the beginning there is none. Moments in the office's time, without zone.
    """
    found: list[date] = []
    day = min(now.date(), ends)
    while day >= starts and (day == now.date() or now <= until(day)):
        found.append(day)
        day -= timedelta(days=1)
    return tuple(found)


def typed_anew(fields: Iterable[Field]) -> list[str]:
    """The columns that say something else each day: amounts of the day, words and days. Of the others (yes or no, the
    newest number) the last answer stands until it changes.
    """
    return [field.code for field in fields if field.sums in ("sum", "none")]


def planned_day(
    kind: str, planned_start: date | None, planned_resume: date | None, *, list_plans: bool, starts: date
) -> date | None:
    """By which day a project was to resume or begin.

    A continuing one by its planned resumption; where its list plans none at all, from the watch's beginning. A new
    one by its planned start.
    """
    if kind == "new_start":
        return planned_start
    if kind in ("continuing", "completing"):
        return planned_resume if list_plans else starts
    return None


# -- the tables --------------------------------------------------------------------------------------------------------
def table(
    fields: Iterable[Field], members: Sequence[Member], said: Mapping[int, Said], first: date, last: date
) -> Table:
    """What the members said from `first` to `last`: a day's table where both are one day."""
    listed = tuple(fields)
    asked = due(listed, members, last)
    missing = tuple(one.project for one in asked if last not in said.get(one.project, {}))
    values = {field.code: _sum(field, members, said, first, last) for field in listed}
    base = base_of(listed)
    rate = None if base is None or not asked else PerCent(100 * (values[base.code] or 0), len(asked))
    return Table(len(asked), len(asked) - len(missing), values, rate, missing)


def base_of(fields: Iterable[Field]) -> Field | None:
    """The field that makes a rate, if there is one."""
    return next((field for field in fields if field.of != "none"), None)


def due(fields: Iterable[Field], members: Iterable[Member], day: date) -> list[Member]:
    """Who is to report on a day: all members; where those planned are the base, the ones planned by then."""
    base = base_of(fields)
    if base is None or base.of != "planned":
        return list(members)
    return [one for one in members if one.planned is not None and one.planned <= day]


def newest(told: Said, field: str, last: date, first: date | None = None) -> Value | None:
    """A project's newest value of a field up to a day, not from before `first`."""
    days = [day for day in told if day <= last and (first is None or day >= first) and field in told[day]]
    return told[max(days)][field] if days else None


def _sum(field: Field, members: Iterable[Member], said: Mapping[int, Said], first: date, last: date) -> int | None:
    found: list[int] = []
    for one in members:
        told = said.get(one.project, {})
        if field.sums == "sum":
            found += [int(told[day][field.code]) for day in told if first <= day <= last and field.code in told[day]]
        elif field.sums != "none":
            value = newest(told, field.code, last)
            found += [] if value is None else [int(value)]
    return sum(found) if found else None


def changes(fields: Iterable[Field], members: Iterable[Member], said: Mapping[int, Said], day: date) -> list[Change]:
    """Whose newest word of a state (all but what is added day by day) a day's sheet changed, in the members' order."""
    found: list[Change] = []
    for one in members:
        told = said.get(one.project, {})
        if day not in told:
            continue
        for field in fields:
            if field.sums == "sum":
                continue
            before, now = newest(told, field.code, day - timedelta(days=1)), newest(told, field.code, day)
            if before != now:
                found.append(Change(one.project, field.code, before, now))
    return found
