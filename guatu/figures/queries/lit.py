"""The lights of whole lists at a date, remembered; after a write only the projects that it named are judged again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from guatu.domain.lights import Exemption, InEffect
from guatu.figures.models import LightRuleSet
from guatu.figures.queries.chain import judged_on, usual_rhythm
from guatu.figures.queries.gather import on_lists
from guatu.figures.queries.light_courses import courses, exemptions_of
from guatu.figures.queries.light_facts import CHAIN_LOST, chain_questions, lists_of
from guatu.figures.queries.light_rules import rows_in_force
from guatu.figures.queries.memo import Kept, kept
from guatu.figures.queries.sql import Asked, in_order
from guatu.library.models import AnnualList, ListEntry

Mark = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Lit:
    """The lights of a region's lists; `lists`: those from which the facts come, the lists of others on which these
    projects stand too among them. `judged`: what chains of targets hang on besides a project's own rows."""

    lights: dict[int, InEffect]
    lists: tuple[AnnualList, ...]
    judged: dict[date, Mark]


def lights_on(day: date, known: date | None = None, regions: Collection[int] | None = None) -> Mapping[int, InEffect]:
    """project id → the light in effect at a date, for every project on a list of the day's year whose region has
    rules then; `regions`: of the lists of these regions only.

    Remembered, and mended after a write for the projects that it named. `since` is None: it is read for one project by
    `light_history`. A red that waits is in it: for computing, not for showing (`lights_shown`).
    """
    found: dict[int, InEffect] = {}
    for source in lit_lists(day, known, regions):
        found.update(source.value.lights)
    return found


def lit_lists(day: date, known: date | None = None, regions: Collection[int] | None = None) -> list[Kept[_Lit]]:
    """What `lights_on` is made of: one memory a region's lists."""
    rows = rows_in_force(known)
    if not any(rule.valid_from and rule.valid_from <= day for rule in rows):
        return []
    year = in_order(AnnualList.objects.filter(year=day.year, withdrawn=False))
    by_region: dict[int, list[AnnualList]] = {}
    for row in year:
        if regions is None or row.region_id in regions:
            by_region.setdefault(row.region_id, []).append(row)
    return [_Lists(tuple(own), year, rows, day, known).kept() for own in by_region.values()]


@dataclass(frozen=True, slots=True)
class _Lists:
    """The lists of one region at a day, and how their lights are gathered and mended."""

    own: tuple[AnnualList, ...]
    year: tuple[AnnualList, ...]
    rows: Sequence[LightRuleSet]
    day: date
    known: date | None

    def kept(self) -> Kept[_Lit]:
        lists = tuple((row.pk, row.version) for row in self.own)
        editions = tuple((row.pk, row.version) for row in self.rows)
        return kept(("lights", self.day, self.known, lists, editions), self.gather, self.mend)

    def gather(self) -> _Lit:
        listed = on_lists(self._asked(self.own))
        lists = self._beside()
        return self._lit(listed, lists, exemptions_of(None, self.known), all_listed=True)

    def mend(self, known: _Lit, projects: Collection[int]) -> _Lit:
        listed = on_lists(self._asked(self.own), projects)
        beside = {row.pk for row in lists_of(listed, self.day.year)}
        if beside - {row.pk for row in known.lists} or self._marks(known) != known.judged:
            return self.gather()
        lit = self._lit(listed, known.lists, exemptions_of(projects, self.known), all_listed=False)
        if {key: known.lights[key] for key in projects if key in known.lights} == lit.lights:
            return known
        gone = set(projects)
        lights = {key: light for key, light in known.lights.items() if key not in gone} | lit.lights
        return _Lit(lights, known.lists, known.judged | lit.judged)

    def _lit(
        self,
        listed: Mapping[int, int],
        lists: tuple[AnnualList, ...],
        excused: Mapping[int, list[Exemption]],
        *,
        all_listed: bool,
    ) -> _Lit:
        found: dict[int, InEffect] = {}
        judged: dict[date, Mark] = {}
        for course, ids in courses(listed, self.rows, lists, self.day, self.known):
            found.update(course.last(ids, excused, all_listed=all_listed))
            if CHAIN_LOST in course.wanted:
                judged.update({day: self._mark(lists, day) for day in course.read})
        return _Lit(found, lists, judged)

    def _asked(self, lists: tuple[AnnualList, ...]) -> Asked:
        return Asked(lists, self.day, self.known)

    def _beside(self) -> tuple[AnnualList, ...]:
        """The region's lists, and those of other regions on which any of their projects stands."""
        if len(self.year) == len(self.own):
            return self.own
        listed = ListEntry.objects.filter(annual_list__in=[row.pk for row in self.own])
        beside = ListEntry.objects.filter(
            annual_list__in=[row.pk for row in self.year], project_id__in=listed.values("project_id")
        )
        ids = set(beside.values_list("annual_list_id", flat=True).distinct())
        return tuple(row for row in self.year if row.pk in ids)

    def _marks(self, known: _Lit) -> Mapping[date, Mark]:
        return {day: self._mark(known.lists, day) for day in known.judged}

    def _mark(self, lists: tuple[AnnualList, ...], day: date) -> Mark:
        return tuple((judged_on(one), usual_rhythm(one)) for one in chain_questions(lists, day, self.known))
