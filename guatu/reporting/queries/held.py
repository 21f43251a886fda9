"""What other systems hold of projects for a period: the cells that are not typed here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from guatu.core.prepared import prepared
from guatu.domain.periods import Period
from guatu.library.models import Project
from guatu.library.queries.projects import parts
from guatu.reporting.choices import Truth
from guatu.reporting.layouts.sources import SOURCES
from guatu.reporting.models import HeldValue, Reading
from guatu.reporting.queries.readings import readings_as_of


@dataclass(frozen=True, slots=True)
class Held:
    """A field of a report that another system holds. `field` as `reporting.content` names it (amount, ytd, words,
    mix.construction …); money in whole yuan, percent in hundredths of a per cent, else text. `follows`: the held field
    from which it is worked out, so that it holds only while that one does.
    """

    field: str
    words: str
    value: int | str
    system: str
    as_of: date
    period: str
    follows: str = ""


def held_values(projects: Iterable[Project], period: Period) -> dict[int, dict[str, Held]]:
    """By project id and report field, what another system holds for exactly this period: read-only here.

    Where two systems hold one field, the one that was read last. A period's amount that follows from a held sum of the
    year counts as held. Statistics and payments are no field of a report.
    """
    found: dict[int, dict[str, Held]] = {}
    told = [code for code, source in SOURCES.items() if source.said]
    for part in parts(project.pk for project in projects):
        for row in _held_of(ids=part, period=period.code, told=told):
            source = SOURCES[row.source]
            held = Held(source.said, str(source.words), row.value, row.system, row.as_of, row.period)
            found.setdefault(row.project_id, {})[source.said] = held
    _follow(found, period)
    return found


def _follow(found: dict[int, dict[str, Held]], period: Period) -> None:
    """What follows is typed nowhere: where this year's sum is held and the one of the period just before is known, the
    period's amount is their difference. One that would fall below zero is left to be typed.
    """
    wanted = {key: told["ytd"] for key, told in found.items() if "ytd" in told and "amount" not in told}
    if not wanted:
        return
    before, first = period.previous(), period.start == date(period.start.year, 1, 1)
    known: Mapping[int, Reading] = (
        {} if first else readings_as_of(wanted, before.end, truth=Truth.CLAIMED, restated=True)
    )
    for key, ytd in wanted.items():
        row = known.get(key)
        of_last = row is not None and row.effective_on >= before.start and row.effective_on.year == period.end.year
        last = 0 if first else row.ytd if of_last and row is not None else None
        amount = int(ytd.value) - last if last is not None else -1
        if amount >= 0:
            system = _("{system}（按本年累计算出）").format(system=ytd.system)
            words = str(SOURCES["dispatch.amount"].words)
            found[key]["amount"] = replace(ytd, field="amount", words=words, value=amount, system=system, follows="ytd")


@prepared
def _held_of(ids: Sequence[int], period: str, told: Sequence[str]) -> QuerySet[HeldValue]:
    rows = HeldValue.objects.filter(project_id__in=ids, period=period, source__in=told, withdrawn=False)
    return rows.order_by("read_at", "pk")
