"""All lists at the end of a period, from what their closings kept; what is not closed says so."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guatu.core.actor import OPERATOR
from guatu.figures.queries import cubes_until
from guatu.library.actions import ask_reopening, close_period, reopen_period
from guatu.library.models import AnnualList
from tests.figures.conftest import YI
from tests.library.conftest import at_day

FEBRUARY, MARCH = date(2019, 2, 28), date(2019, 3, 31)


@pytest.fixture
def closed(spring, cast):
    """The district's list closed for February and March; the city's never; the other district's for February."""
    cast_list = spring.annual_list
    AnnualList.objects.create(level="city", region=cast.region("district"), year=2019, name="2019 年市重点项目")
    other = AnnualList.objects.create(
        level="district", region=cast.region("other_district"), year=2019, name="邻区名单"
    )
    for annual, day in ((cast_list, FEBRUARY), (other, FEBRUARY), (cast_list, MARCH)):
        close_period(actor=OPERATOR, annual_list=annual, until=day, reason="示例")
    return cast_list


def page(cast, who, query="", status=200):
    response = cast.client(who).get(f"/dispatch/lists/{query}")
    assert response.status_code == status
    return response.content.decode()


def row_of(text, name):
    return next(line for line in text.split("<tr>") if name in line)


def test_each_closed_list_shows_its_kept_figures_and_the_change_since_the_closing_before(closed, cast):
    text = page(cast, "office")
    assert "2 份名单中已锁定 1 份" in text
    row = row_of(text, "2019 年区重点项目")
    assert ">3.00<" in row
    assert "+2.50" in row
    assert "比2月28日" in row
    assert "邻区名单" not in text
    assert "还没有锁定过" in row_of(text, "2019 年市重点项目")


def test_a_list_whose_period_is_not_closed_says_which_one_is(closed, cast):
    text = page(cast, "superior")
    row = row_of(text, "邻区名单")
    assert "本期没有锁定；最近锁定到2019年2月28日" in row
    february = page(cast, "superior", "?until=2019-02-28")
    assert "本期没有锁定" not in row_of(february, "邻区名单")
    assert ">0.50<" in row_of(february, "2019 年区重点项目")


def test_an_opened_period_is_marked_and_keeps_its_figures(closed, cast):
    row = closed.closed_periods.get(until=MARCH)
    ask_reopening(actor=cast.actor("office_head"), closed=row, seen=row.version, reason="漏报")
    reopen_period(actor=cast.actor("head"), closed=row, seen=row.version)
    text = row_of(page(cast, "office"), "2019 年区重点项目")
    assert "已解锁，以下为锁定时的数" in text
    assert ">3.00<" in text
    close_period(actor=OPERATOR, annual_list=closed, until=MARCH, reason="示例")
    assert "已解锁" not in row_of(page(cast, "office"), "2019 年区重点项目")


def test_what_came_after_changes_nothing_and_one_query_reads_all(closed, cast, spring):
    spring.reading(spring.projects["丙"], MARCH, ytd=YI)
    assert ">3.00<" in row_of(page(cast, "office"), "2019 年区重点项目")
    ids = list(AnnualList.objects.values_list("pk", flat=True))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        cubes = cubes_until(ids, MARCH)
    assert len(queries) == 1
    assert [cube.as_of for cube in cubes[closed.pk]] == [MARCH, FEBRUARY]


def test_who_sees_a_part_of_a_list_sees_no_kept_list(closed, cast):
    assert "供能看到整份名单的岗位查看" in page(cast, "reporter")
    with at_day("2019-04-02"):
        page(cast, "office", "?until=春分", 400)
