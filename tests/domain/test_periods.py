from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.domain.errors import DomainError
from guatu.domain.periods import KINDS, Period, cut_off, iter_periods, last_cut_off
from guatu.domain.progress import due, due_by_month, time_progress, year_passed
from tests.domain.worked import row_name, worked

days = st.dates(date(1960, 1, 1), date(2099, 12, 31))
kinds = st.sampled_from(KINDS)


@pytest.mark.parametrize("row", worked("periods", "Period"), ids=row_name)
def test_period_as_the_page_says(row):
    period = Period.parse(row["code"])
    assert (period.start.isoformat(), period.end.isoformat()) == (row["start"], row["end"])
    assert period.code == row["code"]
    assert period.label_zh == row["label"]


@pytest.mark.parametrize("row", worked("periods", "Period refuses"), ids=row_name)
def test_period_refused_as_the_page_says(row):
    with pytest.raises(DomainError) as refused:
        Period.parse(row["text"])
    assert refused.value.code == row["code"]


@given(kinds, days)
def test_a_period_holds_its_day_and_reads_back(kind, day):
    period = Period.containing(kind, day)
    assert day in period
    assert Period.parse(period.code) == period


@given(kinds, days)
def test_neighbours_touch_and_never_overlap(kind, day):
    period = Period.containing(kind, day)
    assert period.next().start == period.end + timedelta(days=1)
    assert period.next().previous() == period == period.previous().next()


@given(kinds, days, st.integers(-3, 400))
def test_periods_cover_a_span_without_a_gap(kind, start, length):
    end = start + timedelta(days=length)
    periods = list(iter_periods(kind, start, end))
    if length < 0:
        assert periods == []
    else:
        assert periods[0].start <= start
        assert periods[-1].end >= end
        assert sum(period.days for period in periods) == (periods[-1].end - periods[0].start).days + 1


@pytest.mark.parametrize(
    "row", worked("time_progress", "time_progress"), ids=lambda row: f"{row['as_of']} {row['basis']}"
)
def test_time_progress_as_the_page_says(row):
    assert str(time_progress(date.fromisoformat(row["as_of"]), row["basis"], int(row["year"]))) == row["per cent"]


@given(days, st.sampled_from(["months", "days"]))
def test_time_never_runs_back_within_a_year(day, basis):
    following = day + timedelta(days=1)
    if following.year == day.year:
        assert year_passed(day, basis)[0] <= year_passed(following, basis)[0]
    else:
        assert time_progress(day, basis) == 100


@pytest.mark.parametrize("row", worked("time_progress", "due"), ids=lambda row: f"{row['as_of']} {row['basis']}")
def test_what_is_due_as_the_page_says(row):
    assert due(int(row["planned"]), year_passed(date.fromisoformat(row["as_of"]), row["basis"])) == int(row["due"])


@pytest.mark.parametrize("row", worked("time_progress", "due_by_month"), ids=lambda row: row["basis"])
def test_what_is_due_at_each_months_end_as_the_page_says(row):
    expected = tuple(int(part) for part in row["due at the end of January … December"].split())
    assert due_by_month(int(row["planned"]), row["basis"], int(row["year"])) == expected


@given(st.integers(0, 10**13), st.sampled_from(["months", "days"]), st.integers(1990, 2090))
def test_what_is_due_grows_to_the_whole_plan(planned, basis, year):
    found = due_by_month(planned, basis, year)
    assert list(found) == sorted(found)
    assert found[-1] == planned


@pytest.mark.parametrize("row", worked("periods", "cut_off"), ids=lambda row: row["closes on"])
def test_cut_off_as_the_page_says(row):
    assert cut_off(int(row["year"]), int(row["month"]), int(row["day"])).isoformat() == row["closes on"]


@pytest.mark.parametrize("row", worked("periods", "last_cut_off"), ids=lambda row: f"{row['on']} {row['day']}")
def test_last_cut_off_as_the_page_says(row):
    assert last_cut_off(date.fromisoformat(row["on"]), int(row["day"])).isoformat() == row["last cut-off"]


@given(days, st.integers(0, 31))
def test_the_last_cut_off_is_one_and_none_lies_between_it_and_the_day(on, day):
    found = last_cut_off(on, day)
    assert found <= on
    assert found == cut_off(found.year, found.month, day)
    following = found.replace(day=1) + timedelta(days=31)
    assert cut_off(following.year, following.month, day) > on


@pytest.mark.parametrize("code", ["1948-12", "2100", "2100-01-01", "2100-W02", "9999-12", "9999-W52", "0001-01-01"])
def test_a_period_that_no_work_calendar_knows_is_none(code):
    with pytest.raises(DomainError) as refused:
        Period.parse(code)
    assert refused.value.code == "period.no_such_period"
