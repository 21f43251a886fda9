"""Who may report, review and accept progress, and the package's rows of the rights table."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from guatu.core import reach
from guatu.core.actor import Actor
from guatu.core.rights import can, declare
from guatu.library.policies import visible_lists, visible_projects
from guatu.people.choices import PostKind
from guatu.people.models import Region, Unit
from guatu.people.queries import posts_in_force
from guatu.reporting.models import LayoutReturn, SentWorkbook, SheetLayout, WorkbookReturn

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


def visible_layouts(actor: Actor) -> QuerySet[SheetLayout]:
    """The layouts of other systems' sheets of the actor's region, of the regions above it and of those under it."""
    rows = SheetLayout.objects.select_related("region")
    if not actor.region_path:
        return rows
    codes = actor.region_path.strip("/").split("/")
    return rows.filter(Q(region__code__in=codes) | Q(region__path__startswith=actor.region_path))


def keeps_layout(actor: Actor, row: SheetLayout) -> bool:
    """Whether the actor may change or stop a layout: the office does, of a region of its own."""
    return can(actor, "reporting.confirm").allowed and row.region.path.startswith(actor.region_path)


def region_of_layouts(actor: Actor) -> Region | None:
    """The region whose layouts the actor keeps."""
    code = actor.region_path.strip("/").rpartition("/")[2]
    return Region.objects.filter(code=code).first()


def visible_layout_returns(actor: Actor) -> QuerySet[LayoutReturn]:
    """Other systems' exports that were read back, of the lists for which the actor confirms figures."""
    lists = visible_lists(actor, "reporting.confirm")
    return LayoutReturn.objects.filter(annual_list__in=lists).select_related(
        "layout__region", "annual_list__region", "original"
    )


reach.declare(SheetLayout, "library.export_list", visible_layouts)
reach.declare(LayoutReturn, "reporting.confirm", visible_layout_returns)
reach.declare(WorkbookReturn, "reporting.claim", visible_returns)
