"""The Today page, and hiding its first steps."""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import clock, today
from guatu.core.pages import actor_of, page

GUIDE_COOKIE = "guide"
SEEN_COOKIE = "today_seen"
SAME_LOOK = timedelta(minutes=30)
YEAR = 365 * 24 * 3600


def _looks(request: HttpRequest) -> tuple[datetime, datetime, bool]:
    """(the last look before this one, this look's begin, whether there was one in the days that news are kept for):
    on the device only, nobody is counted by it.
    """
    now = clock.now()
    first = now - timedelta(days=today.NEWS_DAYS)
    post, _sep, times = request.COOKIES.get(SEEN_COOKIE, "").partition("~")
    try:
        before, last = (datetime.fromisoformat(text) for text in times.split("~"))
        if post != str(actor_of(request).acts_as) or not first < before <= last <= now:
            return first, now, False
    except (ValueError, TypeError):
        return first, now, False
    return (before, last, True) if now - last < SAME_LOOK else (last, now, True)


@page("core.view_today", place="core.today")
def show(request: HttpRequest) -> HttpResponse:
    """What needs me today, what changed, how my projects stand; the first steps of a new installation."""
    actor, day = actor_of(request), clock.today()
    found = today.looked(actor)
    since, begun, looked_before = _looks(request)
    hidden = request.COOKIES.get(GUIDE_COOKIE) == "hidden"
    guide = today.guide(actor)
    context = {
        "page_title": _("今日"),
        "sections": today.sections(found, day),
        "count": len(found),
        "parts": today.standing(actor),
        "news": today.news(actor, since),
        "since": clock.local(since),
        "news_days": None if looked_before else today.NEWS_DAYS,
        "guide": None if hidden else guide,
        "guide_hidden": hidden and guide is not None,
        "text": today.text_of(actor),
    }
    response = render(request, "core/today.html", context)
    seen = f"{actor.acts_as}~{since.isoformat()}~{begun.isoformat()}"
    response.set_cookie(SEEN_COOKIE, seen, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure())
    return response


@page("core.view_today", methods=("POST",))
def guide(request: HttpRequest) -> HttpResponse:
    """Hide the first steps on this device, or show them again."""
    response = HttpResponseRedirect(reverse("core:today"))
    hidden = "hidden" if request.POST.get("show") != "1" else "shown"
    response.set_cookie(GUIDE_COOKIE, hidden, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure())
    return response
