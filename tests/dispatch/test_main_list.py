"""The list that is meant where none is named: the same one in the library, on dispatch pages, in a bulletin, and first
on a project's page; and lists in office order wherever they stand one under another."""

from datetime import date

import pytest

from guatu.dispatch.forms import read_choice
from guatu.figures.project_lede import project_lede
from guatu.library.models import AnnualList
from guatu.library.queries import listpage, tablepage, todo
from guatu.library.queries.lists import entries_of_projects, in_office_order, main_list
from guatu.publishing.forms import read_question
from guatu.publishing.queries import draftable_lists
from tests.library.conftest import YI, at_day

LEVELS = ("city", "province", "district")  # made in this order, so that neither age nor alphabet puts them right
DAY = date(2019, 3, 31)


@pytest.fixture
def lists(shelf):
    """Three levels in each of two years."""
    return {(year, level): shelf.list(year, level) for year in (2018, 2019) for level in LEVELS}


def meant(shelf, day: str) -> list[AnnualList | None]:
    """The main list as each place has it."""
    with at_day(day):
        today, office = date.fromisoformat(day), shelf.office
        choice = read_choice(office, {})
        return [
            tablepage.list_meant(tablepage.lists_seen(office), {}, today),
            choice.lists[0] if choice else None,
            read_question({}, (), draftable_lists(office)).lists[0],
        ]


@pytest.mark.parametrize(("day", "year"), [("2019-03-31", 2019), ("2018-12-31", 2018), ("2020-01-05", 2019)])
def test_every_place_means_the_nearest_list_of_the_latest_year_that_has_begun(shelf, lists, day, year):
    assert meant(shelf, day) == [lists[year, "district"]] * 3


def test_where_no_list_has_begun_the_first_to_come_is_meant(shelf, lists):
    assert main_list(lists.values(), date(2017, 12, 31)) == lists[2018, "district"]
    assert main_list([], DAY) is None


def test_lists_stand_in_office_order_in_every_row_of_them(shelf, lists):
    ordered = [lists[year, level] for year in (2019, 2018) for level in ("district", "city", "province")]
    office = shelf.office
    choice = read_choice(office, {})
    assert choice is not None
    assert in_office_order(lists.values()) == ordered
    assert tablepage.lists_seen(office) == ordered
    assert draftable_lists(office) == ordered
    assert list(choice.available) == ordered
    assert [row["row"] for row in listpage.lists_with_totals(office, DAY)] == ordered
    items = todo.lists_to_issue(shelf.head)
    assert [item.words for item in items] == [f"印发“{row.name}”" for row in ordered]


def test_a_wider_regions_list_comes_before_those_within_it(shelf, cast):
    city = AnnualList(level="city", region=cast.region("city"), year=2019)
    district = AnnualList(level="district", region=cast.region("district"), year=2019)
    assert in_office_order([district, city]) == [city, district]


def test_a_project_on_two_lists_speaks_of_its_main_one(shelf, lists):
    project = shelf.project("甲路")
    for level, plan in (("city", 5 * YI), ("district", 2 * YI)):
        shelf.enter(lists[2019, level], project, plan=plan)
    held = entries_of_projects([project.pk], DAY)[project.pk]
    assert [row.annual_list.level for row in held] == ["district", "city"]
    assert "2.00" in project_lede(shelf.office, project, DAY)
