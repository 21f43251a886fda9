"""A plan becomes valid: approved from its draft by a second person, or registered as a paper had approved it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.bulk import new_row
from guatu.core.refusals import Refusal
from guatu.core.writing import Act, action, current
from guatu.library.models import Project
from guatu.library.policies import require_projects
from guatu.plans.actions.drafts import answer_to, check_names, lock, require_feasible
from guatu.plans.choices import Dates, DraftState
from guatu.plans.compute import Span, answer_of, calendars_of
from guatu.plans.content import Content, from_json, to_json
from guatu.plans.models import Link, Node, NodeDates, Plan, PlanDraft, PlanVersion, VersionNode
from guatu.plans.policies import require_second_person
from guatu.plans.queries.drafts import SAME, plan_row, planned_of, real_of, units_of


@action("plans.approve_draft", _("批准计划"), right="plans.approve")
def approve_draft(*, actor: Actor, draft: PlanDraft, seen: int, document: str = "", answer: str = "") -> PlanVersion:
    """Approve a submitted draft as the plan's next version.

    Refused to who submitted it, when the plan was approved meanwhile, and when it can no longer be met today.
    """
    project = draft.project
    require_projects(actor, "plans.approve", [project])
    require_second_person(actor, draft)
    if draft.state != DraftState.SUBMITTED:
        raise Refusal("plans.not_submitted", state=str(DraftState(draft.state).label))
    lock(project)
    plan = plan_row(project)
    if plan is not None and plan.approved != draft.base:
        raise Refusal("plans.approved_meanwhile", name=project.name, now=plan.approved, base=draft.base)
    worked = answer_to(draft)
    require_feasible(worked)
    act, today = current(), clock.today()
    act.about(project, reason=draft.reason, name=project.name, number=draft.base + 1)
    act.change(
        draft,
        seen=seen,
        state=DraftState.APPROVED,
        answer=answer.strip(),
        answered_by=actor.label[:120],
        answered_at=clock.now(),
    )
    spans = _kept(worked.planned(), plan, today)
    content = from_json(draft.content)
    if plan is None:
        plan = act.add(Plan(project=project))
    return _Version(act, plan, content, spans, units_of([content])).write(
        approved_on=today, approved_by=actor.label[:120], document=document.strip(), reason=draft.reason
    )


def _kept(spans: Mapping[str, Span], plan: Plan | None, today: date) -> dict[str, Span]:
    """What is done keeps the dates that were planned for it, and what has begun its start: slip stays visible."""
    real, before = real_of(plan, today), planned_of(plan, today)
    kept = dict(spans)
    for key, told in real.items():
        if key not in kept or key not in before:
            continue
        if told.finish:
            kept[key] = before[key]
        elif told.start:
            start = min(before[key].start, kept[key].finish)
            kept[key] = Span(start, kept[key].finish)
    return kept


@dataclass
class _Version:
    """One version being written into a plan: nodes are matched by their public ids."""

    act: Act
    plan: Plan
    content: Content
    spans: Mapping[str, Span]
    units: Mapping[str, int]
    nodes: dict[str, Node] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)

    def write(self, **values: Any) -> PlanVersion:
        """Write nodes, links, planned dates and the version itself."""
        self._write_nodes()
        self._write_links()
        self._write_dates(values["approved_on"])
        number = self.plan.approved + 1
        self.act.change(self.plan, deadline=self.content.deadline, template=self.content.source[:80], approved=number)
        version = PlanVersion(
            plan=self.plan, number=number, deadline=self.content.deadline, content=to_json(self.content), **values
        )
        self.act.add(version)
        rows = [
            new_row(
                VersionNode, plan_version=version, node=node, start=self.spans[key].start, finish=self.spans[key].finish
            )
            for key, node in self.nodes.items()
        ]
        self.act.add_many(rows)
        return version

    def _write_nodes(self) -> None:
        standing = (
            {str(node.public_id): node for node in Node.objects.filter(plan=self.plan)} if self.plan.approved else {}
        )
        wanted = {node.id for node in self.content.nodes}
        for key, row in standing.items():
            if key not in wanted:
                self.act.change(row, withdrawn=True)
        self._make_way(standing)
        fresh: list[Node] = []
        for order, node in enumerate(self.content.nodes, 1):
            values = {name: getattr(node, name) for name in SAME}
            values |= {"order": order, "unit_id": self.units.get(node.unit or ""), "withdrawn": False}
            known = standing.get(node.id)
            if known is None:
                known = new_row(Node, plan=self.plan, public_id=UUID(node.id), **values)
                fresh.append(known)
                self.fresh.add(node.id)
            else:
                self.act.change(known, **values)
            self.nodes[node.id] = known
        self.act.add_many(fresh)

    def _make_way(self, standing: Mapping[str, Node]) -> None:
        """Two nodes that change their names with each other: names are taken once at every moment."""
        taken = {row.name: key for key, row in standing.items() if not row.withdrawn}
        for node in self.content.nodes:
            holder = taken.get(node.name)
            if holder is not None and holder != node.id:
                self.act.change(standing[holder], name=holder)

    def _write_links(self) -> None:
        of_plan = (
            Link.objects.filter(before__plan=self.plan, withdrawn=False) if self.plan.approved else Link.objects.none()
        )
        standing = {(link.before_id, link.after_id, link.type): link for link in of_plan}
        fresh: dict[tuple[int, int, str], Link] = {}
        for one in self.content.links:
            if one.before not in self.nodes or one.after not in self.nodes:
                continue
            before, after = self.nodes[one.before], self.nodes[one.after]
            known = standing.pop((before.pk, after.pk, one.type), None)
            if known is not None:
                self.act.change(known, lag=one.lag, technical=one.technical)
            else:
                fresh[before.pk, after.pk, one.type] = new_row(
                    Link, before=before, after=after, type=one.type, lag=one.lag, technical=one.technical
                )
        for link in standing.values():
            self.act.change(link, withdrawn=True)
        self.act.add_many(list(fresh.values()))

    def _write_dates(self, on: date) -> None:
        rows = [
            new_row(NodeDates, node=node, sort=Dates.PLANNED, effective_on=on, start=span.start, finish=span.finish)
            for key, node in self.nodes.items()
            if (span := self.spans[key])
        ]
        self.act.record_many([*rows, *self._happened(on)])

    def _happened(self, on: date) -> list[NodeDates]:
        """What the draft says had happened to nodes before they stood in a plan."""
        told = [node for node in self.content.nodes if node.id in self.fresh and (node.begun_on or node.done_on)]
        return [
            new_row(
                NodeDates,
                node=self.nodes[node.id],
                sort=Dates.ACTUAL,
                effective_on=on,
                start=node.begun_on,
                finish=node.done_on,
            )
            for node in told
        ]


# -- plans that a paper had approved -----------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedPlan:
    """A plan as a paper brings it. It was worked out from `begun_on`; its document says who approved it."""

    project: Project
    content: Content
    begun_on: date
    approved_by: str
    document: str = ""


@action("plans.record_plans", _("成批登记已批准的计划"), right="plans.approve")
def record_plans(*, actor: Actor, rows: Sequence[ApprovedPlan], on: date) -> int:
    """Register plans that were approved on paper as their projects' first versions; those with a plan are refused."""
    require_projects(actor, "plans.approve", {row.project.pk: row.project for row in rows}.values())
    act = current()
    known = set(Plan.objects.filter(project__in=[row.project.pk for row in rows]).values_list("project_id", flat=True))
    units = units_of(row.content for row in rows)
    for row in rows:
        if not row.approved_by.strip():
            raise Refusal("plans.paper_unnamed", name=row.project.name)
        if row.project.pk in known:
            raise Refusal("plans.approved_meanwhile", name=row.project.name, now=1, base=0)
        check_names(row.content)
        worked = answer_of(row.content, calendars_of(row.project), row.begun_on)
        plan = act.add(Plan(project=row.project))
        _Version(act, plan, row.content, worked.planned(), units).write(
            approved_on=on, approved_by=row.approved_by[:120], document=row.document, reason=""
        )
    act.about(rows[0].project if len(rows) == 1 else None, count=len(rows))
    return len(rows)
