"""A progress sheet's composition and remarks are kept with the reading, and come out again."""

import csv
import io
import json
import zipfile
from dataclasses import astuple
from datetime import date

import pytest

from guatu.core.models import TrailChange, TrailEntry
from guatu.domain.mix import InvestmentMix
from guatu.domain.periods import Period
from guatu.reporting.models import Reading
from tests.imports import books
from tests.imports.books import NAMES, WAN
from tests.imports.conftest import codes, counts

MARCH = Period.parse("2019-03")
HEADS = ["建筑工程（万元）", "安装工程（万元）", "设备工器具购置（万元）", "其他费用（万元）", "备注"]
FIRST = (4000, 1000, 1500, 500, "夜间施工许可已办")


def sheet(*parts) -> list[list]:
    """The usual sheet with composition and remark, told of the first project only."""
    rows = books.progress_rows()
    rows[1] += HEADS
    rows[2] += list(parts or FIRST)
    return rows


def reading(name: str = NAMES[0]) -> Reading:
    return Reading.objects.standing().get(project__name=name, effective_on=date(2019, 3, 31))


@pytest.fixture
def planned(desk):
    desk.plan()
    return desk


def test_it_is_stored_in_whole_yuan_and_untold_stays_untold(planned):
    answer = planned.progress(sheet())
    assert answer["errors"] == []
    row = reading()
    assert astuple(row.mix) == (4000 * WAN, 1000 * WAN, 1500 * WAN, 500 * WAN)
    assert row.mix.of({"ytd": row.ytd}) == "ytd"
    assert row.remark == "夜间施工许可已办"
    other = reading(NAMES[1])
    assert astuple(other.mix) == (None,) * 4
    assert other.remark == ""
    assert answer["totals"]["mix_construction"] == 4000 * WAN


def test_the_same_sheet_again_changes_nothing(planned):
    planned.progress(sheet())
    before = TrailEntry.objects.count(), Reading.objects.count()
    assert counts(planned.progress(sheet())) == (0, 0, 5)
    assert (TrailEntry.objects.count(), Reading.objects.count()) == before


def test_a_sheet_without_composition_keeps_it_and_one_with_a_part_keeps_the_others(planned):
    planned.progress(sheet())
    assert counts(planned.progress()) == (0, 0, 5)
    assert reading().mix.total == 7000 * WAN
    planned.progress(sheet(3900, None, 1600, None, None))
    assert reading().mix == InvestmentMix(3900 * WAN, 1000 * WAN, 1600 * WAN, 500 * WAN)
    assert reading().remark == "夜间施工许可已办"


def test_a_preview_says_what_changes_of_it(planned):
    planned.progress(sheet())
    report = planned.preview(sheet(4000, 1000, 1400, 600, "已复核"), kind="progress", period=MARCH)
    changed = [line for line in report.lines if line["state"] == "updated"]
    assert [line["name"] for line in changed] == [NAMES[0]]
    told = {label: (before, after) for label, before, after in changed[0]["changes"]}
    assert told["设备工器具购置"] == ("1,500 万元", "1,400 万元")
    assert told["其他费用"] == ("500 万元", "600 万元")
    assert told["备注"] == ("夜间施工许可已办", "已复核")


def test_parts_that_add_up_to_no_amount_are_doubted_and_kept(planned):
    answer = planned.progress(sheet(4000, 1000, 1500, 400, None))
    assert codes(answer["warnings"]).count("mix_differs") == 1
    assert reading().mix.total == 6900 * WAN


def test_a_negative_part_is_refused(planned):
    answer = planned.progress(sheet(-4000, 1000, 1500, 500, None))
    assert codes(answer["errors"]) == ["amount_negative"]
    assert not Reading.objects.filter(effective_on=date(2019, 3, 31)).exists()


def test_a_secret_remark_is_refused(planned):
    answer = planned.progress(sheet(4000, 1000, 1500, 500, "涉密"))
    assert "row_secret" in codes(answer["errors"])
    assert not Reading.objects.filter(effective_on=date(2019, 3, 31)).exists()


def test_the_trail_has_it(planned):
    planned.progress(sheet())
    kept = [json.loads(row.values) for row in TrailChange.objects.filter(model="reporting.reading", kind="add")]
    assert [row["mix_construction"] for row in kept if row.get("mix_construction")] == [4000 * WAN]


def test_page_and_file_show_it(office, cast):
    office.plan()
    office.progress(sheet())
    browser = cast.client("office")
    project = reading().project
    page = browser.get(f"/library/projects/{project.public_id}/?tab=money").content.decode()
    for words in ("投资构成", "建筑工程", "4,000.00", "7,000.00", "夜间施工许可已办"):
        assert words in page
    without = browser.get(f"/library/projects/{reading(NAMES[1]).project.public_id}/?tab=money").content.decode()
    assert "投资构成" not in without
    archive = zipfile.ZipFile(io.BytesIO(browser.get(f"/library/projects/{project.public_id}/file.zip").content))
    name = next(name for name in archive.namelist() if "进度" in name)
    rows = list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
    march = next(row for row in rows if row["日期"] == "2019-03-31")
    assert (march["建筑工程（元）"], march["备注"]) == ("40000000", "夜间施工许可已办")
    assert next(row for row in rows if row["日期"] == "2018-12-31")["建筑工程（元）"] == ""
