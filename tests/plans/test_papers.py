"""任务单、路线图、时间表: what they hold, read back from the files; whose they are; when there is nothing to print."""

import io
import re
import zipfile
from datetime import date, datetime

import pytest
from django.urls import reverse

from guatu.core.actor import OPERATOR
from guatu.core.models import AccessLog
from guatu.domain.periods import Period
from guatu.library.models import Project
from guatu.people import actions as people
from guatu.plans.exports.mspdi import write_mspdi
from guatu.plans.imports.mspdi import read_mspdi
from guatu.plans.models import Node
from guatu.plans.papers.tasks import FINISH, GO_ON, LATE, START, asked
from guatu.plans.queries.chart import chart_nodes
from guatu.plans.queries.papers import paper_plans
from guatu.plans.queries.plan import plan_of
from tests.dispatch.conftest import cast, district
from tests.dispatch.plans import give_plan, say
from tests.figures.conftest import YI
from tests.plans.papers import (
    BARE,
    CANAL,
    ROAD,
    SECRET,
    docx_rows,
    docx_words,
    pdf_words,
    sheet_rows,
    shelf,
)
from tests.support.query_counts import count

__all__ = ["cast", "district", "shelf"]
DAY = date(2019, 4, 2)
APRIL = {"kind": "tasks", "span": "2019-04"}


# -- 任务单 ------------------------------------------------------------------------------------------------------------
def test_the_task_sheet_of_a_month_has_what_is_due_what_goes_on_and_what_is_late(shelf):
    rows = sheet_rows(shelf.file("office", "xlsx", **APRIL))
    assert rows[0][0] == "西工区区级重点项目2019年4月任务单"
    head = " ".join(filter(None, rows[1]))
    assert "名单：2019 年区重点项目" in head
    assert "期间：2019年4月（4月1日至4月30日）" in head
    assert "数据截至：2019年4月2日" in head
    assert "签发单位：重点项目建设办公室" in head
    tasks = [row for row in rows if isinstance(row[0], int)]
    assert [(row[1], row[2], row[3], row[4], row[5]) for row in tasks] == [
        ("桩基完成", "补完成", "80/120根", "桩基检测报告", "区住房和城乡建设局"),
        ("主体封顶", "推进", None, None, "区商务局"),
        ("清淤", "完成", None, None, "区商务局"),
        ("岸线", "开始", None, None, "区商务局"),
    ]
    assert [row[6].date() for row in tasks] == [
        date(2019, 3, 20),
        date(2019, 10, 15),
        date(2019, 4, 25),
        date(2020, 2, 29),
    ]
    assert [row[7] for row in tasks] == ["滞后 迟 23 天", "预警", "未到期", "未到期"]


def test_projects_head_their_tasks_with_unit_leader_and_version(shelf):
    lead = shelf.cast.post("lead")
    heads = [row[0] for row in sheet_rows(shelf.file("office", "xlsx", **APRIL)) if "责任单位：" in str(row[0])]
    who = lead.holder or lead.title
    assert heads[0].startswith(f"{ROAD}（名单第 1 号）　责任单位：区住房和城乡建设局　分包领导：{who}")
    assert heads[0].endswith("调整（第 2 版）　期限\u00a02019-12-30")
    assert heads[1].endswith("原计划（第 1 版）　期限\u00a02020-03-31")


def test_docx_and_pdf_say_what_the_workbook_says(shelf):
    sheet = [row for row in sheet_rows(shelf.file("office", "xlsx", **APRIL)) if isinstance(row[0], int)]
    printed = [row for row in docx_rows(shelf.file("office", "docx", **APRIL)) if row[0].isdecimal()]
    told = [[str(cell.date()) if isinstance(cell, datetime) else str(cell or "—") for cell in row] for row in sheet]
    assert printed == told
    pdf = pdf_words(shelf.file("office", "pdf", **APRIL))
    for row in told:
        assert "".join(row[1].split()) in pdf
        assert row[6] in pdf
    assert "签发人：" in pdf
    assert "责任单位签收：" in pdf


def test_what_was_due_before_can_be_left_out(shelf):
    rows = sheet_rows(shelf.file("office", "xlsx", late="0", **APRIL))
    assert "桩基完成" not in [row[1] for row in rows]
    assert "清淤" in [row[1] for row in rows]


