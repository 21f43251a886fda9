from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.domain.periods import Period, iter_periods
from guatu.domain.readings import (
    Reading,
    check_readings,
    cumulative_of,
    last_reading,
    period_amount,
    swing,
    year_to_date,
)
from tests.domain.worked import EMPTY, row_name, worked

READINGS = [
    Reading(date(2019, 1, 31), 1100),
    Reading(date(2019, 2, 28), 1250),
    Reading(date(2019, 3, 10), 1300),
    Reading(date(2019, 3, 31), 1600),
    Reading(date(2019, 5, 31), 2000),
]
year_days = st.dates(date(2019, 1, 1), date(2019, 12, 31))
readings_lists = st.lists(st.builds(Reading, year_days, st.integers(0, 10**12)), max_size=30, unique_by=lambda r: r.on)


@pytest.mark.parametrize("row", worked("readings", "period_amount"), ids=row_name)
def test_amount_of_a_period_as_the_page_says(row):
    expected = None if row["amount"] == EMPTY else int(row["amount"])
    assert period_amount(READINGS, Period.parse(row["period"]), opening=1000) == expected


@pytest.mark.parametrize("row", worked("readings", "check_readings"), ids=lambda row: f"{row['first']} {row['second']}")
def test_findings_as_the_page_says(row):
    stated = None if row["stated year"] == EMPTY else int(row["stated year"])
    readings = [Reading(date(2019, 2, 28), int(row["first"])), Reading(date(2019, 3, 31), int(row["second"]), stated)]
    findings = check_readings(readings, total_investment=5000, planned_investment=1000, year_end=1000)
    assert " ".join(finding.code for finding in findings) == row["findings"].replace(EMPTY, "")
    assert all(finding.on == date(2019, 3, 31) for finding in findings)


@pytest.mark.parametrize("row", worked("readings", "swing"), ids=row_name)
def test_swing_as_the_page_says(row):
    found = swing([int(part) for part in row["months"].split()])
    expected = [None if row[key] == EMPTY else Decimal(row[key]) for key in ("largest over mean", "last share")]
    assert [found.largest_over_mean, found.last_share] == expected


@given(readings_lists, st.integers(0, 10**12), st.sampled_from(["day", "week", "ten_days", "month", "quarter"]))
def test_amounts_of_periods_add_up_to_the_cumulative_one_in_every_rhythm(readings, opening, kind):
    last_day = date(2020, 1, 5)
    amounts = [
        period_amount(readings, period, opening) or 0 for period in iter_periods(kind, date(2018, 12, 31), last_day)
    ]
    last = last_reading(readings, last_day)
    assert sum(amounts) == (last.cumulative - opening if last else 0)


@given(readings_lists, year_days)
def test_no_reading_after_the_day_is_used(readings, day):
    found = last_reading(readings, day)
    assert found is None or found.on <= day
    assert last_reading([*readings, Reading(day + timedelta(days=1), 1)], day) == found


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_year_to_date_and_cumulative_are_inverse(this_year, year_end):
    assert year_to_date(cumulative_of(this_year, year_end), year_end) == this_year
