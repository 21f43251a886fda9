"""Every indicator in one place: a count of entries, a sum over entries, or a rate of two of these.

A count is its selection: the entries that it counts. So a figure and the rows behind it cannot disagree.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Final, TypeAlias

from guatu.domain.indicators.facts import EntryFacts, ListRules
from guatu.domain.rounding import rate

Value: TypeAlias = int | Decimal | None
RATE_PLACES: Final = 2


@dataclass(frozen=True, slots=True)
class Count:
    """How many entries the selection of that name holds (a property of ``Selections``).

    ``known`` names the selection of those of whom it is known at all: where it holds none, there is no figure.
    """

    code: str
    known: str | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """Whole yuan over the entries. ``done`` money is no figure (None) in a planned view, which has no readings."""

    code: str
    amount: Callable[[EntryFacts], int | None]
    done: bool = False
    with_preliminary_cost: bool = False

    def amounts(self, entries: Sequence[EntryFacts], rules: ListRules) -> list[int]:
        """What each entry contributes, in the entries' order."""
        amounts = [amount or 0 for amount in map(self.amount, entries)]
        if self.with_preliminary_cost and rules.counts_preliminary_cost:
            return [amount + entry.preliminary_cost for amount, entry in zip(amounts, entries, strict=True)]
        return amounts


@dataclass(frozen=True, slots=True)
class Rate:
    """100 · numerator / denominator in per cent, two decimals; None for a zero denominator."""

    code: str
    numerator: str
    denominator: str


@dataclass(frozen=True, slots=True)
class Lead:
    """A rate before rounding, less the share of the year passed, in percentage points (快于 / 慢于序时进度)."""

    code: str
    numerator: str
    denominator: str


Indicator: TypeAlias = Count | Sum | Rate | Lead


_ALL: Final[tuple[Indicator, ...]] = (
    Count("projects"),
    Sum("total_investment", attrgetter("total_investment")),
    Sum("planned_investment", attrgetter("planned_investment")),
    Sum("investment_to_date", attrgetter("investment_to_date"), done=True, with_preliminary_cost=True),
    Rate("investment_rate", "investment_to_date", "planned_investment"),
    Lead("lead", "investment_to_date", "planned_investment"),
    Count("new_starts_planned"),
    Count("new_starts_due"),
    Count("new_starts_started"),
    Count("started"),
    Count("start_base"),
    Count("started_of_base"),
    Rate("start_rate", "started_of_base", "start_base"),
    Count("under_construction"),
    Count("completed"),
    Count("resumed_planned"),
    Count("resumed"),
    Rate("resumed_rate", "resumed", "resumed_planned"),
    Count("resumed_started"),
    Count("resumed_started_planned"),
    Rate("resumed_started_rate", "resumed_started", "resumed_started_planned"),
    Count("in_production"),
    Count("full_output"),
    Count("suspended"),
    Count("completions_planned"),
    Count("on_schedule", known="judged"),
    Rate("on_schedule_rate", "on_schedule", "projects"),
    Count("with_problems"),
    Sum("cumulative_investment", attrgetter("cumulative"), done=True),
    Sum("preliminary_cost", attrgetter("preliminary_cost"), done=True),
    Count("reported"),
    Count("unreported"),
)
INDICATORS: Final[dict[str, Indicator]] = {indicator.code: indicator for indicator in _ALL}
"""Code → indicator, in the order in which figures are printed."""


def exact_share(
    indicator: Rate | Lead, numerator: Value, denominator: Value, time: tuple[int, int]
) -> tuple[int, int] | None:
    """The figure of a rate or a lead as (numerator, denominator) of a share; None where it is no figure.

    ``time`` is (passed, whole) of the year. What prints with other places than two rounds from this, only once.
    """
    if not isinstance(numerator, int) or not isinstance(denominator, int) or denominator == 0:
        return None
    if isinstance(indicator, Rate):
        return numerator, denominator
    passed, whole = time
    return numerator * whole - passed * denominator, denominator * whole


def share(indicator: Rate | Lead, numerator: Value, denominator: Value, time: tuple[int, int]) -> Decimal | None:
    """The figure of a rate or a lead from its two figures, in per cent, half up to two decimals."""
    exact = exact_share(indicator, numerator, denominator, time)
    return None if exact is None else rate(*exact, RATE_PLACES)
