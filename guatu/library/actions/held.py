"""What a project's facts say of today, kept on its row: a table of half a million projects reads one row each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from guatu.core import clock
from guatu.core.writing import current
from guatu.library.choices import Role
from guatu.library.models import Assignment, Project, ProjectProfile
from guatu.library.queries.projects import parts

COLUMNS = ("total_investment", "unit_id", "lead_id", "held_until")
_ORDER = ("effective_on", "booked_on", "pk")


@dataclass(slots=True)
class Held:
    """What holds of one project on a day, in whole yuan and by the ids of who answers, until another fact begins."""

    total_investment: int | None = None
    unit_id: int | None = None
    lead_id: int | None = None
    held_until: date = date.max


def first_held(project: Project, total: int | None, on: date) -> None:
    """Set the cache of a project that is registered from a day on, of which nothing else was said yet."""
    today = clock.today()
    project.total_investment = total if on <= today else None
    project.held_from, project.held_until = today, date.max if on <= today else on


def refresh_held(projects: Sequence[Project]) -> int:
    """Compute what is cached of the projects' profiles and assignments again; how many differed."""
    today = clock.today()
    held = held_on(today, [project.pk for project in projects])
    moved = []
    for project in projects:
        now = held[project.pk]
        values = tuple([getattr(now, name) for name in COLUMNS])
        since = project.held_from
        if since is None or since > today or values != tuple([getattr(project, name) for name in COLUMNS]):
            for name, value in zip(COLUMNS, values, strict=True):
                setattr(project, name, value)
            project.held_from = today
            moved.append(project)
    current().cache(moved, ["total_investment", "unit", "lead", "held_from", "held_until"])
    return len(moved)


def held_on(day: date, ids: Sequence[int]) -> dict[int, Held]:
    """What holds of each project at the end of a day, restated."""
    found = {key: Held() for key in ids}
    for key, role, begins, total, unit, post in _facts(ids):
        held = found[key]
        if begins > day:
            held.held_until = min(held.held_until, begins)
        elif role is None:
            held.total_investment = total
        elif role == Role.LEAD:
            held.lead_id = post
        else:
            held.unit_id = unit
    return found


def _facts(ids: Sequence[int]) -> Iterator[tuple[int, str | None, date, Any, Any, Any]]:
    """(project, role or None for a profile, begins, total, unit, post), of each fact the one that holds last."""
    for part in parts(ids):
        profiles = ProjectProfile.objects.filter(project_id__in=part, superseded_at__isnull=True).order_by(*_ORDER)
        for key, begins, total in profiles.values_list("project_id", "effective_on", "total_investment"):
            yield key, None, begins, total, None, None
        answering = Assignment.objects.filter(
            project_id__in=part, superseded_at__isnull=True, role__in=(Role.RESPONSIBLE, Role.LEAD), slot=0
        ).order_by(*_ORDER)
        for key, role, begins, unit, post in answering.values_list(
            "project_id", "role", "effective_on", "unit_id", "post_id"
        ):
            yield key, role, begins, None, unit, post
