"""Who may see and do what with projects and lists, and the package's rows of the rights table."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from guatu.core import clock, reach, rights
from guatu.core.actor import Actor
from guatu.core.audience import sees
from guatu.core.prepared import prepared
from guatu.core.refusals import Refusal
from guatu.core.rights import Decision, declare
from guatu.core.second_person import is_same_person
from guatu.library.choices import Role, Secrecy
from guatu.library.models import AnnualList, Assignment, ClosedPeriod, ImportDraft, ListEntry, Project
from guatu.library.queries.listed import holding
from guatu.people.models import Post, Region
from guatu.people.policies import within

REGIONS = 200  # named one by one in a query; a district has some twenty streets

_READS = {
    "head": "region",
    "leader": "region",
    "liaison": "own_assignment",
    "office_head": "region",
    "office": "region",
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
_OFFICE = {"office_head": "region", "office": "region"}
_HEAD_OF_OFFICE = {"office_head": "region"}

declare(
    "library",
    {
        "library.view": (_("查看项目和名单"), _READS),
        "library.view_mine": (
            _("今日页中本岗位负责的项目"),
            _READS | {"leader": "own_assignment", "liaison": "own_assignment"},
        ),
        "library.view_claimed": (  # the office and the unit itself; leaders may, and are shown confirmed figures first
            _("查看未采用的填报数"),
            {
                **dict.fromkeys(("head", "leader", "liaison", "office_head", "office"), "region"),
                **dict.fromkeys(("reviewer", "reporter", "street"), "own_unit"),
                "owner": "own_assignment own_unit",
                "contractor": "own_assignment own_unit",
                "clock": "installation",
            },
        ),
        "library.view_sensitive": (
            _("检索和导出敏感项目"),
            {
                "head": "region",
                "leader": "own_assignment",
                "liaison": "own_assignment",
                "office_head": "region",
                "office": "region",
                "reviewer": "own_unit",
                "reporter": "own_unit",
                "task_force": "own_unit",
                "clock": "installation",
            },
        ),
        "library.view_history": (
            _("查看项目操作记录"),
            {"head": "region", "leader": "own_assignment", "liaison": "own_assignment", "reviewer": "own_unit"}
            | {"supervision": "region"}
            | _OFFICE,
        ),
        "library.view_contact": (
            _("查看项目联系人"),
            {"leader": "own_assignment", "liaison": "own_assignment", "reviewer": "own_unit", "reporter": "own_unit"}
            | _OFFICE,
        ),
        "library.export_file": (
            _("下载项目档案"),
            {"leader": "own_assignment", "liaison": "own_assignment", "reviewer": "own_unit"} | _OFFICE,
        ),
        "library.export_list": (
            _("导出名单工作簿"),
            {
                "head": "region",
                "leader": "own_assignment",
                "liaison": "own_assignment",
                "reviewer": "own_unit",
                "reporter": "own_unit",
                "street": "own_unit",
                "task_force": "own_unit",
                "supervision": "region",
                "superior": "region",
            }
            | _OFFICE,
        ),
        "library.register_project": (_("登记项目"), _OFFICE),
        "library.register_many": (_("成批登记项目"), _OFFICE),
        "library.change_project": (_("修改项目信息"), _OFFICE | {"reviewer": "own_unit"}),
        "library.set_profile": (_("修改项目计入统计的属性"), _OFFICE),
        "library.change_stage": (_("变更项目阶段"), _OFFICE),
        "library.record_stages": (_("成批登记项目阶段"), _OFFICE),
        "library.pass_gate": (_("批准不满足条件的项目进入下一阶段"), {"head": "region", "office_head": "region"}),
        "library.assign": (_("落实责任单位和责任人"), _OFFICE),
        "library.move_assignments": (_("按文件批量调整责任分工"), _OFFICE),
        "library.make_list": (_("建立年度名单"), _OFFICE),
        "library.change_list": (_("修改名单设置"), _OFFICE),
        "library.put_entries": (_("将项目列入名单"), _OFFICE),
        "library.amend_list": (_("调整名单（调入、调出、变更）"), _HEAD_OF_OFFICE),
        "library.issue_list": (_("印发名单"), _HEAD_OF_OFFICE),
        "library.carry_over": (_("办理年度结转"), _HEAD_OF_OFFICE),
        "library.close_period": (_("锁定数据"), _HEAD_OF_OFFICE),
        "library.ask_reopening": (_("申请解锁数据"), _OFFICE),
        "library.reopen_period": (_("批准解锁数据"), {"head": "region", "office_head": "region"}),
        "library.exit_project": (_("办理项目库退库"), _OFFICE),
        "library.approve_exit": (_("批准项目库退库"), {"head": "region", "office_head": "region"}),
        "library.declare_gate": (_("设定阶段条件"), _HEAD_OF_OFFICE),
        "library.check_caches": (_("重新计算项目缓存"), {"office_head": "region", "clock": "installation"}),
        "library.set_class": (_("维护项目分类和板块"), _OFFICE),
        "library.import_plan": (_("导入年度计划表"), _OFFICE),
        "library.draft_import": (_("整理待导入的文件"), _OFFICE),
    },
)


# -- projects ---------------------------------------------------------------------------------------------------------
def _held_by(condition: Q) -> Q:
    """Projects with an assignment that holds today and meets the condition: the last standing row of its role and slot.

    From the few assignments of one's own to their projects, not from all projects to their assignments.
    """
    held = holding(Assignment.objects.all(), clock.today(), "project", "role", "slot")
    return Q(pk__in=held.filter(condition).values("project"))


def visible_projects(actor: Actor, right: str = "library.view") -> QuerySet[Project]:
    """The projects within which the actor holds `right`; what an undone import had made is in no list, page, search."""
    return projects_within(actor, right).filter(withdrawn=False)


def projects_within(actor: Actor, right: str) -> QuerySet[Project]:
    """The same with what an undone import had made, for figures as they were known before the undo: installation,
    region subtree, own unit, own assignment.
    """
    scopes = rights.scopes_of(actor, right)  # conditions cost more to build than a page's rows to read
    mine = (("own_unit", "unit_id", actor.unit_id), ("own_assignment", "post_id", actor.acts_as))
    finer = {
        scope: Q(pk__in=[]) if key is None else _held_by(Q(**{column: key}))
        for scope, column, key in mine
        if scope in scopes
    }
    reach = within(actor, right, "region__path", "", **finer)
    return Project.objects.filter(reach)


def findable_projects(actor: Actor) -> QuerySet[Project]:
    """What search and exports may show: sensitive projects only to those who answer for them (8-practice: secrecy)."""
    seen = visible_projects(actor).filter(_in_named_regions(actor))
    theirs = visible_projects(actor, "library.view_sensitive").values("pk")
    return seen.filter(~Q(secrecy=Secrecy.SENSITIVE) | Q(pk__in=theirs))


def _in_named_regions(actor: Actor) -> Q:
    """The regions of whoever sees by region alone, by their ids: without them SQLite goes through all projects in the
    order of the sort key, instead of through the region's.
    """
    if set(rights.scopes_of(actor, "library.view")) != {"region"}:
        return Q()
    ids = list(Region.objects.filter(path__startswith=actor.region_path).values_list("pk", flat=True)[: REGIONS + 1])
    return Q(region_id__in=ids) if len(ids) <= REGIONS else Q()


def can_do(actor: Actor, right: str, project: Project) -> Decision:
    """Whether the actor holds `right` over this project."""
    allowed = rights.can(actor, right)
    if not allowed.allowed:
        return allowed
    if _reaches_all(actor, right, [project.region]):
        return Decision(True)
    inside = visible_projects(actor, right).filter(pk=project.pk).exists()
    return Decision(True) if inside else Decision(False, str(_("这个项目不在您的职责范围内")))


def can_see_contact(actor: Actor, project: Project) -> Decision:
    """Whether the contact's name and telephone may be shown."""
    return can_do(actor, "library.view_contact", project)


