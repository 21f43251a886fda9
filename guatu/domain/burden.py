"""What reports ask of a unit: cells, photos and minutes, held against a cap (docs/algorithms/burden.md)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from guatu.domain.rhythm import FIELDS, Field

CELLS: Final[Mapping[Field, int]] = {**dict.fromkeys(FIELDS, 1), "mix": 4, "photos": 0}
"""How many cells of a form a field is; photos are counted on their own."""
KEPT: Final[Field] = "money"
"""What is never proposed to be dropped: without it there is no report."""


@dataclass(frozen=True, slots=True)
class Costs:
    """Seconds that one cell and one photo take; at least 0."""

    cell: int
    photo: int


@dataclass(frozen=True, slots=True)
class Load:
    """What a rule asks of a unit in a month: so many reports of these fields; `known` cells stand ready in each.

    `columns` are those of a sheet of its own, as the day sheet of a watch has; each is a cell more.
    """

    rule: str
    fields: tuple[Field, ...]
    reports: int
    known: int = 0
    columns: int = 0


@dataclass(frozen=True, slots=True)
class Burden:
    """What is asked in all: reports, cells to fill in, photos, cells that stand ready, seconds."""

    reports: int = 0
    cells: int = 0
    photos: int = 0
    known: int = 0
    seconds: int = 0

    @property
    def minutes(self) -> int:
        """Whole minutes; a begun one counts."""
        return -(-self.seconds // 60)

    def over(self, cap: int) -> int:
        """Minutes over a cap in minutes; 0 where it is kept, or where none is set (0)."""
        return max(0, self.minutes - cap) if cap else 0


@dataclass(frozen=True, slots=True)
class Drop:
    """A field that could be asked no more, and how many minutes a month that would spare."""

    rule: str
    field: Field
    minutes: int


def burden(loads: Iterable[Load], costs: Costs) -> Burden:
    """What rules ask of a unit in a month."""
    reports = cells = photos = known = 0
    for load in loads:
        reports += load.reports
        cells += load.reports * (load.columns + sum(CELLS[field] for field in load.fields))
        photos += load.reports * ("photos" in load.fields)
        known += load.reports * load.known
    return Burden(reports, cells, photos, known, cells * costs.cell + photos * costs.photo)


def to_drop(loads: Sequence[Load], costs: Costs, cap: int) -> tuple[Drop, ...]:
    """What to ask no more so that a cap in minutes is kept: one field where one is enough, the least that is; else the
    largest first. All that can be dropped where not even that is enough; money is never dropped.
    """
    left = burden(loads, costs).seconds - cap * 60
    if not cap or left <= 0:
        return ()
    savings = [
        (_seconds(load, field, costs), load.rule, field) for load in loads for field in load.fields if field != KEPT
    ]
    found: list[tuple[int, str, Field]] = []
    rest = sorted(savings, key=lambda one: (one[0], one[1], FIELDS.index(one[2])))
    while left > 0 and rest:
        chosen = next((one for one in rest if one[0] >= left), None) or max(rest, key=lambda one: one[0])
        rest.remove(chosen)
        found.append(chosen)
        left -= chosen[0]
    return tuple(Drop(rule, field, seconds // 60) for seconds, rule, field in found if seconds)


def _seconds(load: Load, field: Field, costs: Costs) -> int:
    return load.reports * (CELLS[field] * costs.cell + (field == "photos") * costs.photo)
