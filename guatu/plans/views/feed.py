"""The calendar that a calendar program pulls: no sign-in, no session; who holds the address reads its post's nodes."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from guatu.core import clock, rights
from guatu.core.actor import Actor
from guatu.core.canonical import canonical, digest
from guatu.core.limits import check_rate
from guatu.core.logs import hide_below
from guatu.core.pages import ANYONE, actor_of, found, page
from guatu.core.refusals import Refusal
from guatu.people.queries import feed_actor
from guatu.plans.exports.feed import FeedItem, write_feed
from guatu.plans.queries.feed import FeedEntry, feed_entries

PULLS = (30, 600)  # of one address; calendar programs ask a few times an hour
TRIES = (300, 600)  # of one place, of all addresses: many colleagues may come by one gateway
FRESH = timedelta(minutes=15)
hide_below("/plans/feed/")


@page(ANYONE)
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The nodes and deadlines of the address's post; 404 for an address that is not, or no longer, good."""
    address = actor_of(request).address
    try:
        check_rate(f"feed:{address}", *TRIES)
        check_rate(f"feed:{token}", *PULLS)
    except Refusal as refusal:
        return HttpResponse(str(refusal), status=refusal.status, content_type="text/plain; charset=utf-8")
    actor = found(feed_actor(token, address))
    found(actor if rights.can(actor, "plans.view").allowed else None)
    return _answer(request, actor)


def _answer(request: HttpRequest, actor: Actor) -> HttpResponse:
    items = [_item(request, entry) for entry in feed_entries(actor, clock.today())]
    name = _("项目节点（%(post)s）") % {"post": actor.label}
    told = [[item.uid, item.on.isoformat(), item.title, item.description] for item in items]
    etag = f'W/"{digest(canonical([name, told]))[:40]}"'
    data = write_feed(items, name=name, stamp=clock.now())
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="guatu.ics"'
    response["ETag"] = etag
    response["Cache-Control"] = f"private, max-age={int(FRESH.total_seconds())}"
    return get_conditional_response(request, etag=etag, response=response) or response


def _item(request: HttpRequest, entry: FeedEntry) -> FeedItem:
    address = request.build_absolute_uri(reverse("library:project", args=[entry.project_id]) + "?tab=plan")
    return FeedItem(entry.uid, entry.on, entry.title, f"{entry.words}\n{address}", address)
