"""A draft: begun, changed under the version that was seen, submitted, taken back, dropped. No plan is touched."""

from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.core.writing import action, current, require_reason
from guatu.library.models import Project
from guatu.library.policies import require_projects
from guatu.plans.choices import DraftState
from guatu.plans.compute import Answer, answer_of, calendars_of, require_few
from guatu.plans.content import Content, from_json, to_json
from guatu.plans.models import PlanDraft
from guatu.plans.policies import require_second_person
from guatu.plans.queries.drafts import draft_of, plan_row, real_of

EDITABLE = (DraftState.OPEN, DraftState.RETURNED)


@action("plans.begin_draft", _("起草计划"), right="plans.draft")
def begin_draft(*, actor: Actor, project: Project, content: Content) -> PlanDraft:
    """Begin a draft from a content: empty, a template's, another project's, the plan in force (`plans.beginnings`)."""
    require_projects(actor, "plans.draft", [project])
    require_few(len(content.nodes))
    act = current()
    lock(project)
    standing = draft_of(project)
    if standing is not None:
        state = str(DraftState(standing.state).label)
        raise Refusal("plans.draft_stands", name=project.name, state=state, who=standing.made_by)
    plan = plan_row(project)
    draft = PlanDraft(
        project=project,
        content=to_json(content),
        base=0 if plan is None else plan.approved,
        made_by=actor.label[:120],
        made_by_user=actor.user_id,
        made_at=clock.now(),
    )
    act.add(draft)
    act.about(project, name=project.name, source=content.source)
    return draft


def lock(project: Project) -> None:
    """Nobody else begins or approves a draft of the project until this act is over."""
    Project.objects.select_for_update().filter(pk=project.pk).values_list("pk", flat=True).first()


@action("plans.change_draft", _("修改计划草案"), right="plans.draft")
def change_draft(*, actor: Actor, draft: PlanDraft, seen: int, content: Content) -> bool:
    """Put another content into a draft; raises Conflict when somebody changed it meanwhile."""
    require_projects(actor, "plans.draft", [draft.project])
    _require(draft, EDITABLE, "plans.not_open")
    check_names(content)
    current().about(draft.project, name=draft.project.name)
    return current().change(draft, seen=seen, content=to_json(content))


@action("plans.submit_draft", _("提交计划"), right="plans.draft")
def submit_draft(
    *, actor: Actor, draft: PlanDraft, seen: int, reason: str = "", content: Content | None = None
) -> None:
    """Submit a draft that can be met, with a last change of its content. A changed plan needs a reason."""
    require_projects(actor, "plans.draft", [draft.project])
    _require(draft, EDITABLE, "plans.not_open")
    told = from_json(draft.content) if content is None else content
    check_names(told)
    text = require_reason(reason, _("调整已批准的计划")) if draft.base else reason.strip()
    require_feasible(_answer(draft.project, told))
    act = current()
    act.about(draft.project, reason=text, name=draft.project.name)
    state = {"state": DraftState.SUBMITTED, "reason": text, "submitted_by_user": actor.user_id}
    act.change(draft, seen=seen, content=to_json(told), **state)


@action("plans.take_back_draft", _("撤回已提交的计划"), right="plans.draft")
def take_back_draft(*, actor: Actor, draft: PlanDraft, seen: int) -> None:
    """Take a submitted draft back to go on with it."""
    require_projects(actor, "plans.draft", [draft.project])
    _require(draft, (DraftState.SUBMITTED,), "plans.not_submitted")
    current().about(draft.project, name=draft.project.name)
    current().change(draft, seen=seen, state=DraftState.OPEN, submitted_by_user=None)


@action("plans.return_draft", _("退回计划"), right="plans.approve")
def return_draft(*, actor: Actor, draft: PlanDraft, seen: int, reason: str) -> None:
    """Return a submitted draft with a reason; never by who submitted it."""
    require_projects(actor, "plans.approve", [draft.project])
    require_second_person(actor, draft)
    _require(draft, (DraftState.SUBMITTED,), "plans.not_submitted")
    text = require_reason(reason, _("退回计划"))
    act = current()
    act.about(draft.project, reason=text, name=draft.project.name)
    act.change(
        draft,
        seen=seen,
        state=DraftState.RETURNED,
        answer=text,
        answered_by=actor.label[:120],
        answered_at=clock.now(),
    )


@action("plans.drop_draft", _("放弃计划草案"), right="plans.draft")
def drop_draft(*, actor: Actor, draft: PlanDraft, seen: int, reason: str = "") -> None:
    """Give a draft up; it stays readable in the trail."""
    require_projects(actor, "plans.draft", [draft.project])
    _require(draft, (*EDITABLE, DraftState.SUBMITTED), "plans.not_open")
    act = current()
    act.about(draft.project, reason=reason.strip(), name=draft.project.name)
    act.change(draft, seen=seen, state=DraftState.DROPPED)


def _require(draft: PlanDraft, states: tuple[DraftState, ...], code: str) -> None:
    if draft.state not in states:
        raise Refusal(code, state=str(DraftState(draft.state).label))


def answer_to(draft: PlanDraft) -> Answer:
    """The draft worked through, from today and what has happened."""
    return _answer(draft.project, from_json(draft.content))


def _answer(project: Project, content: Content) -> Answer:
    today = clock.today()
    return answer_of(content, calendars_of(project), today, real_of(plan_row(project), today))


def require_feasible(answer: Answer) -> None:
    """Refuse a plan that passes one of its bounds, naming the node and by how much."""
    if not answer.feasible:
        node = answer.found.driving_path[-1].partition(" ")[2]
        raise Refusal("plans.not_feasible", node=node, days=answer.short_by)


def check_names(content: Content) -> None:
    """Every node has a name, and no two the same; there are no more than can be worked through."""
    require_few(len(content.nodes))
    known: dict[str, int] = {}
    for row, node in enumerate(content.nodes, 1):
        if not node.name.strip():
            raise Refusal("plans.name_missing", row=row)
        if node.name in known:
            raise Refusal("plans.name_twice", row=row, other=known[node.name], name=node.name)
        known[node.name] = row
