"""What hands do: typed days and amounts, drafts, two at once, twice the same, back, undo, a session that ended."""

import re

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from playwright.sync_api import expect

from guatu.core.models import TrailEntry
from guatu.library import actions
from guatu.library.models import Project
from tests.library.conftest import Shelf
from tests.support.cast import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
CONFLICT = "409 (Conflict)"


@pytest.fixture
def shelf(cast) -> Shelf:
    return Shelf(cast)


@pytest.fixture
def street(shelf) -> Project:
    return shelf.project()


def address(name: str, project: Project) -> str:
    return reverse(f"library:{name}", args=[project.public_id])


def save(page) -> None:
    page.locator("main .form-acts .btn-main").click()


@pytest.mark.parametrize("phone", [False, True], ids=["1440", "390"])
def test_a_day_and_an_amount_are_said_back_as_one_types(browse, axe, street, phone):
    page = browse("office", phone=phone)
    page.goto(address("profile", street))
    total, on = page.locator("#id_total_investment"), page.locator("#id_on")
    total.fill("1.2亿")
    expect(page.locator(".field", has=total).locator(".echo")).to_have_text("= 12,000 万元")
    total.fill("约1亿")
    expect(page.locator(".field", has=total).locator(".echo-note")).to_contain_text("不是确定的金额")
    on.fill("下周五")
    field = page.locator(".field", has=on)
    expect(field.locator(".echo")).to_have_text("= 4月3日 星期五")
    expect(field.locator(".echo-note")).to_contain_text("3月27日")
    assert field.locator(".echo-box").get_attribute("aria-live") == "polite"
    opener = field.get_by_role("button", name="打开日历")
    expect(opener).to_be_visible()
    opener.click()
    calendar = field.locator("input[type=date]")
    calendar.evaluate("(one) => { one.value = '2026-04-30'; one.dispatchEvent(new Event('change')); }")
    expect(on).to_have_value("2026-04-30")
    expect(field.locator(".echo")).to_have_text("= 星期四")
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0
    axe(page)


def test_what_was_typed_survives_a_reload_is_offered_with_its_time_and_is_given_up_once_stored(browse, axe, street):
    page = browse("office")
    page.goto(address("change", street))
    page.locator("#id_scale").fill("3.2 公里")
    expect(page.locator(".draft")).to_have_text("已存草稿（在本机）")
    page.reload()
    offer = page.locator(".draft-offer")
    expect(offer).to_contain_text("填了没有存入的内容")
    expect(page.locator("#id_scale")).to_have_value("")
    axe(page)
    offer.get_by_role("button", name="恢复").click()
    expect(page.locator("#id_scale")).to_have_value("3.2 公里")
    save(page)
    page.wait_for_url(lambda url: "/change/" not in url)
    page.goto(address("change", street))
    expect(page.locator("#id_scale")).to_have_value("3.2 公里")
    expect(offer).to_have_count(0)
    page.locator("#id_scale").fill("9 公里")
    expect(page.locator(".draft")).to_have_text("已存草稿（在本机）")
    page.reload()
    offer.get_by_role("button", name="放弃").click()
    page.reload()
    expect(page.locator("#id_scale")).to_have_value("3.2 公里")
    expect(offer).to_have_count(0)


