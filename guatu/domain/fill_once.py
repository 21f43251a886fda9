"""Cells typed twice: said here and in another system's sheet of the same period (docs/algorithms/fill_once.md)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


class CellKey(NamedTuple):
    """One cell of one period: of which project, which fact."""

    project: str
    fact: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A cell that a unit said here, and when it handed it in."""

    key: CellKey
    unit: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The same cell in another system's sheet: when its value was read back from there, when ours was last handed over
    in an export; None where neither was."""

    key: CellKey
    system: str
    read_at: datetime | None = None
    handed_at: datetime | None = None

    def spares(self, typed: Typed) -> bool:
        """Whether nobody had to type it a second time: it stood there first and was taken over, or it went out filled.

        A sheet filled before the cell was handed in does not hold it; one read back later was typed there.
        """
        taken = self.read_at is not None and self.read_at <= typed.at
        given = self.handed_at is not None and self.handed_at >= typed.at
        return taken or given


@dataclass(frozen=True, slots=True)
class FillCount:
    """Of one unit in one period: cells said here, those that stand in another system's sheet as well, and those of them
    that had to be typed a second time. The aim of `twice` is 0."""

    typed: int = 0
    elsewhere: int = 0
    twice: int = 0

    def plus(self, other: "FillCount") -> "FillCount":
        """Both together."""
        return FillCount(self.typed + other.typed, self.elsewhere + other.elsewhere, self.twice + other.twice)


def typed_twice(said: Iterable[Typed], standing: Iterable[Elsewhere]) -> Mapping[str, FillCount]:
    """The count by unit. A cell that several systems ask for counts once; it is spared only if each of them is."""
    others: dict[CellKey, list[Elsewhere]] = {}
    for one in standing:
        others.setdefault(one.key, []).append(one)
    found: dict[str, FillCount] = {}
    for typed in said:
        asked = others.get(typed.key, [])
        again = any(not one.spares(typed) for one in asked)
        found[typed.unit] = found.get(typed.unit, FillCount()).plus(FillCount(1, int(bool(asked)), int(again)))
    return found
