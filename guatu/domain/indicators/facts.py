"""What the indicators know of one entry of a list, and the dimensions along which a list is cut."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, NamedTuple, TypeAlias

from guatu.domain.lights.rules import COLOURS
from guatu.domain.progress import TimeBasis
from guatu.domain.stages import STAGES, Stage

Level: TypeAlias = Literal["province", "city", "district"]
Kind: TypeAlias = Literal["new_start", "continuing", "preliminary", "completing"]

LEVELS: Final[tuple[str, ...]] = ("province", "city", "district")
"""Highest first: the plan of a project on several lists is that of the first of them."""
KINDS: Final[tuple[str, ...]] = ("new_start", "continuing", "preliminary", "completing")


class EntryFacts(NamedTuple):
    """One entry as it stands at a date: money in whole yuan, dates as known by then. A tuple: thousands are cheap.

    The caller hands in only what counts at the date and known-on date; dates after ``as_of`` are ignored all the
    same. ``investment_to_date`` is this year's completed investment by the last reading, ``cumulative`` the one since
    the start; None when no reading exists. ``preliminary_cost`` is this year's money before the start that a sheet
    names as 前期费用, never part of ``investment_to_date``. ``kind`` is "completing" only where a list prints it so.
    ``light`` is the colour in effect; ``on_schedule`` follows from it (`guatu.domain.lights.is_on_schedule`); None: not
    known.
    """

    project_id: int
    list_id: int
    level: Level = "district"
    region_id: int | None = None
    kind: Kind = "new_start"
    completes_this_year: bool = False
    batch: int | None = None
    class_name: str | None = None
    class_parent: str | None = None
    themes: tuple[str, ...] = ()
    industry: str | None = None
    unit_id: int | None = None
    unit_name: str | None = None
    lead_id: int | None = None
    stage: Stage = "reserve"
    started_on: date | None = None
    resumed_on: date | None = None
    suspended: bool = False
    completed_on: date | None = None
    in_production_on: date | None = None
    full_output_on: date | None = None
    exited: bool = False
    planned_start: date | None = None
    planned_finish: date | None = None
    planned_resume: date | None = None
    total_investment: int = 0
    planned_investment: int = 0
    investment_to_date: int | None = None
    cumulative: int | None = None
    preliminary_cost: int = 0
    reading_on: date | None = None
    has_problem: bool = False
    light: str | None = None
    on_schedule: bool | None = None

    def lit(self, light: str | None, *, on_schedule: bool | None) -> "EntryFacts":
        """The same entry with its light in effect, and what follows from it."""
        return EntryFacts._make((*self[:_LIT], light, on_schedule))


_LIT: Final = EntryFacts._fields.index("light")
"""The place of the last two columns, which follow from the others: thousands of entries get them at once."""


@dataclass(frozen=True, slots=True)
class ListRules:
    """The settings of a list that its figures depend on.

    ``places`` is the list's rounding for print (words and tables); a tally's rates always have two decimals.
    ``year`` is the list's year; None means the year of the date.
    """

    start_rate_base: Literal["new_starts", "all"] = "new_starts"
    time_basis: TimeBasis = "months"
    kinds_exclusive: bool = False
    places: int = 1
    counts_preliminary_cost: bool = False
    year: int | None = None


GroupValue: TypeAlias = str | int | None
_Cut: TypeAlias = Callable[[EntryFacts, ListRules], tuple[GroupValue, ...]]


def kind_shown(entry: EntryFacts, rules: ListRules) -> Kind:
    """The kind as the list prints it.

    Exclusive kinds: what is planned to complete this year is ``completing`` and nothing else (3 + 16 + 7). Else
    completing is a mark beside the kind, and an entry typed as completing counts as continuing (it began before).
    """
    if rules.kinds_exclusive:
        return "completing" if entry.completes_this_year else entry.kind
    return "continuing" if entry.kind == "completing" else entry.kind


DIMENSIONS: Final[dict[str, _Cut]] = {
    "class": lambda entry, rules: (entry.class_parent or entry.class_name,),
    "subclass": lambda entry, rules: (entry.class_name,),
    "theme": lambda entry, rules: entry.themes or (None,),
    "industry": lambda entry, rules: (entry.industry,),
    "unit": lambda entry, rules: (entry.unit_id,),
    "leader": lambda entry, rules: (entry.lead_id,),
    "region": lambda entry, rules: (entry.region_id,),
    "level": lambda entry, rules: (entry.level,),
    "batch": lambda entry, rules: (entry.batch,),
    "kind": lambda entry, rules: (kind_shown(entry, rules),),
    "stage": lambda entry, rules: (entry.stage,),
    "light": lambda entry, rules: (entry.light,),
}
"""Dimension → the groups that an entry falls into (one, but several themes); None stands for "not stated"."""

NOT_ADDITIVE: Final = frozenset({"theme"})
"""Dimensions whose groups overlap (不可相加)."""

NATURAL_ORDER: Final[dict[str, tuple[str, ...]]] = {
    "level": LEVELS,
    "kind": KINDS,
    "stage": STAGES,
    "light": COLOURS,
}


def merge_levels(entries: Iterable[EntryFacts]) -> list[EntryFacts]:
    """The union of several levels' lists: a project once, its entry (and plan) from the highest list.

    Province before city before district; of two entries of one level the first. An exited entry stands only for a
    project that is on no other list any more. Order: first appearance of the project.
    """
    best: dict[int, EntryFacts] = {}
    for entry in entries:
        standing = best.get(entry.project_id)
        if standing is None or _precedence(entry) < _precedence(standing):
            best[entry.project_id] = entry
    return list(best.values())


def _precedence(entry: EntryFacts) -> tuple[bool, int]:
    return entry.exited, LEVELS.index(entry.level)


def as_planned(entries: Iterable[EntryFacts], as_of: date) -> list[EntryFacts]:
    """The entries as their planned dates have them at a date, past or future: no readings, no money done.

    A start is the planned one; an entry of another kind than new start began before its list, so without a planned
    start its actual one stands. A completion is the planned finish. Until its planned resumption an entry rests.
    """
    return [
        entry._replace(
            started_on=entry.planned_start or (None if entry.kind == "new_start" else entry.started_on),
            completed_on=entry.planned_finish,
            resumed_on=entry.planned_resume,
            suspended=entry.planned_resume is not None and entry.planned_resume > as_of,
            in_production_on=None,
            full_output_on=None,
            investment_to_date=None,
            cumulative=None,
            preliminary_cost=0,
            reading_on=None,
            has_problem=False,
            light=None,
            on_schedule=None,
        )
        for entry in entries
    ]
