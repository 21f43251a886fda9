"""Where a phone's photo goes: the one function through which it becomes evidence."""

from datetime import date
from uuid import UUID

from guatu.core.actor import Actor
from guatu.core.attachments import KeptFile
from guatu.library.models import Project
from guatu.reporting.actions.phone_photos import keep_phone_photo
from guatu.reporting.models import Report


def keep_photo(
    actor: Actor, project: Project, report: Report | None, file: KeptFile, on: date, caption: str, client_id: UUID
) -> str:
    """Keep a whole photo as evidence; its public id."""
    row = keep_phone_photo(
        actor=actor, project=project, report=report, file=file, on=on, caption=caption, client_id=client_id
    )
    return str(row.public_id)
