"""Reading of regions, units, posts and people for pages, commands and the packages above."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from guatu.core import clock
from guatu.core.actor import OPERATOR, Actor, Way
from guatu.core.logs import as_uuid
from guatu.core.models import TrailEntry
from guatu.core.prepared import prepared
from guatu.core.refusals import Refusal
from guatu.core.regions import RegionName
from guatu.people.choices import ADMIN_POSTS, PostKind, UnitKind
from guatu.people.models import Delegation, Liaison, Post, Region, Unit, User
from guatu.people.policies import actor_for


def in_force(day: date, prefix: str = "") -> Q:
    """Rows with `valid_from` and `valid_to` (both inclusive, both may be open) that hold on a day."""
    begun = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": day})
    lasting = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": day})
    return begun & lasting


def posts_in_force(day: date | None = None) -> QuerySet[Post]:
    """Posts that hold on a day (today)."""
    return Post.objects.filter(in_force(day or clock.today())).select_related("unit", "region")


def posts_of(user: User, day: date | None = None) -> list[Post]:
    """The posts that a person holds on a day, in the order of the office."""
    return _posts_of(user_id=user.pk, day=day or clock.today())


@prepared
def _posts_of(user_id: int, day: date) -> QuerySet[Post]:
    return posts_in_force(day).filter(user_id=user_id).order_by("order", "pk")


def project_office(region: Region) -> Unit | None:
    """A region's project office, which issues its papers: the first in the order of the office."""
    rows = Unit.objects.filter(region=region, kind=UnitKind.OFFICE, valid_to__isnull=True)
    return rows.order_by("order", "pk").first()


def stand_ins_of(user: User, day: date | None = None) -> list[tuple[Post, Liaison | Delegation]]:
    """(own post, for whom) of every post that a person may act for on a day: as liaison, or during leave."""
    on = day or clock.today()
    found: list[tuple[Post, Liaison | Delegation]] = []
    found.extend((row.liaison, row) for row in _liaisons_of(user_id=user.pk, on=on))
    found.extend((row.taker, row) for row in _delegations_to(user_id=user.pk, on=on))
    return found


@prepared
def _liaisons_of(user_id: int, on: date) -> QuerySet[Liaison]:
    rows = Liaison.objects.filter(
        in_force(on), in_force(on, "leader__"), in_force(on, "liaison__"), liaison__user_id=user_id
    )
    return rows.select_related("liaison__unit", "leader__unit", "leader__region").order_by("pk")


@prepared
def _delegations_to(user_id: int, on: date) -> QuerySet[Delegation]:
    rows = Delegation.objects.filter(
        in_force(on, "giver__"),
        in_force(on, "taker__"),
        starts_on__lte=on,
        ends_on__gte=on,
        ended_at__isnull=True,
        taker__user_id=user_id,
    )
    return rows.select_related("taker__unit", "giver__unit", "giver__region").order_by("pk")


def double_duty_users() -> QuerySet[User]:
    """Persons who hold more than one administrator's post today (small installation)."""
    posts = posts_in_force().filter(kind__in=ADMIN_POSTS, user__isnull=False).values_list("user_id", "kind")
    kinds: dict[int, set[str]] = {}
    for user_id, kind in posts:
        if user_id is not None:
            kinds.setdefault(user_id, set()).add(kind)
    return User.objects.filter(pk__in=[user for user, held in kinds.items() if len(held) > 1])


def double_duty_entries(limit: int) -> list[TrailEntry]:
    """The latest entries of the trail by persons with two administrators' duties, made in one of these duties."""
    users = double_duty_users()
    posts = Post.objects.filter(user__in=users, kind__in=ADMIN_POSTS)
    entries = TrailEntry.objects.filter(
        user_id__in=list(users.values_list("pk", flat=True)), post_id__in=list(posts.values_list("pk", flat=True))
    )
    return list(entries.order_by("-number")[:limit])


def regions_under(path: str) -> list[RegionName]:
    """The regions at and under a path; an empty path is the whole installation."""
    rows = Region.objects.filter(path__startswith=path).order_by("path")
    return [RegionName(row.pk, row.path, row.name) for row in rows]


def post_ids_under(path: str) -> Any:
    """Ids of the posts at and under a region's path, as a query for `IN`."""
    return Post.objects.filter(region__path__startswith=path).values("pk")


def actor_from_text(text: str, way: Way = Way.CLI) -> Actor:
    """Whom `--as` names (see `post_from_text`); nothing is the operator."""
    if not text.strip():
        return OPERATOR
    post = post_from_text(text)
    return actor_for(post.user, post, way)


def post_from_text(text: str) -> Post:
    """A post in force by its public id, "kind:unit name" (or "kind"), or the sign-in name of its holder.

    A person with several posts is taken in the first. Raises people.post_unknown or people.post_ambiguous.
    """
    wanted = text.strip()
    found = list(_posts_named(wanted)[:50])
    if not found:
        raise Refusal("people.post_unknown", name=wanted)
    if len(found) > 1 and found[0].kind == wanted.partition(":")[0]:
        raise Refusal("people.post_ambiguous", name=wanted, count=len(found))
    return found[0]


def post_as_json(post: Post) -> dict[str, Any]:
    """A post as the command line and the API print it; its unit, region and user are read along."""
    return {
        "public_id": str(post.public_id),
        "kind": post.kind,
        "title": post.title,
        "unit": post.unit.name if post.unit is not None else None,
        "unit_id": str(post.unit.public_id) if post.unit is not None else None,
        "region": post.region.code,
        "holder": post.user.name if post.user is not None else post.holder or None,
        "confirmed": post.confirmed,
    }


def _posts_named(text: str) -> QuerySet[Post]:
    posts = posts_in_force().select_related("user").order_by("order", "pk")
    posts = posts.filter(Q(user__isnull=True) | Q(user__is_active=True))
    public_id = as_uuid(text)
    if public_id is not None:
        return posts.filter(public_id=public_id)
    kind, _, unit = text.partition(":")
    named = posts.filter(kind=kind)
    if unit:
        named = named.filter(Q(unit__name=unit.strip()) | Q(unit__short_name=unit.strip()))
    return named if kind in PostKind.values else posts.filter(user__username=text)
