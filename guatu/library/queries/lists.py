"""What a list holds at a date, its totals, and the next project in it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import QuerySet

from guatu.core.prepared import prepared
from guatu.domain.indicators.facts import LEVELS
from guatu.library.choices import Level
from guatu.library.models import AnnualList, ListEntry, Project, ProjectProfile
from guatu.library.queries.projects import parts, profiles_as_of

IN_ORDER = ("effective_on", "booked_on", "id")  # of standing facts: the last one of a key holds, restated
NEAREST = (Level.DISTRICT, Level.CITY, Level.PROVINCE)
"""The levels as an office reads them: the own list before those that look at it from above."""


@dataclass(frozen=True, slots=True)
class Totals:
    """How many projects a list holds and their sums in whole yuan; amounts nobody knows count as nothing."""

    projects: int
    total_investment: int
    planned_investment: int

    def plus(self, other: "Totals") -> "Totals":
        """Both together."""
        return Totals(
            self.projects + other.projects,
            self.total_investment + other.total_investment,
            self.planned_investment + other.planned_investment,
        )

    def minus(self, other: "Totals") -> "Totals":
        """The one without the other."""
        return self.plus(Totals(-other.projects, -other.total_investment, -other.planned_investment))


NOTHING = Totals(0, 0, 0)


def office_order(row: AnnualList) -> tuple[int, int, str, int, int]:
    """Sorts lists as `in_office_order` does; reads the list's region."""
    return -row.year, len(row.region.path), row.region.path, NEAREST.index(Level(row.level)), row.pk


SomeList = TypeVar("SomeList", bound=AnnualList)


def in_office_order(lists: Iterable[SomeList]) -> list[SomeList]:
    """Newest year first; in a year the wider region's before those within it, in a region the nearest level first."""
    return sorted(lists, key=office_order)


def main_list(lists: Iterable[AnnualList], today: date) -> AnnualList | None:
    """The list that is meant where none is named: the first in office order of the latest year that has begun.

    Before this year's list is there, last year's; where no list has begun, the first to come. None of none.
    """
    ordered = in_office_order(lists)
    begun = next((row for row in ordered if row.year <= today.year), None)
    return begun or next((row for row in ordered if row.year == ordered[-1].year), None)


def entries_as_of(
    annual_list: AnnualList, day: date, *, known: date | None = None, restated: bool = True
) -> dict[int, ListEntry]:
    """The entries of a list at the end of a day, by project id, ordered as the list prints them."""
    rows = ListEntry.objects.filter(annual_list=annual_list).as_of(day, known=known, restated=restated)
    listed = [row for row in rows.select_related("project", "project_class", "batch") if row.listed]
    listed.sort(key=lambda row: (row.batch.number if row.batch else 0, row.number or 10**9, row.project.sort_key))
    return {row.project_id: row for row in listed}


def entries_of_projects(
    ids: Iterable[int], day: date, *, known: date | None = None, restated: bool = True
) -> dict[int, list[ListEntry]]:
    """The entries of projects at the end of a day, in whichever lists, these in office order: the main one first."""
    found: dict[int, list[ListEntry]] = {}
    for part in parts(ids):
        for row in _entries_of(ids=part, day=day, known=known, restated=restated):
            if row.listed:
                found.setdefault(row.project_id, []).append(row)
    for entries in found.values():
        entries.sort(key=lambda row: office_order(row.annual_list))
    return found


def ruling_entry(entries: Iterable[ListEntry], year: int) -> ListEntry | None:
    """Of a project's entries the one that rules in a year: of the highest level, as figures count a project on several
    lists once, with that list's plan; of one level the first in office order. None where it is on no list of the year.
    """
    here = [row for row in entries if row.annual_list.year == year]
    return min(
        here,
        key=lambda row: _ruling(row.annual_list.level, row.annual_list.region.path, row.annual_list_id),
        default=None,
    )


def _ruling(level: str, region: str, listed: int) -> tuple[int, int, str, int]:
    return LEVELS.index(level), len(region), region, listed


def ruling_places(ids: Iterable[int], day: date) -> dict[int, tuple[str, str]]:
    """project id → level of the list that rules on a day (`ruling_entry`) and kind of the entry there, of many projects
    by their bare values; without those that stand on no list of the day's year.
    """
    found: dict[int, tuple[tuple[int, int, str, int], tuple[str, str]]] = {}
    for part in parts(ids):
        for project, listed, kind, year, level, region, list_id in _places_of(ids=part, day=day):
            place = _ruling(level, region, list_id), (level, kind)
            if listed and year == day.year and (project not in found or place < found[project]):
                found[project] = place
    return {project: told for project, (_place, told) in found.items()}


