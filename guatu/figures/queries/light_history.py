"""How a project's light went through the year: every evaluation with the rules of its day, as it was shown."""

from dataclasses import dataclass
from datetime import date, timedelta

from guatu.domain.lights import InEffect, RuleSet, evaluate_all, in_effect, in_force
from guatu.domain.periods import Period
from guatu.figures.queries.light_rules import rules_of
from guatu.figures.queries.lights import evaluation_days, exemptions_of, gather_light_facts
from guatu.library.models import Project
from guatu.people.queries import calendar_for


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was in effect after an evaluation, until the next one: the period that it judged, and the rules it was
    judged by. A red that waits at the end of a stretch, or lapsed, is not in it."""

    period: Period
    evaluated_on: date
    shown: InEffect
    rules: RuleSet


def light_history(project: Project, day: date) -> list[Stretch]:
    """The year's evaluations up to a day, oldest first, facts as they are known now; empty where no rules hold."""
    rules = rules_of(project.region)
    if not any(row.holds_on(day) for row in rules):
        return []
    days = evaluation_days(rules, day)
    calendar = calendar_for(project.region, closures=False)
    excused = exemptions_of([project.pk]).get(project.pk, [])
    facts = [(each, gather_light_facts([project.pk], each)[project.pk]) for each in days]
    evaluations = evaluate_all(rules, facts, calendar, excused)
    found = []
    for place, one in enumerate(evaluations):
        last = evaluations[place + 1].on - timedelta(days=1) if place + 1 < len(evaluations) else day
        held = in_force(rules, one.on)
        shown = in_effect(evaluations[: place + 1], last, calendar, excused)
        found.append(Stretch(Period.containing(held.rhythm, one.on), one.on, shown, held))
    return found
