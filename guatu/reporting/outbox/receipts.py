"""An item is carried out once, whatever the network does: its own id, made by the phone, is the request's id."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from guatu.core import clock, requests
from guatu.core.actor import Actor
from guatu.core.canonical import canonical
from guatu.core.models import AnsweredRequest

Told = dict[str, Any]


def digest_of(kind: str, told: Mapping[str, Any]) -> str:
    """SHA-256 of what an item says: the same id with another digest is refused."""
    return hashlib.sha256(f"{kind}\0{canonical(dict(told))}".encode()).hexdigest()


def earlier_receipt(client_id: UUID, actor: Actor, digest: str) -> Told | None:
    """The receipt that was given before; made anew when the product stopped between the deed and its answer."""
    earlier = requests.earlier_answer(client_id, actor, digest)
    if earlier is None:
        return None
    return _receipt(client_id, {}) if earlier.answer is None else dict(earlier.answer)


def answer_of(client_id: UUID, actor: Actor) -> Told:
    """What was answered to another item of the same person; nothing where it did not arrive, or its answer is lost."""
    row = AnsweredRequest.objects.filter(pk=client_id, user_id=actor.user_id).exclude(answer="").first()
    return dict(json.loads(row.answer)) if row is not None else {}


def carry_out_once(client_id: UUID, actor: Actor, digest: str, deed: Callable[[Actor], Told]) -> Told:
    """Carry an item out, or give the receipt of the first time. A refusal keeps nothing: the item may come again.

    `deed` calls one action with the actor it is handed; what changes nothing is noted as carried out as well.
    """
    marked = replace(actor, request_id=client_id, request_digest=digest)

    def run() -> Told:
        told = deed(marked)
        if requests.earlier_answer(client_id, actor, digest) is None:
            requests.claim(client_id, actor, digest)
        return _receipt(client_id, told)

    answer = requests.once(client_id, actor, digest, run)
    return _receipt(client_id, {}) if answer is None else dict(answer)


def _receipt(client_id: UUID, told: Told) -> Told:
    return {"id": str(client_id), "receipt": True, "at": clock.now().isoformat(), **told}
