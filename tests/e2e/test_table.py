"""A table by keyboard and hand: rows, selection and its exact sum, groups, columns, a saved view; on a phone too."""

import re

import pytest
from django.db.models.expressions import F
from django.http import HttpResponse
from django.urls import include, path
from playwright.sync_api import Page, expect

from guatu.core.models import SavedView
from guatu.core.pages import SIGNED_IN, page
from guatu.core.tables import Column, RowLink, Table, choice, money
from guatu.domain.money import MoneyUnit
from guatu.people.choices import RegionLevel
from guatu.people.models import Region

pytestmark = pytest.mark.django_db(transaction=True)
YUAN = 3_333_333  # of which a sum shown in 万元 is rounded once, at its end
MANY = {str(number): f"第{number}种" for number in range(1, 21)}
TABLE = Table(
    "tests.browsed",
    "区划",
    (
        Column("name", "名称", filter="text", link=True, group="区划"),
        Column("level", "层级", choice(dict(RegionLevel.choices)), filter="choice", groupable=True, group="区划"),
        Column("code", "代码", filter="text", group="区划"),
        Column("planned", "年计划", money(MoneyUnit.WAN), expression=F("id") * 0 + YUAN, total="sum", group="投资"),
        Column("path", "路径", default=False),
        Column("several", "多项", choice(MANY), field="code", filter="choice", default=False, offered=True),
        *(Column(f"more{number}", f"栏{number}", field="code") for number in range(4)),
    ),
    default_sort="code",
    link=RowLink("public_id", "tests_region"),
    selectable=True,
    saved_views=True,
)


@page(SIGNED_IN)
def listed(request):
    return TABLE.respond(
        request, Region.objects.all(), template="core/system/table.html", context={"page_title": "区划"}
    )


urlpatterns = [
    path("tests/table/", listed),
    path("tests/region/<uuid:public_id>/", lambda request, public_id: HttpResponse("ok"), name="tests_region"),
    path("", include("guatu.config.urls")),
]


@pytest.fixture
def opened(settings, browse, cast):
    settings.ROOT_URLCONF = __name__

    def go(phone: bool = False) -> Page:
        found = browse("office", phone=phone)
        found.goto("/tests/table/")
        return found

    return go


def heads(shown: Page) -> list[str]:
    return [text.strip("▾▴ ") for text in shown.locator("thead tr:last-child th:not(.pick)").all_inner_texts()]


def test_rows_are_moved_among_selected_and_opened_by_keyboard_and_summed_exactly(opened, axe):
    shown = opened()
    rows = shown.locator("tbody tr[tabindex]")
    rows.first.focus()
    shown.keyboard.press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()
    shown.keyboard.press("Space")
    bar = shown.locator(".pick-bar")
    expect(bar).to_contain_text("已选 1 项")
    expect(bar).to_contain_text("年计划 333.33 万元")
    shown.locator("[data-pick]").nth(3).click(modifiers=["Shift"])
    expect(bar).to_contain_text("已选 3 项")  # the range begins where the space bar was pressed
    axe(shown)


def test_a_range_is_selected_with_shift_and_let_go_with_escape(opened):
    shown = opened()
    boxes = shown.locator("[data-pick]")
    boxes.nth(0).click()
    boxes.nth(2).click(modifiers=["Shift"])
    bar = shown.locator(".pick-bar")
    expect(bar).to_contain_text("已选 3 项")
    expect(bar).to_contain_text("年计划 1,000.00 万元")  # 9,999,999 yuan, not three times 333.33
    href = bar.get_by_role("link", name="导出所选").get_attribute("href") or ""
    assert len(re.findall(r"[0-9a-f-]{36}", href)) == 3
    with shown.expect_download() as saved:
        bar.get_by_role("link", name="导出所选").click()
    assert saved.value.suggested_filename.endswith(".xlsx")
    shown.locator("[data-pick-all]").click()
    expect(bar).to_contain_text(f"已选 {boxes.count()} 项")
    shown.keyboard.press("Escape")
    expect(bar).to_be_hidden()
    expect(shown.locator("[data-pick]:checked")).to_have_count(0)
    shown.locator("tbody tr[tabindex]").first.focus()
    shown.keyboard.press("Enter")
    shown.wait_for_url("**/tests/region/**")


