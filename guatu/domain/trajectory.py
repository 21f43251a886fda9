"""A plan's own check points: the indicators at future dates from planned dates (docs/algorithms/trajectory.md)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Final

from guatu.domain.errors import DomainError
from guatu.domain.indicators.facts import EntryFacts, ListRules
from guatu.domain.indicators.registry import Value
from guatu.domain.indicators.tally import tally

FLOWS: Final = {"new_starts": "new_starts_started", "completions": "completed", "resumptions": "resumed"}
"""What happens between two check points → the indicator whose growth it is."""


@dataclass(frozen=True, slots=True)
class CheckPoint:
    """A named date of a list (牡丹文化节前, 双过半, 国庆前, 年底)."""

    name: str
    on: date


@dataclass(frozen=True, slots=True)
class TrajectoryRow:
    """The planned state at a check point (``values``), and what is planned since the one before (``flows``).

    The first row's flows count from the beginning. So each state is the one before plus the flow, exactly.
    """

    point: CheckPoint
    values: Mapping[str, Value]
    flows: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Gap:
    """A published figure of a check point beside the plan's own: ``difference`` = published − planned."""

    point: CheckPoint
    code: str
    published: int | Decimal
    planned: Value
    difference: int | Decimal | None


def trajectory(entries: Iterable[EntryFacts], points: Sequence[CheckPoint], rules: ListRules) -> list[TrajectoryRow]:
    """The indicators from planned dates at each check point; points in date order, else trajectory.order."""
    if any(earlier.on >= later.on for earlier, later in pairwise(points)):
        raise DomainError("trajectory.order", points=tuple(point.name for point in points))
    entries = list(entries)
    rows: list[TrajectoryRow] = []
    before: Mapping[str, Value] = {}
    for point in points:
        [row] = tally(entries, point.on, rules, planned=True)
        flows = {flow: _count(row.values, code) - _count(before, code) for flow, code in FLOWS.items()}
        rows.append(TrajectoryRow(point, row.values, flows))
        before = row.values
    return rows


def hold_against(rows: Iterable[TrajectoryRow], published: Mapping[str, Mapping[str, int | Decimal]]) -> list[Gap]:
    """Published check points (name → indicator or flow → figure) held against the plan behind them, each figure.

    A figure that the plan does not know has no planned value and no difference.
    """
    gaps: list[Gap] = []
    for row in rows:
        for code, figure in published.get(row.point.name, {}).items():
            planned = row.flows[code] if code in row.flows else row.values.get(code)
            gaps.append(Gap(row.point, code, figure, planned, None if planned is None else figure - planned))
    return gaps


def _count(values: Mapping[str, Value], code: str) -> int:
    value = values.get(code, 0)
    return value if isinstance(value, int) else 0
