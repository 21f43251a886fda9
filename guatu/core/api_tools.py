"""What operations of the API use: the actor, answers, cursors, versions, and requests carried out once."""

import base64
import binascii
import functools
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any, TypeVar, cast
from uuid import UUID, uuid5

import msgspec
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Query, Schema

from guatu.core import requests, rights
from guatu.core.actor import Actor
from guatu.core.pages import SIGNED_IN, Access, actor_of
from guatu.core.refusals import Refusal
from guatu.core.signs import whole_number

Row = TypeVar("Row", bound=Model)
Operation = TypeVar("Operation", bound=Callable[..., Any])
TokenResolver = Callable[[str], Actor | None]
LIMIT_MOST = 500
Limit = Annotated[int, Query(ge=1, le=LIMIT_MOST)]  # rows of one page
JSON_TYPE = "application/json; charset=utf-8"
_KEYS = UUID("5a0c2a0e-6f1e-7c1b-9f5d-3f1d2c4b6a70")  # name space of Idempotency-Keys
_ENCODER = msgspec.json.Encoder(enc_hook=str, decimal_format="number")
_resolver: list[TokenResolver] = []


class Page(Schema):
    """One page of a list; `next` is the cursor of the page after it, empty at the end."""

    items: list[dict[str, Any]]
    next: str


def register_token_resolver(resolver: TokenResolver) -> None:
    """Say whose token it is: `resolver(token)` gives the actor, or None for a token that is not valid (any more)."""
    _resolver[:] = [resolver]


def resolve_token(token: str) -> Actor | None:
    """The actor of a token."""
    return _resolver[0](token) if _resolver else None


def needs(right: str) -> Callable[[Operation], Operation]:
    """Declare and check an operation's right, as the page decorator does for pages; stands under `@router.get(…)`."""

    def wrap(view: Operation) -> Operation:
        @functools.wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            api_actor(request, "" if right == SIGNED_IN else right)
            return view(request, *args, **kwargs)

        run.guatu_access = Access(right, ())  # type: ignore[attr-defined]  # read by tests and the page
        return cast(Operation, run)

    return wrap


def api_actor(request: HttpRequest, right: str = "") -> Actor:
    """The post of the request's token; refused when it lacks `right`."""
    actor = actor_of(request)
    if right:
        rights.can(actor, right).require()
    return actor


def fast(data: Any, status: int = 200) -> HttpResponse:
    """JSON by msgspec, for reads that answer with many rows: Decimals become numbers, dates ISO, UUIDs text."""
    return HttpResponse(_ENCODER.encode(data), status=status, content_type=JSON_TYPE)


# -- cursors ----------------------------------------------------------------------------------------------------------
def cursor_of(row_id: int) -> str:
    """The cursor after a row."""
    return base64.urlsafe_b64encode(str(row_id).encode()).decode().rstrip("=")


def _after(cursor: str) -> int:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        text = ""
    row_id = whole_number(text, 18)
    if row_id is None:
        raise Refusal("core.cursor_invalid", cursor=cursor[:40])
    return row_id


def paged(query: QuerySet[Row], cursor: str, limit: int, show: Callable[[Row], dict[str, Any]]) -> dict[str, Any]:
    """A page of a query in the order of its ids: rows that are added meanwhile neither repeat nor hide one. `limit` is
    at least 1, as `Limit` declares.
    """
    if cursor:
        query = query.filter(pk__gt=_after(cursor))
    rows = list(query.order_by("pk")[: limit + 1])
    following = cursor_of(rows[limit - 1].pk) if len(rows) > limit else ""
    return {"items": [show(row) for row in rows[:limit]], "next": following}


# -- versions ---------------------------------------------------------------------------------------------------------
def with_etag(response: HttpResponse, version: int) -> HttpResponse:
    """The row's version as ETag."""
    response["ETag"] = f'"{version}"'
    return response


def seen_version(request: HttpRequest) -> int | None:
    """The version that If-Match says was seen, to be handed to the action as `seen`; None when it says nothing."""
    value = request.headers.get("If-Match", "").strip()
    if value in ("", "*"):
        return None
    version = whole_number(value.removeprefix("W/").strip('"'))
    if version is None:
        raise Refusal("core.etag_invalid", value=value[:40])
    return version


# -- once -------------------------------------------------------------------------------------------------------------
def once(request: HttpRequest, carry_out: Callable[[Actor], Any], status: int = 200) -> HttpResponse:
    """Carry out a writing request. With an Idempotency-Key it is done once and answered the same the second time.

    `carry_out(actor)` calls one action with that actor and returns something JSON can hold.
    """
    actor = api_actor(request)
    key = request.headers.get("Idempotency-Key", "").strip()
    if not key:
        return fast(carry_out(actor), status)
    request_id = uuid5(_KEYS, f"{actor.user_id}:{actor.post_id}:{key[:200]}")
    digest = requests.content_digest(request)
    marked = replace(actor, request_id=request_id, request_digest=digest)

    def answer() -> str:
        return _ENCODER.encode(carry_out(marked)).decode()

    answered = requests.once(request_id, actor, digest, answer)
    if answered is None:
        raise Refusal("core.answer_lost")
    return HttpResponse(answered, status=status, content_type=JSON_TYPE)
