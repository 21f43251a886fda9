"""The library's pages over HTTP: what is shown, what a form does, what is refused, and that nobody sees too much."""

import io
import re
import zipfile
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from guatu.core import pages
from guatu.core.models import AccessLog, TrailEntry
from guatu.library import actions
from guatu.library.models import AnnualList, Project, StageChange
from guatu.library.queries.search import find_projects
from guatu.people.models import Post
from guatu.reporting import actions as reporting
from tests.library.conftest import YI

JAN = date(2019, 1, 1)


@pytest.fixture
def street(shelf):
    """A project in the district's list, with people, money and a stage."""
    project = shelf.project(total=28 * YI, code="2019-410303-48-01-100371", stage="preliminary", contact="王某")
    annual_list = shelf.list()
    shelf.enter(annual_list, project, plan=4 * YI)
    cast = shelf.cast
    actions.assign(actor=shelf.office, project=project, role="responsible", unit=cast.unit("housing"), on=JAN)
    actions.assign(actor=shelf.office, project=project, role="lead", post=cast.post("lead"), on=JAN)
    row = reporting.ReadingRow(project=project, on=date(2019, 3, 28), cumulative=6 * YI, ytd=YI, words="桩基 41%")
    reporting.record_readings(actor=shelf.office, rows=[row])
    project.refresh_from_db()
    return project


def url(name, row=None):
    return reverse(f"library:{name}", args=[row.public_id] if row is not None else [])


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


def test_the_table_shows_totals_first_and_only_what_the_post_may_see(shelf, street):
    shelf.project("邻区项目", region="other_district")
    shelf.project("别的单位的项目", total=2 * YI)
    office = text_of(shelf.cast.client("office").get(url("projects"), {"list": "all"}))
    assert "30.00" in office
    assert "别的单位的项目" in office
    assert "邻区项目" not in office
    reporter = text_of(shelf.cast.client("reporter").get(url("projects")))
    assert street.name in reporter
    assert "别的单位的项目" not in reporter
    assert "28.00" in reporter


def test_the_table_of_a_list_holds_its_projects_with_their_plan(shelf, street):
    shelf.project("不在名单里的项目")
    annual_list = AnnualList.objects.get()
    page = text_of(shelf.cast.client("office").get(url("projects"), {"list": str(annual_list.public_id)}))
    assert street.name in page
    assert "新开工" in page
    assert "4.00" in page
    assert "不在名单里的项目" not in page


@pytest.mark.parametrize("text", ["青桐", "qtlk", "青桐路快速化改造(一期)", "100371"])
def test_a_project_is_found_by_part_of_its_name_initials_brackets_apart_and_code(shelf, street, text):
    shelf.project("锦堂里改造")
    assert find_projects(shelf.office, text) == [street]
    page = text_of(shelf.cast.client("office").get(url("projects"), {"q": text}))
    assert street.name in page
    assert "锦堂里" not in page


def test_a_list_that_there_is_not_is_not_taken_for_all_projects(shelf, street):
    client = shelf.cast.client("office")
    assert client.get(url("projects"), {"list": "zz"}).status_code == 404
    assert client.get(url("projects"), {"list": str(uuid4())}).status_code == 404
    assert client.get(url("projects"), {"list": "all"}).status_code == 200


def test_a_link_carries_neither_a_long_search_nor_what_the_page_does_not_know(shelf, street):
    odd = "&".join(f"odd{number}=x" for number in range(300))
    address = f"{url('projects')}?list=all&q={'q' * 4000}&{odd}"
    page = text_of(shelf.cast.client("office").get(address))
    links = re.findall(r'href="([^"]*)"', page)
    assert [link for link in links if "q" * 80 in link]
    assert [link for link in links if "q" * 101 in link or "odd250" in link] == []
    assert len(page) < 200_000


def test_search_never_finds_what_one_may_not_see(shelf, street):
    assert find_projects(shelf.cast.actor("other_reporter"), "青桐") == []
    assert find_projects(shelf.cast.actor("outsider"), "青桐") == []
    assert find_projects(shelf.cast.actor("reporter"), "青桐") == [street]


def test_a_sensitive_project_stands_in_the_table_and_not_in_other_peoples_files(shelf):
    shelf.project("某平台", secrecy="sensitive")
    supervision, office = shelf.cast.client("supervision"), shelf.cast.client("office")
    assert "某平台" in text_of(supervision.get(url("projects")))
    for client, inside in ((supervision, False), (office, True)):
        response = client.get(url("projects"), {"export": "csv"})
        assert ("某平台" in b"".join(response.streaming_content).decode("utf-8-sig")) is inside


@pytest.mark.parametrize("tab", ["overview", "money", "stages", "people", "entries", "history"])
def test_every_tab_of_a_project_opens(shelf, street, tab):
    page = text_of(shelf.cast.client("office").get(url("project", street), {"tab": tab}))
    assert street.name in page
    wanted = {
        "overview": "五个一",
        "money": "2019年逐月完成投资",
        "stages": "前期",
        "people": "区住房和城乡建设局",
        "entries": "2019年区级重点项目名单",
        "history": "登记项目",
    }
    assert wanted[tab] in page


