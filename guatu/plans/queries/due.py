"""Nodes that are due: for Today and for whoever asks for a week's nodes."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from guatu.library.models import Project
from guatu.plans.choices import Dates
from guatu.plans.models import NodeDates, VersionNode


@dataclass(frozen=True, slots=True)
class DueNode:
    """An unfinished node whose planned finish has come or comes soon; `late` are calendar days past it."""

    project: Project
    name: str
    on: date
    late: int


def due_rows(projects: QuerySet[Project], until: date, unit_id: int | None = None) -> QuerySet[VersionNode]:
    """The unfinished nodes of the plans in force with a planned finish up to `until`, earliest first; of a unit: those
    that name it, or nobody.
    """
    actual = NodeDates.objects.filter(node=OuterRef("node"), sort=Dates.ACTUAL, superseded_at__isnull=True)
    last = Subquery(actual.order_by("-effective_on", "-booked_on", "-pk").values("finish")[:1])
    rows = VersionNode.objects.filter(
        plan_version__number=F("plan_version__plan__approved"),
        plan_version__plan__project__in=projects.values("pk"),
        finish__lte=until,
    )
    if unit_id is not None:
        rows = rows.filter(Q(node__unit=unit_id) | Q(node__unit=None))
    open_ones = rows.annotate(done_on=last).filter(done_on__isnull=True)
    return open_ones.select_related("node", "plan_version__plan__project").order_by("finish", "pk")


def due_node(row: VersionNode, today: date) -> DueNode:
    """A row of `due_rows` in words."""
    return DueNode(row.plan_version.plan.project, row.node.name, row.finish, (today - row.finish).days)
