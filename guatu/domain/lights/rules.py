"""A rule set: ordered conditions with colours and sentences, its version and validity, and what no rule met means."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Final, Literal, TypeAlias

from guatu.domain.errors import DomainError

Colour: TypeAlias = Literal["red", "yellow", "green", "blue"]
Rhythm: TypeAlias = Literal["day", "week", "month"]
Operator: TypeAlias = Literal["at_least", "at_most", "more_than", "less_than", "is", "is_not", "one_of"]
Limit: TypeAlias = int | Fraction | str | tuple[str, ...]

COLOURS: Final[tuple[Colour, ...]] = ("red", "yellow", "green", "blue")
"""Worst first. Blue is no degree: it says completed, and a completed project is not judged any more."""
RHYTHMS: Final[tuple[Rhythm, ...]] = ("day", "week", "month")
ONE_DAY: Final = timedelta(days=1)
COMPARISONS: Final[tuple[Operator, ...]] = ("at_least", "at_most", "more_than", "less_than", "is", "is_not")
CHOOSING: Final[tuple[Operator, ...]] = ("is", "is_not", "one_of")


@dataclass(frozen=True, slots=True)
class Test:
    """One fact held against a limit, in the fact's unit."""

    fact: str
    op: Operator
    limit: Limit


@dataclass(frozen=True, slots=True)
class LightRule:
    """All tests hold: the colour, and the sentence that says so. ``follow_up`` is what the paper has done then."""

    code: str
    colour: Colour
    when: tuple[Test, ...]
    say: str
    follow_up: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which projects the set judges at all; the others have no light, and the sentence says why."""

    when: tuple[Test, ...]
    say: str


@dataclass(frozen=True, slots=True)
class Unmet:
    """What it means that no rule is met.

    While one of the ``essential`` facts is not known, there is no light and ``say_unknown``; else colour and ``say``.
    """

    colour: Colour
    say: str
    essential: tuple[str, ...]
    say_unknown: str


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One version of a region's rules. Both days of validity belong to it; without ``valid_to`` it goes on.

    ``rhythm`` is the period by which "n times running" counts.
    """

    code: str
    name: str
    version: int
    valid_from: date
    valid_to: date | None
    rhythm: Rhythm
    rules: tuple[LightRule, ...]
    unmet: Unmet
    scope: Scope | None = None
    source: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the version is valid on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def layered(layers: Iterable[Sequence[RuleSet]]) -> tuple[RuleSet, ...]:
    """Rules of a place and of the places above it, the nearest first, as one course of versions.

    On a day on which versions of a nearer layer hold, none of a farther one does: a farther one is kept for the days
    that are left, cut into as many spans as that takes.
    """
    found: list[RuleSet] = []
    for layer in layers:
        left = list(layer)
        for nearer in tuple(found):
            left = [span for rules in left for span in _outside(rules, nearer)]
        found += left
    return tuple(found)


def _outside(rules: RuleSet, nearer: RuleSet) -> list[RuleSet]:
    """A version for the days before and after those of another."""
    last = rules.valid_to or date.max
    until = min(last, nearer.valid_from - ONE_DAY)
    found = [replace(rules, valid_to=until)] if rules.valid_from <= until else []
    if nearer.valid_to is not None and nearer.valid_to < last:
        found.append(replace(rules, valid_from=max(rules.valid_from, nearer.valid_to + ONE_DAY)))
    return found


def in_force(versions: Iterable[RuleSet], day: date) -> RuleSet:
    """The version valid on a day; of several the highest one. Raises DomainError("lights.none_in_force")."""
    valid = [rules for rules in versions if rules.holds_on(day)]
    if not valid:
        raise DomainError("lights.none_in_force", day=day.isoformat())
    return max(valid, key=lambda rules: (rules.version, rules.valid_from))
