"""Every page at both widths in three languages; names of 80 characters and amounts of 12 digits; the network cut.

The walk takes the addresses that the tour found, so a new page that a link reaches is walked without being listed here.
"""

from itertools import groupby

import pytest

from tests.access.routes import ROUTES
from tests.e2e.tour import NOT_PAGES, OFFICE, Tour, faults_of

LANGUAGES = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}
# Pages that stand only while something is under way in a state that the walked district is not in.
WAITING = {"reporting:import_progress", "reporting:import_undo", "library:exit"}
SAMPLE = ("dispatch:overview", "library:projects", "library:project", "publishing:bulletins", "core:components")


def pages_of(toured: Tour) -> list[tuple[str, list[str]]]:
    """Who opens which addresses, one sitting a person."""
    rows = sorted((login, toured.seen[name]) for name, login in toured.by.items() if name != "dispatch:home")
    return [(login, [address for _, address in part]) for login, part in groupby(rows, key=lambda row: row[0])]


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_fits_in_every_language(demo, toured, width, language):
    faults = []
    for login, addresses in pages_of(toured):
        with demo.seat(login, width, django_language=language) as seat:
            for address in addresses:
                faults += faults_of(seat, address, axe=False, note=f"{login} ")
                assert seat.page.locator("html").get_attribute("lang") == LANGUAGES[language]
    assert not faults, "\n".join(faults)


def test_no_page_of_the_route_table_is_left_out(toured):
    reached = set(toured.seen) | NOT_PAGES | WAITING
    pages = {name for name, route in ROUTES.items() if route.method == "get" and 404 not in route.status}
    downloads = {name for name in pages if name.endswith((":file", ":export_plan", ":options"))}
    assert sorted(pages - reached - downloads) == []


def test_accessible_at_night(demo, toured):
    faults = []
    with demo.seat(OFFICE, 1440, theme="night") as seat:
        for name in SAMPLE[:-1]:
            faults += faults_of(seat, toured.seen[name], note="night ")
    assert not faults, "\n".join(faults)


def test_pages_work_with_the_network_cut(demo, toured):
    with demo.seat(OFFICE, 1440) as seat:
        seat.page.context.route(lambda url: not demo.is_ours(url), lambda route: route.abort())
        faults = [text for name in SAMPLE[:-1] for text in faults_of(seat, toured.seen[name])]
        policy = seat.page.goto(toured.seen["dispatch:overview"]).headers["content-security-policy"]
        assert "unsafe" not in policy
        assert seat.page.locator(".chart-plot canvas, .chart-plot svg").count()
    assert not faults, "\n".join(faults)


PLACES = {
    "zh-hans": "今日 调度 项目库 挂图 地图 填报 事项 手续 资金 会议 观摩 考评 通报 大屏",
}


@pytest.mark.parametrize("language", PLACES)
def test_fourteen_places_stand_on_one_line(demo, toured, language):
    fill = """(list, words) => {
      const first = list.querySelector('li');
      list.replaceChildren(...words.map(word => {
        const item = first.cloneNode(true);
        item.querySelector('a').textContent = word;
        return item;
      }));
    }"""
    with demo.seat(OFFICE, 1440, django_language=language) as seat:
        seat.page.goto(toured.seen["dispatch:overview"])
        seat.page.locator(".mast-nav ul").evaluate(fill, PLACES[language].split())
        places = seat.page.locator(".mast-nav a")
        assert places.count() == 14
        boxes = [place.bounding_box() for place in places.all()]
        assert len({box["y"] for box in boxes}) == 1
        tools = seat.page.locator(".mast-tools").bounding_box()
        assert boxes[-1]["x"] + boxes[-1]["width"] <= tools["x"]
        assert seat.width_over == 0


def test_the_phone_reaches_places_language_and_theme_by_its_menu(demo, toured):
    with demo.seat(OFFICE, 390) as seat:
        seat.page.goto(toured.seen["dispatch:overview"])
        seat.page.locator(".mast-phone > summary").click()
        menu = seat.page.locator(".mast-phone .menu-body")
        for what in (".places a", "[data-set-theme=night]", "button[name=language][value=en]"):
            assert menu.locator(what).first.is_visible()


def test_the_first_key_press_offers_the_way_to_the_text(demo, toured):
    with demo.seat(OFFICE, 1440) as seat:
        seat.page.goto(toured.seen["dispatch:overview"])
        seat.page.keyboard.press("Tab")
        focused = seat.page.locator(":focus")
        assert focused.get_attribute("href") == "#main"
        assert focused.evaluate("e => getComputedStyle(e).outlineStyle") != "none"


def test_names_of_80_characters_and_amounts_of_12_digits_fit(demo, toured):
    """Last, because the district keeps the names."""
    rows = demo.make_more("stretch")
    assert len(rows) > 10
    faults = []
    for width in (1440, 390):
        for login, part in groupby(rows, key=lambda row: row[0]):
            with demo.seat(login, width) as seat:
                for _login, address in part:
                    faults += faults_of(seat, address, axe=False, note=f"long names at {width}, {login} ")
    assert not faults, "\n".join(faults)
