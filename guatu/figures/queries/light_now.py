"""The lights in effect on a day as pages show them: of one project or of all, a red that waits to the unit alone."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from guatu.core import rights
from guatu.core.actor import Actor
from guatu.domain.lights import InEffect
from guatu.figures.policies import within
from guatu.figures.queries.lit import lights_on
from guatu.library.models import Project
from guatu.library.policies import projects_within

PENDING = "figures.view_pending_lights"


def sees_all(actor: Actor) -> bool:
    """Whether no light is out of the actor's reach."""
    return "installation" in rights.scopes_of(actor, "figures.view")


def lights_seen(actor: Actor, day: date) -> Mapping[int, InEffect]:
    """project id → the light in effect, of the projects whose figures the actor may see; without what waits."""
    found = lights_on(day)
    if not rights.can(actor, "figures.view").allowed:
        return {}
    if sees_all(actor) or not found:
        return found
    ids = within(actor).values_list("pk", flat=True)
    return {project: found[project] for project in ids if project in found}


def light_shown(actor: Actor, project: Project, day: date) -> InEffect | None:
    """One project's light without since when; a red that waits only to the unit itself."""
    light = lights_on(day).get(project.pk)
    if light is None or light.pending is None or project.pk in pending_seen(actor, [project.pk]):
        return light
    return replace(light, pending=None, takes_effect=None)


def pending_seen(actor: Actor, projects: Collection[int]) -> set[int]:
    """Those of the projects whose waiting red the actor may see."""
    if not projects or not rights.can(actor, PENDING).allowed:
        return set()
    return set(projects_within(actor, PENDING).filter(pk__in=projects).values_list("pk", flat=True))
