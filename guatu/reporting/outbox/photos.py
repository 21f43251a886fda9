"""Where a phone's photo goes: the one function through which it becomes evidence."""

from datetime import date
from uuid import UUID

from guatu.core.actor import Actor
from guatu.core.attachments import KeptFile
from guatu.library.models import Project
from guatu.reporting.actions import Told, hand_in_evidence, take
from guatu.reporting.models import Report


def keep_photo(
    actor: Actor, project: Project, report: Report | None, file: KeptFile, on: date, caption: str, client_id: UUID
) -> str:
    """Keep a whole photo as evidence, with its thumbnail and its prints; its public id."""
    told = Told(caption=caption[:160], on=on, report=report, client_id=client_id)
    return str(hand_in_evidence(actor=actor, project=project, taken=take(file), told=told).public_id)
