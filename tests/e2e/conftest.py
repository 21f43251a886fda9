"""A real browser against a live server: Chromium of the system, driven by Playwright.

    def test_page(browse, cast): page = browse("office"); page.goto("/library/"); …

`browse(name)` signs a person of the cast in; `browse()` is the public; `expected` names console errors that are right.
`axe(page)` fails on any accessibility fault; `shot(page, "name")` keeps a screenshot for the manual in shots/. Test
through locators: `wait_for_function` needs eval, which the page's policy refuses. Whatever the browser's console
reports as an error fails the test.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.conftest import CLOCK
from tests.e2e.demonstration import Demonstration, demonstration
from tests.e2e.tour import Tour, tour
from tests.support.cast import cast

__all__ = ["cast"]

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
SHOTS = Path(__file__).resolve().parent.parent.parent / "shots"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def demo(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """The demonstration district, built once and served by the product."""
    with demonstration(chromium, tmp_path_factory.mktemp("demo") / "data") as served:
        yield served


@pytest.fixture(scope="session")
def toured(demo: Demonstration) -> Tour:
    """Every page that links lead to, each opened once at 1440 px, and what is wrong with them."""
    return tour(demo)


@pytest.fixture(autouse=True)
def _business_date(settings: pytest.FixtureRequest) -> None:
    """The live server's threads stand on the same date as the tests."""
    settings.BUSINESS_DATE = CLOCK.date().isoformat()  # type: ignore[attr-defined]  # pytest-django's fixture


@pytest.fixture
def browse(chromium: Browser, live_server, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """`browse(name, phone=False)`: a page of its own; `name` of the cast, nobody when empty."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def heard(said: ConsoleMessage, expected: tuple[str, ...]) -> None:
        if said.type == "error" and not any(words in said.text for words in expected):
            errors.append(said.text)

    def open_page(name: str = "", *, phone: bool = False, expected: str | tuple[str, ...] = ()) -> Page:
        size = PHONE if phone else WIDE
        context = chromium.new_context(
            base_url=live_server.url, viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai", has_touch=phone
        )
        contexts.append(context)
        if name:
            client = request.getfixturevalue("cast").client(name)
            session = client.cookies[django_settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": django_settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
            )
        page = context.new_page()
        page.on("pageerror", lambda fault: errors.append(str(fault)))
        known = (expected,) if isinstance(expected, str) else expected
        page.on("console", lambda said: heard(said, known))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == [], "the browser's console reports errors"


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Fail on any fault that axe finds, with the element and the rule."""

    def check(page: Page) -> None:
        page.evaluate("Promise.all(document.getAnimations().map(one => one.finished.catch(() => null)))")  # faded in
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()

    return check


@pytest.fixture
def shot() -> Callable[[Page, str], Path]:
    """Keep a screenshot of the whole page."""

    def keep(page: Page, name: str) -> Path:
        SHOTS.mkdir(exist_ok=True)
        path = SHOTS / f"{name}.png"
        page.screenshot(path=path, full_page=True)
        return path

    return keep
