"""The wall chart: the library's rows, plans in bulk, late nodes by their numbers, paper."""

import io
import json
import re
from datetime import date, timedelta

import pypdfium2
import pytest

from guatu.core import clock
from guatu.dispatch.wall.paper import PAPERS
from guatu.library.models import Project
from guatu.plans.models import PlanDraft
from guatu.plans.queries.chart import chart_nodes
from tests.dispatch.plans import give_plan, say
from tests.figures.conftest import YI
from tests.support.query_counts import count

WALL = "/wallchart/"
NODES = (
    ("施工许可", "2019-01-10", "2019-02-10"),
    ("桩基完成", "2019-02-11", "2019-03-20"),
    ("主体封顶", "2019-03-21", "2019-09-30"),
    ("竣工验收", "2019-10-01", "2019-12-20"),
)


def payload(response):
    assert response.status_code == 200
    found = re.search(r'<script id="wall-data" type="application/json">(.*?)</script>', response.content.decode(), re.S)
    return json.loads(found[1])


def rows_of(data):
    return [line for line in data["lines"] if "n" in line]


def names_in(data):
    return [line["n"] for line in rows_of(data)]


@pytest.fixture
def planned(spring):
    """甲 with a plan: its piles are expected on 12 April, 23 days late; the deadline lies ten days behind its end."""
    nodes = give_plan(spring.projects["甲"], NODES, deadline="2019-12-30", opens="桩基完成")
    say(nodes[0], "actual", "2019-01-10", "2019-02-08", on="2019-02-08")
    say(nodes[1], "actual", "2019-02-12", None, on="2019-02-12")
    say(nodes[1], "forecast", None, "2019-04-12", on="2019-03-28")
    return spring


def test_late_nodes_push_the_ones_behind_them_and_the_deadline_breaks_by_what_is_left(planned):
    project = planned.projects["甲"]
    plan = chart_nodes([project.pk], date(2019, 4, 2))[project.pk]
    assert (plan.worst.name, plan.worst.slip) == ("桩基完成", 23)
    assert plan.nodes[2].carried == date(2019, 10, 23)
    assert plan.end == date(2020, 1, 12)
    assert plan.over == 13
    assert [plan.nodes[place].name for place in plan.path] == ["桩基完成", "主体封顶", "竣工验收"]
    assert plan.works_from == date(2019, 2, 12)


def test_before_the_forecast_was_known_only_the_passed_days_count(planned):
    project = planned.projects["甲"]
    plan = chart_nodes([project.pk], date(2019, 3, 27))[project.pk]
    assert (plan.worst.name, plan.worst.slip) == ("桩基完成", 7)
    assert plan.over == 0
    assert chart_nodes([project.pk], date(2019, 1, 4)) == {}


def test_distance_that_the_plan_left_between_two_nodes_takes_up_the_delay(spring):
    nodes = give_plan(
        spring.projects["乙"],
        (("施工许可", "2019-01-10", "2019-02-10"), ("开工", "2019-03-01", "2019-03-10")),
        deadline="2019-12-31",
    )
    say(nodes[0], "actual", "2019-01-10", "2019-02-20", on="2019-02-20")
    plan = chart_nodes([spring.projects["乙"].pk], date(2019, 2, 21))[spring.projects["乙"].pk]
    assert plan.nodes[1].carried == date(2019, 3, 10)


def test_the_row_says_which_node_is_late_and_by_how_much(planned, cast):
    data = payload(cast.client("office").get(WALL))
    row = next(line for line in rows_of(data) if line["n"] == "甲")
    assert "桩基完成 迟 23 天" in row["a"]
    assert "关键线路已破期，预计比期限晚 13 天" in row["a"]
    node = row["k"][row["m"]]
    assert data["names"][node[0]] == "桩基完成"
    assert node[5] == 23
    assert node[2] == (date(2019, 3, 20) - date(2019, 1, 1)).days
    bare = next(line for line in rows_of(data) if line["n"] == "丙")
    assert "尚无计划" in bare["a"]
    assert bare["e"] == [(date(2019, 6, 30) - date(2019, 1, 1)).days] * 2


@pytest.mark.parametrize(
    "query", ["", "f.class=产业类", "f.class=城建类&sort=-planned_investment", "group=-&sort=-name", "q=号路"]
)
def test_rows_are_the_library_tables(planned, cast, query):
    office = cast.client("office")
    whole = query if "group" in query or "q=" in query else f"{query}&group=-"
    named = re.findall(
        r'class="ink" href="/library/projects/[^"]+">([^<]+)</a></th>', text(office, f"/library/?{whole}")
    )
    assert named
    assert names_in(payload(office.get(f"{WALL}?{whole}"))) == named
    assert sorted(names_in(payload(office.get(f"{WALL}?{query}")))) == sorted(named)


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_links_between_library_and_wall_chart_keep_the_filters(planned, cast):
    page = text(cast.client("office"), f"{WALL}?f.class=产业类")
    assert re.search(r'href="/library/\?[^"]*f\.class=%E4%BA%A7%E4%B8%9A%E7%B1%BB', page)
    assert 'data-keep-query href="/wallchart/"' in text(cast.client("office"), "/library/")


