"""The chain of a group, and the facts of its one sentence."""

from datetime import date

import pytest

from guatu.domain.periods import Period
from guatu.domain.targets import CHAIN, Done, Level, Member, group_chain, judge, levels, outlook, spread, verdict
from guatu.domain.targets import Pace as Rates
from tests.domain.targets_worked import done_of, grid_of

GRID = grid_of(2019)
WEDNESDAY = date(2019, 3, 20)


def _member(target, done, **more):
    amounts = done_of(done, GRID)
    read_on = GRID.day(amounts.read_to) if amounts.read_to >= 0 else None
    return Member(spread(GRID, target), amounts, **{"read_on": read_on, **more})


def _one(chain, name):
    return next(one for one in chain.levels if one.name == name)


def test_a_groups_level_is_the_sum_of_its_members():
    members = [_member(250_000, "01-02…03-20:1000"), _member(500_000, "01-02…03-20:500"), _member(77, "03-20:3")]
    chain = group_chain(members, WEDNESDAY)
    alone = [levels(one.plan, one.done, WEDNESDAY) for one in members]
    for place, name in enumerate(CHAIN):
        if name == "day":
            continue
        level = _one(chain, name).level
        own = [each[place] for each in alone]
        assert level.target == sum(one.target for one in own)
        assert level.done == sum(one.done for one in own)
        assert level.remaining == sum(one.remaining for one in own)
        assert level.recent_daily == sum(one.recent_daily for one in own)
        assert level.capacity_daily == sum(one.capacity_daily for one in own)
        assert level.work_days_left == own[0].work_days_left
        assert sum(_one(chain, name).states.values()) == 3
    assert _one(chain, "year").level.state == "lost"
    assert chain.verdict.year_state == "lost"


def test_a_group_of_one_is_that_project():
    member = _member(250_000, "01-02…03-15:1000 03-18…03-20:100", daily=True)
    chain = group_chain([member], WEDNESDAY)
    assert [one.level for one in chain.levels] == list(levels(member.plan, member.done, WEDNESDAY))
    assert all((one.members, one.reported, one.missing) == (1, 1, 0) for one in chain.levels)
    assert chain.verdict == verdict(levels(member.plan, member.done, WEDNESDAY))


def test_days_are_judged_only_of_projects_that_report_daily():
    weekly, daily = _member(250_000, "03-20:1000"), _member(250_000, "03-20:900", daily=True)
    assert _one(group_chain([weekly], WEDNESDAY), "day").level is None
    both = _one(group_chain([weekly, daily], WEDNESDAY), "day")
    assert (both.level.target, both.level.done, both.members, both.reported) == (1000, 900, 1, 1)


def test_a_period_without_any_reading_is_not_judged_and_missing_ones_are_counted():
    members = [_member(250_000, f"01-02…{last}:1000") for last in ("01-31", "03-15", "03-15", "03-15")]
    members.append(_member(250_000, "—"))
    chain = group_chain(members, WEDNESDAY)
    counted = {one.name: (one.members, one.reported, one.missing, one.level is None) for one in chain.levels}
    assert counted == {
        "day": (0, 0, 0, True),
        "week": (5, 0, 5, True),  # nobody has read since Monday
        "month": (5, 3, 2, False),
        "quarter": (5, 4, 1, False),
        "year": (5, 4, 1, False),
    }
    assert "week" not in chain.verdict.lost


def test_where_a_rhythm_is_agreed_only_members_whose_report_is_due_count():
    friday, month_end = date(2019, 3, 22), date(2019, 2, 28)
    as_of = date(2019, 3, 22)
    members = [
        _member(250_000, "01-02…03-22:1000", due=friday),
        _member(250_000, "01-02…03-21:1000", due=friday),  # a day too early: the week's report is not there
        _member(250_000, "01-02…02-28:1000", due=month_end),
        _member(250_000, "01-02…01-31:1000", due=month_end),
    ]
    chain = group_chain(members, as_of)
    counted = {one.name: (one.members, one.reported) for one in chain.levels}
    assert counted == {"day": (0, 0), "week": (2, 1), "month": (2, 1), "quarter": (4, 2), "year": (4, 2)}
    assert _one(chain, "month").level.target == 42_000
    assert _one(chain, "year").level.target == 10**6


