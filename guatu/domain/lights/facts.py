"""The facts that a rule of lights may ask for, what kind each is, and how a sentence prints it.

Whoever evaluates hands in a mapping of fact to value; absent or None is "not known yet". Numbers are exact (int,
Fraction, Decimal), never rounded before they are compared.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal, TypeAlias

from guatu.domain.dates import last_of_month
from guatu.domain.money import format_number
from guatu.domain.rounding import half_up
from guatu.domain.stages import STAGES

Value: TypeAlias = int | Fraction | Decimal | str | None
Facts: TypeAlias = Mapping[str, Value]
FactKind: TypeAlias = Literal["days", "count", "money", "points", "percent", "months", "flag", "choice", "text"]

WHOLE: Final = frozenset({"days", "count", "money"})
SHARES: Final = frozenset({"points", "percent"})
EXACT: Final = SHARES | {"months"}
NUMBER: Final = (int, Fraction, Decimal)
NUMBERS: Final = WHOLE | EXACT
PRINTED: Final = NUMBERS | {"text"}
"""What a sentence may name: a mark or a choice has words of its own and is written out by the rule's author."""
NOT_KNOWN: Final = "未知"


@dataclass(frozen=True, slots=True)
class Fact:
    """A named fact: its kind (with the unit: days, whole yuan, percentage points, per cent, months) and its choices."""

    code: str
    kind: FactKind
    choices: tuple[str, ...] = ()


_ALL: Final = (
    Fact("days_late", "days"),  # of the open node that is latest; 0: none is late
    Fact("worst_node", "text"),  # its name
    Fact("nodes_overdue", "count"),
    Fact("weight_overdue", "percent"),  # the overdue nodes' weight among all nodes'
    Fact("lead", "points"),  # 100 · done / year's plan − share of the year passed
    Fact("investment_ratio", "percent"),  # 100 · done / what the time passed asks for
    Fact("payment_ratio", "percent"),  # 100 · paid / to be paid by now
    Fact("planned_investment", "money"),  # the year's plan
    Fact("start_months_missed", "months"),  # ends of months since the planned start, while not started
    Fact("start_days_late", "days"),
    Fact("finish_days_late", "days"),
    Fact("statistics_wait", "months"),  # since the start, while not in the statistics; 0 once it is in
    Fact("report_days_late", "days"),
    Fact("matters_overdue", "count"),
    Fact("procedures_overdue", "count"),
    Fact("chain_lost", "choice", ("none", "day", "week", "month", "quarter", "year")),  # the longest level lost
    Fact("stage", "choice", STAGES),
    Fact("kind", "choice", ("new_start", "continuing", "preliminary", "completing")),
    Fact("started", "flag"),
    Fact("suspended", "flag"),
    Fact("completed", "flag"),
    Fact("reds_before", "count"),  # periods running that were red until now (history.running)
    Fact("warnings_before", "count"),  # likewise yellow or red
)
FACTS: Final[dict[str, Fact]] = {fact.code: fact for fact in _ALL}
"""Code → fact. A rule that names another one is refused when it is read."""


def printed(kind: FactKind, value: Value, *, size: bool = False, beside: Collection[Fraction] = ()) -> str:
    """A value as a sentence has it, half up: shares with one decimal, as pages print them; others with at most two,
    money in 万元; ``size`` leaves the sign out.

    ``beside`` are the numbers that the sentence itself names (不到10个百分点): a share that would round to one of them
    without being it has as many decimals, up to four, as keep it on its side. A value that is not known prints as
    未知, never as zero.
    """
    if value is None:
        return NOT_KNOWN
    if isinstance(value, str) or kind not in NUMBERS:
        return str(value)
    shown = abs(Fraction(value)) if size else Fraction(value)
    if kind not in SHARES:
        return _short(kind, shown)
    places = next((places for places in range(1, 4) if _keeps_its_side(shown, places, beside)), 4)
    return format_number(half_up(shown, places))


def _short(kind: FactKind, value: Fraction) -> str:
    return format_number(half_up(value / (10_000 if kind == "money" else 1), 2), trim=True)


def _keeps_its_side(value: Fraction, places: int, beside: Collection[Fraction]) -> bool:
    rounded = Fraction(half_up(value, places))
    return rounded == value or abs(rounded) not in beside


def limit_printed(kind: FactKind, value: Value) -> str:
    """A limit as its rule's condition has it: as short as it was written, two decimals at most."""
    return _short(kind, Fraction(value)) if kind in SHARES and isinstance(value, NUMBER) else printed(kind, value)


def months_missed(planned: date, as_of: date) -> int:
    """How many ends of months have come from the planned day on: 31 March is one for a start planned in March."""
    months = (as_of.year - planned.year) * 12 + as_of.month - planned.month
    return max(0, months + (as_of == last_of_month(as_of.year, as_of.month)))
