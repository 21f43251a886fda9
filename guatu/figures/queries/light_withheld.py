"""What the trail says of a red that waits: entries that others than the unit see with that red, not before it."""

import json
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.logs import as_uuid
from guatu.core.models import TrailEntry
from guatu.figures.queries.light_facts import lists_of
from guatu.figures.queries.light_now import PENDING
from guatu.figures.queries.lit import lights_on
from guatu.library.models import Project
from guatu.library.policies import projects_within
from guatu.people.queries import calendar_for

EXPLAINED = "figures.explain_light"
_NEVER = "9999"
LONGEST_WAIT = timedelta(days=20)  # a red waits for the next work day: over a spring festival with its weekends


def explanations_withheld(actor: Actor) -> set[UUID]:
    """Ids of the entries that tell of an explanation of a red which does not stand yet, but to its unit."""
    lately = TrailEntry.objects.filter(action=EXPLAINED, at__gte=clock.now() - LONGEST_WAIT)
    told = [row for row in lately.only("id", "user_id", "subject_id", "params") if not _own(actor, row)]
    if not told:
        return set()
    waiting = _waiting(actor, {row.subject_id for row in told})
    return {row.pk for row in told if _on(row) >= waiting.get(row.subject_id, _NEVER)}


def _own(actor: Actor, row: TrailEntry) -> bool:
    return actor.user_id is not None and row.user_id == actor.user_id


def _on(row: TrailEntry) -> str:
    """The day that an explanation is for, as ISO writes it."""
    return str(json.loads(row.params).get("on", ""))


def _waiting(actor: Actor, keys: Iterable[str]) -> dict[str, str]:
    """Public id of a project whose red is kept from the actor → the first day on which that red could be known."""
    today = clock.today()
    ids = [found for key in keys if (found := as_uuid(key)) is not None]
    rows = {row.pk: row for row in Project.objects.filter(public_id__in=ids).select_related("region")}
    lists = lists_of(rows, today.year)
    lights = lights_on(today, regions={row.region_id for row in lists}) if lists else {}
    waits = {pk: on for pk in rows if (light := lights.get(pk)) and light.pending and (on := light.takes_effect)}
    mine = set(projects_within(actor, PENDING).filter(pk__in=waits).values_list("pk", flat=True)) if waits else set()
    return {
        str(rows[pk].public_id): calendar_for(rows[pk].region, closures=False).shift(on, -1).isoformat()
        for pk, on in waits.items()
        if pk not in mine
    }
