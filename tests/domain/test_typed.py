from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.domain.dates import last_of_month
from guatu.domain.errors import DomainError
from guatu.domain.money import MoneyUnit, choose_unit, format_amount, parse_amount
from guatu.domain.typed import read_bound, read_day
from tests.domain.worked import EMPTY, row_name, worked

TODAY = date(2019, 3, 27)
days = st.dates(date(1960, 1, 1), date(2099, 12, 31))
FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


@pytest.mark.parametrize("row", worked("dates", "read_day"), ids=row_name)
def test_a_form_reads_one_day_as_the_page_says(row):
    year = None if row["year"] == EMPTY else int(row["year"])
    reading = read_day(row["text"], TODAY, year)
    other = reading.other.isoformat() if reading.other else EMPTY
    assert (reading.day.isoformat(), reading.taken, reading.year_from, other) == (
        row["day"],
        row["taken"],
        row["year from"],
        row["other"],
    )


@given(days, days, st.integers(1990, 2090))
def test_a_whole_date_means_the_same_in_every_form_on_every_day(day, today, year):
    for text in (f"{day.year}.{day.month}.{day.day}", f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日"):
        reading = read_day(text, today, year)
        assert (reading.day, reading.taken, reading.year_from, reading.other) == (day, "day", "text", None)


@given(days, st.integers(1, 12), st.integers(1, 31), st.one_of(st.none(), st.integers(1990, 2090)))
def test_a_date_without_a_year_takes_the_lists_year_or_todays_and_says_so(today, month, day, year):
    of = year or today.year
    try:
        expected = date(of, month, day)
    except ValueError:
        with pytest.raises(DomainError) as refused:
            read_day(f"{month}.{day}", today, year)
        assert refused.value.code == ("date.not_leap" if (month, day) == (2, 29) else "date.no_such_day")
        return
    reading = read_day(f"{month}.{day}", today, year)
    assert reading.day == expected
    assert reading.year_from == ("list" if year else "today")


@given(days, st.integers(1, 12))
def test_the_end_of_a_month_is_its_last_day_and_its_beginning_the_first(today, month):
    assert read_day(f"{month}月底", today).day == last_of_month(today.year, month)
    assert read_day(f"{month}月", today).day == last_of_month(today.year, month)
    assert read_day(f"{month}月初", today).day == date(today.year, month, 1)


@given(days, st.integers(0, 6))
def test_next_weeks_day_lies_in_next_week_and_names_this_weeks_while_it_is_to_come(today, weekday):
    reading = read_day(f"下周{'一二三四五六日'[weekday]}", today)
    this = today - timedelta(days=today.weekday()) + timedelta(days=weekday)
    assert reading.day == this + timedelta(weeks=1)
    assert reading.other == (this if this > today else None)


@given(days, st.integers(1, 12))
def test_bounds_of_a_filter_hold_the_whole_of_what_was_typed(today, month):
    text = f"{today.year}.{month:02}"
    assert read_bound(text, today, upper=False) == date(today.year, month, 1)
    assert read_bound(text, today, upper=True) == last_of_month(today.year, month)


@given(st.integers(-(10**12), 10**12).map(lambda wan: wan * 100))
def test_an_amount_that_a_form_shows_is_read_back_as_the_same(yuan):
    unit = choose_unit(yuan)
    shown = f"{format_amount(yuan, unit, 8, trim=True)}{unit.value}"
    assert parse_amount(shown, MoneyUnit.WAN) == yuan
    assert parse_amount(shown.translate(FULL_WIDTH), MoneyUnit.WAN) == yuan


def test_amounts_in_traditional_characters():
    assert parse_amount("1億2000萬", None) == parse_amount("1亿2000万", None) == 120_000_000
    with pytest.raises(DomainError) as refused:
        parse_amount("約1億", None)
    assert refused.value.code == "amount.approximate"
