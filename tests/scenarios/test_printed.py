"""The articles' figures beside ours: the golden tables, what may differ and by how much, and what each opens."""

import os
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import unescape
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from guatu.core import trail
from guatu.core.actor import OPERATOR, Actor, Way
from guatu.core.refusals import Refusal
from guatu.demo.scenarios import SCENARIOS, find
from guatu.demo.scenarios.build import load
from guatu.demo.scenarios.model import Waits
from guatu.demo.scenarios.printed import as_table, hold, visible
from guatu.domain.trajectory import hold_against
from guatu.figures.queries import ask, figures, find_lists, outside_series, planned_trajectory, year_on_year
from guatu.library.models import AnnualList, Project
from guatu.people.models import Post, Region, User
from guatu.plans.queries.targets import sheet_rows

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).resolve().parent.parent / "golden"
YI = 100_000_000
# What cannot agree, as (figure, printed − ours); every other figure agrees or waits for a later part.
APART = {
    "xigong-2019": {"牡丹文化节前在建": "−1个", "6月底前在建": "+5个", "10月1日前在建": "−10个"},
    "weidong-2015": {"占全年投资计划": "+0.01%"},
}


@pytest.mark.parametrize("code", sorted(SCENARIOS))
def test_the_table_is_the_golden_one(loaded, code):
    """After a change that is meant: GUATU_WRITE_GOLDEN=1, then read it beside the article."""
    golden = GOLDEN / f"scenario_{code}.txt"
    text = as_table(loaded.held(code)) + "\n"
    if os.environ.get("GUATU_WRITE_GOLDEN") == "1":
        golden.write_text(text)
    assert text == golden.read_text()


@pytest.mark.parametrize("code", sorted(SCENARIOS))
def test_only_what_the_article_itself_does_not_close_differs_and_says_why(loaded, code):
    held = loaded.held(code)
    apart = [line for line in held.lines if line.verdict == "differs"]
    assert {line.words: line.difference for line in apart} == APART.get(code, {})
    assert all(line.why for line in apart)
    assert sum(held.counts().values()) == len(held.lines) == len(find(code).figures)
    assert held.counts()["waits"] == sum(isinstance(row.by, Waits) for row in find(code).figures)


def whole(year: int, levels: list[str], region: str, as_of: date, by: tuple[str, ...] = ()):
    return figures(OPERATOR, ask(OPERATOR, find_lists(year, levels, region), as_of), by)


def test_the_how_to_states_the_counts_of_the_goldens():
    text = (GOLDEN.parent.parent / "docs" / "howto" / "scenarios.md").read_text()
    said = {code: counts for code, *counts in re.findall(r"^\| `([\w-]+)` \| (\d+) \| (\d+) \| (\d+) \|$", text, re.M)}
    ends = {code: (GOLDEN / f"scenario_{code}.txt").read_text().splitlines()[-1] for code in SCENARIOS}
    assert said == {code: re.findall(r"\d+", end) for code, end in ends.items()}


def test_figures_asked_without_the_declaration_are_the_articles(loaded):
    """The same through the one function that every page asks, written out against the published numbers."""
    march = whole(2019, ["district"], "410303", date(2019, 3, 31)).whole.values
    assert (march["projects"], march["total_investment"], march["started"]) == (162, 998 * YI, 45)
    assert march["investment_to_date"] == 31 * YI
    answer = whole(2021, ["province", "city"], "410303", date(2021, 3, 31), ("batch",))
    first = next(row.values for row in answer.rows if row.group == (1,))
    assert (first["started"], first["projects"], first["start_rate"]) == (11, 20, Decimal("55.00"))
    assert (first["investment_to_date"], first["investment_rate"]) == (2_150_000_000, Decimal("28.10"))
    assert (answer.time_percent, first["lead"]) == (Decimal("25.00"), Decimal("3.10"))
    nine = whole(2015, ["city"], "410403", date(2015, 9, 30)).whole.values
    assert (nine["investment_to_date"], nine["planned_investment"]) == (4_117_000_000, 44 * YI)
    assert nine["investment_rate"] == Decimal("93.57")
    luoyang = whole(2020, ["province", "city"], "410300", date(2020, 3, 9)).whole.values
    assert (luoyang["resumed_started"], luoyang["resumed_started_planned"]) == (313, 331)
    assert luoyang["resumed_started_rate"] == Decimal("94.56")


