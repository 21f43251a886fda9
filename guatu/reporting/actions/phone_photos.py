"""A photo from a phone becomes evidence of its project."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from guatu.core.actions import add_attachment
from guatu.core.actor import Actor
from guatu.core.attachments import KeptFile
from guatu.core.writing import action, current
from guatu.library.models import Project
from guatu.library.policies import require_projects
from guatu.reporting.models import Evidence, Report


@action("reporting.keep_phone_photo", _("手机上传“{name}”照片"), right="reporting.claim")
def keep_phone_photo(
    *, actor: Actor, project: Project, report: Report | None, file: KeptFile, on: date, caption: str, client_id: UUID
) -> Evidence:
    """Keep a photo under the id that the phone gave it; `on` is the day of which the phone says it speaks."""
    require_projects(actor, "reporting.claim", [project])
    act = current()
    act.about(project, name=project.name)
    kept = add_attachment(actor=actor, file=file, about_kind="library.project", about_id=str(project.public_id))
    return act.add(
        Evidence(project=project, report=report, original=kept, caption=caption[:160], on=on, client_id=client_id)
    )
