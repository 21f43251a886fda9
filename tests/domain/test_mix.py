"""The composition of an amount: untold is not nought, and the sum tells which amount it is of."""

from guatu.domain.mix import UNTOLD, InvestmentMix


def test_nothing_told_has_no_total_and_is_of_nothing():
    assert UNTOLD.total is None
    assert not UNTOLD
    assert UNTOLD.of({"ytd": 0}) is None


def test_a_told_nought_is_told():
    assert InvestmentMix(other=0).total == 0
    assert InvestmentMix(other=0)


def test_the_sum_tells_whose_composition_it_is():
    mix = InvestmentMix(construction=60, equipment=40)
    assert mix.total == 100
    assert mix.of({"ytd": 100, "cumulative": 300}) == "ytd"
    assert mix.of({"ytd": None, "cumulative": 100}) == "cumulative"
    assert mix.of({"ytd": 99, "cumulative": 300}) is None


def test_what_is_untold_is_taken_from_before_part_by_part():
    before = InvestmentMix(construction=60, equipment=40)
    assert InvestmentMix(construction=70).completed_by(before) == InvestmentMix(construction=70, equipment=40)
    assert InvestmentMix(equipment=0).completed_by(before) == InvestmentMix(construction=60, equipment=0)
