"""The pages of watches: ordered from a ready form, a day typed and read in sums, its files, who may open what."""

import io
from datetime import date, timedelta
from html import unescape

import openpyxl
import pytest

from guatu.library.models import Project
from guatu.reporting.choices import Means
from guatu.reporting.models import Campaign, CampaignDay
from tests.library.conftest import at_day
from tests.reporting.watches import three, watched

DAY = date(2019, 3, 31)


def text(answer):
    assert answer.status_code == 200, answer.content.decode()[:1500]
    return unescape(answer.content.decode())


def typed(project, **cells):
    key = Project.objects.get(name=project).public_id
    return {f"v.{key}.{code}": value for code, value in cells.items()}


@pytest.fixture
def row(shelf):
    three(shelf.cast)
    return watched(shelf.cast)


def at(row, day=DAY, unit=""):
    return f"/reports/watches/{row.public_id}/day/{day.isoformat()}/{unit}"


def test_a_watch_is_ordered_from_a_ready_form_that_was_changed(shelf):
    office = shelf.cast.client("office")
    page = text(office.get("/reports/watches/new/?ready=flood"))
    assert 'value="排查隐患"' in page
    sent = {
        "name": "2019年汛期值守",
        "document": "防汛令",
        "starts_on": "2019-03-31",
        "ends_on": "6月底",
        "region": "410303",
        "at": "09:00",
        "code1": "on_duty",
        "field1": "值守到位",
        "sort1": "yes_asked",
        "field2": "水泵",
        "measure2": "台",
        "sort2": "count_last",
    }
    answer = office.post("/reports/watches/new/", sent)
    made = Campaign.objects.get()
    assert answer.url == f"/reports/watches/{made.public_id}/"
    assert (made.ends_on, made.rules.get().rule["due"]["at"]) == (date(2019, 6, 30), "09:00")
    assert [(one["code"], one["name"], one["kind"]) for one in made.fields] == [
        ("on_duty", "值守到位", "yes"),
        ("f2", "水泵", "count"),
    ]
    for wrong, words in (
        ({"ends_on": ""}, "请填写“结束（含当日）”"),
        ({"field1": "", "sort1": "", "field2": "", "sort2": ""}, "请至少写一个栏目"),
        ({"sort2": ""}, "请选怎样填"),
        ({"ends_on": "2019-03-30"}, "早于开始日期"),
    ):
        again = office.post("/reports/watches/new/", {**sent, "name": "另一个", **wrong})
        assert again.status_code == 422
        assert words in unescape(again.content.decode())
    assert Campaign.objects.count() == 1


def test_a_unit_types_its_day_and_the_office_reads_it(shelf, row):
    reporter = shelf.cast.client("reporter")
    page = text(reporter.get(at(row)))
    assert "长宁路改造" in page
    assert "周山物流园" not in page
    answer = reporter.post(at(row), typed("长宁路改造", resumed="是", workers="1,200人", materials="缺商砼"))
    assert answer.status_code == 302
    said = CampaignDay.objects.get()
    assert said.values == {"resumed": True, "workers": 1200, "materials": "缺商砼"}
    assert said.means == Means.PRODUCT
    table = text(shelf.cast.client("office").get(f"/reports/watches/{row.public_id}/"))
    assert "已报 1/2" in table
    assert "应开复工</th>" in table
    assert "50.0%" in table
    assert "1,200" in table
    assert "周山物流园" in table  # missing
    leader = text(shelf.cast.client("head").get(f"/reports/watches/{row.public_id}/"))
    assert "补填" not in leader
    assert "填今天的日表" not in leader


def test_yesterdays_values_stand_beside_and_a_late_line_is_marked(shelf, row):
    reporter = shelf.cast.client("reporter")
    reporter.post(at(row), typed("长宁路改造", resumed="是", workers="30"))
    with at_day("2019-04-01"):
        page = text(reporter.get(at(row, date(2019, 4, 1))))
        assert "昨天 30" in page
        assert 'data-before="是"' in page
        reporter.post(at(row), typed("青桐路快速化改造（一期）", workers="5"))
        late = text(reporter.get(at(row)))
        assert "迟报" in late
        assert "您在补填以前的日表" in late
        office = shelf.cast.client("office")
        unit = Project.objects.get(name="周山物流园").unit
        office.post(at(row, date(2019, 4, 1), f"?unit={unit.public_id}"), typed("周山物流园", resumed="否"))
        assert CampaignDay.objects.get(project__name="周山物流园").means == Means.PHONE
        shown = text(office.get(f"/reports/watches/{row.public_id}/?unit={unit.public_id}"))
        assert "代录" in shown
        assert "周山物流园" in shown


def test_a_wrong_cell_keeps_everything_typed_and_saves_nothing(shelf, row):
    reporter = shelf.cast.client("reporter")
    answer = reporter.post(at(row), typed("长宁路改造", resumed="大概", workers="30"))
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "有 1 格填写不对" in page
    assert 'value="大概"' in page
    assert 'value="30"' in page
    assert not CampaignDay.objects.exists()
    empty = reporter.post(at(row), {})
    assert empty.status_code == 422
    assert "还没有填任何一格" in unescape(empty.content.decode())