def test_an_empty_group_is_not_judged():
    chain = group_chain([], WEDNESDAY)
    assert [one.level for one in chain.levels] == [None] * 5
    assert (chain.verdict.code, chain.verdict.year_state, chain.verdict.required_daily) == ("not_judged", None, None)


def test_who_has_shown_no_rate_adds_none():
    chain = group_chain([_member(250_000, "01-02…03-20:1000"), _member(1000, "—")], WEDNESDAY)
    year = _one(chain, "year").level
    assert (year.recent_daily, year.capacity_daily) == (1000, 1000)
    nothing = group_chain([_member(1000, "03-16:1"), _member(1000, "—")], WEDNESDAY)  # a Saturday alone is no rate
    assert _one(nothing, "year").level.recent_daily is None


# -- the verdict -------------------------------------------------------------------------------------------------------
def _level(name, state, required=100):
    period = Period.containing(name, WEDNESDAY)
    pace = {"holds": Rates(required, required), "at_risk": Rates(0, required), "lost": Rates(0, 0)}[state]
    found: Level = judge(name, period, required * 2, 0, 2, pace)
    assert found.state == state
    return found


@pytest.mark.parametrize(
    ("states", "code", "lost", "saved"),
    [
        ("holds holds holds holds", "all_hold", (), None),
        ("holds at_risk holds at_risk", "at_risk", (), "month"),
        ("lost at_risk holds holds", "lost_saves", ("week",), "month"),
        ("lost lost holds holds", "lost_saves", ("week", "month"), "quarter"),
        ("lost holds lost at_risk", "lost_saves", ("week", "quarter"), "month"),
        ("at_risk holds holds lost", "lost_all", ("year",), None),
        ("lost lost lost lost", "lost_all", ("week", "month", "quarter", "year"), None),
    ],
)
def test_the_verdict_names_the_first_lost_level_and_the_next_that_can_be_saved(states, code, lost, saved):
    chain = [
        _level(name, state, 100 + place)
        for place, (name, state) in enumerate(zip(CHAIN[1:], states.split(), strict=True))
    ]
    found = verdict(chain)
    assert (found.code, found.lost) == (code, lost)
    assert (found.lost_first.level if found.lost_first else None) == (lost[0] if lost else None)
    assert (found.saved.level if found.saved else None) == saved
    assert found.required_daily == (found.saved.required_daily if found.saved else None)
    assert (found.year, found.outlook) == (chain[-1], outlook(chain[-1]))


def test_a_years_end_is_told_from_its_own_level():
    plan = spread(GRID, 250_000)
    level = levels(plan, done_of("01-02…03-15:1000 03-18…03-20:0", GRID, WEDNESDAY), WEDNESDAY)[-1]
    end = outlook(level)
    assert (end.at_recent, end.at_capacity, end.short) == (50_000 + 700 * 197, 50_000 + 1000 * 197, 3_000)
    unknown = outlook(levels(plan, Done.of(GRID, []), WEDNESDAY)[-1])
    assert (unknown.at_recent, unknown.at_capacity, unknown.short) == (None, None, 0)
    last = date(2019, 12, 31)
    over = outlook(levels(plan, done_of("12-31:260000", GRID), last)[-1])
    assert (over.at_recent, over.at_capacity, over.short) == (260_000, 260_000, 0)


def test_a_groups_work_days_are_those_of_the_member_that_has_most():
    early = Member(spread(GRID, 1000, closed={12: 5}), done_of("03-20:1", GRID), WEDNESDAY)
    late = Member(spread(GRID, 1000), done_of("03-20:1", GRID), WEDNESDAY)
    left = [_one(group_chain(group, WEDNESDAY), "year").level.work_days_left for group in ([early], [early, late])]
    assert left == [197 - 22, 197]