def test_two_years_are_compared_where_the_article_does(loaded):
    asked = ask(OPERATOR, find_lists(2020, ["province", "city"], "410300"), date(2020, 3, 9))
    changes = year_on_year(OPERATOR, asked)
    assert changes is not None
    wanted = {"projects": (60, 455), "total_investment": (578 * YI, 4273 * YI)}
    wanted["planned_investment"] = (202 * YI, 1370 * YI)
    assert {code: (changes[code].difference, changes[code].before) for code in wanted} == wanted


def test_the_trajectory_of_2019_is_the_plans_own_and_each_printed_state_stands_beside_it(loaded):
    asked = ask(OPERATOR, find_lists(2019, ["district"], "410303"), date(2019, 3, 31))
    rows = planned_trajectory(asked)
    assert [row.flows["new_starts"] for row in rows] == [16, 29, 21, 15, 12]
    assert [row.flows["completions"] for row in rows] == [0, 0, 4, 2, 8]
    for before, row in pairwise(rows):
        closed = before.values["under_construction"] + row.flows["new_starts"] - row.flows["completions"]
        assert row.values["under_construction"] == closed
    printed = {"牡丹文化节前": 73, "6月底前": 96, "10月1日前": 94}
    gaps = hold_against(rows, {name: {"under_construction": figure} for name, figure in printed.items()})
    assert [(gap.planned, gap.difference) for gap in gaps] == [(74, -1), (91, 5), (104, -10)]


def test_the_money_of_2019s_named_dates_is_what_the_targets_of_its_projects_reach(loaded):
    asked = ask(OPERATOR, find_lists(2019, ["district"], "410303"), date(2019, 3, 31))
    rows = planned_trajectory(asked)
    reached = {row.point.name: row.values["investment_to_date"] for row in rows}
    named = {"一季度末": 31 * YI, "牡丹文化节前": 50 * YI, "6月底前": 86 * YI, "10月1日前": 115 * YI}
    assert reached == {**named, "11月底前": 115 * YI}
    assert [row.flows["investment"] for row in rows] == [31 * YI, 19 * YI, 36 * YI, 29 * YI, 0]
    [gap] = hold_against(rows, {"牡丹文化节前": {"investment_to_date": 51 * YI}})
    assert (gap.planned, gap.difference) == (50 * YI, YI)
    assert all(row.values["investment_to_date"] is None for row in planned_trajectory(replace(asked, basis="payment")))
    sheet = sheet_rows(asked.lists[0], asked.as_of)
    assert [sum(row["quarters"][place] for row in sheet) for place in range(4)] == [31 * YI, 55 * YI, 29 * YI, 0]


def test_the_money_of_a_named_date_opens_the_sheet_of_targets_that_states_it(loaded):
    line = next(line for line in loaded.held("xigong-2019").lines if line.words == "6月底前累计完成投资")
    page = page_of(client_of("xigong-xiangmuban"), line.url)
    row = re.search(r"<tr><th scope=\"row\">6月底前</th>(.*?)</tr>", page)[1]
    assert re.findall(r"<td[^>]*>([^<]*)</td>", row) == ["2019年6月30日", "66", "91", "4", "86.00", "74.8%"]


def test_the_articles_own_sums_are_shown_as_they_are(loaded):
    sums = {row.words: row.difference for row in loaded.held("xigong-2019").sums}
    assert list(sums.values()) == [-1, 6, -15, 16]


def test_figures_from_outside_carry_source_and_date(loaded):
    xigong = {row.indicator: row for row in outside_series(Region.objects.get(code="410303"))}
    values = {name: row.value for name, row in xigong.items()}
    assert values == {"growth_percent": "61.1", "points_above_parent": "20.7", "rank": "2"}
    for row in [*xigong.values(), *outside_series(Region.objects.get(code="410300"))]:
        assert row.effective_on.isoformat() in row.source
        assert row.source.startswith("《")


def test_they_stand_beside_each_other_with_one_log_in_a_post_and_region(loaded, monkeypatch):
    monkeypatch.setattr(trail, "head_file", lambda: loaded.folder / "trail.heads")
    assert AnnualList.objects.count() == sum(len(row.lists) for row in SCENARIOS.values())
    made = [row["username"] for report in loaded.reports.values() for row in report["logins"]]
    assert len(made) == len(set(made)) == 16
    assert loaded.reports["xigong-2019"]["logins"] == []  # 2021 made the district's people before
    kept = (loaded.folder / "demo-logins.txt").read_text().splitlines()
    assert [line.split("\t")[0] for line in kept] == made
    assert trail.verify().valid


def test_what_is_invented_says_so(loaded):
    named = {row.name for scenario in SCENARIOS.values() for row in scenario.projects if row.named}
    assert len(named) > 30
    for project in Project.objects.all():
        assert (project.name in named) or project.name.startswith("示例·")
        assert "示例" in project.remark
    assert all("示例" in title for title in User.objects.values_list("name", flat=True))


