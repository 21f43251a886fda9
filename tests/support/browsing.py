"""The browser of all tests that need one: it is started once."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support import browser


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the session, also where several folders of tests use it; each test has its own context."""
    # Playwright's own loop runs in this thread, which Django takes for an asynchronous caller.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    path = browser.chromium()
    assert path is not None, browser.MISSING
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=browser.FLAGS)
        yield running
        running.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
