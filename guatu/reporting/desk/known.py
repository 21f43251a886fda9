"""What stands beside a report: last figures, plan, target, nodes due, and what other systems hold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from guatu.core.actor import Actor
from guatu.core.prepared import prepared
from guatu.domain.periods import Period
from guatu.domain.report_checks import Before, Check, check_report
from guatu.library.models import AnnualList, ListEntry, Project
from guatu.library.policies import can_do
from guatu.library.queries.lists import entries_of_projects, ruling_entry
from guatu.library.queries.projects import parts
from guatu.plans.choices import Dates
from guatu.plans.models import Node, NodeDates, VersionNode
from guatu.plans.queries.due import due_rows
from guatu.plans.queries.targets import YearTarget, plans_of
from guatu.reporting.checks import told_of
from guatu.reporting.choices import HANDED_IN, Truth
from guatu.reporting.content import ReportContent, from_json
from guatu.reporting.desk.typed import CODES, text_of
from guatu.reporting.layouts.respect import said_in, taken_over, written
from guatu.reporting.models import Reading, Report
from guatu.reporting.queries import Held, held_values, readings_as_of

RECENT: Final = 4
"""So many periods back an amount is held against for jumps."""
CORRECTS: Final = "reporting.confirm"
"""Who may correct what another system holds, with a reason: the office."""


@dataclass(frozen=True, slots=True)
class Due:
    """An unfinished node that is due by the period's end; `node` is its public id."""

    node: str
    name: str
    finish: date

    def __str__(self) -> str:
        return f"{self.name} {self.finish.month}.{self.finish.day}"


@dataclass(frozen=True, slots=True)
class Known:
    """What stands ready of one project: the checks' figures, the day of the last ones, the last texts by field, the
    period's target in yuan, unfinished nodes up to the period's end, the kind of its entry, and what other systems
    hold of the period by field (`reporting.content`'s names).
    """

    before: Before = field(default_factory=Before)
    on: date | None = None
    last: Mapping[str, str] = field(default_factory=dict)
    target: int | None = None
    due: Sequence[Due] = ()
    kind: str = ""
    held: Mapping[str, Held] = field(default_factory=dict)

    @property
    def locked(self) -> dict[str, Held]:
        """What other systems hold, by the code of the cell that is not typed into."""
        return {name.replace(".", "_"): held for name, held in self.held.items()}

    @property
    def held_content(self) -> ReportContent:
        """A report that says what other systems hold and nothing else."""
        return written(ReportContent(), {name: one.value for name, one in self.held.items()})


def known_of(projects: Sequence[Project], period: Period) -> dict[int, Known]:
    """What is known of projects before a period, by primary key; a bounded number of queries."""
    entries = _entries([project.pk for project in projects], period.end)
    figures = _figures(projects, period, entries)
    targets, due = _targets(list(entries.values()), period), _due(projects, period)
    return {key: replace(one, target=targets.get(key), due=due.get(key, ())) for key, one in figures.items()}


def figures_of(projects: Sequence[Project], period: Period) -> dict[int, Known]:
    """The same without target and nodes due, which the checks have no need of."""
    return _figures(projects, period, _entries([project.pk for project in projects], period.end))


def _figures(projects: Sequence[Project], period: Period, entries: Mapping[int, ListEntry]) -> dict[int, Known]:
    ids = [project.pk for project in projects]
    readings = readings_as_of(ids, period.start - timedelta(days=1), truth=Truth.CLAIMED, restated=True)
    earlier, begun, held = _earlier(ids, period), _begun(ids), held_values(projects, period)
    found: dict[int, Known] = {}
    for project in projects:
        entry, reading, told = entries.get(project.pk), readings.get(project.pk), earlier.get(project.pk, ())
        found[project.pk] = Known(
            _before(project, entry, reading, told, period.end.year, begun.get(project.pk)),
            on=reading.effective_on if reading is not None else None,
            last=_last(reading, told, period.end.year),
            kind=entry.kind if entry is not None else "",
            held=held.get(project.pk, {}),
        )
    return found


def checks_of(content: ReportContent, known: Known) -> list[Check]:
    """What is to be said of a report: as it would be handed in, with what other systems hold and nobody typed."""
    if content.says_anything and not content.same:
        content = taken_over(content, known.held)
    return check_report(told_of(content), _corrected(content, known))


def with_locked(actor: Actor, project: Project, content: ReportContent, known: Known) -> ReportContent:
    """A report as the page shows it: what it says of a field that another system came to hold is what that one says.

    For whoever may correct such a field it stays as it was typed.
    """
    if not known.held or may_correct(actor, project):
        return content
    said = said_in(content)
    return written(content, {name: one.value for name, one in known.held.items() if name in said})


def may_correct(actor: Actor, project: Project) -> bool:
    """Whether the actor may change what another system holds."""
    return can_do(actor, CORRECTS, project).allowed


