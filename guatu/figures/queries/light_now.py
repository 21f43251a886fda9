"""The lights in effect on a day as pages show them: of one project or of all, a red that waits to the unit alone."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from guatu.core import rights
from guatu.core.actor import Actor
from guatu.domain.lights import InEffect
from guatu.figures.policies import within
from guatu.figures.queries.light_facts import lists_of
from guatu.figures.queries.light_rules import rows_in_force
from guatu.figures.queries.lit import lights_on
from guatu.library.models import Project
from guatu.library.policies import projects_within

PENDING = "figures.view_pending_lights"


class Shown(NamedTuple):
    """A light as its reader may see it, without since when; `hidden`: the day on which a red that is kept from this
    reader takes effect."""

    light: InEffect
    hidden: date | None = None


def rules_hold(day: date) -> bool:
    """Whether any region has rules in force on a day."""
    return any(row.valid_from and row.valid_from <= day <= (row.valid_to or day) for row in rows_in_force())


def lights_seen(actor: Actor, day: date, regions: Collection[int] | None = None) -> Mapping[int, InEffect]:
    """project id → the light in effect, of the projects whose figures the actor may see; without what waits.

    `regions`: of the lists of these regions only.
    """
    if not rights.can(actor, "figures.view").allowed:
        return {}
    found = lights_on(day, regions=regions)
    if found and "installation" not in rights.scopes_of(actor, "figures.view"):
        ids = within(actor).values_list("pk", flat=True)
        found = {project: found[project] for project in ids if project in found}
    return {project: light.for_others for project, light in found.items()}


def light_shown(actor: Actor, project: Project, day: date) -> Shown | None:
    """One project's light; a red that waits only to the unit itself. None where no list of the year has it."""
    regions = {row.region_id for row in lists_of([project.pk], day.year)}
    light = lights_on(day, regions=regions).get(project.pk) if regions else None
    if light is None:
        return None
    if light.pending is None or _of_the_unit(actor, project):
        return Shown(light)
    return Shown(light.for_others, light.takes_effect)


def _of_the_unit(actor: Actor, project: Project) -> bool:
    allowed = rights.can(actor, PENDING).allowed
    return allowed and projects_within(actor, PENDING).filter(pk=project.pk).exists()
