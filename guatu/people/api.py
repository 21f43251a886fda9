"""Posts, units and regions over the API."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from guatu.core import clock
from guatu.core.api import ERRORS, Limit, Page, api_actor, fast, paged
from guatu.people import policies
from guatu.people.models import Region, Unit
from guatu.people.queries import in_force, post_as_json, posts_in_force

router = Router(tags=["people"])


@router.get("/posts", response={200: Page, **ERRORS}, url_name="posts")
def posts(request: HttpRequest, cursor: str = "", limit: Limit = 50) -> HttpResponse:
    """Posts in force that the post may see."""
    seen = policies.visible_posts(api_actor(request, "people.view_posts")).values("pk")
    return fast(paged(posts_in_force().filter(pk__in=seen).select_related("user"), cursor, limit, post_as_json))


@router.get("/units", response={200: Page, **ERRORS}, url_name="units")
def units(request: HttpRequest, cursor: str = "", limit: Limit = 50) -> HttpResponse:
    """Units in force that the post may see."""
    query = policies.visible_units(api_actor(request, "people.view_units")).filter(in_force(clock.today()))
    return fast(paged(query.select_related("region"), cursor, limit, _unit))


def _unit(row: Unit) -> dict[str, Any]:
    names = ("public_id", "name", "short_name", "kind", "credit_code", "confirmed", "version")
    return {**{name: getattr(row, name) for name in names}, "region": row.region.code}


@router.get("/regions", response={200: Page, **ERRORS}, url_name="regions")
def regions(request: HttpRequest, cursor: str = "", limit: Limit = 50) -> HttpResponse:
    """Regions with their codes."""
    query = policies.visible_regions(api_actor(request, "people.view_regions")).select_related("parent")
    return fast(paged(query, cursor, limit, _region))


def _region(row: Region) -> dict[str, Any]:
    names = ("public_id", "code", "name", "level", "confirmed", "version")
    return {**{name: getattr(row, name) for name in names}, "parent": row.parent.code if row.parent else None}
