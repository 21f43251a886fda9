"""The same list by dispatch, statistics and payment side by side: never mixed, their difference a page of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from guatu.domain.indicators import EntryFacts
from guatu.figures.queries.entries import entries
from guatu.figures.queries.sql import Asked
from guatu.reporting.choices import Basis


@dataclass(frozen=True, slots=True)
class BasisRow:
    """One project's investment to date by the three bases, whole yuan; None where a basis has no reading this year."""

    project_id: int
    dispatch: int | None
    statistics: int | None
    payment: int | None

    @property
    def statistics_gap(self) -> int | None:
        """Statistics less dispatch."""
        return _less(self.statistics, self.dispatch)

    @property
    def payment_gap(self) -> int | None:
        """Payment less dispatch."""
        return _less(self.payment, self.dispatch)


@dataclass(frozen=True, slots=True)
class BasisTotals:
    """Sums over projects; the gaps only over projects that have both figures, with how many those are."""

    dispatch: int
    statistics: int
    payment: int
    in_statistics: int
    paid: int
    statistics_gap: int
    payment_gap: int


def _less(one: int | None, other: int | None) -> int | None:
    return one - other if one is not None and other is not None else None


def by_basis(asked: Asked) -> list[BasisRow]:
    """The projects of the lists, biggest difference between statistics and dispatch first."""
    found = {basis: _amounts(entries(replace(asked, basis=basis))) for basis in Basis.values}
    rows = [
        BasisRow(
            project,
            found[Basis.DISPATCH].get(project),
            found[Basis.STATISTICS].get(project),
            found[Basis.PAYMENT].get(project),
        )
        for project in found[Basis.DISPATCH]
    ]
    return sorted(rows, key=lambda row: (-abs(row.statistics_gap or 0), -abs(row.payment_gap or 0), row.project_id))


def _amounts(entries: Sequence[EntryFacts]) -> dict[int, int | None]:
    return {entry.project_id: entry.investment_to_date for entry in entries if not entry.exited}


def totals(rows: Sequence[BasisRow]) -> BasisTotals:
    """The sums of the page's first line."""
    return BasisTotals(
        sum(row.dispatch or 0 for row in rows),
        sum(row.statistics or 0 for row in rows),
        sum(row.payment or 0 for row in rows),
        sum(row.statistics is not None for row in rows),
        sum(row.payment is not None for row in rows),
        sum(row.statistics_gap or 0 for row in rows),
        sum(row.payment_gap or 0 for row in rows),
    )
