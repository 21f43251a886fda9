"""Every page that people reach: sound, accessible, silent, fitting; the phone's pages; shots for the manual."""

import os

import pytest

from tests.e2e.tour import OFFICE, faults_of

PHONE = {
    "dispatch:overview", "dispatch:rows", "library:projects", "library:project", "publishing:bulletins",
    "publishing:new", "people:account", "reporting:import",
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


def test_every_page_arrives_sound_accessible_and_fitting(toured):
    assert not toured.faults, "\n".join(toured.faults)


def test_the_tour_reached_the_pages_of_every_place(toured):
    wanted = {
        f"{place}:{name}"
        for place, names in (line.split(":") for line in REACHED.split("\n") if line)
        for name in names.split()
    }
    assert sorted(wanted - set(toured.seen)) == []


def test_pages_of_the_phone_fit_it(demo, toured):
    with demo.seat(OFFICE, 390) as seat:
        faults = [text for name in sorted(PHONE) for text in faults_of(seat, toured.seen[name])]
    with demo.seat("", 390) as seat:
        faults += faults_of(seat, "/login/")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("language", "lang"), [("zh-hant", "zh-Hant"), ("en", "en")])
def test_other_languages_and_the_night_fit_the_phone(demo, toured, language, lang):
    with demo.seat(OFFICE, 390, django_language=language, theme="night") as seat:
        faults = [
            text for name in ("dispatch:overview", "library:project") for text in faults_of(seat, toured.seen[name])
        ]
        assert seat.page.locator("html").get_attribute("lang") == lang
        assert seat.page.locator("html").get_attribute("data-theme") == "night"
    assert not faults, "\n".join(faults)


def test_key_pages_for_the_manual(demo, toured, request):
    """Screenshots for the manual are kept when GUATU_SHOTS is set; each page shows its heading either way."""
    folder = request.config.rootpath / "docs/user/screenshots" if "GUATU_SHOTS" in os.environ else None
    for name in ("dispatch:overview", "library:projects", "library:project", "publishing:new", "reporting:import"):
        with demo.seat(OFFICE, 1440) as seat:
            seat.page.goto(toured.seen[name])
            assert seat.page.locator("h1").inner_text().strip()
            if folder:
                folder.mkdir(parents=True, exist_ok=True)
                seat.page.screenshot(path=folder / f"{name.replace(':', '_')}.png", full_page=True)
