"""One day from what a person typed into a form, and what of it was assumed (docs/algorithms/dates.md, read_day)."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, TypeAlias

from guatu.domain.dates import DateSpan, parse_date
from guatu.domain.errors import DomainError

Taken: TypeAlias = Literal["day", "first", "last"]
YearFrom: TypeAlias = Literal["text", "list", "today"]

_BEGINNING: Final = re.compile(r"初(?:[之以]?前|左右)?$")
_NEXT_WEEK: Final = re.compile(r"^下个?(?:周|週|星期|礼拜|禮拜)")


@dataclass(frozen=True, slots=True)
class DayReading:
    """``day`` was read; of ``span`` it is the only, the first or the last one (``taken``).

    ``year_from`` says whose year was taken where the text has none. ``other`` is a day that people may mean by the
    same word: for 下周五 the Friday of this week, while it is still to come.
    """

    day: date
    span: DateSpan
    taken: Taken
    year_from: YearFrom
    other: date | None


def read_day(text: str, today: date, year: int | None = None) -> DayReading:
    """The day that a text means in a form whose list is of ``year`` (None: no list). Raises as ``parse_date``."""
    span = parse_date(text, today, year)
    first = _BEGINNING.search(text.strip()) is not None
    taken: Taken = "day" if span.start == span.end else "first" if first else "last"
    day = span.start if first else span.end
    return DayReading(day, span, taken, _year_from(text, today, year, span), _other(text, today, day))


def read_bound(text: str, today: date, upper: bool) -> date:
    """A bound of a filter: of several days the last as upper, the first as lower bound. Raises as ``parse_date``."""
    span = parse_date(text, today)
    return span.end if upper else span.start


def _year_from(text: str, today: date, year: int | None, span: DateSpan) -> YearFrom:
    """Whether another list's year would have changed what was read (a 29th of February would be refused)."""
    try:
        moved = parse_date(text, today, (year or today.year) + 1) != span
    except DomainError:
        moved = True
    if not moved:
        return "text"
    return "list" if year is not None else "today"


def _other(text: str, today: date, day: date) -> date | None:
    nearer = day - timedelta(weeks=1)
    return nearer if _NEXT_WEEK.match(text.strip()) and nearer > today else None
