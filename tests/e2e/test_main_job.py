"""The office's month in a browser: plan in, progress in, the overview at any date, a figure's rows, a bulletin, out."""

import re

import pytest
from playwright.sync_api import Page, expect

from guatu.library.models import AnnualList, Project
from guatu.publishing.models import Bulletin
from guatu.reporting.models import Reading
from tests.e2e.demonstration import sign_in
from tests.imports import books
from tests.support.cast import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def upload(page: Page, name: str, data: bytes, **chosen: str) -> None:
    """Upload a ledger of 2019 and stay at its report."""
    page.goto("/library/import/")
    page.fill("input[name=year]", "2019")
    page.check(f"input[name=kind][value={chosen.pop('kind', 'plan')}]")
    for field, value in chosen.items():
        if field == "period":
            page.fill("input[name=period]", value)
        else:
            page.select_option(f"select[name={field}]", value)
    page.set_input_files("input[name=file]", {"name": name, "mimeType": XLSX, "buffer": data})
    page.get_by_role("button", name="上传并核对").click()
    page.wait_for_url(re.compile(r"/library/import/[0-9a-f-]{36}/"))


def apply_twice(page: Page) -> None:
    """A hasty double click on the button that applies."""
    page.get_by_role("button", name="全部导入", exact=True).dblclick()
    expect(page.get_by_text("已导入“").first).to_be_visible()


def replay(page: Page) -> None:
    """The replay changes the figures on the page as it stands, week by week; stopped, the page opens at its date."""
    page.goto("/dispatch/?as_of=2019-03-01")
    page.evaluate("document.querySelector('h1').id = 'stays'")
    button = page.get_by_role("button", name="▶ 回放")
    button.click()
    expect(lede(page)).to_contain_text("截至3月8日")
    expect(page.locator("h1#stays")).to_have_count(1)
    button.click()
    page.wait_for_url(re.compile(r"as_of=2019-03-(08|15|22)"))
    expect(page.locator("h1#stays")).to_have_count(0)
    day = re.search(r"as_of=2019-0(\d)-(\d\d)", page.url)
    assert day
    expect(lede(page)).to_contain_text(f"截至{day[1]}月{int(day[2])}日")


def lede(page: Page):
    return page.locator("p.lede")


def test_the_offices_month(browse, cast):
    page = browse()
    sign_in(page, "office", PASSWORD)
    expect(page.get_by_role("heading", name="开始使用")).to_be_visible()
    page.get_by_role("link", name="导入年度计划表").click()
    page.wait_for_url("**/library/import/")

    upload(page, "计划.xlsx", books.plan_book(), kind="plan", level="district")
    expect(lede(page)).to_have_text("读到 5 项：新增 5，变更 0，未变 0。")
    assert not Project.objects.exists()
    apply_twice(page)
    assert (Project.objects.count(), AnnualList.objects.count()) == (5, 1)

    sheet = books.workbook(books.progress_rows())
    upload(page, "三月进度.xlsx", sheet, kind="progress", level="district", period="2019-03")
    apply_twice(page)
    assert Reading.objects.standing().filter(period="2019-03").count() == 5

    page.goto("/dispatch/?as_of=2019-03-31")
    expect(lede(page)).to_contain_text("截至3月31日，完成投资 2.31亿元")
    page.get_by_role("link", name="前一天").click()
    expect(lede(page)).to_contain_text("截至3月30日")
    page.get_by_label("截至日期").first.fill("2019-03-31")
    page.wait_for_url("**as_of=2019-03-31**")
    expect(lede(page)).to_contain_text("截至3月31日")
    page.locator("form.ruler input[type=range]").press("ArrowRight")
    page.wait_for_url("**as_of=2019-04-01**")
    expect(lede(page)).to_contain_text("截至4月1日")
    replay(page)
    page.goto("/dispatch/?as_of=2019-04-01")

    lede(page).get_by_role("link", name="2.31").click()
    page.wait_for_url("**/dispatch/rows/**")
    expect(page.get_by_role("link", name=books.NAMES[0])).to_be_visible()
    expect(page.locator("tr.tot")).to_contain_text("2.31")
    page.go_back()
    expect(lede(page)).to_contain_text("截至4月1日")

    page.goto("/bulletins/new/")
    page.get_by_label("数据截至").fill("2019-03-31")
    page.get_by_role("button", name="更新预览").click()
    page.wait_for_url("**as_of=2019-03-31**")
    expect(page.locator("main")).to_contain_text("2.31亿元")
    page.get_by_role("button", name="按此起草").dblclick()
    page.wait_for_url("**/edit/")
    expect(page.get_by_text("全部数字与数据和附表一致，可以签发。")).to_be_visible()
    assert Bulletin.objects.count() == 1
    page.get_by_role("link", name="看样稿").first.click()
    expect(page.locator("main")).to_contain_text("2.31亿元")

    page.locator(".account-menu summary, .mast-tools details summary").first.click()
    page.get_by_role("button", name="退出登录").click()
    page.goto("/dispatch/")
    page.wait_for_url("**/login/?next=**")
