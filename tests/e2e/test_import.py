"""A newcomer's import in a real browser: choose, look, apply."""

from pathlib import Path

import pytest

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
    page.get_by_label("年度", exact=False).first.fill("2019")
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
    page.get_by_label("年度", exact=False).first.fill("2019")
    page.get_by_label("区划").select_option(label="西工区")
    page.get_by_label("文件").set_input_files(books.write(tmp_path, "改过的.xlsx", books.workbook(rows)))
    page.get_by_role("button", name="上传并核对").click()
    page.get_by_text("导入未完成，库内数据没有改动。").wait_for()
    axe(page)
    shot(page, "import_wrong")
