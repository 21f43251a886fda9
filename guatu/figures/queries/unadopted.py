"""What figures that are not confirmed hold beyond the confirmed ones: how many projects, and how much money."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from guatu.domain.indicators import EntryFacts
from guatu.figures.queries.entries import entries, gathered
from guatu.figures.queries.memo import derived
from guatu.figures.queries.sql import Asked
from guatu.reporting.choices import Truth


@dataclass(frozen=True, slots=True)
class Unadopted:
    """Projects whose last reading is not confirmed, and this year's money by which the sums differ, whole yuan."""

    count: int
    amount: int


class _Told(NamedTuple):
    amount: int
    told: object


def unadopted(asked: Asked) -> Unadopted | None:
    """How the answers to a question differ from confirmed figures; None where it asks for confirmed ones."""
    if asked.truth == Truth.CONFIRMED:
        return None
    confirmed = gathered(replace(asked, truth=Truth.CONFIRMED))
    source = gathered(asked)
    key = ("unadopted", confirmed.serial)
    return derived(source, key, lambda: _differ(entries(asked, source), entries(asked, confirmed)))


def _differ(wide: Sequence[EntryFacts], narrow: Sequence[EntryFacts]) -> Unadopted:
    adopted = {entry.project_id: _told(entry) for entry in narrow}
    pairs = [(_told(entry), adopted.get(entry.project_id, _Told(0, None))) for entry in wide if not entry.exited]
    other = [(now, before) for now, before in pairs if now != before]
    return Unadopted(len(other), sum(now.amount - before.amount for now, before in other))


def _told(entry: EntryFacts) -> _Told:
    told = (entry.investment_to_date, entry.cumulative, entry.preliminary_cost, entry.reading_on, entry.has_problem)
    return _Told(entry.investment_to_date or 0, told)