@prepared
def _places_of(ids: Sequence[int], day: date) -> QuerySet[ListEntry, tuple[int, bool, str, int, str, str, int]]:
    rows = ListEntry.objects.filter(project_id__in=ids).as_of(day, restated=True)
    beside = ("annual_list__year", "annual_list__level", "annual_list__region__path", "annual_list_id")
    return rows.values_list("project_id", "listed", "kind", *beside)


@prepared
def _entries_of(ids: Sequence[int], day: date, known: date | None, restated: bool) -> QuerySet[ListEntry]:
    rows = ListEntry.objects.filter(project_id__in=ids).as_of(day, known=known, restated=restated)
    return rows.select_related("annual_list__region", "batch", "project_class")


def totals_of(entries: Iterable[ListEntry], day: date) -> Totals:
    """Count and sums of entries, with the total investments that hold on a day."""
    listed = list(entries)
    profiles = profiles_as_of([row.project_id for row in listed], day)
    return Totals(
        len(listed),
        sum(profiles[row.project_id].total_investment or 0 for row in listed if row.project_id in profiles),
        sum(row.planned_investment or 0 for row in listed),
    )


def list_totals(annual_list: AnnualList, day: date) -> Totals:
    """Count and sums of a list at the end of a day."""
    return totals_of(entries_as_of(annual_list, day).values(), day)


def totals_of_lists(days: Mapping[int, date], visible: Collection[int]) -> dict[int, Totals]:
    """By list id, the totals at the end of its day over the visible projects; three plain queries however many lists.

    Says the same as `totals_of(entries_as_of(...))`, whose rows are too dear to be made for their sums alone.
    """
    held: dict[int, dict[int, tuple[int, date]]] = {key: {} for key in days}
    rows = ListEntry.objects.standing().filter(annual_list_id__in=list(days)).order_by(*IN_ORDER)
    for list_id, project_id, on, listed, planned in rows.values_list(
        "annual_list_id", "project_id", "effective_on", "listed", "planned_investment"
    ):
        if on > days[list_id] or project_id not in visible:
            continue
        held[list_id].pop(project_id, None)
        if listed:
            held[list_id][project_id] = (planned or 0, days[list_id])
    worth = _total_investments({key for entries in held.values() for key in entries})
    return {
        list_id: Totals(
            len(entries),
            sum(_on(worth.get(key, ()), day) for key, (_planned, day) in entries.items()),
            sum(planned for planned, _day in entries.values()),
        )
        for list_id, entries in held.items()
    }


def _total_investments(ids: Collection[int]) -> dict[int, list[tuple[date, int]]]:
    """By project, (since, total investment) in the order in which they came to hold."""
    found: dict[int, list[tuple[date, int]]] = {}
    for part in parts(ids):
        rows = ProjectProfile.objects.standing().filter(project_id__in=part).order_by(*IN_ORDER)
        for key, since, total in rows.values_list("project_id", "effective_on", "total_investment"):
            found.setdefault(key, []).append((since, total or 0))
    return found


def _on(values: Iterable[tuple[date, int]], day: date) -> int:
    return next((value for since, value in reversed(list(values)) if since <= day), 0)


def order_of(annual_list: AnnualList, day: date) -> list[int]:
    """The ids of a list's projects at the end of a day in the order in which the list prints them."""
    rows = ListEntry.objects.standing().filter(annual_list=annual_list, effective_on__lte=day).order_by(*IN_ORDER)
    held: dict[int, tuple[int, int, str]] = {}
    for key, listed, batch, number, name in rows.values_list(
        "project_id", "listed", "batch__number", "number", "project__sort_key"
    ):
        held.pop(key, None)
        if listed:
            held[key] = (batch or 0, number or 10**9, name)
    return sorted(held, key=lambda key: held[key])


def neighbours(
    annual_list: AnnualList, project: Project, day: date, visible: Collection[int] | None = None
) -> tuple[int, int, Project | None, Project | None]:
    """(place, of how many, the one before, the one after) of a project in a list; place 0 when it is not in it."""
    ids = order_of(annual_list, day)
    if visible is not None:
        ids = [key for key in ids if key in visible]
    if project.pk not in ids:
        return 0, len(ids), None, None
    place = ids.index(project.pk)
    before, after = ids[place - 1] if place else None, ids[place + 1] if place + 1 < len(ids) else None
    beside = Project.objects.only("public_id", "name").in_bulk([key for key in (before, after) if key is not None])
    return place + 1, len(ids), beside.get(before or 0), beside.get(after or 0)
