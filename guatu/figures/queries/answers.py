"""The figures of lists at a date: the one function that page, command line, API, export and bulletin ask."""

from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from guatu.core import rights
from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.core.truth import RIGHT, require_truth
from guatu.domain.dates import same_day
from guatu.domain.errors import DomainError
from guatu.domain.indicators import DIMENSIONS, EntryFacts, Row, compare, rows_behind, tally
from guatu.domain.indicators.tally import Change, tallies
from guatu.domain.lagging import Lag, lagging
from guatu.domain.lights import InEffect, Standing, is_on_schedule
from guatu.domain.progress import time_progress
from guatu.figures.choices import DIMENSION_WORDS, dimensions_said
from guatu.figures.policies import can_cut_by
from guatu.figures.queries.entries import entries, gathered, key_of
from guatu.figures.queries.gather import Placed
from guatu.figures.queries.light_facts import late_on
from guatu.figures.queries.lit import lit_lists
from guatu.figures.queries.memo import Kept, derived, until_written
from guatu.figures.queries.sql import Asked, in_order
from guatu.library.choices import Level
from guatu.library.models import AnnualList, ListBatch
from guatu.library.policies import projects_within
from guatu.people.models import Post, Region, Unit
from guatu.plans.queries.late import Late
from guatu.reporting.choices import Basis, Truth

CUTS = tuple(DIMENSIONS)


@dataclass(frozen=True, slots=True)
class Figures:
    """The answer: the date, the share of the year passed, and one row of figures a group."""

    asked: Asked
    time_percent: Decimal
    by: tuple[str, ...]
    rows: list[Row]
    provisional: bool

    @property
    def whole(self) -> Row:
        """The only row of an uncut answer."""
        return self.rows[0]


# -- asking -----------------------------------------------------------------------------------------------------------
def find_lists(year: int, levels: Sequence[str], region_code: str) -> tuple[AnnualList, ...]:
    """The lists of a year, region and levels, highest level first. Refuses what does not exist."""
    region = Region.objects.filter(code=region_code).first()
    if region is None:
        raise Refusal("figures.unknown_region", code=region_code)
    found = AnnualList.objects.filter(year=year, region=region, level__in=levels, withdrawn=False)
    lists = in_order(found)
    for level in levels:
        if all(row.level != level for row in lists):
            raise Refusal("figures.no_list", region=region.name, year=year, level=Level(level).label)
    return lists


def ask(
    actor: Actor,
    lists: Sequence[AnnualList],
    as_of: date,
    *,
    known: date | None = None,
    basis: str = Basis.DISPATCH,
    truth: str = Truth.CONFIRMED,
    restated: bool = False,
    planned: bool = False,
) -> Asked:
    """A question within what the actor may see."""
    rights.can(actor, "figures.view").require()
    right = "figures.view" if require_truth(actor, truth) == Truth.CONFIRMED else RIGHT
    whole = "installation" in rights.scopes_of(actor, right)
    return Asked(
        in_order(lists),
        as_of,
        known,
        basis,
        truth,
        restated,
        planned,
        within=None if whole else projects_within(actor, right),
    )


def facts(asked: Asked) -> list[EntryFacts]:
    """Every entry with its facts, remembered; after a write only the projects that it named are read again."""
    return _read(asked)[1].entries


class _Lit(NamedTuple):
    """Entries with their lights, and what they were joined from: the same as long as the lights are."""

    entries: list[EntryFacts]
    of: tuple[int, ...] = ()


def _lit(asked: Asked, source: Kept[list[Placed]]) -> _Lit:
    return until_written(source, ("lit", key_of(asked)), lambda: _joined(asked, source))


def _joined(asked: Asked, source: Kept[list[Placed]]) -> _Lit:
    """Lights are those of the year's lists by dispatch, whatever the basis of the money; without rules none."""
    plain = entries(asked, source)
    if not asked.lists or asked.as_of.year != asked.year:
        return _Lit(plain)
    lit = lit_lists(asked.as_of, asked.known, {row.region_id for row in asked.lists})
    if not any(one.value.lights for one in lit):
        return _Lit(plain)
    late = late_on(asked)
    of = (*(one.serial for one in lit), late.serial)
    return derived(source, ("lit", of), lambda: _Lit(_with_lights(plain, [one.value.lights for one in lit], late), of))


def _with_lights(
    plain: Sequence[EntryFacts], lit: Sequence[Mapping[int, InEffect]], late: Kept[dict[int, Late]]
) -> list[EntryFacts]:
    lights = ChainMap(*(dict(one) for one in lit)) if len(lit) > 1 else lit[0]
    found = []
    judged: dict[Standing, bool | None] = {}
    for entry in plain:
        light = lights.get(entry.project_id)
        if light is None:
            found.append(entry)
            continue
        node, colour = late.value.get(entry.project_id), light.colour
        standing = Standing(entry.stage, colour, None if node is None else node.overdue)
        if standing not in judged:
            judged[standing] = is_on_schedule(standing)
        found.append(entry.lit(colour, on_schedule=judged[standing]))
    return found


def figures(actor: Actor, asked: Asked, by: Sequence[str] = ()) -> Figures:
    """All indicators of the lists at the date, whole or cut by one or two dimensions."""
    return _cut(actor, asked, _read(asked), by)


def in_full(actor: Actor, asked: Asked, cuts: Iterable[Sequence[str]]) -> tuple[list[EntryFacts], list[Figures]]:
    """Every entry with its facts and the figures of several cuts, read once: within an action nothing is remembered."""
    lit, rules, told = _read(asked)[1], asked.rules(), [tuple(by) for by in cuts]
    for by in told:
        _check_cuts(actor, by)
    rows = tallies(lit.entries, asked.as_of, rules, told, planned=asked.planned)
    return lit.entries, [_answer(asked, by, of) for by, of in zip(told, rows, strict=True)]