def test_a_units_sheet_has_its_projects_and_its_nodes_in_projects_of_others(shelf):
    unit = str(shelf.cast.unit("commerce").public_id)
    rows = sheet_rows(shelf.file("office", "xlsx", unit=unit, **APRIL))
    assert rows[0][0] == "区商务局重点项目2019年4月任务单"
    assert [row[1] for row in rows if isinstance(row[0], int)] == ["主体封顶", "清淤", "岸线"]
    road = sheet_rows(shelf.file("office", "xlsx", unit=unit, kind="timetable", span="2019"))
    assert [row[1] for row in road if isinstance(row[0], int)] == [CANAL]


def test_a_leaders_sheet_has_the_leaders_projects(shelf):
    lead = shelf.cast.post("lead")
    rows = sheet_rows(shelf.file("office", "xlsx", lead=str(lead.public_id), **APRIL))
    assert rows[0][0] == f"{lead.holder or lead.title}分包重点项目2019年4月任务单"
    assert [row[1] for row in rows if isinstance(row[0], int)] == ["桩基完成", "主体封顶"]


def test_projects_without_an_approved_plan_are_named(shelf):
    text = docx_words(shelf.file("office", "docx", **APRIL))
    assert f"另有 1 个项目尚无批准的计划，未列节点：{BARE}" in text
    assert "共 2 个项目、4 项任务，其中 1 项应在本期以前完成" in text


def test_what_a_span_asks_of_a_node(shelf):
    nodes = {node.name: node for node in paper_plans([shelf.project(ROAD)], DAY)[shelf.project(ROAD).pk].nodes}
    asks = {
        "2019-01": {"施工许可": START},
        "2019-02": {"施工许可": FINISH, "桩基完成": START},
        "2019-03": {"桩基完成": FINISH, "主体封顶": START},
        "2019-04": {"桩基完成": LATE, "主体封顶": GO_ON},
        "2019-10": {"桩基完成": LATE, "主体封顶": FINISH},
        "2019-Q4": {"桩基完成": LATE, "主体封顶": FINISH, "竣工验收": FINISH},
        "2019": dict.fromkeys(nodes, FINISH),
        "2020-01": {"桩基完成": LATE},
    }
    for code, wanted in asks.items():
        span = Period.parse(code)
        told = {name: asked(node, span, DAY) for name, node in nodes.items()}
        assert {name: ask for name, ask in told.items() if ask} == wanted, code


def test_a_february_of_29_days_has_its_last_day(shelf):
    canal = shelf.project(CANAL)
    node = paper_plans([canal], DAY)[canal.pk].nodes[1]
    assert node.days.planned_finish == date(2020, 2, 29)
    assert asked(node, Period.parse("2020-02"), DAY) == FINISH
    assert asked(node, Period.parse("2020-03"), date(2020, 3, 1)) == LATE
    mine = {"project": str(canal.public_id), "kind": "tasks"}
    rows = sheet_rows(shelf.file("office", "xlsx", span="2020-02", **mine))
    assert "期间：2020年2月（2月1日至2月29日）" in " ".join(filter(None, rows[1]))
    assert [row[6].date() for row in rows if row[1] == "岸线"] == [date(2020, 2, 29)]


# -- 路线图 ------------------------------------------------------------------------------------------------------------
def test_the_roadmap_has_the_steps_in_turn_the_driving_path_and_today(shelf):
    asked_for = {"project": str(shelf.project(ROAD).public_id), "kind": "roadmap", "span": "all"}
    rows = docx_rows(shelf.file("office", "docx", **asked_for))
    names = [row[1] or row[0] for row in rows[1:]]
    assert names == ["施工许可", "桩基完成", "主体封顶", "—— 今天（2019年4月2日） ——", "◆ 竣工验收"]
    steps = {row[1]: row for row in rows}
    assert [steps[name][3] for name in ("施工许可", "桩基完成", "主体封顶", "◆ 竣工验收")] == ["", "", "", "★"]
    assert steps["主体封顶"][2] == "2"
    assert steps["主体封顶"][5] == "2019-03-21—2019-10-15"
    assert steps["桩基完成"][6] == "预计完成 2019-04-12 迟 23 天"
    pdf = shelf.file("office", "pdf", **asked_for)
    told = pdf_words(pdf)
    for words in (ROAD, "施工许可", "实际完成2019-02-08", "今天（4月2日）", "关键线路", "调整（第2版）", "里程碑"):
        assert words in told
    assert pdf.startswith(b"%PDF")
    assert b"/Subtype /Image" not in pdf  # drawn, not painted