def test_a_project_out_of_scope_answers_as_one_that_does_not_exist(shelf, street):
    for name in ("project", "change", "stage", "assign", "profile", "file"):
        assert shelf.cast.client("outsider").get(url(name, street)).status_code == 404
        assert shelf.cast.client("office").get(url(name, street)).status_code == 200
    assert shelf.cast.client("other_reporter").get(url("project", street)).status_code == 404


def test_the_contact_is_shown_only_to_those_who_work_with_it(shelf, street):
    assert "王某" in text_of(shelf.cast.client("office").get(url("project", street)))
    assert "王某" not in text_of(shelf.cast.client("supervision").get(url("project", street)))


def test_a_leaders_name_beside_a_project_is_for_that_leader_the_head_and_the_office(shelf, street):
    lead = shelf.cast.post("lead")
    lead.holder = "甲乙丙"
    lead.save()
    for who in ("office", "office_head", "head", "lead", "supervision", "superior", "reporter"):
        client, seen = shelf.cast.client(who), who in ("office", "office_head", "head", "lead")
        for tab in ("overview", "people"):
            page = text_of(client.get(url("project", street), {"tab": tab}))
            body = page[page.index("<h1") :]  # above it the masthead names the reader's own post
            assert (lead.holder in body) is seen, (who, tab)
            assert "一名领导" in body
            assert ("已落实" in body) or seen


def test_commitments_say_what_is_missing_until_it_is_named(shelf, street):
    client = shelf.cast.client("office")
    assert "缺 2 项" in text_of(client.get(url("project", street)))
    unit = shelf.cast.unit("procedures")
    actions.assign(actor=shelf.office, project=street, role="task_force", unit=unit, on=JAN)
    actions.change_project(actor=shelf.office, project=street, seen=None, values={"plan_document": "推进方案第3版"})
    assert "缺 " not in text_of(client.get(url("project", street)))
    actions.end_assignment(actor=shelf.office, project=street, role="lead", on=date(2019, 3, 1), reason="调离")
    page = text_of(client.get(url("project", street)))
    assert "缺 2 项" in page
    assert "分包领导空缺" in page


def register(client, shelf, **values):
    data = {"name": "新项目", "region": "410303", "stage": "idea", "secrecy": "open", "total_investment": "1.2亿"}
    return client.post(url("register"), data | values)


def test_a_form_reads_amounts_and_dates_as_offices_write_them(shelf):
    client = shelf.cast.client("office")
    assert register(client, shelf, stage="reserve", stage_on="3月15日").status_code == 302
    project = Project.objects.get()
    assert project.profiles.get().total_investment == 120_000_000
    assert (project.stage, project.stage_on) == ("reserve", date(2019, 3, 15))


def test_who_registers_a_project_goes_on_to_its_page(shelf):
    client = shelf.cast.client("office")
    response = register(client, shelf)
    assert response.url == url("project", Project.objects.get())
    page = text_of(client.get(response.url))
    assert "项目已登记。" in page
    assert "新项目" in page


def test_a_wrong_form_says_what_is_wrong_keeps_what_was_typed_and_stores_nothing(shelf):
    client = shelf.cast.client("office")
    for values, words in (
        ({"total_investment": "很多"}, "不是确定的金额"),
        ({"stage_on": "某天"}, "看不懂日期"),
        ({"remark": "（涉密）"}, "带有涉密标志"),
    ):
        response = register(client, shelf, name="写到一半的项目", **values)
        assert response.status_code == 422
        page = response.content.decode()
        assert words in page
        assert "写到一半的项目" in page
    assert not Project.objects.exists()


def test_two_who_change_a_project_see_both_versions_and_decide(shelf, street):
    client = shelf.cast.client("office")
    form = client.get(url("change", street)).context["form"]
    data = {name: value for name, value in form.initial.items() if value not in (None, "", False)}
    actions.change_project(actor=shelf.head, project=street, seen=None, values={"scale": "3.2 公里"})
    response = client.post(url("change", street), data | {"scale": "4 公里"})
    assert response.status_code == 409
    page = response.content.decode()
    assert "3.2 公里" in page
    assert "4 公里" in page
    assert Project.objects.get().scale == "3.2 公里"
    seen = response.context["form"]["seen"].value()
    again = data | {"scale": "4 公里", "seen": seen}
    assert (
        client.post(
            url("change", street),
            again | {"pick.scale": "theirs", "theirs.scale": "3.2 公里", "request_id": str(uuid4())},
        ).status_code
        == 302
    )
    assert Project.objects.get().scale == "3.2 公里"
    seen = client.get(url("change", street)).context["form"].initial["seen"]
    again |= {"pick.scale": "mine", "theirs.scale": "3.2 公里", "seen": seen, "request_id": str(uuid4())}
    assert client.post(url("change", street), again).status_code == 302
    assert Project.objects.get().scale == "4 公里"


