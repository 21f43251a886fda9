"""What a list holds at a date, its totals, and the next project in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from guatu.library.models import AnnualList, ListEntry, Project
from guatu.library.queries.projects import parts, profiles_as_of


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
    """The entries of projects at the end of a day, in whichever lists, newest year first."""
    found: dict[int, list[ListEntry]] = {}
    for part in parts(ids):
        rows = ListEntry.objects.filter(project_id__in=part).as_of(day, known=known, restated=restated)
        for row in rows.select_related("annual_list", "batch", "project_class"):
            if row.listed:
                found.setdefault(row.project_id, []).append(row)
    for entries in found.values():
        entries.sort(key=lambda row: (-row.annual_list.year, row.annual_list.level))
    return found


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


def neighbours(
    annual_list: AnnualList, project: Project, day: date, visible: Sequence[int] | None = None
) -> tuple[int, int, Project | None, Project | None]:
    """(place, of how many, the one before, the one after) of a project in a list; place 0 when it is not in it."""
    rows = [row.project for row in entries_as_of(annual_list, day).values()]
    if visible is not None:
        seen = set(visible)
        rows = [row for row in rows if row.pk in seen]
    place = next((number for number, row in enumerate(rows) if row.pk == project.pk), None)
    if place is None:
        return 0, len(rows), None, None
    before = rows[place - 1] if place else None
    after = rows[place + 1] if place + 1 < len(rows) else None
    return place + 1, len(rows), before, after
