"""Routes of core."""

from typing import Any
from uuid import UUID

from guatu.core import clock
from guatu.core.models import Job
from tests.access.routes import Route
from tests.support.cast import Cast

SETTING = "people.protection_level"


def _job(cast: Cast, who: str) -> dict[str, UUID]:
    row = Job.objects.create(kind="core.verify_trail", words="x", started_by=cast.user(who), created_at=clock.now())
    return {"public_id": row.public_id}


def _setting(cast: Cast) -> dict[str, Any]:
    return {"name": SETTING}


OWN_JOB = {"inside": lambda cast: _job(cast, "reporter"), "outside": lambda cast: _job(cast, "reviewer")}
ROUTES = {
    "core:healthz": Route("guest"),
    "core:echo": Route("reporter", inside=lambda cast: {"kind": "amount"}),
    "core:undo": Route("reporter", inside=lambda cast: {"entry_id": UUID(int=0)}, status=(404,)),
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
    "core:attachment": Route("reporter", inside=lambda cast: {"public_id": UUID(int=0)}, status=(404,)),
}
