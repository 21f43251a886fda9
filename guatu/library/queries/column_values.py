"""Values of the table of projects that are more than a column of a row."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Case, CharField, Exists, OuterRef, Value, When
from django.db.models.expressions import Combinable

from guatu.core.actor import Actor
from guatu.domain.stages import OVER
from guatu.library.choices import Level
from guatu.library.models import AnnualList, Project
from guatu.library.policies import visible_lists
from guatu.library.queries.commitments import commitments_of
from guatu.library.queries.listed import listed_in, listed_on

COMPLETE, LACKING = "complete", "lacking"


def commitment_states(annual_list: AnnualList | None, day: date) -> Mapping[int, str]:
    """Whether each running project has all its members, by project."""
    rows = Project.objects.filter(withdrawn=False).exclude(stage__in=OVER)
    if annual_list is not None:
        rows = listed_in(rows, annual_list, day)
    found = commitments_of(list(rows.select_related("region")), day)
    return {key: COMPLETE if one.complete else LACKING for key, one in found.items()}


def highest_level(actor: Actor, annual_list: AnnualList, day: date) -> Combinable:
    """The highest level of the year's lists, of those that the actor may see, on which a project stands."""
    lists = visible_lists(actor).filter(year=annual_list.year)
    kept: dict[str, list[int]] = {}
    for pk, level in lists.values_list("pk", "level"):
        kept.setdefault(level, []).append(pk)
    whens = [
        When(Exists(listed_on(kept[level], day).filter(project=OuterRef("pk"))), then=Value(str(level)))
        for level in Level.values
        if level in kept
    ]
    return Case(*whens, default=Value(str(annual_list.level)), output_field=CharField())
