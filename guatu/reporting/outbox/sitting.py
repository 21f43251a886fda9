"""Who a phone's request comes from: the session and a fresh CSRF token, answered as JSON and never redirected."""

from typing import Any

from django.http import HttpRequest
from ninja.utils import check_csrf

from guatu.core.actor import Actor, Way
from guatu.core.limits import check_rate
from guatu.core.pages import actor_of
from guatu.core.refusals import Refusal

RATE = (600, 60)  # requests of one person in so many seconds
OWNER_HEADER = "X-Guatu-Owner"


def owner_of(actor: Actor) -> str:
    """Whose an item is: a person in a post. The phone sends it only while these are signed in."""
    return f"{actor.user_id}.{actor.post_id}.{actor.for_post_id or 0}"


def signed_in(request: HttpRequest) -> Actor:
    """The person and post of the session; the API's callers with tokens have no outbox.

    Refused with 401, after which the phone keeps the item: nobody is signed in, the form's token is old, or somebody
    else than the item's owner is signed in.
    """
    actor = actor_of(request)
    must_change = getattr(request.user, "must_change_password", False)
    if actor.user_id is None or actor.post_id is None or must_change:
        raise Refusal("reporting.outbox_signed_out")
    check_rate(f"outbox:{actor.user_id}", *RATE)
    if request.method not in ("GET", "HEAD"):
        if check_csrf(request, _answer) is not None:
            raise Refusal("reporting.outbox_token")
        if request.headers.get(OWNER_HEADER, "") != owner_of(actor):
            raise Refusal("reporting.outbox_other")
    found = actor.by(Way.PAGE)
    request.actor = found  # type: ignore[attr-defined]  # where the operations look for it
    return found


def _answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
    """What the check of the token protects."""
    return None
