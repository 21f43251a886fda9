"""What a change of a year's spread moves: quarters, months and the year before and after."""

from typing import NamedTuple

from guatu.domain.targets.spreading import Spread


class Move(NamedTuple):
    """One period's target before and after, in whole yuan."""

    before: int
    after: int

    @property
    def moved(self) -> int:
        """By how much, whole yuan; negative where the target falls."""
        return self.after - self.before


class Moves(NamedTuple):
    """Four quarters, twelve months, the year."""

    quarters: tuple[Move, ...]
    months: tuple[Move, ...]
    year: Move


def moves(before: Spread, after: Spread) -> Moves:
    """Every period of two spreads of a year beside each other; the year is the sum of its months in each."""
    return Moves(
        tuple(map(Move, before.quarters, after.quarters)),
        tuple(map(Move, before.months, after.months)),
        Move(sum(before.months), sum(after.months)),
    )
