"""The composition of an amount (docs/algorithms/mix.md): untold is not nought, the sum tells which it is of."""

import pytest

from guatu.domain.mix import UNTOLD, InvestmentMix
from tests.domain.worked import EMPTY, worked

PARTS = ("construction", "installation", "equipment", "other")


def amount(text: str) -> int | None:
    return None if text == EMPTY else int(text)


@pytest.mark.parametrize("row", worked("mix", "total"), ids=lambda row: " ".join(row.values()))
def test_the_total_and_what_it_composes(row):
    mix = InvestmentMix(*(amount(row[part]) for part in PARTS))
    assert mix.total == amount(row["total"])
    assert mix.of({"ytd": amount(row["ytd"]), "cumulative": amount(row["cumulative"])}) == (
        None if row["of"] == EMPTY else row["of"]
    )


@pytest.mark.parametrize("row", worked("mix", "completed_by"), ids=lambda row: row["stands then"])
def test_a_part_left_out_keeps_what_was_told(row):
    before, now, then = (InvestmentMix(*map(amount, row[name].split())) for name in row)
    assert now.completed_by(before) == then


def test_a_told_nought_is_told_and_nothing_is_not():
    assert InvestmentMix(other=0)
    assert not UNTOLD
