"""What of plans waits for a post: drafts to approve, nodes that are due or overdue, projects without a plan."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.prepared import prepared
from guatu.core.registries import ToDoItem
from guatu.core.tables.state import CHOSEN_MOST
from guatu.core.today_parts import FEW, few_or_one
from guatu.core.ui import numbers
from guatu.domain.stages import OVER
from guatu.library.choices import Stage
from guatu.library.models import Project
from guatu.library.queries.listed import listed_on
from guatu.library.queries.todo import project_url, projects_url, running_lists
from guatu.plans.choices import DraftState
from guatu.plans.models import PlanDraft, VersionNode
from guatu.plans.policies import projects_of
from guatu.plans.queries.drafts import OPEN
from guatu.plans.queries.due import DueNode, due_node, due_rows

AHEAD = 7


def drafts_to_approve(actor: Actor) -> Sequence[ToDoItem]:
    """Submitted drafts that somebody else submitted."""
    rows = PlanDraft.objects.filter(state=DraftState.SUBMITTED, project__in=projects_of(actor, "plans.approve"))
    waiting = rows.exclude(submitted_by_user=actor.user_id).select_related("project").order_by("made_at", "pk")
    return _of_drafts(
        waiting,
        lambda row: (_("批准“{name}”的计划").format(name=row.project.name), _("{who}编制").format(who=row.made_by)),
        lambda n: _("{n} 份计划待批准").format(n=n),
    )


def drafts_returned(actor: Actor) -> Sequence[ToDoItem]:
    """The own drafts that were returned."""
    mine = list(_returned(actor=actor))
    return _of_drafts(
        mine,
        lambda row: (_("修改“{name}”的计划").format(name=row.project.name), _("已退回：{why}").format(why=row.answer)),
        lambda n: _("{n} 份计划被退回").format(n=n),
    )


@prepared
def _returned(actor: Actor) -> QuerySet[PlanDraft]:
    rows = PlanDraft.objects.filter(state=DraftState.RETURNED, project__in=projects_of(actor, "plans.draft"))
    return rows.filter(made_by_user=actor.user_id).select_related("project").order_by("pk")


def _of_drafts(
    rows: QuerySet[PlanDraft] | Sequence[PlanDraft],
    said: Callable[[PlanDraft], tuple[str, str]],
    counted: Callable[[int], str],
) -> Sequence[ToDoItem]:
    """An item a draft; `said` gives its words and its note."""

    def item(row: PlanDraft) -> ToDoItem:
        words, note = said(row)
        return ToDoItem(words, reverse("plans:draft", args=[row.project.public_id]), note=note)

    return few_or_one(rows, item, counted, lambda: projects_url([row.project for row in rows[: CHOSEN_MOST + 1]]))


def nodes_due(actor: Actor) -> Sequence[ToDoItem]:
    """Nodes of the projects that one reports for, due within a week or overdue."""
    today = clock.today()
    until = today + timedelta(days=AHEAD)
    return few_or_one(
        lambda: _nodes(actor, until),
        lambda row: _due(due_node(row, today)),
        lambda n: _("{n} 个节点本周到期或已超期").format(n=n),
        lambda: projects_url(list(_with_nodes(actor, until)[: CHOSEN_MOST + 1])),
        first=_first_nodes(actor=actor, until=until),
    )


def _nodes(actor: Actor, until: date) -> QuerySet[VersionNode]:
    mine = projects_of(actor, "plans.record").exclude(stage__in=(*OVER, Stage.SUSPENDED))
    return due_rows(mine, until, actor.unit_id)


def _with_nodes(actor: Actor, until: date) -> QuerySet[Project]:
    named = _nodes(actor, until).values("plan_version__plan__project")
    return Project.objects.filter(pk__in=named).order_by("sort_key", "pk")


@prepared
def _first_nodes(actor: Actor, until: date) -> QuerySet[VersionNode]:
    return _nodes(actor, until)[: FEW + 1]


def _due(row: DueNode) -> ToDoItem:
    return ToDoItem(row.name, project_url(row.project, "plan"), row.on, _note(row))


def _note(row: DueNode) -> str:
    words = _("已超 {n} 天") if row.late > 0 else _("{day}到期")
    return f"{row.project.name}，{words.format(n=row.late, day=numbers.day(row.on))}"


def without_plan(actor: Actor) -> Sequence[ToDoItem]:
    """Projects of this year's lists that nobody has planned: one line."""
    listed = listed_on(running_lists(actor, "plans.approve").values_list("pk", flat=True), clock.today())
    rows = projects_of(actor, "plans.approve").filter(pk__in=listed.values("project_id"))
    bare = rows.exclude(plan__approved__gt=0).exclude(plan_drafts__state__in=OPEN).exclude(stage__in=OVER)
    count = bare.count()
    if not count:
        return []
    left: list[Project] = list(bare.order_by("sort_key", "pk")[: CHOSEN_MOST + 1])
    named = _("、").join(row.name for row in left[:3])
    url = projects_url(left) if count > 1 else project_url(left[0], "plan")
    return [ToDoItem(_("{n} 个项目还没有计划").format(n=count), url, note=named)]
