"""The driving path: the worked examples, and what makes it one: a day later in it is a day later at the end."""

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings

from guatu.domain.schedule.delays import Known, Tie, passed_on
from guatu.domain.schedule.driving import chain_into, driving_path
from guatu.domain.schedule.solve import back_plan
from tests.domain import schedule_oracle as oracle
from tests.domain.test_delays import AXIS, PLANS, node
from tests.domain.worked import worked

TODAY = date(2026, 3, 16)
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def known(text):
    planned, _word, told = text.removesuffix(" w").partition(" is ")
    return node(planned.split("→"), told or "…", TODAY, AXIS if text.endswith(" w") else None)


def tie(text):
    before, kind, lag, after = re.fullmatch(r"(\w) (..)([+-]\d+)? (\w)", text).groups()
    return Tie("ABC".index(before), "ABC".index(after), kind, int(lag or 0))


@pytest.mark.parametrize("row", worked("driving", "chain"), ids=lambda row: row["why"])
def test_the_path_as_the_page_says(row):
    nodes, ties = [known(row[name]) for name in "ABC"], [tie(text) for text in row["links"].split("；")]
    for listed in (ties, ties[::-1]):
        path = driving_path(nodes, listed, passed_on(nodes, listed))
        assert " ".join("ABC"[place] for place in path) == row["driving path"]


def test_a_circle_is_cut():
    assert chain_into(3, {3: 2, 2: 1, 1: 2}.get) == (1, 2, 3)
    nodes = [Known(0, 9, 0, 9), Known(10, 19, 10, 19)]
    ties = [Tie(0, 1), Tie(1, 0, "SS", -10)]
    assert sorted(driving_path(nodes, ties, passed_on(nodes, ties))) == [0, 1]


@calm
@given(PLANS)
def test_a_day_later_in_the_path_is_a_day_later_at_the_end(plan):
    nodes, ties = plan
    stand = passed_on(nodes, ties)
    path = driving_path(nodes, ties, stand)
    end = max(one.finish for one in stand)
    assert stand[path[-1]].finish == end
    assert all(any((one.before, one.after) == pair for one in ties) for pair in pairwise(path))
    for place, after in zip(path, [*path[1:], None], strict=True):
        one, at = nodes[place], stand[place]
        leaves = {link.type[0] for link in ties if (link.before, link.after) == (place, after)} or {"F"}
        if one.done or (one.begun and leaves != {"F"}):
            continue  # what has happened can't be later
        later = list(nodes)
        later[place] = replace(one, start=at.start if one.begun else at.start + 1, finish=at.finish + 1)
        assert max(each.finish for each in passed_on(later, ties)) > end


@calm
@given(oracle.plans())
def test_a_back_plans_path_is_one_by_its_dates_too(plan):
    """Each step of the path that the forward pass knows leaves no day to spare by the rule for standing dates."""
    plan = replace(plan, nodes=tuple(replace(one, calendar=None, unit="calendar") for one in plan.nodes))
    if any(one.actual_start or one.actual_finish for one in plan.nodes):
        return
    found = back_plan(plan)
    path, rows = found.driving_path, {row.id: row for row in found.nodes}
    for before, after in pairwise(path):
        nodes = [
            Known(*[day.toordinal() for day in (rows[one].earliest_start, rows[one].earliest_finish)] * 2)
            for one in (before, after)
        ]
        nodes[0] = replace(nodes[0], planned_start=nodes[0].start - 400, planned_finish=nodes[0].finish - 400)
        ties = [Tie(0, 1, link.type, link.lag) for link in plan.links if (link.start, link.to) == (before, after)]
        if nodes[0].finish <= nodes[1].finish:  # only then the pair's end is the later node
            assert driving_path(nodes, ties, passed_on(nodes, ties)) == (0, 1)