def test_groups_have_their_counts_and_fold(planned, cast):
    office = cast.client("office")
    groups = {line["g"]: line for line in payload(office.get(f"{WALL}?group=class"))["lines"] if "g" in line}
    assert groups["产业类"]["c"] == "2 项"
    folded = payload(office.get(WALL + groups["产业类"]["t"]))
    assert "甲" not in names_in(folded)
    assert "乙" in names_in(folded)


def test_plain_table_says_the_same(planned, cast):
    page = text(cast.client("office"), f"{WALL}?as=table")
    row = next(part for part in page.split("<tr>") if ">甲</a>" in part)
    assert re.findall(r"<td[^>]*>([^<]*)</td>", row)[-5:] == ["桩基完成", "2019年3月20日", "2019年4月12日", "23", "13"]


def test_another_districts_office_sees_no_row_and_no_plan(planned, cast):
    project = planned.projects["甲"]
    assert payload_or_none(cast.client("outsider").get(WALL)) is None
    address = f"{WALL}projects/{project.public_id}/print/a3/"
    assert cast.client("outsider").get(address).status_code == 404
    assert cast.client("office").get(f"{WALL}print/a7/").status_code == 404
    moved = {"project": str(project.public_id), "node": "主体封顶", "day": "2019-10-30"}
    assert cast.client("outsider").post(f"{WALL}move/", moved).status_code == 404


def payload_or_none(response):
    return payload(response) if "wall-data" in response.content.decode() else None


def test_a_sensitive_project_stays_on_the_page_of_whoever_sees_it_and_off_others_paper(planned, cast):
    Project.objects.filter(pk=planned.projects["甲"].pk).update(secrecy="sensitive")
    assert "甲" in names_in(payload(cast.client("supervision").get(WALL)))
    assert "甲" in words_of(cast.client("office").get(f"{WALL}print/a3/"))
    assert "桩基完成" not in words_of(cast.client("supervision").get(f"{WALL}print/a3/"))


def test_queries_do_not_grow_with_the_projects(spring, cast):
    office = cast.client("office")
    for name in ("甲", "乙", "丙"):
        give_plan(spring.projects[name], NODES, deadline="2019-12-30")
    office.get(WALL)
    few = count(lambda: office.get(WALL))
    for number in range(27):
        project = spring.project(f"另 {number} 项", total=YI, planned=YI)
        give_plan(project, NODES, deadline="2019-12-30")
    many = count(lambda: office.get(WALL))
    assert len(rows_of(payload(office.get(WALL)))) >= 30
    assert many <= few


def test_the_page_comes_with_what_is_in_sight_and_the_rest_in_the_same_order(planned, cast):
    for number in range(66):
        planned.project(f"另 {number:02} 项", total=YI, planned=YI)
    office = cast.client("office")
    first = payload(office.get(f"{WALL}?group=-"))
    whole = office.get(WALL + first["more"]).json()
    assert names_in(whole) == names_in(first)
    assert [line["n"] for line in rows_of(first) if "r" in line] == names_in(whole)[60:]
    assert not [line for line in rows_of(whole) if "r" in line]
    assert whole["more"] == ""
    assert cast.client("outsider").get(WALL + first["more"]).status_code == 404  # a list out of scope


# -- what a plan may be like -----------------------------------------------------------------------------------------
def test_no_project_at_all_has_a_first_step(cast):
    page = text(cast.client("office"), WALL)
    assert "没有可以画的项目" in page
    assert "wall-data" not in page
    assert "合计 0 项" in words_of(cast.client("office").get(f"{WALL}print/a3/"))


LONG = (
    "西工区洛浦南岸老工业片区城市更新与基础设施配套提升工程（一期）青桐路至安福路段雨污分流"
    "管网改造及道路恢复工程施工第三标段（含附属绿化与照明工程部分）丁地块之二"
)


