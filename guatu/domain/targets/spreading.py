"""A year's target spread over quarters, months and days in whole yuan (docs/algorithms/targets.md, Spreading)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from guatu.domain.errors import DomainError
from guatu.domain.periods import Period
from guatu.domain.rounding import largest_remainder
from guatu.domain.targets.byhand import Given, Parts, checked, day_weights, divide
from guatu.domain.targets.grid import MONTHS, QUARTERS, YearGrid
from guatu.domain.targets.profiles import Shape, even


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """A year's target, spread. Make it by ``spread``; all amounts in whole yuan.

    ``months`` and ``quarters`` are ready; days are spread when they are asked for, so that the levels of thousands of
    projects at one date cost a month of each, not a year. ``unplaced`` found no open day; ``over`` is what the closed
    months hold above the year's target (one of the two is always zero).
    """

    grid: YearGrid
    shape: Shape
    target: int
    hand: Mapping[Period, int]
    closed: Mapping[int, int]
    months: tuple[int, ...]
    unplaced: int
    over: int
    evenly: bool  # the profile left nothing to go by for what had to be placed, so work days count alike
    fixed: Mapping[int, int] = field(default_factory=dict)  # position → amount, from weeks and days by hand
    misfit: DomainError | None = None
    _days: dict[int, tuple[int, ...]] = field(default_factory=dict, repr=False)

    @property
    def quarters(self) -> tuple[int, ...]:
        return tuple(sum(self.months[3 * q - 3 : 3 * q]) for q in QUARTERS)

    def days_of(self, month: int) -> tuple[int, ...]:
        """The month's days; they add up to it exactly."""
        found = self._days.get(month)
        if found is None:
            found = self._days[month] = self._spread_month(month)
        return found

    def days(self) -> list[int]:
        """Every day of the year."""
        return [amount for month in MONTHS for amount in self.days_of(month)]

    def on(self, position: int) -> int:
        month = self.grid.month_of(position)
        return self.days_of(month)[position - self.grid.starts[month - 1]]

    def sum(self, positions: range) -> int:
        """What stands on a run of days."""
        if not positions:
            return 0
        total = 0
        for month in range(self.grid.month_of(positions.start), self.grid.month_of(positions.stop - 1) + 1):
            first, stop = self.grid.starts[month - 1], self.grid.starts[month]
            if positions.start <= first and stop <= positions.stop:
                total += self.months[month - 1]
            else:
                total += sum(self.days_of(month)[max(positions.start - first, 0) : positions.stop - first])
        return total

    def closed_at(self, position: int) -> bool:
        return bool(self.closed) and self.grid.month_of(position) in self.closed

    def _spread_month(self, month: int) -> tuple[int, ...]:
        positions = self.grid.month(month)
        weights = day_weights(self.grid, self.shape, positions)
        amount = self.months[month - 1]
        if month in self.closed or not self.fixed:
            return largest_remainder(amount, weights)
        fixed = [self.fixed.get(i) for i in positions]
        parent = "" if self.closed or self.misfit else f"{self.grid.year}-{month:02}"
        return divide(amount, Parts(weights, fixed, weights, parent))


def spread(
    grid: YearGrid,
    target: int,
    shape: Shape | None = None,
    hand: Mapping[Period, int] | None = None,
    closed: Mapping[int, int] | None = None,
    lenient: bool = False,
) -> Spread:
    """Spread ``target`` (whole yuan, ≥ 0) over the year: quarters, their months, their days, by largest remainder.

    ``hand`` fixes quarters, months, weeks and days of the year; the rest of their parent is spread by the shape (None:
    even). ``closed`` gives what was done in closed months (1 … 12, may be negative): they stand at it, and what is left
    of the target goes over the open days. Amounts by hand then hold as long as others can take the difference; where
    none can, those by hand share what is left in proportion.

    ``lenient``: amounts by hand that do not fit give way in the same manner instead of being refused, and the plan's
    ``misfit`` is what would have been raised; for amounts that fitted once and whose parent was changed since.

    Raises DomainError: targets.target_negative; .no_such_month; by hand .hand_kind, .hand_outside, .hand_negative,
    .hand_over (the parts by hand exceed their parent), .hand_differs (all parts by hand, and not their parent),
    .hand_no_work_day; each names the period.
    """
    if target < 0:
        raise DomainError("targets.target_negative", target=target)
    closed = dict(closed or {})
    for month in closed:
        if month not in MONTHS:
            raise DomainError("targets.no_such_month", month=month)
    shape = shape or even(grid)
    hand = checked(grid, hand or {})
    misfit = None
    if hand:
        try:
            plain = _spread(Given(grid, shape, hand, {}, strict=True), target)
        except DomainError as refused:
            if not lenient:
                raise
            misfit = refused
        else:
            if not closed:
                return plain
    return replace(_spread(Given(grid, shape, hand, closed, strict=False), target), misfit=misfit)


def _spread(given: Given, target: int) -> Spread:
    grid, shape, closed = given.grid, given.shape, given.closed
    held = sum(closed.values())
    rest, over = max(0, target - held), max(0, held - target)
    fixed = given.days()
    months = given.months(fixed)
    if not months.takes_any:
        if given.strict:
            raise DomainError("targets.hand_no_work_day", period=str(grid.year), amount=target)
        stands = tuple(closed.get(m, 0) for m in MONTHS)
        return Spread(grid, shape, target, given.hand, closed, stands, rest, over, False)
    amounts = _over_months(given, months, rest)
    stands = tuple(closed.get(m, amounts[m - 1]) for m in MONTHS)
    evenly = rest > 0 and not any(months.weights) and not any(given.hand.values())
    plan = Spread(grid, shape, target, given.hand, closed, stands, 0, over, evenly, fixed)
    if given.strict:
        for month in {grid.month_of(position) for position in fixed}:
            plan.days_of(month)
    return plan


def _over_months(given: Given, months: Parts, rest: int) -> list[int]:
    """The open months' amounts: the year over its quarters, each quarter over its months."""
    found: list[int] = []
    if not given.hand and any(months.weights):  # the common case, thousands of times on a page
        thirds = [months.weights[m : m + 3] for m in range(0, 12, 3)]
        for amount, third in zip(largest_remainder(rest, tuple(map(sum, thirds))), thirds, strict=True):
            found += largest_remainder(amount, tuple(third)) if amount else (0, 0, 0)
        return found
    quarters = given.quarters(months)
    for q, amount in zip(QUARTERS, divide(rest, quarters), strict=True):
        found += divide(amount, months.cut(3 * q - 3, 3 * q, f"{given.grid.year}-Q{q}"))
    return found
