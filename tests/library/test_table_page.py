"""The library page of a list: what it opens on, its figures beside the overview's, its views, and what is searched."""

from datetime import date

import pytest
from django.http import QueryDict
from django.urls import reverse

from guatu.core import clock
from guatu.figures import tables as columns
from guatu.figures.formats import Lagging
from guatu.figures.queries import ask, facts, figures, lags
from guatu.library import actions as library
from guatu.library.models import OtherName
from guatu.library.queries.search import find
from guatu.reporting import actions as reporting
from tests.library.conftest import YI, at_day

DAY = date(2019, 3, 31)
PAGE = "/library/"


@pytest.fixture
def listed(shelf):
    """Three projects on this year's list: one behind, one ahead, one without a reading; and one on no list."""
    annual_list = shelf.list()
    rows = [
        shelf.project(name, stage="under_construction", stage_on=date(2019, 1, 2)) for name in ("甲路", "乙厂", "丙校")
    ]
    shelf.enter(annual_list, *rows, plan=4 * YI)
    shelf.project("不在名单的丁桥")
    told = [
        (rows[0], date(2019, 2, 28), YI // 10),
        (rows[0], date(2019, 3, 28), YI // 4),
        (rows[1], date(2019, 3, 28), 3 * YI),
    ]
    for project, on, ytd in told:
        row = reporting.ReadingRow(project=project, on=on, cumulative=ytd, ytd=ytd)
        reporting.record_readings(actor=shelf.office, rows=[row])
    return annual_list, rows


def page_of(shelf, name="office", **params):
    with at_day("2019-03-31"):
        response = shelf.cast.client(name).get(PAGE, params)
    assert response.status_code == 200
    return response


def test_the_page_opens_on_this_years_main_list_and_says_so(shelf, listed):
    page = page_of(shelf).content.decode()
    assert "2019 年区级重点项目名单，3 项" in page
    assert "数据截至 3月28日" in page
    assert "不在名单的丁桥" not in page
    assert "不在名单的丁桥" in page_of(shelf, list="all").content.decode()


def test_the_totals_of_the_table_are_the_figures_of_the_overview(shelf, listed):
    annual_list, _rows = listed
    totals = page_of(shelf).context["table"].totals
    with at_day("2019-03-31"):
        whole = figures(shelf.office, ask(shelf.office, [annual_list], DAY)).whole.values
    assert totals["ytd"] == whole["investment_to_date"] == 3 * YI + YI // 4
    assert totals["planned_investment"] == whole["planned_investment"]
    assert totals["rate"] == whole["investment_rate"]
    assert totals["against_time"] == whole["lead"]


def test_points_are_red_exactly_where_the_rule_of_lagging_says_so(shelf, listed):
    annual_list, rows = listed
    given = {"list": annual_list, "day": DAY}
    points = columns._lead(shelf.office, given)
    behind = {
        lag.entry.project_id for lag in lags(ask(shelf.office, [annual_list], DAY)) if lag.points and lag.points < 0
    }
    assert {key for key, value in points.items() if isinstance(value, Lagging)} == behind - {rows[2].pk} == {rows[0].pk}
    assert rows[2].pk in behind  # it has not reported: it lags, but by no figure
    assert rows[2].pk not in points


def test_a_projects_months_add_up_to_its_years_amount(shelf, listed):
    annual_list, rows = listed
    months = columns._months(shelf.office, {"list": annual_list, "day": DAY})
    done, plan = months[rows[0].pk]
    assert done == (0, YI // 10, YI // 4 - YI // 10)
    assert sum(plan) == 4 * YI
    to_date = {row.project_id: row.investment_to_date for row in facts(ask(shelf.office, [annual_list], DAY))}
    assert all(sum(months[key][0]) == (amount or 0) for key, amount in to_date.items())


def test_the_view_of_the_lagging_puts_the_worst_first_and_leaves_out_who_is_ahead(shelf, listed):
    view = next(one for one in page_of(shelf).context["table"].views.tabs() if one.words == "最滞后的")
    page = page_of(shelf, **_params(view.url))
    names = [row[0] for row in page.context["table"].page_rows()]
    assert names == ["甲路", "丙校"]  # no figure stands last


def _params(url):
    return dict(QueryDict(url.lstrip("?")).lists())


def test_a_list_that_one_may_not_see_is_not_offered_and_not_opened(shelf, listed):
    client = shelf.cast.client("outsider")
    assert "甲路" not in client.get(reverse("library:projects")).content.decode()
    page = client.get(reverse("library:projects"), {"list": str(listed[0].public_id)})
    assert page.status_code == 404  # as one that there is not
    assert "甲路" not in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("chongqing", ""),
        ("cql2", ""),
        ("zql", ""),
        ("重庆路2号(A区)", ""),
        ("旧城", "曾用名 旧城路改造"),
        ("100371", "国家代码 2019-410303-48-01-100371"),
        ("91410300MA", "业主信用代码 91410300MA00000001"),
    ],
)
def test_a_project_is_found_by_pinyin_codes_and_former_names_and_says_why(shelf, typed, why):
    project = shelf.project("重庆路2号（A区）", code="2019-410303-48-01-100371", owner_credit_code="91410300MA00000001")
    shelf.project("锦堂里改造")
    OtherName.objects.create(
        project=project, name="旧城路改造", match_key="旧城路改造", how="decided", since=clock.now()
    )
    assert [(one.project, one.why) for one in find(shelf.office, typed)] == [(project, why)]


def test_a_projects_page_says_first_what_its_list_counts(shelf, listed):
    _list, rows = listed
    with at_day("2019-03-31"):
        page = shelf.cast.client("office").get(reverse("library:project", args=[rows[0].public_id])).content.decode()
        silent = shelf.cast.client("office").get(reverse("library:project", args=[rows[2].public_id])).content.decode()
    lede = page.split('<p class="lede">')[1].split("</p>")[0]
    assert "本年完成" in lede
    assert "6.3%" in lede
    assert "落后序时 <b>18.8</b> 个百分点" in lede
    assert "数据截至3月28日" in lede
    assert "本年还没有进度数据" in silent


def test_a_list_of_which_nobody_has_reported_has_no_rates(shelf):
    annual_list, project = shelf.list(), shelf.project("丁桥")
    shelf.enter(annual_list, project, plan=4 * YI)
    table = page_of(shelf).context["table"]
    assert [table.totals[code] for code in ("ytd", "rate", "against_time")] == [None, None, None]
    given = {"list": annual_list, "day": DAY}
    assert (columns._rate(shelf.office, given), columns._lead(shelf.office, given)) == ({}, {})


def test_a_late_projects_page_says_in_red_why(shelf):
    project = shelf.project("戊桥", stage="under_construction", stage_on=date(2019, 1, 2))
    annual_list = shelf.list()
    values = {"planned_investment": 4 * YI, "kind": "continuing", "planned_finish": date(2019, 3, 10)}
    library.put_entries(
        actor=shelf.office,
        annual_list=annual_list,
        rows=[library.EntryRow(project=project, values=values)],
        on=date(2019, 1, 1),
    )
    row = reporting.ReadingRow(project=project, on=date(2019, 3, 28), cumulative=2 * YI, ytd=2 * YI)
    reporting.record_readings(actor=shelf.office, rows=[row])
    address = reverse("library:project", args=[project.public_id])
    page = shelf.cast.client("office").get(address).content.decode()
    assert "领先序时" in page.split('<p class="lede">')[1].split("</p>")[0]
    assert '<span class="t-red">计划3月10日竣工，已迟 21 天。</span></p>' in page
    step = page.split('<div class="to-come late">')[1].split("</div>")[0]
    assert '<dd class="t-red">计划竣工<br><b>已迟 21 天</b></dd>' in step
    with at_day("2019-03-10"):
        page = shelf.cast.client("office").get(address).content.decode()
    assert "已迟" not in page
    assert '<div class="to-come">' in page
