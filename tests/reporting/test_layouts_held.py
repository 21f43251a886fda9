"""What another system holds: accepted once, read-only here, corrected by the office alone, and no cell typed twice."""

from datetime import date

import pytest

from guatu.core.attachments import path_of
from guatu.core.refusals import Refusal
from guatu.domain.fill_once import FillCount
from guatu.domain.periods import Period
from guatu.domain.rhythm import expected, read_rhythm
from guatu.domain.workdays import official_calendar
from guatu.library.models import Project
from guatu.reporting import actions
from guatu.reporting.content import ReportContent
from guatu.reporting.layouts.compare import compared
from guatu.reporting.layouts.page import unit_counts
from guatu.reporting.layouts.schema import stored
from guatu.reporting.models import HeldValue, LayoutReturn, Report
from guatu.reporting.queries import held_values
from guatu.reporting.queries.twice import fill_counts
from tests.library.conftest import at_day
from tests.reporting.layouts import MARCH, NAMES, WAN, edited, exported, listed, upload, used

MONTH = read_rhythm("month", {"fields": ["money", "words"], "due": {"days": 2, "at": "17:00"}})


@pytest.fixture
def annual(shelf):
    return listed(shelf.cast, 2019, *NAMES)


@pytest.fixture
def row(shelf, annual):
    return used(shelf.cast)


@pytest.fixture
def project(annual):
    return Project.objects.select_related("region", "unit").get(name=NAMES[0])


def came_back(shelf, row, annual, *changes):
    """Their export of March handed in through its page."""
    data = edited(exported(shelf.cast, row, annual), *changes)
    answer = shelf.cast.client("office").post(
        f"/reports/layouts/{row.public_id}/receive/",
        {"list": annual.public_id, "period": "2019-03", "file": upload(data)},
    )
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def accepted(shelf, row, annual, *changes):
    url = came_back(shelf, row, annual, *changes)
    answer = shelf.cast.client("office").post(url, {"seen": LayoutReturn.objects.latest("pk").version})
    assert answer.status_code == 302, answer.content.decode()
    return url


def open_file(returned):
    return path_of(returned.original.digest).open("rb")


def said(shelf, project, who="reporter", **content):
    reason = content.pop("reason", "")
    return actions.submit_report(
        actor=shelf.cast.actor(who),
        project=project,
        expected=expected(MONTH, MARCH, official_calendar()),
        content=ReportContent(**content),
        reason=reason,
        seen=getattr(Report.objects.filter(project=project).first(), "version", None),
    )[0]


def test_an_export_is_looked_at_before_anything_is_held(shelf, row, annual, project):
    actions.record_readings(
        actor=shelf.office, rows=[actions.ReadingRow(project=project, on=date(2019, 3, 31), ytd=500 * WAN)]
    )
    url = came_back(shelf, row, annual, (1, "本年完成投资", 600), (2, "本年完成投资", 80))
    page = shelf.cast.client("office").get(url).content.decode()
    assert "600万元" in page
    assert "500万元" in page
    assert "不同" in page
    assert "我们没有" in page
    assert not HeldValue.objects.exists()
    done = shelf.cast.client("office").post(url, {"seen": LayoutReturn.objects.get().version})
    assert done.status_code == 302
    held = held_values([project], MARCH)[project.pk]["ytd"]
    assert (held.value, held.system, held.as_of) == (600 * WAN, "国家重大建设项目库", date(2019, 3, 31))
    assert "已采用" in shelf.cast.client("office").get(url).content.decode()


def test_only_columns_that_the_other_system_holds_are_kept(shelf, row, annual, project):
    accepted(shelf, row, annual, (1, "本年完成投资", 600), (1, "存在问题", "缺土方"))
    assert set(held_values([project], MARCH)[project.pk]) == {"ytd"}
    assert held_values([project], MARCH.previous()) == {}


def test_what_another_system_holds_is_not_changed_here(shelf, row, annual, project):
    accepted(shelf, row, annual, (1, "本年完成投资", 600))
    with pytest.raises(Refusal) as refused:
        said(shelf, project, ytd=601 * WAN)
    assert refused.value.code == "reporting.held_elsewhere"
    assert "国家重大建设项目库已有（600万元，截至 2019-03-31）" in str(refused.value)
    with pytest.raises(Refusal):
        actions.save_report(
            actor=shelf.cast.actor("reporter"),
            project=project,
            expected=expected(MONTH, MARCH, official_calendar()),
            content=ReportContent(ytd=601 * WAN),
        )
    with pytest.raises(Refusal):
        said(shelf, project, "office", ytd=601 * WAN)
    with pytest.raises(Refusal):
        said(shelf, project, ytd=601 * WAN, reason="与发票不符")
    report = said(shelf, project, "office", ytd=601 * WAN, reason="国库多报一笔")
    assert report.content["ytd"] == 601 * WAN


