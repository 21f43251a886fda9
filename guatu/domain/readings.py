"""Readings: cumulative amounts at dates, from which every period's amount follows (docs/algorithms/readings.md)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from guatu.domain.periods import Period
from guatu.domain.rounding import rate

JUMP_SHARE: Final = 50
"""Per cent of the year's plan above which one step between two readings is asked about; a list may set its own."""


class Reading(NamedTuple):
    """What a sheet or report says at a date, in whole yuan and one basis (bases are never mixed in one sequence).

    ``cumulative`` is since the project's start; ``year_to_date`` this year's, when the sheet states it too.
    """

    on: date
    cumulative: int
    year_to_date: int | None = None


@dataclass(frozen=True, slots=True)
class ReadingFinding:
    """Something to ask about, never a verdict: a stable ``code``, the reading's date, ``params`` in yuan."""

    code: str
    on: date
    params: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Swing:
    """How unevenly a year's money came (防止大起大落): per cent, two decimals, None where nothing was done.

    ``largest_over_mean``: the largest month over the mean month; ``last_share``: the last month's share of the year.
    """

    largest_over_mean: Decimal | None
    last_share: Decimal | None


def year_to_date(cumulative: int, year_end: int) -> int:
    """This year's amount from the cumulative one and last year's end (至上年底累计)."""
    return cumulative - year_end


def cumulative_of(this_year: int, year_end: int) -> int:
    """The cumulative amount from this year's and last year's end; the inverse of ``year_to_date``."""
    return year_end + this_year


def last_reading(readings: Iterable[Reading], day: date) -> Reading | None:
    """The last reading on or before a day, never interpolated; of two of one date the later in order."""
    found: Reading | None = None
    for reading in readings:
        if reading.on <= day and (found is None or reading.on >= found.on):
            found = reading
    return found


def period_amount(readings: Sequence[Reading], period: Period, opening: int = 0) -> int | None:
    """The amount done in a period: the last reading in it less the last one before it.

    ``opening`` is the cumulative amount before the first reading (至上年底累计). None when no reading exists by the
    period's end; zero when none lies in the period. So amounts of adjoining periods add up, whatever rhythm the
    readings came in.
    """
    last = last_reading(readings, period.end)
    if last is None:
        return None
    before = last_reading((reading for reading in readings if reading.on < period.start), period.end)
    return last.cumulative - (opening if before is None else before.cumulative)


def check_readings(
    readings: Sequence[Reading],
    *,
    total_investment: int | None = None,
    planned_investment: int | None = None,
    year_end: int | None = None,
    jump_share: int = JUMP_SHARE,
) -> list[ReadingFinding]:
    """What does not fit, in date order: reading.falls (cumulative fell), reading.jumps (one step of more than
    ``jump_share`` per cent of the year's plan), reading.over_total (more than the total investment), reading.negative,
    and reading.year_differs (this year's amount and the cumulative one disagree by the year-end reading).
    """
    findings: list[ReadingFinding] = []
    before: Reading | None = None
    for reading in sorted(readings, key=lambda each: each.on):
        findings += _alone(reading, total_investment, year_end)
        if before is not None:
            findings += _after(before, reading, planned_investment, jump_share)
        before = reading
    return findings


def _alone(reading: Reading, total_investment: int | None, year_end: int | None) -> list[ReadingFinding]:
    findings: list[ReadingFinding] = []
    stated, cumulative = reading.year_to_date, reading.cumulative
    if min(cumulative, stated or 0) < 0:
        findings.append(ReadingFinding("reading.negative", reading.on, {"cumulative": cumulative, "stated": stated}))
    if total_investment is not None and cumulative > total_investment:
        params: dict[str, Any] = {"cumulative": cumulative, "total_investment": total_investment}
        findings.append(ReadingFinding("reading.over_total", reading.on, params))
    if stated is not None and year_end is not None and stated != year_to_date(cumulative, year_end):
        params = {"stated": stated, "computed": year_to_date(cumulative, year_end)}
        findings.append(ReadingFinding("reading.year_differs", reading.on, params))
    return findings


def _after(before: Reading, reading: Reading, planned: int | None, jump_share: int) -> list[ReadingFinding]:
    step = reading.cumulative - before.cumulative
    params: dict[str, Any] = {"before": before.cumulative, "now": reading.cumulative, "before_on": before.on}
    if step < 0:
        return [ReadingFinding("reading.falls", reading.on, params)]
    if planned and 100 * step > jump_share * planned:
        return [ReadingFinding("reading.jumps", reading.on, params | {"planned_investment": planned})]
    return []


def swing(amounts: Sequence[int]) -> Swing:
    """The swing of a year's months (January and February may stand together as one): see ``Swing``."""
    total = sum(amounts)
    if not amounts or total <= 0:
        return Swing(None, None)
    return Swing(rate(max(amounts) * len(amounts), total), rate(amounts[-1], total))
