"""A list's money along the year: the done amount of each day on which somebody reported, and its running sum."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

from guatu.core.dated import adapted
from guatu.figures.queries.entries import key_of
from guatu.figures.queries.memo import derived, kept
from guatu.figures.queries.sql import Asked, Sql, as_day, in_days, plain, truths


@dataclass(frozen=True, slots=True)
class MonthDone:
    """One month of the list's year: whole yuan done in it and from the year's beginning to its end."""

    month: int
    done: int
    to_date: int


Days = dict[Any, int]
"""Day as the database hands it out → whole yuan added on it."""
SHARES = 64
"""Into so many shares a list's projects are put by their ids; a write adds up anew only the shares of its projects."""


def done_by_day(asked: Asked) -> list[tuple[date, int]]:
    """(day of readings, whole yuan added since each project's reading before), in order, up to the date asked for.

    The sum over all days is the list's investment to date: a project's amount is the difference of two readings.
    Remembered; after a write only the shares of the projects that it named are added up again.
    """
    source = kept(("days", *key_of(asked)), lambda: _by_share(asked), lambda known, ids: _again(asked, known, ids))
    return derived(source, "days", lambda: _in_order(source.value))


def _in_order(shares: dict[int, Days]) -> list[tuple[date, int]]:
    sums: Days = {}
    for days in shares.values():
        for day, amount in days.items():
            sums[day] = sums.get(day, 0) + amount
    return sorted((as_day(day), amount) for day, amount in sums.items())


def _again(asked: Asked, known: dict[int, Days], projects: Collection[int]) -> dict[int, Days]:
    shares = {project % SHARES for project in projects}
    found = _by_share(asked, shares)
    return known if all(known.get(share) == found.get(share) for share in shares) else _with(known, found, shares)


def _with(known: dict[int, Days], found: dict[int, Days], shares: set[int]) -> dict[int, Days]:
    return {**{share: days for share, days in known.items() if share not in shares}, **found}


def _by_share(asked: Asked, shares: Collection[int] | None = None) -> dict[int, Days]:
    """What was added by day, by share of the projects: of all shares, or of these."""
    if not asked.lists:
        return {}
    sql = Sql(asked)
    lists = [row.pk for row in asked.lists]
    basis, steps = sql.value(asked.basis), sql.values(list(truths(asked)))
    first, last = sql.value(adapted(date(asked.year, 1, 1))), sql.value(adapted(date(asked.year, 12, 31)))
    rows = sql.rows(
        f"SELECT d.share, {plain('d.effective_on')}, SUM(d.added) FROM"
        f" (SELECT r.project_id %% {SHARES} AS share, r.effective_on, r.ytd - COALESCE(LAG(r.ytd) OVER"
        f" (PARTITION BY r.project_id ORDER BY {in_days(asked, 'r')}), 0) AS added"
        f" FROM reporting_reading r WHERE r.basis = {basis} AND r.truth IN ({steps}) AND r.ytd IS NOT NULL"
        f" AND r.effective_on BETWEEN {first} AND {last} AND {sql.standing('r')}"
        f" AND r.project_id IN ({_listed(sql, lists)}) AND {sql.within('r.project_id')}"
        f" AND {sql.among(f'r.project_id %% {SHARES}', shares)}) d"
        " GROUP BY d.share, d.effective_on"
    )
    found: dict[int, Days] = {}
    for share, day, amount in rows:
        found.setdefault(share, {})[day] = int(amount)
    return found


def _listed(sql: Sql, lists: list[int]) -> str:
    """The projects that stand on the lists at the date."""
    return (
        "SELECT z.project_id FROM (SELECT x.project_id, x.listed, ROW_NUMBER() OVER (PARTITION BY x.annual_list_id,"
        " x.project_id ORDER BY x.effective_on DESC, x.booked_on DESC, x.id DESC) AS place FROM library_listentry x"
        f" WHERE x.annual_list_id IN ({sql.values(lists)}) AND {sql.standing('x')}) z WHERE z.place = 1 AND z.listed"
    )


def months(asked: Asked) -> list[MonthDone]:
    """The months of the year up to the last one with a reading, with what was done in each."""
    days = done_by_day(asked)
    if not days:
        return []
    done = [0] * 12
    for day, amount in days:
        done[day.month - 1] += amount
    sums = list(accumulate(done))
    return [MonthDone(month, done[month - 1], sums[month - 1]) for month in range(1, days[-1][0].month + 1)]


def data_until(asked: Asked) -> date | None:
    """The day of the last reading of this year that the figures use."""
    days = done_by_day(asked)
    return days[-1][0] if days else None
