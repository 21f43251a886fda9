"""Who may see, draft, approve and record plans, and the package's rows of the rights table."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from guatu.core import reach, rights
from guatu.core.actor import Actor
from guatu.core.rights import Decision, declare
from guatu.core.second_person import is_same_person, require_another
from guatu.library.models import Project
from guatu.library.policies import can_do, visible_projects
from guatu.people import policies as people
from guatu.people.models import Region
from guatu.plans.choices import PeriodKind
from guatu.plans.models import PlanDraft, PlanTemplate

_OFFICE = {"office_head": "region", "office": "region"}

declare(
    "plans",
    {
        "plans.view": (
            _("查看项目计划和节点"),
            {
                "head": "region",
                "leader": "region",
                "liaison": "own_assignment",
                "reviewer": "own_unit",
                "reporter": "own_unit",
                "street": "own_unit",
                "owner": "own_unit",
                "contractor": "own_unit",
                "authority": "own_unit",
                "task_force": "own_unit",
                "supervision": "region",
                "superior": "region",
                "clock": "installation",
            }
            | _OFFICE,
        ),
        "plans.draft": (
            _("编制和调整计划"),
            {"reporter": "own_unit", "reviewer": "own_unit", "owner": "own_unit"} | _OFFICE,
        ),
        "plans.approve": (_("批准或退回计划"), _OFFICE),
        "plans.record": (
            _("填写节点的实际和预计日期、实物量"),
            {"reporter": "own_unit", "reviewer": "own_unit", "street": "own_unit", "owner": "own_unit"} | _OFFICE,
        ),
        "plans.template": (_("维护计划模板"), {"office_head": "region"}),
        "plans.set_target": (
            _("分解项目的季、月、周、日目标"),
            {"reviewer": "own_unit", "reporter": "own_unit"} | _OFFICE,
        ),
        "plans.set_target_profile": (_("选定项目年度目标的分解方式"), _OFFICE),
        "plans.issue_target_sheet": (_("印发目标任务书"), {"office_head": "region"}),
    },
)


def projects_of(actor: Actor, right: str) -> QuerySet[Project]:
    """The projects over which the actor holds a right of plans."""
    return visible_projects(actor, right)


def can_on(actor: Actor, right: str, project: Project) -> Decision:
    """Whether the actor holds a right over this project's plan."""
    return can_do(actor, right, project)


def can_approve(actor: Actor, draft: PlanDraft) -> Decision:
    """Whether the actor may approve or return this draft: never the person who submitted it (two persons)."""
    if is_same_person(actor, draft.submitted_by_user):
        return Decision(False, str(_("提交计划和批准计划须是两个人")))
    return can_do(actor, "plans.approve", draft.project)


def require_second_person(actor: Actor, draft: PlanDraft) -> None:
    """Refuse the person who submitted the draft: two posts of one person are never two persons."""
    require_another(actor, draft.submitted_by_user, _("批准或退回计划"))


def region_of_templates(actor: Actor) -> Region | None:
    """The region whose own templates the actor keeps."""
    return people.region_of(actor) if rights.can(actor, "plans.template").allowed else None


def visible_templates(actor: Actor) -> QuerySet[PlanTemplate]:
    """The templates that stand: those of the actor's region, of the regions above it and of those under it."""
    rows = PlanTemplate.objects.filter(withdrawn=False).select_related("region")
    return rows.filter(people.around(actor) | Q(region=None)) if actor.region_path else rows


def can_keep(actor: Actor, template: PlanTemplate) -> bool:
    """Whether the actor may change or withdraw this template: one of a region of its own."""
    if template.region is None or not rights.can(actor, "plans.template").allowed:
        return False
    return template.region.path.startswith(actor.region_path)


BELOW_QUARTER = frozenset({PeriodKind.MONTH, PeriodKind.WEEK, PeriodKind.DAY})


def sets_quarters(actor: Actor) -> bool:
    """Whether the post may move quarters: the office may; a responsible unit divides what its quarters hold."""
    return bool({"region", "installation"} & set(rights.scopes_of(actor, "plans.set_target")))


reach.declare(PlanTemplate, "plans.view", visible_templates)
