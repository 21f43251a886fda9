from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.domain.readings import Reading, check_readings, complete, cumulative_of, month_amounts, year_to_date
from tests.domain.worked import EMPTY, row_name, worked

year_days = st.dates(date(2019, 1, 1), date(2019, 12, 31))
sums_at_dates = st.lists(st.tuples(year_days, st.integers(0, 10**12)), max_size=30, unique_by=lambda pair: pair[0])


@pytest.mark.parametrize("row", worked("readings", "complete"), ids=row_name)
def test_what_a_row_does_not_say_follows_as_the_page_says(row):
    told = [None if row[name] == EMPTY else int(row[name]) for name in ("cumulative", "this year", "year end")]
    assert complete(*told) == tuple(None if part == EMPTY else int(part) for part in row["gives"].split())


@pytest.mark.parametrize("row", worked("readings", "month_amounts"), ids=row_name)
def test_amounts_of_months_as_the_page_says(row):
    pairs = [pair.split("=") for pair in row["sums"].split()]
    sums = [(date.fromisoformat(f"2019-{on}"), int(amount)) for on, amount in pairs]
    assert month_amounts(sums) == [None if part == EMPTY else int(part) for part in row["amounts"].split()]


@pytest.mark.parametrize("row", worked("readings", "check_readings"), ids=lambda row: f"{row['first']} {row['second']}")
def test_findings_as_the_page_says(row):
    stated = None if row["stated year"] == EMPTY else int(row["stated year"])
    readings = [Reading(date(2019, 2, 28), int(row["first"])), Reading(date(2019, 3, 31), int(row["second"]), stated)]
    findings = check_readings(readings, total_investment=5000, planned_investment=1000, year_end=1000)
    assert " ".join(finding.code for finding in findings) == row["findings"].replace(EMPTY, "")
    assert all(finding.on == date(2019, 3, 31) for finding in findings)


@given(sums_at_dates)
def test_months_add_up_to_the_years_last_sum_and_only_told_ones_have_an_amount(sums):
    found = month_amounts(sums)
    assert sum(amount or 0 for amount in found) == (max(sums)[1] if sums else 0)
    assert {month for month, amount in enumerate(found, start=1) if amount is not None} == {on.month for on, _ in sums}


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_year_to_date_and_cumulative_are_inverse(this_year, year_end):
    assert year_to_date(cumulative_of(this_year, year_end), year_end) == this_year
