"""Carrying out what concerns plans of nodes: plans as papers bring them, what happened to nodes, changed plans."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from guatu.core.actor import Actor
from guatu.demo.model import NodeNews, Plans, ProjectPlan, Replan
from guatu.library.models import Project
from guatu.plans import actions, queries
from guatu.plans.choices import Dates
from guatu.plans.models import Node, VersionNode

Days = tuple[date | None, date | None]
AHEAD = 2  # late nodes of a project whose unit says when it expects them
LATE = 5  # calendar days from which a unit says so


@dataclass(slots=True)
class _Planned:
    """A node with its real dates, and what was told of it so far."""

    node: Node
    planned: tuple[date, date]
    real: tuple[date, date]
    told: Days = (None, None)
    expected: Days = (None, None)


@dataclass(slots=True)
class PlanWriter:
    """Writes the plans of a district; remembers what it has told of which node."""

    seed: int
    nodes: dict[int, list[_Planned]] = field(default_factory=dict)

    def write(self, deed: Plans, plans: list[ProjectPlan], projects: dict[int, Project], head: Actor) -> None:
        """Register the plans that a paper had approved."""
        rows = []
        for plan, code in zip(plans, deed.templates, strict=True):
            project, schedule = projects[plan.number], plan.schedule
            first = min(plan.prelim_on, schedule.planned_start - timedelta(days=20))
            before = queries.content_for_span(
                project, "preliminary_short", first, schedule.planned_start - timedelta(days=1)
            )
            site = queries.content_for_span(project, code, schedule.planned_start, schedule.planned_finish)
            content = queries.content_one_after_another(before, site, schedule.planned_start)
            rows.append(
                actions.ApprovedPlan(
                    project=project,
                    content=content,
                    begun_on=first,
                    approved_by="项目推进专题会议（演示）",
                    document=deed.document,
                )
            )
        actions.record_plans(actor=head, rows=rows, on=deed.at.date())
        for plan in plans:
            self.nodes[plan.number] = []
        by_project = {projects[plan.number].pk: plan for plan in plans}
        found = VersionNode.objects.filter(plan_version__plan__project__in=by_project, plan_version__number=1)
        for row in found.select_related("node__plan__project__region").order_by("node__plan", "node__order"):
            plan = by_project[row.node.plan.project_id]
            self.nodes[plan.number].append(self._really(row, plan))

    def _really(self, row: VersionNode, plan: ProjectPlan) -> _Planned:
        """When a node really was or will be: as much earlier or later as the project itself; not quite evenly."""
        schedule, rng = plan.schedule, Random(f"guatu:{self.seed}:{plan.number}:{row.node.order}")
        start, finish = (_moved(day, plan) for day in (row.start, row.finish))
        finish += timedelta(days=rng.randint(-3, 4) if finish > start else 0)
        if row.node.opens == "started":
            start = schedule.start
        if row.node.closes == "completed" or finish > schedule.finish > row.finish:
            finish = schedule.finish
        if row.finish < schedule.planned_start:  # what comes before the start is over when it starts
            finish = min(finish, schedule.start - timedelta(days=1))
        return _Planned(row.node, (row.start, row.finish), (min(start, finish), finish))

    def tell(self, deed: NodeNews, plans: dict[int, ProjectPlan], gone: set[int], office: Actor) -> None:
        """Record what has happened up to the day, and what is now expected of the next late ones."""
        rows = []
        for number, nodes in self.nodes.items():
            if number in gone:
                continue
            ahead = 0
            for one in nodes:
                start = one.real[0] if one.real[0] <= deed.until else None
                finish = one.real[1] if one.real[1] <= deed.until else None
                if (start, finish) != one.told:
                    one.told = (start, finish)
                    rows.append(actions.DatesRow(node=one.node, sort=Dates.ACTUAL, start=start, finish=finish))
                late = (one.real[1] - one.planned[1]).days > LATE and one.planned[0] <= deed.until
                if finish is None and late and ahead < AHEAD and plans[number].manner != "silent":
                    ahead += 1
                    if one.expected != one.real:
                        one.expected = one.real
                        begin, end = one.real
                        rows.append(actions.DatesRow(node=one.node, sort=Dates.FORECAST, start=begin, finish=end))
        if rows:
            actions.record_many_dates(actor=office, rows=rows)

    def change(self, deed: Replan, project: Project, plan: ProjectPlan, office: Actor, head: Actor) -> None:
        """Change a plan to the finish that it can still have."""
        content = queries.content_in_force(project)
        deadline = max(queries.earliest_finish(project, content), plan.schedule.finish) + timedelta(days=7)
        content = replace(content, deadline=deadline, by="earliest" if plan.number % 4 == 0 else "latest")
        draft = actions.begin_draft(actor=office, project=project, content=content)
        actions.submit_draft(actor=office, draft=draft, seen=draft.version, reason=deed.reason)
        if deed.waits:
            return
        version = actions.approve_draft(actor=head, draft=draft, seen=draft.version, document=deed.document)
        spans = {row.node_id: (row.start, row.finish) for row in VersionNode.objects.filter(plan_version=version)}
        for one in self.nodes[plan.number]:
            one.planned = spans[one.node.pk]


def _moved(day: date, plan: ProjectPlan) -> date:
    """A planned day on the scale of what really was: before the start, and from the start to the finish."""
    schedule = plan.schedule
    first = min(plan.prelim_on, schedule.planned_start - timedelta(days=20))
    if day < schedule.planned_start:
        return _scaled(day, first, schedule.planned_start, first, schedule.start)
    return _scaled(day, schedule.planned_start, schedule.planned_finish, schedule.start, schedule.finish)


def _scaled(day: date, start: date, finish: date, real_start: date, real_finish: date) -> date:
    whole = max((finish - start).days, 1)
    return real_start + timedelta(days=(day - start).days * max((real_finish - real_start).days, 1) // whole)
