"""Who may report, review and accept progress, and the package's rows of the rights table."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from guatu.core import reach, rights
from guatu.core.actor import Actor
from guatu.core.rights import declare
from guatu.library.policies import visible_projects
from guatu.people.choices import PostKind
from guatu.people.models import Unit
from guatu.people.queries import posts_in_force
from guatu.reporting.models import Campaign, SentWorkbook, WorkbookReturn

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
        "reporting.stamp": (
            _("打印盖章表、上传扫描件"),
            {**dict.fromkeys(("reviewer", "reporter", "street", "owner", "contractor"), "own_unit")} | _OFFICE,
        ),
        "reporting.order_watch": (_("部署专项日调度"), _OFFICE),
        "reporting.approve_fall": (_("批准累计完成投资更正减少"), {"head": "region", "office_head": "region"}),
    },
)


def may_skip_check(unit: Unit | None) -> bool:
    """Whether the office is the second person: the project has no unit, or the unit nobody who checks."""
    return unit is None or not posts_in_force().filter(unit=unit, kind=PostKind.REVIEWER).exists()


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


def visible_watches(actor: Actor, right: str = "reporting.view_readings") -> QuerySet[Campaign]:
    """The watches of the actor's region and of those above it, which ask its projects; within a region scope also those
    below.
    """
    rows = Campaign.objects.filter(withdrawn=False).select_related("region", "annual_list")
    scopes = rights.scopes_of(actor, right)
    if "installation" in scopes:
        return rows
    if not scopes or not actor.region_path:
        return rows.none()
    seen = Q(region__code__in=[code for code in actor.region_path.split("/") if code])
    if "region" in scopes:
        seen |= Q(region__path__startswith=actor.region_path)
    return rows.filter(seen)


def visible_sheets(actor: Actor, right: str = "reporting.stamp") -> QuerySet[SentWorkbook]:
    """The printed sheets of units for whose projects the actor may print and hand them in."""
    units = visible_projects(actor, right).filter(unit__isnull=False).values("unit")
    return SentWorkbook.objects.filter(unit__in=units, paper=True).select_related("unit__region")


reach.declare(Campaign, "reporting.view_readings", visible_watches)
reach.declare(SentWorkbook, "reporting.stamp", visible_sheets)
