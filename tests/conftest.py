"""What every test stands on: no network, a fixed clock, strict HTML, a trail file of its own, no skips in CI."""

import os
import random
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.test.client import Client

from guatu.config import env
from guatu.core import clock, limits, settings, today, trail
from guatu.core.models import TrailHead
from guatu.people.queries.calendar import forget_calendars
from tests.support import browser, html, network, office, query_counts
from tests.support.browsing import chromium

__all__ = ["chromium"]
CLOCK = datetime(2026, 3, 26, 10, 0, tzinfo=clock.ZONE)
TRIAL_DATA = os.environ.get("GUATU_TRIAL_DATA", "")
NO_TRIAL_DATA = "GUATU_TRIAL_DATA names no folder: the trials on published files were left out"
IN_CI = os.environ.get("CI") == "true"
_STORES = {"django_db_setup", "live_server", "installation"}
_skipped: list[str] = []

network.block()


# -- choosing what runs ------------------------------------------------------------------------------------------------
def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--slow",
        type=float,
        metavar="SHARE",
        help="run only the slow tests (kill, fuzz, stateful), at this share of their count: 0.1 in CI, 1 in make soak",
    )
    parser.addoption("--seed", type=int, help="seed of the slow tests; a random one is taken and printed without it")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "clock(day): the day on which the test's clock stands, instead of 2026-03-26")
    if config.option.seed is None:  # xdist's workers get the options of the process that started them
        config.option.seed = random.SystemRandom().randrange(10**6)


def _stores(item: pytest.Item) -> bool:
    """Whether a test works on a database: a fixture's, or that of an installation it makes itself."""
    asked = _STORES & set(getattr(item, "fixturenames", ()))
    named = item.get_closest_marker("django_db") or item.get_closest_marker("postgres")
    return bool(asked or named or hasattr(getattr(item, "module", None), "fresh"))


def _wanted(item: pytest.Item, slow: bool) -> bool:
    if ("slow" in item.keywords) != slow:
        return False
    if env.DATABASE_URL and not _stores(item):  # it has nothing to do with the database: once, on SQLite, is enough
        return False
    if "postgres" in item.keywords and not env.DATABASE_URL:
        return False
    if "trial" in item.keywords and not TRIAL_DATA:
        return False
    if "office" in item.keywords and office.calc() is None:
        return False
    return not ("browser" in item.keywords and browser.chromium() is None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out (never skip) what this run is not for. In CI a missing browser or LibreOffice is a failure."""
    slow = config.option.slow is not None
    for mark, program, missing in (
        ("browser", browser.chromium(), browser.MISSING),
        ("office", office.calc(), office.MISSING),
    ):
        if IN_CI and program is None and any(mark in item.keywords for item in items):
            raise pytest.UsageError(missing.replace(f"so the {mark} tests were left out", "and CI needs it"))
    chosen = [item for item in items if _wanted(item, slow)]
    left_out = [item for item in items if item not in set(chosen)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = chosen


# -- a skipped test in CI is a failure ---------------------------------------------------------------------------------
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped:
        _skipped.append(report.nodeid)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    if report.skipped:
        _skipped.append(report.nodeid)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if IN_CI and _skipped and not hasattr(session.config, "workerinput"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    option = terminalreporter.config.option
    terminalreporter.write_line(
        f"database: {'PostgreSQL' if env.DATABASE_URL else 'SQLite'}; browser: {browser.chromium() or 'none'}; "
        f"LibreOffice: {office.calc() or 'none'}; "
        f"slow tests: {'left out' if option.slow is None else f'only, at {option.slow:g} of their count'}; "
        f"seed {option.seed}"
    )
    if IN_CI and _skipped:
        terminalreporter.write_line("FAILED: skipped or expected to fail, which CI does not accept:", red=True)
        for nodeid in sorted(set(_skipped)):
            terminalreporter.write_line(f"  {nodeid}")
    if option.slow is not None and not TRIAL_DATA:
        terminalreporter.write_line(NO_TRIAL_DATA, yellow=True)
    if browser.chromium() is None:
        terminalreporter.write_line(browser.MISSING, yellow=True)
    if office.calc() is None:
        terminalreporter.write_line(office.MISSING, yellow=True)


# -- the database ------------------------------------------------------------------------------------------------------
def _start_chain(sender: AppConfig, **_: object) -> None:
    if sender.label == "core":
        TrailHead.objects.get_or_create(id=1, defaults={"number": 0, "digest": trail.ZERO})


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """A test that commits is followed by emptied tables; the chain's head, made by a migration, is put back."""
    post_migrate.connect(_start_chain, dispatch_uid="tests.start_chain")


# -- around every test -------------------------------------------------------------------------------------------------
@pytest.fixture(autouse=True)
def _own_head_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has its own file of heads, as each has its own database."""
    monkeypatch.setattr(trail, "head_file", lambda: tmp_path / "trail.heads")


@pytest.fixture
def one_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rates are counted in one window, however long the machine takes over the test."""
    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: 1_000_000.0))


@pytest.fixture(autouse=True)
def _no_remembered_settings() -> None:
    """A test's rows are rolled back: nothing of them may be remembered by the next."""
    settings.forget()
    today.forget()
    forget_calendars()


@pytest.fixture(autouse=True)
def _fixed_clock(request: pytest.FixtureRequest) -> Iterator[None]:
    """The business clock stands at 2026-03-26 10:00 in Asia/Shanghai; `@pytest.mark.clock("2019-04-01")` moves it."""
    mark = request.node.get_closest_marker("clock")
    moment = datetime.combine(date.fromisoformat(mark.args[0]), time(10), clock.ZONE) if mark else CLOCK
    with clock.at(moment):
        yield


@pytest.fixture(autouse=True)
def _strict_html(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever HTML the test client gets is parsed strictly."""
    ask = Client.request

    def request(self: Client, **words: object) -> object:
        response = ask(self, **words)
        if not response.streaming and response.headers.get("Content-Type", "").startswith("text/html"):
            found = html.faults(response.content.decode(response.charset))
            assert not found, f"{response.wsgi_request.path} is not valid HTML:\n" + "\n".join(found[:10])
        return response

    monkeypatch.setattr(Client, "request", request)


# -- helpers -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def query_counts_of(request: pytest.FixtureRequest) -> Callable[[str, Mapping[int, Callable[[], object]]], None]:
    """`query_counts_of("page", {3: few, 30: many})`: count each callable's queries and hold them to the record."""
    folder = request.path.parent
    return lambda name, runs: query_counts.check(folder, name, runs)


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """The run's seed, printed in the head of the report."""
    found: int = request.config.option.seed
    return found


@pytest.fixture
def times(request: pytest.FixtureRequest) -> Callable[[int], int]:
    """`times(200)`: how often a slow test repeats in this run, never less than once."""
    share = request.config.option.slow or 0.1
    return lambda full: max(1, round(full * share))
