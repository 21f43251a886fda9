"""Plans of many projects as their papers print them: what the page of each plan shows, read in bulk."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from guatu.domain.periods import Period
from guatu.library.models import Project
from guatu.library.queries.projects import parts
from guatu.plans.choices import Dates
from guatu.plans.models import Node, NodeDates, NodeQuantity, PlanVersion, VersionNode
from guatu.plans.queries.chart import ChartPlan, chart_nodes
from guatu.plans.queries.lines import NodeDays


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperNode:
    """A node as the plan's page shows it, `place` its row from 1. `slip` counts calendar days against the version in
    force, `slip_first` against the first version that had it; `after` are the rows it waits for; `critical`: it lies
    on the driving path (关键线路). `unit` is empty where the project's own answers.
    """

    place: int
    name: str
    unit: str
    unit_id: int | None
    evidence: str
    measure: str
    quantity: Decimal | None
    done: Decimal | None
    milestone: bool
    days: NodeDays
    light: str
    slip: int
    slip_first: int
    after: tuple[int, ...]
    critical: bool

    def within(self, span: Period | None) -> bool:
        """Whether a day from its planned start to its planned finish lies in the span (none: the whole plan)."""
        return span is None or (self.days.planned_start <= span.end and self.days.planned_finish >= span.start)


@dataclass(frozen=True, slots=True)
class NodeSpan:
    """As much of a node as is counted before a paper is made: whose it is and its planned and actual days."""

    unit_id: int | None
    days: NodeDays


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPlan:
    """A project's plan in force at a date."""

    version: int
    approved_on: date
    deadline: date
    nodes: tuple[PaperNode, ...]

    @property
    def in_turn(self) -> list[PaperNode]:
        """The nodes in the order in which they begin."""
        return sorted(self.nodes, key=lambda node: (node.days.planned_start, node.days.planned_finish, node.place))


def paper_plans(projects: Sequence[Project], day: date) -> dict[int, PaperPlan]:
    """The plans in force at the end of a day as known now, by project; without one a project is left out."""
    plans = chart_nodes([row.pk for row in projects], day)
    told = _Told(plans, day)
    return {row.pk: told.plan(plans[row.pk]) for row in projects if row.pk in plans}


def plan_spans(ids: Iterable[int], day: date) -> dict[int, tuple[NodeSpan, ...]]:
    """The nodes of the plans that `paper_plans` finds, by project, without what only a printed paper needs: no links,
    no delays, no calendars. Three queries per 800 projects.
    """
    found: dict[int, list[NodeSpan]] = {}
    for part in parts(ids):
        versions = PlanVersion.objects.filter(plan__project__in=part, approved_on__lte=day).order_by("number")
        last = {project: version for version, project in versions.values_list("pk", "plan__project_id")}
        project_of = {version: project for project, version in last.items()}
        facts = NodeDates.objects.filter(node__plan__project__in=part, sort=Dates.ACTUAL).as_of(day, restated=True)
        actual = {node: (start, finish) for node, start, finish in facts.values_list("node_id", "start", "finish")}
        rows = VersionNode.objects.filter(plan_version__in=list(project_of)).order_by()
        for version, node, unit, start, finish in rows.values_list(
            "plan_version_id", "node_id", "node__unit_id", "start", "finish"
        ):
            began, done = actual.get(node, (None, None))
            days = NodeDays(planned_start=start, planned_finish=finish, actual_start=began, actual_finish=done)
            found.setdefault(project_of[version], []).append(NodeSpan(unit, days))
    return {project: tuple(nodes) for project, nodes in found.items()}


class _Told:
    """What the picture of plans leaves out, of all their nodes at once: evidence, quantities, first dates."""

    def __init__(self, plans: Mapping[int, ChartPlan], day: date) -> None:
        self.day = day
        self.rows: dict[int, dict[str, Any]] = {}
        self.done: dict[int, Decimal] = {}
        self.firsts: dict[int, date] = {}
        self.approved: dict[int, tuple[int, date]] = {}
        for part in parts(plans):
            self._read(part)

    def _read(self, ids: Sequence[int]) -> None:
        nodes = Node.objects.filter(plan__project__in=ids)
        fields = ("pk", "unit_id", "evidence", "measure", "quantity", "duration")
        self.rows |= {row["pk"]: row for row in nodes.values(*fields)}
        done = NodeQuantity.objects.filter(node__plan__project__in=ids).as_of(self.day, restated=True)
        self.done |= dict(done.values_list("node_id", "done"))
        versions = PlanVersion.objects.filter(plan__project__in=ids, approved_on__lte=self.day).order_by("number")
        for project, number, on in versions.values_list("plan__project_id", "number", "approved_on"):
            self.approved[project] = number, on
        # a node's first dates are those of the first version that had it: later versions never take their place
        spans = VersionNode.objects.filter(
            plan_version__plan__project__in=ids, plan_version__approved_on__lte=self.day
        ).order_by("plan_version__number")
        for node, finish in spans.values_list("node_id", "finish"):
            self.firsts.setdefault(node, finish)

    def plan(self, plan: ChartPlan) -> PaperPlan:
        """One plan with everything that its papers print."""
        waits: dict[int, list[int]] = {}
        for link in plan.links:
            waits.setdefault(link.after, []).append(link.before + 1)
        number, on = self.approved[plan.project_id]
        nodes = tuple(
            self._node(plan, at, tuple(sorted(waits.get(at, ()))), critical=at in plan.path)
            for at in range(len(plan.nodes))
        )
        return PaperPlan(version=number, approved_on=on, deadline=plan.deadline, nodes=nodes)

    def _node(self, plan: ChartPlan, at: int, after: tuple[int, ...], *, critical: bool) -> PaperNode:
        node = plan.nodes[at]
        row = self.rows[node.id]
        return PaperNode(
            place=at + 1,
            name=node.name,
            unit=node.unit,
            unit_id=row["unit_id"],
            evidence=row["evidence"],
            measure=row["measure"],
            quantity=row["quantity"],
            done=self.done.get(node.id),
            milestone=row["duration"] == 0,
            days=node.days,
            light=node.light,
            slip=node.slip,
            slip_first=node.days.slip(self.day, self.firsts[node.id]),
            after=after,
            critical=critical,
        )
