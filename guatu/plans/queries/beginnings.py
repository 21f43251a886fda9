"""What a draft may begin with: a template, the plan in force, another project's plan moved to a new deadline."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Case, IntegerField, Q, Value, When

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.library.models import Project
from guatu.library.queries.lists import entries_of_projects
from guatu.plans.compute import answer_of, calendars_of, fitted
from guatu.plans.content import Content, ContentLink, from_json, shifted
from guatu.plans.models import PlanTemplate
from guatu.plans.policies import projects_of
from guatu.plans.queries.drafts import content_of, plan_row, real_of
from guatu.plans.templates_ready import BY_CODE, READY

LIKE = 8


@dataclass(frozen=True, slots=True)
class Offered:
    """A template as it is offered: `code` as the page sends it, how many nodes it has, whether it is the region's."""

    code: str
    name: str
    words: str
    nodes: int
    own: bool


def templates_for(project: Project) -> list[Offered]:
    """The templates for a project: its region's own and those of the regions above, then those of the product."""
    rows = PlanTemplate.objects.filter(withdrawn=False).filter(
        Q(region__path__in=project.region.lineage) | Q(region=None)
    )
    own = [
        Offered(str(row.public_id), row.name, row.words, len(row.content["nodes"]), True)
        for row in rows.order_by("order", "name")
    ]
    return own + [Offered(one.code, str(one.name), str(one.words), len(one.rows), False) for one in READY]


def content_from_template(project: Project, code: str, deadline: date | None) -> Content:
    """A template as a draft begins with it, with its deadline. Refuses an unknown one."""
    if code in BY_CODE:
        return replace(BY_CODE[code].content(), deadline=deadline)
    offered = {one.code for one in templates_for(project)}
    row = PlanTemplate.objects.filter(public_id=code).first() if code in offered else None
    if row is None:
        raise Refusal("plans.template_missing")
    return replace(from_json(row.content).renewed(), deadline=deadline, source=row.name)


def as_template(content: Content) -> Content:
    """A plan without what belongs to its own project, with new ids."""
    return bared(content).renewed()


def bared(content: Content) -> Content:
    """A plan without what belongs to its own project: stated dates, units, deadline, costs, quantities."""
    bare = {"start_no_earlier": None, "finish_no_later": None, "must_start": None, "must_finish": None, "unit": None}
    bare |= {"begun_on": None, "done_on": None}
    nodes = tuple(replace(node, **bare, quantity=None, cost=0) for node in content.nodes)  # type: ignore[arg-type]  # named fields
    return replace(content, nodes=nodes, deadline=None, source="")


def content_from_project(other: Project, deadline: date | None) -> Content:
    """Another project's plan: its stated dates moved by as much as the new deadline lies after its own."""
    plan = plan_row(other)
    if plan is None or not plan.approved:
        raise Refusal("plans.no_source")
    content = content_of(plan).renewed()
    days = (deadline - content.deadline).days if deadline is not None and content.deadline is not None else 0
    moved = shifted(content, days)
    nodes = tuple(replace(node, unit=None) for node in moved.nodes)
    return replace(moved, nodes=nodes, deadline=deadline or moved.deadline, source=other.name[:80])


def content_in_force(project: Project) -> Content:
    """The plan in force, for a change of it."""
    plan = plan_row(project)
    if plan is None or not plan.approved:
        raise Refusal("plans.no_plan", name=project.name)
    return content_of(plan)


def deadline_known(project: Project) -> date | None:
    """The planned finish that the project's main list of the newest year states: nobody types what is known."""
    entries = entries_of_projects([project.pk], clock.today()).get(project.pk, [])
    return next((row.planned_finish for row in entries if row.planned_finish is not None), None)


def like_projects(actor: Actor, project: Project) -> list[Project]:
    """Projects with a plan that are like this one: of its class of name and unit first, then the newest."""
    near = Case(When(unit=project.unit_id, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = projects_of(actor, "plans.view").filter(plan__approved__gt=0).exclude(pk=project.pk)
    return list(rows.annotate(near=near).order_by("near", "-plan__pk")[:LIKE])


def content_for_span(project: Project, code: str, start: date, finish: date) -> Content:
    """A ready template stretched to a project's own span, on its calendar."""
    content = content_from_template(project, code, None)
    return replace(fitted(content, calendars_of(project), start, finish), deadline=finish)


def content_one_after_another(first: Content, second: Content, from_day: date) -> Content:
    """Two contents as one: what begins the second waits for the last node of the first, and for its day."""
    waiting = {link.after for link in second.links}
    last = first.nodes[-1].id
    roots = [node.id for node in second.nodes if node.id not in waiting]
    nodes = tuple(replace(node, start_no_earlier=from_day) if node.id in roots else node for node in second.nodes)
    links = tuple(ContentLink(before=last, after=root) for root in roots)
    return replace(second, nodes=(*first.nodes, *nodes), links=(*first.links, *links, *second.links))


def earliest_finish(project: Project, content: Content) -> date:
    """When a content is over at the earliest, from today and what has happened, whatever its deadline."""
    today = clock.today()
    real = real_of(plan_row(project), today)
    return answer_of(replace(content, deadline=None), calendars_of(project), today, real).found.finish
