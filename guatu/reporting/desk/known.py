"""What is known of projects before a period, so that nobody is asked for it: last figures, target, nodes due."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from guatu.domain.periods import Period
from guatu.domain.report_checks import Before, Check, Told, check_report
from guatu.library.models import AnnualList, ListEntry, Project
from guatu.library.queries.lists import entries_of_projects
from guatu.library.queries.projects import parts
from guatu.plans.choices import Dates
from guatu.plans.models import Node, NodeDates
from guatu.plans.queries.due import due_rows
from guatu.plans.queries.targets import YearTarget, plans_of
from guatu.reporting.choices import ReportState, Truth
from guatu.reporting.content import ReportContent, from_json
from guatu.reporting.desk.typed import CODES, text_of
from guatu.reporting.models import Reading, Report
from guatu.reporting.queries import readings_as_of

RECENT: Final = 4
"""So many periods back an amount is held against for jumps."""
HANDED_IN: Final = (ReportState.SUBMITTED, ReportState.CHECKED, ReportState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Known:
    """What stands ready of one project: the checks' figures, the last texts by field, the period's target in yuan, and
    unfinished nodes up to the period's end."""

    before: Before = field(default_factory=Before)
    last: Mapping[str, str] = field(default_factory=dict)
    target: int | None = None
    due: Sequence[str] = ()


def known_of(projects: Sequence[Project], period: Period) -> dict[int, Known]:
    """What is known of projects before a period, by primary key; a bounded number of queries."""
    ids = [project.pk for project in projects]
    entries = _entries(ids, period.end)
    readings = readings_as_of(ids, period.start - timedelta(days=1), truth=Truth.CLAIMED, restated=True)
    earlier, targets = _earlier(ids, period), _targets(list(entries.values()), period)
    begun, due = _begun(ids), _due(projects, period)
    return {
        project.pk: Known(
            _before(project, entries.get(project.pk), readings.get(project.pk), earlier.get(project.pk, ()), begun),
            _last(readings.get(project.pk), earlier.get(project.pk, ()), period.end.year),
            targets.get(project.pk),
            due.get(project.pk, ()),
        )
        for project in projects
    }


def checks_of(content: ReportContent, known: Known) -> list[Check]:
    """What is to be said of a report as it is typed."""
    told = Told(
        amount=content.amount,
        ytd=content.ytd,
        cumulative=content.cumulative,
        mix=content.mix,
        percent=content.percent,
        started=sum(one.started is not None for one in content.nodes),
        finished=sum(one.finished is not None for one in content.nodes),
    )
    return check_report(told, known.before)


def _entries(ids: Sequence[int], day: date) -> dict[int, ListEntry]:
    """Each project's entry of the day's year, of the main list."""
    listed = entries_of_projects(ids, day)
    return {
        key: entry
        for key, rows in listed.items()
        if (entry := next((row for row in rows if row.annual_list.year == day.year), None)) is not None
    }


def _before(
    project: Project,
    entry: ListEntry | None,
    reading: Reading | None,
    earlier: Sequence[ReportContent],
    begun: Mapping[int, int],
) -> Before:
    year = entry.annual_list.year if entry is not None else None
    same_year = reading is not None and (year is None or reading.effective_on.year == year)
    return Before(
        ytd=reading.ytd if reading is not None and same_year else None,
        cumulative=reading.cumulative if reading is not None else None,
        percent=reading.percent if reading is not None else None,
        recent=[one.amount for one in earlier if one.amount is not None],
        total=project.total_investment,
        planned=entry.planned_investment if entry is not None else None,
        begun=begun.get(project.pk),
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
        rows = Report.objects.filter(
            project_id__in=part, kind=period.kind, state__in=HANDED_IN, start__lt=period.start, start__gte=first.start
        )
        for row in rows.order_by("-start"):
            found.setdefault(row.project_id, []).append(from_json(row.content))
    return found


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
        nodes = Node.objects.filter(plan__project_id__in=part, withdrawn=False)
        begun = NodeDates.objects.filter(sort=Dates.ACTUAL, superseded_at__isnull=True, node__in=nodes.values("pk"))
        seen = set(begun.values_list("node_id", flat=True))
        for key, project in nodes.values_list("pk", "plan__project_id"):
            found[project] = found.get(project, 0) + (key in seen)
    return found


def _due(projects: Sequence[Project], period: Period) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for row in due_rows(Project.objects.filter(pk__in=[project.pk for project in projects]), period.end):
        words = f"{row.node.name} {row.finish.month}.{row.finish.day}"
        found.setdefault(row.plan_version.plan.project_id, []).append(words)
    return found