def test_what_another_system_holds_is_taken_over_and_not_typed(shelf, row, annual, project):
    accepted(shelf, row, annual, (1, "本年完成投资", 600))
    report = said(shelf, project, words="主体封顶")
    assert report.content == {"ytd": 600 * WAN, "words": "主体封顶"}
    with at_day("2019-04-01"):
        again = said(shelf, Project.objects.get(name=NAMES[1]), ytd=5 * WAN)
        assert again.content == {"ytd": 5 * WAN}


def test_a_week_of_the_month_is_another_period(shelf, row, annual, project):
    accepted(shelf, row, annual, (1, "本年完成投资", 600))
    assert held_values([project], MARCH)[project.pk]
    assert held_values([project], Period.parse("2019-W13")) == {}


def test_the_same_file_again_changes_nothing_and_a_newer_one_does(shelf, row, annual, project):
    first = accepted(shelf, row, annual, (1, "本年完成投资", 600))
    data = edited(exported(shelf.cast, row, annual), (1, "本年完成投资", 620))
    other = shelf.cast.client("office").post(
        f"/reports/layouts/{row.public_id}/receive/",
        {"list": annual.public_id, "period": "2019-03", "file": upload(data)},
    )
    assert other.url != first
    version = LayoutReturn.objects.latest("pk").version
    shelf.cast.client("office").post(other.url, {"seen": version})
    kept = HeldValue.objects.get(project=project)
    assert kept.value == 620 * WAN
    shelf.cast.client("office").post(other.url, {"seen": version})
    assert HeldValue.objects.get(project=project).version == kept.version


def test_doubtful_rows_are_decided_before_anything_is_accepted(shelf, row, annual, project):
    changes = ((1, "项目代码", None), (1, "项目名称", "青桐路快速化改造工程一期项目部"), (1, "本年完成投资", 600))
    url = came_back(shelf, row, annual, *changes)
    client = shelf.cast.client("office")
    assert "是哪个项目" in client.get(url).content.decode()
    version = LayoutReturn.objects.get().version
    refused = client.post(url, {"seen": version})
    assert refused.status_code == 422
    assert "还有 1 行没有选定" in refused.content.decode()
    assert not HeldValue.objects.exists()
    looked = client.post(url, {"seen": version, "look": "1", "row.1": str(project.public_id)}).content.decode()
    assert "600万元" in looked
    assert client.post(url, {"seen": version, "row.1": str(project.public_id)}).status_code == 302
    assert held_values([project], MARCH)[project.pk]["ytd"].value == 600 * WAN
    assert LayoutReturn.objects.get().decisions == {"1": str(project.public_id)}


def test_a_return_that_was_given_up_holds_nothing(shelf, row, annual, project):
    url = came_back(shelf, row, annual, (1, "本年完成投资", 600))
    assert shelf.cast.client("office").post(f"{url}drop/").status_code == 302
    assert "已放弃" in shelf.cast.client("office").get(url).content.decode()
    assert not HeldValue.objects.exists()
    with pytest.raises(Refusal) as refused:
        actions.accept_layout(actor=shelf.office, row=LayoutReturn.objects.get(), seen=2, values=[], decisions={})
    assert refused.value.code == "reporting.layout_done"


def test_two_who_accept_one_return_see_each_other(shelf, row, annual, project):
    url = came_back(shelf, row, annual, (1, "本年完成投资", 600))
    assert shelf.cast.client("office").post(url, {"seen": "9"}).status_code == 409
    assert not HeldValue.objects.exists()


def test_only_the_office_reads_an_export_back(shelf, row, annual, project):
    url = came_back(shelf, row, annual, (1, "本年完成投资", 600))
    assert shelf.cast.client("reporter").get(url).status_code == 403
    held = compared(shelf.office, LayoutReturn.objects.get(), stored(row.layout), {}).held
    with pytest.raises(Refusal):
        actions.accept_layout(
            actor=shelf.cast.actor("reporter"),
            row=LayoutReturn.objects.get(),
            seen=1,
            values=[(one.project, one.source, one.value) for one in held],
            decisions={},
        )


def counted(shelf, project):
    return fill_counts([project], MARCH).get(project.unit_id)


