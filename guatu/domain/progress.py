"""The share of the year that has passed (序时进度), and the money it asks for (docs/algorithms/time_progress.md)."""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal, TypeAlias

from guatu.domain.dates import last_of_month
from guatu.domain.rounding import half_up_quotient, rate

TimeBasis: TypeAlias = Literal["months", "days"]


def year_passed(as_of: date, basis: TimeBasis, year: int | None = None) -> tuple[int, int]:
    """The exact share as (passed, whole): whole months of 12, or days of the year's days.

    ``year`` is the list's year when the date lies outside it: before it nothing has passed, after it everything.
    A month counts when its last day has come: 31 March is three months, 9 March two.
    """
    year = as_of.year if year is None else year
    days = (date(year, 12, 31) - date(year, 1, 1)).days + 1
    whole = 12 if basis == "months" else days
    if as_of.year != year:
        return (whole if as_of.year > year else 0), whole
    if basis == "days":
        return (as_of - date(year, 1, 1)).days + 1, whole
    return as_of.month - (as_of != last_of_month(as_of.year, as_of.month)), whole


def time_progress(as_of: date, basis: TimeBasis, year: int | None = None) -> Decimal:
    """Per cent of the (list's) year that has passed at the end of ``as_of``, half up to two decimals."""
    passed, whole = year_passed(as_of, basis, year)
    share = rate(passed, whole)
    assert share is not None  # a year is never without months or days
    return share


def due(planned: int, passed: tuple[int, int]) -> int:
    """What the time that has ``passed`` asks of a year's plan (按序时应完成): whole yuan, half up."""
    done, whole = passed
    return half_up_quotient(planned * done, whole)


def due_by_month(planned: int, basis: TimeBasis, year: int) -> tuple[int, ...]:
    """``due`` at the end of each month of ``year``, January first, in whole yuan; the last is the whole plan."""
    return tuple(due(planned, passed) for passed in _month_ends(basis, year))


@lru_cache(maxsize=64)
def _month_ends(basis: TimeBasis, year: int) -> tuple[tuple[int, int], ...]:
    """``year_passed`` at each month's end: asked for every project of a list."""
    return tuple(year_passed(last_of_month(year, month), basis, year) for month in range(1, 13))
