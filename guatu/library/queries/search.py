"""Finding projects by name, part of a name, pinyin initials or code, within what the actor may find."""

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse

from guatu.core.actor import Actor
from guatu.core.registries import Hit
from guatu.library.compute import match_key
from guatu.library.models import OtherName, Project
from guatu.library.policies import findable_projects


def matching(rows: QuerySet[Project], text: str) -> QuerySet[Project]:
    """The projects that a typed text may mean: part of its name or of one of its other names, initials, code."""
    plain = match_key(text)
    if not plain:
        return rows.none() if text.strip() else rows
    others = OtherName.objects.filter(withdrawn=False, match_key__contains=plain)
    reach = Q(match_key__contains=plain) | Q(code__icontains=text.strip()) | Q(pk__in=others.values("project_id"))
    if plain.isascii():
        reach |= Q(initials__contains=plain)
    return rows.filter(reach)


def find_projects(actor: Actor, text: str, limit: int = 20) -> list[Project]:
    """The best answers first: the name itself, names that begin so, initials that begin so, the rest by pinyin."""
    plain = match_key(text)
    if not plain:
        return []
    rank = Case(
        When(match_key=plain, then=Value(0)),
        When(match_key__startswith=plain, then=Value(1)),
        When(initials__startswith=plain, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    found = matching(findable_projects(actor), text).annotate(_match=rank).select_related("region")
    return list(found.order_by("_match", "sort_key", "pk")[:limit])


def hits(actor: Actor, text: str, limit: int) -> list[Hit]:
    """The same for the search box."""
    return [
        Hit(row.name, reverse("library:project", args=[row.public_id]), f"{row.region} · {row.get_stage_display()}")
        for row in find_projects(actor, text, limit)
    ]