def test_the_driving_path_goes_back_over_delays_and_over_links_without_a_day_to_spare(shelf):
    project = shelf.district.project("接力", total=YI, planned=YI)
    nodes = give_plan(
        project,
        (
            ("甲", "2019-04-02", "2019-04-04"),  # a Thursday; 5 April 2019 is a day off, so nothing lies between
            ("乙", "2019-04-08", "2019-04-19"),
            ("丙", "2019-05-20", "2019-06-28"),
        ),
        deadline="2019-12-30",
    )
    Node.objects.filter(plan__project=project).update(duration_unit="workday")

    def critical():
        return [node.name for node in paper_plans([project], DAY)[project.pk].nodes if node.critical]

    assert critical() == ["丙"]  # it has a month to spare behind 乙
    say(nodes[1], "forecast", None, "2019-06-30", on="2019-04-01")
    assert critical() == ["乙", "丙"]  # 乙 is expected late by itself: nothing hangs on 甲
    say(nodes[1], "forecast", None, None, on="2019-04-02")
    say(nodes[0], "forecast", None, "2019-06-28", on="2019-04-02")
    assert critical() == ["甲", "乙", "丙"]
    assert chart_nodes([project.pk], DAY)[project.pk].path == (0, 1, 2)  # the wall says the same


def test_a_projects_own_closure_between_two_nodes_is_no_day_to_spare(shelf):
    project = shelf.district.project("停工", total=YI, planned=YI)
    give_plan(project, (("甲", "2019-04-08", "2019-04-12"), ("乙", "2019-04-29", "2019-05-24")), deadline="2019-12-30")
    Node.objects.filter(plan__project=project).update(duration_unit="workday")
    assert chart_nodes([project.pk], DAY)[project.pk].path == (1,)
    days, subject = {"starts_on": date(2019, 4, 13), "ends_on": date(2019, 4, 28)}, project.trail_subject()
    people.add_closure(actor=OPERATOR, region=project.region, subject=subject, words="文物勘探", document="函", **days)
    assert chart_nodes([project.pk], DAY)[project.pk].path == (0, 1)


def test_many_projects_stand_on_one_roadmap_with_their_numbers(shelf):
    told = pdf_words(shelf.file("office", "pdf", kind="roadmap", span="2019"))
    assert f"1.{ROAD}" in told
    assert f"2.{CANAL}" in told
    assert "期限2020-03-31" in told
    assert "“桩基完成”应于2019年3月20日完成，已逾期，迟23天。" in told
    assert "接下来是“主体封顶”，计划2019年10月15日完成。" in told
    assert "接下来是“桩基完成”" not in told
    assert BARE in told  # among those without a plan


# -- 时间表 ------------------------------------------------------------------------------------------------------------
def test_the_timetable_of_many_has_each_months_nodes(shelf):
    rows = sheet_rows(shelf.file("office", "xlsx", kind="timetable", span="2019-04"))
    assert rows[0][0] == "西工区区级重点项目2019年时间表"
    road = next(row for row in rows if row[1] == ROAD)
    assert road[:4] == (1, ROAD, "区住房和城乡建设局", "调整（第 2 版）")
    assert road[4:] == (
        *(None, "施工许可（10日）√", "桩基完成（20日）迟 23 天"),
        *(None,) * 6,
        *("主体封顶（15日）", None, "竣工验收（20日）"),
    )
    canal = next(row for row in rows if row[1] == CANAL)
    assert canal[7] == "清淤（25日）"
    assert "29日" not in str(canal)  # next year's


