"""The demonstration district behind the product's own server, and pages in which its people are signed in.

Whatever a page's console reports as an error (a refused style or script is one) is kept in `Seat.errors`.
"""

import contextlib
import signal
import socket
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.support.installation import Installation, fresh
from tests.support.small_demo import TODAY

PROJECTS, PATIENCE = 24, 90


@dataclass(frozen=True)
class Seat:
    """One person's page in a browser, and what its console complained of."""

    page: Page
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    @property
    def width_over(self) -> int:
        """Pixels by which the document is wider than the screen."""
        root = "document.documentElement"
        over: int = self.page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
        return over


@dataclass
class Demonstration:
    """The served district: its address and its log-ins; who has signed in once is not asked again."""

    url: str
    passwords: dict[str, str]
    browser: Browser
    made: Installation
    states: dict[str, object] = field(default_factory=dict)

    def make_more(self, *words: str) -> list[tuple[str, str]]:
        """Run tests.support.more_demo on the district; returns the log-in and the address of each page it names."""
        making = self.made.start("tests.support.more_demo", *words)
        said, _ = making.communicate(timeout=120)
        assert making.returncode == 0, said
        rows = [line.split("\t") for line in said.splitlines() if line.startswith("demo-")]
        return [(login, address) for login, address in rows]

    @contextlib.contextmanager
    def seat(self, login: str, width: int, **cookies: str) -> Iterator[Seat]:
        """A signed-in page of this width; `cookies` choose the theme and the language."""
        context = self.browser.new_context(
            base_url=self.url,
            viewport={"width": width, "height": 844 if width < 768 else 900},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            storage_state=self._state(login) if login else None,  # type: ignore[arg-type]  # Playwright's own value
        )
        context.add_cookies([{"name": name, "value": value, "url": self.url} for name, value in cookies.items()])
        seat = Seat(context.new_page())
        seat.page.on("console", lambda said: seat.errors.append(said.text) if said.type == "error" else None)
        seat.page.on("request", lambda asked: self.is_ours(asked.url) or seat.outside.append(asked.url))
        seat.page.on("pageerror", lambda fault: seat.errors.append(str(fault)))
        try:
            yield seat
        finally:
            context.close()

    def is_ours(self, url: str) -> bool:
        """Whether a request stays with the product."""
        return url.startswith((self.url + "/", "data:", "blob:"))

    def _state(self, login: str) -> object:
        if login not in self.states:
            context = self.browser.new_context(base_url=self.url, locale="zh-CN")
            sign_in(context.new_page(), login, self.passwords[login])
            self.states[login] = context.storage_state()
            context.close()
        return self.states[login]


def sign_in(page: Page, login: str, password: str) -> None:
    """Sign in on the page."""
    page.goto("/login/")
    page.fill("input[name=username]", login)
    page.fill("input[name=password]", password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "/login/" not in url)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=5):
            return True
    except OSError:
        return False


@contextlib.contextmanager
def demonstration(browser: Browser, folder: Path, projects: int = PROJECTS) -> Iterator[Demonstration]:
    """Build the district in the folder, serve it on a free port, stop the server at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    with fresh(folder, PORT=port, GUATU_TODAY=TODAY.isoformat(), GUATU_WORKERS="1") as made:
        folder.mkdir(exist_ok=True)
        assert made.run("migrate").code == 0
        building = made.start("tests.support.small_demo", str(projects))
        said, _ = building.communicate(timeout=300)
        assert building.returncode == 0, said
        rows = (line.split("\t") for line in (folder / "demo-logins.txt").read_text().splitlines())
        passwords = {row[0]: row[1] for row in rows}
        server = made.start("guatu.config.main", "serve")
        try:
            url, deadline = f"http://127.0.0.1:{port}", time.monotonic() + PATIENCE
            while not _answers(url):
                assert server.poll() is None, "the server ended"
                assert time.monotonic() < deadline, "the pages did not answer"
                time.sleep(0.2)
            yield Demonstration(url, passwords, browser, made)
        finally:
            server.send_signal(signal.SIGTERM)
            server.communicate(timeout=40)
