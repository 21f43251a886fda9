"""Which projects and nodes a paper is about: a list, one unit's or one leader's part of it, or one project; a span."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final, TypeVar

from django.db.models import QuerySet

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.audience import sees
from guatu.core.logs import as_uuid
from guatu.core.pages import found
from guatu.core.refusals import Refusal
from guatu.domain.periods import Period
from guatu.library.choices import Role
from guatu.library.models import AnnualList, Assignment, Project
from guatu.library.policies import findable_projects, visible_projects
from guatu.library.queries.assignments import holders_of
from guatu.library.queries.listed import counted_once
from guatu.library.queries.listpage import shown_day
from guatu.library.queries.printed import in_print_order, list_entries, serials_of
from guatu.library.queries.projects import parts
from guatu.library.queries.tablepage import list_meant, lists_seen
from guatu.people.models import Post, Unit
from guatu.plans.models import Node
from guatu.plans.policies import projects_of
from guatu.plans.queries.papers import NodeSpan, PaperNode, PaperPlan, paper_plans, plan_spans

MOST: Final = 2000
"""Projects of one paper, made in the background or not; whoever asks for more chooses a list, a unit or a leader. None
is left out unsaid."""

Owned = TypeVar("Owned", PaperNode, NodeSpan)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A project on a paper; `number` is its place in the list, 0 where there is none. `lead` is empty for whoever may
    not see leaders' names beside projects. `nodes` are the rows of its plan that the paper is about.
    """

    number: int
    project: Project
    unit: str
    lead: str
    plan: PaperPlan | None
    nodes: tuple[PaperNode, ...]

    def unit_of(self, node: PaperNode) -> str:
        """Who answers for a node: its own unit, else the project's."""
        return node.unit or self.unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """What may be chosen: the projects within reach with who answers for them, at a day."""

    actor: Actor
    day: date
    annual_list: AnnualList | None
    projects: tuple[tuple[int, Project], ...]  # (number, project) in order
    withheld: int  # 敏感项目 that may not leave the product
    part: bool  # others of the list are out of reach
    held: Mapping[int, Sequence[Assignment]] = field(default_factory=dict)

    @property
    def year(self) -> int:
        """The list's year, or the day's."""
        return self.day.year if self.annual_list is None else self.annual_list.year

    def units(self) -> dict[str, str]:
        """The units that answer for a project or own a node of one, by public id."""
        named = {row.unit.pk: row.unit for row in self._in(Role.RESPONSIBLE) if row.unit is not None}
        for part in parts(project.pk for _number, project in self.projects):
            rows = Node.objects.filter(plan__project__in=part, plan__approved__gt=0, withdrawn=False)
            owned = rows.exclude(unit=None).exclude(unit__in=named).select_related("unit").order_by("unit")
            named |= {row.unit.pk: row.unit for row in owned if row.unit is not None}
        ordered = sorted(named.values(), key=lambda unit: (unit.order, unit.pk))
        return {str(unit.public_id): unit.name for unit in ordered}

    def leads(self) -> dict[str, str]:
        """The leaders whose names the post may see beside projects, by their post's public id."""
        posts = {post.pk: post for row in self._in(Role.LEAD) for post in self._named(row)}
        ordered = sorted(posts.values(), key=lambda post: (post.order, post.pk))
        return {str(post.public_id): post.holder or post.title for post in ordered}

    def unit_words(self, project: Project) -> str:
        """The responsible unit."""
        return "、".join(row.unit.name for row in self._of(project, Role.RESPONSIBLE) if row.unit is not None)

    def lead_words(self, project: Project) -> str:
        """The leaders, where the post may see who they are."""
        named = (post for row in self._of(project, Role.LEAD) for post in self._named(row))
        return "、".join(post.holder or post.title for post in named)

    def holds(self, project: Project, role: Role, public_id: str) -> bool:
        """Whether a unit or post of this public id holds the role."""
        named = (row.post if role == Role.LEAD else row.unit for row in self._of(project, role))
        return any(one is not None and str(one.public_id) == public_id for one in named)

    def _of(self, project: Project, role: Role) -> list[Assignment]:
        return [row for row in self.held.get(project.pk, ()) if row.role == role]

    def _in(self, role: Role) -> Iterable[Assignment]:
        return (row for rows in self.held.values() for row in rows if row.role == role)

    def _named(self, row: Assignment) -> list[Post]:
        """The assignment's post, where the actor may see who holds it."""
        seen = row.post is not None and sees(self.actor, "leader_names", about_post=row.post_id)
        return [row.post] if row.post is not None and seen else []


def _reach(actor: Actor) -> QuerySet[Project]:
    """Plans that the post may see, of projects that may leave the product in its hands."""
    rows = projects_of(actor, "plans.view").filter(pk__in=findable_projects(actor).values("pk"))
    return rows.select_related("region")


