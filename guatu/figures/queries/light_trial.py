"""What a draft of rules would light today: how many of each colour, and by which rule, beside what is in force."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from guatu.core.actor import Actor
from guatu.core.editions import RuleState
from guatu.domain.lights import COLOURS, RuleSet, evaluate
from guatu.figures.models import LightRuleSet
from guatu.figures.queries.light_facts import facts_asked, facts_on, lists_of
from guatu.figures.queries.lit import lights_on
from guatu.library.choices import Stage
from guatu.library.models import ListEntry, Project
from guatu.library.policies import findable_projects
from guatu.library.queries.projects import parts
from guatu.people.models import Region

NAMES = (*COLOURS, "none")
NO_RUN = {"reds_before": 0, "warnings_before": 0}


SHOWN = 20


class Changed(NamedTuple):
    """A project whose colour the draft changes; "none" is no light."""

    project: Project
    now: str
    draft: str


@dataclass(frozen=True, slots=True)
class Trial:
    """Counts of projects by colour ("none": no light), under the draft and as lit now; `by_rule`: of the draft, by the
    rule that won. `changes` counts the projects that change colour; `changed` has the first of them by name, as far as
    the reader may find them by name."""

    day: date
    projects: int
    draft: Mapping[str, int]
    now: Mapping[str, int]
    by_rule: Mapping[str, int]
    changes: int
    changed: Sequence[Changed]

    @property
    def rows(self) -> list[tuple[str, int, int]]:
        """(colour, under the draft, now)."""
        return [(name, self.draft.get(name, 0), self.now.get(name, 0)) for name in NAMES]


def trial(actor: Actor, region: Region, rules: RuleSet, day: date) -> Trial:
    """The lights of a day by a draft, from the facts of that day; runs of earlier periods count from nought, and a
    first red is not waited for."""
    ids = _judged(region, day)
    facts = facts_on(lists_of(ids, day.year), day, None, facts_asked([rules]), ids)
    lights = {key: evaluate(rules, {**facts.get(key, {}), **NO_RUN}) for key in ids}
    held = lights_on(day)
    colours = {
        key: (((now := held.get(key)) and now.colour) or "none", light.colour or "none")
        for key, light in lights.items()
    }
    moved = {key: pair for key, pair in colours.items() if pair[0] != pair[1]}
    return Trial(
        day=day,
        projects=len(ids),
        draft=dict(Counter(draft for _now, draft in colours.values())),
        now=dict(Counter(held[key].colour or "none" for key in ids if key in held)),
        by_rule=dict(Counter(light.reason.rule for light in lights.values())),
        changes=len(moved),
        changed=[Changed(row, *moved[row.pk]) for row in _named(actor, moved)],
    )


def _named(actor: Actor, ids: Iterable[int]) -> list[Project]:
    """The first by name whose names the reader may find: a sensitive one's only where he answers for it."""
    reach = findable_projects(actor).only("public_id", "name", "sort_key")
    found = [row for part in parts(ids) for row in reach.filter(pk__in=part).order_by("sort_key", "pk")[:SHOWN]]
    return sorted(found, key=lambda row: (row.sort_key, row.pk))[:SHOWN]


def _judged(region: Region, day: date) -> list[int]:
    """The projects on the year's lists at a day that a region's rules judge: not those that have left, and not those
    of places below with rules of their own."""
    below = LightRuleSet.objects.filter(state=RuleState.IN_FORCE, region__path__startswith=region.path)
    below = below.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)
    entries = ListEntry.objects.filter(annual_list__year=day.year, annual_list__withdrawn=False)
    listed = {row.project_id for row in entries.as_of(day, restated=True) if row.listed}
    rows = Project.objects.filter(region__path__startswith=region.path).exclude(stage=Stage.EXITED)
    for path in below.exclude(region=region).values_list("region__path", flat=True).distinct():
        rows = rows.exclude(region__path__startswith=path)
    return [key for key in rows.order_by("pk").values_list("pk", flat=True) if key in listed]
