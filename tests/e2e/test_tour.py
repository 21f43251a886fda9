"""A tour of every page that people reach by links: it arrives, the console is silent, axe finds nothing, it fits.

Each person starts at the home page and follows every link to a route that nobody has seen yet.
"""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser

from tests.e2e.demonstration import Demonstration, Seat, demonstration

OFFICE = "demo-xiangmuban"
PEOPLE = (OFFICE, "demo-zhuren", "demo-quzhang", "demo-tianbao", "demo-xitong", "demo-anquan", "demo-shenji")
START = {OFFICE: ["/", "/library/import/"], "demo-xitong": ["/", "/system/components/"]}
PHONE = {
    "dispatch:overview", "dispatch:rows", "library:projects", "library:project", "publishing:bulletins",
    "publishing:new", "people:account", "reporting:import",
}  # fmt: skip
# Routes that are no pages of their own, and pages of what the tour's district does not have.
NOT_PAGES = {
    "core:healthz", "core:attachment", "core:setting_echo", "core:job_progress", "library:file", "core:echo",
    "reporting:import_template", "reporting:import_issues", "reporting:import_marked",
    "people:locked_out", "set_language",
}  # fmt: skip
# What links must lead to; pages that wait for something to happen (a draft, a job, an amendment) are toured when there.
REACHED = """
dispatch: home overview rows cut bases outside snapshots
library: projects register project change profile stage assign lists make_list list
people: account password issue_token units unit posts post regions region rights
publishing: bulletins new
reporting: import
core: system components settings setting jobs registries
"""
LINKS = "links => links.map(a => a.href).filter(h => h.startsWith(location.origin) && !h.includes('#'))"


@pytest.fixture(scope="module")
def demo(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    with demonstration(chromium, tmp_path_factory.mktemp("demo") / "data") as served:
        yield served


def faults_of(seat: Seat, address: str) -> list[str]:
    """What is wrong with one page."""
    answer = seat.page.goto(address)
    assert answer is not None
    seat.page.wait_for_load_state("networkidle")
    found = [] if answer.status == 200 else [f"answers {answer.status}"]
    found += [f"console: {text}" for text in seat.errors]
    seat.errors.clear()
    if seat.width_over > 0:
        found.append(f"wider than the screen by {seat.width_over} px")
    for rule in Axe().run(seat.page).response["violations"]:
        found.append(f"axe {rule['id']}: {rule['nodes'][0]['html'][:160]}")
    return [f"{address}: {text}" for text in found]


def follow(seat: Seat, start: list[str], seen: dict[str, str]) -> list[str]:
    """Visit every route that can be reached from `start` and is not in `seen`; returns what is wrong."""
    waiting, faults = list(start), []
    while waiting:
        address = waiting.pop(0)
        try:
            name = resolve(urlsplit(address).path).view_name
        except Resolver404:
            faults.append(f"{address}: a link that leads nowhere")
            continue
        if name in seen or name in NOT_PAGES:
            continue
        seen[name] = address
        faults += faults_of(seat, address)
        links: list[str] = seat.page.eval_on_selector_all("a[href]:not([download])", LINKS)
        waiting += ["/" + link.split("/", 3)[3] for link in links]
    return faults


@pytest.fixture(scope="module")
def toured(demo: Demonstration) -> tuple[dict[str, str], list[str]]:
    """Every route that was reached at 1440 px, with its address, and what is wrong."""
    seen: dict[str, str] = {}
    faults: list[str] = []
    for login in PEOPLE:
        with demo.seat(login, 1440) as seat:
            seen.pop("dispatch:home", None)
            faults += [f"{login} {text}" for text in follow(seat, START.get(login, ["/"]), seen)]
    with demo.seat("", 1440) as seat:
        faults += faults_of(seat, "/login/")
    return seen, faults


def test_every_page_arrives_sound_accessible_and_fitting(toured):
    assert toured[1] == []


def test_the_tour_reached_the_pages_of_every_place(toured):
    wanted = {
        f"{place}:{name}"
        for place, names in (line.split(":") for line in REACHED.split("\n") if line)
        for name in names.split()
    }
    assert sorted(wanted - set(toured[0])) == []


def test_pages_of_the_phone_fit_it(demo, toured):
    with demo.seat(OFFICE, 390) as seat:
        faults = [text for name in sorted(PHONE) for text in faults_of(seat, toured[0][name])]
    with demo.seat("", 390) as seat:
        faults += faults_of(seat, "/login/")
    assert faults == []


@pytest.mark.parametrize(("language", "lang"), [("zh-hant", "zh-Hant"), ("en", "en")])
def test_other_languages_and_the_night_fit_the_phone(demo, toured, language, lang):
    with demo.seat(OFFICE, 390, django_language=language, theme="night") as seat:
        faults = [
            text for name in ("dispatch:overview", "library:project") for text in faults_of(seat, toured[0][name])
        ]
        assert seat.page.locator("html").get_attribute("lang") == lang
        assert seat.page.locator("html").get_attribute("data-theme") == "night"
    assert faults == []


def test_key_pages_for_the_manual(demo, toured, request):
    """Screenshots for the manual are kept when GUATU_SHOTS is set; each page shows its heading either way."""
    folder = request.config.rootpath / "docs/user/screenshots" if "GUATU_SHOTS" in os.environ else None
    for name in ("dispatch:overview", "library:projects", "library:project", "publishing:new", "reporting:import"):
        with demo.seat(OFFICE, 1440) as seat:
            seat.page.goto(toured[0][name])
            assert seat.page.locator("h1").inner_text().strip()
            if folder:
                folder.mkdir(parents=True, exist_ok=True)
                seat.page.screenshot(path=folder / f"{name.replace(':', '_')}.png", full_page=True)
