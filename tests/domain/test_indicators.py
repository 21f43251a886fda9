from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.domain.errors import DomainError
from guatu.domain.indicators import (
    DIMENSIONS,
    INDICATORS,
    KINDS,
    LEVELS,
    Count,
    EntryFacts,
    ListRules,
    Rate,
    Row,
    Sum,
    compare,
    merge_levels,
    rows_behind,
    tally,
)
from tests.domain.worked import EMPTY, row_name, worked

WAN = 10_000
AS_OF = date(2019, 3, 31)
MONEY = {code for code, indicator in INDICATORS.items() if isinstance(indicator, Sum)}


def _date(text):
    return None if text == EMPTY else date.fromisoformat(text)


def _entry(row):
    done = None if row["done"] == EMPTY else int(row["done"]) * WAN
    return EntryFacts(
        project_id=int(row["project"]),
        list_id=1,
        level="city",
        kind=row["kind"],
        completes_this_year=row["completes"] == "yes",
        class_name=row["class"],
        themes=() if row["themes"] == EMPTY else tuple(row["themes"].split()),
        planned_start=_date(row["planned_start"]),
        started_on=_date(row["started_on"]),
        planned_resume=_date(row["planned_resume"]),
        resumed_on=_date(row["resumed_on"]),
        suspended=row["suspended"] == "yes",
        planned_finish=_date(row["planned_finish"]),
        completed_on=_date(row["completed_on"]),
        total_investment=int(row["total"]) * WAN,
        planned_investment=int(row["planned"]) * WAN,
        investment_to_date=done,
        cumulative=done,
        preliminary_cost=int(row["preliminary"]) * WAN,
        reading_on=None if done is None else date(2019, 3, 28),
        has_problem=row["problem"] == "yes",
    )


ENTRIES = [_entry(row) for row in worked("indicators", "entries")]
VIEWS = {
    "plain": (AS_OF, ListRules(), False),
    "all": (AS_OF, ListRules(start_rate_base="all"), False),
    "preliminary": (AS_OF, ListRules(counts_preliminary_cost=True), False),
    "day before": (date(2019, 3, 30), ListRules(), False),
    "planned": (date(2019, 6, 30), ListRules(), True),
}


def _expected(code, text):
    if text == EMPTY:
        return None
    return Decimal(text) if "." in text else int(text) * (WAN if code in MONEY else 1)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("row", worked("indicators", "figures"), ids=row_name)
def test_figure_as_the_page_says(row, view):
    as_of, rules, planned = VIEWS[view]
    [whole] = tally(ENTRIES, as_of, rules, planned=planned)
    assert whole.values[row["code"]] == _expected(row["code"], row[view])


def test_every_indicator_has_its_rule_on_the_page():
    page = "\n".join(row["code"] for row in worked("indicators", "figures"))
    missing = [code for code in INDICATORS if code not in page]
    assert missing == ["in_production", "full_output", "cumulative_investment"]  # plain dates and sums like the others


