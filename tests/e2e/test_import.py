"""A newcomer's import in a real browser: choose, look, apply."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from guatu.library.models import Project
from tests.imports import books
from tests.support.cast import cast

__all__ = ["cast"]


@pytest.mark.django_db(transaction=True)
def test_a_ledger_goes_in_by_page(browse, cast, axe, shot, tmp_path: Path):
    rows = books.plan_rows()
    path = books.write(tmp_path, "重点项目计划表.xlsx", books.workbook(rows))
    page = browse("office")
    page.goto("/library/import/")
    axe(page)
    page.get_by_role("spinbutton", name="年度").fill("2019")
    page.get_by_label("区划").select_option(label="西工区")
    page.get_by_label("文件").set_input_files(path)
    shot(page, "import_start")
    page.get_by_role("button", name="上传并核对").click()
    page.get_by_text("读到 5 项：新增 5，变更 0，未变 0。").wait_for()
    axe(page)
    shot(page, "import_draft")
    page.get_by_role("button", name="全部导入").click()
    page.get_by_text("已导入", exact=False).first.wait_for()
    rows[6][6] = "3O000"
    page.goto("/library/import/")
    page.get_by_role("spinbutton", name="年度").fill("2019")
    page.get_by_label("区划").select_option(label="西工区")
    page.get_by_label("文件").set_input_files(books.write(tmp_path, "改过的.xlsx", books.workbook(rows)))
    page.get_by_role("button", name="上传并核对").click()
    page.get_by_text("导入未完成，库内数据没有改动。").wait_for()
    axe(page)
    shot(page, "import_wrong")


def to(page: Page, target: Locator, steps: int = 80) -> None:
    """Walk there by the tabulator key alone."""
    for _step in range(steps):
        page.keyboard.press("Tab")
        if target.evaluate("node => node === document.activeElement"):
            return
    raise AssertionError(f"not reached by keyboard: {target}")


def width_over(page: Page) -> int:
    root = "document.documentElement"
    over: int = page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
    return over


def long_ledger() -> bytes:
    """An unknown column, a name of eighty characters, a cell that is wrong."""
    rows = books.plan_rows()
    rows[2].append("内部编号")
    for number, row in enumerate(rows[3:]):
        if isinstance(row[0], int):
            row.append(f"NB-{number}")
    rows[4][1] = "老旧小区综合改造及配套基础设施完善提升工程" * 4
    return books.workbook(rows)


@pytest.mark.django_db(transaction=True)
def test_the_conversation_needs_no_mouse(browse, cast, axe, tmp_path: Path):
    page = browse("office")
    page.goto("/library/import/")
    plan, progress = page.locator("[data-kind=plan]"), page.locator("[data-kind=progress]").first
    assert (plan.is_visible(), progress.is_visible()) == (True, False)
    to(page, page.get_by_role("radio", name="年度计划表"))
    page.keyboard.press("ArrowDown")
    assert (plan.is_visible(), progress.is_visible()) == (False, True)
    page.keyboard.press("ArrowUp")
    to(page, page.get_by_label("区划"))
    page.keyboard.type("西工")
    year = page.get_by_role("spinbutton", name="年度")
    to(page, year)
    page.keyboard.type("2019")
    box = page.locator("input[type=file]")
    with page.expect_file_chooser() as chooser:
        to(page, box)  # meanwhile the browser learns that the dialog is waited for: a key may be faster than that word
        page.keyboard.press("Space")
    chooser.value.set_files(books.write(tmp_path, "计划表.xlsx", long_ledger()))
    page.get_by_text("已选 计划表.xlsx，", exact=False).wait_for()
    to(page, page.get_by_role("button", name="上传并核对"))
    page.keyboard.press("Enter")
    page.get_by_text("读到 5 项：新增 5，变更 0，未变 0。").wait_for()
    choice = page.get_by_label("内部编号 改为")
    to(page, choice)
    page.keyboard.press("ArrowDown")
    assert choice.input_value() == "ignore"
    to(page, page.get_by_role("button", name="按所选重新核对"))
    before = page.evaluate("window.stays = scrollY")
    page.keyboard.press("Enter")
    page.get_by_text("上次这样的表是这样指定的").wait_for()
    assert page.evaluate("window.stays") == before  # the page was not loaded anew
    assert abs(page.evaluate("scrollY") - before) < 200
    page.get_by_text("列全部认出").wait_for()
    axe(page)
    to(page, page.get_by_role("button", name="全部导入"))
    page.keyboard.press("Enter")
    page.get_by_text("已导入", exact=False).first.wait_for()
    assert Project.objects.count() == 5


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("phone", [False, True])
def test_no_page_of_it_is_wider_than_the_screen(browse, cast, axe, tmp_path: Path, phone: bool):
    page = browse("office", phone=phone)
    page.goto("/library/import/")
    page.get_by_role("spinbutton", name="年度").fill("2019")
    page.get_by_label("区划").select_option(label="西工区")
    page.locator("input[type=file]").set_input_files(books.write(tmp_path, "计划表.xlsx", long_ledger()))
    page.get_by_role("button", name="上传并核对").click()
    page.get_by_text("读到 5 项", exact=False).wait_for()
    draft = page.url
    for language in ("zh-hans", "zh-hant", "en"):
        page.context.add_cookies([{"name": "django_language", "value": language, "url": draft}])
        for address in (draft, f"{draft}?show=warnings", f"{draft}?show=created", "/library/import/"):
            page.goto(address)
            for fold in page.locator("details.fold > summary").all():
                fold.click()
            assert width_over(page) <= 0, (language, address)
            axe(page)
