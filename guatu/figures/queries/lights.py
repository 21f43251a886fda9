"""Lights of some projects at a date as a page may show them, and what their units said of them."""

from collections.abc import Sequence
from datetime import date

from guatu.core.actor import Actor
from guatu.domain.lights import InEffect
from guatu.figures.models import LightExplanation
from guatu.figures.queries.light_facts import lists_of
from guatu.figures.queries.light_now import PENDING
from guatu.figures.queries.lit import lights_on
from guatu.library.models import Project
from guatu.library.policies import projects_within


def explanations_of(project: Project, day: date) -> list[LightExplanation]:
    """What the unit said of the light up to a day, the latest first."""
    return list(LightExplanation.objects.filter(project=project, on__lte=day).order_by("-on", "-pk"))


def lights_shown(actor: Actor, projects: Sequence[Project], as_of: date) -> dict[int, InEffect]:
    """project id → the light in effect at a date as a page may show it: a red that waits only to the unit itself
    (8-practice, Whose eyes). A project on no list of the year, or without rules, is left out; nobody says since when.
    """
    lists = lists_of([project.pk for project in projects], as_of.year)
    kept = lights_on(as_of, regions={row.region_id for row in lists}) if lists else {}
    found = {project.pk: kept[project.pk] for project in projects if project.pk in kept}
    waiting = [project for project, light in found.items() if light.pending is not None]
    theirs = (
        set(projects_within(actor, PENDING).filter(pk__in=waiting).values_list("pk", flat=True)) if waiting else set()
    )
    return {project: light if project in theirs else light.for_others for project, light in found.items()}