def test_one_projects_timetable_has_the_numbers_of_its_page(shelf):
    project = shelf.project(ROAD)
    mine = {"project": str(project.public_id), "kind": "timetable", "span": "all"}
    rows = [row for row in sheet_rows(shelf.file("office", "xlsx", **mine)) if isinstance(row[0], int)]
    lines = plan_of(project, DAY).lines
    assert [row[8:10] for row in rows] == [
        tuple(f"+{n}" if n > 0 else str(n).replace("-", "−") for n in (line.slip, line.slip_first)) for line in lines
    ]
    assert [tuple(cell and cell.date() for cell in row[3:8]) for row in rows] == [
        (
            line.days.planned_start,
            line.days.planned_finish,
            None if line.days.done else line.days.forecast_finish,
            line.days.actual_start,
            line.days.actual_finish,
        )
        for line in lines
    ]
    assert rows[2][9] == "+15"  # against the first version
    year = sheet_rows(shelf.file("office", "xlsx", **{**mine, "span": "2019-Q4"}))
    assert [row[1] for row in year if isinstance(row[0], int)] == ["主体封顶", "竣工验收"]


def test_names_of_eighty_characters_are_printed_whole(shelf):
    name = "超长节点" * 20
    Node.objects.filter(name="主体封顶").update(name=name)
    project = shelf.project(ROAD)
    Project.objects.filter(pk=project.pk).update(name="特别长的项目名称" * 10)
    for kind in ("tasks", "roadmap", "timetable"):
        for whose in ({}, {"project": str(project.public_id)}):
            asked_for = {"kind": kind, "span": "2019", **whose}
            assert name in docx_words(shelf.file("office", "docx", **asked_for)).replace("\n", ""), asked_for
            told = pdf_words(shelf.file("office", "pdf", **asked_for))
            # whole wherever it stands; a roadmap also names it as the next node
            assert told.count("超") == (40 if kind == "roadmap" else 20), asked_for
            assert told.count("别") >= 10, asked_for


# -- nothing to print --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("ending", ["pdf", "docx", "xlsx"])
def test_without_a_project_a_sentence_stands_instead_of_a_paper(shelf, ending):
    unit = str(shelf.cast.unit("commerce").public_id)
    lead = str(shelf.cast.post("lead").public_id)
    answer = shelf.get("office", ending, kind="timetable", span="2019", unit=unit, lead=lead)
    assert answer.status_code == 422
    assert "没有符合条件的项目，没有生成文件" in answer.content.decode()
    page = shelf.get("office", kind="timetable", span="2019", unit=unit, lead=lead).content.decode()
    assert "没有符合条件的项目" in page
    assert "formaction" not in page


def test_without_an_approved_plan_a_sentence_says_so(shelf):
    mine = {"project": str(shelf.project(BARE).public_id), "kind": "tasks", "span": "2019"}
    assert "尚无批准的计划" in shelf.get("office", **mine).content.decode()
    for ending in ("pdf", "docx", "xlsx"):
        answer = shelf.get("office", ending, **mine)
        assert answer.status_code == 422
        assert "所选 1 个项目都没有可以列出的节点（尚无批准的计划）" in answer.content.decode()


def test_a_span_without_nodes_is_told(shelf):
    mine = {"project": str(shelf.project(CANAL).public_id), "kind": "tasks", "span": "2019-01"}
    answer = shelf.get("office", "docx", **mine)
    assert answer.status_code == 422
    assert f"“{CANAL}2019年1月任务单”在所选期间没有节点" in answer.content.decode()


def test_a_roadmap_is_no_workbook(shelf):
    assert "路线图有 PDF、docx" in shelf.get("office", "xlsx", kind="roadmap").content.decode()
    assert shelf.get("office", "exe", **APRIL).status_code == 422
    assert shelf.get("office", "pdf", kind="secret").status_code == 422
    wrong = shelf.get("office", "pdf", kind="roadmap", span="all")
    assert wrong.status_code == 422
    assert "没有“all”这一项" in wrong.content.decode()


# -- whose -------------------------------------------------------------------------------------------------------------
def test_each_post_prints_what_it_sees(shelf):
    both, unit, nothing = {ROAD, CANAL}, {ROAD}, set()
    seen = {"head": both, "office": both, "supervision": both, "superior": both, "lead": both, "reporter": unit}
    seen |= {"reviewer": unit, "other_reporter": {CANAL}, "owner": nothing, "street": nothing, "outsider": nothing}
    for who, wanted in seen.items():
        answer = shelf.get(who, "xlsx", **APRIL)
        if not wanted:
            assert answer.status_code == 422, who
            continue
        assert answer.status_code == 200, who
        heads = [str(row[0]) for row in sheet_rows(answer.content)]
        assert {name for name in both if any(name in head for head in heads)} == wanted, who
    for who in ("system_admin", "audit_admin"):
        assert shelf.get(who).status_code == 403
        assert shelf.get(who, "pdf", **APRIL).status_code == 403


