from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.domain.dates import DateSpan, months_before, parse_date, parse_year_span, same_day
from guatu.domain.errors import DomainError
from tests.domain.worked import EMPTY, row_name, worked

TODAY = date(2019, 3, 27)
days = st.dates(date(1960, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize("row", worked("dates", "parse_date"), ids=row_name)
def test_date_as_the_page_says(row):
    today = TODAY if row["today"] == "today" else None
    year = None if row["year"] == EMPTY else int(row["year"])
    expected = DateSpan(date.fromisoformat(row["start"]), date.fromisoformat(row["end"]), row["precision"])
    assert parse_date(row["text"], today, year) == expected


@pytest.mark.parametrize("row", worked("dates", "parse_date refuses"), ids=row_name)
def test_date_refused_as_the_page_says(row):
    with pytest.raises(DomainError) as refused:
        parse_date(row["text"])
    assert refused.value.code == row["code"]
    assert refused.value.params["text"] == row["text"]


@pytest.mark.parametrize("row", worked("dates", "parse_year_span"), ids=row_name)
def test_years_of_building_as_the_page_says(row):
    if "." in row["start"]:
        with pytest.raises(DomainError) as refused:
            parse_year_span(row["text"])
        assert refused.value.code == row["start"]
    else:
        span = parse_year_span(row["text"])
        assert (span.start.start.isoformat(), span.end.end.isoformat()) == (row["start"], row["end"])


def test_years_of_building_hold_their_years():
    span = parse_year_span("2019-2021")
    assert [year for year in range(2015, 2025) if year in span] == [2019, 2020, 2021]
    assert (span.start_year, span.end_year) == (2019, 2021)


def test_number_cells():
    assert parse_date(45597).start == date(2024, 11, 1)
    assert parse_date(45597.0).start == date(2024, 11, 1)
    assert parse_date(45597.75).start == date(2024, 11, 1)
    assert parse_date(2019).precision == "year"
    assert parse_date(2019.3) == parse_date("2019.3")
    assert parse_date(20190331).start == date(2019, 3, 31)
    assert parse_date(datetime(2019, 3, 31, 8, 30)) == parse_date(date(2019, 3, 31))  # noqa: DTZ001 - a sheet's cell has no zone
    with pytest.raises(DomainError) as refused:
        parse_date(2019.1)
    assert refused.value.code == "date.ambiguous_month"


@given(days)
def test_every_way_to_write_a_day_reads_the_same(day):
    serial = (day - date(1899, 12, 30)).days
    for text in (
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        str(serial),
        serial,
    ):
        assert parse_date(text) == DateSpan(day, day, "day")
    assert parse_date(f"{day.month}.{day.day}", year=day.year).start == day


@given(days)
def test_week_words_stay_in_their_week(today):
    this, coming = parse_date("本周五", today).start, parse_date("下周五", today).start
    assert coming - this == timedelta(days=7)
    assert this.weekday() == 4
    assert timedelta() <= parse_date("周五", today).start - today < timedelta(days=7)


@given(st.text(alphabet="0123456789.-/年月日底初末上中下旬周一二五今明半季度前 至", max_size=12))
def test_any_text_is_a_span_or_a_coded_refusal(text):
    codes = []
    try:
        span = parse_date(text, TODAY, 2019)
        assert span.start <= span.end
    except DomainError as refused:
        codes.append(refused.code)
    assert all(code.startswith("date.") for code in codes)


@pytest.mark.parametrize("row", worked("dates", "months_before"), ids=row_name)
def test_months_before_as_the_page_says(row):
    assert months_before(date.fromisoformat(row["day"]), int(row["months"])).isoformat() == row["result"]


@given(days, st.integers(0, 600))
def test_months_before_lies_in_its_month_and_keeps_the_day_where_it_can(day, months):
    found = months_before(day, months)
    assert 12 * day.year + day.month - 12 * found.year - found.month == months
    assert found.day == day.day or (found.day < day.day and (found + timedelta(days=1)).day == 1)


@pytest.mark.parametrize("row", worked("dates", "same_day"), ids=row_name)
def test_the_same_day_of_another_year(row):
    assert same_day(date.fromisoformat(row["day"]), int(row["year"])) == date.fromisoformat(row["result"])
