"""Tokens with which programs act in one post, and the secrets of calendar addresses."""

import secrets
from datetime import date

from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.core.writing import action, current
from guatu.people import policies
from guatu.people.models import ApiToken, FeedToken, Post
from guatu.people.queries import token_digest

PREFIX = "guatu_"


@action("people.issue_token", _("发放接口令牌"))
def issue_token(*, actor: Actor, post: Post, name: str, expires_on: date | None = None) -> tuple[ApiToken, str]:
    """Make a token of a post. Its text is returned once and kept nowhere; `expires_on` is its last day."""
    policies.can_on_post(actor, "people.issue_token", post).require()
    secret = PREFIX + secrets.token_urlsafe(32)
    act = current()
    token = act.add(
        ApiToken(
            post=post, name=name.strip(), digest=token_digest(secret), created_at=clock.now(), expires_on=expires_on
        )
    )
    act.about(token, name=token.name)
    return token, secret


@action("people.revoke_token", _("作废接口令牌"), right="people.issue_token")
def revoke_token(*, actor: Actor, token: ApiToken) -> None:
    """Make a token void at once."""
    policies.can_on_post(actor, "people.issue_token", token.post).require()
    act = current()
    act.about(token, name=token.name)
    act.change(token, revoked_at=token.revoked_at or clock.now())


@action("people.issue_feed", _("开通或更换日历订阅"))
def issue_feed(*, actor: Actor, post: Post) -> tuple[FeedToken, str]:
    """Make the secret of one's own calendar address of a post; an earlier one is void at once. Returned once."""
    policies.can_on_post(actor, "people.issue_feed", post).require()
    if post.user is None:
        raise Refusal("core.not_found")
    secret, act = secrets.token_urlsafe(32), current()
    for standing in FeedToken.objects.filter(post=post, user=post.user, withdrawn_at__isnull=True):
        act.change(standing, withdrawn_at=clock.now())
    feed = FeedToken(post=post, user=post.user, digest=token_digest(secret), created_at=clock.now())
    act.add(feed)
    act.about(feed, name=post.title)
    return feed, secret


@action("people.withdraw_feed", _("停用日历订阅"), right="people.issue_feed")
def withdraw_feed(*, actor: Actor, feed: FeedToken) -> None:
    """Make a calendar address void at once."""
    policies.can_on_post(actor, "people.issue_feed", feed.post).require()
    act = current()
    act.about(feed, name=feed.post.title)
    act.change(feed, withdrawn_at=feed.withdrawn_at or clock.now())
