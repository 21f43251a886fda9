"""A progress sheet goes out with last month's figures and empty cells; filled it is taken, untouched it is silent."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import load_workbook

from guatu.core.actor import OPERATOR
from guatu.core.models import AccessLog, TrailChange
from guatu.domain.periods import Period
from guatu.library.models import AnnualList
from guatu.reporting.models import Reading
from guatu.reporting.workbooks.files import progress_file
from tests.imports import books
from tests.imports.conftest import Desk, codes, counts
from tests.ledgers_round.test_plan_round import changed, texts

pytestmark = pytest.mark.django_db
MARCH = Period.parse("2019-03")
WAN = 10**4


def the_list() -> AnnualList:
    return AnnualList.objects.select_related("region__parent").get()


@pytest.fixture
def listed(office: Desk) -> Desk:
    """The list, and February's figures."""
    office.plan()
    office.progress(books.progress_rows(done=(100,) * 5, to_date=(4600, 200, 0, 7900, 0)), period="2019-02")
    return office


def sheet_of(period: Period = MARCH, **more) -> bytes:
    return progress_file(OPERATOR, the_list(), period, **more)[2]


def test_it_shows_what_is_known(listed: Desk):
    said = texts(sheet_of())
    assert said[0] == "洛阳市西工区区级重点项目2019年3月进度表"
    assert {"上月累计完成投资", "上月形象进度", "本月完成投资", "本年累计完成投资", "4600", "正在施工"} <= set(said)


@pytest.mark.parametrize("period", ["2019-03", "2019-W12", "2019-03-29", "2019-Q1"])
def test_untouched_it_says_nothing_and_changes_nothing(listed: Desk, period: str):
    before = TrailChange.objects.count()
    answer = listed.progress(sheet_of(Period.parse(period)), period=period)
    assert (answer["errors"], counts(answer)) == ([], (0, 0, 5))
    assert codes(answer["warnings"]) == ["says_nothing"] * 5
    assert TrailChange.objects.count() == before
    assert [column["field"] for column in answer["columns"] if column["field"] is None] == []


def test_filled_in_it_is_taken(listed: Desk):
    data = changed(sheet_of(), "望岳智能装备产业园", "本月完成投资", 2400)
    data = changed(data, "望岳智能装备产业园", "本年累计完成投资", 7000)
    data = changed(data, "春熙片区城中村改造", "形象进度", "二号楼封顶")
    answer = listed.progress(data)
    assert (answer["errors"], counts(answer)) == ([], (2, 0, 3))
    reading = Reading.objects.standing().get(project__name="望岳智能装备产业园", effective_on=date(2019, 3, 31))
    assert (reading.ytd, reading.period) == (7000 * WAN, "2019-03")
    assert answer["totals"]["investment_of_period"] == 2400 * WAN


def test_each_unit_gets_its_own_projects(listed: Desk):
    content = sheet_of(split=True)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert [name[3:-5] for name in files] == ["区工信局", "区科技局", "区商务局", "区住房和城乡建设局"]
    own = texts(files["04 区住房和城乡建设局.xlsx"])
    assert {"春熙片区城中村改造", "元丰路快速化改造", "责任单位：区住房和城乡建设局"} <= set(own)
    assert "长宁冷链物流园" not in own
    data = changed(files["03 区商务局.xlsx"], "长宁冷链物流园", "本年累计完成投资", 300)
    assert counts(listed.progress(data)) == (1, 0, 0)


def test_the_pages_offer_and_log_it(listed: Desk, cast):
    page, row = cast.client("office"), the_list()
    offer = page.get(f"/library/lists/{row.public_id}/export/").content.decode()
    assert "导出进度表" in offer
    listing = page.get(f"/library/lists/{row.public_id}/").content.decode()
    assert "导出为工作簿" in listing
    got = page.get(f"/library/lists/{row.public_id}/progress/", {"period": "2019-03", "split": "on"})
    assert (got.status_code, got["Content-Type"]) == (200, "application/zip")
    plan = page.get(f"/library/lists/{row.public_id}/plan.xlsx", {"unit": "亿元", "as_of": "2019-03-31"})
    assert load_workbook(io.BytesIO(plan.content)).active["A1"].value == "洛阳市西工区2019年区级重点项目计划表（暂定）"
    assert "单位：亿元" in texts(plan.content)
    assert AccessLog.objects.filter(event="export").count() == 2
    for wrong in ({"period": "三月"}, {"period": "2020-03"}):
        assert page.get(f"/library/lists/{row.public_id}/progress/", wrong).status_code == 422
    assert page.get(f"/library/lists/{row.public_id}/plan.xlsx", {"unit": "美元"}).status_code == 422
