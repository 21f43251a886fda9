"""How a project's light went through the year: every evaluation with the rules of its day, as it was shown."""

from dataclasses import dataclass
from datetime import date, timedelta

from guatu.domain.lights import InEffect, RuleSet, evaluate_all, in_effect, in_force
from guatu.domain.periods import Period
from guatu.figures.queries.light_courses import Course, courses, exemptions_of
from guatu.figures.queries.light_facts import lists_of
from guatu.figures.queries.light_rules import rows_in_force
from guatu.library.models import Project


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
    lists = lists_of([project.pk], day.year)
    found = courses({project.pk: project.region_id}, rows_in_force(), lists, day, None)
    return _stretches(found[0][0], project.pk) if found else []


def _stretches(course: Course, project: int) -> list[Stretch]:
    excused = exemptions_of([project]).get(project, [])
    facts = [(day, course.facts(day, [project]).get(project, {})) for day in course.days]
    evaluations = evaluate_all(course.rules, facts, course.calendar, excused)
    ends = [one.on - timedelta(days=1) for one in evaluations[1:]] + [course.as_of]
    found = []
    for place, (one, end) in enumerate(zip(evaluations, ends, strict=False), start=1):
        held = in_force(course.rules, one.on)
        shown = in_effect(evaluations[:place], end, course.calendar, excused)
        found.append(Stretch(Period.containing(held.rhythm, one.on), one.on, shown, held))
    return found
