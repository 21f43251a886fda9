"""Who may report, review and accept progress, and the package's rows of the rights table."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from guatu.core import reach, rights
from guatu.core.actor import Actor
from guatu.core.rights import Decision, declare
from guatu.library.policies import visible_projects
from guatu.people import policies as people
from guatu.people.choices import PostKind
from guatu.people.models import Unit
from guatu.people.queries import posts_in_force
from guatu.reporting.choices import RuleState
from guatu.reporting.models import ReportRule, SentWorkbook, WorkbookReturn

_OFFICE = {"office_head": "region", "office": "region"}

declare(
    "reporting",
    {
        "reporting.view_readings": (
            _("查看进度和投资完成情况"),
            {
                "head": "region",
                "leader": "region",
                "liaison": "own_assignment",
                "reviewer": "own_unit",
                "reporter": "own_unit",
                "street": "own_unit",
                "owner": "own_unit",
                "contractor": "own_unit",
                "task_force": "own_unit",
                "supervision": "region",
                "superior": "region",
                "clock": "installation",
            }
            | _OFFICE,
        ),
        "reporting.claim": (
            _("填报项目进度"),
            {"reporter": "own_unit", "street": "own_unit", "owner": "own_unit", "contractor": "own_unit"} | _OFFICE,
        ),
        "reporting.check": (_("审核填报数"), {"reviewer": "own_unit"} | _OFFICE),
        "reporting.confirm": (_("采用进度数据"), _OFFICE),
        "reporting.import_progress": (_("导入进度表"), _OFFICE),
        "reporting.approve_fall": (_("批准累计完成投资更正减少"), {"head": "region", "office_head": "region"}),
        "reporting.view_rules": (
            _("查看填报要求"),
            {**dict.fromkeys(("head", "supervision", "superior"), "region")}
            | {**dict.fromkeys(("reviewer", "reporter", "street", "owner", "contractor"), "region")}
            | _OFFICE,
        ),
        "reporting.draft_rule": (_("拟订填报要求"), _OFFICE),
        "reporting.adopt_rule": (_("批准执行填报要求"), {"head": "region", "office_head": "region"}),
        "reporting.chase": (_("查看应报未报并催报"), _OFFICE),
        "reporting.phone_in": (_("代录电话报送的进度"), _OFFICE),
        "reporting.view_phoned": (
            _("查看和确认代录的填报"),
            {**dict.fromkeys(("reviewer", "reporter", "street", "owner", "contractor"), "own_unit")} | _OFFICE,
        ),
        "reporting.view_burden": (
            _("查看填报工作量"),
            {"head": "region"}
            | {**dict.fromkeys(("reviewer", "reporter", "street", "owner", "contractor"), "own_unit")}
            | _OFFICE,
        ),
    },
)


def may_skip_check(unit: Unit | None) -> bool:
    """Whether the office is the second person: the project has no unit, or the unit nobody who checks."""
    return unit is None or not posts_in_force().filter(unit=unit, kind=PostKind.REVIEWER).exists()


def visible_rules(actor: Actor) -> QuerySet[ReportRule]:
    """What is asked for in the post's regions and above them; drafts are for who writes and adopts them."""
    if not rights.can(actor, "reporting.view_rules").allowed:
        return ReportRule.objects.none()
    codes = [code for code in actor.region_path.split("/") if code]
    in_force = Q(state=RuleState.IN_FORCE)
    above = Q(region__code__in=codes) & in_force
    seen = people.within(actor, "reporting.view_rules", unit_field="") & in_force
    drafts = people.within(actor, "reporting.draft_rule", unit_field="")
    adopts = people.within(actor, "reporting.adopt_rule", unit_field="")
    return ReportRule.objects.filter(seen | drafts | adopts | above).select_related("region", "campaign")


def can_draft_rule(actor: Actor, row: ReportRule) -> Decision:
    """Drafts are written by the office of the region."""
    return people.can_on_region(actor, "reporting.draft_rule", row.region)


def can_adopt_rule(actor: Actor, row: ReportRule) -> Decision:
    """What is asked of units is decided by the office's head or the leading group's."""
    return people.can_on_region(actor, "reporting.adopt_rule", row.region)


def _rules_within(actor: Actor) -> QuerySet[ReportRule]:
    """Drafts among them: whoever reads a region's rules may know that there is one, not what it says."""
    here = people.within(actor, "reporting.view_rules", unit_field="")
    return ReportRule.objects.filter(here).select_related("region", "campaign") | visible_rules(actor)


def visible_workbooks(actor: Actor, right: str = "reporting.claim") -> QuerySet[SentWorkbook]:
    """The workbooks of units of whose projects the actor may report."""
    units = visible_projects(actor, right).filter(unit__isnull=False).values("unit")
    return SentWorkbook.objects.filter(unit__in=units, paper=False).select_related("unit")


def visible_returns(actor: Actor, right: str = "reporting.claim") -> QuerySet[WorkbookReturn]:
    """The returns of those workbooks."""
    return WorkbookReturn.objects.filter(sent__in=visible_workbooks(actor, right)).select_related(
        "sent__unit", "original"
    )


reach.declare(WorkbookReturn, "reporting.claim", visible_returns)
reach.declare(ReportRule, "reporting.view_rules", _rules_within)
