"""Saved views: kept by a post, shared by the office, opened though a column is gone, hidden from everybody else."""

from dataclasses import replace
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.urls import include, path

from guatu.core import actions
from guatu.core.models import SavedView, TrailEntry
from guatu.core.pages import SIGNED_IN, page
from guatu.core.refusals import Refusal
from guatu.core.tables import INTEGER, Column, RowLink, Table
from guatu.core.tables.saved import NAME_MOST, STATE_MOST, VIEWS_MOST
from guatu.people.models import Region
from tests.support.actors import post, sign_in

pytestmark = pytest.mark.django_db
TABLE = Table(
    "tests.viewed",
    "区划",
    (
        Column("code", "代码", filter="text", link=True),
        Column("name", "名称", filter="text", groupable=True),
        Column("order", "序", INTEGER, field="id", filter="range", total="sum"),
        Column("leader", "分包领导", field="name", filter="text", audience="leader_names"),
    ),
    link=RowLink("public_id", "tests_region"),
    saved_views=True,
)


@page(SIGNED_IN)
def listed(request):
    return TABLE.respond(request, Region.objects.all(), template="core/tables/part.html")


urlpatterns = [
    path("listed/", listed),
    path("region/<uuid:public_id>/", lambda request, public_id: HttpResponse(), name="tests_region"),
    path("", include("guatu.config.urls")),
]
CITY, DISTRICT, OTHER = "410300/", "410300/410303/", "410300/410305/"
OFFICE = post("office", user_id=None, post_id=1, region_path=DISTRICT, label="项目办")
REPORTER = post("reporter", user_id=None, post_id=2, region_path=DISTRICT, label="填报人")
SUCCESSOR = post("reporter", user_id=None, post_id=2, region_path=DISTRICT, label="接任的填报人")
NEIGHBOUR = post("office", user_id=None, post_id=3, region_path=OTHER, label="邻区项目办")


@pytest.fixture(autouse=True)
def _pages(settings):
    settings.ROOT_URLCONF = __name__
    swapped = "tests.support.actors.SignedInMiddleware"
    settings.MIDDLEWARE = [swapped if "ActorMiddleware" in name else name for name in settings.MIDDLEWARE]
    Region.objects.create(code="410303", name="西工区", level="district", path=DISTRICT)
    yield
    sign_in(None)


def act_as(actor):
    sign_in(replace(actor, user_id=1))


def saved(actor=REPORTER, name="我的", state="f.name=西工&sort=-order"):
    return actions.save_view(actor=actor, table="tests.viewed", name=name, state=state)


def html(client, query=""):
    response = client.get(f"/listed/{query}")
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def send(client, route, row=None, **data):
    address = "/system/views/save/" if row is None else f"/system/views/{row.public_id}/{route}/"
    return client.post(address, {"back": "/listed/?sort=-order&f.name=西工&list=7&page=2", **data})


def test_a_view_is_kept_under_a_name_and_its_tab_leads_back_to_what_was_seen(client):
    act_as(REPORTER)
    response = send(client, "save", table="tests.viewed", name=" 西工  的 ")
    row = SavedView.objects.get()
    assert (row.name, row.post_id, row.shared) == ("西工 的", 2, False)
    assert row.state == urlencode([("f.name", "西工"), ("sort", "-order")])  # the page's list is not the table's
    assert response.status_code == 302
    assert "list=7" in response["Location"]
    assert f"view={row.public_id}" in response["Location"]
    page = html(client, response["Location"].partition("/listed/")[2])
    assert 'aria-current="page">西工 的</a>' in page
    tab = html(client, "?as_of=2019-03-31")
    assert f'href="?as_of=2019-03-31&amp;{row.state.replace("&", "&amp;")}&amp;view={row.public_id}"' in tab
    assert TrailEntry.objects.filter(action="core.save_view").count() == 1


def test_a_changed_view_is_offered_to_be_updated_and_then_stands_so(client):
    row = saved()
    act_as(REPORTER)
    assert "更新为现在的样子" not in html(client, f"?{row.state}&view={row.public_id}")
    assert "更新为现在的样子" in html(client, f"?sort=name&view={row.public_id}")
    response = client.post(
        f"/system/views/{row.public_id}/change/", {"back": f"/listed/?sort=name&view={row.public_id}"}
    )
    assert response.status_code == 302
    row.refresh_from_db()
    assert row.state == "sort=name"


def test_another_posts_own_view_is_nowhere_and_answers_404(client):
    row = saved()
    act_as(OFFICE)
    assert "我的" not in html(client, f"?view={row.public_id}")
    for route in ("rename", "change", "share", "delete"):
        assert send(client, route, row, name="x", shared="1").status_code == 404
    row.refresh_from_db()
    assert (row.name, row.shared, row.withdrawn) == ("我的", False, False)