def sees_holder(actor: Actor, row: Assignment) -> bool:
    """Whether the post may read who holds a role of a project.

    A leader's name stands beside a project, which may lag, for that leader and the liaison, the leading group's head
    and the office alone (8-practice, Whose eyes); everybody else reads the unit, and that a leader is named.
    """
    if row.post_id is None or row.role not in (Role.LEAD, Role.SECTOR_LEAD):
        return True
    return sees(actor, "leader_names", about_post=row.post_id)


def _reaches_all(actor: Actor, right: str, regions: Iterable[Region]) -> bool:
    scopes = rights.scopes_of(actor, right)
    if "installation" in scopes:
        return True
    return "region" in scopes and all(region.path.startswith(actor.region_path) for region in regions)


def require_projects(actor: Actor, right: str, projects: Iterable[Project]) -> None:
    """Refuse as not found when one of the projects is out of the actor's scope for `right`."""
    listed = list(projects)
    if _reaches_all(actor, right, {project.region_id: project.region for project in listed}.values()):
        return
    wanted = {project.pk for project in listed}
    for start in range(0, len(listed), 400):
        part = [project.pk for project in listed[start : start + 400]]
        wanted -= {key for (key,) in _reached(actor=actor, right=right, ids=part)}
    if wanted:
        raise Refusal("core.not_found")


@prepared
def _reached(actor: Actor, right: str, ids: Sequence[int]) -> QuerySet[Project, tuple[int]]:
    return visible_projects(actor, right).filter(pk__in=ids).values_list("pk")


def require_region(actor: Actor, right: str, region: Region) -> None:
    """Refuse when a new project or list would lie outside the actor's region."""
    if not _reaches_all(actor, right, [region]):
        raise Refusal("library.region_out_of_reach", region=region.name)


