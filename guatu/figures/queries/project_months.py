"""Each project's money along the year of its list: what was done in each month, as the difference of two readings."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from guatu.core.dated import adapted
from guatu.domain.readings import month_amounts
from guatu.figures.queries.entries import key_of
from guatu.figures.queries.memo import kept
from guatu.figures.queries.sql import Asked, Sql, as_day, in_days, plain, truths

Months = tuple[int, ...]
"""Whole yuan done in the months from January to that of the last reading."""


def project_months(asked: Asked) -> Mapping[int, Months]:
    """By project, its months up to the last one with a reading; without a reading there is none.

    A project's months add up to its `investment_to_date`. Remembered; after a write only the projects that it named
    are read again.
    """
    source = kept(
        ("project months", *key_of(asked)),
        lambda: _months(asked, None),
        lambda known, ids: {key: done for key, done in known.items() if key not in ids} | _months(asked, ids),
    )
    return source.value


def _months(asked: Asked, projects: Collection[int] | None) -> dict[int, Months]:
    return {project: _done(sums) for project, sums in year_sums(asked, projects).items()}


def year_sums(asked: Asked, projects: Collection[int] | None) -> dict[int, list[tuple[date, int]]]:
    """project id → (day of a reading, this year's sum to that day in whole yuan), in order of days and bookings.

    `projects` None: all of the lists.
    """
    if not asked.lists:
        return {}
    sql = Sql(asked)
    basis, steps = sql.value(asked.basis), sql.values(list(truths(asked)))
    first, last = sql.value(adapted(date(asked.year, 1, 1))), sql.value(adapted(date(asked.year, 12, 31)))
    standing = sql.standing("r")
    listed = sql.values([row.pk for row in asked.lists])
    rows = sql.rows(
        f"SELECT r.project_id, {plain('r.effective_on')}, r.ytd FROM reporting_reading r"
        f" WHERE r.basis = {basis} AND r.truth IN ({steps}) AND r.ytd IS NOT NULL"
        f" AND r.effective_on BETWEEN {first} AND {last} AND {standing}"
        f" AND r.project_id IN (SELECT x.project_id FROM library_listentry x WHERE x.annual_list_id IN ({listed}))"
        f" AND {sql.within('r.project_id')} AND {sql.among('r.project_id', projects)}"
        f" ORDER BY r.project_id, {in_days(asked, 'r')}"
    )
    to_date: dict[int, list[tuple[date, int]]] = {}
    for project, day, ytd in rows:
        to_date.setdefault(project, []).append((as_day(day), int(ytd)))
    return to_date


def _done(sums: Sequence[tuple[date, int]]) -> Months:
    """The months up to the last reading, nothing done in one without: their sum is what is drawn and added up."""
    amounts = month_amounts(sums)
    return tuple(amount or 0 for amount in amounts[: sums[-1][0].month])
