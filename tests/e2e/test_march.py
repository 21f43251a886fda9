"""March from end to end in a browser: a unit files from the keyboard, its reviewer checks, the office accepts, closes.

What closing kept, and the bulletin that was issued, stay the same when a later month's report corrects March.
"""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Locator, Page, expect

from guatu.core.attachments import path_of
from guatu.figures.models import Snapshot, SnapshotFact, SnapshotFigure
from guatu.figures.queries import as_json, ask, figures
from guatu.library.models import AnnualList, ClosedPeriod, Project
from guatu.publishing import actions as publishing
from guatu.publishing import issuing
from guatu.publishing.models import Bulletin
from guatu.reporting.models import Report
from guatu.reporting.queries import readings_as_of
from tests.library.conftest import at_day
from tests.reporting.workbooks import asked_unit
from tests.support.cast import Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clock("2026-04-01")]

MARCH = date(2026, 3, 31)
APRIL, LATER = "2026-04-01", "2026-05-01"
NAMES = tuple(f"示例{number:02d}号路改造" for number in range(1, 13))
FIRST, CORRECTED = 1_000_000, 900_000  # yuan: what the first project told of March, and what was right

Browse = Callable[..., Page]


def cell(page: Page, row: int, code: str) -> Locator:
    return page.locator(f"tr[data-row='{row}'] input[data-code='{code}']")


def files_by_keyboard(page: Page, rows: int, words: str) -> None:
    """The amounts downwards by Enter, the words upwards by Shift+Enter, Ctrl+Enter right after the last letter."""
    page.goto("/reports/")
    expect(cell(page, 1, "amount")).to_be_focused()
    for number in range(1, rows + 1):
        page.keyboard.type(str(99 + number))
        page.keyboard.press("Enter")
    while page.evaluate("document.activeElement.dataset.code") != "words":
        page.keyboard.press("Tab")
    for number in range(rows, 0, -1):
        expect(cell(page, number, "words")).to_be_focused()
        page.keyboard.type(f"{words}{number}")
        page.keyboard.press("Control+Enter" if number == 1 else "Shift+Enter")
    expect(page.locator("[data-sheet-kept]")).to_contain_text(f"已提交 {rows} 份")


def decides_on_all(page: Page, button: str, said: str) -> None:
    """Everything in the queue is chosen and decided at once."""
    page.goto("/reports/review/")
    page.get_by_label("全选", exact=True).check()
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_text(said)).to_be_visible()


def month_goes_through(browse: Browse, rows: int, words: str) -> None:
    """The reporter, the reviewer and the office do a month's reports."""
    files_by_keyboard(browse("reporter"), rows, words)
    decides_on_all(browse("reviewer"), "审核通过", f"已审核 {rows} 份填报")
    decides_on_all(browse("office"), "采用", f"已采用 {rows} 份填报")
    assert set(Report.objects.values_list("state", flat=True)) == {"accepted"}


def closes_march(page: Page, annual: AnnualList) -> None:
    page.goto(f"/library/lists/{annual.public_id}/close/?until={MARCH}")
    page.get_by_label("先行锁定的理由").fill("1月、2月尚未用本系统填报")
    page.get_by_role("button", name="锁定", exact=True).click()
    expect(page.get_by_text("已锁定。")).to_be_visible()
    assert ClosedPeriod.objects.get().until == MARCH


def march_bulletin(cast: Cast, annual: AnnualList) -> Bulletin:
    draft = publishing.draft_bulletin(actor=cast.actor("office"), kind="progress", lists=[annual], as_of=MARCH)
    row = Bulletin.objects.select_related("region").get(pk=draft.pk)
    issuing.issue(cast.actor("office_head"), row, seen=row.version, number=1)
    return row


def told_of_march(cast: Cast, annual: AnnualList, bulletin: Bulletin) -> list[object]:
    """What closing kept, what is answered of March, and the bulletin's papers to the byte."""
    closing = Snapshot.objects.get(kind="closing")
    rows = SnapshotFigure.objects.filter(snapshot=closing).order_by("pk")
    facts = SnapshotFact.objects.filter(snapshot=closing).order_by("pk").values_list("project_id", "facts")
    office, issued = cast.actor("office"), Bulletin.objects.get(pk=bulletin.pk)
    asked = ask(office, [annual], MARCH)
    return [
        list(rows.values_list("cut", "group", "indicator", "value", "printed")),
        list(facts),
        [as_json(figures(office, asked, by)) for by in ((), ("unit",))],
        [path_of(kept.digest).read_bytes() for kept in (issued.docx, issued.pdf)],
    ]


def corrects_march(page: Page, first: Project) -> None:
    report = Report.objects.get(project=first, period="2026-03")
    page.goto(f"/reports/report/{report.public_id}/correct/")
    page.get_by_label("截至当期的本年完成投资应为").fill("90")
    page.locator("[name=reason]").fill("重复计入一张结算单")
    page.get_by_role("button", name="写入下一期填报").click()
    expect(page.get_by_text("已写入2026年4月的填报")).to_be_visible()


def march_of(project: Project) -> int | None:
    return readings_as_of([project.pk], MARCH, restated=True)[project.pk].ytd


def test_a_unit_files_the_office_closes_and_march_never_changes_again(browse, cast, settings):
    settings.BUSINESS_DATE = APRIL
    asked_unit(cast, *NAMES)
    annual = AnnualList.objects.select_related("region").get()
    month_goes_through(browse, len(NAMES), "路面")
    first = Report.objects.select_related("project").get(content__words="路面1").project
    assert march_of(first) == FIRST
    closes_march(browse("office_head"), annual)
    bulletin = march_bulletin(cast, annual)
    before = told_of_march(cast, annual, bulletin)
    with at_day(LATER):
        settings.BUSINESS_DATE = LATER
        corrects_march(browse("reporter"), first)
        month_goes_through(browse, len(NAMES), "绿化")
        assert march_of(first) == CORRECTED
        assert told_of_march(cast, annual, bulletin) == before
