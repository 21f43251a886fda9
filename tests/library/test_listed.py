"""Which dated facts hold on a day: one rule for rights, lists and columns, held against the facts read one by one."""

from datetime import date, datetime, timedelta

import pytest

from guatu.core import clock
from guatu.library.models import AnnualList, Assignment, ListEntry, Project
from guatu.library.queries.listed import counted_once, held_of, holding, listed_in, listed_on
from guatu.library.queries.lists import entries_as_of
from tests.figures.conftest import YI, District
from tests.support.cast import Cast, cast

__all__ = ["cast"]

DAYS = [date(2019, 1, 1) + timedelta(days=15 * step) for step in range(8)]


@pytest.fixture
def changed(cast: Cast) -> District:
    """Two projects: one leaves the list in February and comes back, one is corrected; the unit changes."""
    region = cast.region("district")
    annual = AnnualList.objects.create(level="district", region=region, year=2019, name="区级")
    district = District(region, annual, datetime(2019, 1, 5, 9, tzinfo=clock.ZONE))
    first, second = (district.project(name, total=YI, planned=YI) for name in ("甲", "乙"))
    for on, listed in ((date(2019, 2, 10), False), (date(2019, 3, 20), True)):
        ListEntry.objects.create(annual_list=annual, project=first, listed=listed, **district.dated(on))
    late = district.dated(date(2019, 2, 10), date(2019, 4, 1))
    ListEntry.objects.create(annual_list=annual, project=second, listed=False, **late)
    district.assign(first, "responsible", unit=cast.unit("housing"))
    district.assign(first, "responsible", unit=None, on=date(2019, 2, 20))
    return district


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_lists_hold_what_their_entries_say_one_by_one(changed, day):
    annual = changed.annual_list
    expected = set(entries_as_of(annual, day))
    assert set(listed_on([annual.pk], day).values_list("project", flat=True)) == expected
    assert set(listed_in(Project.objects.all(), annual, day).values_list("pk", flat=True)) == expected


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_one_row_of_each_key_holds_and_it_is_the_one_that_a_column_reads(changed, day):
    rows = holding(Assignment.objects.all(), day, "project", "role", "slot")
    held = Assignment.objects.as_of(day, restated=True)
    assert {row.pk for row in rows} == {row.pk for row in held}
    read = Project.objects.annotate(one=held_of(Assignment, day, role="responsible", slot=0).values("pk")[:1])
    assert {row.one for row in read if row.one} == {row.pk for row in rows}


def test_who_answered_once_does_not_answer_any_more(changed, cast):
    """The last row of a role counts even where it names nobody."""
    on, unit = date(2019, 2, 19), cast.unit("housing")
    assert [
        holding(Assignment.objects.all(), day, "project", "role", "slot").filter(unit=unit).count()
        for day in (on, on + timedelta(days=1))
    ] == [1, 0]


def test_a_sub_project_counts_under_its_package_where_that_is_seen(changed):
    package, sub = changed.projects["甲"], changed.projects["乙"]
    Project.objects.filter(pk=sub.pk).update(package=package)
    every = Project.objects.all()
    assert set(counted_once(every, every)) == {package}
    assert set(counted_once(every, every.exclude(pk=package.pk))) == {package, sub}
