"""A plan's own check points: the indicators at future dates from planned dates, the money from targets.

docs/algorithms/trajectory.md
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Final

from guatu.domain.errors import DomainError
from guatu.domain.indicators.facts import EntryFacts, ListRules
from guatu.domain.indicators.registry import INDICATORS, Lead, Rate, Value, share
from guatu.domain.indicators.tally import tally
from guatu.domain.progress import year_passed

MONEY: Final = "investment_to_date"
FLOWS: Final = {
    "new_starts": "new_starts_started",
    "completions": "completed",
    "resumptions": "resumed",
    "investment": MONEY,
}
"""What happens between two check points → the indicator whose growth it is (counts; whole yuan)."""


@dataclass(frozen=True, slots=True)
class CheckPoint:
    """A named date of a list (牡丹文化节前, 双过半, 国庆前, 年底)."""

    name: str
    on: date


@dataclass(frozen=True, slots=True)
class TrajectoryRow:
    """The planned state at a check point (``values``), and what is planned since the one before (``flows``).

    The first row's flows count from the beginning. So each state is the one before plus the flow, exactly. Where no
    money is planned at the point, ``values`` have None for it and ``flows`` no "investment".
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


def trajectory(
    entries: Iterable[EntryFacts],
    points: Sequence[CheckPoint],
    rules: ListRules,
    money: Mapping[date, int] | None = None,
) -> list[TrajectoryRow]:
    """The indicators from planned dates at each check point; points in date order, else trajectory.order.

    ``money``: what the entries' targets together reach by the end of a check point's day, in whole yuan of the year.
    It stands as "investment_to_date", with its rate and lead.
    """
    if any(earlier.on > later.on for earlier, later in pairwise(points)):
        raise DomainError("trajectory.order", points=tuple(point.name for point in points))
    entries = list(entries)
    rows: list[TrajectoryRow] = []
    before: Mapping[str, Value] = {}
    for point in points:
        [row] = tally(entries, point.on, rules, planned=True)
        values = _with_money(row.values, (money or {}).get(point.on), point.on, rules)
        known = {flow: code for flow, code in FLOWS.items() if values[code] is not None}
        flows = {flow: _count(values, code) - _count(before, code) for flow, code in known.items()}
        rows.append(TrajectoryRow(point, values, flows))
        before = values
    return rows


def _with_money(values: Mapping[str, Value], amount: int | None, on: date, rules: ListRules) -> dict[str, Value]:
    found = {**values, MONEY: amount}
    time = year_passed(on, rules.time_basis, rules.year)
    for code, indicator in INDICATORS.items():
        if isinstance(indicator, Rate | Lead) and indicator.numerator == MONEY:
            found[code] = share(indicator, amount, found[indicator.denominator], time)
    return found


def hold_against(rows: Iterable[TrajectoryRow], published: Mapping[str, Mapping[str, int | Decimal]]) -> list[Gap]:
    """Published check points (name → indicator or flow → figure) held against the plan behind them, each figure.

    A figure that the plan does not know has no planned value and no difference.
    """
    gaps: list[Gap] = []
    for row in rows:
        for code, figure in published.get(row.point.name, {}).items():
            planned = row.flows.get(code) if code in FLOWS else row.values.get(code)
            gaps.append(Gap(row.point, code, figure, planned, None if planned is None else figure - planned))
    return gaps


def _count(values: Mapping[str, Value], code: str) -> int:
    value = values.get(code, 0)
    return value if isinstance(value, int) else 0
