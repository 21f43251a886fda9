"""A plan's rows into `domain.schedule`, and what comes out into what pages show and approvals write."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from guatu.core.refusals import Refusal
from guatu.domain.errors import DomainError
from guatu.domain.schedule.changes import changed
from guatu.domain.schedule.solve import BackPlan, back_plan
from guatu.domain.schedule.types import Change, Crash, Link, Node, Plan, Repair
from guatu.domain.workdays import CALENDAR_DAYS, WorkCalendar
from guatu.library.models import Project
from guatu.people import queries as people
from guatu.plans.content import LATEST, Content, ContentLink, ContentNode

MOST_NODES: Final = 2000


@dataclass(frozen=True, slots=True)
class Real:
    """What happened to a node so far."""

    start: date | None = None
    finish: date | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day, both included."""

    start: date
    finish: date


@dataclass(frozen=True, slots=True)
class Calendars:
    """The days on which a project's site works, the offices' days, which no closure of sites stops, and of those the
    days on which bodies sit, by the body's name.
    """

    site: WorkCalendar
    office: WorkCalendar
    sittings: Mapping[str, WorkCalendar] = field(default_factory=dict)

    def of(self, node: ContentNode, row: int) -> WorkCalendar | None:
        """The node's own calendar; None is the site's. Refuses a sitting that nobody has entered."""
        if node.sitting and node.sitting not in self.sittings:
            raise Refusal("plans.sitting_unknown", row=row, name=node.name, sitting=node.sitting)
        if node.sitting:
            return self.sittings[node.sitting]
        return self.office if node.paper else None

    def every_day(self) -> "Calendars":
        """The same with every day open."""
        return Calendars(CALENDAR_DAYS, CALENDAR_DAYS, dict.fromkeys(self.sittings, CALENDAR_DAYS))


def calendars_of(project: Project) -> Calendars:
    """The calendars of a project: its region's with the closures that hold there and for it."""
    subject = project.trail_subject()
    site = people.calendar_for(project.region, subject)
    sittings = {
        name: people.calendar_for(project.region, subject, rule, closures=False)
        for name, rule in people.sittings_for(project.region).items()
    }
    return Calendars(site, people.calendar_for(project.region, subject, closures=False), sittings)


@dataclass(frozen=True)
class Answer:
    """A draft's plan worked through. Nodes are found by their ids; in the domain they are called by row and name, so
    that whatever it says of them can be read.
    """

    content: Content
    found: BackPlan
    names: Mapping[str, str]  # the domain's name by node id
    real: Mapping[str, Real]  # what happened, by node id

    @property
    def feasible(self) -> bool:
        """Whether no bound is passed."""
        return self.found.feasible

    @property
    def short_by(self) -> int:
        """The most work days by which a node passes its bound."""
        return self.found.short_by

    @property
    def critical(self) -> set[str]:
        """The ids of the nodes on the driving path (关键线路)."""
        return {self.id_of(name) for name in self.found.driving_path}

    def id_of(self, name: str) -> str:
        """A node's id by what the domain calls it."""
        return self.content.nodes[int(name.partition(" ")[0]) - 1].id

    def planned(self) -> dict[str, Span]:
        """The dates that become the planned ones: the earliest, or where the plan says so the latest."""
        late = self.content.by == LATEST
        return {
            self.id_of(row.id): Span(
                row.latest_start if late else row.earliest_start, row.latest_finish if late else row.earliest_finish
            )
            for row in self.found.nodes
        }


def require_few(count: int) -> None:
    """Refuse a plan of more nodes than can be worked through and shown on one page."""
    if count > MOST_NODES:
        raise Refusal("plans.too_many", count=count, most=MOST_NODES)


def answer_of(content: Content, calendars: Calendars, today: date, real: Mapping[str, Real] | None = None) -> Answer:
    """Both passes over a draft. `real` is what was recorded of the plan's nodes; it stands before what the draft says
    had happened. Refuses what cannot be worked through, naming the rows.
    """
    if not content.nodes:
        raise Refusal("plans.no_nodes")
    require_few(len(content.nodes))
    names = {node.id: f"{place} {node.name}" for place, node in enumerate(content.nodes, 1)}
    said = {node.id: Real(node.begun_on, node.done_on) for node in content.nodes if node.begun_on or node.done_on}
    happened = {**said, **(real or {})}
    try:
        found = back_plan(_plan(content, calendars, today, happened, names))
        found.nodes  # noqa: B018 the dates are worked out here, where what is wrong with them can be told
    except DomainError as fault:
        raise told(fault) from None
    return Answer(content, found, names, happened)


def told(fault: DomainError) -> Refusal:
    """What the domain finds wrong, as a refusal with its nodes named."""
    params: dict[str, Any] = {
        name: "、".join(map(str, one)) if isinstance(one, tuple) else one for name, one in fault.params.items()
    }
    return Refusal(fault.code, **params)


