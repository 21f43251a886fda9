"""Everything that the page of one plan shows, as it stands or as it was known on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from guatu.library.models import Project
from guatu.plans.choices import Dates
from guatu.plans.compute import Span
from guatu.plans.models import Node, NodeDates, NodeQuantity, Plan, PlanVersion, VersionNode
from guatu.plans.queries.lines import NodeDays, Outlook, outlook


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeLine:
    """A node of the plan at a date. `first` are its dates in the first version that had it, `seen` the ids of the
    standing facts by kind (0: none), as forms send them back.
    """

    place: int
    node: Node
    days: NodeDays
    first: Span
    versions: dict[int, Span]
    done: Decimal | None
    light: str
    slip: int
    slip_first: int
    seen: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """A plan at a date: versions up to it (newest first), the nodes of the one in force, in order."""

    plan: Plan
    day: date
    known: date | None
    versions: list[PlanVersion]
    lines: list[NodeLine]

    @property
    def in_force(self) -> PlanVersion:
        """The version that was in force."""
        return self.versions[0]

    @property
    def weight(self) -> int:
        """The weights of all nodes together."""
        return sum(line.node.weight for line in self.lines)

    @property
    def weight_done(self) -> int:
        """The weights of those that are done."""
        return sum(line.node.weight for line in self.lines if line.days.done)

    @property
    def outlook(self) -> Outlook[NodeLine]:
        """The latest node, those whose day has passed, and the next one to be finished."""
        return outlook(self.lines, self.day)

    @property
    def last(self) -> NodeLine:
        """The node with which the plan ends."""
        return max(self.lines, key=lambda line: (line.days.planned_finish, line.place))


def plan_of(project: Project, day: date, known: date | None = None) -> PlanView | None:
    """The project's plan at the end of a day, as known then or now; None when none was approved by then."""
    plan = Plan.objects.filter(project=project).first()
    if plan is None:
        return None
    versions = list(PlanVersion.objects.filter(plan=plan, approved_on__lte=day).defer("content").order_by("-number"))
    if not versions:
        return None
    spans = _spans(versions)
    nodes = Node.objects.filter(plan=plan, pk__in=[key for key, of in spans.items() if versions[0].number in of])
    dates = _dates(plan, day, known)
    done = {
        row.node_id: row.done
        for row in NodeQuantity.objects.filter(node__plan=plan).as_of(day, known=known, restated=known is None)
    }
    rows = nodes.select_related("unit").order_by("order", "pk")
    lines = [_line(place, node, spans[node.pk], dates, done, versions, day) for place, node in enumerate(rows, 1)]
    return PlanView(plan=plan, day=day, known=known, versions=versions, lines=lines)


def _spans(versions: Sequence[PlanVersion]) -> dict[int, dict[int, Span]]:
    """Each node's dates by version number."""
    numbers = {version.pk: version.number for version in versions}
    found: dict[int, dict[int, Span]] = {}
    rows = VersionNode.objects.filter(plan_version__in=numbers)
    for version, node, start, finish in rows.values_list("plan_version_id", "node_id", "start", "finish"):
        found.setdefault(node, {})[numbers[version]] = Span(start, finish)
    return found


def _dates(plan: Plan, day: date, known: date | None) -> dict[tuple[int, str], NodeDates]:
    rows = NodeDates.objects.filter(node__plan=plan).exclude(sort=Dates.PLANNED)
    return {(row.node_id, row.sort): row for row in rows.as_of(day, known=known, restated=known is None)}


def _line(
    place: int,
    node: Node,
    spans: dict[int, Span],
    dates: dict[tuple[int, str], NodeDates],
    done: dict[int, Decimal],
    versions: Sequence[PlanVersion],
    day: date,
) -> NodeLine:
    planned, first = spans[versions[0].number], spans[min(spans)]
    forecast, actual = dates.get((node.pk, Dates.FORECAST)), dates.get((node.pk, Dates.ACTUAL))
    days = NodeDays(
        planned_start=planned.start,
        planned_finish=planned.finish,
        forecast_start=forecast.start if forecast else None,
        forecast_finish=forecast.finish if forecast else None,
        actual_start=actual.start if actual else None,
        actual_finish=actual.finish if actual else None,
    )
    return NodeLine(
        place=place,
        node=node,
        days=days,
        first=first,
        versions=spans,
        done=done.get(node.pk),
        light=days.light(day),
        slip=days.slip(day),
        slip_first=days.slip(day, first.finish),
        seen={"forecast": forecast.pk if forecast else 0, "actual": actual.pk if actual else 0},
    )


def node_of(project: Project, public_id: UUID) -> Node | None:
    """A node of the project's plan in force."""
    rows = Node.objects.filter(plan__project=project, public_id=public_id, withdrawn=False)
    return rows.select_related("plan", "plan__project", "plan__project__region").first()
