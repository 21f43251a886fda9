"""Which projects lag, by how much and why (docs/algorithms/lagging.md): facts put in order, never a verdict."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from guatu.domain.indicators import EntryFacts, ListRules
from guatu.domain.progress import due, year_passed
from guatu.domain.rounding import PerCent, rate

QUIET_DAYS: Final = 62
"""Without a reading for longer than two months' ends a project counts as silent."""


CODES: Final = ("suspended", "start_late", "finish_late", "silent", "behind")
"""Why a project may be on the list, in the order in which its reasons stand."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a project is on the list: a code of ``CODES`` and its figures."""

    code: str
    days: int = 0
    on: date | None = None
    points: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Lag:
    """One project's shortfall against the time that has passed: whole yuan, percentage points, and the reasons.

    ``gap`` = what is due of the planned investment by the time passed (whole yuan, half up) − investment to date;
    positive: behind.
    ``points`` = 100 × done / planned − 100 × share passed, two decimals; None without a plan.
    """

    entry: EntryFacts
    gap: int
    points: PerCent | None
    reasons: tuple[Reason, ...]


def shortfall(entry: EntryFacts, passed: tuple[int, int]) -> tuple[int, PerCent | None]:
    """(gap in whole yuan, points) of one entry as `Lag` has them, by the exact share of the year that has `passed`."""
    months, whole = passed
    planned, done = entry.planned_investment, entry.investment_to_date or 0
    points = rate(done * whole - planned * months, planned * whole) if planned > 0 else None
    return due(planned, passed) - done, points


def _reasons(entry: EntryFacts, as_of: date, points: Decimal | None, passed: int) -> tuple[Reason, ...]:
    found: list[Reason] = []
    if entry.suspended:
        found.append(Reason("suspended"))
    if entry.started_on is None and entry.planned_start is not None and entry.planned_start < as_of:
        found.append(Reason("start_late", (as_of - entry.planned_start).days, entry.planned_start))
    if entry.completed_on is None and entry.planned_finish is not None and entry.planned_finish < as_of:
        found.append(Reason("finish_late", (as_of - entry.planned_finish).days, entry.planned_finish))
    if passed and (entry.reading_on is None or (as_of - entry.reading_on).days > QUIET_DAYS):
        days = (as_of - entry.reading_on).days if entry.reading_on else 0
        found.append(Reason("silent", days, entry.reading_on))
    if points is not None and points < 0:
        found.append(Reason("behind", points=points))
    return tuple(found)


def lagging(entries: Iterable[EntryFacts], as_of: date, rules: ListRules) -> list[Lag]:
    """The entries that give a reason, biggest shortfall in yuan first. Completed and exited ones are not among them."""
    passed = year_passed(as_of, rules.time_basis, rules.year)
    found: list[Lag] = []
    for entry in entries:
        if entry.exited or (entry.completed_on is not None and entry.completed_on <= as_of):
            continue
        gap, points = shortfall(entry, passed)
        reasons = _reasons(entry, as_of, points, passed[0])
        if reasons:
            found.append(Lag(entry, gap, points, reasons))
    return sorted(found, key=lambda lag: (-lag.gap, lag.entry.project_id))
