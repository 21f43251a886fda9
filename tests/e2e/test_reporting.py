"""The reporter's sheet in a browser: rows by keyboard, a pasted block, handed in at once; two who fill one cell."""

import pytest
from playwright.sync_api import Page, expect

from guatu.reporting.content import from_json
from guatu.reporting.models import Report
from tests.reporting.workbooks import asked_unit

pytestmark = pytest.mark.django_db(transaction=True)

PASTE = """(input, text) => {
  const data = new DataTransfer();
  data.setData('text/plain', text);
  input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def cell(page: Page, row: int, code: str):
    return page.locator(f"tr[data-row='{row}'] input[data-code='{code}']")


def test_three_rows_by_keyboard_one_pasted_and_all_are_handed_in(browse, cast, axe):
    asked_unit(cast, "东街", "南街", "西街", "中街")
    page = browse("reporter")
    page.goto("/reports/")
    axe(page)
    first = cell(page, 1, "amount")
    expect(first).to_be_focused()
    for amount in ("1.2亿", "12000万", "80"):
        page.keyboard.type(amount)
        page.keyboard.press("Enter")
    expect(cell(page, 4, "amount")).to_be_focused()
    cell(page, 4, "amount").evaluate(PASTE, "70")  # one value goes as it is
    page.keyboard.type("70")
    cell(page, 1, "words").evaluate(PASTE, "主体九层\t无\n外墙\t无\n管网\t无\n")
    cell(page, 4, "words").focus()
    page.keyboard.type("路面铺装")
    page.keyboard.press("Control+Enter")  # right after the last letter: it is kept first
    expect(page.locator("[data-sheet-kept]")).to_contain_text("已提交 4 份")
    expect(page.locator("td[data-state]").first).to_have_text("待单位审核")
    told = {row.project.name: from_json(row.content) for row in Report.objects.select_related("project")}
    assert {row.state for row in Report.objects.all()} == {"submitted"}
    amounts = sorted(one.amount or 0 for one in told.values())
    assert amounts == [700_000, 800_000, 120_000_000, 120_000_000]
    assert sorted(one.words for one in told.values()) == sorted(["主体九层", "外墙", "管网", "路面铺装"])


def test_only_the_rows_that_were_chosen_are_handed_in(browse, cast, axe):
    asked_unit(cast, "东街", "南街", "西街")
    page = browse("reporter")
    page.goto("/reports/")
    button = page.locator("[data-sheet-submit]")
    for row in (1, 2, 3):
        cell(page, row, "amount").fill("80")
    cell(page, 2, "amount").press("Alt+Enter")
    page.get_by_label("选中第 3 行").check()
    expect(button).to_have_text("提交选中的 2 行")
    page.get_by_label("选中第 3 行").uncheck()
    axe(page)
    cell(page, 2, "amount").press("Control+Enter")
    expect(page.locator("[data-sheet-kept]")).to_contain_text("已提交 1 份")
    assert sorted(Report.objects.values_list("state", flat=True)) == ["draft", "draft", "submitted"]
    assert page.locator("tr[data-row='2'] input").count() == 0
    expect(button).to_have_text("提交已填的")
    button.click()
    expect(page.locator("[data-sheet-kept]")).to_contain_text("已提交 2 份")


def test_two_in_one_cell_are_shown_both_and_decide(browse, cast):
    asked_unit(cast, "东街")
    mine, other = browse("reporter"), browse("reporter")
    for page in (mine, other):
        page.goto("/reports/")
    cell(other, 1, "amount").fill("10")
    other.keyboard.press("Tab")
    expect(other.locator("[data-sheet-kept]")).to_contain_text("草稿已存")
    cell(mine, 1, "amount").fill("20")
    mine.keyboard.press("Tab")
    said = mine.locator("[data-sheet-said]")
    expect(said).to_contain_text("别人刚填了“10”")
    expect(said).to_contain_text("您填的是“20”")
    mine.get_by_role("button", name="用我填的").click()
    expect(mine.locator("[data-sheet-said]")).not_to_contain_text("别人刚填了")
    expect(mine.locator("[data-sheet-kept]")).to_contain_text("草稿已存")
    mine.wait_for_timeout(400)
    assert from_json(Report.objects.get().content).amount == 200_000
