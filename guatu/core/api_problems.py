"""Refusals as problem+json (RFC 9457): the code is stable, the sentence is for people."""

import logging
from collections.abc import Sequence
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from ninja.errors import HttpError, ValidationError

from guatu.core import access, errors
from guatu.core.pages import actor_of
from guatu.core.refusals import Conflict, Refusal, Sentence, sentence
from guatu.core.unavailable import what_failed

log = logging.getLogger("guatu.api")
PROBLEM_TYPE = "application/problem+json"
API_ROOT = "/api/"


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


WRONG = {
    "missing": _("没有填写"),
    "json_invalid": _("不是有效的 JSON"),
    "extra_forbidden": _("接口说明中没有这一项"),
}


def _where(steps: Sequence[str | int]) -> str:
    """body.name: where it stands in the request; the name of the function's argument in between says nothing."""
    found = [str(step) for step in steps]
    return ".".join(found[:1] + found[2:] if found[:1] in (["body"], ["form"]) and len(found) > 2 else found)


def _why(error: dict[str, Any]) -> Sentence:
    """What is wrong, in our words; bounds as they are declared."""
    bounds = error.get("ctx", {})
    if "ge" in bounds:
        return _("不能小于 {least}").format(least=bounds["ge"])
    if "le" in bounds:
        return _("不能大于 {most}").format(most=bounds["le"])
    return WRONG.get(error["type"], _("不符合接口说明的类型或取值"))


def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A request that does not have the described shape: where, and what is wrong there."""
    items = [{"where": _where(one["loc"]), "message": str(_why(one))} for one in error.errors]
    return _answer(422, "core.request_invalid", sentence("core.request_invalid", {}), items=items)


def malformed(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A body that is not what its type says (no JSON, a broken form)."""
    items = [{"where": "body", "message": str(WRONG["json_invalid"])}]
    title = sentence("core.request_invalid", {})
    return _answer(error.status_code, "core.request_invalid", title, items=items)


def unauthorized(request: HttpRequest, error: Exception) -> HttpResponse:
    """No token, or one that is not valid."""
    response = _plain("core.token_missing")
    response["WWW-Authenticate"] = "Bearer"
    return response


def missing(request: HttpRequest, error: Exception | None = None) -> HttpResponse:
    """Does not exist, or is out of the post's scope."""
    return _plain("core.not_found")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The product's 404 for any address: a problem beneath the API's root, else the page."""
    beneath = request.path_info.startswith(API_ROOT)
    return missing(request) if beneath else errors.not_found(request, exception)


def wrong_method(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """There is such an address, and it does not take this method; Allow says which it takes."""
    answer = _plain("core.method_unknown")
    answer["Allow"] = response["Allow"]
    return answer


def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    """Our own fault, or the machine's (503: try again); the log has the trace, the answer nothing of it."""
    log.error("api", exc_info=error, extra={"path": request.path})
    if what_failed(error):
        return _plain("core.unavailable")
    return _plain("core.internal")
