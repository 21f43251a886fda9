"""How lights of projects are computed: the rules that they go by, the days of evaluation, one light after another."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final

from guatu.core.dated import known_on
from guatu.domain.lights import (
    Evaluation,
    Exemption,
    InEffect,
    RuleSet,
    evaluate,
    evaluate_all,
    in_effect,
    in_force,
    is_settled,
)
from guatu.domain.lights.facts import Facts
from guatu.domain.lights.history import RUNNING
from guatu.domain.periods import iter_periods
from guatu.domain.workdays import WorkCalendar
from guatu.figures.models import LightExemption, LightRuleSet
from guatu.figures.queries.light_facts import facts_asked, facts_on
from guatu.figures.queries.light_rules import over, rules_over
from guatu.library.models import AnnualList
from guatu.people.models import Region
from guatu.people.queries import calendar_for

DAYS_BACK: Final = 14
"""By days, a first red waits no longer than the longest rest: the lights of two weeks decide what is in effect."""


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


def exemptions_of(projects: Collection[int] | None, known: date | None = None) -> dict[int, list[Exemption]]:
    """project → its exemptions as known on a day; of all projects where none are named."""
    found: dict[int, list[Exemption]] = {}
    rows = LightExemption.objects.filter(known_on(known))
    if projects is not None:
        rows = rows.filter(project_id__in=projects)
    for row in rows.order_by("effective_on", "pk"):
        exemption = Exemption(row.effective_on, row.until, row.reason, row.approved_by)
        found.setdefault(row.project_id, []).append(exemption)
    return found


# -- one after another ------------------------------------------------------------------------------------------------
@dataclass(slots=True)
class Course:
    """The rules of some projects at a date, and what their lights are computed from."""

    lists: tuple[AnnualList, ...]
    rules: tuple[RuleSet, ...]
    calendar: WorkCalendar
    as_of: date
    known: date | None
    days: list[date] = field(init=False)
    wanted: frozenset[str] = field(init=False)
    read: list[date] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.days = evaluation_days(self.rules, self.as_of)
        self.wanted = facts_asked({in_force(self.rules, day) for day in self.days})

    def facts(self, day: date, projects: Collection[int] | None) -> Mapping[int, Facts]:
        """Of some projects, or of all on the lists."""
        if day not in self.read:
            self.read.append(day)
        return facts_on(self.lists, day, self.known, self.wanted, projects)

    def whole(self, projects: Collection[int], excused: Mapping[int, list[Exemption]]) -> dict[int, InEffect]:
        """From every evaluation of the course: who has since when had which light."""
        facts = [(day, self.facts(day, projects)) for day in self.days]
        return {
            project: in_effect(
                evaluate_all(
                    self.rules,
                    [(day, of.get(project, {})) for day, of in facts],
                    self.calendar,
                    excused.get(project, []),
                ),
                self.as_of,
                self.calendar,
                excused.get(project, []),
            )
            for project in projects
        }

    def last(
        self, projects: Collection[int], excused: Mapping[int, list[Exemption]], *, all_listed: bool
    ) -> dict[int, InEffect]:
        """From as few evaluations as say what is in effect, the last one first; `since` is not looked for."""
        if self.wanted & RUNNING.keys():
            return {key: replace(one, since=None) for key, one in self.whole(projects, excused).items()}
        found: dict[int, InEffect] = {}
        course: dict[int, list[Evaluation]] = {project: [] for project in projects}
        for day in reversed(self.days):
            if not course:
                break
            rules = in_force(self.rules, day)
            facts = self.facts(day, None if all_listed and day == self.days[-1] else list(course))
            shown = self.calendar.shift(day, 1) <= self.as_of  # from when on a first red of this day shows
            for project in list(course):
                light = evaluate(rules, facts.get(project, {}))
                if (shown or light.colour != "red") and not course[project]:  # it shows, whatever came before
                    del course[project]
                    excuse = next((one for one in excused.get(project, ()) if self.as_of in one), None)
                    found[project] = InEffect(light, None, exemption=excuse, judged_on=day)
                    continue
                taken = course[project] = [Evaluation(day, light), *course[project]]
                if is_settled(taken, self.as_of, self.calendar):
                    found[project] = self._effect(course.pop(project), excused.get(project, ()))
        found.update({key: self._effect(taken, excused.get(key, ())) for key, taken in course.items()})
        return found

    def _effect(self, taken: Sequence[Evaluation], excused: Iterable[Exemption]) -> InEffect:
        shown = in_effect(taken, self.as_of, self.calendar, excused)
        return shown if shown.since is None else replace(shown, since=None)


def courses(
    regions: Mapping[int, int],
    rows: Sequence[LightRuleSet],
    lists: tuple[AnnualList, ...],
    as_of: date,
    known: date | None,
) -> list[tuple[Course, list[int]]]:
    """Projects (with their regions) by the rules that their region goes by; left out where none hold on the day.

    The calendar says which work day a first red waits for: the offices', since a closed site stops no paper.
    """
    by_region: dict[int, list[int]] = {}
    for project, region_id in regions.items():
        by_region.setdefault(region_id, []).append(project)
    read: dict[tuple[int, ...], tuple[RuleSet, ...]] = {}
    found: dict[tuple[Any, ...], tuple[Course, list[int]]] = {}
    for region in Region.objects.filter(pk__in=by_region):
        above = tuple(row.pk for row in over(rows, region))
        if above not in read:
            read[above] = rules_over(rows, region)
        if any(one.holds_on(as_of) for one in read[above]):
            calendar = calendar_for(region, closures=False)
            course = (Course(lists, read[above], calendar, as_of, known), list[int]())
            found.setdefault((above, id(calendar)), course)[1].extend(by_region[region.pk])
    return list(found.values())