def test_a_second_time_and_an_unknown_name_are_refused(loaded):
    with pytest.raises(Refusal) as again:
        load("xigong-2019")
    assert again.value.code == "demo.scenario_loaded"
    with pytest.raises(Refusal) as unknown:
        load("xigong-1999")
    assert unknown.value.code == "demo.no_scenario"
    assert "weidong-2015" in str(unknown.value)


# -- pages ------------------------------------------------------------------------------------------------------------
def client_of(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def page_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return unescape(answer.content.decode())


@pytest.mark.parametrize("code", sorted(SCENARIOS))
def test_the_page_shows_every_figure_and_each_of_ours_opens(loaded, code):
    client = client_of(f"{SCENARIOS[code].login}-xiangmuban")
    page = page_of(client, f"/figures/printed/?scenario={code}")
    held = loaded.held(code)
    for line in held.lines:
        assert line.words in page
        assert line.printed in page
    opened = 0
    for line in held.lines:
        if not line.url:
            assert line.verdict == "waits"
            continue
        rows = page_of(client, line.url)
        counted = re.search(r"，共 (\d+) 项。", rows)
        is_count = re.fullmatch(r"(\d+)个", line.ours)
        if counted and is_count and _counts_projects(code, line):
            assert counted[1] == is_count[1], line.words
            opened += 1
    assert opened >= 1


def _counts_projects(code: str, line) -> bool:
    """A difference of two years and what is planned between two named dates open the standing figure instead."""
    return "增长" not in line.words and not re.search(r"前(新开工|竣工投用)$", line.words)


def test_a_planned_figures_rows_say_that_they_are_planned(loaded):
    client = client_of("xigong-xiangmuban")
    url = next(line.url for line in loaded.held("xigong-2019").lines if line.words == "6月底前在建")
    asked = parse_qs(urlsplit(url).query)
    assert (asked["planned"], asked["as_of"]) == (["1"], ["2019-06-30"])
    page = page_of(client, url)
    assert "计划日期" in page
    assert "共 91 项" in page


def test_the_way_leads_back_to_the_overview_at_the_articles_date(loaded):
    client = client_of("luoyang-xiangmuban")
    page = page_of(client, "/figures/printed/?scenario=luoyang-2020")
    address = re.search(r'href="(/dispatch/\?lists=[^"]+as_of=2020-03-09)"', page)
    overview = page_of(client, address[1])
    assert "截至3月9日" in overview
    assert ">515</a>" in overview  # both levels together, each project once
    assert "94.6" in overview or "94.56" in overview
    assert "完成投资 <" not in overview  # nobody had reported money: not nought but not known
    assert "本年还没有进度数据" in overview


def _at(code: str) -> str:
    scenario = find(code)
    lists = AnnualList.objects.filter(name__in=[row.name for row in scenario.lists], year=scenario.as_of.year)
    named = ",".join(str(row.public_id) for row in lists)
    return f"/dispatch/?lists={named}&as_of={scenario.as_of}"


def test_the_way_leads_from_the_scenarios_list_to_the_page(loaded):
    client = client_of("luoyang-zhuren")
    lists = AnnualList.objects.get(level="city", year=2020)
    overview = page_of(client, f"/dispatch/?lists={lists.public_id}&as_of=2020-03-09")
    assert "/figures/printed/?scenario=luoyang-2020" in overview


def test_a_post_sees_the_scenarios_of_its_own_region(loaded):
    client = client_of("weidong-xiangmuban")
    page = page_of(client, "/figures/printed/")
    assert "93.58%" in page
    assert "998亿元" not in page
    assert client.get("/figures/printed/?scenario=xigong-2019").status_code == 404
    assert client.get("/figures/printed/?scenario=%00").status_code == 404
    city = page_of(client_of("luoyang-xiangmuban"), "/figures/printed/")
    assert "西工区2019年重点项目" in city  # the district lies in the city


def test_the_leaders_are_counted_only_for_who_may_cut_by_leader(loaded):
    office = Post.objects.get(region__code="410303", kind="office")
    supervision = Actor("supervision", Way.PAGE, region_path=office.region.path)
    scenario = find("xigong-2019")
    words = [line.words for line in hold(supervision, scenario, visible(supervision)["xigong-2019"]).lines]
    assert "参与的单位部门" in words
    assert "参与的县级领导" not in words
    assert "参与的县级领导" in [line.words for line in loaded.held("xigong-2019").lines]
