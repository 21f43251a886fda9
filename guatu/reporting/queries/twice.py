"""How many cells of a month's reports had to be typed in another system as well, by unit; the aim is 0."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from guatu.domain.fill_once import CellKey, Elsewhere, FillCount, Typed, typed_twice
from guatu.domain.periods import Period
from guatu.library.models import ListEntry, Project
from guatu.library.queries.lists import entries_of_projects, ruling_entry
from guatu.library.queries.projects import parts
from guatu.people.models import Region
from guatu.reporting.content import from_json
from guatu.reporting.layouts.filling import stands_in
from guatu.reporting.layouts.respect import said_in
from guatu.reporting.layouts.schema import Layout, stored
from guatu.reporting.layouts.sources import SOURCES
from guatu.reporting.models import HeldValue, LayoutExport, Report, SheetLayout

_MONEY: Final = frozenset({"amount", "ytd", "cumulative"})


def fact_of(said: str) -> str:
    """The fact that a field of a report says: the period's amount, the year's and the whole are one."""
    return "money" if said in _MONEY else said


def fill_counts(projects: Iterable[Project], period: Period) -> dict[int, FillCount]:
    """By id of the unit that reported, the cells of its reports of a period that were handed in (domain.fill_once)."""
    listed = list(projects)
    by_id = {project.pk: project for project in listed}
    said: list[Typed] = []
    for part in parts(by_id):
        rows = Report.objects.filter(project_id__in=part, period=period.code, edition__gt=0, unit__isnull=False)
        for row in rows.exclude(submitted_at=None):
            assert row.submitted_at is not None  # excluded above
            key = str(by_id[row.project_id].public_id)
            cells = said_in(from_json(row.content))
            said += [Typed(CellKey(key, fact_of(name)), str(row.unit_id), row.submitted_at) for name in cells]
    if not said:
        return {}
    counts = typed_twice(said, standing_elsewhere(listed, period))
    return {int(unit): count for unit, count in counts.items()}


def standing_elsewhere(projects: Sequence[Project], period: Period) -> list[Elsewhere]:
    """The cells of a period that the layouts in use ask for, with when each was read back and handed over."""
    listed = entries_of_projects([one.pk for one in projects], period.end)
    entries = {key: top for key, many in listed.items() if (top := ruling_entry(many, period.end.year)) is not None}
    held, handed = _held(projects, period), _handed(period)
    found: list[Elsewhere] = []
    for region in Region.objects.filter(pk__in={project.region_id for project in projects}):
        layouts = [(row, stored(row.layout)) for row in layouts_in_use(region)]
        here = [project for project in projects if project.region_id == region.pk and project.pk in entries]
        for row, layout in layouts:
            if layout.period == period.kind:
                found += _of_layout(row, layout, here, entries, held, handed)
    return found


def layouts_in_use(region: Region) -> list[SheetLayout]:
    """The layouts that a region uses, its own and those of the regions above it."""
    rows = SheetLayout.objects.filter(region__path__in=region.lineage, replaced=False)
    return list(rows.select_related("region").order_by("pk"))


_Read = dict[tuple[int, str, str], datetime]
_Handed = dict[tuple[int, str, str, str], datetime]


def _of_layout(
    row: SheetLayout,
    layout: Layout,
    projects: Sequence[Project],
    entries: dict[int, ListEntry],
    held: _Read,
    handed: _Handed,
) -> list[Elsewhere]:
    by_fact: dict[str, list[str]] = {}
    for code in layout.sources:
        if SOURCES[code].said:
            by_fact.setdefault(fact_of(SOURCES[code].said), []).append(code)
    found = []
    for project in projects:
        if not stands_in(layout.rows, entries[project.pk]):
            continue
        key = str(project.public_id)
        for fact, codes in by_fact.items():
            read = [at for code in codes if (at := held.get((project.pk, code, layout.system)))]
            gone = [at for code in codes if (at := handed.get((row.region_id, row.code, key, code)))]
            found.append(Elsewhere(CellKey(key, fact), layout.system, min(read, default=None), max(gone, default=None)))
    return found


def _held(projects: Sequence[Project], period: Period) -> _Read:
    found: _Read = {}
    columns = ("project_id", "source", "system", "read_at")
    for part in parts(project.pk for project in projects):
        rows = HeldValue.objects.filter(project_id__in=part, period=period.code, withdrawn=False)
        found |= {(key, source, system): at for key, source, system, at in rows.values_list(*columns)}
    return found


def _handed(period: Period) -> _Handed:
    """When each cell last went out filled, by the layout's region and code, whichever its edition."""
    found: _Handed = {}
    columns = ("layout__region_id", "layout__code", "filled", "made_at")
    rows = LayoutExport.objects.filter(period=period.code).order_by("made_at")
    for region, code, filled, at in rows.values_list(*columns):
        found |= {(region, code, key, source): at for key, sources in filled.items() for source in sources}
    return found
