"""A layout filled for a list and period from what is held here, as far as a post may have it; and why cells are empty.

Each basis is filled from its own readings alone: a statistics column never takes a dispatch figure.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from guatu.core.actor import Actor
from guatu.core.sheets.fields import FieldKind
from guatu.domain.periods import Period
from guatu.library.choices import InvestorKind, Stage
from guatu.library.models import AnnualList, ListEntry, Project
from guatu.library.queries.projects import parts, profiles_as_of, steps_reached
from guatu.reporting.choices import MIX, Basis, ReportState
from guatu.reporting.imports import in_source_language
from guatu.reporting.layouts.schema import Column, Layout, Rows
from guatu.reporting.layouts.sources import SERIAL, SOURCES, Missing
from guatu.reporting.models import HeldValue, Reading, Report
from guatu.reporting.queries import readings_as_of, year_ends
from guatu.reporting.workbooks.rows import list_rows, notes_of

Values = dict[str, Any]
SHOWN: Final = 5
_SAID: Final = ("percent", "words", "problem", "next_plan", "remark")


@dataclass(slots=True)
class FilledRow:
    """One project's row: what is known of it by source; an empty cell has no key."""

    project: Project
    cells: Values = field(default_factory=dict)
    told: frozenset[str] = frozenset()  # the bases of which there is a figure of the period


@dataclass(frozen=True, slots=True)
class Empty:
    """Empty cells of a column with one reason: how many, why, and of which projects the first ones are."""

    column: Column
    count: int
    why: Missing
    names: tuple[str, ...]
    projects: frozenset[int]


@dataclass(slots=True)
class Filled:
    """A layout with its rows."""

    layout: Layout
    annual_list: AnnualList
    period: Period
    rows: list[FilledRow]
    notes: list[str]

    @property
    def filled(self) -> int:
        """How many cells have something in them, running numbers left out."""
        return sum(code in row.cells for row in self.rows for code in self.layout.sources if code != SERIAL)

    @property
    def empties(self) -> list[Empty]:
        """The columns in which cells are empty, in their order."""
        found = []
        for column in self.layout.columns:
            lacking: dict[Missing, list[Project]] = {}
            for row in self.rows:
                if column.source not in row.cells:
                    lacking.setdefault(why_empty(column, row), []).append(row.project)
            found += [
                Empty(column, len(of), why, tuple(one.name for one in of[:SHOWN]), frozenset(one.pk for one in of))
                for why, of in lacking.items()
            ]
        return found

    @property
    def empty(self) -> int:
        """How many cells are empty."""
        return sum(one.count for one in self.empties)

    def sources_by_project(self) -> dict[str, list[str]]:
        """What is filled, as an export is kept."""
        return {str(row.project.public_id): sorted(row.cells.keys() - {SERIAL}) for row in self.rows}


def why_empty(column: Column, row: FilledRow) -> Missing:
    """Why a cell of a column is empty: what its basis lacks altogether, or what the figures of the period left out."""
    if not column.source:
        return Missing.NOTHING
    source = SOURCES[column.source]
    basis = column.source.partition(".")[0] if "." in column.source else str(Basis.DISPATCH)
    of_basis = source.missing in (Missing.DISPATCH, Missing.STATISTICS, Missing.PAYMENT)
    return Missing.UNSAID if of_basis and basis in row.told else source.missing


@in_source_language()
def fill(actor: Actor, layout: Layout, annual_list: AnnualList, period: Period) -> Filled:
    """The layout for the projects of a list that a post may have and that stand in its rows; a bounded number of
    queries however many."""
    listed = list_rows(actor, annual_list, period.end)
    wanted = [row for row in listed.rows if stands_in(layout.rows, row.entry, row.cells)]
    facts = facts_of([row.entry.project for row in wanted], period, layout.sources)
    rows = []
    for number, row in enumerate(wanted, start=1):
        known = {**row.cells, **facts[row.entry.project_id], "name": row.entry.project.name, SERIAL: number}
        cells = {code: known[code] for code in layout.sources if known.get(code) not in (None, "")}
        told = frozenset(str(basis) for basis in Basis if f"{basis}.cumulative" in known)
        rows.append(FilledRow(row.entry.project, cells, told))
    return Filled(layout, annual_list, period, rows, notes_of(listed))


