"""Reading of regions, units, posts and people for pages, commands and the packages above."""

from datetime import date

from django.db.models import Q, QuerySet

from guatu.core import clock
from guatu.core.models import TrailEntry
from guatu.people.choices import ADMIN_POSTS
from guatu.people.models import Delegation, Liaison, Post, Region, Unit, User


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
    return list(posts_in_force(day).filter(user=user).order_by("order", "pk"))


def stand_ins_of(user: User, day: date | None = None) -> list[tuple[Post, Liaison | Delegation]]:
    """(own post, for whom) of every post that a person may act for on a day: as liaison, or during leave."""
    on = day or clock.today()
    liaisons = Liaison.objects.filter(
        in_force(on), in_force(on, "leader__"), in_force(on, "liaison__"), liaison__user=user
    ).select_related("liaison__unit", "leader__unit", "leader__region")
    delegations = Delegation.objects.filter(
        in_force(on, "giver__"),
        in_force(on, "taker__"),
        starts_on__lte=on,
        ends_on__gte=on,
        ended_at__isnull=True,
        taker__user=user,
    ).select_related("taker__unit", "giver__unit", "giver__region")
    found: list[tuple[Post, Liaison | Delegation]] = [(row.liaison, row) for row in liaisons.order_by("pk")]
    found.extend((row.taker, row) for row in delegations.order_by("pk"))
    return found


def region_named(text: str) -> Region | None:
    """A region by code, or by name when only one has it."""
    found = list(Region.objects.filter(Q(code=text) | Q(name=text))[:2])
    return found[0] if len(found) == 1 else None


def units_to_confirm(units: QuerySet[Unit]) -> QuerySet[Unit]:
    """Units that a ledger named and nobody has confirmed."""
    return units.filter(confirmed=False).select_related("region").order_by("region__path", "name")


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