def _plan(
    content: Content, calendars: Calendars, today: date, real: Mapping[str, Real], names: Mapping[str, str]
) -> Plan:
    nodes = tuple(
        _node(node, calendars.of(node, row), real.get(node.id, Real()), names[node.id])
        for row, node in enumerate(content.nodes, 1)
    )
    links = tuple(_link(link, names) for link in content.links if link.before in names and link.after in names)
    return Plan(nodes, links, today, content.deadline, calendars.site)


def _node(node: ContentNode, calendar: WorkCalendar | None, real: Real, name: str) -> Node:
    begun = real.start or real.finish
    return Node(
        name,
        node.duration,
        unit="calendar" if node.duration_unit == "calendar" else "workday",
        start_no_earlier=node.start_no_earlier,
        finish_no_later=None if real.finish else node.finish_no_later,
        must_start=None if begun else node.must_start,
        must_finish=None if real.finish else node.must_finish,
        actual_start=begun,
        actual_finish=real.finish,
        crash=Crash(node.crash_most, node.crash_cost) if node.crash_most else None,
        calendar=calendar,
    )


def _link(link: ContentLink, names: Mapping[str, str]) -> Link:
    ends = names[link.before], names[link.after]
    return Link(*ends, link.type, link.lag, link.technical)  # type: ignore[arg-type]  # one of four


def repaired(answer: Answer, kind: str) -> Content:
    """The draft with a repair carried out: the draft is changed, no plan. Refuses when the repair is not offered."""
    repair = next((one for one in answer.found.repairs if one.kind == kind), None)
    if repair is None:
        raise Refusal("plans.repair_gone")
    return with_changes(answer, repair.changes)


def with_changes(answer: Answer, changes: Iterable[Change]) -> Content:
    """The draft with changes of its plan made."""
    content = answer.content
    nodes = {node.id: node for node in content.nodes}
    links = list(content.links)
    deadline = content.deadline
    for change in changes:
        if change.kind == "deadline":
            deadline = change.date
        elif change.kind == "drop_link" and change.link is not None:
            pair = answer.id_of(change.link.start), answer.id_of(change.link.to)
            links = [
                one
                for one in links
                if (one.before, one.after, one.type, one.lag) != (*pair, change.link.type, change.link.lag)
            ]
        elif change.node is not None:
            key = answer.id_of(change.node)
            nodes[key] = _changed(nodes[key], change)
    return replace(content, nodes=tuple(nodes.values()), links=tuple(links), deadline=deadline)


def _changed(node: ContentNode, change: Change) -> ContentNode:
    days = change.days or 0
    if change.kind == "crash":
        return replace(node, duration=node.duration - days, crash_most=max(0, node.crash_most - days))
    if change.kind == "duration":
        return replace(node, duration=days)
    return replace(node, **{change.kind: change.date})  # type: ignore[arg-type]  # a day by the field's name


@dataclass(frozen=True, slots=True)
class Moved:
    """A node whose expected finish another arrangement moves, by calendar days."""

    name: str
    before: date
    after: date

    @property
    def days(self) -> int:
        """Later is positive."""
        return (self.after - self.before).days


def effects(answer: Answer, repair: Repair) -> list[Moved]:
    """What a repair does to the nodes' earliest dates."""
    after = back_plan(changed(answer.found.plan, repair.changes))
    return [
        Moved(one.id.partition(" ")[2], one.earliest_finish, other.earliest_finish)
        for one, other in zip(answer.found.nodes, after.nodes, strict=True)
        if one.earliest_finish != other.earliest_finish
    ]


TRIES: Final = 8


def fitted(content: Content, calendars: Calendars, start: date, finish: date) -> Content:
    """A content whose durations and lags are stretched or shortened alike, so that begun on `start` it is over by
    `finish`, or as near to it as whole days allow. What takes a day keeps it, a milestone stays one, a meeting sits as
    often.
    """
    length = answer_of(content, calendars.every_day(), start).found.finish.toordinal()
    length = length - start.toordinal() + 1
    room = max(calendars.site.count(start, finish), 1)
    found = content
    for tried in range(TRIES):
        found = _stretched(content, room * (100 - 3 * tried), length * 100)
        if answer_of(found, calendars, start).found.finish <= finish:
            break
    return found


def _stretched(content: Content, times: int, by: int) -> Content:
    nodes = tuple(
        replace(node, duration=max(1, node.duration * times // by)) if node.duration and not node.sitting else node
        for node in content.nodes
    )
    links = tuple(replace(link, lag=link.lag * times // by) for link in content.links)
    return replace(content, nodes=nodes, links=links)
