"""From an empty district to figures, by the first steps of Today alone."""

from pathlib import Path

import pytest

from tests.imports import books
from tests.support.cast import cast

__all__ = ["cast"]


@pytest.mark.django_db(transaction=True)
def test_the_first_steps_lead_from_nothing_to_a_list(browse, cast, axe, tmp_path: Path):
    page = browse("office_head")
    page.goto("/")
    page.get_by_role("heading", name="开始使用").wait_for()
    axe(page)
    page.goto("/dispatch/")
    page.get_by_role("heading", name="开始使用").wait_for()
    page.get_by_role("link", name="导入年度计划表").first.click()
    page.get_by_role("spinbutton", name="年度").fill("2026")
    page.get_by_label("区划").select_option(label="西工区")
    page.get_by_label("文件").set_input_files(books.write(tmp_path, "计划表.xlsx", books.workbook(books.plan_rows())))
    page.get_by_role("button", name="上传并核对").click()
    page.get_by_role("button", name="全部导入").click()
    page.get_by_text("已导入", exact=False).first.wait_for()
    page.goto("/today/")
    assert page.locator(".steps-list .done").count() >= 4
    page.goto("/dispatch/")
    page.get_by_text("完成投资", exact=False).first.wait_for()
    phone = browse("lead", phone=True)
    phone.goto("/today/")
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
