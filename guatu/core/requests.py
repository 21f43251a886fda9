"""Requests that write are carried out once: the same id again gets the same answer; with other content: refused."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import HttpRequest

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.models import AnsweredRequest
from guatu.core.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer that was given the first time, or None when the product stopped before it could be kept."""

    answer: Any


class AlreadyAnswered(Exception):
    """The same request was carried out at the same moment by another worker: its answer is to be given."""


def content_digest(request: HttpRequest) -> str:
    """SHA-256 of what a request carries, its CSRF token apart."""
    hasher = hashlib.sha256(request.get_full_path().encode())
    if request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        for name in sorted(request.POST):
            if name != "csrfmiddlewaretoken":
                hasher.update(json.dumps([name, request.POST.getlist(name)]).encode())
        for name in sorted(request.FILES):
            for file in request.FILES.getlist(name):
                hasher.update(f"{name}\0{file.name}\0{file.size}".encode())
                for chunk in file.chunks():
                    hasher.update(chunk)
                file.seek(0)
    else:
        hasher.update(request.body)
    return hasher.hexdigest()


def earlier_answer(request_id: UUID, actor: Actor, digest: str) -> Answered | None:
    """What was answered to this request before, if it was carried out. Another content or person is refused."""
    row = AnsweredRequest.objects.filter(pk=request_id).first()
    if row is None:
        return None
    if row.content_digest != digest or row.user_id != actor.user_id:
        raise Refusal("core.request_reused")
    return Answered(json.loads(row.answer) if row.answer else None)


def claim(request_id: UUID, actor: Actor, digest: str) -> None:
    """Mark the request as carried out, inside the action's transaction; a second one at the same time fails here."""
    try:
        with transaction.atomic():
            AnsweredRequest.objects.create(
                id=request_id, user_id=actor.user_id, content_digest=digest, answer="", at=clock.now()
            )
    except IntegrityError:
        raise AlreadyAnswered from None


def keep_answer(request_id: UUID, answer: Any) -> None:
    """Keep what was answered, for the next time the same request comes."""
    AnsweredRequest.objects.filter(pk=request_id, answer="").update(answer=json.dumps(answer))


def once(request_id: UUID, actor: Actor, digest: str, carry_out: Callable[[], Any]) -> Any:
    """Carry out and answer, or give the earlier answer. `carry_out` returns something JSON can hold."""
    earlier = earlier_answer(request_id, actor, digest)
    if earlier is not None:
        return earlier.answer
    try:
        answer = carry_out()
    except AlreadyAnswered:
        earlier = earlier_answer(request_id, actor, digest)
        return earlier.answer if earlier is not None else None
    except Refusal:  # what the other of the two did may be what stands in this one's way
        earlier = earlier_answer(request_id, actor, digest)
        if earlier is None:
            raise
        return earlier.answer
    keep_answer(request_id, answer)
    return answer
