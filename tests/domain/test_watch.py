"""Watches: the worked tables, what a day sheet may not ask, and what holds of every table."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.domain.errors import DomainError
from guatu.domain.rhythm import read_rhythm
from guatu.domain.watch import (
    Field,
    Member,
    changes,
    newest,
    open_days,
    planned_day,
    read_fields,
    read_value,
    require_span,
    table,
    typed_anew,
)
from guatu.domain.workdays import official_calendar
from tests.domain.worked import worked

FIRST, LAST = date(2020, 2, 10), date(2020, 3, 15)
FIELDS = read_fields(
    [
        {"code": "resumed", "name": "已开复工", "kind": "yes", "of": "planned"},
        {"code": "workers", "name": "返岗", "kind": "count", "measure": "人"},
        {"code": "duty", "name": "值守", "kind": "count", "measure": "人", "sums": "last"},
    ]
)
NAMES = "ABC"
MEMBERS = (
    Member(0, 1, date(2020, 3, 2)),
    Member(1, 1, date(2020, 3, 2)),
    Member(2, 2, date(2020, 3, 4)),
)


def day_or_none(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def told_by_the_page() -> dict[int, dict[date, dict[str, int | bool]]]:
    found: dict[int, dict[date, dict[str, int | bool]]] = {}
    for row in worked("watch", "Told"):
        values: dict[str, int | bool] = {"resumed": row["resumed"] == "yes", "workers": int(row["workers"])}
        if row["on duty"]:
            values["duty"] = int(row["on duty"])
        found.setdefault(NAMES.index(row["project"]), {})[date.fromisoformat(row["day"])] = values
    return found


SAID = told_by_the_page()


@pytest.mark.parametrize("row", worked("watch", "Sums"), ids=lambda row: f"{row['first']} {row['last']}")
def test_sums_of_days_and_spans(row):
    found = table(FIELDS, MEMBERS, SAID, date.fromisoformat(row["first"]), date.fromisoformat(row["last"]))
    told = {"resumed": "resumed", "workers": "workers", "duty": "on duty"}
    assert {code: "" if value is None else str(value) for code, value in found.values.items()} == {
        code: row[name] for code, name in told.items()
    }
    assert (found.asked, found.said) == (int(row["asked"]), int(row["said"]))
    assert ("" if found.rate is None else str(found.rate)) == row["rate"]
    assert " ".join(NAMES[place] for place in found.missing) == row["missing"]


@pytest.mark.parametrize("row", worked("watch", "Open days"), ids=lambda row: row["now"])
def test_open_days(row):
    rhythm = read_rhythm("day", {"sheet": [], "due": {"days": 0, "at": "17:00", "on_days_off": True}})
    calendar = official_calendar()
    found = open_days(FIRST, LAST, datetime.fromisoformat(row["now"]), lambda day: rhythm.open_until(day, calendar))
    assert " ".join(day.isoformat() for day in found) == row["open"]


def test_what_stands_until_it_changes_is_not_typed_anew():
    words = read_fields([{"code": "materials", "name": "紧缺材料", "kind": "words"}])
    assert typed_anew([*FIELDS, *words]) == ["workers", "materials"]


@pytest.mark.parametrize("row", worked("watch", "Planned"), ids=lambda row: f"{row['kind']} {row['planned']}")
def test_planned_days(row):
    found = planned_day(
        row["kind"],
        day_or_none(row["start"]),
        day_or_none(row["resume"]),
        list_plans=row["list plans"] == "yes",
        starts=FIRST,
    )
    assert found == day_or_none(row["planned"])


@pytest.mark.parametrize("row", worked("watch", "Cells"), ids=lambda row: f"{row['kind']} {row['typed']}")
def test_cells(row):
    field = Field("x", "栏", row["kind"], row["measure"])
    if row["value"].startswith("watch."):
        with pytest.raises(DomainError) as refused:
            read_value(field, row["typed"], date(2020, 3, 9))
        assert refused.value.code == row["value"]
    else:
        value = read_value(field, row["typed"], date(2020, 3, 9))
        assert ("" if value is None else str(value)) == row["value"]


def test_what_changed_is_told_and_daily_amounts_are_not():
    assert changes(FIELDS, MEMBERS, SAID, date(2020, 3, 4)) == [
        (0, "duty", 5, 6),
        (1, "resumed", False, True),
        (1, "duty", 2, 4),
    ]
    assert changes(FIELDS, MEMBERS, SAID, date(2020, 3, 1)) == []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ([], "watch.field_wrong"),
        ("x", "watch.field_wrong"),
        ([{"code": "a", "name": "甲", "kind": "money"}], "watch.field_wrong"),
        ([{"code": "a", "name": "", "kind": "yes"}], "watch.field_wrong"),
        ([{"code": "A b", "name": "甲", "kind": "yes"}], "watch.field_wrong"),
        ([{"code": "a", "kind": "yes"}], "watch.field_missing"),
        ([{"code": "a", "name": "甲", "kind": "yes", "unit": "人"}], "watch.field_unknown"),
        ([{"code": "a", "name": "甲", "kind": "words", "sums": "sum"}], "watch.field_wrong"),
        ([{"code": "a", "name": "甲", "kind": "count", "of": "planned"}], "watch.field_wrong"),
        ([{"code": "a", "name": "甲", "kind": "yes"}, {"code": "b", "name": "甲", "kind": "yes"}], "watch.field_twice"),
        ([{"code": "a", "name": "甲", "kind": "yes"}, {"code": "a", "name": "乙", "kind": "yes"}], "watch.field_twice"),
        (
            [{"code": code, "name": code, "kind": "yes", "of": "asked"} for code in "ab"],
            "watch.two_bases",
        ),
        ([{"code": code, "name": code, "kind": "words"} for code in "abcdefg"], "watch.field_wrong"),
    ],
)
def test_what_a_day_sheet_may_not_ask(data, code):
    with pytest.raises(DomainError) as refused:
        read_fields(data)
    assert refused.value.code == code


def test_words_have_an_end_and_a_watch_too():
    with pytest.raises(DomainError) as refused:
        read_value(Field("x", "栏", "words"), "缺" * 201, FIRST)
    assert refused.value.code == "watch.value_long"
    require_span(FIRST, FIRST)
    require_span(date(2020, 1, 1), date(2020, 12, 31))
    for ends, code in ((FIRST - timedelta(days=1), "watch.ends_before"), (date(2021, 2, 10), "watch.too_long")):
        with pytest.raises(DomainError) as refused:
            require_span(FIRST, ends)
        assert refused.value.code == code


DAYS = st.dates(FIRST, FIRST + timedelta(days=9))
VALUES = st.fixed_dictionaries(
    {}, optional={"resumed": st.booleans(), "workers": st.integers(0, 999), "duty": st.integers(0, 99)}
)
TOLD = st.dictionaries(st.integers(0, 5), st.dictionaries(DAYS, VALUES, max_size=6), max_size=6)


@given(TOLD, DAYS, st.integers(0, 5))
def test_groups_and_days_add_up_to_the_whole(said, day, cut):
    members = [Member(number, number % 2, FIRST + timedelta(days=number)) for number in range(6)]
    whole = table(FIELDS, members, said, FIRST, day)
    parts = [table(FIELDS, part, said, FIRST, day) for part in (members[:cut], members[cut:])]
    for field in FIELDS:
        told = [one.values[field.code] for one in parts if one.values[field.code] is not None]
        assert whole.values[field.code] == (sum(told) if told else None)
    assert (whole.asked, whole.said) == tuple(sum(getattr(one, name) for one in parts) for name in ("asked", "said"))
    assert whole.said + len(whole.missing) == whole.asked
    days = [
        table(FIELDS, members, said, one, one).values["workers"]
        for one in (FIRST + timedelta(days=n) for n in range((day - FIRST).days + 1))
    ]
    assert sum(value or 0 for value in days) == (whole.values["workers"] or 0)
    for number, told in said.items():
        duty = newest(told, "duty", day)
        assert duty is None or any(values.get("duty") == duty for on, values in told.items() if on <= day), number


@pytest.mark.parametrize("typed", ["9" * 5000, "①a", "1000000001"])
def test_a_number_that_is_none_or_too_long_is_refused_in_words(typed):
    with pytest.raises(DomainError) as refused:
        read_value(Field("x", "栏", "count"), typed, FIRST)
    assert refused.value.code == "watch.value_wrong"
