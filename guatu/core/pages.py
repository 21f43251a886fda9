"""The page decorator: every view says what right it needs; refusals and repeats are handled in one way."""

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from guatu.core import access, clock, reach, rights, signs, today
from guatu.core.actor import GUEST, Actor
from guatu.core.conflicts import on_its_own, settle
from guatu.core.errors import not_allowed, signed_out
from guatu.core.ids import new_public_id
from guatu.core.limits import check_rate
from guatu.core.logs import as_uuid
from guatu.core.refusals import Conflict, Refusal
from guatu.core.registries import PLACES, SEARCHES, Place, PlacePage
from guatu.core.requests import AlreadyAnswered, content_digest, earlier_answer, keep_answer

View = Callable[..., HttpResponse]
ANYONE, SIGNED_IN = "anyone", "signed in"
WRITE: Final = ("GET", "HEAD", "POST")
"""Methods of a page with a form."""
REFUSED_BESIDE = (409, 422)  # a form shown again with what stands in its way
DONE_COOKIE = "guatu_done"  # read by assets/src/js/draft.js


@dataclass(frozen=True, slots=True)
class Access:
    """What a route declares: a right of the table, or ANYONE, or SIGNED_IN."""

    right: str
    methods: tuple[str, ...]


def actor_of(request: HttpRequest) -> Actor:
    """The post in which the request is made; a guest when nobody is signed in."""
    actor = getattr(request, "actor", GUEST)
    assert isinstance(actor, Actor)
    return actor


def seen_in(request: HttpRequest) -> int:
    """The version of a row that the sent form showed; 0, which no row has, where it says none."""
    return signs.whole_number(request.POST.get("seen", "")) or 0


def page(
    right: str,
    *,
    place: str = "",
    methods: tuple[str, ...] = ("GET", "HEAD"),
    rate: tuple[int, int] | None = None,
) -> Callable[[View], View]:
    """Declare a view's right. `place` marks the menu; `rate` = (requests, seconds) per person or address; where a
    view also writes, only that is counted. The right is checked again at every request. Without it the answer is 403,
    but 404 where the address names an object out of the post's reach.
    """

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.place = place  # type: ignore[attr-defined]  # read by the frame
            actor = actor_of(request)
            if request.method not in methods:
                return not_allowed(request, methods)
            if right != ANYONE and actor.user_id is None:
                return _sign_in_first(request)
            try:
                response = _answer(view, request, actor, right, rate, methods, args, kwargs)
            except Refusal as refusal:
                response = refused(request, refusal)
            return response

        run.guatu_access = Access(right, methods)  # type: ignore[attr-defined]  # read by tests and the page
        return run

    return wrap


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the sign-in and back: to the page that the form stood on, where the draft of it is offered."""
    if getattr(request, "htmx", None):
        return signed_out(request)
    response = redirect_to_login(_came_from(request) if request.method == "POST" else request.get_full_path())
    if request.method == "POST" or request.COOKIES.get(settings.SESSION_COOKIE_NAME):
        response["Location"] += "&ended=1"  # whoever was in is told why he is asked again
    return response


def _answer(
    view: View,
    request: HttpRequest,
    actor: Actor,
    right: str,
    rate: tuple[int, int] | None,
    methods: tuple[str, ...],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> HttpResponse:
    if right not in (ANYONE, SIGNED_IN):
        _require(actor, right, kwargs)
    if rate is not None and (request.method == "POST" or "POST" not in methods):
        check_rate(f"{request.path}:{actor.user_id or actor.address}", *rate)
    request_id = as_uuid(request.POST.get("request_id", "")) if request.method == "POST" else None
    digest = content_digest(request) if request_id is not None else ""
    _drop_unseen(request)
    settle(request)
    if request_id is None:
        return view(request, *args, **kwargs)
    earlier = earlier_answer(request_id, actor, digest)
    if earlier is not None:
        return _again(request, earlier.answer, request_id)
    request.actor = replace(actor, request_id=request_id, request_digest=digest)  # type: ignore[attr-defined]  # ours
    try:
        response = view(request, *args, **kwargs)
    except AlreadyAnswered:  # a double click: the other of the two was quicker
        earlier = earlier_answer(request_id, actor, digest)
        return _again(request, earlier.answer if earlier is not None else None, request_id)
    except Refusal:  # … and what it did may be what stands in this one's way
        earlier = earlier_answer(request_id, actor, digest)
        if earlier is None:
            raise
        return _again(request, earlier.answer, request_id)
    if response.status_code in REFUSED_BESIDE:
        earlier = earlier_answer(request_id, actor, digest)
        return response if earlier is None else _again(request, earlier.answer, request_id)
    if isinstance(response, HttpResponseRedirect):
        keep_answer(request_id, {"location": response.url})
        _say_done(response, request_id)
    return response


def _require(actor: Actor, right: str, named: Mapping[str, Any]) -> None:
    """404 before 403: an object out of the post's reach does not exist, whatever right is lacking."""
    allowed = rights.can(actor, right)
    if not allowed.allowed and reach.is_hidden(actor, named.values()):
        raise Http404
    allowed.require()


