"""A report and its photos from poor browsers, by a plain page: WeChat's own, private browsing, no HTTPS."""

import pytest
from playwright.sync_api import expect

from guatu.reporting.models import Evidence, Report, ReportEdition
from tests.e2e.phone_pages import arrived, asked_unit_of_phone, hand_in, open_phone, write

__all__ = ["asked_unit_of_phone"]
pytestmark = pytest.mark.django_db(transaction=True)


def gone(owner: str, name: str) -> str:
    """A script by which `owner` has no `name`."""
    return f"Object.defineProperty({owner}, '{name}', {{ value: undefined, configurable: true }});"


PRIVATE = "IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError'); };"
REFUSED = """IDBFactory.prototype.open = () => {
  const asked = {};
  setTimeout(() => asked.onerror(), 0);
  return asked;
};"""
NO_SESSION = """for (const name of ['sessionStorage', 'localStorage'])
  Object.defineProperty(window, name, { get() { throw new DOMException('', 'SecurityError'); } });"""
PLAIN_HTTP = (
    gone("Crypto.prototype", "subtle")
    + gone("Crypto.prototype", "randomUUID")
    + gone("Navigator.prototype", "locks")
    + gone("Navigator.prototype", "storage")
    + gone("Navigator.prototype", "serviceWorker")
    + gone("window", "caches")
    + "Object.defineProperty(window, 'isSecureContext', { value: false });"
)
BROWSERS = {
    "no worker": gone("Navigator.prototype", "serviceWorker"),
    "worker refused": "ServiceWorkerContainer.prototype.register = () => Promise.reject(new Error('refused'));",
    "no sums": gone("Crypto.prototype", "subtle"),
    "no randomUUID": gone("Crypto.prototype", "randomUUID"),
    "no locks": gone("Navigator.prototype", "locks"),
    "no estimate": gone("Navigator.prototype", "storage"),
    "no bitmaps": gone("window", "createImageBitmap"),
    "plain HTTP": PLAIN_HTTP,
    "private browsing": PRIVATE,
    "store refused": REFUSED,
    "no store at all": gone("window", "indexedDB"),
    "nothing at all": PLAIN_HTTP + gone("window", "indexedDB") + gone("window", "createImageBitmap") + NO_SESSION,
}
KEEPS_NOTHING = ("private browsing", "store refused", "no store at all", "nothing at all")


@pytest.mark.parametrize("browser", BROWSERS)
def test_a_report_with_a_photo_is_handed_in_from_a_browser_that_lacks(asked, browse, browser):
    page = open_phone(browse, BROWSERS[browser])
    expect(page.locator("#note-store")).to_be_visible(visible=browser in KEEPS_NOTHING)
    write(page, photos=1)
    hand_in(page)
    arrived(page)
    expect(page.get_by_text("照片 1 / 1 张")).to_be_visible(timeout=20_000)
    assert Report.objects.get().content["amount"] == 3_120_000
    assert (ReportEdition.objects.count(), Evidence.objects.count()) == (1, 1)


def test_without_https_drafts_are_kept_and_what_is_missing_is_said(asked, browse, shot):
    page = open_phone(browse, PLAIN_HTTP)
    expect(page.locator("#note-https")).to_contain_text("没有网络时打不开本页")
    write(page, photos=1)
    expect(page.get_by_text("草稿已存在本机")).to_be_visible()
    shot(page, "phone-plain-http")
    page.reload()
    page.goto("/phone/")
    page.locator("a.ask").click()
    expect(page.get_by_label("本期完成投资")).to_have_value("312")
    expect(page.locator(".photos li")).to_have_count(1)


def test_where_nothing_is_kept_a_reload_keeps_the_text_and_the_page_says_what_is_missing(asked, browse, shot):
    page = open_phone(browse, PRIVATE)
    expect(page.locator("#note-store")).to_contain_text("请等全部送达再离开本页")
    write(page)
    page.context.set_offline(True)
    hand_in(page)
    shot(page, "phone-keeps-nothing")
    page.context.set_offline(False)
    page.reload()
    page.goto("/phone/#/outbox")
    arrived(page)
    assert ReportEdition.objects.count() == 1
