"""What follows when a node is moved, or one of its ends: worked out on a copy of the plan, nothing is saved."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from guatu.core.refusals import Refusal
from guatu.core.ui.numbers import full_day
from guatu.domain.workdays import CALENDAR_DAYS
from guatu.library.models import Project
from guatu.plans.choices import DraftState
from guatu.plans.compute import Answer, Calendars, Moved, Real, Span, answer_of, calendars_of
from guatu.plans.content import LATEST, Content, ContentNode, from_json
from guatu.plans.models import Plan, PlanDraft
from guatu.plans.queries.drafts import content_of, draft_of, plan_row, real_of

Edge = Literal["move", "start", "finish", "both"]
EDGES: Final[tuple[Edge, ...]] = ("move", "start", "finish", "both")


@dataclass(frozen=True, slots=True)
class Change:
    """What a person did to a node: moved it as it is so that it ends on `finish`, or set an end (the other one stays),
    or both. `start` is None where it was not set.
    """

    edge: Edge
    finish: date
    start: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """A node changed. `span` and `lands` are its days before and after; `moved` are the other nodes whose finishes
    follow, `ends` the plan's end before and after; `draft` is the one under way that the change would go into, if there
    is one. `seen` says on what it was worked out: another value later means that somebody changed it meanwhile.
    """

    project: Project
    node: str
    change: Change
    span: Span
    lands: Span
    content: Content
    draft: PlanDraft | None
    seen: str
    before: Answer
    after: Answer
    moved: list[Moved]
    ends: tuple[date, date]

    @property
    def later(self) -> int:
        """Calendar days by which the plan ends later; negative when earlier."""
        return (self.ends[1] - self.ends[0]).days

    @property
    def shift(self) -> int:
        """Calendar days by which the node itself ends later; negative when earlier."""
        return (self.lands.finish - self.span.finish).days

    @property
    def missed(self) -> bool:
        """Whether the node does not end on the day that was asked for: closed, or not possible that early."""
        return self.lands.finish != self.change.finish


def what_if(project: Project, node: str, change: Change, today: date) -> WhatIf:
    """Work a change of a node through, on the draft under way or else on the plan in force.

    Refused without a plan, on a draft that waits for its approval, for a node that is not there or done, for a start
    that has happened, and for ends the wrong way round.
    """
    draft, plan = draft_of(project), plan_row(project)
    content = _content(project, draft, plan)
    real = real_of(plan, today)
    target = _target(content, node, change, real)
    calendars = calendars_of(project)
    before = answer_of(content, calendars, today, real)
    spans = before.planned()
    span = spans[target.id]
    fixed = _fixed(target, change, span, calendars, content.by == LATEST)
    changed, after = _worked(content, target, fixed, calendars, today, real)
    lands = after.planned()[target.id]
    if fixed.must_finish is not None and lands.finish > fixed.must_finish:
        # What stands before it does not let it end that early: it is fixed on the first day that can be had, so that
        # what is said of the deadline is about the deadline.
        fixed = replace(fixed, must_finish=lands.finish)
        changed, after = _worked(content, target, fixed, calendars, today, real)
    then = after.planned()
    return WhatIf(
        project=project,
        node=node,
        change=change,
        span=span,
        lands=then[target.id],
        content=changed,
        draft=draft,
        seen=seen_of(draft, plan),
        before=before,
        after=after,
        moved=[
            Moved(one.name, spans[one.id].finish, then[one.id].finish)
            for one in content.nodes
            if one is not target and spans[one.id].finish != then[one.id].finish
        ],
        ends=(max(one.finish for one in spans.values()), max(one.finish for one in then.values())),
    )


def seen_of(draft: PlanDraft | None, plan: Plan | None) -> str:
    """On what a change is worked out: the draft in its version, or the plan in its own."""
    if draft is not None:
        return f"draft {draft.pk} {draft.version}"
    return f"plan {plan.approved if plan is not None else 0}"


def _content(project: Project, draft: PlanDraft | None, plan: Plan | None) -> Content:
    if draft is not None:
        if draft.state == DraftState.SUBMITTED:
            raise Refusal("plans.draft_waits", name=project.name)
        return from_json(draft.content)
    if plan is None:
        raise Refusal("plans.no_plan", name=project.name)
    return content_of(plan)


def _target(content: Content, node: str, change: Change, real: dict[str, Real]) -> ContentNode:
    target = next((one for one in content.nodes if one.name == node), None)
    if target is None:
        raise Refusal("plans.node_withdrawn", node=node)
    so_far = real.get(target.id, Real())
    if so_far.finish is not None:
        raise Refusal("plans.node_done", node=node)
    if so_far.start is not None and change.edge in ("start", "both") and change.start != so_far.start:
        raise Refusal("plans.node_begun", node=node, day=full_day(so_far.start))
    first = change.start or so_far.start
    if first is not None and first > change.finish:
        raise Refusal("plans.finish_before_start", node=node, start=full_day(first), finish=full_day(change.finish))
    return target


def _fixed(node: ContentNode, change: Change, span: Span, calendars: Calendars, late: bool) -> ContentNode:
    """The node with the change in its own terms: a fixed finish, or another length from the same or another start."""
    if change.edge == "move":
        return replace(node, must_start=None, must_finish=change.finish)
    start = change.start or span.start
    length = _length(node, start, change.finish, calendars)
    fixed = replace(node, duration=length, must_finish=change.finish if late or node.must_finish is not None else None)
    if start == span.start:
        return fixed
    if node.must_start is not None:
        return replace(fixed, must_start=start)
    return replace(fixed, start_no_earlier=start)


def _length(node: ContentNode, start: date, finish: date, calendars: Calendars) -> int:
    """Days of the node's own calendar from one day to the other, one at least; a milestone on one day stays one."""
    if start == finish and node.duration == 0:
        return 0
    if node.duration_unit == "calendar":
        return max(1, CALENDAR_DAYS.count(start, finish))
    return max(1, (calendars.office if node.paper else calendars.site).count(start, finish))


def _worked(
    content: Content, target: ContentNode, fixed: ContentNode, calendars: Calendars, today: date, real: dict[str, Real]
) -> tuple[Content, Answer]:
    nodes = tuple(fixed if one is target else one for one in content.nodes)
    changed = replace(content, nodes=nodes)
    return changed, answer_of(changed, calendars, today, real)