def _corrected(content: ReportContent, known: Known) -> Before:
    """The figures before, with what the report itself corrects of them."""
    before = known.before
    ytd = next((one.ytd for one in content.corrects if one.on == known.on and one.ytd is not None), None)
    if ytd is None:
        return before
    step = ytd - before.ytd if before.ytd is not None else None
    whole = before.cumulative + step if before.cumulative is not None and step is not None else before.cumulative
    return replace(before, ytd=ytd, cumulative=whole)


def _entries(ids: Sequence[int], day: date) -> dict[int, ListEntry]:
    """Each project's entry that rules in the day's year."""
    listed = entries_of_projects(ids, day)
    return {key: entry for key, rows in listed.items() if (entry := ruling_entry(rows, day.year)) is not None}


def _before(
    project: Project,
    entry: ListEntry | None,
    reading: Reading | None,
    earlier: Sequence[ReportContent],
    year: int,
    begun: int | None,
) -> Before:
    return Before(
        ytd=reading.ytd if reading is not None and reading.effective_on.year == year else None,
        cumulative=reading.cumulative if reading is not None else None,
        percent=reading.percent if reading is not None else None,
        recent=[one.amount for one in earlier if one.amount is not None],
        total=project.total_investment,
        planned=entry.planned_investment if entry is not None else None,
        begun=begun,
    )


def _last(reading: Reading | None, earlier: Sequence[ReportContent], year: int) -> dict[str, str]:
    """The last texts by field: of the last report, and of figures the last reading, which sheets bring too."""
    told = {code: text_of(earlier[0], code) for code in CODES} if earlier else {}
    if reading is not None:
        ytd = reading.ytd if reading.effective_on.year == year else None
        read = ReportContent(ytd=ytd, cumulative=reading.cumulative, percent=reading.percent, words=reading.words)
        told |= {code: text for code in ("ytd", "cumulative", "percent") if (text := text_of(read, code))}
        told["words"] = told.get("words") or reading.words
    return told


def _earlier(ids: Sequence[int], period: Period) -> dict[int, list[ReportContent]]:
    """The contents of the last few reports of the same kind that were handed in, the newest first."""
    first = period
    for _step in range(RECENT):
        first = first.previous()
    found: dict[int, list[ReportContent]] = {}
    for part in parts(ids):
        for project, content in _contents(ids=part, kind=str(period.kind), since=first.start, before=period.start):
            found.setdefault(project, []).append(from_json(content))
    return found


@prepared
def _contents(
    ids: Sequence[int], kind: str, since: date, before: date
) -> QuerySet[Report, tuple[int, dict[str, object]]]:
    rows = Report.objects.filter(project_id__in=ids, kind=kind, state__in=HANDED_IN, start__lt=before, start__gte=since)
    return rows.order_by("-start").values_list("project_id", "content")


def _targets(entries: Iterable[ListEntry], period: Period) -> dict[int, int]:
    """The period's share of each project's yearly target in whole yuan."""
    by_list: dict[AnnualList, list[YearTarget]] = {}
    for row in entries:
        if row.planned_investment:
            target = YearTarget(row.project_id, row.planned_investment, row.planned_start, row.planned_finish)
            by_list.setdefault(row.annual_list, []).append(target)
    found: dict[int, int] = {}
    for annual_list, targets in by_list.items():
        first = date(annual_list.year, 1, 1)
        last = date(annual_list.year, 12, 31)
        days = range(max(0, (period.start - first).days), (min(period.end, last) - first).days + 1)
        for key, (spread, _said) in plans_of(annual_list, targets, period.end, restated=True).items():
            found[key] = spread.sum(days)
    return found


def _begun(ids: Sequence[int]) -> dict[int, int]:
    """How many nodes of each project's plan have begun; a project without nodes is left out."""
    found: dict[int, int] = {}
    for part in parts(ids):
        for project, begun in _nodes(ids=part):
            found[project] = found.get(project, 0) + bool(begun)
    return found


@prepared
def _nodes(ids: Sequence[int]) -> QuerySet[Node, tuple[int, bool]]:
    actual = NodeDates.objects.filter(node=OuterRef("pk"), sort=Dates.ACTUAL, superseded_at__isnull=True)
    nodes = Node.objects.filter(plan__project_id__in=ids, withdrawn=False)
    return nodes.annotate(begun=Exists(actual)).values_list("plan__project_id", "begun")


def _due(projects: Sequence[Project], period: Period) -> dict[int, list[Due]]:
    """The earliest first."""
    found: dict[int, list[Due]] = {}
    for row in _due_of(ids=[project.pk for project in projects], until=period.end):
        one = Due(str(row.node.public_id), row.node.name, row.finish)
        found.setdefault(row.plan_version.plan.project_id, []).append(one)
    return found


@prepared
def _due_of(ids: Sequence[int], until: date) -> QuerySet[VersionNode]:
    return due_rows(Project.objects.filter(pk__in=ids), until)
