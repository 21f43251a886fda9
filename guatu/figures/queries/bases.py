"""The same list by dispatch, statistics and payment side by side: never mixed, their difference a page of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from guatu.domain.indicators import EntryFacts
from guatu.figures.queries.entries import entries
from guatu.figures.queries.sql import Asked
from guatu.reporting.choices import Basis

BASES = (Basis.DISPATCH, Basis.STATISTICS, Basis.PAYMENT)


@dataclass(frozen=True, slots=True)
class BasisRow:
    """One project's investment to date by the three bases, whole yuan; None where a basis has no reading this year.

    `days` has the day of the reading behind each, by basis.
    """

    project_id: int
    dispatch: int | None
    statistics: int | None
    payment: int | None
    days: Mapping[str, date | None]

    @property
    def statistics_gap(self) -> int | None:
        """Statistics less dispatch."""
        return _less(self.statistics, self.dispatch)

    @property
    def payment_gap(self) -> int | None:
        """Payment less dispatch."""
        return _less(self.payment, self.dispatch)


@dataclass(frozen=True, slots=True)
class BasisTotal:
    """One basis over all projects: how many have a figure, their sum in whole yuan, and the days of the readings."""

    basis: Basis
    count: int
    amount: int
    first: date | None
    last: date | None


def _less(one: int | None, other: int | None) -> int | None:
    return one - other if one is not None and other is not None else None


def by_basis(asked: Asked) -> list[BasisRow]:
    """The projects of the lists, biggest difference between statistics and dispatch first."""
    found = {basis: _listed(entries(replace(asked, basis=basis))) for basis in BASES}
    rows = [
        BasisRow(
            project,
            found[Basis.DISPATCH][project].investment_to_date,
            found[Basis.STATISTICS][project].investment_to_date,
            found[Basis.PAYMENT][project].investment_to_date,
            {basis.value: found[basis][project].reading_on for basis in BASES},
        )
        for project in found[Basis.DISPATCH]
    ]
    return sorted(rows, key=lambda row: (-abs(row.statistics_gap or 0), -abs(row.payment_gap or 0), row.project_id))


def _listed(found: Sequence[EntryFacts]) -> dict[int, EntryFacts]:
    return {entry.project_id: entry for entry in found if not entry.exited}


def totals(rows: Sequence[BasisRow]) -> list[BasisTotal]:
    """What each basis says of the whole, in the order of the page's columns."""
    return [_total(basis, rows) for basis in BASES]


def _total(basis: Basis, rows: Sequence[BasisRow]) -> BasisTotal:
    told = [(amount, row.days[basis]) for row in rows if (amount := getattr(row, basis)) is not None]
    days = [day for _amount, day in told if day is not None]
    first, last = min(days, default=None), max(days, default=None)
    return BasisTotal(basis, len(told), sum(amount for amount, _day in told), first, last)
