"""What a phone takes along: the reports asked of a person now, with all that stands beside them, and the base."""

from collections.abc import Sequence
from typing import Any

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.ui import numbers
from guatu.domain.periods import Period
from guatu.library.policies import visible_projects
from guatu.plans.models import Node
from guatu.reporting.choices import ReportKind
from guatu.reporting.desk.form_page import open_nodes
from guatu.reporting.desk.known import Known, known_of, may_correct
from guatu.reporting.desk.typed import text_of
from guatu.reporting.models import Report
from guatu.reporting.outbox.flat import NODE, flat
from guatu.reporting.outbox.items import RIGHT, said_of
from guatu.reporting.outbox.typed import LABELS, NODE_LABELS, as_typed
from guatu.reporting.queries.asked import Wanted, wanted

PROJECTS_MOST = 200  # a phone carries what one person reports for, not a district
REPORTS_MOST = 100  # of which it shows how far they have come


def asked_now(actor: Actor) -> dict[str, Any]:
    """Everything that the phone shows without a network, for this person and post."""
    reach = visible_projects(actor, RIGHT)
    projects = list(reach.select_related("region", "unit").order_by("name", "pk")[:PROJECTS_MOST])
    rows = wanted(projects, clock.today())
    known, nodes = _known(rows), _open_nodes(rows)
    told = Report.objects.filter(project__in=projects, edition__gt=0).select_related("project")
    return {
        "at": clock.now().isoformat(),
        "rows": [
            _row(actor, one, known[one.expected.period][one.project.pk], nodes.get(one.project.pk, [])) for one in rows
        ],
        "projects": [{"project": str(project.public_id), "name": project.name} for project in projects],
        "reports": [
            said_of(row) | {"name": row.project.name, "period_words": row.period_words}
            for row in told.order_by("-submitted_at", "-pk")[:REPORTS_MOST]
        ],
    }


def _known(rows: Sequence[Wanted]) -> dict[Period, dict[int, Known]]:
    """What stands beside the reports, by period and project."""
    periods = {
        one.expected.period: [each.project for each in rows if each.expected.period == one.expected.period]
        for one in rows
    }
    return {period: known_of(projects, period) for period, projects in periods.items()}


def _open_nodes(rows: Sequence[Wanted]) -> dict[int, list[Node]]:
    """The nodes that are not done, by project, of the reports that ask for them."""
    found: dict[int, list[Node]] = {}
    for node in open_nodes([one.project for one in rows if "nodes" in one.rule.rhythm.fields]):
        found.setdefault(node.plan.project_id, []).append(node)
    return found


def _row(actor: Actor, one: Wanted, known: Known, nodes: Sequence[Node]) -> dict[str, Any]:
    report, planned = one.report, known.before.planned
    content = flat(report.content if report is not None else {})
    asked = nodes if "nodes" in one.rule.rhythm.fields else []
    codes = [*LABELS, *(f"{NODE}{node.public_id}.{part}" for node in asked for part in NODE_LABELS)]
    base = {code: content.get(code) for code in codes if code in LABELS or code in content}
    due = [{"node": node.node, "name": node.name, "finish": numbers.full_day(node.finish)} for node in known.due]
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
        "held": {} if may_correct(actor, one.project) else _held(known),
        "state": str(report.state) if report is not None else "",
        "returned_reason": report.returned_reason if report is not None else "",
        "plan": numbers.amount_words(planned) if planned is not None else "",
        "last": _last(known),
        "nodes": due,
        "open_nodes": [{"node": str(node.public_id), "name": node.name} for node in asked],
        "photos": bool(due) or "photos" in one.rule.rhythm.fields,
    }


def _held(known: Known) -> dict[str, dict[str, str]]:
    """What another system holds, by field of the form: the value as typed, and whose it is."""
    content = known.held_content
    return {
        code: {"text": text_of(content, code), "system": held.system}
        for code, held in known.locked.items()
        if code in LABELS
    }


def _last(known: Known) -> dict[str, str] | None:
    if known.on is None:
        return None
    return {
        "on": numbers.full_day(known.on),
        "ytd": numbers.amount_words(known.before.ytd) if known.before.ytd is not None else "",
        **{code: known.last.get(code, "") for code in ("percent", "words", "problem")},
    }
