"""Requests as a post, for pages of core that must not wait for people's sign-in."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from guatu.core.actor import GUEST, Actor, Way

_now: list[Actor] = []


def post(kind: str, **values: object) -> Actor:
    """A post of a kind, signed in."""
    given: dict[str, Any] = {"post_kind": kind, "way": Way.PAGE, "label": kind, "user_id": 1, "post_id": 11}
    return Actor(**{**given, **values})


def sign_in(actor: Actor | None) -> None:
    """From now on requests come from `actor`."""
    _now[:] = [] if actor is None else [actor]


class SignedInMiddleware:
    """Stands in place of people's middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = _now[0] if _now else GUEST  # type: ignore[attr-defined]  # as the product's middleware does
        return self.get_response(request)
