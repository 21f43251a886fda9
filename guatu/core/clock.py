"""The only clock. Business dates and times of recording come from here, never from the system directly.

`GUATU_TODAY` fixes the business date of an installation (demonstrations, tests); `at()` fixes the whole clock inside a
block, which is how the demonstration district writes its history with the times at which it would have been written.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

ZONE = ZoneInfo("Asia/Shanghai")
_fixed: ContextVar[datetime | None] = ContextVar("fixed_clock", default=None)


def now() -> datetime:
    """The present moment, in UTC; on a fixed business date, that date at the real time of day."""
    fixed = _fixed.get()
    if fixed is not None:
        return fixed
    real = datetime.now(UTC)
    if settings.BUSINESS_DATE:
        local = datetime.combine(date.fromisoformat(settings.BUSINESS_DATE), real.astimezone(ZONE).time(), ZONE)
        return local.astimezone(UTC)
    return real


def today() -> date:
    """The business date: today in Asia/Shanghai."""
    return now().astimezone(ZONE).date()


def local(at: datetime) -> datetime:
    """A moment as the office's clock shows it."""
    return at.astimezone(ZONE)


def end_of(day: date) -> datetime:
    """The first moment that no longer belongs to `day` in Asia/Shanghai: what was known on a day came before it."""
    return datetime.combine(day + timedelta(days=1), time.min, ZONE).astimezone(UTC)


def moment(day: date, at: time) -> datetime:
    """An hour of a day on the office's clock."""
    return datetime.combine(day, at, ZONE).astimezone(UTC)


@contextmanager
def at(fixed: datetime) -> Iterator[None]:
    """Within the block, the clock stands at `fixed` (aware)."""
    if fixed.tzinfo is None:
        raise ValueError("the clock needs a moment with a time zone")
    token = _fixed.set(fixed.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