def stands_in(rows: Rows, entry: ListEntry, cells: Mapping[str, Any] | None = None) -> bool:
    """Whether an entry's project stands in a layout's rows; `cells` are its printed ones."""
    project = entry.project
    total = (cells or {}).get("total_investment", project.total_investment)
    return (
        (not rows.kinds or entry.kind in rows.kinds)
        and (not rows.stages or project.stage in rows.stages)
        and (not rows.least_total or (total or 0) >= rows.least_total)
        and (not rows.funding or rows.funding in project.funding)
    )


def facts_of(projects: Sequence[Project], period: Period, wanted: Collection[str]) -> dict[int, Values]:
    """What is known of projects for a period beside what a list prints, by source."""
    ids = [project.pk for project in projects]
    found = {project.pk: _of_project(project) for project in projects}
    for key, profile in profiles_as_of(ids, period.end).items():
        investor = InvestorKind(profile.investor).label if profile.investor else ""
        found[key] |= {"industry": profile.industry, "investor": str(investor)}
    if {"started", "completed"} & set(wanted):
        for key, steps in steps_reached(ids, period.end).items():
            found[key] |= _steps((step.stage, step.effective_on) for step in steps)
    for basis in Basis:
        if any(code.startswith(f"{basis}.") for code in wanted) or basis is Basis.DISPATCH:
            for key, values in _of_basis(ids, basis, period).items():
                found[key] |= values
    for key, values in _held(ids, period, wanted).items():
        found[key] |= {code: value for code, value in values.items() if found[key].get(code) in (None, "")}
    return found


def _of_project(project: Project) -> Values:
    return {
        "region": project.region.name,
        "region_code": project.region.code,
        "stage": str(Stage(project.stage).label),
    }


def _steps(steps: Iterable[tuple[str, date]]) -> Values:
    found: Values = {}
    for stage, on in steps:
        if stage == Stage.STARTED:
            found.setdefault("started", on)
        elif stage == Stage.COMPLETED:
            found.setdefault("completed", on)
    return found


def _of_basis(ids: Sequence[int], basis: Basis, period: Period) -> dict[int, Values]:
    """A basis's amounts of a period by its own readings: nothing where the period brought none, and no report said that
    nothing changed."""
    now = readings_as_of(ids, period.end, basis=basis, restated=True)
    before = readings_as_of(ids, period.start - timedelta(days=1), basis=basis, restated=True)
    same = _unchanged(period) if basis is Basis.DISPATCH else frozenset()
    ends = year_ends(ids, period.end.year) if basis is Basis.DISPATCH else {}
    found: dict[int, Values] = {key: {f"{basis}.before": amount} for key, amount in ends.items()}
    for key, reading in now.items():
        if reading.effective_on >= period.start or key in same:
            found.setdefault(key, {}).update(_amounts(reading, before.get(key), basis, period))
    return found


def _amounts(reading: Reading, last: Reading | None, basis: Basis, period: Period) -> Values:
    year = period.end.year
    ytd = reading.ytd if reading.effective_on.year == year else None
    values: Values = {f"{basis}.cumulative": reading.cumulative, f"{basis}.ytd": ytd}
    if ytd is not None:
        values[f"{basis}.amount"] = ytd - (last.ytd or 0 if last and last.effective_on.year == year else 0)
    if basis is not Basis.DISPATCH and ytd is not None and reading.cumulative is not None:
        values[f"{basis}.before"] = reading.cumulative - ytd
    for part in MIX:
        values[f"{basis}.mix.{part}"] = getattr(reading, f"mix_{part}")
    if basis is Basis.DISPATCH:
        values |= {code: getattr(reading, code) for code in _SAID}
    return values


def _unchanged(period: Period) -> frozenset[int]:
    """The projects whose accepted report says that nothing changed in the period."""
    rows = Report.objects.filter(period=period.code, state=ReportState.ACCEPTED)
    return frozenset(key for key, told in rows.values_list("project_id", "content") if told.get("same"))


def _held(ids: Sequence[int], period: Period, wanted: Collection[str]) -> dict[int, Values]:
    """What other systems hold of the same period: it fills a cell for which there is nothing of ours."""
    found: dict[int, Values] = {}
    for part in parts(ids):
        rows = HeldValue.objects.filter(project_id__in=part, period=period.code, source__in=list(wanted))
        for row in rows.filter(withdrawn=False).order_by("read_at"):
            day = SOURCES[row.source].kind is FieldKind.DATE
            found.setdefault(row.project_id, {})[row.source] = date.fromisoformat(row.value) if day else row.value
    return found