def test_g_groups_and_a_group_is_folded_from_its_row(opened, axe):
    shown = opened()
    shown.keyboard.press("g")
    menu = shown.locator("details[data-group-menu]")
    expect(menu.get_by_role("link", name="不分组")).to_be_focused()
    menu.get_by_role("link", name="层级").click()
    shown.wait_for_url("**group=level**")
    expect(shown.locator("tr.grp")).not_to_have_count(0)
    axe(shown)
    row = shown.locator("tr.grp").first
    expect(row.locator("a.fold")).to_have_attribute("aria-expanded", "true")
    row.focus()
    shown.keyboard.press("Enter")
    shown.wait_for_url("**fold=**")
    expect(shown.locator("tr.grp a.fold").first).to_have_attribute("aria-expanded", "false")


def test_columns_are_chosen_and_moved_and_the_view_is_saved_under_a_name(opened, axe):
    shown = opened()
    shown.get_by_role("button", name="列 8 / 10").click()
    dialog = shown.locator("dialog[open]")
    expect(dialog).to_be_visible()
    axe(shown)
    for number in range(4):
        dialog.get_by_role("checkbox", name=f"栏{number}").uncheck()
    dialog.get_by_role("button", name="上移 年计划").focus()
    shown.keyboard.press("Enter")
    expect(dialog.get_by_role("button", name="上移 年计划")).to_be_focused()
    dialog.get_by_role("button", name="显示", exact=True).click()
    expect(shown.get_by_role("button", name="列 4 / 10")).to_be_visible()
    assert heads(shown) == ["名称", "层级", "年计划万元", "代码"]
    shown.get_by_role("button", name="＋ 存为视图").click()
    shown.get_by_label("名称").last.fill("四栏")
    shown.get_by_role("button", name="存入").click()
    expect(shown.locator(".views a[aria-current]")).to_have_text("四栏")
    axe(shown)
    shown.get_by_role("link", name="全部", exact=True).click()
    expect(shown.get_by_role("button", name="列 8 / 10")).to_be_visible()
    shown.get_by_role("link", name="四栏").click()
    expect(shown.get_by_role("button", name="列 4 / 10")).to_be_visible()
    shown.get_by_text("管理视图").click()
    shown.get_by_role("button", name="删除", exact=True).first.click()
    shown.locator("dialog[open]").get_by_role("button", name="删除", exact=True).click()
    expect(shown.locator(".views")).to_have_count(0)
    assert SavedView.objects.get().withdrawn


def test_a_phone_shows_rows_on_its_first_screen_and_folds_the_filters_behind_a_button(opened, axe):
    shown = opened(phone=True)
    assert shown.evaluate("document.documentElement.scrollWidth") <= 390
    first = shown.locator("tbody tr[tabindex]").first.bounding_box()
    assert first is not None
    assert first["y"] < 844 - 60
    filters = shown.get_by_role("button", name="筛选", exact=True)
    expect(shown.get_by_text("代码", exact=True).first).to_be_hidden()
    filters.click()
    expect(filters).to_have_attribute("aria-expanded", "true")
    expect(shown.locator("summary.chip").first).to_be_visible()
    axe(shown)


def test_a_long_filter_is_narrowed_as_one_types_and_a_short_one_is_not(opened, axe):
    shown = opened()
    shown.locator("summary.chip", has_text="层级").click()
    expect(shown.locator("details[open] [data-menu-find]")).to_have_count(0)
    shown.locator("summary.chip", has_text="多项").click()
    menu = shown.locator("details.menu[open]", has=shown.locator("summary", has_text="多项"))
    expect(menu.locator("a")).to_have_count(20)
    menu.get_by_role("searchbox").fill("第1")
    expect(menu.locator("a:visible")).to_have_count(11)
    axe(shown)
    menu.get_by_role("searchbox").fill("第17")
    menu.get_by_role("searchbox").press("Enter")
    expect(shown).to_have_url(re.compile(r"f\.several=17"))
