"""The statistical composition of an investment (投资构成): construction, installation, equipment, other."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class InvestmentMix:
    """The four parts of an amount in whole yuan; None where nothing was told, which is not nought."""

    construction: int | None = None
    installation: int | None = None
    equipment: int | None = None
    other: int | None = None

    def __bool__(self) -> bool:
        """Whether any part was told."""
        return self.total is not None

    @property
    def total(self) -> int | None:
        """The sum of what was told; None when nothing was."""
        told = [amount for amount in astuple(self) if amount is not None]
        return sum(told) if told else None

    def completed_by(self, before: "InvestmentMix") -> "InvestmentMix":
        """The same with what is untold taken from `before`."""
        pairs = zip(astuple(self), astuple(before), strict=True)
        return InvestmentMix(*(old if new is None else new for new, old in pairs))

    def of(self, amounts: Mapping[str, int | None]) -> str | None:
        """The name of the first amount that the parts add up to; None when they add up to none of them.

        A sheet does not say whether it composes the period's, the year's or the whole amount, so the sum tells.
        """
        total = self.total
        return next((name for name, amount in amounts.items() if total is not None and amount == total), None)


UNTOLD: Final = InvestmentMix()
"""Nothing was told."""
