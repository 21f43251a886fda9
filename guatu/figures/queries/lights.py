"""Facts for lights, and the lights of projects at a date: evaluated with the rules, facts and knowledge of that date.

What nobody can tell yet is left out: a rule that asks for it is not met and is listed as waiting.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from guatu.core.actor import Actor
from guatu.core.dated import known_on
from guatu.domain.indicators import EntryFacts
from guatu.domain.lights import Exemption, InEffect, RuleSet, evaluate_all, in_effect, in_force, months_missed
from guatu.domain.lights.facts import Facts, Value
from guatu.domain.periods import iter_periods
from guatu.domain.progress import TimeBasis, year_passed
from guatu.domain.workdays import WorkCalendar
from guatu.figures.models import LightExemption, LightExplanation
from guatu.figures.queries.gather import merged, placed
from guatu.figures.queries.light_rules import rules_of
from guatu.figures.queries.sql import Asked
from guatu.library.models import AnnualList, ListEntry, Project
from guatu.library.policies import projects_within
from guatu.library.queries.projects import parts
from guatu.people.models import Region
from guatu.people.queries import calendar_for

DAYS_BACK: Final = 14
"""By days, a first red waits no longer than the longest rest: the lights of two weeks decide what is in effect."""


# -- facts ------------------------------------------------------------------------------------------------------------
def entry_facts(entry: EntryFacts, as_of: date, basis: TimeBasis, year: int) -> dict[str, Value]:
    """What the figures know of an entry, by the names of `guatu.domain.lights.FACTS`; exact, nothing rounded.

    `lead` and `investment_ratio` need a plan and a reading; the ratio also time that has passed.
    """
    found: dict[str, Value] = {
        "stage": entry.stage,
        "kind": entry.kind,
        "suspended": entry.suspended,
        "started": entry.started_on is not None and entry.started_on <= as_of,
        "completed": entry.completed_on is not None and entry.completed_on <= as_of,
    }
    planned, done = entry.planned_investment, entry.investment_to_date
    passed, whole = year_passed(as_of, basis, year)
    if planned > 0:
        found["planned_investment"] = planned
    if planned > 0 and done is not None:
        found["lead"] = Fraction(100 * done, planned) - Fraction(100 * passed, whole)
        if passed:
            found["investment_ratio"] = Fraction(100 * done * whole, planned * passed)
    return {**found, **_start_facts(entry, as_of, bool(found["started"])), **_finish_facts(entry, as_of)}


def _start_facts(entry: EntryFacts, as_of: date, started: bool) -> dict[str, Value]:
    if started:
        return {"start_months_missed": 0, "start_days_late": 0}
    if entry.planned_start is None:
        return {}
    late = max(0, (as_of - entry.planned_start).days)
    return {"start_months_missed": months_missed(entry.planned_start, as_of), "start_days_late": late}


def _finish_facts(entry: EntryFacts, as_of: date) -> dict[str, Value]:
    if entry.completed_on is not None and entry.completed_on <= as_of:
        return {"finish_days_late": 0}
    if entry.planned_finish is None:
        return {}
    return {"finish_days_late": max(0, (as_of - entry.planned_finish).days)}


def _list_facts(projects: Collection[int], as_of: date, known: date | None) -> dict[int, Facts]:
    """From the lists of the year: a project on several of them by the highest one."""
    lists = _lists(projects, as_of.year)
    asked = Asked(lists, as_of, known)
    by_id = {row.pk: row for row in lists}
    found: dict[int, Facts] = {}
    for entry in merged(asked, placed(asked, projects)):
        if not entry.exited:
            row = by_id[entry.list_id]
            found[entry.project_id] = entry_facts(
                entry, as_of, "days" if row.time_basis == "days" else "months", row.year
            )
    return found


def _lists(projects: Collection[int], year: int) -> tuple[AnnualList, ...]:
    order = {"province": 0, "city": 1, "district": 2}
    listed = ListEntry.objects.filter(project_id__in=projects).values("annual_list_id")
    rows = AnnualList.objects.filter(year=year, withdrawn=False, pk__in=listed)
    return tuple(sorted(rows, key=lambda row: (order[row.level], row.pk)))


Reader = Callable[[Collection[int], date, "date | None"], dict[int, Facts]]
READERS: Final[tuple[Reader, ...]] = (_list_facts,)
"""Where facts of lights come from, joined by project. `plans.queries.node_facts(project_ids, as_of, known)` is to be
joined HERE and nowhere else: days_late, worst_node, nodes_overdue, weight_overdue, chain_lost. Until it is, these facts
are not known and no rule that asks for them is met.
"""


def gather_light_facts(projects: Collection[int], as_of: date, known: date | None = None) -> dict[int, Facts]:
    """project id → its facts at a date, as known on a day; a project of no list of the year has none."""
    found: dict[int, dict[str, Value]] = {project: {} for project in projects}
    for read in READERS:
        for project, facts in read(projects, as_of, known).items():
            found[project].update(facts)
    return dict(found)


# -- lights -----------------------------------------------------------------------------------------------------------
def evaluation_days(rules: Sequence[RuleSet], as_of: date) -> list[date]:
    """The days on which a light is computed up to a date: ends of the year's months or weeks, or the last two weeks.

    By the rhythm of the rules in force at the date. A year's lights begin with its first period.
    """
    rhythm = in_force(rules, as_of).rhythm
    if rhythm == "day":
        days: Iterable[date] = (as_of - timedelta(days=back) for back in range(DAYS_BACK, -1, -1))
    else:
        days = (period.end for period in iter_periods(rhythm, date(as_of.year, 1, 1), as_of))
    return [day for day in days if day <= as_of and day.year == as_of.year and any(row.holds_on(day) for row in rules)]


def exemptions_of(projects: Collection[int], known: date | None = None) -> dict[int, list[Exemption]]:
    """project → its exemptions as known on a day."""
    found: dict[int, list[Exemption]] = {}
    for row in LightExemption.objects.filter(known_on(known), project_id__in=projects).order_by("effective_on", "pk"):
        exemption = Exemption(row.effective_on, row.until, row.reason, row.approved_by)
        found.setdefault(row.project_id, []).append(exemption)
    return found


def explanations_of(project: Project, day: date) -> list[LightExplanation]:
    """What the unit said of the light up to a day, the latest first."""
    return list(LightExplanation.objects.filter(project=project, on__lte=day).order_by("-on", "-pk"))


def lights(projects: Sequence[Project], as_of: date, known: date | None = None) -> dict[int, InEffect]:
    """project id → the light in effect at a date, with the red that waits: for computing, not for showing.

    A project whose region has no rules then is left out.
    """
    found: dict[int, InEffect] = {}
    by_region: dict[int, list[int]] = {}
    for project in projects:
        by_region.setdefault(project.region_id, []).append(project.pk)
    for region in Region.objects.filter(pk__in=by_region):
        rules = rules_of(region, known)
        if any(row.holds_on(as_of) for row in rules):
            for part in parts(by_region[region.pk]):
                found.update(_region_lights(part, rules, as_of, known, calendar_for(region, closures=False)))
    return found


def lights_shown(
    actor: Actor, projects: Sequence[Project], as_of: date, known: date | None = None
) -> dict[int, InEffect]:
    """The same as a page may show it: a red that waits only to the unit itself (8-practice, Whose eyes)."""
    found = lights(projects, as_of, known)
    waiting = [project for project, light in found.items() if light.pending is not None]
    theirs = set(
        projects_within(actor, "figures.view_pending_lights").filter(pk__in=waiting).values_list("pk", flat=True)
    )
    return {
        project: light if project in theirs else replace(light, pending=None, takes_effect=None)
        for project, light in found.items()
    }


def _region_lights(
    ids: Sequence[int], rules: Sequence[RuleSet], as_of: date, known: date | None, calendar: WorkCalendar
) -> dict[int, InEffect]:
    """`calendar` says which work day a first red waits for: the office's, since a closed site stops no paper."""
    days = evaluation_days(rules, as_of)
    facts = [(day, gather_light_facts(ids, day, known)) for day in days]
    excused = exemptions_of(ids, known)
    return {
        project: in_effect(
            evaluate_all(rules, [(day, of[project]) for day, of in facts], calendar, excused.get(project, [])),
            as_of,
            calendar,
            excused.get(project, []),
        )
        for project in ids
    }
