from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.domain.errors import DomainError
from guatu.domain.money import (
    ABSURD,
    MoneyUnit,
    choose_unit,
    find_unit,
    format_amount,
    format_number,
    parse_amount,
    parse_cell_amount,
)
from guatu.domain.rounding import half_up
from tests.domain.worked import EMPTY, row_name, worked

units = st.sampled_from(list(MoneyUnit))
amounts = st.integers(-ABSURD + 1, ABSURD - 1)


def unit_of(text: str) -> MoneyUnit | None:
    return None if text == EMPTY else MoneyUnit(text)


@pytest.mark.parametrize("row", worked("money", "find_unit"), ids=row_name)
def test_unit_of_a_heading_as_the_page_says(row):
    if "." in row["unit"]:
        with pytest.raises(DomainError) as refused:
            find_unit(row["text"])
        assert refused.value.code == row["unit"]
    else:
        assert find_unit(row["text"]) is unit_of(row["unit"])


@pytest.mark.parametrize("row", worked("money", "parse_amount"), ids=row_name)
def test_typed_amount_as_the_page_says(row):
    if "." in row["yuan"]:
        with pytest.raises(DomainError) as refused:
            parse_amount(row["text"], unit_of(row["unit"]))
        assert refused.value.code == row["yuan"]
        assert refused.value.params["text"] == row["text"]
    else:
        assert parse_amount(row["text"], unit_of(row["unit"])) == int(row["yuan"])


@pytest.mark.parametrize("row", worked("money", "parse_cell_amount"), ids=lambda row: f"{row['kind']} {row['value']}")
def test_cell_as_the_page_says(row):
    value = {"float": float, "int": int, "str": str}[row["kind"]](row["value"])
    if "." in row["yuan"]:
        with pytest.raises(DomainError) as refused:
            parse_cell_amount(value, MoneyUnit(row["unit"]))
        assert refused.value.code == row["yuan"]
    else:
        assert parse_cell_amount(value, MoneyUnit(row["unit"])) == int(row["yuan"])


@pytest.mark.parametrize("row", worked("money", "format_amount"), ids=row_name)
def test_print_as_the_page_says(row):
    assert format_amount(int(row["yuan"]), MoneyUnit(row["unit"]), int(row["places"])) == row["text"]


@pytest.mark.parametrize("row", worked("money", "choose_unit"), ids=row_name)
def test_unit_chosen_as_the_page_says(row):
    assert choose_unit(int(row["yuan"])) is MoneyUnit(row["unit"])


def test_a_fraction_names_the_nearest_whole_yuan():
    with pytest.raises(DomainError) as refused:
        parse_amount("12.34元", None)
    assert refused.value.params == {"text": "12.34元", "rounded": 12}


@given(amounts, units)
def test_what_is_printed_in_full_reads_back(yuan, unit):
    assert parse_amount(format_amount(yuan, unit, 8, trim=True), unit) == yuan
    assert parse_amount(format_amount(yuan, unit, 8) + unit.value, None) == yuan


@given(st.integers(-(10**13), 10**13), units)
def test_a_float_cell_reads_back_the_yuan_it_was_made_of(yuan, unit):
    assert parse_cell_amount(yuan / unit.factor, unit) == yuan
    assert parse_cell_amount(Decimal(yuan) / unit.factor, unit) == yuan


@given(st.text(alphabet="0123456789.,-万亿千百十元约 （）()一二零", max_size=12), units)
def test_any_text_is_an_amount_or_a_coded_refusal(text, unit):
    codes = []
    try:
        assert abs(parse_amount(text, unit)) < ABSURD
    except DomainError as refused:
        codes.append(refused.code)
    assert all(code.startswith("amount.") for code in codes)


@given(st.integers(-(10**15), 10**15), st.sampled_from(list(MoneyUnit)), st.integers(0, 6), st.booleans())
def test_an_amount_is_printed_as_its_exact_fraction_rounds(yuan, unit, places, trim):
    exact = half_up(Fraction(yuan, unit.factor), places)
    assert format_amount(yuan, unit, places, trim=trim) == format_number(exact, trim=trim)
