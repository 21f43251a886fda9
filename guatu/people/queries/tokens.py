"""Whose a secret is: what is kept of one, and the actor of a calendar address."""

import hashlib

from django.db.models import F

from guatu.core import clock
from guatu.core.actor import Actor, Way
from guatu.people.models import FeedToken
from guatu.people.policies import actor_for
from guatu.people.queries.posts import in_force


def token_digest(secret: str) -> str:
    """What is kept of a token: its SHA-256. A token has 256 random bits, so no salt is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def feed_actor(secret: str, address: str = "") -> Actor | None:
    """The actor of a calendar address that stands, whose post is in force and still held by the person; else None."""
    standing = FeedToken.objects.filter(
        in_force(clock.today(), "post__"),
        digest=token_digest(secret),
        withdrawn_at__isnull=True,
        user__is_active=True,
        post__user=F("user"),
    )
    feed = standing.select_related("post__unit", "post__region", "user").first()
    return None if feed is None else actor_for(feed.user, feed.post, Way.LINK, address=address)