def test_a_cell_is_typed_twice_until_it_is_handed_over(shelf, row, annual, project):
    said(shelf, project, ytd=500 * WAN, words="主体封顶", next_plan="装修")
    assert counted(shelf, project) == FillCount(3, 2, 2)
    page = shelf.cast.client("reporter").get("/reports/layouts/?month=2019-03").content.decode()
    assert "其他系统也要 2 格" in page
    with at_day("2019-04-02"):
        client = shelf.cast.client("office")
        address = f"/reports/layouts/{row.public_id}/book/"
        client.post(address, {"list": annual.public_id, "period": "2019-03"})
        # nothing is accepted yet, so the sheet went out without those cells
        assert counted(shelf, project) == FillCount(3, 2, 2)
        report = Report.objects.get()
        actions.check_reports(actor=shelf.cast.actor("reviewer"), reports=[(report, report.version)])
        report.refresh_from_db()
        actions.accept_reports(actor=shelf.office, reports=[(report, report.version)])
        client.post(address, {"list": annual.public_id, "period": "2019-03"})
        assert counted(shelf, project) == FillCount(3, 2, 0)
    (one,) = unit_counts(shelf.office, MARCH)
    assert (one.unit.pk, one.count.twice) == (project.unit_id, 0)


def test_nothing_is_counted_where_no_sheet_is_used(shelf, row, project):
    client = shelf.cast.client("reporter")
    said(shelf, project, ytd=5 * WAN)
    assert 'aria-label="重复填报"' in client.get("/reports/layouts/?month=2019-03").content.decode()
    actions.stop_layout(actor=shelf.office, row=row, seen=row.version)
    page = client.get("/reports/layouts/?month=2019-03").content.decode()
    assert "由项目办启用后，在这里导出" in page
    assert "启用后按单位统计" in page
    assert 'aria-label="重复填报"' not in page


def test_a_cell_taken_over_is_typed_once(shelf, row, annual, project):
    accepted(shelf, row, annual, (1, "本年完成投资", 600))
    with at_day("2019-04-01"):
        said(shelf, project, next_plan="装修")
    assert counted(shelf, project) == FillCount(2, 1, 0)


def test_a_layout_that_is_not_used_counts_nothing(shelf, row, annual, project):
    said(shelf, project, ytd=500 * WAN)
    actions.stop_layout(actor=shelf.office, row=row, seen=row.version)
    assert counted(shelf, project) == FillCount(1, 0, 0)


def test_what_was_accepted_is_taken_back_with_a_reason_and_can_be_accepted_anew(shelf, row, annual, project):
    url = accepted(shelf, row, annual, (1, "本年完成投资", 600))
    client = shelf.cast.client("office")
    client.post(f"{url}withdraw/", {"reason": " "})
    assert held_values([project], MARCH)
    client.post(f"{url}withdraw/", {"reason": "读错了文件"})
    assert held_values([project], MARCH) == {}
    assert "已收回" in client.get(url).content.decode()
    assert said(shelf, project, ytd=5 * WAN).content == {"ytd": 5 * WAN}
    with open_file(LayoutReturn.objects.get()) as file:
        again = client.post(
            f"/reports/layouts/{row.public_id}/receive/",
            {"list": annual.public_id, "period": "2019-03", "file": upload(file.read())},
        )
    assert again.url == url
    client.post(url, {"seen": LayoutReturn.objects.get().version})
    assert held_values([project], MARCH)[project.pk]["ytd"].value == 600 * WAN
    assert HeldValue.objects.filter(project=project).count() == 1


def test_what_was_typed_before_the_other_system_was_read_can_be_saved_but_not_handed_in(shelf, row, annual, project):
    def saved(**content):
        known = Report.objects.filter(project=project).first()
        return actions.save_report(
            actor=shelf.cast.actor("reporter"),
            project=project,
            expected=expected(MONTH, MARCH, official_calendar()),
            content=ReportContent(**content),
            seen=getattr(known, "version", None),
        )

    saved(ytd=500 * WAN)
    accepted(shelf, row, annual, (1, "本年完成投资", 600))
    assert saved(ytd=500 * WAN, words="主体封顶").content["words"] == "主体封顶"
    with pytest.raises(Refusal):
        saved(ytd=501 * WAN)
    with pytest.raises(Refusal) as refused:
        said(shelf, project, ytd=500 * WAN, words="主体封顶")
    assert refused.value.code == "reporting.held_elsewhere"
    assert said(shelf, project, words="主体封顶").content["ytd"] == 600 * WAN