def _read(asked: Asked) -> tuple[Kept[list[Placed]], _Lit]:
    source = gathered(asked)
    return source, _lit(asked, source)


def _cut(actor: Actor, asked: Asked, read: tuple[Kept[list[Placed]], _Lit], by: Sequence[str]) -> Figures:
    _check_cuts(actor, by)
    rules, (source, lit) = asked.rules(), read
    key = ("tally", tuple(by), asked.planned, rules, lit.of)
    rows = derived(source, key, lambda: tally(lit.entries, asked.as_of, rules, by, planned=asked.planned))
    return _answer(asked, tuple(by), rows)


def _answer(asked: Asked, by: tuple[str, ...], rows: list[Row]) -> Figures:
    passed = time_progress(asked.as_of, asked.rules().time_basis, asked.year)
    provisional = any(row.state == "provisional" for row in asked.lists)
    return Figures(asked, passed, by, rows, provisional)


def _check_cuts(actor: Actor, by: Sequence[str]) -> None:
    for dimension in by:
        if dimension not in DIMENSIONS:
            raise Refusal("figures.unknown_dimension", dimension=dimension[:40], known=dimensions_said(DIMENSION_WORDS))
        can_cut_by(actor, dimension).require()
    if len(by) > 2 or len(set(by)) != len(by):
        raise Refusal("figures.too_many_dimensions", most=2)


def behind(
    actor: Actor, asked: Asked, indicator: str, group: Mapping[str, str | int | None] | None = None
) -> list[EntryFacts]:
    """The entries behind one figure; they add up to it."""
    _check_cuts(actor, tuple(group or ()))
    try:
        return rows_behind(
            indicator, facts(asked), asked.as_of, asked.rules(), dict(group or {}), planned=asked.planned
        )
    except DomainError as error:
        raise Refusal(error.code, **error.params) from None


def lags(asked: Asked) -> list[Lag]:
    """The projects with a reason to look at them, biggest shortfall first; remembered as their facts are."""
    rules, (source, lit) = asked.rules(), _read(asked)
    return derived(source, ("lags", rules, lit.of), lambda: lagging(lit.entries, asked.as_of, rules))


# -- beside it --------------------------------------------------------------------------------------------------------
def year_earlier(asked: Asked) -> Asked | None:
    """The same question of the corresponding lists a year earlier; None where there are none."""
    earlier = AnnualList.objects.filter(
        year=asked.year - 1,
        region=asked.lists[0].region_id,
        level__in=[row.level for row in asked.lists],
        withdrawn=False,
    )
    lists = in_order(earlier)
    if len(lists) != len(asked.lists):
        return None
    return replace(asked, lists=lists, as_of=same_day(asked.as_of, asked.as_of.year - 1))


def year_on_year(actor: Actor, asked: Asked) -> dict[str, Change] | None:
    """Each indicator beside that of a year earlier; None where no corresponding list exists."""
    before = year_earlier(asked)
    if before is None:
        return None
    return compare(figures(actor, asked).whole, figures(actor, before).whole)


# -- words of groups --------------------------------------------------------------------------------------------------
def group_names(by: Sequence[str], rows: Sequence[Row]) -> dict[tuple[str, Any], str]:
    """(dimension, value) → what a person reads; values without a name of their own stay as they are."""
    names: dict[tuple[str, Any], str] = {}
    for place, dimension in enumerate(by):
        values = {row.group[place] for row in rows if row.group[place] is not None}
        if dimension in _NAMED:
            names.update({(dimension, key): name for key, name in _NAMED[dimension](values).items()})
    return names


def _unit_names(ids: set[Any]) -> dict[Any, str]:
    return {row.pk: str(row) for row in Unit.objects.filter(pk__in=ids)}


def _post_names(ids: set[Any]) -> dict[Any, str]:
    return {row.pk: str(row) for row in Post.objects.filter(pk__in=ids)}


def _region_codes(ids: set[Any]) -> dict[Any, str]:
    return dict(Region.objects.filter(pk__in=ids).values_list("pk", "code"))


_NAMED = {"unit": _unit_names, "leader": _post_names, "region": _region_codes}


def as_json(answer: Figures) -> dict[str, Any]:
    """The stable face of figures: whole yuan, per cent with two decimals, dates ISO (issue's interface)."""
    names = group_names(answer.by, answer.rows)
    rows = [
        {
            "group": {key: names.get((key, value), value) for key, value in row.named_group().items()},
            **{code: _number(value) for code, value in row.values.items()},
        }
        for row in answer.rows
    ]
    return {
        "as_of": answer.asked.as_of.isoformat(),
        "known_on": answer.asked.known.isoformat() if answer.asked.known else None,
        "basis": answer.asked.basis,
        "truth": answer.asked.truth,
        "restated": answer.asked.restated,
        "planned": answer.asked.planned,
        "provisional": answer.provisional,
        "additive": all(row.additive for row in answer.rows),
        "time_progress": {"basis": answer.asked.rules().time_basis, "percent": float(answer.time_percent)},
        "rows": rows,
    }


def _number(value: Any) -> Any:
    """A decimal with two places as a JSON number; exact, since two places survive the trip through a double."""
    return float(value) if isinstance(value, Decimal) else value


def batch_of(annual_list: AnnualList) -> ListBatch | None:
    """The last issue of a list: its document number stands under every page."""
    return annual_list.batches.filter(withdrawn=False).order_by("-number").first()
