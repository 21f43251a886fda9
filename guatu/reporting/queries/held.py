"""What other systems hold of projects for a period: the cells that are not typed here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from guatu.core.prepared import prepared
from guatu.domain.periods import Period
from guatu.library.models import Project
from guatu.library.queries.projects import parts
from guatu.reporting.layouts.sources import SOURCES
from guatu.reporting.models import HeldValue


@dataclass(frozen=True, slots=True)
class Held:
    """A field of a report that another system holds. `field` as `reporting.content` names it (amount, ytd, words,
    mix.construction …); money in whole yuan, percent in hundredths of a per cent, else text."""

    field: str
    words: str
    value: int | str
    system: str
    as_of: date
    period: str


def held_values(projects: Iterable[Project], period: Period) -> dict[int, dict[str, Held]]:
    """By project id and report field, what another system holds for exactly this period: read-only here.

    Where two systems hold one field, the one that was read last. Statistics and payments are no field of a report.
    """
    found: dict[int, dict[str, Held]] = {}
    told = [code for code, source in SOURCES.items() if source.said]
    for part in parts(project.pk for project in projects):
        for row in _held_of(ids=part, period=period.code, told=told):
            source = SOURCES[row.source]
            held = Held(source.said, str(source.words), row.value, row.system, row.as_of, row.period)
            found.setdefault(row.project_id, {})[source.said] = held
    return found


@prepared
def _held_of(ids: Sequence[int], period: str, told: Sequence[str]) -> QuerySet[HeldValue]:
    rows = HeldValue.objects.filter(project_id__in=ids, period=period, source__in=told, withdrawn=False)
    return rows.order_by("read_at", "pk")
