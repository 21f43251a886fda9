"""Amounts by hand: what they fix, what they leave to others, and which of them cannot stand together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from guatu.domain.errors import DomainError
from guatu.domain.periods import Period
from guatu.domain.rounding import largest_remainder
from guatu.domain.targets.grid import MONTHS, QUARTERS, YearGrid
from guatu.domain.targets.profiles import Shape

BY_HAND: Final = ("quarter", "month", "week", "day")


@dataclass(frozen=True, slots=True)
class Parts:
    """The children of a parent: their weights, their amounts by hand, and their work days where no weight is left.

    ``parent`` is the parent's code where amounts by hand that do not fit are refused; empty where they give way.
    """

    weights: Sequence[int]
    fixed: Sequence[int | None]
    work_days: Sequence[int]
    parent: str = ""

    @property
    def takes_any(self) -> bool:
        return any(self.weights) or any(self.work_days) or any(self.fixed)

    def cut(self, start: int, stop: int, parent: str) -> "Parts":
        rows = self.weights[start:stop], self.fixed[start:stop], self.work_days[start:stop]
        return Parts(*rows, parent if self.parent else "")


def divide(total: int, parts: Parts) -> tuple[int, ...]:
    """The parent's amount over its children, exactly: those by hand stand, the others share the rest by weight.

    Where they do not fit and ``parts.parent`` is set: DomainError targets.hand_over or .hand_differs. Else those by
    hand share the whole in proportion; where there are none, work days share it.
    """
    given = sum(amount or 0 for amount in parts.fixed)
    free = [weight if amount is None else 0 for weight, amount in zip(parts.weights, parts.fixed, strict=True)]
    fits = given <= total and any(free)
    if parts.parent and not fits:
        _refuse_misfit(total, given, parts)
    if fits:
        rest = largest_remainder(total - given, tuple(free))
        return tuple(part if amount is None else amount for part, amount in zip(rest, parts.fixed, strict=True))
    if given:
        return largest_remainder(total, tuple(amount or 0 for amount in parts.fixed))
    days = tuple(n if amount is None else 0 for n, amount in zip(parts.work_days, parts.fixed, strict=True))
    return largest_remainder(total, days if any(days) else tuple(parts.work_days)) if total else (0,) * len(free)


def _refuse_misfit(total: int, given: int, parts: Parts) -> None:
    if given > total:
        raise DomainError("targets.hand_over", period=parts.parent, amount=total, given=given)
    others = any(n and amount is None for n, amount in zip(parts.work_days, parts.fixed, strict=True))
    if given < total and (given or not others):
        raise DomainError("targets.hand_differs", period=parts.parent, amount=total, given=given)


def day_weights(grid: YearGrid, shape: Shape, positions: range) -> tuple[int, ...]:
    """The weights of a run of days: the shape's, else work days alike, else all days alike."""
    for weights in (shape.days, grid.open):
        part = weights[positions.start : positions.stop]
        if any(part):
            return part
    return (1,) * len(positions)


def checked(grid: YearGrid, hand: Mapping[Period, int]) -> dict[Period, int]:
    """The amounts by hand, each one possible by itself; raises as ``spread`` says."""
    for period, amount in hand.items():
        if period.kind not in BY_HAND:
            raise DomainError("targets.hand_kind", period=period.code)
        inside = grid.inside(period.start, period.end)
        if not inside:
            raise DomainError("targets.hand_outside", period=period.code, year=grid.year)
        if amount < 0:
            raise DomainError("targets.hand_negative", period=period.code, amount=amount)
        if amount and period.kind != "day" and not grid.count(inside.start, inside.stop):
            raise DomainError("targets.hand_no_work_day", period=period.code, amount=amount)
    return dict(hand)


@dataclass(frozen=True, slots=True)
class Given:
    """What is given beside the target; ``strict`` refuses amounts by hand that do not fit, else they give way."""

    grid: YearGrid
    shape: Shape
    hand: Mapping[Period, int]
    closed: Mapping[int, int]
    strict: bool

    def days(self) -> dict[int, int]:
        """Days fixed by hand, and the days of weeks by hand (a week's rest goes over its other days by weight)."""
        found: dict[int, int] = {}
        for period in sorted(self.hand, key=lambda one: one.kind):  # days come before weeks
            if period.kind == "day":
                found[self.grid.at(period.start)] = self.hand[period]
            elif period.kind == "week":
                found |= self._week(period, found)
        return {i: amount for i, amount in found.items() if self.grid.month_of(i) not in self.closed}

    def _week(self, period: Period, days: Mapping[int, int]) -> dict[int, int]:
        positions = self.grid.inside(period.start, period.end)
        weights = day_weights(self.grid, self.shape, positions)
        parent = period.code if self.strict else ""
        return dict(
            zip(
                positions,
                divide(self.hand[period], Parts(weights, [days.get(i) for i in positions], weights, parent)),
                strict=True,
            )
        )

    def months(self, days: Mapping[int, int]) -> Parts:
        """The year's months: by hand, or by all of their days; a closed month takes no part."""
        grid, by_hand = self.grid, {p.start.month: self.hand[p] for p in self.hand if p.kind == "month"}
        fixed: list[int | None] = []
        for month in MONTHS:
            fixed.append(None if month in self.closed else by_hand.get(month, self._by_days(month, days)))
        weights = [0 if m in self.closed else self.shape.months[m - 1] for m in MONTHS]
        work_days = [0 if m in self.closed else grid.work_days[m - 1] for m in MONTHS]
        return Parts(weights, fixed, work_days, str(grid.year) if self.strict else "")

    def _by_days(self, month: int, days: Mapping[int, int]) -> int | None:
        if not days:
            return None
        positions = self.grid.month(month)
        takes = [
            i for i, weight in zip(positions, day_weights(self.grid, self.shape, positions), strict=True) if weight
        ]
        return sum(days.get(i, 0) for i in positions) if all(i in days for i in takes) else None

    def quarters(self, months: Parts) -> Parts:
        """The year's quarters: by hand (less what its closed months hold), or by all of their months."""
        by_hand = {(p.start.month + 2) // 3: self.hand[p] for p in self.hand if p.kind == "quarter"}
        fixed: list[int | None] = []
        weights, work_days = [], []
        for q in QUARTERS:
            own = months.cut(3 * q - 3, 3 * q, "")
            weights.append(sum(own.weights))
            work_days.append(sum(own.work_days))
            held = sum(self.closed.get(m, 0) for m in range(3 * q - 2, 3 * q + 1))
            if not own.takes_any:
                fixed.append(None)
            elif q in by_hand:
                fixed.append(max(0, by_hand[q] - held))
            else:
                fixed.append(_by_months(own))
        return Parts(weights, fixed, work_days, months.parent)


def _by_months(own: Parts) -> int | None:
    """A quarter whose months are all by hand is their sum: it can take no more and no less."""
    takes = own.weights if any(own.weights) else own.work_days
    if any(taking and amount is None for taking, amount in zip(takes, own.fixed, strict=True)):
        return None
    return sum(amount or 0 for amount in own.fixed)
