"""The answers to what went wrong, in our frame: what happened, what became of the typing, what to do, where to go.

They need no session, no database and no sign-in, look the same with and without them, and are told in place where
only a part of a page was asked for.
"""

import logging
import sys
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _

from guatu.core.unavailable import BUSY, WHY, what_failed

log = logging.getLogger("guatu.errors")
RETRY_SECONDS = {BUSY: "30"}


def _answer(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    """The page of a status, or its fragment; in the reader's language also before any middleware has set it."""
    frame = "core/errors/fragment.html" if request.headers.get("HX-Request") == "true" else "core/base.html"
    context = {"incident": getattr(request, "request_id", ""), "frame": frame, **context}
    with translation.override(translation.get_language_from_request(request)):
        return HttpResponse(_drawn(request, f"core/errors/{status}.html", context), status=status)


def _drawn(request: HttpRequest, template: str, context: dict[str, Any]) -> str:
    try:
        return render(request, template, context).content.decode()
    except Exception:
        # What the frame reads (news, the account) failed too: the page without it.
        log.warning("error page without its frame", exc_info=True)
        return render_to_string(template, context)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; 413 for a form that carries more than may be sent."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return _answer(request, 413)
    return _answer(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _answer(request, 403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or old; a method that the page does not know is that, first of all."""
    methods = _methods(request)
    if methods and request.method not in methods:
        return not_allowed(request, methods)
    return _answer(request, 403, csrf=True)


def _methods(request: HttpRequest) -> tuple[str, ...]:
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return ()
    methods: tuple[str, ...] = getattr(getattr(view, "guatu_access", None), "methods", ())
    return methods


def not_allowed(request: HttpRequest, methods: tuple[str, ...]) -> HttpResponse:
    """405: the page is there, and does not take this method."""
    response = HttpResponseNotAllowed(methods)
    response.content = _answer(request, 405).content
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: does not exist, or is out of the post's scope."""
    return _answer(request, 404)


def too_large(request: HttpRequest, size: int, limit: int) -> HttpResponse:
    """413: more was announced than may be uploaded; sizes in MB."""
    with translation.override(translation.get_language_from_request(request)):
        reason = _("这次上传有 %(size)s MB，上限 %(limit)s MB。") % {"size": size, "limit": limit}
    return _answer(request, 413, reason=reason)


def signed_out(request: HttpRequest) -> HttpResponse:
    """401 for a part of a page that is asked for after the sign-in has ended; the page stays with what was typed."""
    return _answer(request, 401)


def server_error(request: HttpRequest, *args: Any) -> HttpResponse:
    """500; 503 where the machine and not the product is at fault (a locked database, a full disk, no connection)."""
    failed = what_failed(sys.exc_info()[1])
    if not failed:
        return _answer(request, 500)
    happened, todo = WHY[failed]
    response = _answer(request, 503, happened=happened, to_do=todo)
    response["Retry-After"] = RETRY_SECONDS.get(failed, "300")
    return response
