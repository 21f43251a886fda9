"""What drafts stand on: the plan in force as a draft's content, what happened so far, the units of a plan."""

from collections.abc import Iterable
from datetime import date

from guatu.library.models import Project
from guatu.people.models import Unit
from guatu.plans.choices import Dates, DraftState
from guatu.plans.compute import Real, Span
from guatu.plans.content import EARLIEST, Content, ContentLink, ContentNode
from guatu.plans.models import Link, Node, NodeDates, Plan, PlanDraft, PlanVersion

OPEN = (DraftState.OPEN, DraftState.SUBMITTED, DraftState.RETURNED)
SAME = (
    *("name", "weight", "evidence", "duration", "duration_unit", "start_no_earlier", "finish_no_later", "must_start"),
    *("must_finish", "crash_most", "crash_cost", "cost", "measure", "quantity", "opens", "closes", "paper", "sitting"),
    "counts",
)
"""What a node's row and a draft's node say under the same name."""


def node_ids(project: Project) -> set[str]:
    """The public ids of all nodes that the project's plan ever had."""
    return {str(key) for key in Node.objects.filter(plan__project=project).values_list("public_id", flat=True)}


def plan_row(project: Project) -> Plan | None:
    """The project's plan, if one was ever approved."""
    return Plan.objects.filter(project=project).first()


def draft_of(project: Project) -> PlanDraft | None:
    """The draft under way, if there is one."""
    return PlanDraft.objects.filter(project=project, state__in=OPEN).first()


def content_of(plan: Plan) -> Content:
    """The plan in force as a draft of it begins."""
    nodes = list(Node.objects.filter(plan=plan, withdrawn=False).select_related("unit").order_by("order", "pk"))
    ids = {node.pk: str(node.public_id) for node in nodes}
    links = Link.objects.filter(before__in=ids, after__in=ids, withdrawn=False).order_by("pk")
    return Content(
        nodes=tuple(
            ContentNode(
                id=ids[node.pk],
                unit=None if node.unit is None else str(node.unit.public_id),
                **{name: getattr(node, name) for name in SAME},
            )
            for node in nodes
        ),
        links=tuple(
            ContentLink(before=ids[one.before_id], after=ids[one.after_id], type=one.type, lag=one.lag) for one in links
        ),
        deadline=plan.deadline,
        by=_by(plan),
        source=plan.template,
    )


def _by(plan: Plan) -> str:
    """By which dates the version in force was approved; one from a paper says nothing of it."""
    rows = PlanVersion.objects.filter(plan=plan, number=plan.approved)
    content = rows.values_list("content", flat=True).first()
    return str((content or {}).get("by", EARLIEST))


def standing_content(project: Project) -> Content | None:
    """The plan in force as content; None before the first was approved."""
    plan = plan_row(project)
    return content_of(plan) if plan is not None and plan.approved else None


def real_of(plan: Plan | None, day: date) -> dict[str, Real]:
    """What happened to the plan's nodes up to a day, by public id."""
    if plan is None:
        return {}
    rows = NodeDates.objects.filter(node__plan=plan, sort=Dates.ACTUAL).as_of(day, restated=True).select_related("node")
    return {str(row.node.public_id): Real(row.start, row.finish) for row in rows if row.start or row.finish}


def planned_of(plan: Plan | None, day: date) -> dict[str, Span]:
    """The planned dates that hold on a day, by public id."""
    if plan is None:
        return {}
    rows = (
        NodeDates.objects.filter(node__plan=plan, sort=Dates.PLANNED).as_of(day, restated=True).select_related("node")
    )
    return {str(row.node.public_id): Span(row.start, row.finish) for row in rows if row.start and row.finish}


def units_of(contents: Iterable[Content]) -> dict[str, int]:
    """Unit ids by the public ids that contents name."""
    named = {node.unit for content in contents for node in content.nodes if node.unit}
    return {
        str(public_id): pk for public_id, pk in Unit.objects.filter(public_id__in=named).values_list("public_id", "pk")
    }