def _drop_unseen(request: HttpRequest) -> None:
    """No sign that nobody sees reaches a view in what was typed."""
    if request.method != "POST":
        return
    found = {name: [signs.typed(text) for text in texts] for name, texts in request.POST.lists()}
    if found != dict(request.POST.lists()):
        sent = request.POST.copy()
        for name, texts in found.items():
            sent.setlist(name, texts)
        request.POST = sent  # type: ignore[assignment]  # as Django itself sets it


def _say_done(response: HttpResponse, request_id: UUID) -> None:
    """Tell the browser's scripts that the request was carried out: its draft is given up."""
    secure = bool(settings.SESSION_COOKIE_SECURE)
    response.set_cookie(DONE_COOKIE, str(request_id), max_age=600, samesite="Lax", secure=secure)


def _again(request: HttpRequest, answer: Any, request_id: UUID) -> HttpResponse:
    if isinstance(answer, dict) and "location" in answer:
        response: HttpResponse = HttpResponseRedirect(answer["location"])
    else:
        response = render(request, "core/done_already.html", status=200)
    _say_done(response, request_id)
    return response


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page (or fragment) of a refusal: what happened, where, what to do. Refusals go to the access log."""
    access.note("refused", actor_of(request), subject=request.path, detail=refusal.code)
    if isinstance(refusal, Conflict) and request.method == "POST" and not request.FILES:
        shown = {**on_its_own(request, refusal), "page_title": _("两人同时改"), "back": _came_from(request)}
        return render(request, "core/conflict.html", shown, status=refusal.status)
    fragment = getattr(request, "htmx", None)
    template = "core/partials/refusal.html" if fragment else "core/refused.html"
    context = {"refusal": refusal, "items": refusal.items}
    return render(request, template, context, status=refusal.status)


def _came_from(request: HttpRequest) -> str:
    """The page of ours that the form stood on."""
    page_before = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(page_before, {request.get_host()})
    return page_before if ours else request.path


def found(row: Any) -> Any:
    """The row, or 404: what one may not see answers as what does not exist."""
    if row is None:
        raise Http404
    return row


def _todo(actor: Actor) -> dict[str, Any]:
    """The masthead's 待办: its address and count; nothing for whoever has no post."""
    if actor.user_id is None or not rights.can(actor, "core.view_today").allowed:
        return {}
    return {"todo_url": reverse("core:today"), "todo_count": today.count_of(actor)}


def _search_url(actor: Actor) -> str:
    """Where the search box in the masthead leads: the first page of a search that the post may open."""
    pages = (part for part in SEARCHES.values() if part.page and rights.can(actor, part.right).allowed)
    first = next(pages, None)
    return reverse(first.page) if first is not None and actor.user_id is not None else ""


def place_pages(request: HttpRequest, place: Place | None) -> list[dict[str, Any]]:
    """The row of a place's pages that the post may open: words, address, whether it is the page shown ("page") or the
    page shown belongs under it ("true"). Nothing where there is no choice."""
    actor = actor_of(request)
    rows = place.pages_of(actor) if place is not None and actor.user_id is not None else []
    if place is None or len(rows) < 2:
        return []
    addresses = [reverse(row.url_name) for row in rows]
    here = _page_shown(request, rows, addresses)
    return [
        {
            "label": row.words,
            "url": url,
            "quiet": row.quiet,
            "current": ("page" if request.path == url else "true") if row is here else "",
        }
        for row, url in zip(rows, addresses, strict=True)
    ]


def _page_shown(request: HttpRequest, rows: Sequence[PlacePage], addresses: Sequence[str]) -> PlacePage | None:
    """Under which of the pages the one shown stands: the one that names its route, else the nearest address above."""
    route = request.resolver_match.view_name if request.resolver_match is not None else ""
    named = next((row for row in rows if route in row.also), None)
    above = [pair for pair in zip(addresses, rows, strict=True) if request.path.startswith(pair[0])]
    return named or max(above, key=lambda pair: len(pair[0]), default=("", None))[1]


def frame(request: HttpRequest) -> dict[str, Any]:
    """What every page's frame shows: menu, post, theme, dates."""
    actor = actor_of(request)
    here = getattr(request, "place", "")
    places = sorted(PLACES.values(), key=lambda part: part.order) if actor.user_id is not None else []
    nav = [
        {"label": part.words, "url": reverse(route), "current": part.code == here}
        for part in places
        if (route := part.opens(actor))
    ]
    return {
        **_todo(actor),
        "nav": nav,
        "place_pages": place_pages(request, PLACES.get(here)),
        "actor": actor,
        "posts": getattr(request, "posts", []),
        "search_url": _search_url(actor),
        "theme": request.COOKIES.get("theme", "auto"),
        "today": clock.today(),
        "business_date_fixed": bool(settings.BUSINESS_DATE),
        "request_id": str(new_public_id()),
        "product": _("挂图"),
    }
