"""A list's figures at a date, whole or cut by dimensions, the rows behind a figure, and two years side by side."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain, product
from typing import Final, TypeAlias

from guatu.domain.errors import DomainError
from guatu.domain.indicators.facts import (
    DIMENSIONS,
    NATURAL_ORDER,
    NOT_ADDITIVE,
    EntryFacts,
    GroupValue,
    ListRules,
    as_planned,
)
from guatu.domain.indicators.registry import INDICATORS, Count, Sum, Value, share
from guatu.domain.indicators.selections import Entries, Selections
from guatu.domain.progress import year_passed
from guatu.domain.rounding import growth

MAX_DIMENSIONS: Final = 2
_Group: TypeAlias = tuple[GroupValue, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one group: ``values`` by indicator code, ``group`` one value for each dimension of ``by``.

    ``additive`` is false where the groups of the cut overlap, so that their figures must not be added up (themes).
    """

    by: tuple[str, ...]
    group: _Group
    values: dict[str, Value]
    additive: bool

    def named_group(self) -> dict[str, GroupValue]:
        """Dimension → value, as the command line and the API print it."""
        return dict(zip(self.by, self.group, strict=True))


@dataclass(frozen=True, slots=True)
class Change:
    """One figure beside that of the corresponding list: difference (points for a rate), growth in per cent."""

    now: Value
    before: Value
    difference: int | Decimal | None
    growth: Decimal | None


def tally(
    entries: Iterable[EntryFacts],
    as_of: date,
    rules: ListRules,
    by: Sequence[str] = (),
    *,
    planned: bool = False,
) -> list[Row]:
    """Every indicator of the entries at a date, one row a group; without ``by`` exactly one row, even of nothing.

    Money in whole yuan, rates in per cent with two decimals, None for a share of zero. ``planned`` takes planned
    dates for actual ones and no money done. Exited entries are left out. A union of levels goes through
    ``merge_levels`` first. Rows come in the dimension's own order (level, kind, stage), else as the entries do, "not
    stated" last. Raises figures.unknown_dimension and figures.too_many_dimensions.
    """
    return tallies(entries, as_of, rules, [by], planned=planned)[0]


def tallies(
    entries: Iterable[EntryFacts],
    as_of: date,
    rules: ListRules,
    cuts: Iterable[Sequence[str]],
    *,
    planned: bool = False,
) -> list[list[Row]]:
    """``tally`` by each of several cuts: what is counted and added up is found once for all of them."""
    told = [tuple(by) for by in cuts]
    for by in told:
        _check_dimensions(by)
    standing = _standing(entries, as_of, planned)
    whole = _Whole(standing, as_of, rules, planned)
    return [_rows(_Groups(standing, rules, by), whole, by) for by in told]


class _Whole:
    """What every cut of the same entries counts and adds up: selections as places, amounts as columns."""

    def __init__(self, entries: list[EntryFacts], as_of: date, rules: ListRules, planned: bool) -> None:
        self.entries = entries
        self.rules = rules
        self.planned = planned
        self.time = year_passed(as_of, rules.time_basis, rules.year)
        self._selections = Selections(entries, as_of, rules)
        self._place = {id(entry): place for place, entry in enumerate(entries)}
        self._places: dict[str, list[int]] = {}
        self._amounts: dict[str, list[int] | None] = {}

    def places(self, code: str) -> list[int]:
        """The places of the entries that a count's selection holds."""
        if code not in self._places:
            self._places[code] = list(map(self._place.__getitem__, map(id, self._selections.named(code))))
        return self._places[code]

    def amounts(self, indicator: Sum) -> list[int] | None:
        """What each entry contributes to a sum; None where the planned view has no figure."""
        if indicator.code not in self._amounts:
            none = indicator.done and self.planned
            self._amounts[indicator.code] = None if none else indicator.amounts(self.entries, self.rules)
        return self._amounts[indicator.code]


def _rows(groups: "_Groups", whole: _Whole, by: tuple[str, ...]) -> list[Row]:
    columns: dict[str, Sequence[Value]] = {}
    time = whole.time
    for code, indicator in INDICATORS.items():
        if isinstance(indicator, Count):
            columns[code] = _counted(groups, whole, indicator)
        elif isinstance(indicator, Sum):
            columns[code] = groups.add(whole.amounts(indicator))
        else:
            figures = zip(columns[indicator.numerator], columns[indicator.denominator], strict=True)
            columns[code] = [share(indicator, above, below, time) for above, below in figures]
    additive = NOT_ADDITIVE.isdisjoint(by)
    values = dict(zip(groups.keys, zip(*columns.values(), strict=True), strict=True))
    return [
        Row(by, group, dict(zip(columns, values[group], strict=True)), additive) for group in _in_order(groups.keys, by)
    ]


def _counted(groups: "_Groups", whole: _Whole, indicator: Count) -> Sequence[Value]:
    """How many of each group; no figure in a group of whom nothing is known."""
    found = groups.count(whole.places(indicator.code))
    if indicator.known is None:
        return found
    known = groups.count(whole.places(indicator.known))
    return [count if of else None for count, of in zip(found, known, strict=True)]


