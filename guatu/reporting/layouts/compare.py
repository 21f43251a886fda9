"""Another system's export beside what stands here: what would be held by it, and where the two differ."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from guatu.core.actor import Actor
from guatu.core.attachments import path_of
from guatu.core.sheets.result import SheetReading
from guatu.domain.dates import DateSpan
from guatu.domain.periods import Period
from guatu.library.models import AnnualList, Project
from guatu.reporting.layouts.filling import facts_of
from guatu.reporting.layouts.reading import Met, agrees, met_rows, plain, read_export
from guatu.reporting.layouts.respect import in_words
from guatu.reporting.layouts.schema import Column, Layout
from guatu.reporting.layouts.sources import CODE, NAME, SERIAL, SOURCES
from guatu.reporting.models import LayoutReturn
from guatu.reporting.workbooks.rows import list_rows

_KEYS = frozenset({NAME, CODE, SERIAL})


@dataclass(frozen=True, slots=True)
class Side:
    """One cell on both sides, in words; `value` is theirs as it is kept."""

    name: str
    column: Column
    ours: str
    theirs: str
    same: bool
    known: bool
    value: Any
    project: Project
    source: str


@dataclass(slots=True)
class Compared:
    """A read-back export: its rows, and each of its cells beside ours."""

    layout: Layout
    reading: SheetReading
    met: list[Met]
    sides: list[Side] = field(default_factory=list)

    @property
    def held(self) -> list[Side]:
        """What the other system would hold from now on."""
        return [side for side in self.sides if side.column.holder]

    @property
    def agreeing(self) -> int:
        """How many of those say what stands here already."""
        return sum(side.same for side in self.held)

    @property
    def new(self) -> list[Side]:
        """Those that say something else, or what is not known here."""
        return [side for side in self.held if not side.same]

    @property
    def differing(self) -> list[Side]:
        """Where both sides say something, and not the same."""
        return [side for side in self.sides if not side.same and side.known]

    @property
    def doubtful(self) -> list[Met]:
        """The rows of which somebody has to say whose they are."""
        return [met for met in self.met if met.choices]

    @property
    def strange(self) -> list[Met]:
        """The rows that mean no project of the list."""
        return [met for met in self.met if met.project is None and not met.choices]

    @property
    def repeated(self) -> list[Met]:
        """The rows of a project that stands above already: they are not read."""
        return [met for met in self.met if met.twice]

    def counts(self) -> dict[str, int]:
        """How many rows and cells, as kept with the return."""
        return {
            "rows": len(self.met),
            "matched": sum(met.project is not None for met in self.met),
            "doubtful": sum(met.doubtful for met in self.met),
            "held": len(self.held),
            "differing": len(self.differing),
        }


def compared(actor: Actor, row: LayoutReturn, layout: Layout, chosen: Mapping[str, str]) -> Compared:
    """A return as it stands beside the facts now, with what was chosen of its doubtful rows."""
    period = Period.parse(row.period)
    return compare(actor, layout, row.annual_list, period, read_file(row, layout), chosen)


def read_file(row: LayoutReturn, layout: Layout) -> SheetReading:
    """The kept file, read again."""
    return read_export(layout, Period.parse(row.period), path_of(row.original.digest), row.original.name)


def compare(
    actor: Actor,
    layout: Layout,
    annual_list: AnnualList,
    period: Period,
    reading: SheetReading,
    chosen: Mapping[str, str],
) -> Compared:
    """The same of a reading; only projects of the list that the post may have are met."""
    printed = {row.entry.project_id: row for row in list_rows(actor, annual_list, period.end).rows}
    listed = {key: row.entry.project for key, row in printed.items()}
    met = met_rows(reading.rows, annual_list.region, listed, chosen, period.end)
    found = Compared(layout, reading, met)
    projects = [one.project for one in met if one.project is not None and not one.twice]
    facts = facts_of(projects, period, layout.sources)
    for one in met:
        if one.project is not None and not one.twice:
            known = {**printed[one.project.pk].cells, **facts[one.project.pk]}
            found.sides += _sides(one, one.project, layout, known)
    return found


def _sides(met: Met, project: Project, layout: Layout, known: Mapping[str, Any]) -> list[Side]:
    found = []
    for code, column in layout.sources.items():
        theirs = met.row.values.get(code)
        value = plain(code, theirs) if code not in _KEYS else None
        if value is None:
            continue
        ours = known.get(code)
        stands = ours not in (None, "")
        same = stands and agrees(code, ours, theirs)
        sides = (_said(code, ours), _said(code, theirs if isinstance(theirs, DateSpan) else value))
        found.append(Side(project.name, column, *sides, same, stands, value, project, code))
    return found


def _said(code: str, value: Any) -> str:
    if isinstance(value, DateSpan):
        return value.end.isoformat() if value.start == value.end else f"{value.start:%Y-%m}"
    if isinstance(value, date):
        return value.isoformat()
    return in_words(SOURCES[code].kind, value)
