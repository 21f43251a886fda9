"""Dispatch pages as the cast sees them: whose names, which lists, which dates, and rows that add up."""

import csv
import io
import re
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from guatu.core.actor import OPERATOR
from guatu.figures import actions as lights
from guatu.figures.actions import record_outside
from guatu.figures.models import Snapshot
from guatu.figures.queries.memo import forget
from guatu.library.models import AnnualList, ListEntry
from tests.figures.conftest import YI
from tests.support.query_counts import count

OVERVIEW, ROWS = "/dispatch/", "/dispatch/rows/"
LEADER = "分包领导"


def text_of(response, status: int = 200) -> str:
    assert response.status_code == status
    return response.content.decode()


def worst_of(page: str) -> str:
    """The table of projects that need dispatching."""
    return page.split("需重点调度的项目</h2>")[1].split("</section>")[0]


@pytest.mark.parametrize(("name", "named"), [("head", True), ("office", True), ("supervision", False), ("lead", False)])
def test_leaders_names_beside_lagging_projects_are_for_the_head_and_the_office(spring, cast, name, named):
    worst = worst_of(text_of(cast.client(name).get(OVERVIEW, {"as_of": "2019-03-31"})))
    assert "戊 2 号路" in worst
    assert "计划3月10日开工，已迟 21 天" in worst
    assert (LEADER in worst) is named


def test_another_districts_list_does_not_exist_for_the_office(spring, cast):
    other = AnnualList.objects.create(
        level="district", region=cast.region("other_district"), year=2019, name="涧西区名单"
    )
    for client, status in ((cast.client("outsider"), 200), (cast.client("office"), 404)):
        assert client.get(OVERVIEW, {"lists": str(other.public_id)}).status_code == status
    for wrong in (str(uuid4()), "x"):
        assert cast.client("office").get(OVERVIEW, {"lists": wrong}).status_code == 404


def test_a_list_without_a_plan_is_not_compared_with_time(spring, cast):
    ListEntry.objects.update(planned_investment=0)
    forget()
    overview = text_of(cast.client("office").get(OVERVIEW, {"as_of": "2019-03-31"}))
    assert "年度计划投资未填，无法比较" in overview
    assert "比序时</th><td>" not in overview


@pytest.mark.parametrize("route", ["overview", "rows", "cut", "bases", "snapshots", "outside"])
def test_a_date_that_is_none_is_refused_with_its_sentence(spring, cast, route):
    page = text_of(cast.client("office").get(reverse(f"dispatch:{route}"), {"as_of": "春分前后"}), 400)
    assert "“春分前后”不是日期。可以写 2026-03-31、3.31、3月底、上周五。" in page


def test_dates_may_be_written_as_people_write_them(spring, cast):
    page = text_of(cast.client("office").get(OVERVIEW, {"as_of": "3月底"}))
    assert "截至3月31日，完成投资" in page


def test_the_provinces_and_the_citys_list_may_be_asked_for_together(spring, cast):
    both = [
        AnnualList.objects.create(level=level, region=spring.region, year=2019, name=f"{level} 2019")
        for level in ("province", "city")
    ]
    address = ",".join(str(row.public_id) for row in both)
    page = text_of(cast.client("office").get(OVERVIEW, {"lists": address}))
    assert "2019 年省市重点项目（合并）" in page
    assert f'href="?lists={address}" aria-current="true"' in page


def test_what_was_known_on_a_day_says_so_and_leaves_out_what_came_later(spring, cast):
    client = cast.client("office")
    now = text_of(client.get(ROWS, {"indicator": "projects"}))
    then = text_of(client.get(ROWS, {"indicator": "projects", "known_on": "2019-01-04"}))
    assert "当天所知的数据" not in now
    assert "以下为 2019年1月4日 当天所知的数据。" in then
    assert "戊 2 号路" in now
    assert "戊 2 号路" not in then


def test_a_list_that_is_not_issued_is_marked_provisional(spring, cast):
    client = cast.client("office")
    AnnualList.objects.filter(pk=spring.annual_list.pk).update(state="issued")
    assert "暂定名单" not in text_of(client.get(OVERVIEW))
    AnnualList.objects.filter(pk=spring.annual_list.pk).update(state="provisional")
    assert "暂定名单" in text_of(client.get(OVERVIEW))


COLUMN = {"investment_to_date": "本年完成投资", "planned_investment": "年度计划投资"}


