"""Core's rows of the rights table: settings, jobs, files, the trail and the system pages."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from guatu.core import reach, rights
from guatu.core.actor import Actor
from guatu.core.models import AccessLog, Job, SavedView, TrailEntry
from guatu.core.posts import EVERY_POST
from guatu.core.refusals import Refusal
from guatu.core.regions import paths_above, posts_of, regions_of
from guatu.core.rights import Decision
from guatu.core.settings import Setting
from guatu.core.withheld import withheld

_ADMINS = ("system_admin", "security_admin", "audit_admin")
_EVERYBODY = dict.fromkeys(EVERY_POST, "installation")

ROWS = {
    "core.view_today": (_("查看今日"), _EVERYBODY),
    "core.view_system": (_("查看系统页"), {**dict.fromkeys(_ADMINS, "installation"), "office_head": "region"}),
    "core.view_settings": (_("查看设置"), {**dict.fromkeys(_ADMINS, "installation"), "office_head": "region"}),
    "core.change_setting": (_("修改设置"), {"system_admin": "installation", "office_head": "region"}),
    "core.view_trail": (_("查看操作记录"), {"audit_admin": "installation", "office_head": "region"}),
    "core.view_access": (_("查看访问日志"), {"audit_admin": "installation"}),
    "core.verify_trail": (_("校验操作记录"), {"audit_admin": "installation", "clock": "installation"}),
    "core.view_jobs": (_("查看全部后台任务"), dict.fromkeys(_ADMINS, "installation")),
    "core.start_job": (_("启动后台任务"), {**_EVERYBODY, "clock": "installation"}),
    "core.cancel_job": (_("取消后台任务"), {**_EVERYBODY, "clock": "installation"}),
    "core.finish_job": (_("登记后台任务的结果"), {"clock": "installation"}),
    "core.save_view": (_("存为视图"), _EVERYBODY),
    "core.rename_view": (_("给视图改名"), _EVERYBODY),
    "core.change_view": (_("更新视图"), _EVERYBODY),
    "core.delete_view": (_("删除视图"), _EVERYBODY),
    "core.share_view": (_("共享视图"), {"office_head": "region", "office": "region"}),
    "core.undo": (_("撤销自己刚办的事"), _EVERYBODY),
    # only as part of another action, which carries the right
    "core.add_attachment": (_("存入附件"), {}),
}
rights.declare("core", ROWS)


def visible_entries(actor: Actor) -> QuerySet[TrailEntry]:
    """Trail entries that the actor may read: all, or those of the posts in the region; later what is withheld yet."""
    scopes = rights.scopes_of(actor, "core.view_trail")
    if not scopes:
        return TrailEntry.objects.none()
    rows = TrailEntry.objects.all()
    if "installation" not in scopes:
        rows = rows.filter(post_id__in=posts_of(actor))
    kept = withheld(actor)
    return rows.exclude(pk__in=kept) if kept else rows


def visible_access(actor: Actor) -> QuerySet[AccessLog]:
    """Rows of the access log that the actor may read."""
    allowed = rights.can(actor, "core.view_access").allowed
    return AccessLog.objects.all() if allowed else AccessLog.objects.none()


def visible_jobs(actor: Actor) -> QuerySet[Job]:
    """Jobs that the actor started (as a person), or all for the administrators."""
    if rights.can(actor, "core.view_jobs").allowed:
        return Job.objects.all()
    return Job.objects.none() if actor.user_id is None else Job.objects.filter(started_by=actor.user_id)


def can_change_setting(actor: Actor, wanted: Setting, region_id: int) -> Decision:
    """The installation's value: whoever may for the installation; a region's: also the office's head there."""
    scopes = rights.scopes_of(actor, "core.change_setting")
    if region_id and not wanted.per_region:
        return Decision(False, str(_("这项设置全系统统一，不能按区划设置")))
    if "installation" in scopes:
        return Decision(True)
    if "region" in scopes and region_id and region_id in {region.id for region in regions_of(actor)}:
        return Decision(True)
    return Decision(False, str(_("修改设置“%(name)s”") % {"name": wanted.words}))


def can_see_job(actor: Actor, job: Job) -> bool:
    """Whether the job is the actor's own, or the actor an administrator."""
    mine = actor.user_id is not None and job.started_by_id == actor.user_id
    return mine or rights.can(actor, "core.view_jobs").allowed


def require_job(actor: Actor, job: Job) -> None:
    """Refuse, as if there were none, a job that is not the actor's."""
    if not can_see_job(actor, job):
        raise Refusal("core.job_gone")


def visible_views(actor: Actor) -> QuerySet[SavedView]:
    """Saved views of the actor's post, and those shared in the actor's region or above it."""
    seen = Q(shared=True, region_path__in=paths_above(actor.region_path))
    if actor.post_id is not None:
        seen |= Q(post_id=actor.post_id)
    return SavedView.objects.filter(seen, withdrawn=False)


def is_own_view(actor: Actor, view: SavedView) -> bool:
    """Whether a view is the actor's post's own."""
    return actor.post_id is not None and view.post_id == actor.post_id


def can_change_view(actor: Actor, view: SavedView, right: str) -> Decision:
    """A view is renamed, changed and deleted by its own post; what an office shared, by whoever may share there."""
    decision = rights.can(actor, right)
    if not decision.allowed or is_own_view(actor, view):
        return decision
    shares = view.shared and rights.can(actor, "core.share_view").allowed and view.region_path == actor.region_path
    return decision if shares else Decision(False, str(_("更改别人的视图“%(name)s”") % {"name": view.name}))


reach.declare(Job, "core.view_jobs", visible_jobs)
reach.declare(SavedView, "core.save_view", visible_views)