def rows_behind(
    code: str,
    entries: Iterable[EntryFacts],
    as_of: date,
    rules: ListRules,
    group: Mapping[str, GroupValue] | None = None,
    *,
    planned: bool = False,
) -> list[EntryFacts]:
    """The entries behind one figure of ``tally`` with the same arguments: for a count as many as it says, for a sum
    those whose amounts add up to it (entries that contribute nothing are left out), for a rate the rows of its base.

    ``group`` is dimension → value of the figure's row. Raises figures.unknown_indicator, figures.unknown_dimension.
    """
    if code not in INDICATORS:
        raise DomainError("figures.unknown_indicator", code=code)
    group = group or {}
    _check_dimensions(tuple(group))
    standing = _standing(entries, as_of, planned)
    behind = _behind(code, Selections(standing, as_of, rules), planned)
    for dimension, value in group.items():
        cut = DIMENSIONS[dimension]
        behind = [entry for entry in behind if value in cut(entry, rules)]
    return list(behind)


def known_values(row: Row) -> dict[str, Value]:
    """A row's figures; where nobody has reported, the money done is not nothing but not known."""
    values = dict(row.values)
    if not values["reported"]:
        for code in ("investment_to_date", "investment_rate", "lead", "cumulative_investment"):
            values[code] = None
    return values


def compare(now: Row, before: Row) -> dict[str, Change]:
    """Year on year: each figure beside that of the corresponding list (same level and batch) a year earlier.

    Growth only for counts and sums over something; a rate's change is its difference in percentage points.
    """
    return {code: _change(code, now.values[code], before.values.get(code)) for code in now.values}


def _change(code: str, now: Value, before: Value) -> Change:
    if now is None or before is None:
        return Change(now, before, None, None)
    if isinstance(now, int) and isinstance(before, int):
        return Change(now, before, now - before, growth(now, before))
    return Change(now, before, now - before, None)


def _check_dimensions(by: tuple[str, ...]) -> None:
    for dimension in by:
        if dimension not in DIMENSIONS:
            raise DomainError("figures.unknown_dimension", dimension=dimension, known=tuple(DIMENSIONS))
    if len(by) > MAX_DIMENSIONS or len(set(by)) != len(by):
        raise DomainError("figures.too_many_dimensions", by=by, most=MAX_DIMENSIONS)


def _standing(entries: Iterable[EntryFacts], as_of: date, planned: bool) -> list[EntryFacts]:
    standing = [entry for entry in entries if not entry.exited]
    return as_planned(standing, as_of) if planned else standing


class _Groups:
    """Which groups each entry falls into; counts and sums then cost one pass over what they count, not over groups."""

    def __init__(self, entries: Entries, rules: ListRules, by: tuple[str, ...]) -> None:
        self.entries = entries
        self.rules = rules
        self.keys: list[_Group] = [()]
        self._numbers: list[tuple[int, ...]] = []
        self._number: list[int] = []  # the same where every entry falls into one group: three times as fast
        if by:
            self._cut([DIMENSIONS[dimension] for dimension in by])

    def _cut(self, cuts: list[Callable[[EntryFacts, ListRules], _Group]]) -> None:
        """Numbers the groups in the order of their first entry, and notes each entry's numbers by its place."""
        number: dict[_Group, int] = {}
        known: dict[tuple[_Group, ...], tuple[int, ...]] = {}
        only = cuts[0] if len(cuts) == 1 else None
        for entry in self.entries:
            values = (only(entry, self.rules),) if only else tuple([cut(entry, self.rules) for cut in cuts])
            if values not in known:
                known[values] = tuple(number.setdefault(group, len(number)) for group in product(*values))
            self._numbers.append(known[values])
        self.keys = list(number)
        if all(len(numbers) == 1 for numbers in known.values()):
            self._number = [numbers[0] for numbers in self._numbers]

    def count(self, places: list[int]) -> Sequence[int]:
        if not self._numbers:
            return [len(places)] * len(self.keys)
        found: Counter[int]
        if self._number:
            found = Counter(map(self._number.__getitem__, places))
        else:
            found = Counter(chain.from_iterable(map(self._numbers.__getitem__, places)))
        return [found[number] for number in range(len(self.keys))]

    def add(self, amounts: list[int] | None) -> Sequence[int | None]:
        if amounts is None:
            return [None] * len(self.keys)
        if not self._numbers:
            return [sum(amounts)] * len(self.keys)
        sums = [0] * len(self.keys)
        if self._number:
            for number, amount in zip(self._number, amounts, strict=True):
                sums[number] += amount
            return sums
        for numbers, amount in zip(self._numbers, amounts, strict=True):
            for number in numbers:
                sums[number] += amount
        return sums


def _in_order(keys: list[_Group], by: tuple[str, ...]) -> list[_Group]:
    places: list[dict[GroupValue, int]] = []
    for index, dimension in enumerate(by):
        seen = list(dict.fromkeys(key[index] for key in keys))
        natural = NATURAL_ORDER.get(dimension, ())
        if dimension == "batch":
            seen.sort(key=str)
            seen.sort(key=lambda value: value if isinstance(value, int) else 0)
        ordered = [*natural, *(value for value in seen if value not in natural and value is not None), None]
        places.append({value: place for place, value in enumerate(ordered)})
    return sorted(keys, key=lambda key: tuple(place[value] for place, value in zip(places, key, strict=True)))


def _behind(code: str, whole: Selections, planned: bool) -> Entries:
    indicator = INDICATORS[code]
    if isinstance(indicator, Count):
        return whole.named(code)
    if isinstance(indicator, Sum):
        if indicator.done and planned:
            return []
        amounts = indicator.amounts(whole.projects, whole.rules)
        return [entry for entry, amount in zip(whole.projects, amounts, strict=True) if amount]
    return _behind(indicator.denominator, whole, planned)
