"""Routes of core."""

from typing import Any
from uuid import UUID

from guatu.core import clock
from guatu.core.models import Job, SavedView
from tests.access.routes import Route
from tests.support.cast import Cast

SETTING = "people.protection_level"


def _job(cast: Cast, who: str) -> dict[str, UUID]:
    row = Job.objects.create(kind="core.verify_trail", words="x", started_by=cast.user(who), created_at=clock.now())
    return {"public_id": row.public_id}


def _setting(cast: Cast) -> dict[str, Any]:
    return {"name": SETTING}


def _view(cast: Cast, who: str, **values: Any) -> dict[str, UUID]:
    post = cast.post(who)
    path = post.region.path
    row = SavedView.objects.create(
        table="core.jobs", name=who, post_id=post.pk, region_path=path, made_at=clock.now(), **values
    )
    return {"public_id": row.public_id}


OWN_VIEW = {"inside": lambda cast: _view(cast, "reporter"), "outside": lambda cast: _view(cast, "reviewer")}
OFFICE_VIEW = {
    "inside": lambda cast: _view(cast, "office", shared=True),
    "outside": lambda cast: _view(cast, "outsider", shared=True),
}
OWN_JOB = {"inside": lambda cast: _job(cast, "reporter"), "outside": lambda cast: _job(cast, "reviewer")}
ROUTES = {
    "core:favicon": Route("guest"),
    "core:healthz": Route("guest"),
    "core:echo": Route("reporter", inside=lambda cast: {"kind": "amount"}),
    "core:undo": Route("reporter", inside=lambda cast: {"entry_id": UUID(int=0)}, status=(404,)),
    "core:today": Route("reporter"),
    "core:today_guide": Route("reporter", method="post"),
    "core:system": Route("audit_admin", "reporter"),
    "core:registries": Route("audit_admin", "reporter"),
    "core:components": Route("system_admin", "reporter"),
    "core:trail": Route("audit_admin", "system_admin"),
    "core:verify_trail": Route("audit_admin", "system_admin", method="post"),
    "core:access": Route("audit_admin", "system_admin"),
    "core:settings": Route("system_admin", "reporter"),
    "core:setting": Route("system_admin", "reporter", inside=_setting),
    "core:setting_echo": Route("system_admin", "reporter", inside=_setting),
    "core:change_setting": Route("system_admin", "reporter", inside=_setting, method="post", status=(200, 302, 422)),
    "core:jobs": Route("reporter"),
    "core:job": Route("reporter", **OWN_JOB),
    "core:job_progress": Route("reporter", **OWN_JOB),
    "core:cancel_job": Route("reporter", method="post", **OWN_JOB),
    "core:save_view": Route(
        "reporter", method="post", data=lambda cast: {"table": "core.jobs", "name": "我的", "back": "/system/jobs/"}
    ),
    "core:rename_view": Route("reporter", method="post", data=lambda cast: {"name": "新名"}, **OWN_VIEW),
    "core:change_view": Route("reporter", method="post", **OWN_VIEW),
    "core:delete_view": Route("reporter", method="post", **OWN_VIEW),
    "core:share_view": Route("office", "reporter", method="post", data=lambda cast: {"shared": "1"}, **OFFICE_VIEW),
    "core:attachment": Route("reporter", inside=lambda cast: {"public_id": UUID(int=0)}, status=(404,)),
}