@pytest.mark.parametrize(("indicator", "yi"), [("investment_to_date", "3.00"), ("planned_investment", "12.00")])
def test_the_rows_behind_a_figure_add_up_to_it(spring, cast, indicator, yi):
    client = cast.client("office")
    asked = {"indicator": indicator, "as_of": "2019-03-31"}
    assert f"{yi} 亿元" in text_of(client.get(ROWS, asked))
    file = b"".join(client.get(ROWS, {**asked, "export": "csv"}).streaming_content).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(file)))
    head = next(number for number, line in enumerate(lines) if "项目名称" in line)
    place = next(place for place, word in enumerate(lines[head]) if word.startswith(COLUMN[indicator]))
    rows = [line for line in lines[head + 1 :] if line[0] in spring.projects]
    assert sum(Decimal(line[place] or 0) for line in rows) == Decimal(yi)


def test_each_group_of_a_cut_opens_to_its_own_rows(spring, cast):
    client = cast.client("office")
    cut = text_of(client.get("/dispatch/cut/", {"by": "class", "as_of": "2019-03-31"}))
    found = re.findall(
        r'<a class="ink" href="([^"]*indicator=projects[^"]*)">产业类</a></th><td class="num">(\d+)', cut
    )
    assert [count for _address, count in found] == ["2"]
    rows = text_of(client.get(found[0][0].replace("&amp;", "&")))
    assert ("甲</a>" in rows, "丁</a>" in rows, "乙</a>" in rows) == (True, True, False)


def test_a_cut_by_light_says_its_groups_worst_first_and_opens_them(spring, cast):
    row = lights.draft_light_rules(actor=OPERATOR, region=spring.region, preset="yinchuan")
    lights.adopt_light_rules(
        actor=OPERATOR, row=row, seen=row.version, valid_from=date(2019, 1, 1), approved_by="区政府"
    )
    late = spring.project("晚", total=10 * YI, planned=10 * YI)
    spring.reading(late, date(2019, 2, 28), ytd=0)
    forget()
    client = cast.client("office")
    cut = text_of(client.get("/dispatch/cut/", {"by": "light", "as_of": "2019-03-31"}))
    places = [cut.index(f">{words}</a>") for words in ("黄灯", "绿灯", "未亮灯")]
    assert places == sorted(places)
    for words, value in (("黄灯", "yellow"), ("未亮灯", "")):
        asked = {"indicator": "projects", "as_of": "2019-03-31", "g.light": value}
        rows = text_of(client.get(ROWS, asked))
        assert words in rows
        assert ("晚</a>" in rows) == (value == "yellow")
    counted = text_of(client.get(ROWS, {"indicator": "on_schedule", "as_of": "2019-03-31"}))
    assert "按计划推进" in counted
    assert ("甲</a>" in counted, "晚</a>" in counted) == (True, False)


def test_a_snapshot_keeps_its_figures_and_its_name_is_taken(spring, cast):
    client, told = cast.client("office"), {"name": "常委会 4月2日", "as_of": "3月底"}
    kept = client.post("/dispatch/snapshots/", told, follow=True)
    assert "3.00" in text_of(kept)
    spring.reading(spring.projects["丙"], date(2019, 3, 31), ytd=YI)
    forget()
    again = text_of(client.get(kept.redirect_chain[-1][0]))
    assert "3.00" in again
    assert "4.00" in text_of(client.get(OVERVIEW, {"as_of": "2019-03-31"}))
    refused = client.post("/dispatch/snapshots/", told)
    assert "已有同名快照“常委会 4月2日”。请换一个名称。" in text_of(refused, refused.status_code)
    assert 400 <= refused.status_code < 500
    assert Snapshot.objects.count() == 1


@pytest.mark.parametrize(("name", "may_begin"), [("office", True), ("head", False), ("reporter", False)])
def test_an_empty_installation_says_how_to_begin_to_those_who_may(cast, name, may_begin):
    for route in ("overview", "rows", "cut", "bases", "snapshots", "outside"):
        page = text_of(cast.client(name).get(reverse(f"dispatch:{route}")))
        assert "这里将是重点项目的调度总览" in page
        assert ('href="/library/import/"' in page) is may_begin


def test_the_day_buttons_of_the_ruler_lead_to_their_day(spring, cast):
    client = cast.client("office")
    page = text_of(client.get(OVERVIEW, {"as_of": "2019-03-31"}))
    days = [
        address.rpartition("as_of=")[2]
        for address in re.findall(r'<a class="btn btn-s" href="(\?[^"]*as_of=[^"]*)"', page)
    ]
    assert days == ["2019-03-30", "2019-04-01", "2019-04-02"]
    back = re.search(r'href="(\?[^"]*)" aria-label="前一天"', page)
    assert back is not None
    assert "截至3月30日" in text_of(client.get(OVERVIEW + back[1].replace("&amp;", "&")))