@pytest.mark.parametrize("who", ["outsider", "other_reporter"])
def test_a_project_or_list_out_of_reach_does_not_exist(shelf, who):
    mine = {"project": str(shelf.project(ROAD).public_id), "kind": "roadmap", "span": "all"}
    assert shelf.get(who, "pdf", **mine).status_code == 404
    assert shelf.get(who, **mine).status_code == 404
    assert shelf.get("office", project="no-such-project").status_code == 404
    listed = {"list": str(shelf.district.annual_list.public_id), **APRIL}
    assert shelf.get("outsider", "pdf", **listed).status_code == 404


def test_leaders_names_stand_only_where_the_post_may_see_them(shelf):
    lead = shelf.cast.post("lead")
    Project.objects.filter(name=ROAD).update(lead=lead)
    type(lead).objects.filter(pk=lead.pk).update(holder="某领导")
    for who, named in (("office", True), ("lead", True), ("reporter", False), ("supervision", False)):
        for kind in ("tasks", "roadmap"):
            text = docx_words(shelf.file(who, "docx", kind=kind, span="2019-04"))
            assert ("某领导" in text) is named, (who, kind)
        assert ('name="lead"' in shelf.get(who).content.decode()) is named, who
    assert shelf.get("reporter", "docx", lead=str(lead.public_id), **APRIL).status_code in (200, 422)


def test_sensitive_projects_stay_out_of_papers_and_are_counted(shelf):
    hidden = shelf.district.project(SECRET, total=YI, planned=YI)
    Project.objects.filter(pk=hidden.pk).update(secrecy="sensitive")
    give_plan(hidden, (("清表", "2019-04-01", "2019-04-20"),), deadline="2019-12-30")
    assert SECRET in docx_words(shelf.file("office", "docx", **APRIL))
    text = docx_words(shelf.file("supervision", "docx", **APRIL))
    assert SECRET not in text
    assert "另有 1 个敏感项目未列入" in text
    assert "另有 1 个敏感项目不列入" in shelf.get("supervision", **APRIL).content.decode()
    mine = {"project": str(hidden.public_id), "kind": "tasks", "span": "2019"}
    assert shelf.get("supervision", "docx", **mine).status_code == 404


def test_a_download_is_logged_once_with_what_it_is(shelf):
    shelf.file("office", "docx", **APRIL)
    row = AccessLog.objects.get(event="export")
    assert str(shelf.district.annual_list.public_id) in row.subject
    assert row.detail == "西工区区级重点项目2019年4月任务单_20190402.docx"


# -- where it is found -------------------------------------------------------------------------------------------------
def test_the_page_counts_what_the_paper_will_hold(shelf):
    page = shelf.get("office", **APRIL).content.decode()
    assert "所选 3 个项目，其中 2 个有节点。" in page
    assert "本期共 2 个项目、4 项任务。" in page
    assert "其中 1 项应在本期以前完成。" in page
    assert "另有 1 个项目尚无批准的计划。" in page
    assert re.findall(r'formaction="([^"]+)"', page) == [
        f"/plans/papers/paper.{kind}" for kind in ("pdf", "docx", "xlsx")
    ]
    assert "西工区" not in shelf.get("office", kind="tasks", span="2025-04").content.decode().split("<main")[0][-1]
    assert shelf.get("office", kind="tasks", span="2025-04").status_code == 200  # the same month of the list's year


def test_project_list_and_wall_chart_lead_to_the_papers(shelf):
    client = shelf.cast.client("office")
    project, listed = shelf.project(ROAD), shelf.district.annual_list
    tab = client.get(reverse("library:project", args=[project.public_id]) + "?tab=plan").content.decode()
    for address in (
        f"/wallchart/projects/{project.public_id}/print/a3/",
        f"/plans/papers/?project={project.public_id}&amp;kind=tasks&amp;span=2019",
        f"/plans/papers/?project={project.public_id}&amp;kind=roadmap&amp;span=all",
        f"/plans/papers/?project={project.public_id}&amp;kind=timetable&amp;span=2019",
    ):
        assert address in tab
        assert client.get(address.replace("&amp;", "&")).status_code == 200
    page = client.get(reverse("library:list", args=[listed.public_id])).content.decode()
    assert reverse("figures:target_sheet", args=[listed.public_id]) in page
    assert f"/plans/papers/?list={listed.public_id}" in page
    assert f"/plans/papers/?list={listed.public_id}" in client.get("/wallchart/").content.decode()


