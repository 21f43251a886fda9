"""Who may report, review and accept progress, and the package's rows of the rights table."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from guatu.core import reach, rights
from guatu.core.actor import Actor
from guatu.core.audience import sees
from guatu.core.regions import paths_above
from guatu.core.rights import Decision, declare
from guatu.library.choices import Secrecy
from guatu.library.models import Project
from guatu.library.policies import visible_lists, visible_projects
from guatu.people import policies as people
from guatu.people.choices import PostKind
from guatu.people.models import Post, Region, Unit
from guatu.people.queries import posts_in_force
from guatu.reporting.models import (
    Campaign,
    Evidence,
    EvidenceFinding,
    EvidenceRule,
    LayoutReturn,
    Report,
    ReportRule,
    SentWorkbook,
    SheetLayout,
    WorkbookReturn,
)

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
        "reporting.see_findings": (
            _("核实照片和材料的疑点"),
            {"reviewer": "own_unit", "office_head": "region"},
        ),
        "reporting.set_evidence_rules": (_("规定哪些节点和数据要佐证材料"), _OFFICE),
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


def approvers_of_fall(region: Region) -> QuerySet[Post]:
    """The posts that may approve a cumulative amount that falls, of a region and of those above it."""
    posts = posts_in_force().filter(kind__in=(PostKind.HEAD, PostKind.OFFICE_HEAD), region__path__in=region.lineage)
    return posts.order_by("order", "pk")


def checks_for(actor: Actor, unit_id: int | None) -> bool:
    """Whether a post checks what a unit hands in: its own unit's, also where others have a part in the project; with a
    scope wider than a unit, any unit's.
    """
    wider = set(rights.scopes_of(actor, "reporting.check")) - {"own_unit"}
    return bool(wider) or (unit_id is not None and unit_id == actor.unit_id)


def visible_reports(actor: Actor, right: str = "reporting.view_readings") -> QuerySet[Report]:
    """The reports within reach; one that was never handed in is its writers' alone."""
    mine = visible_projects(actor, "reporting.claim").values("pk")
    rows = Report.objects.filter(project__in=visible_projects(actor, right).values("pk"))
    return rows.filter(Q(edition__gt=0) | Q(project__in=mine)).select_related("project__region", "unit")


def visible_rules(actor: Actor) -> QuerySet[ReportRule]:
    """What is asked for in the post's regions and above them; drafts are for who writes and adopts them."""
    read = people.within_editions(actor, "reporting.view_rules", "reporting.draft_rule", "reporting.adopt_rule")
    rows = ReportRule.objects.filter(read, Q(campaign=None) | Q(campaign__withdrawn=False))
    return rows.select_related("region", "campaign")


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
    return _sheets(actor, right, paper=False).select_related("unit")


def _sheets(actor: Actor, right: str, *, paper: bool) -> QuerySet[SentWorkbook]:
    """The sheets of one's own unit, or of all units of one's region; of another unit's those alone that hold no project
    out of reach: a firm or street has a part in some of a unit's projects.
    """
    projects, scopes = visible_projects(actor, right), rights.scopes_of(actor, right)
    rows = SentWorkbook.objects.filter(unit__in=projects.filter(unit__isnull=False).values("unit"), paper=paper)
    if "installation" in scopes:
        return rows
    theirs = Q(unit__region__path__startswith=actor.region_path) if "region" in scopes and actor.region_path else Q()
    if "own_unit" in scopes and actor.unit_id is not None:
        theirs |= Q(unit=actor.unit_id)
    others = rows.exclude(theirs) if theirs else rows
    return rows.filter(theirs | Q(pk__in=_within_reach(others, projects)))


def _within_reach(rows: QuerySet[SentWorkbook], projects: QuerySet[Project]) -> list[int]:
    """The sheets of which every project is one of these."""
    held = list(rows.values_list("pk", "content__projects", "content__rows"))
    seen = {str(key) for key in projects.values_list("public_id", flat=True)} if held else set()
    return [
        pk
        for pk, sent, printed in held
        if seen.issuperset(sent.values() if sent is not None else [one["project"] for one in printed or ()])
    ]


