"""Half-up rounding and rates, exact from integers (docs/algorithms/rounding.md). No float enters or leaves."""

from decimal import Decimal
from fractions import Fraction
from typing import Self, TypeAlias

Exact: TypeAlias = Decimal | Fraction | int


def half_up_quotient(numerator: int, denominator: int) -> int:
    """Nearest integer of numerator / denominator (denominator > 0), halves away from zero."""
    quotient = (2 * abs(numerator) + denominator) // (2 * denominator)
    return quotient if numerator >= 0 else -quotient


def _scaled(quotient: int, places: int) -> Decimal:
    """quotient / 10**places as a Decimal with exactly that many places, whatever the decimal context's precision."""
    return Decimal(f"{quotient}E-{places}")


def half_up(value: Exact, places: int = 0) -> Decimal:
    """Round half up, that is half away from zero (2.345 → 2.35, -2.345 → -2.35), to ``places`` decimals (≥ 0).

    Exact for every size: it works on integers, so the decimal context's precision plays no part. A rounded zero has
    no minus sign. Floats are refused by type: they are repaired at the sheet's edge (``money.parse_cell_amount``).
    A `PerCent` is rounded from what it is exactly, never from its own places.
    """
    exact = value.exact if isinstance(value, PerCent) else Fraction(value)
    return _scaled(half_up_quotient(exact.numerator * 10**places, exact.denominator), places)


def half_up_ratio(numerator: int, denominator: int, places: int = 0) -> Decimal:
    """``half_up`` of numerator / denominator (denominator > 0), without making a fraction: for many amounts."""
    return _scaled(half_up_quotient(numerator * 10**places, denominator), places)


class PerCent(Decimal):
    """numerator / denominator (> 0), a value in per cent, half up to ``places`` decimals; it remembers the exact value.

    So print with fewer places rounds once: 87.548 % is stored as 87.55 and printed with one place as 87.5, not 87.6.
    Its sign may be changed; any other arithmetic gives a plain Decimal.
    """

    __slots__ = ("parts",)
    parts: tuple[int, int, int]
    """(numerator, denominator, places)."""

    def __new__(cls, numerator: int, denominator: int, places: int = 2) -> Self:
        made = super().__new__(cls, half_up_ratio(numerator, denominator, places))
        made.parts = numerator, denominator, places
        return made

    @property
    def exact(self) -> Fraction:
        """The value before any rounding."""
        return Fraction(self.parts[0], self.parts[1])

    def __neg__(self) -> "PerCent":
        return PerCent(-self.parts[0], *self.parts[1:])

    def __abs__(self) -> "PerCent":
        return PerCent(abs(self.parts[0]), *self.parts[1:])

    def __reduce__(self) -> tuple[type[Self], tuple[int, int, int]]:  # type: ignore[override]  # made of its parts, not of text
        return type(self), self.parts

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, object], /) -> Self:
        return self


def rate(numerator: int, denominator: int, places: int = 2) -> PerCent | None:
    """A share in per cent, half up, exact from integers: ``rate(11, 20) == Decimal("55.00")``.

    A share of zero is no figure: ``None`` (never 0 %, never an error). The denominator's sign is respected. The value
    keeps what it is exactly, for print with fewer places (`PerCent`).
    """
    if denominator == 0:
        return None
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    return PerCent(100 * numerator, denominator, places)


def growth(now: int, before: int, places: int = 2) -> PerCent | None:
    """Growth in per cent over ``before``, half up; ``None`` where before is not positive (no growth over nothing)."""
    return rate(now - before, before, places) if before > 0 else None


def largest_remainder(total: int, weights: tuple[int, ...]) -> tuple[int, ...]:
    """Split ``total`` in proportion to non-negative weights, so that the parts add up to it exactly.

    Hamilton's method: everyone gets the whole part, what is left goes to the largest remainders, the earlier first
    on a tie. All weights zero counts as equal weights. A negative total is split as its absolute value, negated.
    """
    if not weights:
        return ()
    if total < 0:
        return tuple(-part for part in largest_remainder(-total, weights))
    if not any(weights):
        weights = (1,) * len(weights)
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return tuple(parts)