def test_two_hundred_nodes_long_names_three_years_and_the_29th_of_february(spring, cast):
    first = date(2019, 2, 1)
    spans = [(first + timedelta(days=5 * place), first + timedelta(days=5 * place + 4)) for place in range(200)]
    nodes = [(f"{LONG[:70]}{place:03}", str(start), str(finish)) for place, (start, finish) in enumerate(spans)]
    made = give_plan(spring.projects["甲"], nodes, deadline="2021-12-31")
    say(made[0], "actual", "2019-02-01", None, on="2019-02-01")
    Project.objects.filter(pk=spring.projects["甲"].pk).update(name=LONG)
    office = cast.client("office")
    data = payload(office.get(WALL))
    row = next(line for line in rows_of(data) if line["n"] == LONG)
    assert (data["first"], data["days"]) == ("2019-01-01", 365 + 366 + 365)
    leap = date(2020, 2, 29)
    assert (leap - date(2019, 1, 1)).days in {day for node in row["k"] for day in range(node[1], node[2] + 1)}
    # 56 days late at the head, 56 at the end: day after day over two hundred links
    assert row["z"] - row["k"][-1][2] == row["k"][0][5] == 56
    said = words_of(office.get(f"{WALL}print/a3/"))
    assert f"{LONG[:12]}" in said
    assert LONG not in said
    assert "丁地块之二" in said
    moved = {"project": str(spring.projects["甲"].public_id), "node": nodes[100][0], "day": "2020-12-31"}
    page = office.post(f"{WALL}move/", moved).content.decode()
    assert "另有 91 个节点" in page


def test_a_plan_of_other_years_is_said_on_paper(spring, cast):
    later = (("施工许可", "2020-03-10", "2020-06-10"),)
    give_plan(spring.projects["甲"], later, deadline="2020-12-30")
    earlier = (("施工许可", "2018-03-10", "2018-06-10"),)
    nodes = give_plan(spring.projects["乙"], earlier, deadline="2018-12-30")
    say(nodes[0], "actual", "2018-03-10", "2018-06-10", on="2019-01-05")
    said = words_of(cast.client("office").get(f"{WALL}print/a3/"))
    assert "2020 年 3 月起" in said.replace("2020年3月", "2020 年 3 月")
    assert "至2018年6月" in said.replace(" ", "")


def test_a_year_that_no_holiday_table_knows_is_drawn(spring, cast):
    give_plan(spring.projects["甲"], (("施工许可", "2019-03-10", "2035-06-10"),), deadline="2035-12-30")
    data = payload(cast.client("office").get(WALL))
    assert data["days"] == (date(2022, 12, 31) - date(2019, 1, 1)).days + 1  # three years either way at most


def test_what_was_chosen_stands_on_the_sheet(planned, cast):
    said = words_of(cast.client("office").get(f"{WALL}print/a3/?f.class=产业类&group=-"))
    assert "产业类" in said
    assert "合计 2 项" in said
    said = words_of(cast.client("office").get(f"{WALL}print/a3/?q=甲"))
    assert "搜索“甲”" in said
    assert "合计 1 项" in said


# -- paper -------------------------------------------------------------------------------------------------------------
def pdf_of(response):
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    return pypdfium2.PdfDocument(io.BytesIO(response.content))


def words_of(response):
    return "".join(page.get_textpage().get_text_bounded() for page in pdf_of(response))


@pytest.mark.parametrize("paper", list(PAPERS))
def test_paper_has_its_size_and_the_rows_words(planned, cast, paper):
    response = cast.client("office").get(f"{WALL}print/{paper}/")
    width, height = pdf_of(response)[0].get_size()
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (PAPERS[paper].width, PAPERS[paper].height)
    said = words_of(response)
    printed = ("2019 年重点项目挂图作战总表", "桩基完成 迟 23 天", "尚无计划", "签发", "关键线路已破期", "戊 2 号路")
    assert [words for words in printed if words not in said] == []


def test_leaders_are_printed_for_whom_the_audience_names_them(planned, cast):
    assert "分包领导" in words_of(cast.client("office").get(f"{WALL}print/a3/"))
    assert "分包领导" not in words_of(cast.client("supervision").get(f"{WALL}print/a3/"))


def test_many_rows_go_over_pages_with_the_head_repeated(planned, cast):
    for number in range(60):
        planned.project(f"另 {number} 项", total=YI, planned=YI)
    made = pdf_of(cast.client("office").get(f"{WALL}print/a3/?group=-"))
    assert len(made) == 2
    for number, page in enumerate(made, 1):
        said = page.get_textpage().get_text_bounded()
        assert f"第 {number} 张，共 2 张" in said
        assert "责任单位" in said


def test_one_projects_plan_on_paper(planned, cast):
    said = words_of(cast.client("office").get(f"{WALL}projects/{planned.projects['甲'].public_id}/print/a3/"))
    for words in ("甲 计划挂图", "主体封顶", "竣工验收", "迟 23 天", "预计比期限晚 13 天"):
        assert words in said
    bare = planned.projects["丙"].public_id
    assert cast.client("office").get(f"{WALL}projects/{bare}/print/a3/").status_code == 404


def seen_in(page):
    return re.search(r'name="seen" value="([^"]+)"', page)[1]


