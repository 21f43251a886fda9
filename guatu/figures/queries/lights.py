"""Lights of projects at a date: evaluated with the rules, facts and knowledge of that date, and what may be shown."""

from collections.abc import Sequence
from datetime import date

from guatu.core.actor import Actor
from guatu.domain.lights import InEffect
from guatu.figures.models import LightExplanation
from guatu.figures.queries.light_courses import courses, exemptions_of
from guatu.figures.queries.light_facts import lists_of
from guatu.figures.queries.light_rules import rows_in_force
from guatu.figures.queries.lit import lights_on
from guatu.library.models import Project
from guatu.library.policies import projects_within
from guatu.library.queries.projects import parts


def explanations_of(project: Project, day: date) -> list[LightExplanation]:
    """What the unit said of the light up to a day, the latest first."""
    return list(LightExplanation.objects.filter(project=project, on__lte=day).order_by("-on", "-pk"))


def lights(projects: Sequence[Project], as_of: date, known: date | None = None) -> dict[int, InEffect]:
    """project id → the light in effect at a date, since when, with the red that waits: for computing, not for showing.

    A project whose region has no rules then is left out. Every evaluation of the year is read: for thousands of
    projects ask `lights_on`.
    """
    regions = {project.pk: project.region_id for project in projects}
    rows = rows_in_force(known)
    found: dict[int, InEffect] = {}
    if not rows:
        return found
    for course, ids in courses(regions, rows, lists_of(regions, as_of.year), as_of, known):
        for part in parts(ids):
            found.update(course.whole(part, exemptions_of(part, known)))
    return found


def lights_shown(
    actor: Actor, projects: Sequence[Project], as_of: date, known: date | None = None, *, history: bool = True
) -> dict[int, InEffect]:
    """The same as a page may show it: a red that waits only to the unit itself (8-practice, Whose eyes).

    Without `history` what is remembered of the lists answers, and nobody says since when.
    """
    found = lights(projects, as_of, known) if history else _remembered(projects, as_of, known)
    waiting = [project for project, light in found.items() if light.pending is not None]
    theirs = set(
        projects_within(actor, "figures.view_pending_lights").filter(pk__in=waiting).values_list("pk", flat=True)
    )
    return {project: light if project in theirs else light.for_others for project, light in found.items()}


def _remembered(projects: Sequence[Project], as_of: date, known: date | None) -> dict[int, InEffect]:
    """From the memory of the lists; a project that stands on none of them is read by itself."""
    lists = lists_of([project.pk for project in projects], as_of.year)
    kept_ones = lights_on(as_of, known, {row.region_id for row in lists})
    found = {project.pk: kept_ones[project.pk] for project in projects if project.pk in kept_ones}
    return found | lights([project for project in projects if project.pk not in kept_ones], as_of, known)