def test_a_stage_is_changed_by_its_form_and_an_unmet_gate_is_shown(shelf, street):
    client = shelf.cast.client("office")
    rule = {"fact": "library.has_site", "op": "holds", "why": "用地预审"}
    actions.declare_gate(actor=shelf.head, region=shelf.cast.region(), stage="started", rules=[rule])
    data = {"seen": street.version, "stage": "started", "on": "2019-03-20"}
    refused = client.post(url("stage", street), data)
    assert refused.status_code == 422
    assert "用地预审" in refused.content.decode()
    approver = Post.objects.get(kind="office_head")
    passed = data | {"approver": str(approver.public_id), "reason": "先行用地已批"}
    assert client.post(url("stage", street), passed).status_code == 302
    assert StageChange.objects.get(stage="started").reason == "先行用地已批"
    assert "项目办主任" in text_of(client.get(url("project", street), {"tab": "stages"}))


def test_a_stage_without_a_gate_is_not_said_to_have_all_its_conditions(shelf, street):
    client = shelf.cast.client("office")
    page = text_of(client.get(url("project", street), {"tab": "stages"}))
    assert ("未设条件" in page, "没有未满足的条件" in page) == (True, False)


def test_a_unit_is_named_by_its_form(shelf, street):
    unit = shelf.cast.unit("street_office")
    data = {"seen": street.version, "role": "local", "unit": str(unit.public_id), "on": "2019-03-01"}
    assert shelf.cast.client("office").post(url("assign", street), data).status_code == 302
    assert shelf.cast.client("street").get(url("project", street)).status_code == 200
    assert shelf.cast.client("reporter").post(url("assign", street), data).status_code == 403


def test_the_same_form_sent_twice_is_carried_out_once(shelf):
    client = shelf.cast.client("office")
    again = {"request_id": "01890000-0000-7000-8000-00000000abcd"}
    assert register(client, shelf, **again).status_code == 302
    entries = TrailEntry.objects.count()
    assert register(client, shelf, **again).status_code == 302
    assert (Project.objects.count(), TrailEntry.objects.count()) == (1, entries)


def test_the_same_form_twice_at_one_moment_gets_one_answer(shelf, monkeypatch):
    """The second looks for an answer before the first has given one, and then stands before the first's project."""
    client = shelf.cast.client("office")
    again = {"request_id": "01890000-0000-7000-8000-00000000abce"}
    first = register(client, shelf, **again)
    looks = iter([None])
    look = pages.earlier_answer
    monkeypatch.setattr(pages, "earlier_answer", lambda *asked: next(looks, look(*asked)))
    second = register(client, shelf, **again)
    assert (second.status_code, second.get("Location")) == (302, first.url)
    assert Project.objects.count() == 1
    assert register(client, shelf).status_code == 422  # another form of the same name is still refused


def test_the_whole_file_of_a_project_has_an_index_and_its_download_is_logged(shelf, street):
    response = shelf.cast.client("office").get(url("file", street))
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    index = archive.read("00 索引.txt").decode()
    names = [name for name in archive.namelist() if name.endswith(".csv")]
    assert len(names) == 7
    assert all(name in index for name in names)
    money = archive.read(next(name for name in names if "进度" in name)).decode("utf-8-sig")
    assert f"{6 * YI}" in money
    assert AccessLog.objects.filter(event="export", subject__contains=str(street.public_id)).count() == 1


def test_no_text_of_a_projects_file_becomes_a_formula(shelf):
    project = shelf.project(scale='=HYPERLINK("x")')
    archive = zipfile.ZipFile(io.BytesIO(shelf.cast.client("office").get(url("file", project)).content))
    sheet = archive.read(next(name for name in archive.namelist() if "项目信息" in name)).decode("utf-8-sig")
    assert "HYPERLINK" in sheet
    assert ",=HYPERLINK" not in sheet
    assert ',"=HYPERLINK' not in sheet


def test_a_list_is_made_set_and_read(shelf):
    client = shelf.cast.client("office")
    made = client.post(url("make_list"), {"level": "district", "region": "410303", "year": 2019})
    assert made.status_code == 302
    row = AnnualList.objects.get()
    batch = {"number": 1, "document_number": "西政〔2019〕4号", "issued_on": "2019.1.8"}
    assert client.post(url("list_batch", row), batch).status_code == 302
    assert client.post(url("list_check_point", row), {"name": "双过半", "on": "6月底"}).status_code == 302
    page = text_of(client.get(url("list", row)))
    assert "西政〔2019〕4号" in page
    assert "双过半" in page
    assert row.name in text_of(client.get(url("lists")))
    assert client.post(url("list_close", row), {"until": "2019-02-28"}).status_code == 403
    assert shelf.cast.client("office_head").post(url("list_close", row), {"until": "2019-02-28"}).status_code == 302
    assert shelf.cast.client("outsider").get(url("list", row)).status_code == 404


def test_a_history_names_the_basis_of_every_amount(shelf, street):
    page = text_of(shelf.cast.client("office").get(url("project", street), {"tab": "history"}))
    assert "累计完成投资 6 亿元" in page
    assert "口径 调度口径" in page