@pytest.mark.parametrize("address", [OVERVIEW, ROWS, "/library/"])
def test_queries_of_pages_do_not_grow_with_the_rows(spring, cast, query_counts_of, address):
    client = cast.client("office")

    def ask() -> None:
        forget()
        text_of(client.get(address))

    ask()
    few = count(ask)
    for number in range(25):
        row = spring.project(f"新 {number}", total=YI, planned=YI)
        spring.assign(row, "responsible", unit=cast.unit("commerce"))
        spring.reading(row, date(2019, 3, 31), ytd=YI // 4)
    assert count(ask) == few
    query_counts_of(address, {30: ask})


def test_queries_of_one_projects_page(spring, cast, query_counts_of):
    client, row = cast.client("office"), spring.projects["甲"]
    query_counts_of("project", {1: lambda: text_of(client.get(reverse("library:project", args=[row.public_id])))})


def test_figures_from_outside_are_printed_as_people_read_them(spring, cast):
    office = cast.actor("office")
    for indicator, period, value, unit in (
        ("points_above_parent", "2019-01..02", "-2.1", "个百分点"),
        ("growth_percent", "2019-03", "-0.50", "%"),
    ):
        record_outside(
            actor=office,
            region=spring.region,
            indicator=indicator,
            period=period,
            value=value,
            unit=unit,
            source="统计局",
            on=date(2019, 3, 20),
        )
    page = text_of(cast.client("office").get("/dispatch/outside/")).split("</tbody>")[0]
    assert '<th scope="row">低于上级平均</th><td class="nw">2019年1—2月</td><td class="num">2.1<' in page
    assert '<th scope="row">固定资产投资增速</th><td class="nw">2019年3月</td><td class="num">−0.50<' in page
    assert "2019-01..02" not in page


def test_the_rows_of_problems_say_them_with_their_day(spring, cast):
    spring.reading(spring.projects["戊 2 号路"], date(2019, 3, 29), ytd=0, problem="征地未完成，缺口 12 亩")
    forget()
    client = cast.client("office")
    rows = text_of(client.get(ROWS, {"indicator": "with_problems", "as_of": "2019-03-29"}))
    assert "存在问题" in rows.split("<table")[1].split("</thead>")[0]
    assert "征地未完成，缺口 12 亩（3月29日）" in rows
    other = text_of(client.get(ROWS, {"indicator": "projects", "as_of": "2019-03-29"}))
    assert "征地未完成" not in other
    asked = text_of(client.get(ROWS, {"indicator": "projects", "as_of": "2019-03-29", "columns": "name,problem"}))
    assert "征地未完成" in asked


def lagging_of(page: str) -> tuple[str, int]:
    """(address, number) of the link to all projects that lag."""
    found = re.search(r'<a class="open" href="([^"]+)">有滞后因素的 (\d+) 项</a>', page)
    assert found is not None
    return found[1].replace("&amp;", "&"), int(found[2])


@pytest.mark.parametrize(("name", "start"), [("office", OVERVIEW), ("head", OVERVIEW), ("office", "/today/")])
def test_the_number_of_lagging_projects_opens_as_many_rows(spring, cast, name, start):
    client = cast.client(name)
    address, number = lagging_of(text_of(client.get(start)))
    rows = text_of(client.get(address))
    assert number == 2
    assert f"有滞后因素的共 {number} 项" in rows
    assert "计划3月10日开工，已迟 23 天" in rows
    assert len(re.findall(r"<tr><td[^>]*><a |<tr[^>]*><th scope=\"row\"[^>]*><a ", rows)) == number


def test_today_opens_only_the_rows_of_the_posts_own_projects(spring, cast):
    client = cast.client("lead")
    address, number = lagging_of(text_of(client.get("/today/")))
    rows = text_of(client.get(address))
    assert number == 1
    assert "以下只含由您负责或联系的项目。" in rows
    assert ("戊 2 号路" in rows, "丁</a>" in rows) == (True, False)
    assert LEADER in text_of(cast.client("office").get("/dispatch/lagging/")).split("</thead>")[0]


def test_the_three_bases_say_how_many_projects_of_which_days_each_has(spring, cast):
    project = spring.projects["甲"]
    spring.reading(project, date(2019, 2, 28), ytd=YI, basis="statistics")
    forget()
    page = text_of(cast.client("office").get("/dispatch/bases/", {"as_of": "2019-03-31"}))
    told = re.sub(r"<[^>]+>", "", page.split('<dl class="tiles')[1].split("</dl>")[0])
    assert "本年完成（统计口径）" in told
    assert "1 / 5 项有数 · 数据截至2月28日" in told
    assert "本年没有数据" in told.split("本年完成（支付口径）")[1]
    assert "2019-02-28" in page.split("<tbody>")[1]


def test_the_page_begins_with_one_button_and_a_menu_of_the_others(spring, cast):
    page = text_of(cast.client("office").get(OVERVIEW, {"as_of": "2019-03-31"}))
    actions = page.split('class="page-actions"')[1].split("</details>")[0]
    assert actions.count('class="btn') <= 2
    assert all(words in actions.split("<details")[1] for words in ("三种口径", "外部数据", "快照", "全部分组"))
