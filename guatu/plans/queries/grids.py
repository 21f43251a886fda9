"""The days over which the targets of a list are spread: each project's by its own work calendar."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from guatu.domain.targets import YearGrid
from guatu.library.models import AnnualList, Project
from guatu.library.queries.projects import parts
from guatu.people.models import Region
from guatu.people.queries import calendar_for, calendars_differ, calendars_for
from guatu.plans.compute_targets import grid_of


@dataclass(frozen=True, slots=True)
class Grids:
    """The days of one year: `usual` are those of the list's region, `own` of projects that work on other days."""

    usual: YearGrid
    own: Mapping[int, YearGrid]

    def of(self, project_id: int) -> YearGrid:
        """A project's days."""
        return self.own.get(project_id, self.usual)


def grid_of_list(annual_list: AnnualList) -> YearGrid:
    """The days of a list's year by the work calendar of its region, its closures included."""
    return grid_of(annual_list.year, calendar_for(annual_list.region))


def grids_of(annual_list: AnnualList, ids: Iterable[int]) -> Grids:
    """The days of a list's year for these projects: by each one's region, with the closures of its own.

    Equal calendars are one grid. No query where no region and no project has days of its own; else two a thousand
    projects or so, whatever closures there are.
    """
    usual = grid_of_list(annual_list)
    if not calendars_differ():
        return Grids(usual, {})
    rows = [row for part in parts(ids) for row in Project.objects.filter(pk__in=part).only("public_id", "region_id")]
    regions = Region.objects.in_bulk({row.region_id for row in rows})
    calendars = calendars_for((regions[row.region_id], row.trail_subject()) for row in rows)
    grids = ((row.pk, grid_of(annual_list.year, calendar)) for row, calendar in zip(rows, calendars, strict=True))
    return Grids(usual, {key: grid for key, grid in grids if grid is not usual})