def within(actor: Actor, params: Mapping[str, Any]) -> Within:
    """What an address may choose from; 404 where it names a list or a project that the post does not see."""
    today = clock.today()
    if params.get("project"):
        key = as_uuid(params["project"])
        row = found(None if key is None else _reach(actor).filter(public_id=key).first())
        held = holders_of([row.pk], today)
        return Within(actor=actor, day=today, annual_list=None, projects=((0, row),), withheld=0, part=False, held=held)
    chosen = list_meant(lists_seen(actor), params, today)  # type: ignore[arg-type]  # a QueryDict
    day = today if chosen is None else shown_day(chosen, today)
    numbers = None if chosen is None else _numbers(chosen, day)
    seen = visible_projects(actor, "plans.view")
    rows = _reach(actor) if chosen is not None else counted_once(_reach(actor), seen)
    listed = _ordered(rows, numbers)
    everybody = seen.count() if numbers is None else _count(seen, numbers)
    return Within(
        actor=actor,
        day=day,
        annual_list=chosen,
        projects=tuple(listed),
        withheld=everybody - len(listed) if numbers is not None else 0,
        part=numbers is not None and everybody < len(numbers),
        held=holders_of([project.pk for _number, project in listed], day),
    )


def _numbers(annual_list: AnnualList, day: date) -> dict[int, int]:
    """project id → its number in the list, in the order of the list's print."""
    return serials_of(in_print_order(list_entries(annual_list, day).values()))


def _count(rows: QuerySet[Project], ids: Iterable[int]) -> int:
    return sum(rows.filter(pk__in=part).count() for part in parts(ids))


def _ordered(rows: QuerySet[Project], numbers: Mapping[int, int] | None) -> list[tuple[int, Project]]:
    if numbers is None:
        return list(enumerate(rows.order_by("sort_key", "pk"), 1))
    found_rows = {row.pk: row for part in parts(numbers) for row in rows.filter(pk__in=part)}
    return [(number, found_rows[key]) for key, number in numbers.items() if key in found_rows]


@dataclass(frozen=True, kw_only=True)
class Selection:
    """What is asked for: `unit` and `lead` are (public id, name), empty for everybody's; no `span` is the whole plan.

    `late` also takes what should have been done before the span.
    """

    kind: str
    within: Within
    unit: tuple[str, str] = ("", "")
    lead: tuple[str, str] = ("", "")
    span: Period | None = None
    late: bool = True

    @property
    def day(self) -> date:
        """As of which day."""
        return self.within.day

    @property
    def project(self) -> Project | None:
        """The one project that the paper is about."""
        alone = self.within.annual_list is None and [number for number, _project in self.within.projects] == [0]
        return self.within.projects[0][1] if alone else None

    @cached_property
    def chosen(self) -> list[tuple[int, Project]]:
        """(number, project) of the paper in order. Refuses more than one paper can hold."""
        chosen = [pair for pair in self.within.projects if self._may_have(pair[1])]
        if len(chosen) > MOST:
            raise Refusal("plans.paper_too_many", count=len(chosen), most=MOST)
        return chosen

    @cached_property
    def size(self) -> int:
        """The nodes of the projects chosen, which are all read: by them goes how long a paper takes. Only counted."""
        found = 0
        for part in parts(project.pk for _number, project in self.chosen):
            rows = Node.objects.filter(plan__project__in=part, plan__approved__gt=0, withdrawn=False)
            found += rows.count()
        return found

    @cached_property
    def lines(self) -> list[Line]:
        """The projects of the paper in order, those without a plan too."""
        plans = paper_plans([project for _number, project in self.chosen], self.day)
        made = (self._line(number, project, plans.get(project.pk)) for number, project in self.chosen)
        return [line for line in made if line is not None]

    @cached_property
    def spans(self) -> list[tuple[NodeSpan, ...]]:
        """By project of the paper its nodes' planned and actual days, and nothing else: what is counted before a paper
        is made. One without a plan has none.
        """
        plans = plan_spans([project.pk for _number, project in self.chosen], self.day)
        listed = ((project, plans.get(project.pk, ())) for _number, project in self.chosen)
        return [own for project, nodes in listed if (own := self._own(project, nodes)) is not None]

    @property
    def planned(self) -> list[Line]:
        """The projects that have nodes to print."""
        return [line for line in self.lines if line.nodes]

    @property
    def without_plan(self) -> list[Line]:
        """The projects of which nothing was approved."""
        return [line for line in self.lines if line.plan is None]

    def _may_have(self, project: Project) -> bool:
        if self.lead[0] and not self.within.holds(project, Role.LEAD, self.lead[0]):
            return False
        if not self.unit[0] or self._answers(project):
            return True
        return self.kind == "tasks" and project.pk in self._with_its_nodes

    def _answers(self, project: Project) -> bool:
        return self.within.holds(project, Role.RESPONSIBLE, self.unit[0])

    def _line(self, number: int, project: Project, plan: PaperPlan | None) -> Line | None:
        nodes = self._own(project, () if plan is None else plan.nodes)
        if nodes is None:
            return None
        return Line(
            number=number,
            project=project,
            unit=self.within.unit_words(project),
            lead=self.within.lead_words(project),
            plan=plan,
            nodes=nodes,
        )

    def _own(self, project: Project, nodes: tuple[Owned, ...]) -> tuple[Owned, ...] | None:
        """The nodes that the paper is about: in projects of others only the chosen unit's; None where it has none."""
        if not self.unit[0] or self._answers(project):
            return nodes
        return tuple(node for node in nodes if node.unit_id is not None and node.unit_id == self._unit_id) or None

    @cached_property
    def _with_its_nodes(self) -> set[int]:
        """Projects in which the unit has, or had, a node of its own."""
        return set(Node.objects.filter(unit=self._unit_id).values_list("plan__project_id", flat=True))

    @cached_property
    def _unit_id(self) -> int | None:
        return Unit.objects.filter(public_id=self.unit[0]).values_list("pk", flat=True).first()