@pytest.mark.parametrize(
    ("by", "kinds"),
    [("class", "overlapping"), ("kind", "overlapping"), ("kind", "exclusive"), ("theme", "overlapping")],
)
def test_cut_as_the_page_says(by, kinds):
    expected = [row for row in worked("indicators", "cuts") if (row["by"], row["kinds"]) == (by, kinds)]
    rows = tally(ENTRIES, AS_OF, ListRules(kinds_exclusive=kinds == "exclusive"), (by,))
    shown = [
        {
            "by": by,
            "kinds": kinds,
            "group": row.group[0] or EMPTY,
            "projects": str(row.values["projects"]),
            "planned_investment": str(row.values["planned_investment"] // WAN),
            "start_rate": EMPTY if row.values["start_rate"] is None else str(row.values["start_rate"]),
            "additive": "yes" if row.additive else "no",
        }
        for row in rows
    ]
    assert shown == expected


@pytest.mark.parametrize("row", worked("indicators", "published"), ids=row_name)
def test_published_figures_come_out(row):
    new, started = int(row["new"]), int(row["started"])
    as_of = date.fromisoformat(row["as_of"])
    entries = [
        EntryFacts(
            number,
            1,
            started_on=as_of if number < started else None,
            planned_investment=int(row["planned"]) * WAN if number == 0 else 0,
            investment_to_date=int(row["done"]) * WAN if number == 0 else None,
        )
        for number in range(new)
    ]
    [whole] = tally(entries, as_of, ListRules())
    assert {code: str(whole.values[code]) for code in ("start_rate", "investment_rate", "lead")} == {
        code: row[code] for code in ("start_rate", "investment_rate", "lead")
    }


def test_resumption_of_2020_comes_out():
    entries = [
        EntryFacts(number, 1, kind="continuing", resumed_on=date(2020, 3, 9) if number < 313 else None)
        for number in range(331)
    ]
    [whole] = tally(entries, date(2020, 3, 9), ListRules())
    assert (whole.values["resumed"], whole.values["resumed_planned"]) == (313, 331)
    assert whole.values["resumed_rate"] == Decimal("94.56")


@pytest.mark.parametrize("row", worked("indicators", "year on year"), ids=row_name)
def test_year_on_year_as_the_page_says(row):
    now, before = (Row((), (), {row["code"]: int(row[year])}, True) for year in ("now", "before"))
    change = compare(now, before)[row["code"]]
    assert change.difference == int(row["difference"])
    assert change.growth == (None if row["growth"] == EMPTY else Decimal(row["growth"]))


def test_a_rate_is_compared_in_points_and_no_figure_stays_none():
    now, before = Row((), (), {"lead": Decimal("3.10")}, True), Row((), (), {"lead": Decimal("-1.79")}, True)
    assert compare(now, before)["lead"].difference == Decimal("4.89")
    assert compare(now, before)["lead"].growth is None
    assert compare(now, Row((), (), {}, True))["lead"].difference is None


def test_a_union_counts_a_project_once_with_the_highest_plan():
    def entry(project, level, planned, exited=False):
        return EntryFacts(project, LEVELS.index(level), level=level, planned_investment=planned, exited=exited)

    union = merge_levels(
        [
            entry(1, "district", 5),
            entry(1, "province", 7),
            entry(1, "city", 6),
            entry(2, "district", 3),
            entry(3, "province", 9, exited=True),
            entry(3, "city", 8),
        ]
    )
    [whole] = tally(union, AS_OF, ListRules())
    assert (whole.values["projects"], whole.values["planned_investment"]) == (3, 7 + 3 + 8)


def test_an_empty_list_has_one_row_of_zeros_and_no_rates():
    [whole] = tally([], AS_OF, ListRules())
    for code, indicator in INDICATORS.items():
        known = isinstance(indicator, Sum) or (isinstance(indicator, Count) and indicator.known is None)
        assert whole.values[code] == (0 if known else None)
    assert tally([], AS_OF, ListRules(), ("class",)) == []


def test_where_nothing_is_known_there_is_no_count_and_what_is_not_known_does_not_count():
    def of(*known):
        entries = [EntryFacts(number, 1, light="green" if one else None, on_schedule=one) for number, one in known]
        values = tally(entries, AS_OF, ListRules())[0].values
        return values["on_schedule"], values["on_schedule_rate"]

    assert of((1, None), (2, None)) == (None, None)
    assert of((1, True), (2, None), (3, False)) == (1, Decimal("33.33"))
    assert of((1, False), (2, None)) == (0, Decimal("0.00"))
    lit = [EntryFacts(1, 1, light="green", on_schedule=True), EntryFacts(2, 1), EntryFacts(3, 1, light="red")]
    rows = tally(lit, AS_OF, ListRules(), ("light",))
    assert [(row.group, row.values["on_schedule"]) for row in rows] == [
        (("red",), None),
        (("green",), 1),
        ((None,), None),
    ]
    assert tally(lit, AS_OF, ListRules(), planned=True)[0].values["on_schedule"] is None
    assert rows_behind("on_schedule", lit, AS_OF, ListRules()) == lit[:1]


def test_unknown_asks_are_refused():
    with pytest.raises(DomainError, match="unknown_dimension"):
        tally(ENTRIES, AS_OF, ListRules(), ("colour",))
    with pytest.raises(DomainError, match="too_many_dimensions"):
        tally(ENTRIES, AS_OF, ListRules(), ("class", "kind", "unit"))
    with pytest.raises(DomainError, match="unknown_indicator"):
        rows_behind("nothing", ENTRIES, AS_OF, ListRules())


near = st.one_of(st.none(), st.dates(date(2018, 6, 1), date(2019, 12, 31)))
money = st.integers(0, 10**12)
entry_facts = st.builds(
    EntryFacts,
    project_id=st.integers(1, 40),
    list_id=st.integers(1, 3),
    level=st.sampled_from(LEVELS),
    kind=st.sampled_from(KINDS),
    completes_this_year=st.booleans(),
    batch=st.one_of(st.none(), st.integers(1, 2)),
    class_name=st.sampled_from(["产业", "民生", None]),
    class_parent=st.sampled_from(["一", None]),
    themes=st.sampled_from([(), ("都市圈",), ("都市圈", "十四五")]),
    unit_id=st.sampled_from([1, 2, None]),
    started_on=near,
    resumed_on=near,
    suspended=st.booleans(),
    completed_on=near,
    in_production_on=near,
    exited=st.booleans(),
    planned_start=near,
    planned_finish=near,
    planned_resume=near,
    total_investment=money,
    planned_investment=money,
    investment_to_date=st.one_of(st.none(), money),
    cumulative=st.one_of(st.none(), money),
    preliminary_cost=money,
    reading_on=near,
    has_problem=st.booleans(),
    light=st.sampled_from([None, "red", "yellow", "green", "blue"]),
    on_schedule=st.sampled_from([None, None, True, False]),
)
lists = st.lists(entry_facts, max_size=15)
rules_of_lists = st.builds(
    ListRules,
    start_rate_base=st.sampled_from(["new_starts", "all"]),
    time_basis=st.sampled_from(["months", "days"]),
    kinds_exclusive=st.booleans(),
    counts_preliminary_cost=st.booleans(),
)
cuts = st.lists(st.sampled_from(list(DIMENSIONS)), max_size=2, unique=True).map(tuple)
days = st.dates(date(2019, 1, 1), date(2019, 12, 31))


@settings(max_examples=25, deadline=None)
@given(lists, days, rules_of_lists, cuts, st.booleans())
def test_every_figure_opens_to_rows_that_add_up_to_it(entries, as_of, rules, by, planned):
    for row in tally(entries, as_of, rules, by, planned=planned):
        for code, indicator in INDICATORS.items():
            rows = rows_behind(code, entries, as_of, rules, row.named_group(), planned=planned)
            if isinstance(indicator, Count):
                assert len(rows) == (row.values[code] or 0)
            elif isinstance(indicator, Sum):
                assert sum(indicator.amounts(rows, rules)) == (row.values[code] or 0)
            else:
                base = row.values[indicator.denominator]
                assert not rows if base == 0 else rows


@settings(max_examples=25, deadline=None)
@given(lists, days, rules_of_lists, cuts)
def test_groups_of_an_additive_cut_add_up_to_the_whole(entries, as_of, rules, by):
    [whole] = tally(entries, as_of, rules)
    rows = tally(entries, as_of, rules, by)
    assert all(row.additive == ("theme" not in by) for row in rows)
    for code, indicator in INDICATORS.items():
        if isinstance(indicator, Count | Sum):
            total, of = sum(row.values[code] or 0 for row in rows), whole.values[code]
            assert total >= (of or 0) if "theme" in by else total == (of or 0)
            assert of is not None or all(row.values[code] is None for row in rows)


@settings(max_examples=25, deadline=None)
@given(lists, days, rules_of_lists)
def test_counts_by_date_never_fall_as_time_goes_on(entries, as_of, rules):
    [now], [later] = tally(entries, as_of, rules), tally(entries, as_of + timedelta(days=20), rules)
    for code in ("started", "completed", "in_production", "resumed", "resumed_planned", "new_starts_due", "reported"):
        assert now.values[code] <= later.values[code]


@settings(max_examples=25, deadline=None)
@given(lists, days, rules_of_lists, st.randoms(use_true_random=False))
def test_the_order_of_entries_plays_no_part(entries, as_of, rules, random):
    shuffled = list(entries)
    random.shuffle(shuffled)
    assert tally(entries, as_of, rules) == tally(shuffled, as_of, rules)


@settings(max_examples=25, deadline=None)
@given(lists, days, rules_of_lists)
def test_rates_follow_from_their_two_figures(entries, as_of, rules):
    [whole] = tally(entries, as_of, rules)
    for code, indicator in INDICATORS.items():
        if isinstance(indicator, Rate):
            above, below = whole.values[indicator.numerator], whole.values[indicator.denominator]
            if not below or above is None:
                assert whole.values[code] is None
            else:
                assert abs(whole.values[code] * below - 100 * above) * 200 <= below