def test_two_who_fill_one_line_at_once_lose_nothing(shelf, row):
    reporter = shelf.cast.client("reporter")
    reporter.post(at(row), typed("长宁路改造", workers="30"))
    second = reporter.post(at(row), typed("长宁路改造", workers="31"))  # opened before the first was saved
    assert second.status_code == 409
    assert "刚才已有别人填报" in unescape(second.content.decode())
    assert CampaignDay.objects.get().values == {"workers": 30}


def test_days_that_are_shut_are_told(shelf, row):
    reporter = shelf.cast.client("reporter")
    with at_day("2019-04-05"):
        page = text(reporter.get(at(row)))
        assert "这一天的日表已于" in page
        assert "保存并报出" not in page
        refused = reporter.post(at(row), typed("长宁路改造", workers="30"))
        assert refused.status_code == 422
    for day in ("nie", "9999-W52", "2100-12-31", "1900-01-01"):  # none, or none of the watch's
        assert reporter.get(f"/reports/watches/{row.public_id}/day/{day}/").status_code == 404
    other = Project.objects.get(name="周山物流园").unit
    assert reporter.get(at(row, DAY, f"?unit={other.public_id}")).status_code == 404


def test_days_weeks_and_changes(shelf, row):
    reporter = shelf.cast.client("reporter")
    for add, workers in ((0, "30"), (1, "12"), (2, "8")):
        day = DAY + timedelta(days=add)
        with at_day(day.isoformat()):
            cells = typed("长宁路改造", resumed="是" if add else "否", workers=workers)
            assert reporter.post(at(row, day), cells).status_code == 302
    with at_day("2019-04-02"):
        page = text(shelf.cast.client("office").get(f"/reports/watches/{row.public_id}/?day=2019-04-01"))
        changed = page[page.index("比前一天变了的") : page.index("逐日")]
        assert "已开复工" in changed
        assert "当日返岗" not in changed
        weeks = text(shelf.cast.client("office").get(f"/reports/watches/{row.public_id}/"))
        weeks = weeks[weeks.index("按周") :]
        assert "4月1日至4月2日" in weeks
        assert '<td class="num">20</td>' in weeks  # 12 + 8
        assert "3月31日" in weeks


def test_a_day_as_a_file(shelf, row):
    reporter = shelf.cast.client("reporter")
    reporter.post(at(row), typed("长宁路改造", resumed="是", workers="30", materials="缺商砼"))
    office = shelf.cast.client("office")
    book = openpyxl.load_workbook(io.BytesIO(office.get(at(row) + "table.xlsx").content))
    cells = [[cell.value for cell in line] for line in book.active.iter_rows()]
    said = next(line for line in cells if "长宁路改造" in line)
    assert (said[3:7], said[2].date()) == (["是", 30, None, "缺商砼"], date(2019, 3, 20))
    assert any("应开复工 2，已开复工 1，当日返岗 30人" in str(value) for line in cells for value in line)
    assert office.get(at(row) + "table.pdf").content[:4] == b"%PDF"
    assert office.get(at(row) + "table.csv").status_code == 404


def test_the_office_changes_ends_and_withdraws_through_pages(shelf, row):
    office = shelf.cast.client("office")
    coming = watched(shelf.cast, name="汛期", starts_on=DAY + timedelta(days=5))
    page = text(office.get(f"/reports/watches/{coming.public_id}/change/"))
    assert 'value="2019-04-05"' in page
    sent = {
        "name": "汛期水库值守",
        "document": "",
        "starts_on": "2019-04-06",
        "ends_on": "2019-06-30",
        "at": "17:00",
        "field1": "到位",
        "sort1": "yes_asked",
        "seen": coming.version,
    }
    assert office.post(f"/reports/watches/{coming.public_id}/change/", sent).status_code == 302
    coming.refresh_from_db()
    assert (coming.name, coming.starts_on) == ("汛期水库值守", date(2019, 4, 6))
    answer = office.post(f"/reports/watches/{coming.public_id}/withdraw/", {"reason": "", "seen": coming.version})
    assert answer.status_code == 422
    office.post(f"/reports/watches/{coming.public_id}/withdraw/", {"reason": "重复", "seen": coming.version})
    end = {"on": "2019-03-31", "reason": "已全面复工", "seen": row.version}
    assert office.post(f"/reports/watches/{row.public_id}/end/", end).status_code == 302
    listed = text(office.get("/reports/watches/"))
    assert row.name in listed
    assert "汛期水库值守" not in listed
    assert "2019年3月31日至2019年3月31日" in listed


def test_another_districts_watch_does_not_exist(shelf, row):
    outsider = shelf.cast.client("outsider")
    for tail in ("", "change/", "end/", "withdraw/", "day/2019-03-31/", "day/2019-03-31/table.xlsx"):
        assert outsider.get(f"/reports/watches/{row.public_id}/{tail}").status_code == 404
