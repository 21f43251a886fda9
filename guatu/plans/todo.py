"""What of plans waits for a post: drafts to approve, nodes that are due or overdue, projects without a plan."""

from collections.abc import Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.registries import ToDoItem
from guatu.core.today_parts import few_or_one
from guatu.core.ui import numbers
from guatu.library.choices import Stage
from guatu.library.models import Project
from guatu.library.queries.todo import FINISHED, project_url, rows_url, running_lists
from guatu.plans.choices import DraftState
from guatu.plans.models import PlanDraft
from guatu.plans.policies import projects_of
from guatu.plans.queries.due import DueNode, due_nodes

SHOWN = 200
AHEAD = 7


def drafts_to_approve(actor: Actor) -> Sequence[ToDoItem]:
    """Submitted drafts that somebody else submitted."""
    rows = PlanDraft.objects.filter(state=DraftState.SUBMITTED, project__in=projects_of(actor, "plans.approve"))
    waiting = rows.exclude(submitted_by_user=actor.user_id).select_related("project").order_by("made_at", "pk")[:SHOWN]
    items = [
        ToDoItem(
            _("批准“{name}”的计划").format(name=row.project.name),
            reverse("plans:draft", args=[row.project.public_id]),
            note=_("{who}编制").format(who=row.made_by),
        )
        for row in waiting
    ]
    return few_or_one(items, lambda n: _("{n} 份计划待批准").format(n=n), rows_url([row.project for row in waiting]))


def drafts_returned(actor: Actor) -> Sequence[ToDoItem]:
    """The own drafts that were returned."""
    rows = PlanDraft.objects.filter(state=DraftState.RETURNED, project__in=projects_of(actor, "plans.draft"))
    mine = rows.filter(made_by_user=actor.user_id).select_related("project").order_by("pk")[:SHOWN]
    return [
        ToDoItem(
            _("修改“{name}”的计划").format(name=row.project.name),
            reverse("plans:draft", args=[row.project.public_id]),
            note=_("已退回：{why}").format(why=row.answer),
        )
        for row in mine
    ]


def nodes_due(actor: Actor) -> Sequence[ToDoItem]:
    """Nodes of the projects that one reports for, due within a week or overdue."""
    today = clock.today()
    mine = projects_of(actor, "plans.record").exclude(stage__in=(*FINISHED, Stage.EXITED, Stage.SUSPENDED))
    due = due_nodes(mine, today, today + timedelta(days=AHEAD), actor.unit_id)
    items = [ToDoItem(row.name, _url(row.project), row.on, note=_note(row)) for row in due]
    projects = list({row.project.pk: row.project for row in due}.values())
    return few_or_one(items, lambda n: _("{n} 个节点本周到期或已超期").format(n=n), rows_url(projects))


def _url(project: Project) -> str:
    return project_url(project, "plan")


def _note(row: DueNode) -> str:
    words = _("已超 {n} 天") if row.late > 0 else _("{day}到期")
    return f"{row.project.name}，{words.format(n=row.late, day=numbers.day(row.on))}"


def without_plan(actor: Actor) -> Sequence[ToDoItem]:
    """Projects of this year's lists that nobody has planned: one line."""
    rows = projects_of(actor, "plans.approve").filter(
        entries__annual_list__in=running_lists(actor, "plans.approve"),
        entries__superseded_at__isnull=True,
        entries__listed=True,
    )
    bare = rows.exclude(plan__approved__gt=0).exclude(plan_drafts__state__in=(DraftState.OPEN, DraftState.SUBMITTED))
    left = list(bare.exclude(stage__in=(*FINISHED, Stage.EXITED)).distinct().order_by("sort_key", "pk")[: SHOWN + 1])
    if not left:
        return []
    named = _("、").join(row.name for row in left[:3])
    url = rows_url(left) if len(left) > 1 else _url(left[0])
    return [ToDoItem(_("{n} 个项目还没有计划").format(n=len(left)), url, note=named)]