# -- lists ------------------------------------------------------------------------------------------------------------
def visible_lists(actor: Actor, right: str = "library.view") -> QuerySet[AnnualList]:
    """The lists of the actor's region subtree, or those that hold a project within the actor's scope."""
    scopes = rights.scopes_of(actor, right)
    if "installation" in scopes:
        return AnnualList.objects.filter(withdrawn=False)
    if "region" in scopes:
        return AnnualList.objects.filter(region__path__startswith=actor.region_path, withdrawn=False)
    if not scopes:
        return AnnualList.objects.none()
    mine = visible_projects(actor, right).values("pk")
    held = ListEntry.objects.filter(superseded_at__isnull=True, listed=True, project__in=mine)
    return AnnualList.objects.filter(pk__in=held.values("annual_list_id"), withdrawn=False)


def visible_closings(actor: Actor, right: str = "library.view") -> QuerySet[ClosedPeriod]:
    """The closings of the lists within which the actor holds `right`."""
    return ClosedPeriod.objects.filter(annual_list__in=visible_lists(actor, right))


def can_do_list(actor: Actor, right: str, annual_list: AnnualList) -> Decision:
    """Whether the actor holds `right` over this list."""
    allowed = rights.can(actor, right)
    if not allowed.allowed or _reaches_all(actor, right, [annual_list.region]):
        return allowed
    return Decision(False, str(_("这份名单不在您的职责范围内")))


def can_export(actor: Actor, annual_list: AnnualList) -> bool:
    """Whether the actor may take this list, or its own projects in it, out as a file."""
    return visible_lists(actor, "library.export_list").filter(pk=annual_list.pk).exists()


def require_list(actor: Actor, right: str, annual_list: AnnualList) -> None:
    """Refuse as not found when the list is out of the actor's scope for `right`."""
    if not _reaches_all(actor, right, [annual_list.region]):
        raise Refusal("core.not_found")


def visible_drafts(actor: Actor) -> QuerySet[ImportDraft]:
    """The imports under way that the actor may go on with: the own ones, and the office's of its region."""
    own = Q(made_by_id=actor.user_id) if actor.user_id is not None else Q(pk__in=[])
    reach = within(actor, "library.draft_import", unit_field="")
    return ImportDraft.objects.filter(reach | own) if reach else ImportDraft.objects.all()  # an empty reach is all


# -- secrecy ----------------------------------------------------------------------------------------------------------
SECRET_MARKERS = frozenset({"涉密", "秘密", "机密", "绝密", "涉密项目", "secret"})
_MARKED = re.compile(r"[(\[【〔]\s*(?:涉密|秘密|机密|绝密)[^)\]】〕]{0,8}[)\]】〕]|(?:秘密|机密|绝密)\s*[★☆]|涉密项目")


def is_secret(*, text: str = "", marker: str = "") -> bool:
    """Whether a text carries a secrecy mark (（涉密）, 机密★10年), or a 密级 field names one."""
    plain_marker = unicodedata.normalize("NFKC", marker).strip().rstrip("★☆ ").lower() if marker else ""
    if plain_marker in SECRET_MARKERS or any(
        plain_marker.startswith(word) for word in ("涉密", "机密", "绝密", "秘密")
    ):
        return True
    # Every mark has a 密 in it, which no other sign becomes by NFKC: most texts are done with here.
    return "密" in text and _MARKED.search(unicodedata.normalize("NFKC", text)) is not None


def may_be_secret(texts: Iterable[str], markers: Iterable[str]) -> bool:
    """Whether `is_secret` can be true of one of the texts or markers: a quick look at all cells of a row together."""
    joined = "\n".join(markers)
    return "密" in joined or "secret" in unicodedata.normalize("NFKC", joined).lower() or "密" in "\n".join(texts)


def refuse_secret(*, text: str = "", marker: str = "", where: str = "") -> None:
    """Refuse classified content at every entrance (form, import, API): the product runs on an unclassified network."""
    if is_secret(text=text, marker=marker):
        raise Refusal("library.secret", where=where or str(_("所填内容")))


# -- the second person ------------------------------------------------------------------------------------------------
def require_approver(actor: Actor, approver: Post, right: str, project: Project) -> str:
    """The approver's label; refused unless another person holds a post that may approve this for the project.

    Two posts of one person are never two persons (5-architecture.md, Writing). A post whose holder does not sign in
    approves on paper; who entered it stands in the trail.
    """
    same_person = is_same_person(actor, approver.user_id)
    if same_person or approver.pk in (actor.post_id, actor.for_post_id):
        raise Refusal("core.two_persons", what=_words(right))
    person = Actor(
        post_kind=approver.kind,
        way=actor.way,
        user_id=approver.user_id,
        post_id=approver.pk,
        unit_id=approver.unit_id,
        region_path=approver.region.path,
    )
    if not can_do(person, right, project).allowed:
        raise Refusal("library.approver_not_allowed", approver=str(approver), what=_words(right))
    return f"{approver.title} {approver.holder}".strip()


def _words(right: str) -> str:
    return next(str(row.words) for row in rights.table() if row.action == right)


# -- reach ------------------------------------------------------------------------------------------------------------
reach.declare(Project, "library.view", visible_projects)
reach.declare(AnnualList, "library.view", visible_lists)
reach.declare(ClosedPeriod, "library.view", visible_closings)
reach.declare(ImportDraft, "library.draft_import", visible_drafts)
