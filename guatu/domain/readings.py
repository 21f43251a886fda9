"""Readings: cumulative amounts at dates, from which every month's amount follows (docs/algorithms/readings.md)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

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


def year_to_date(cumulative: int, year_end: int) -> int:
    """This year's amount from the cumulative one and last year's end (至上年底累计)."""
    return cumulative - year_end


def cumulative_of(this_year: int, year_end: int) -> int:
    """The cumulative amount from this year's and last year's end; the inverse of ``year_to_date``."""
    return year_end + this_year


def complete(cumulative: int | None, this_year: int | None, year_end: int | None) -> tuple[int | None, int | None]:
    """(cumulative, this year's), whole yuan: what is not told follows from the other by last year's end, where that is
    known. What may be taken for it is the caller's to say: a sheet and a figure differ (docs/algorithms/readings.md).
    """
    if year_end is not None and cumulative is None and this_year is not None:
        cumulative = cumulative_of(this_year, year_end)
    elif year_end is not None and this_year is None and cumulative is not None:
        this_year = year_to_date(cumulative, year_end)
    return cumulative, this_year


def month_amounts(sums: Iterable[tuple[date, int]]) -> list[int | None]:
    """One year's money by month, January first: twelve amounts in whole yuan from this year's sums at dates of it.

    A month's amount is the last sum in it less the last one before it. None for a month without a sum: what the next
    one covers of it falls into the next one's month, so that the amounts add up to the year's last sum. Of two sums of
    one date the later in order counts.
    """
    at_end: dict[int, int] = {on.month: amount for on, amount in sorted(sums, key=lambda pair: pair[0])}
    found: list[int | None] = [None] * 12
    before = 0
    for month, amount in at_end.items():
        found[month - 1] = amount - before
        before = amount
    return found


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
