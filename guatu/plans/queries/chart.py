"""The plans of many projects for one picture: nodes, dates, links and versions in bulk, never project by project."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from guatu.domain.schedule.axis import Axis, axis_of
from guatu.domain.schedule.delays import Known, Tie, passed_on
from guatu.domain.schedule.driving import driving_path
from guatu.library.choices import Stage
from guatu.library.models import Project
from guatu.library.queries.projects import parts
from guatu.people.queries import calendars_for
from guatu.plans.choices import Dates
from guatu.plans.models import Link, NodeDates, PlanVersion, VersionNode
from guatu.plans.queries.lines import NodeDays


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartNode:
    """A node as it stands at a date. `slip` is its own (calendar days, see `NodeDays.slip`); `carried` is the finish
    that follows when the delays of the nodes before it are passed on over the links; `driver` is the place of the node
    that pushes it, None where it stands by itself.
    """

    id: int
    name: str
    unit: str
    days: NodeDays
    light: str
    slip: int
    carried: date
    driver: int | None
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class VersionSpan:
    """First and last day of a plan in one of its approved versions."""

    number: int
    start: date
    finish: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPlan:
    """A project's plan at a date, nodes in their order, versions from the first to the one in force. `path` are the
    places of the driving path (关键线路), from its beginning.
    """

    project_id: int
    deadline: date
    nodes: tuple[ChartNode, ...]
    versions: tuple[VersionSpan, ...]
    links: tuple[Tie, ...]
    path: tuple[int, ...]

    @property
    def start(self) -> date:
        """The first day of the plan in force."""
        return self.versions[-1].start

    @property
    def end(self) -> date:
        """When the last node is expected to be done, delays passed on."""
        return max(node.carried for node in self.nodes)

    @property
    def over(self) -> int:
        """Calendar days by which the expected end lies after the deadline; 0 when it is kept."""
        return max(0, (self.end - self.deadline).days)

    @property
    def worst(self) -> ChartNode | None:
        """The unfinished node that is latest by itself; None when none is late."""
        late = [node for node in self.nodes if not node.days.done and node.slip > 0]
        return max(late, key=lambda node: node.slip, default=None)

    @property
    def following(self) -> ChartNode | None:
        """The next node to be finished."""
        waiting = (node for node in self.nodes if not node.days.done)
        return min(waiting, key=lambda node: node.days.planned_finish, default=None)

    @property
    def works_from(self) -> date | None:
        """The day on which works begin: where the node stands that opens or reaches the start; None without one."""
        for node in self.nodes:
            if node.opens == Stage.STARTED:
                return node.days.actual_start or node.days.forecast_start or node.days.planned_start
            if node.closes == Stage.STARTED:
                return node.carried
        return None


def chart_nodes(project_ids: Iterable[int], as_of: date, known: date | None = None) -> dict[int, ChartPlan]:
    """The plans in force at the end of a day, as known then or now, by project; without one a project is left out.

    Four queries per 800 projects. Delays are passed on over the links (docs/algorithms/delays.md), each node's lags
    counted on its project's calendar.
    """
    found: dict[int, ChartPlan] = {}
    for part in parts(project_ids):
        plans = _versions(part, as_of)
        last = {rows[-1].pk: rows[-1] for rows in plans.values()}
        spans, nodes = _spans([row for rows in plans.values() for row in rows], set(last))
        told = _told(plans, as_of, known)
        links, axes = _links(last), _axes([row.plan.project for row in last.values()])
        for rows in plans.values():
            version = rows[-1]
            if version.pk in nodes:
                placed = _placed(nodes[version.pk], links.get(version.plan_id, ()))
                made, path = _nodes(nodes[version.pk], told, placed, as_of, axes[version.plan.project_id])
                listed = tuple(VersionSpan(row.number, *spans[row.pk]) for row in rows if row.pk in spans)
                found[version.plan.project_id] = ChartPlan(
                    project_id=version.plan.project_id,
                    deadline=version.deadline or spans[version.pk][1],
                    nodes=made,
                    versions=listed,
                    links=tuple(placed),
                    path=path,
                )
    return found


def _versions(project_ids: Sequence[int], as_of: date) -> dict[int, list[PlanVersion]]:
    """Versions approved by the day, by plan, in their order."""
    rows = PlanVersion.objects.filter(plan__project__in=project_ids, approved_on__lte=as_of)
    found: dict[int, list[PlanVersion]] = {}
    wanted = ("number", "deadline", "plan__project__public_id", "plan__project__region__path")
    for row in rows.select_related("plan__project__region").only(*wanted).order_by("plan", "number"):
        found.setdefault(row.plan_id, []).append(row)
    return found


@dataclass(slots=True)
class _Read:
    """One node of the version in force as it was read."""

    id: int
    name: str
    unit: str
    opens: str
    closes: str
    workdays: bool
    paper: bool
    start: date
    finish: date


_COLUMNS = (
    *("plan_version_id", "node_id", "start", "finish"),
    *("node__name", "node__opens", "node__closes", "node__duration_unit", "node__paper", "node__unit__name"),
)


def _spans(
    versions: Sequence[PlanVersion], last: set[int]
) -> tuple[dict[int, tuple[date, date]], dict[int, list[_Read]]]:
    """The span of every version, and the nodes of those in force."""
    rows = VersionNode.objects.filter(plan_version__in=[row.pk for row in versions]).order_by("node__order", "node")
    spans: dict[int, tuple[date, date]] = {}
    nodes: dict[int, list[_Read]] = {}
    for version, node, start, finish, name, opens, closes, counts, paper, unit in rows.values_list(*_COLUMNS):
        before = spans.get(version, (start, finish))
        spans[version] = min(before[0], start), max(before[1], finish)
        if version in last:
            nodes.setdefault(version, []).append(
                _Read(node, name, unit or "", opens, closes, counts == "workday", paper, start, finish)
            )
    return spans, nodes


_Told = Mapping[tuple[int, str], tuple[date | None, date | None]]


def _told(plans: Iterable[int], as_of: date, known: date | None) -> _Told:
    """Forecast and actual dates by node and sort."""
    facts = NodeDates.objects.filter(node__plan__in=plans).exclude(sort=Dates.PLANNED)
    rows = facts.as_of(as_of, known=known, restated=known is None)
    return {
        (node, sort): (start, finish)
        for node, sort, start, finish in rows.values_list("node_id", "sort", "start", "finish")
    }


def _links(versions: Mapping[int, PlanVersion]) -> dict[int, list[tuple[int, int, str, int]]]:
    """(before, after, type, lag) of the plans in force, by plan."""
    plans = [row.plan_id for row in versions.values()]
    rows = Link.objects.filter(before__plan__in=plans, withdrawn=False)
    found: dict[int, list[tuple[int, int, str, int]]] = {}
    for plan, before, after, kind, lag in rows.values_list("before__plan_id", "before_id", "after_id", "type", "lag"):
        found.setdefault(plan, []).append((before, after, kind, lag))
    return found


@dataclass(frozen=True, slots=True)
class _Axes:
    """The days that a project's nodes count: its site's, and the offices'."""

    site: Axis
    office: Axis

    def of(self, row: _Read) -> Axis | None:
        """None: every day."""
        return None if not row.workdays else self.office if row.paper else self.site


