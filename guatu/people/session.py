"""Which post a request is made in."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from guatu.core.actor import GUEST


class ActorMiddleware:
    """Sets request.actor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = GUEST  # type: ignore[attr-defined]  # our own attribute
        return self.get_response(request)
