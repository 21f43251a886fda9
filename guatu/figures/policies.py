"""Who may see which figures: the package's rows of the rights table, and what is shown only to some."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from guatu.core import reach, rights
from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.core.rights import Decision
from guatu.figures.models import LightRuleSet, Snapshot
from guatu.library.models import AnnualList, Project
from guatu.library.policies import projects_within
from guatu.people import policies as people

ROWS = {
    "figures.view": (
        _("查看指标"),
        {
            "head": "region",
            "leader": "region",
            "liaison": "region",
            "office_head": "region",
            "office": "region",
            "supervision": "region",
            "superior": "region",
            "task_force": "region",
            "reviewer": "own_unit",
            "reporter": "own_unit",
            "street": "own_unit",
            "owner": "own_assignment own_unit",
            "contractor": "own_assignment own_unit",
            "clock": "installation",
        },
    ),
    "figures.view_by_leader": (
        _("按分包领导查看指标"),
        {"head": "region", "office_head": "region", "office": "region", "clock": "installation"},
    ),
    "figures.take_snapshot": (_("留存快照"), {"office_head": "region", "office": "region"}),
    "figures.view_light_rules": (
        _("查看红黄绿灯规则"),
        {
            **dict.fromkeys(
                ("head", "leader", "liaison", "office_head", "office", "supervision", "superior"), "region"
            ),
            **dict.fromkeys(("task_force", "reviewer", "reporter", "street", "owner", "contractor"), "region"),
            "authority": "region",
            "clock": "installation",
        },
    ),
    "figures.view_pending_lights": (  # 8-practice, Whose eyes: until the next work day the unit alone sees a first red
        _("查看将亮红灯"),
        {
            "reviewer": "own_unit",
            "reporter": "own_unit",
            "street": "own_unit",
            "owner": "own_assignment own_unit",
        },
    ),
    "figures.draft_light_rules": (_("拟订红黄绿灯规则"), {"office_head": "region", "office": "region"}),
    "figures.adopt_light_rules": (_("批准执行红黄绿灯规则"), {"office_head": "region"}),
    "figures.exempt_light": (_("批准红黄灯豁免"), {"office_head": "region"}),
    "figures.explain_light": (
        _("说明红黄灯原因"),
        {
            "office_head": "region",
            "office": "region",
            "reviewer": "own_unit",
            "reporter": "own_unit",
            "street": "own_unit",
            "owner": "own_assignment own_unit",
        },
    ),
    "figures.record_outside": (_("登记外部统计数据"), {"office_head": "region", "office": "region"}),
}
rights.declare("figures", ROWS)


def can_cut_by(actor: Actor, dimension: str) -> Decision:
    """Cuts by leader are for the leading group's head and the office (8-practice: Whose eyes)."""
    if dimension == "leader":
        return rights.can(actor, "figures.view_by_leader")
    return rights.can(actor, "figures.view")


def within(actor: Actor) -> QuerySet[Project]:
    """The projects whose figures the actor may see."""
    return projects_within(actor, "figures.view")


def visible_snapshots(actor: Actor) -> QuerySet[Snapshot]:
    """Snapshots hold whole lists: for those who see a list's whole region, not for who sees a part of its projects."""
    return Snapshot.objects.filter(people.within(actor, "figures.view", "annual_list__region__path", unit_field=""))


def visible_whole_lists(actor: Actor) -> QuerySet[AnnualList]:
    """The lists whose every project the actor may see: those of the post's regions."""
    rows = AnnualList.objects.filter(people.within(actor, "figures.view", "region__path", unit_field=""))
    return rows.filter(withdrawn=False)


def visible_light_rules(actor: Actor) -> QuerySet[LightRuleSet]:
    """The rules of the post's regions, and those in force of the regions above, which hold where a region has none."""
    return LightRuleSet.objects.filter(
        people.within_editions(actor, "figures.view_light_rules", "figures.draft_light_rules")
    )


def can_draft(actor: Actor, row: LightRuleSet) -> Decision:
    """Drafts are made and changed by the office of the region."""
    return people.can_on_region(actor, "figures.draft_light_rules", row.region)


def can_adopt(actor: Actor, row: LightRuleSet) -> Decision:
    """Rules are put in force by the office's head of the region."""
    return people.can_on_region(actor, "figures.adopt_light_rules", row.region)


def require_project(actor: Actor, right: str, project: Project) -> None:
    """Refuse what the post may not do to a project; one out of reach does not exist."""
    rights.can(actor, right).require()
    if not projects_within(actor, right).filter(pk=project.pk).exists():
        raise Refusal("core.not_found")


def _light_rules_within(actor: Actor) -> QuerySet[LightRuleSet]:
    """Drafts among them: whoever reads a region's rules may know that there is one, not what it says."""
    here = LightRuleSet.objects.filter(people.within(actor, "figures.view_light_rules", unit_field=""))
    return here | visible_light_rules(actor)


reach.declare(LightRuleSet, "figures.view_light_rules", _light_rules_within)
reach.declare(Snapshot, "figures.view", visible_snapshots)
