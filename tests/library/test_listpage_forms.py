"""Totals of many lists at once and neighbours by ids say what the entries themselves say."""

from datetime import date

from guatu.library import actions
from guatu.library.queries.listpage import lists_with_totals
from guatu.library.queries.lists import NOTHING, entries_as_of, list_totals, neighbours, order_of, totals_of_lists
from tests.library.conftest import YI

JAN, MARCH = date(2019, 1, 1), date(2019, 3, 1)


def test_totals_of_many_lists_are_those_of_their_entries_at_every_day(shelf):
    ours, city, empty = shelf.list(), shelf.list(level="city"), shelf.list(level="province")
    first, second, third = shelf.project("甲", total=YI), shelf.project("乙", total=3 * YI), shelf.project("丙")
    shelf.enter(ours, first, second, plan=YI)
    shelf.enter(city, third, plan=2 * YI)
    actions.set_profile(actor=shelf.office, project=first, on=MARCH, values={"total_investment": 5 * YI})
    shelf.enter(ours, second, plan=4 * YI, on="2019-03-01")
    paper = {"document": "调整文件", "reason": "年中调整", "approved_by": "区政府"}
    actions.amend_list(actor=shelf.head, annual_list=city, on=MARCH, take_out=[third], **paper)
    seen = {first.pk, second.pk, third.pk}
    for day in (JAN, date(2019, 2, 28), MARCH, date(2019, 12, 31)):
        found = totals_of_lists({row.pk: day for row in (ours, city, empty)}, seen)
        assert found == {row.pk: list_totals(row, day) for row in (ours, city, empty)}
    assert totals_of_lists({ours.pk: MARCH}, {first.pk})[ours.pk].projects == 1
    assert totals_of_lists({ours.pk: MARCH}, set())[ours.pk] == NOTHING


def test_the_lists_are_read_with_as_many_queries_for_one_as_for_many(shelf, django_assert_num_queries):
    shelf.enter(shelf.list(), shelf.project("甲"))
    with django_assert_num_queries(4):
        lists_with_totals(shelf.office, date(2019, 3, 31))
    for level in ("city", "province"):
        shelf.enter(shelf.list(level=level), shelf.project(f"{level}项目"))
    with django_assert_num_queries(4):
        rows = lists_with_totals(shelf.office, date(2019, 3, 31))
    assert [row["totals"].projects for row in rows] == [1, 1, 1]


def test_the_order_by_ids_is_the_order_of_the_entries(shelf):
    annual_list, projects = shelf.list(), [shelf.project(name) for name in ("丙", "甲", "乙")]
    rows = [
        actions.EntryRow(project=project, values={"number": number})
        for project, number in zip(projects, (2, 0, 1), strict=True)
    ]
    actions.put_entries(actor=shelf.office, annual_list=annual_list, rows=rows, on=JAN)
    assert order_of(annual_list, MARCH) == list(entries_as_of(annual_list, MARCH))
    third, first, second = projects
    assert neighbours(annual_list, third, MARCH) == (2, 3, second, first)
    assert neighbours(annual_list, third, MARCH, {third.pk, first.pk}) == (1, 2, None, first)
    assert neighbours(annual_list, second, MARCH, {third.pk})[0] == 0
