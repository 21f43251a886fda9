"""Refusals as problem+json (RFC 9457): the code is stable, the sentence is for people."""

import logging
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Schema
from ninja.errors import HttpError, ValidationError

from guatu.core import access
from guatu.core.pages import actor_of
from guatu.core.refusals import Conflict, Refusal, sentence
from guatu.core.unavailable import what_failed

log = logging.getLogger("guatu.api")
PROBLEM_TYPE = "application/problem+json"


class Problem(Schema):
    """What every refusal looks like. `code` is stable; `items` are its single reasons; `theirs` the present values of
    a row that somebody else changed.
    """

    type: str
    title: str
    status: int
    code: str
    items: list[dict[str, Any]] | None = None
    theirs: dict[str, Any] | None = None


def _answer(status: int, code: str, title: str, **more: Any) -> HttpResponse:
    body = {"type": f"urn:guatu:problem:{code}", "title": title, "status": status, "code": code, **more}
    raw = msgspec.json.encode(body, enc_hook=str)
    return HttpResponse(raw, status=status, content_type=PROBLEM_TYPE)


def _plain(code: str) -> HttpResponse:
    refusal = Refusal(code)
    return _answer(refusal.status, code, str(refusal))


def problem(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal with its declared status."""
    access.note("refused", actor_of(request), subject=request.path, detail=refusal.code)
    more: dict[str, Any] = {"items": refusal.items} if refusal.items else {}
    if isinstance(refusal, Conflict):
        more["theirs"] = refusal.theirs
    response = _answer(refusal.status, refusal.code, str(refusal), **more)
    if refusal.code == "core.too_many":
        response["Retry-After"] = str(refusal.params["seconds"])
    return response


def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A request that does not have the described shape: where, and what is wrong there."""
    items = [{"where": ".".join(str(step) for step in one["loc"]), "message": one["msg"]} for one in error.errors]
    return _answer(422, "core.request_invalid", sentence("core.request_invalid", {}), items=items)


def malformed(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A body that is not what its type says (no JSON, a broken form)."""
    items = [{"where": "body", "message": str(error)}]
    title = sentence("core.request_invalid", {})
    return _answer(error.status_code, "core.request_invalid", title, items=items)


def unauthorized(request: HttpRequest, error: Exception) -> HttpResponse:
    """No token, or one that is not valid."""
    response = _plain("core.token_missing")
    response["WWW-Authenticate"] = "Bearer"
    return response


def missing(request: HttpRequest, error: Exception) -> HttpResponse:
    """Does not exist, or is out of the post's scope."""
    return _plain("core.not_found")


def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    """Our own fault, or the machine's (503: try again); the log has the trace, the answer nothing of it."""
    log.error("api", exc_info=error, extra={"path": request.path})
    if what_failed(error):
        return _plain("core.unavailable")
    return _plain("core.internal")