# -- moving ------------------------------------------------------------------------------------------------------------
def test_moving_a_node_shows_what_follows_and_keeps_nothing_until_it_is_asked(planned, cast):
    office, project = cast.client("office"), planned.projects["甲"]
    moved = {"project": str(project.public_id), "node": "主体封顶", "day": "2019-11-30"}
    response = office.post(f"{WALL}move/", moved)
    page = response.content.decode()
    assert response.status_code == 200, page
    assert "改动预览，尚未保存" in page
    assert "竣工验收" in page
    assert "按期限还差" in page
    assert not PlanDraft.objects.exists()
    kept = office.post(f"{WALL}keep/", {**moved, "seen": seen_in(page)})
    assert (kept.status_code, kept["Location"]) == (302, f"/plans/{project.public_id}/draft/")
    draft = PlanDraft.objects.get(project=project)
    fixed = next(node for node in draft.content["nodes"] if node["name"] == "主体封顶")
    assert fixed["must_finish"] == "2019-11-30"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"day": "下周"}, "“下周”不是日期"),
        ({"node": "没有"}, "节点“没有”已不在现行计划中"),
        ({"node": "施工许可"}, "已经完成"),
        ({"node": "桩基完成", "edge": "start", "start": "2019-03-01"}, "开始日期不能再改"),
        ({"edge": "both", "start": "2019-12-01"}, "早于开始日期"),
        ({"edge": "both", "start": ""}, "不是日期"),
        ({"edge": "sideways"}, "不能是“sideways”"),
    ],
)
def test_a_move_that_makes_no_sense_is_refused_in_words(planned, cast, change, sentence):
    moved = {"project": str(planned.projects["甲"].public_id), "node": "主体封顶", "day": "2019-11-30", **change}
    response = cast.client("office").post(f"{WALL}move/", moved)
    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_an_end_is_moved_and_what_stays_is_said(planned, cast):
    office, project = cast.client("office"), planned.projects["甲"]
    asked = {"project": str(project.public_id), "node": "主体封顶", "edge": "finish", "day": "2019-11-30"}
    page = office.post(f"{WALL}move/", asked, headers={"HX-Request": "true"}).content.decode()
    assert page.lstrip().startswith("<dialog")
    assert "改为" in page
    assert office.post(f"{WALL}keep/", {**asked, "seen": seen_in(page)}).status_code == 302
    node = next(one for one in PlanDraft.objects.get().content["nodes"] if one["name"] == "主体封顶")
    assert "must_finish" not in node
    assert node["duration"] == (date(2019, 11, 30) - what_starts(page)).days + 1


def what_starts(page):
    return date(*map(int, re.search(r"改为 (\d+)年(\d+)月(\d+)日", page).groups()))


def test_of_two_who_keep_a_change_the_second_is_told_and_shown_it_anew(planned, cast):
    office, project = cast.client("office"), planned.projects["甲"]
    first = {"project": str(project.public_id), "node": "主体封顶", "day": "2019-11-30"}
    second = {**first, "node": "竣工验收", "day": "2020-02-20"}
    seen = [seen_in(office.post(f"{WALL}move/", one).content.decode()) for one in (first, second)]
    assert office.post(f"{WALL}keep/", {**first, "seen": seen[0]}).status_code == 302
    late = office.post(f"{WALL}keep/", {**second, "seen": seen[1]})
    page = late.content.decode()
    assert late.status_code == 409
    assert "别人改过“甲”的计划或草案" in page
    assert "2020年2月19日" in page  # the first one's change is what the second is worked out on now
    nodes = {one["name"]: one for one in PlanDraft.objects.get().content["nodes"]}
    assert "must_finish" not in nodes["竣工验收"]
    assert office.post(f"{WALL}keep/", {**second, "seen": seen_in(page)}).status_code == 302
    nodes = {one["name"]: one.get("must_finish") for one in PlanDraft.objects.get().content["nodes"]}
    assert (nodes["主体封顶"], nodes["竣工验收"]) == ("2019-11-30", "2020-02-20")


def test_a_double_click_keeps_once(planned, cast):
    office, project = cast.client("office"), planned.projects["甲"]
    asked = {"project": str(project.public_id), "node": "主体封顶", "day": "2019-11-30"}
    page = office.post(f"{WALL}move/", asked).content.decode()
    number = re.search(r'name="request_id" value="([^"]+)"', page)[1]
    sent = {**asked, "seen": seen_in(page), "request_id": number}
    assert [office.post(f"{WALL}keep/", sent).status_code for _click in range(2)] == [302, 302]
    assert PlanDraft.objects.get().version == 1


def test_day_of_the_chart_is_the_clocks(planned, cast):
    data = payload(cast.client("office").get(WALL))
    assert data["today"] == (clock.today() - date(2019, 1, 1)).days
