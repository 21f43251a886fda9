"""Where a phone's photo goes: the one function by which it becomes evidence, or completes a copy sent before it."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from guatu.core.actor import Actor
from guatu.core.attachments import KeptFile
from guatu.library.models import Project
from guatu.reporting.actions import Told, complete_evidence, hand_in_evidence, take
from guatu.reporting.evidence.originals import completes
from guatu.reporting.models import Evidence, Report
from guatu.reporting.outbox.receipts import answer_of


@dataclass(frozen=True, slots=True)
class PhotoSaid:
    """What a phone says of a photo; `copy_id`: of an original, the id under which its small copy was sent."""

    report: Report | None
    on: date
    caption: str
    client_id: UUID
    copy_id: UUID | None = None


def keep_photo(actor: Actor, project: Project, file: KeptFile, said: PhotoSaid) -> str:
    """Keep a whole photo as evidence, with its thumbnail and its prints; the public id of its piece.

    A copy and its original are one piece in whichever order they come: its id is the copy's. An original that shows
    something else than the copy is a piece of its own, so that nothing handed in is replaced by another picture.
    """
    taken = take(file)
    told = Told(caption=said.caption[:160], on=said.on, report=said.report, client_id=said.copy_id or said.client_id)
    row = _piece(actor, project, said.copy_id)
    if row is not None and row.original.digest == file.digest:
        return str(row.public_id)
    if row is not None and completes(row, taken):
        return str(complete_evidence(actor=actor, evidence=row, taken=taken).public_id)
    if row is not None:
        told = replace(told, client_id=said.client_id)
    return str(hand_in_evidence(actor=actor, project=project, taken=taken, told=told).public_id)


def _piece(actor: Actor, project: Project, copy_id: UUID | None) -> Evidence | None:
    """The piece that a copy became: its own, or the one that the same picture was before."""
    if copy_id is None:
        return None
    pieces = Evidence.objects.filter(project=project).select_related("original", "project")
    own = pieces.filter(client_id=copy_id).first()
    if own is not None:
        return own
    known = answer_of(copy_id, actor).get("photo")
    return pieces.filter(public_id=known).first() if known else None
