"""Which person and post a request is made in: the choice of posts, how long a sign-in lasts, and the lock-out page."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import auth
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from guatu.core import access, clock
from guatu.core.actor import GUEST, Actor, Way
from guatu.core.api_problems import API_ROOT
from guatu.people.models import ApiToken, User
from guatu.people.policies import actor_acting, actor_for
from guatu.people.queries import in_force, posts_of, stand_ins_of, token_digest

POST_KEY, BEGUN_KEY, SEEN_KEY = "post", "begun_at", "seen_at"
IDLE_SECONDS = 2 * 3600
LONGEST_SECONDS = 8 * 3600
TOUCH_SECONDS = 300  # a session's last use is written at most this often


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the posts in which a person may act today: an own one, or another's (代办)."""

    id: str
    actor: Actor
    region: str

    @property
    def label(self) -> str:
        """What the menu shows."""
        return self.actor.label


def address_of(request: HttpRequest) -> str:
    """Where the connection comes from. Headers that a client can write are not believed."""
    return str(request.META.get("REMOTE_ADDR", ""))[:45]


def choices_of(user: User, address: str = "") -> list[Choice]:
    """Every post in which a person may act today, the own ones first."""
    found = [
        Choice(str(post.public_id), actor_for(user, post, Way.PAGE, address=address), post.region.name)
        for post in posts_of(user)
    ]
    for own, row in stand_ins_of(user):
        other = row.leader if hasattr(row, "leader") else row.giver
        actor = actor_acting(user, own, row, Way.PAGE, address=address)
        found.append(Choice(str(row.public_id), actor, other.region.name))
    return found


def begin(session: SessionBase) -> None:
    """Note when a sign-in began."""
    session[BEGUN_KEY] = session[SEEN_KEY] = _seconds()


def is_over(session: SessionBase) -> bool:
    """Whether a sign-in has lain idle too long, or lasts too long altogether; else notes that it was used."""
    now = _seconds()
    begun, seen = session.get(BEGUN_KEY), session.get(SEEN_KEY)
    if begun is None or seen is None:
        begin(session)
        return False
    if now - begun > LONGEST_SECONDS or now - seen > IDLE_SECONDS:
        return True
    if now - seen > TOUCH_SECONDS:
        session[SEEN_KEY] = now
    return False


def _seconds() -> int:
    """Real seconds: a sign-in lasts by the wall clock, whatever business date an installation shows."""
    return int(time.time())


class ActorMiddleware:
    """Sets `request.actor` and `request.posts`, ends what is over, asks for a new password where it is due."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address = address_of(request)
        here: Any = request
        here.actor, here.posts, here.choice = replace(GUEST, address=address), [], None
        user = request.user
        if isinstance(user, User):
            if is_over(request.session):
                access.note("session_ended", actor_for(user, None, Way.PAGE, address=address))
                auth.logout(request)
            else:
                self._take_post(request, user, address)
                if _must_change(request, user):
                    return HttpResponseRedirect(reverse("people:password"))
        return self.get_response(request)

    @staticmethod
    def _take_post(request: HttpRequest, user: User, address: str) -> None:
        """The post that the session chose while it is still the person's today; else the first one."""
        here: Any = request
        choices = choices_of(user, address)
        wanted = request.session.get(POST_KEY)
        choice = next((item for item in choices if item.id == wanted), choices[0] if choices else None)
        here.choice = choice
        here.actor = choice.actor if choice else actor_for(user, None, Way.PAGE, address=address)
        here.posts = [{"id": item.id, "label": item.label, "current": item is choice} for item in choices]


def person_of(request: HttpRequest) -> User:
    """The person who is signed in, as a row of its own."""
    return User.objects.get(pk=request.user.pk or 0)


def _must_change(request: HttpRequest, user: User) -> bool:
    """Whether he is sent to choose a password first. The API never redirects: its operations refuse."""
    here = request.path in (reverse("people:password"), reverse("people:sign_out"))
    return user.must_change_password and not here and not request.path.startswith(API_ROOT)


def account(request: HttpRequest) -> dict[str, Any]:
    """Context processor: what the frame shows of the person and the post."""
    actor = getattr(request, "actor", GUEST)
    if actor.user_id is None:
        return {}
    choice = getattr(request, "choice", None)
    return {
        "account_name": actor.label if choice else str(request.user),
        "region_name": choice.region if choice else "",
        "account_url": reverse("people:account"),
        "sign_out_url": reverse("people:sign_out"),
        "post_switch_url": reverse("people:switch_post"),
    }


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: Any) -> HttpResponse:
    """The answer after too many wrong passwords (django-axes)."""
    access.note("locked_out", getattr(request, "actor", None))
    return render(request, "people/locked_out.html", status=429)


def token_actor(secret: str, address: str = "") -> Actor | None:
    """The actor of a token that is in force today and whose post and person are too; None otherwise."""
    today = clock.today()
    token = (
        ApiToken.objects.filter(in_force(today, "post__"), digest=token_digest(secret), revoked_at__isnull=True)
        .select_related("post__user", "post__unit", "post__region")
        .first()
    )
    if token is None or (token.expires_on is not None and token.expires_on < today):
        return None
    user = token.post.user
    if user is None or not user.is_active:
        return None
    return actor_for(user, token.post, Way.API, address=address)
