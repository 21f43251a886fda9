"""What a project's page says of its light below the title: colour and sentence, the rules, excuses and explanations."""

from datetime import date
from typing import Any

from guatu.core import rights
from guatu.core.actor import Actor
from guatu.core.editions import RuleState
from guatu.core.templatetags.ui import light as light_mark
from guatu.core.ui.lights import LIT
from guatu.domain.lights import InEffect
from guatu.figures.light_forms import ExplainForm
from guatu.figures.models import LightExplanation, LightRuleSet
from guatu.figures.policies import visible_light_rules
from guatu.figures.queries.light_now import Shown, light_shown
from guatu.figures.queries.light_rules import edition_over
from guatu.figures.queries.lights import explanations_of
from guatu.library.models import Project
from guatu.library.policies import can_do
from guatu.people.queries import calendar_for

EXPLANATIONS = 3


def light_block(actor: Actor, project: Project, day: date) -> dict[str, Any] | None:
    """None where the project stands on no list of the year; without rules in force, that there are none."""
    row = edition_on(actor, project, day)
    if row is None:
        may_draft = rights.can(actor, "figures.draft_light_rules").allowed
        return {"without": True, "may_draft": may_draft, "mark": ""}
    shown = light_shown(actor, project, day)
    if shown is None:
        return None
    light = shown.light
    colour = light.colour or "none"
    warns = colour in ("red", "yellow") or light.pending is not None
    explains = warns and can_do(actor, "figures.explain_light", project).allowed
    return {
        "mark": light_mark(colour, str(LIT[colour]), strong=True),
        "project": project,
        "light": light,
        "colour": colour,
        "word": LIT[colour],
        "tone": colour if colour in ("red", "yellow") and light.exemption is None else "",
        "others": others_of(light),
        "rules": row,
        "explanations": explanations_shown(project, shown, day)[:EXPLANATIONS],
        "form": ExplainForm() if explains and light.pending is not None else None,
        "may_explain": explains,
        "may_exempt": warns and can_do(actor, "figures.exempt_light", project).allowed,
    }


def others_of(light: InEffect) -> list[str]:
    """The sentences of the other rules that are met, the winning one's colour only."""
    if light.light is None:
        return []
    return [one.sentence for one in light.light.met[1:] if one.colour == light.light.colour]


def edition_on(actor: Actor, project: Project, day: date) -> LightRuleSet | None:
    """The edition that lights a project on a day, as far as the actor may see rules; None where none holds."""
    rows = visible_light_rules(actor).filter(region__path__in=project.region.lineage, state=RuleState.IN_FORCE)
    return edition_over(rows.select_related("region"), project.region, day)


def explanations_shown(project: Project, shown: Shown, day: date) -> list[LightExplanation]:
    """What the unit said this year, the latest first. What it said of a red that waits, others see with that red."""
    rows = [row for row in explanations_of(project, day) if row.on.year == day.year]
    if shown.hidden is None or not rows:
        return rows
    first = calendar_for(project.region, closures=False).shift(shown.hidden, -1)
    return [row for row in rows if row.on < first]
