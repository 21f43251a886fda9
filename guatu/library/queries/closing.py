"""What is locked: to which day each list is closed, and when a fact of a locked day has to be booked."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, QuerySet

from guatu.core.dated import DatedFact
from guatu.core.prepared import prepared
from guatu.library.models import AnnualList, ClosedPeriod, ListEntry

PART = 800


def standing_closings() -> QuerySet[ClosedPeriod]:
    """The closings that lock: what was opened again locks nothing."""
    return ClosedPeriod.objects.filter(reopened_at__isnull=True)


def closed_until(annual_list: AnnualList) -> date | None:
    """The last day to which a list's figures are locked."""
    last: date | None = standing_closings().filter(annual_list=annual_list).aggregate(last=Max("until"))["last"]
    return last


@dataclass(frozen=True, slots=True)
class ClosingTold:
    """A closing of a list: `open` points there were, and whether it is the last that locks."""

    row: ClosedPeriod
    open: int
    last: bool


def closings_told(annual_list: AnnualList) -> list[ClosingTold]:
    """The closings of a list, the newest first, those that were opened again too."""
    rows = list(ClosedPeriod.objects.filter(annual_list=annual_list).order_by("-until", "-closed_at"))
    last = max((row.until for row in rows if row.reopened_at is None), default=None)
    return [
        ClosingTold(row, sum(row.open_items.values()), row.reopened_at is None and row.until == last) for row in rows
    ]


def first_day_open(annual_list: AnnualList) -> date:
    """The first day of the list's year that is not locked."""
    last = closed_until(annual_list)
    return date(annual_list.year, 1, 1) if last is None else last + timedelta(days=1)


def locked_days(project_ids: Collection[int], earliest: date) -> dict[int, date]:
    """By project, the last locked day of the lists it is in; only where that is not before `earliest`."""
    closed = dict(_last_closings(earliest=earliest))
    found: dict[int, date] = {}
    if not closed:
        return found
    ids: Sequence[int] = sorted(project_ids)
    for start in range(0, len(ids), PART):
        entries = ListEntry.objects.filter(
            annual_list_id__in=list(closed),
            project_id__in=ids[start : start + PART],
            listed=True,
            superseded_at__isnull=True,
        )
        for project_id, list_id in entries.values_list("project_id", "annual_list_id").distinct():
            found[project_id] = max(found.get(project_id, closed[list_id]), closed[list_id])
    return found


@prepared
def _last_closings(earliest: date) -> QuerySet[ClosedPeriod, tuple[int, date]]:
    by_list = standing_closings().values("annual_list_id").annotate(last=Max("until"))
    return by_list.filter(last__gte=earliest).values_list("annual_list_id", "last")


def first_open(effective_on: date, locked: date | None) -> date:
    """The day on which a fact true of `effective_on` is booked: itself, or the day after the locked one."""
    if locked is None or effective_on > locked:
        return effective_on
    return locked + timedelta(days=1)


def closings_over(facts: Iterable[tuple[type[DatedFact], Sequence[int]]]) -> list[ClosedPeriod]:
    """The last closing of each list that locks the day on which one of the facts (model, ids) is booked.

    A list's entry is locked by its own list, every other fact by any list that holds its project.
    """
    last = {row.annual_list_id: row for row in standing_closings().select_related("annual_list").order_by("until")}
    found: dict[int, ClosedPeriod] = {}
    if not last:
        return []
    for model, ids in facts:
        of_lists = issubclass(model, ListEntry)
        columns = ("annual_list_id" if of_lists else "project_id", "booked_on")
        booked = list(model._default_manager.filter(pk__in=ids).values_list(*columns))
        held = {} if of_lists else _lists_of({key for key, _day in booked}, last)
        for key, day in booked:
            lists = [key] if of_lists else held.get(key, [])
            found.update({one: last[one] for one in lists if one in last and day <= last[one].until})
    return sorted(found.values(), key=lambda row: row.until)


def _lists_of(project_ids: Collection[int], closed: Collection[int]) -> dict[int, list[int]]:
    """By project, which of the closed lists hold it."""
    rows = ListEntry.objects.standing().filter(project_id__in=project_ids, annual_list_id__in=list(closed), listed=True)
    found: dict[int, list[int]] = {}
    for project_id, list_id in rows.values_list("project_id", "annual_list_id").distinct():
        found.setdefault(project_id, []).append(list_id)
    return found