def test_what_the_office_shares_is_seen_in_its_region_only_and_written_by_it_only(client):
    row = saved(OFFICE, "在推进的")
    act_as(OFFICE)
    assert send(client, "share", row, shared="1").status_code == 302
    act_as(REPORTER)
    assert "在推进的（共享）" in html(client)
    assert "管理视图" not in html(client, f"?view={row.public_id}")
    for route in ("rename", "change", "share", "delete"):
        assert send(client, route, row, name="x", shared="0").status_code == 403
    act_as(NEIGHBOUR)
    assert "在推进的" not in html(client)
    assert send(client, "delete", row).status_code == 404
    act_as(OFFICE)
    assert send(client, "share", row, shared="0").status_code == 302
    act_as(REPORTER)
    assert "在推进的" not in html(client)


def test_a_reporter_cannot_share(client):
    row = saved()
    act_as(REPORTER)
    assert send(client, "share", row, shared="1").status_code == 403
    assert "共享给本区各岗位" not in html(client, f"?view={row.public_id}")


def test_a_view_stays_with_the_post_when_its_owner_leaves(client):
    row = saved(REPORTER)
    act_as(SUCCESSOR)
    assert "我的" in html(client)
    assert send(client, "delete", row).status_code == 302
    assert "我的" not in html(client)
    assert SavedView.objects.get().withdrawn


def test_a_name_is_of_one_to_forty_characters_and_taken_once_a_post(client):
    act_as(REPORTER)
    for name in ("", "   ", "名" * 80, "名" * (NAME_MOST + 1), "\x00"):
        response = send(client, "save", table="tests.viewed", name=name)
        assert response.status_code == 422
        assert f"应为 1 至 {NAME_MOST} 个字" in response.content.decode()
    assert not SavedView.objects.exists()
    first = saved(name="名" * NAME_MOST)
    assert send(client, "save", table="tests.viewed", name="名" * NAME_MOST).status_code == 409
    other = saved(name="另一个")
    assert send(client, "rename", other, name=first.name).status_code == 409
    assert send(client, "rename", other, name="另一个").status_code == 302  # its own name is not in its way
    assert saved(OFFICE, "另一个").name == "另一个"  # another post's
    send(client, "delete", first)
    assert send(client, "save", table="tests.viewed", name=first.name).status_code == 302


def test_too_long_and_too_many_are_refused_with_a_sentence():
    with pytest.raises(Refusal, match="存不下"):
        saved(state="f.name=" + "x" * STATE_MOST)
    for number in range(VIEWS_MOST):
        saved(name=f"视图{number}")
    with pytest.raises(Refusal, match="请先删去不用的"):
        saved(name="再一个")


@pytest.mark.parametrize(
    "state",
    ["f.gone=1&sort=-gone,-order&columns=code,gone,order&group=gone", "from.gone=1&sort=gone&columns=gone&group=code"],
)
def test_a_view_whose_column_is_gone_still_opens_and_says_what_is_left_out(client, state):
    row = saved(state=state)
    act_as(REPORTER)
    page = html(client, f"?{state}&view={row.public_id}")
    assert "gone" in page
    assert "没有采用；其余照旧" in page
    links = page.partition("<thead")[2].partition("</thead>")[0]
    assert "gone" not in links  # and what one goes on to is without it
    assert client.get(f"/listed/?{state}").status_code == 400  # typed by hand it is refused
    assert client.get(f"/listed/?{state}&view={Region.objects.get().public_id}").status_code == 400


def test_a_shared_view_over_a_column_that_the_post_may_not_see_neither_shows_nor_filters_by_it(client):
    row = saved(OFFICE, "按领导", "columns=code,leader&f.leader=没有")
    actions.share_view(actor=OFFICE, public_id=row.public_id, shared=True)
    act_as(post("system_admin", post_id=9, region_path=DISTRICT))
    page = html(client, f"?{row.state}&view={row.public_id}")
    assert "没有采用；其余照旧" in page
    assert "栏目“分包领导”已不存在，或当前岗位看不到" in page  # said by its words, never as “leader”
    assert "leader" not in page.partition("<thead")[2].partition("</table>")[0]
    assert "分包领导" not in page.partition("<thead")[2]
    assert "410303" in page


def test_nobody_is_led_to_another_site(client):
    act_as(REPORTER)
    for back in ("https://elsewhere.example/x", "//elsewhere.example/x", "javascript:alert(1)", "\x00"):
        response = client.post("/system/views/save/", {"back": back, "table": "tests.viewed", "name": f"n{len(back)}"})
        assert response["Location"].startswith("/?view=")


@pytest.mark.parametrize("asked", ["zz", "00000000-0000-7000-8000-000000000000"])
def test_a_view_that_there_is_not_is_said_to_be_gone(client, asked):
    act_as(REPORTER)
    assert "没有这个视图" in html(client, f"?view={asked}")
    assert "没有这个视图" not in html(client, "?view=")
    assert "没有这个视图" not in html(client, f"?view={saved().public_id}")
