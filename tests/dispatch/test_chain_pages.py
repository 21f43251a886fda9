"""The overview's block and sentence of targets, its cut by units, and the rows behind a level."""

import csv
import io
from datetime import date, datetime, timedelta

import pytest

from guatu.core import clock
from guatu.figures.queries.memo import forget
from tests.figures.conftest import YI, District

MILLION = 1_000_000
OVERVIEW, CUT, ROWS = "/dispatch/", "/dispatch/targets/", "/dispatch/targets/rows/"


@pytest.fixture
def weeks(district: District, cast):
    """Two weekly projects of two units on 22 March 2019; the second has not reported the last week."""
    for name, unit, amounts in (("甲", "housing", (40, 45, 49, 52)), ("乙", "commerce", (40, 50, 60))):
        project = district.project(name, total=20 * YI, planned=250 * MILLION)
        district.assign(project, "responsible", unit=cast.unit(unit))
        for week, done in enumerate(amounts):
            district.reading(project, date(2019, 3, 1) + timedelta(days=7 * week), ytd=done * MILLION)
    forget()
    with clock.at(datetime(2019, 3, 22, 18, tzinfo=clock.ZONE)):
        yield district


def text_of(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def test_the_block_has_five_levels_with_words_and_says_who_is_missing(weeks, cast):
    page = text_of(cast.client("office").get(OVERVIEW))
    block = page.split("以日保周、以周保月、以月保季、以季保年</h2>")[1].split("</section>")[0]
    assert "没有按日填报的项目，不判断" in block
    assert "已报 1/2" in block
    for word in ("第12周", "3月", "一季度", "2019年", "难完成", "可完成"):
        assert word in block
    assert "圆点为需日均" in block
    lede = page.split('class="lede"')[1].split("</p>")[0]
    assert "第12周" in lede
    assert "未完成" in lede
    assert "（第12周已报 1/2）" in lede


def test_another_basis_has_no_targets_and_says_so(weeks, cast):
    page = text_of(cast.client("office").get(OVERVIEW, {"basis": "statistics"}))
    assert "目标只按调度口径分解" in page
    assert "展开到单位" not in page


def test_every_level_opens_projects_that_add_up_to_it(weeks, cast):
    found = cast.client("office").get(ROWS, {"level": "quarter", "export": "csv"})
    raw = b"".join(found) if found.streaming else found.content
    lines = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    names = {line["项目名称"]: line for line in lines}
    assert {"甲", "乙"} <= names.keys()
    page = text_of(cast.client("office").get(ROWS, {"level": "quarter"}))
    assert "12,000" in page  # 2 × 6,000 万元
    assert "11,200" in page  # 5,200 + 6,000
    week = text_of(cast.client("office").get(ROWS, {"level": "week"}))
    assert "第12周" in week
    assert {line["判断"] for line in lines} <= {"可完成", "有风险", "难完成"}  # the quarter has work days left
    friday = cast.client("office").get(ROWS, {"level": "week", "export": "csv"})
    told = list(csv.DictReader(io.StringIO(b"".join(friday).decode("utf-8-sig"))))
    assert {line["余工作日"] for line in told} == {"0"}
    assert {line["判断"] for line in told} == {"未完成"}  # the week is over: nothing can be saved any more


def test_the_cut_by_units_and_a_units_rows(weeks, cast):
    page = text_of(cast.client("office").get(CUT, {"by": "unit"}))
    assert "区住房和城乡建设局" in page
    assert "区商务局" in page
    key = cast.unit("housing").pk
    rows = text_of(cast.client("office").get(ROWS, {"level": "year", "g.unit": key}))
    assert "甲" in rows
    assert ">乙<" not in rows


def test_a_unit_sees_its_own_chain_alone(weeks, cast):
    page = text_of(cast.client("reporter").get(CUT, {"by": "unit"}))
    assert "区住房和城乡建设局" in page
    assert "区商务局" not in page


def test_cuts_that_are_none_or_not_for_the_post_are_refused(weeks, cast):
    assert cast.client("office").get(CUT, {"by": "colour"}).status_code == 422
    assert cast.client("office").get(ROWS, {"g.colour": "x"}).status_code == 422
    assert cast.client("supervision").get(CUT, {"by": "leader"}).status_code == 403
    assert cast.client("outsider").get(CUT).status_code == 200  # a list of nothing is a page of nothing
    other = cast.client("outsider").get(CUT, {"lists": str(weeks.annual_list.public_id)})
    assert other.status_code in (200, 404)
    assert "区住房和城乡建设局" not in other.content.decode()
