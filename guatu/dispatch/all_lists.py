"""The page of all lists: every list in the post's reach at the end of a closed period, as its closing kept it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.refusals import Refusal, Sentence
from guatu.core.typed import day_typed
from guatu.core.ui.lights import LIT
from guatu.core.ui.numbers import amount, per_cent, with_sign
from guatu.domain.errors import DomainError
from guatu.domain.money import MoneyUnit
from guatu.figures.policies import visible_whole_lists
from guatu.figures.queries import Cube, cubes_until
from guatu.library.models import AnnualList, ClosedPeriod
from guatu.library.queries.lists import in_office_order


@dataclass(frozen=True, slots=True)
class Light:
    """How many projects of a list had a light."""

    colour: str
    word: Sentence
    count: int


@dataclass(frozen=True, slots=True)
class ListLine:
    """One list: what its closing of the period kept; without a `cube` it is not closed: `last` says which is."""

    row: AnnualList
    cube: Cube | None
    last: date | None
    before: date | None
    more_done: str
    """亿元 done since the period before, with a sign; empty without one."""
    more_rate: str
    lights: Sequence[Light]
    opened: bool
    """The period was opened again; the figures are those of its closing."""

    @property
    def url(self) -> str:
        """The kept figures."""
        return reverse("dispatch:snapshot", args=[UUID(self.cube.snapshot_id)]) if self.cube else ""


def period_of(params: Any, closed: Sequence[date]) -> date:
    """The end of the period that the address names; else the last that any of the lists has closed."""
    text = params.get("until", "").strip()
    if not text:
        return closed[0] if closed else clock.today()
    try:
        return day_typed(text, None).day
    except DomainError:
        raise Refusal("dispatch.bad_date", value=text[:40]) from None


def lists_in_reach(actor: Actor) -> list[AnnualList]:
    """Every list that the post sees whole, newest year first."""
    rows: QuerySet[AnnualList] = visible_whole_lists(actor).select_related("region")
    return in_office_order(rows)


def ends_of(lists: Sequence[AnnualList]) -> list[date]:
    """The ends of the periods that the lists have closed, the newest first."""
    rows = ClosedPeriod.objects.filter(annual_list__in=[row.pk for row in lists])
    return list(rows.order_by("-until").values_list("until", flat=True).distinct())


def lines(lists: Sequence[AnnualList], until: date) -> list[ListLine]:
    """The lists of the period's year at its end, from the cubes that closings kept."""
    shown = [row for row in lists if row.year == until.year]
    cubes = cubes_until([row.pk for row in shown], until)
    opened = _opened([row.pk for row in shown], until)
    return [_line(row, cubes.get(row.pk, []), until, row.pk in opened) for row in shown]


def _opened(ids: Sequence[int], until: date) -> set[int]:
    """The lists whose period was opened again and not closed since."""
    rows = ClosedPeriod.objects.filter(annual_list__in=ids, until=until)
    told = list(rows.values_list("annual_list_id", "reopened_at"))
    return {key for key, at in told if at is not None} - {key for key, at in told if at is None}


def _line(row: AnnualList, cubes: Sequence[Cube], until: date, opened: bool) -> ListLine:
    now = cubes[0] if cubes and cubes[0].as_of == until else None
    last = cubes[0].as_of if cubes else None
    before = cubes[1] if now is not None and len(cubes) > 1 else None
    done, points = _more(now, before, "investment_to_date"), _more(now, before, "investment_rate")
    return ListLine(
        row,
        now,
        last,
        None if before is None else before.as_of,
        "" if done is None else with_sign(amount(int(done), MoneyUnit.YI)),
        "" if points is None else with_sign(per_cent(points, row.decimals)),
        _lights(now),
        opened,
    )


def _more(now: Cube | None, before: Cube | None, code: str) -> Any:
    """The difference of a kept figure; None where one of the two is not known."""
    if now is None or before is None:
        return None
    first, last = before.values.get(code), now.values.get(code)
    return None if first is None or last is None else last - first


def _lights(cube: Cube | None) -> list[Light]:
    """Every colour where any project had a light."""
    counts = cube.lights if cube is not None else {}
    if not counts.keys() - {"none"}:
        return []
    return [Light(name, LIT[name], counts.get(name, 0)) for name in LIT if name != "none" or counts.get(name)]