def visible_returns(actor: Actor, right: str = "reporting.claim") -> QuerySet[WorkbookReturn]:
    """The returns of those workbooks."""
    return WorkbookReturn.objects.filter(sent__in=visible_workbooks(actor, right)).select_related(
        "sent__unit", "original"
    )


def evidence_projects(actor: Actor) -> QuerySet[Project]:
    """The projects whose photos and papers the actor may see: of 敏感 ones only whoever answers for or reports them."""
    seen = visible_projects(actor, "reporting.view_readings")
    theirs = visible_projects(actor, "library.view_sensitive").values("pk")
    reported = visible_projects(actor, "reporting.claim").values("pk")
    return seen.filter(~Q(secrecy=Secrecy.SENSITIVE) | Q(pk__in=theirs) | Q(pk__in=reported))


def visible_evidence(actor: Actor) -> QuerySet[Evidence]:
    """Evidence of those projects, withdrawn pieces too (they say so)."""
    rows = Evidence.objects.filter(project__in=evidence_projects(actor))
    return rows.select_related("project__region", "original", "thumbnail", "node", "report")


def visible_findings(actor: Actor) -> QuerySet[EvidenceFinding]:
    """Findings of the projects for which the actor is the reviewer or the office's head (8-practice: Whose eyes)."""
    if not sees(actor, "findings"):
        return EvidenceFinding.objects.none()
    rows = EvidenceFinding.objects.filter(evidence__project__in=visible_projects(actor, "reporting.see_findings"))
    if not {"region", "installation"} & set(rights.scopes_of(actor, "reporting.see_findings")):
        # a part in a project makes nobody its reviewer
        rows = rows.filter(evidence__project__unit=actor.unit_id)
    return rows.select_related("evidence__project", "evidence__original", "against__project", "against__original")


def visible_evidence_rules(actor: Actor) -> QuerySet[EvidenceRule]:
    """The rules of the actor's region and those above it."""
    return EvidenceRule.objects.filter(people.within(actor, "reporting.set_evidence_rules", "region__path", ""))


def visible_layouts(actor: Actor) -> QuerySet[SheetLayout]:
    """The layouts of other systems' sheets of the actor's region, of the regions above it and of those under it."""
    rows = SheetLayout.objects.select_related("region")
    return rows.filter(people.around(actor)) if actor.region_path else rows


def keeps_layout(actor: Actor, row: SheetLayout) -> bool:
    """Whether the actor may change or stop a layout: the office does, of a region of its own."""
    return rights.can(actor, "reporting.confirm").allowed and row.region.path.startswith(actor.region_path)


def visible_layout_returns(actor: Actor) -> QuerySet[LayoutReturn]:
    """Other systems' exports that were read back, of the lists for which the actor confirms figures."""
    lists = visible_lists(actor, "reporting.confirm")
    return LayoutReturn.objects.filter(annual_list__in=lists).select_related(
        "layout__region", "annual_list__region", "original"
    )


reach.declare(SheetLayout, "library.export_list", visible_layouts)
reach.declare(LayoutReturn, "reporting.confirm", visible_layout_returns)
reach.declare(Report, "reporting.view_readings", visible_reports)
reach.declare(WorkbookReturn, "reporting.claim", visible_returns)
reach.declare(ReportRule, "reporting.view_rules", _rules_within)


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
    seen = Q(region__path__in=paths_above(actor.region_path))
    if "region" in scopes:
        seen |= Q(region__path__startswith=actor.region_path)
    return rows.filter(seen)


def visible_sheets(actor: Actor, right: str = "reporting.stamp") -> QuerySet[SentWorkbook]:
    """The printed sheets of units for whose projects the actor may print and hand them in."""
    return _sheets(actor, right, paper=True).select_related("unit__region")


reach.declare(Campaign, "reporting.view_readings", visible_watches)
reach.declare(SentWorkbook, "reporting.stamp", visible_sheets)
reach.declare(Evidence, "reporting.view_readings", visible_evidence)
reach.declare(EvidenceFinding, "reporting.see_findings", visible_findings)
reach.declare(EvidenceRule, "reporting.set_evidence_rules", visible_evidence_rules)
