from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.domain.errors import DomainError
from guatu.domain.workdays import (
    CALENDAR_DAYS,
    Closure,
    Sitting,
    WorkCalendar,
    calendar_of,
    official_calendar,
    official_days,
)
from tests.domain.worked import row_name, worked

OFFICIAL = official_calendar()
CALENDARS = {
    "official": OFFICIAL,
    "closed": official_calendar([Closure(date(2019, 11, 15), date(2019, 11, 20))]),
    "sitting": official_calendar(sitting=Sitting(frozenset({3}), frozenset({2, 4}))),
    "every": CALENDAR_DAYS,
}
days = st.dates(date(2018, 1, 1), date(2030, 12, 31))
calendars = st.sampled_from(list(CALENDARS.values()))


@pytest.mark.parametrize("row", worked("workdays", "official years"), ids=row_name)
def test_work_days_of_a_year_as_the_page_says(row):
    year = int(row["year"])
    first, last = date(year, 1, 1), date(year, 12, 31)
    assert OFFICIAL.count(first, last) == int(row["days"])
    months = [OFFICIAL.count(date(year, m, 1), date(year, m, monthrange(year, m)[1])) for m in range(1, 13)]
    assert months == [int(part) for part in row["months"].split()]
    exceptions = [day for day in official_days() if day.day.year == year]
    assert sum(not day.works for day in exceptions) == int(row["off"])
    assert sum(day.works for day in exceptions) == int(row["made up"])
    weekdays = sum((first + timedelta(n)).weekday() < 5 for n in range((last - first).days + 1))
    assert weekdays - int(row["off"]) + int(row["made up"]) == int(row["days"])
    assert OFFICIAL.beyond(first) == OFFICIAL.beyond(last) == (row["known"] == "no")


@pytest.mark.parametrize("row", worked("workdays", "days"), ids=row_name)
def test_a_day_as_the_page_says(row):
    assert OFFICIAL.is_open(date.fromisoformat(row["day"])) == (row["open"] == "yes")


@pytest.mark.parametrize("row", worked("workdays", "shift"), ids=lambda row: f"{row['from']}{row['days']}")
def test_shift_as_the_page_says(row):
    found = CALENDARS[row["calendar"]].shift(date.fromisoformat(row["from"]), int(row["days"]))
    assert found == date.fromisoformat(row["to"])


@given(calendars, days, st.integers(0, 300))
def test_count_and_days_are_the_open_days_one_by_one(calendar, start, length):
    end = start + timedelta(length)
    open_days = [start + timedelta(n) for n in range(length + 1) if calendar.is_open(start + timedelta(n))]
    assert calendar.days(start, end) == open_days
    assert calendar.count(start, end) == len(open_days)
    assert calendar.count(end + timedelta(1), start) == 0


@given(calendars, days, st.integers(-60, 60))
def test_shift_leads_over_as_many_open_days_as_it_is_told(calendar, day, count):
    reached = calendar.shift(day, count)
    assert calendar.is_open(reached)
    if count > 0:
        assert calendar.count(day + timedelta(1), reached) == count
    elif count < 0:
        assert calendar.count(reached, day - timedelta(1)) == -count
    else:
        assert reached == calendar.on_or_after(day)
    if calendar.is_open(day):
        assert calendar.shift(reached, -count) == day


@given(calendars, days)
def test_the_next_open_day_has_no_other_between(calendar, day):
    after = calendar.on_or_after(day)
    assert day <= after
    assert calendar.is_open(after)
    assert calendar.count(day, after) == 1


@given(days, st.integers(0, 60))
def test_a_closure_takes_its_days_and_no_others(start, length):
    closed = official_calendar([Closure(start, start + timedelta(length))])
    for number in range(-5, length + 6):
        day = start + timedelta(number)
        assert closed.is_open(day) == (OFFICIAL.is_open(day) and not 0 <= number <= length)


def test_a_sitting_is_an_open_day_of_its_weekday_and_week():
    thursdays = CALENDARS["sitting"].days(date(2019, 9, 1), date(2019, 10, 31))
    assert thursdays == [date(2019, 9, 12), date(2019, 9, 26), date(2019, 10, 10), date(2019, 10, 24)]
    assert CALENDARS["sitting"].days(date(2019, 5, 1), date(2019, 5, 31)) == [date(2019, 5, 9), date(2019, 5, 23)]


def test_an_edited_table_and_its_end_stand_in_for_the_official_one():
    table = [day for day in official_days() if day.day.year < 2020]
    calendar = calendar_of(table, date(2019, 12, 31))
    assert calendar.is_open(date(2020, 10, 1))
    assert calendar.beyond(date(2020, 1, 1))
    assert not calendar.beyond(date(2019, 12, 31))
    assert not CALENDAR_DAYS.beyond(date(2099, 12, 31))


def test_a_calendar_without_a_work_day_says_so():
    with pytest.raises(DomainError, match=r"calendar\.no_work_day"):
        WorkCalendar(weekdays=frozenset()).on_or_after(date(2019, 1, 1))
    closed = official_calendar([Closure(date(1, 1, 1), date(9999, 12, 31))])
    with pytest.raises(DomainError, match=r"calendar\.no_work_day"):
        closed.shift(date(2019, 1, 1), 1)
    with pytest.raises(DomainError, match=r"calendar\.closure_reversed"):
        Closure(date(2019, 1, 2), date(2019, 1, 1))
