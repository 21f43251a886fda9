"""Tokens with which programs act in one post."""

import hashlib
import secrets
from datetime import date

from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.writing import action, current
from guatu.people import policies
from guatu.people.models import ApiToken, Post

PREFIX = "guatu_"


def token_digest(secret: str) -> str:
    """What is kept of a token: its SHA-256. A token has 256 random bits, so no salt is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


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
