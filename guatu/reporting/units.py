"""The units for which somebody reports: which there are, and the one that a page shows."""

from collections.abc import Sequence

from django.db.models import QuerySet

from guatu.core.actor import Actor
from guatu.core.pages import found
from guatu.core.prepared import prepared
from guatu.library.policies import visible_projects
from guatu.people.models import Unit


def units_within(actor: Actor, right: str) -> list[Unit]:
    """The units over whose projects the actor holds a right, by name."""
    return _units(actor=actor, right=right)


@prepared
def _units(actor: Actor, right: str) -> QuerySet[Unit]:
    ids = visible_projects(actor, right).filter(unit__isnull=False).values("unit")
    return Unit.objects.filter(pk__in=ids).order_by("name", "pk")


def unit_shown(units: Sequence[Unit], actor: Actor, wanted: str) -> Unit | None:
    """The unit whose public id was asked for, else one's own, else the first; 404 for one that is out of reach."""
    if wanted:
        unit: Unit = found(next((one for one in units if str(one.public_id) == wanted), None))
        return unit
    return next((one for one in units if one.pk == actor.unit_id), units[0] if units else None)