def _axes(projects: Sequence[Project]) -> dict[int, _Axes]:
    asked = [(row.region, row.trail_subject()) for row in projects]
    sites, offices = calendars_for(asked), calendars_for(asked, closures=False)
    return {
        row.pk: _Axes(axis_of(site), axis_of(office))
        for row, site, office in zip(projects, sites, offices, strict=True)
    }


def _nodes(
    rows: Sequence[_Read], told: _Told, links: Sequence[Tie], day: date, axes: _Axes
) -> tuple[tuple[ChartNode, ...], tuple[int, ...]]:
    """The nodes as they stand, and the places of the driving path."""
    days = [_days(row, told) for row in rows]
    known = [known_of(one, day, axes.of(row)) for row, one in zip(rows, days, strict=True)]
    stand = passed_on(known, links)
    nodes = tuple(
        ChartNode(
            id=row.id,
            name=row.name,
            unit=row.unit,
            days=days[at],
            light=days[at].light(day),
            slip=days[at].slip(day),
            carried=date.fromordinal(stand[at].finish),
            driver=stand[at].driver,
            opens=row.opens,
            closes=row.closes,
        )
        for at, row in enumerate(rows)
    )
    return nodes, driving_path(known, links, stand)


def _days(row: _Read, told: _Told) -> NodeDays:
    actual = told.get((row.id, Dates.ACTUAL), (None, None))
    forecast = told.get((row.id, Dates.FORECAST), (None, None))
    return NodeDays(
        planned_start=row.start,
        planned_finish=row.finish,
        forecast_start=forecast[0],
        forecast_finish=forecast[1],
        actual_start=actual[0],
        actual_finish=actual[1],
    )


def _placed(rows: Sequence[_Read], links: Sequence[tuple[int, int, str, int]]) -> list[Tie]:
    places = {row.id: at for at, row in enumerate(rows)}
    return [
        Tie(places[before], places[after], kind, lag)
        for before, after, kind, lag in links
        if before in places and after in places
    ]


def known_of(days: NodeDays, day: date, axis: Axis | None) -> Known:
    """A node by what is known of it alone at the end of a day; lags into it count on `axis`."""
    begun = days.actual_start is not None or days.done
    length = days.planned_finish - days.planned_start
    finish = days.expected(day)
    if days.actual_start is not None:
        start = days.actual_start
    elif days.done:
        start = finish - length
    else:
        start = max(days.forecast_start or days.planned_start, day)
        finish = finish if days.forecast_finish is not None else max(finish, start + length)
    return Known(
        days.planned_start.toordinal(),
        days.planned_finish.toordinal(),
        start.toordinal(),
        finish.toordinal(),
        begun=begun,
        done=days.done,
        axis=axis,
    )