def test_a_draft_outlives_the_session_and_is_nobody_else_s(browse, cast, live_server, street):
    page = browse("office")
    page.goto(address("change", street))
    page.locator("#id_scale").fill("3.2 公里")
    expect(page.locator(".draft")).to_have_text("已存草稿（在本机）")
    page.context.clear_cookies(name=django_settings.SESSION_COOKIE_NAME)
    save(page)
    page.wait_for_url(lambda url: "/login/" in url)
    assert Project.objects.get().scale == ""

    def sign_in(who):
        page.fill("input[name=username]", cast.user(who).username)
        page.fill("input[name=password]", PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(lambda url: "/login/" not in url)

    sign_in("office_head")
    page.goto(address("change", street))
    expect(page.locator("#id_scale")).to_have_value("")
    expect(page.locator(".draft-offer")).to_have_count(0)
    page.context.clear_cookies(name=django_settings.SESSION_COOKIE_NAME)
    page.goto(address("change", street))
    sign_in("office")
    page.locator(".draft-offer").get_by_role("button", name="恢复").click()
    expect(page.locator("#id_scale")).to_have_value("3.2 公里")


def test_two_at_once_see_what_was_open_what_is_there_and_what_they_typed_and_choose(browse, axe, shot, street):
    first, second = browse("office_head"), browse("office", expected=CONFLICT)
    for page in (first, second):
        page.goto(address("change", street))
    first.locator("#id_scale").fill("3.2 公里")
    first.locator("#id_remark").fill("先开南段")
    save(first)
    first.wait_for_url(lambda url: "/change/" not in url)
    second.locator("#id_scale").fill("4 公里")
    second.locator("#id_address").fill("青桐路")
    save(second)
    table = second.locator("table.conflict")
    expect(table).to_be_visible()
    said = second.locator("main .note[role=alert]").first
    expect(said).to_contain_text("刚被别人改过")
    expect(said).to_contain_text(re.compile(r"于 03-26 \d\d:\d\d 存入"))
    rows = {
        row.locator("th").inner_text(): [cell.strip() for cell in row.locator("td").all_inner_texts()]
        for row in table.locator("tbody tr").all()
    }
    assert rows["建设规模"][:3] == ["（空）", "3.2 公里", "4 公里"]
    assert rows["备注"][:3] == ["（空）", "先开南段", "（空）"]
    assert rows["建设地点"][:3] == ["（空）", "（空）", "青桐路"]
    assert "请您选定" in rows["建设规模"][3]
    assert "取现在的" in rows["备注"][3]
    axe(second)
    shot(second, "conflict")
    assert Project.objects.get().scale == "3.2 公里"
    save(second)
    second.wait_for_url(lambda url: "/change/" not in url)
    stored = Project.objects.get()
    assert (stored.scale, stored.remark, stored.address) == ("4 公里", "先开南段", "青桐路")


def test_a_double_click_is_one_change_and_the_answer_of_the_first_is_shown(browse, street):
    page = browse("office")
    page.goto(address("change", street))
    page.locator("#id_scale").fill("3.2 公里")
    page.locator("main .form-acts .btn-main").dblclick()
    page.wait_for_url(lambda url: "/change/" not in url)
    assert TrailEntry.objects.filter(action="library.change_project").count() == 1


def test_the_back_button_after_saving_shows_what_is_there_now(browse, street):
    page = browse("office")
    page.goto(address("change", street))
    page.locator("#id_scale").fill("3.2 公里")
    save(page)
    page.wait_for_url(lambda url: "/change/" not in url)
    page.go_back()
    expect(page.locator("#id_scale")).to_have_value("3.2 公里")
    expect(page.locator(".draft-offer")).to_have_count(0)
    page.locator("#id_scale").fill("5 公里")
    save(page)
    page.wait_for_url(lambda url: "/change/" not in url)
    assert Project.objects.get().scale == "5 公里"
    assert TrailEntry.objects.filter(action="library.change_project").count() == 2


def test_a_form_that_the_browser_kept_as_it_was_sent_says_so_and_is_held_against_what_is_there(browse, axe, street):
    page = browse("office", expected=CONFLICT)
    page.goto(address("change", street))
    page.locator("#id_scale").fill("3.2 公里")
    sent = page.evaluate("() => Object.fromEntries(new FormData(document.querySelector('main form')))")
    answer = page.request.post(page.url, form=sent, headers={"referer": page.url})
    assert answer.ok
    # What a browser does when it shows the page from its memory: everything as it was, and the event of being shown.
    page.evaluate("() => dispatchEvent(new Event('pageshow'))")
    expect(page.locator(".sent-before")).to_contain_text("已经存入过")
    axe(page)
    page.locator("#id_scale").fill("5 公里")
    save(page)
    expect(page.locator("table.conflict tbody tr")).to_have_count(1)
    assert Project.objects.get().scale == "3.2 公里"
    save(page)
    page.wait_for_url(lambda url: "/change/" not in url)
    assert Project.objects.get().scale == "5 公里"


def test_the_note_after_a_change_takes_it_back(browse, axe, street):
    page = browse("office")
    page.goto(address("change", street))
    page.locator("#id_scale").fill("3.2 公里")
    save(page)
    toast = page.locator(".toast", has_text="已存入")
    expect(toast).to_be_visible()
    axe(page)
    toast.get_by_role("button", name="撤销").click()
    expect(page.locator(".toast", has_text="已撤销：修改项目信息")).to_be_visible()
    assert Project.objects.get().scale == ""


def test_what_stands_in_the_way_of_an_undo_is_on_its_page(browse, axe, shelf, street):
    actions.change_project(actor=shelf.office, project=street, seen=None, values={"scale": "3.2 公里"})
    street.refresh_from_db()
    actions.change_project(actor=shelf.head, project=street, seen=None, values={"scale": "4 公里"})
    page = browse("office")
    page.goto(address("project", street) + "?tab=history")
    page.get_by_role("link", name="撤销").first.click()
    expect(page.locator("main .note-yellow")).to_contain_text(shelf.head.label)
    expect(page.get_by_role("button", name="撤销")).to_have_count(0)
    axe(page)


def test_a_session_that_ended_and_a_server_that_is_gone_are_told_in_place(browse, street):
    page = browse(
        "office",
        expected=("Failed to load resource", "Code 401 from", "htmx:sendError", "Send Error", "htmx:afterRequest"),
    )
    page.goto(address("profile", street))
    page.context.clear_cookies(name=django_settings.SESSION_COOKIE_NAME)
    page.locator("#id_on").fill("3.31")
    notice = page.locator("#notices")
    expect(notice).to_contain_text("登录已过期")
    expect(notice.get_by_role("link", name="重新登录")).to_have_attribute("target", "_blank")
    expect(page.locator("#id_on")).to_have_value("3.31")
    page.context.set_offline(True)
    page.locator("#id_on").fill("4.30")
    expect(notice).to_contain_text("没有连上服务器")
    expect(page.locator("#id_on")).to_have_value("4.30")