def test_who_may_not_see_figures_gets_no_link_to_the_target_sheet(shelf):
    shelf.district.assign(shelf.project(ROAD), "supporting", unit=shelf.cast.unit("authority_unit"))
    address = reverse("library:list", args=[shelf.district.annual_list.public_id])
    page = shelf.cast.client("authority").get(address).content.decode()
    assert reverse("figures:target_sheet", args=[shelf.district.annual_list.public_id]) not in page
    assert "/plans/papers/?list=" in page


def test_more_projects_ask_no_more_queries(shelf):
    few = count(lambda: shelf.file("office", "xlsx", **APRIL))
    for number in range(9):
        project = shelf.district.project(f"加 {number}", total=YI, planned=YI)
        shelf.district.assign(project, "responsible", unit=shelf.cast.unit("housing"))
        give_plan(project, (("验收", "2019-04-01", "2019-04-20"),), deadline="2019-12-30")
    assert count(lambda: shelf.file("office", "xlsx", **APRIL)) <= few


# -- the whole file ----------------------------------------------------------------------------------------------------
def test_a_projects_whole_file_has_its_plan_and_its_targets(shelf):
    project = shelf.project(ROAD)
    answer = shelf.cast.client("office").get(reverse("library:file", args=[project.public_id]))
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    names = archive.namelist()
    index = archive.read("00 索引.txt").decode()

    def content(part):
        name = next(name for name in names if part in name)
        assert name in index
        return archive.read(name)

    versions = content("计划版本").decode("utf-8-sig").splitlines()
    assert [line.split(",")[:2] for line in versions[1:]] == [["1", "2019-01-05"], ["2", "2019-03-25"]]
    records = content("节点记录").decode("utf-8-sig")
    assert "2019-03-28,桩基完成,预计,,2019-04-12" in records
    assert "2019-03-25,桩基完成,实物量,,,80" in records
    targets = content("目标.csv").decode("utf-8-sig").splitlines()
    assert targets[1] == f"2019 年区重点项目,2019年,{4 * YI},按工作日平均"
    months = [int(line.split(",")[2]) for line in targets[1:] if "月," in line]
    assert len(months) == 12
    assert sum(months) == 4 * YI
    rows = sheet_rows(content("节点计划.xlsx"))
    assert [row[1] for row in rows[2:]] == ["施工许可", "桩基完成", "主体封顶", "竣工验收"]
    plan = read_mspdi(content(".xml"), name=project.name)
    assert [(node.name, node.finish) for node in plan.nodes][2] == ("主体封顶", date(2019, 10, 15))
    assert len(plan.baselines) == 2
    assert write_mspdi(plan)


def test_the_whole_file_of_a_project_without_a_plan_has_no_empty_plan(shelf):
    address = reverse("library:file", args=[shelf.project(BARE).public_id])
    names = zipfile.ZipFile(io.BytesIO(shelf.cast.client("office").get(address).content)).namelist()
    assert not [name for name in names if "计划" in name or "节点" in name]
    assert [name for name in names if "目标" in name]


def test_more_projects_than_a_paper_holds_are_refused_and_none_is_left_out_unsaid(shelf, monkeypatch):
    monkeypatch.setattr("guatu.plans.papers.selection.MOST", 1)
    for answer in (
        shelf.get("office", "xlsx", **APRIL),
        shelf.cast.client("office").get(reverse("plans:papers"), APRIL),
    ):
        assert answer.status_code == 422
        assert "一份文件最多 1 个" in answer.content.decode()
    lead = str(shelf.cast.post("lead").public_id)  # counted after the choice of a unit or leader, not before
    unit = str(shelf.cast.unit("commerce").public_id)
    assert shelf.get("office", "xlsx", lead=lead, **APRIL).status_code == 200
    assert shelf.get("office", "xlsx", unit=unit, kind="timetable", span="2019").status_code == 200
