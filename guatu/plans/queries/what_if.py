"""What follows when a node is moved: worked out on a copy of the plan, nothing is saved."""

from dataclasses import dataclass, replace
from datetime import date

from guatu.core.refusals import Refusal
from guatu.library.models import Project
from guatu.plans.compute import Answer, Moved, answer_of, calendars_of
from guatu.plans.content import Content, from_json
from guatu.plans.models import PlanDraft
from guatu.plans.queries.drafts import content_of, draft_of, plan_row, real_of


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """A node moved to a day. `moved` are the other nodes whose dates follow, `ends` the plan's end before and after;
    `draft` is the one under way that the change would go into, if there is one.
    """

    project: Project
    node: str
    planned: date
    to: date
    content: Content
    draft: PlanDraft | None
    before: Answer
    after: Answer
    moved: list[Moved]
    ends: tuple[date, date]

    @property
    def later(self) -> int:
        """Calendar days by which the plan ends later; negative when earlier."""
        return (self.ends[1] - self.ends[0]).days


def what_if(project: Project, node: str, to: date, today: date) -> WhatIf:
    """Fix a node's finish on a day, on the draft under way or else on the plan in force, and work both through.

    Refused without a plan, for a node that is not in it, and for one that is done.
    """
    draft, plan = draft_of(project), plan_row(project)
    if draft is None and plan is None:
        raise Refusal("plans.no_plan", name=project.name)
    content = from_json(draft.content) if draft is not None else content_of(plan)  # type: ignore[arg-type]  # one stands
    real = real_of(plan, today)
    target = next((one for one in content.nodes if one.name == node), None)
    if target is None:
        raise Refusal("plans.node_withdrawn", node=node)
    if target.id in real and real[target.id].finish is not None:
        raise Refusal("plans.node_done", node=node)
    fixed = replace(target, must_finish=to, finish_no_later=None)
    changed = replace(content, nodes=tuple(fixed if one is target else one for one in content.nodes))
    calendars = calendars_of(project)
    before, after = (answer_of(one, calendars, today, real) for one in (content, changed))
    spans, then = before.planned(), after.planned()
    return WhatIf(
        project=project,
        node=node,
        planned=spans[target.id].finish,
        to=to,
        content=changed,
        draft=draft,
        before=before,
        after=after,
        moved=[
            Moved(one.name, spans[one.id].finish, then[one.id].finish)
            for one in content.nodes
            if one is not target and spans[one.id].finish != then[one.id].finish
        ],
        ends=(max(one.finish for one in spans.values()), max(one.finish for one in then.values())),
    )
