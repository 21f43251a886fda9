"""The package over the API: who one is, posts, units and regions; tokens of posts."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.security import HttpBearer

from guatu.core import clock, rights
from guatu.core.actor import Actor
from guatu.core.limits import check_rate
from guatu.core.pages import actor_of
from guatu.people import policies
from guatu.people.models import Post, Region, Unit
from guatu.people.queries import in_force, post_as_json, posts_in_force
from guatu.people.session import address_of, token_actor

LIMIT = 100


class PostToken(HttpBearer):
    """`Authorization: Bearer guatu_…`: acts in the token's post. A browser's session is never taken, so no form can."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The actor, which also stands at `request.actor`; None answers 401."""
        check_rate(f"token:{address_of(request)}", 1200, 60)
        actor = token_actor(token, address_of(request))
        if actor is not None:
            request.actor = actor  # type: ignore[attr-defined]  # our own attribute
        return actor


router = Router(tags=["people"], auth=PostToken())


class MeOut(Schema):
    """In whose name a token acts."""

    post: str | None
    kind: str
    label: str
    region_path: str


class PostOut(Schema):
    """A post in force."""

    id: UUID
    kind: str
    title: str
    unit: str | None
    unit_id: UUID | None
    region: str
    holder: str | None
    confirmed: bool


class UnitOut(Schema):
    """A unit."""

    id: UUID
    name: str
    short_name: str
    kind: str
    region: str
    confirmed: bool


class RegionOut(Schema):
    """A region."""

    code: str
    name: str
    level: str
    parent: str | None
    confirmed: bool


class Page(Schema):
    """One page: `next` is the cursor of the page after it, or null."""

    next: str | None


class PostsOut(Page):
    items: list[PostOut]


class UnitsOut(Page):
    items: list[UnitOut]


class RegionsOut(Page):
    items: list[RegionOut]


def _page(query: Any, cursor: str, limit: int) -> tuple[list[Any], str | None]:
    """Rows after the cursor (a row's id) in the order of ids, and the cursor of the page after."""
    size = max(1, min(limit, LIMIT))
    after = int(cursor) if cursor.isdigit() else 0
    rows = list(query.filter(pk__gt=after).order_by("pk")[: size + 1])
    return rows[:size], str(rows[size - 1].pk) if len(rows) > size else None


@router.get("/me", response=MeOut)
def me(request: HttpRequest) -> dict[str, Any]:
    """In whose name the token acts."""
    actor = actor_of(request)
    post = Post.objects.filter(pk=actor.post_id or 0).first()
    return {
        "post": str(post.public_id) if post else None,
        "kind": actor.post_kind,
        "label": actor.label,
        "region_path": actor.region_path,
    }


@router.get("/posts", response=PostsOut)
def posts(request: HttpRequest, cursor: str = "", limit: int = LIMIT) -> dict[str, Any]:
    """Posts in force that the post may see."""
    actor = actor_of(request)
    rights.can(actor, "people.view_posts").require()
    seen = policies.visible_posts(actor).values("pk")
    rows, after = _page(posts_in_force().filter(pk__in=seen).select_related("user"), cursor, limit)
    return {"items": [post_as_json(row) for row in rows], "next": after}


@router.get("/units", response=UnitsOut)
def units(request: HttpRequest, cursor: str = "", limit: int = LIMIT) -> dict[str, Any]:
    """Units in force that the post may see."""
    actor = actor_of(request)
    rights.can(actor, "people.view_units").require()
    query = policies.visible_units(actor).filter(in_force(clock.today())).select_related("region")
    rows, after = _page(query, cursor, limit)
    return {"items": [_unit(row) for row in rows], "next": after}


def _unit(row: Unit) -> dict[str, Any]:
    return {
        "id": row.public_id,
        "name": row.name,
        "short_name": row.short_name,
        "kind": row.kind,
        "region": row.region.code,
        "confirmed": row.confirmed,
    }


@router.get("/regions", response=RegionsOut)
def regions(request: HttpRequest, cursor: str = "", limit: int = LIMIT) -> dict[str, Any]:
    """Regions."""
    actor = actor_of(request)
    rights.can(actor, "people.view_regions").require()
    rows, after = _page(policies.visible_regions(actor).select_related("parent"), cursor, limit)
    return {"items": [_region(row) for row in rows], "next": after}


def _region(row: Region) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "level": row.level,
        "parent": row.parent.code if row.parent is not None else None,
        "confirmed": row.confirmed,
    }
