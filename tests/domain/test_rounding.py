import copy
import pickle
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.domain.rounding import PerCent, growth, half_up, half_up_ratio, largest_remainder, rate
from tests.domain.worked import EMPTY, row_name, worked


def expected(text: str) -> Decimal | None:
    return None if text == EMPTY else Decimal(text)


@pytest.mark.parametrize("row", worked("rounding", "half_up"), ids=row_name)
def test_half_up_as_the_page_says(row):
    value = Fraction(row["value"]) if "/" in row["value"] else Decimal(row["value"])
    assert str(half_up(value, int(row["places"]))) == row["result"]


@pytest.mark.parametrize("row", worked("rounding", "rate"), ids=row_name)
def test_rate_as_the_page_says(row):
    result = rate(int(row["numerator"]), int(row["denominator"]), int(row["places"]))
    assert result == expected(row["result"])


@pytest.mark.parametrize("row", worked("rounding", "growth"), ids=row_name)
def test_growth_as_the_page_says(row):
    assert growth(int(row["now"]), int(row["before"]), int(row["places"])) == expected(row["result"])


@pytest.mark.parametrize("row", worked("rounding", "largest_remainder"), ids=row_name)
def test_largest_remainder_as_the_page_says(row):
    weights = tuple(int(part) for part in row["weights"].split(","))
    assert largest_remainder(int(row["total"]), weights) == tuple(int(part) for part in row["result"].split(","))


@given(st.integers(-(10**20), 10**20), st.integers(1, 10**18), st.integers(0, 6))
def test_rounding_is_never_further_than_half_a_step(numerator, denominator, places):
    exact = Fraction(numerator, denominator)
    rounded = half_up(exact, places)
    assert abs(Fraction(rounded) - exact) <= Fraction(1, 2 * 10**places)
    assert half_up(-exact, places) == -rounded
    assert half_up(rounded, places) == rounded


@given(st.integers(0, 10**18), st.integers(1, 10**18))
def test_a_rate_rounds_the_exact_share(numerator, denominator):
    assert rate(numerator, denominator) == half_up(Fraction(100 * numerator, denominator), 2)


@given(st.integers(-(10**15), 10**15), st.lists(st.integers(0, 10**9), min_size=1, max_size=40).map(tuple))
def test_shares_add_up_and_stay_within_one_of_their_due(total, weights):
    parts = largest_remainder(total, weights)
    assert sum(parts) == total
    whole = sum(weights)
    if whole:
        for part, weight in zip(parts, weights, strict=True):
            assert abs(part - Fraction(total * weight, whole)) < 1


@given(st.integers(-(10**18), 10**18), st.sampled_from([1, 10**4, 10**8, 3, 7]), st.integers(0, 8))
def test_a_ratio_rounds_as_its_fraction_does(numerator, denominator, places):
    quick, exact = half_up_ratio(numerator, denominator, places), half_up(Fraction(numerator, denominator), places)
    assert (quick, str(quick)) == (exact, str(exact))


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**12), st.integers(0, 1))
def test_a_rate_printed_with_fewer_places_is_rounded_once(numerator, denominator, places):
    share = rate(numerator, denominator)
    assert half_up(share, places) == half_up(Fraction(100 * numerator, denominator), places)
    assert half_up(abs(share), places) == abs(half_up(share, places)) == abs(half_up(-share, places))


def test_a_rate_keeps_what_it_is_exactly_through_copies():
    share = rate(3_007_892, 3_435_700)  # 87.548 %
    for same in (share, copy.copy(share), copy.deepcopy(share), pickle.loads(pickle.dumps(share))):
        assert isinstance(same, PerCent)
        assert (str(same), str(half_up(same, 1))) == ("87.55", "87.5")
    assert str(half_up(Decimal("87.55"), 1)) == "87.6"
