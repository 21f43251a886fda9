"""Each project's money along the year of its list: what was done in each month, as the difference of two readings."""

from collections.abc import Collection, Mapping
from datetime import date

from guatu.core.dated import adapted
from guatu.figures.queries.answers import key_of
from guatu.figures.queries.memo import kept
from guatu.figures.queries.sql import Asked, Sql, as_day, plain, truths

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
        " ORDER BY r.project_id, r.effective_on, r.booked_on, r.id"
    )
    to_date: dict[int, dict[int, int]] = {}
    for project, day, ytd in rows:
        to_date.setdefault(project, {})[as_day(day).month] = int(ytd)
    return {project: _done(sums) for project, sums in to_date.items()}


def _done(sums: Mapping[int, int]) -> Months:
    """From the year's sum at the last reading of each month to what was done in each; a month without one has none."""
    done, before = [], 0
    for month in range(1, max(sums) + 1):
        now = sums.get(month, before)
        done.append(now - before)
        before = now
    return tuple(done)
