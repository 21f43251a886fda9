"""Readings of many projects: what stood at a date, and the whole series of one."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet

from guatu.core.prepared import prepared
from guatu.domain.readings import month_amounts
from guatu.library.choices import Stage
from guatu.library.models import ListEntry, ProjectProfile, StageChange
from guatu.library.queries.lists import IN_ORDER
from guatu.library.queries.projects import parts, steps_reached
from guatu.reporting.choices import TRUTH_ORDER, Basis, Truth
from guatu.reporting.compute import Series
from guatu.reporting.models import Reading

_ORDER: Final = {str(step): place for place, step in enumerate(TRUTH_ORDER)}


def truths_from(truth: str) -> list[str]:
    """A step of truth and those above it: what is checked at least is checked or confirmed."""
    return [str(step) for step in TRUTH_ORDER[TRUTH_ORDER.index(Truth(truth)) :]]


def rank(on: date, truth: str, booked: date, row_id: int) -> tuple[date, date, int, int]:
    """Which of several readings holds, the highest: the later day; of one day the one booked last (a locked day's
    correction), of those booked together the better truth. The same in SQL is `figures.queries.sql.latest_reading`.
    """
    return on, booked, _ORDER[truth], row_id


def readings_as_of(
    ids: Iterable[int],
    day: date,
    *,
    basis: str = Basis.DISPATCH,
    truth: str = Truth.CONFIRMED,
    known: date | None = None,
    restated: bool = False,
) -> dict[int, Reading]:
    """The last reading on or before a day, by project, of this truth or better: of one day the one booked last (a
    locked day's correction), of those booked together the better one.
    """
    found: dict[int, Reading] = {}
    for part in parts(ids):
        truths = truths_from(truth)
        for row in _as_of(ids=part, basis=basis, truths=truths, day=day, known=known, restated=restated):
            best = found.get(row.project_id)
            if best is None or _rank(row) > _rank(best):
                found[row.project_id] = row
    return found


def unadopted_of(ids: Iterable[int], day: date) -> set[int]:
    """The projects of which something newer is claimed by a day than what the office has confirmed."""
    rows = readings_as_of(ids, day, truth=Truth.CLAIMED, restated=True)
    return {key for key, row in rows.items() if row.truth != Truth.CONFIRMED}


@prepared
def _as_of(
    ids: Sequence[int], basis: str, truths: Sequence[str], day: date, known: date | None, restated: bool
) -> QuerySet[Reading]:
    rows = Reading.objects.filter(project_id__in=ids, basis=basis, truth__in=truths)
    return rows.as_of(day, known=known, restated=restated)


def _rank(row: Reading) -> tuple[date, date, int, int]:
    return rank(row.effective_on, row.truth, row.booked_on, row.pk)


def series_of(ids: Iterable[int], *, basis: str, truth: str, day: date) -> dict[int, Series]:
    """What is known of projects when a sheet of a day is read: readings, year of start, money planned."""
    wanted = list(ids)
    rows = standing_readings(wanted, basis=basis, truth=truth)
    starts, totals, plans = _starts(wanted), _totals(wanted, day), plans_of_year(wanted, day)
    return {key: Series(rows.get(key, ()), starts.get(key), totals.get(key), plans.get(key)) for key in wanted}


def _starts(ids: Sequence[int]) -> dict[int, int]:
    """The year in which each project's works began."""
    found: dict[int, int] = {}
    for part in parts(ids):
        for key, on in _started(ids=part):
            found[key] = min(found.get(key, on.year), on.year)
    return found


@prepared
def _started(ids: Sequence[int]) -> QuerySet[StageChange, tuple[int, date]]:
    steps = StageChange.objects.filter(project_id__in=ids, stage=Stage.STARTED).reached(date.max, restated=True)
    return steps.values_list("project_id", "effective_on")


def _totals(ids: Sequence[int], day: date) -> dict[int, int | None]:
    """The total investments that hold on a day."""
    found: dict[int, int | None] = {}
    for part in parts(ids):
        found.update(_total_of(ids=part, day=day))
    return found


@prepared
def _total_of(ids: Sequence[int], day: date) -> QuerySet[ProjectProfile, tuple[int, int | None]]:
    profiles = ProjectProfile.objects.filter(project_id__in=ids, effective_on__lte=day).standing()
    return profiles.order_by(*IN_ORDER).values_list("project_id", "total_investment")


def plans_of_year(ids: Sequence[int], day: date) -> dict[int, int]:
    """The year's planned investment of each project on a day: of several lists the first by level that plans any."""
    found: dict[int, int] = {}
    for part in parts(ids):
        rows = _entries_of(ids=part, year=day.year, day=day)
        held = {(level, project, key): plan if on else None for project, level, key, plan, on in rows}
        told = sorted((level, project, plan) for (level, project, _key), plan in held.items() if plan)
        for _level, project, plan in told:
            found.setdefault(project, plan)
    return found


@prepared
def _entries_of(ids: Sequence[int], year: int, day: date) -> QuerySet[ListEntry, tuple[Any, ...]]:
    entries = ListEntry.objects.filter(project_id__in=ids, annual_list__year=year, effective_on__lte=day)
    columns = ("project_id", "annual_list__level", "annual_list_id", "planned_investment", "listed")
    return entries.standing().order_by(*IN_ORDER).values_list(*columns)


def year_ends(ids: Iterable[int], year: int) -> dict[int, int]:
    """至上年底累计 of a year's list by project, by dispatch and confirmed, in whole yuan, where it is known.

    As `compute.year_end` says it of each: the last amount of a former year, else nothing for what started in the year.
    """
    wanted, found, first = set(ids), dict[int, int](), date(year, 1, 1)
    columns = ("project_id", "effective_on", "booked_on", "pk", "cumulative")
    for part in parts(wanted):
        rows = Reading.objects.filter(project_id__in=part, basis=Basis.DISPATCH, truth__in=truths_from(Truth.CONFIRMED))
        by_day: dict[tuple[int, date], int | None] = {}
        for key, on, _booked, _pk, amount in sorted(
            rows.standing().filter(effective_on__lt=first).values_list(*columns), key=lambda row: row[1:4]
        ):
            by_day[key, on] = amount
        # in the order of days, so that the last amount stays
        found |= {key: amount for (key, _on), amount in by_day.items() if amount is not None}
    for key, steps in steps_reached(wanted - set(found), date.max).items():
        started = next((step.effective_on.year for step in steps if step.stage == Stage.STARTED), None)
        if started == year:
            found[key] = 0
    return found


def standing_readings(
    ids: Iterable[int], *, basis: str, truth: str, days: Collection[date] = ()
) -> dict[int, list[Reading]]:
    """The readings that stand, by project and date ascending: of one date the one booked last, of the better truth.

    `days` limits them to readings of these dates: a sheet of one month need not read the years before it.
    """
    found: dict[int, dict[date, Reading]] = {}
    for part in parts(ids):
        rows: Iterable[Reading]
        if days:
            rows = _on_days(part, basis, truth, days)
        else:
            rows = _all_standing(ids=part, basis=basis, truths=truths_from(truth))
        for row in sorted(rows, key=_rank):
            found.setdefault(row.project_id, {})[row.effective_on] = row
    return {key: list(by_day.values()) for key, by_day in found.items()}


@prepared
def _all_standing(ids: Sequence[int], basis: str, truths: Sequence[str]) -> QuerySet[Reading]:
    return Reading.objects.filter(project_id__in=ids, basis=basis, truth__in=truths).standing()


def _on_days(ids: Sequence[int], basis: str, truth: str, days: Collection[date]) -> QuerySet[Reading]:
    return Reading.objects.filter(
        project_id__in=ids, basis=basis, truth__in=truths_from(truth), effective_on__in=days
    ).standing()


def months_of(
    project_id: int, *, basis: str = Basis.DISPATCH, truth: str = Truth.CONFIRMED
) -> dict[int, list[int | None]]:
    """One project's money by month: year → twelve amounts in whole yuan, None for a month without a reading."""
    rows = standing_readings([project_id], basis=basis, truth=truth).get(project_id, [])
    sums: dict[int, list[tuple[date, int]]] = {}
    for row in rows:
        if row.ytd is not None:
            sums.setdefault(row.effective_on.year, []).append((row.effective_on, row.ytd))
    return {year: month_amounts(told) for year, told in sums.items()}
