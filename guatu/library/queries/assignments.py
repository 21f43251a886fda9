"""Who answers for what, at a date; and what a project still lacks of the 五个一."""

from collections.abc import Iterable
from datetime import date

from guatu.library.models import Assignment
from guatu.library.queries.projects import parts
from guatu.people.models import Post, Unit


def holders_of(
    ids: Iterable[int], day: date, *, known: date | None = None, restated: bool = True
) -> dict[int, list[Assignment]]:
    """The assignments that hold at the end of a day, by project, ordered by role and slot; ended ones left out."""
    found: dict[int, list[Assignment]] = {}
    for part in parts(ids):
        rows = Assignment.objects.filter(project_id__in=part).as_of(day, known=known, restated=restated)
        for row in rows.select_related("unit", "post", "post__unit"):
            if row.unit_id is not None or row.post_id is not None:
                found.setdefault(row.project_id, []).append(row)
    for held in found.values():
        held.sort(key=lambda row: (row.role, row.slot))
    return found


def slots_held(ids: Iterable[int], day: date) -> dict[int, list[tuple[str, int]]]:
    """The (role, slot) pairs in which anybody stands at the end of a day, by project."""
    found: dict[int, list[tuple[str, int]]] = {}
    for part in parts(ids):
        rows = Assignment.objects.filter(project_id__in=part).as_of(day, restated=True)
        for key, role, slot, unit, post in rows.values_list("project_id", "role", "slot", "unit_id", "post_id"):
            if unit is not None or post is not None:
                found.setdefault(key, []).append((role, slot))
    for held in found.values():
        held.sort()
    return found


def held_by(day: date, *, post: Post | None = None, unit: Unit | None = None) -> list[Assignment]:
    """What a post or unit (both, when both are named) holds at the end of a day."""
    named = Assignment.objects.all()
    if post is not None:
        named = named.filter(post=post)
    if unit is not None:
        named = named.filter(unit=unit)
    if post is None and unit is None:
        return []
    touched = named.values("project_id")
    rows = Assignment.objects.filter(project_id__in=touched).as_of(day, restated=True)
    return [
        row
        for row in rows.select_related("project", "project__region")
        if (post is None or row.post_id == post.pk) and (unit is None or row.unit_id == unit.pk)
    ]
