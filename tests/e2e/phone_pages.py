"""A reporter's phone in a browser: the unit that is asked, the page opened once, what a person does there."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from guatu.reporting.models import ReportRule
from tests.reporting.phone import picture
from tests.reporting.workbooks import asked_unit

CUT = ("net::ERR_INTERNET_DISCONNECTED", "net::ERR_FAILED", "status of 401", "status of 409", "Failed to fetch")
DIST = Path(__file__).resolve().parents[2] / "guatu" / "core" / "static" / "guatu" / "dist"
NAME = "青桐路快速化改造（一期）"


@pytest.fixture(name="asked")
def asked_unit_of_phone(cast, settings, tmp_path):
    """A unit that is asked for a month's report with photos."""
    settings.DATA_DIR = tmp_path
    asked_unit(cast, NAME)
    asks(["money", "words", "problem", "photos"])
    return cast


@pytest.fixture(name="phone")
def opened_phone(asked, browse) -> Page:
    """The reporter's phone, after it was opened once with a network."""
    return open_phone(browse)


def asks(fields: list[str]) -> None:
    """What the rule asks for."""
    ReportRule.objects.update(rule={"fields": fields, "due": {"days": 2, "at": "17:00"}})


def open_phone(browse, script: str = "", who: str = "reporter") -> Page:
    """A phone whose browser runs `script` before the page's own."""
    page = browse(who, phone=True, expected=CUT)
    if script:
        page.add_init_script(script)
    page.goto("/phone/")
    expect(page.locator("h1")).to_have_text("现在要填 1 份")
    return page


def write(page: Page, photos: int = 0, first: int = 0) -> None:
    """Fill the form; the photos are `first` and those after it (a photo that a report has already is kept once)."""
    page.locator("a.ask").click()
    page.get_by_label("本期完成投资").fill("312")
    page.get_by_label("本期做了什么").fill("6 号墩桩基完成 4 根")
    files = [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": picture(first + n)} for n in range(photos)]
    if files:
        page.locator("#album").set_input_files(files)
        expect(page.locator(".photos li")).to_have_count(photos)


def hand_in(page: Page) -> None:
    """Hand the form in; it then waits in the outbox."""
    page.locator("form button.main").click()
    expect(page.locator("h1")).to_have_text("待发与回执")


def arrived(page: Page) -> None:
    """The report's receipt is there."""
    expect(page.locator('.entry[data-kind="report"][data-state="sent"]')).to_have_count(1, timeout=20_000)
