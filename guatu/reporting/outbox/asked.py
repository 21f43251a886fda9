"""What a phone takes along: the reports asked of a person now, with last values, plan and nodes due, and the base."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.ui import numbers
from guatu.library.models import Project
from guatu.library.policies import visible_projects
from guatu.library.queries.lists import entries_of_projects
from guatu.plans.queries.due import due_rows
from guatu.reporting.choices import ReportKind, Truth
from guatu.reporting.models import Reading, Report
from guatu.reporting.outbox.items import RIGHT, said_of
from guatu.reporting.outbox.typed import LABELS, as_typed
from guatu.reporting.queries.asked import Wanted, wanted
from guatu.reporting.queries.readings import readings_as_of

PROJECTS_MOST = 200  # a phone carries what one person reports for, not a district
REPORTS_MOST = 100  # of which it shows how far they have come
NODE_DAYS = 14  # nodes that are due up to so many days from now stand ready


def asked_now(actor: Actor) -> dict[str, Any]:
    """Everything that the phone shows without a network, for this person and post."""
    day = clock.today()
    reach = visible_projects(actor, RIGHT)
    projects = list(reach.select_related("region", "unit").order_by("name", "pk")[:PROJECTS_MOST])
    ids = [project.pk for project in projects]
    last = readings_as_of(ids, day, truth=Truth.CLAIMED, restated=True)
    nodes = _nodes(projects)
    plans = {pk: rows[0].planned_investment for pk, rows in entries_of_projects(ids, day).items() if rows}
    rows = wanted(projects, day)
    told = Report.objects.filter(project__in=ids, edition__gt=0).select_related("project")
    return {
        "at": clock.now().isoformat(),
        "rows": [_row(one, last.get(one.project.pk), plans, nodes) for one in rows],
        "projects": [{"project": str(project.public_id), "name": project.name} for project in projects],
        "reports": [
            said_of(row) | {"name": row.project.name, "period_words": row.period_words}
            for row in told.order_by("-submitted_at", "-pk")[:REPORTS_MOST]
        ],
    }


def _row(
    one: Wanted, last: Reading | None, plans: dict[int, int | None], nodes: dict[int, list[dict[str, Any]]]
) -> dict[str, Any]:
    pk, report = one.project.pk, one.report
    content = report.content if report is not None else {}
    base = {code: content.get(code) for code in LABELS}
    due = nodes.get(pk, [])
    return {
        "project": str(one.project.public_id),
        "name": one.project.name,
        "kind": str(one.rule.row.kind),
        "kind_words": str(ReportKind(one.rule.row.kind).label),
        "period": one.expected.period.code,
        "period_words": one.expected.period.label_zh,
        "on": one.expected.on.isoformat(),
        "due": f"{numbers.day(one.expected.due)} {one.expected.at:%H:%M}",
        "fields": list(one.rule.rhythm.fields),
        "base": base,
        "typed": {code: as_typed(code, value) for code, value in base.items()},
        "state": str(report.state) if report is not None else "",
        "returned_reason": report.returned_reason if report is not None else "",
        "plan": numbers.amount_words(plans.get(pk)) if plans.get(pk) is not None else "",
        "last": _last(last),
        "nodes": due,
        "photos": bool(due) or "photos" in one.rule.rhythm.fields,
    }


def _last(reading: Reading | None) -> dict[str, str] | None:
    if reading is None:
        return None
    return {
        "on": numbers.full_day(reading.effective_on),
        "ytd": numbers.amount_words(reading.ytd) if reading.ytd is not None else "",
        "percent": as_typed("percent", reading.percent),
        "words": reading.words,
        "problem": reading.problem,
    }


def _nodes(projects: Sequence[Project]) -> dict[int, list[dict[str, Any]]]:
    """Unfinished nodes that are due soon: only these ask for photos."""
    found: dict[int, list[dict[str, Any]]] = {}
    several = Project.objects.filter(pk__in=[project.pk for project in projects])
    for row in due_rows(several, clock.today() + timedelta(days=NODE_DAYS)):
        node = {"node": str(row.node.public_id), "name": row.node.name, "finish": numbers.full_day(row.finish)}
        found.setdefault(row.plan_version.plan.project_id, []).append(node)
    return found
