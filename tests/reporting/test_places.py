"""The place 填报: who sees which of its pages, where the menu leads, which page is marked."""

import re
from dataclasses import replace

import pytest
from django.urls import resolve, reverse

from guatu.core.registries import PLACES, Place, PlacePage
from guatu.reporting.places import PAGES

ALL = [str(page.words) for page in PAGES]
READS = ["全部填报", "专项日调度", "照片和材料"]
SEEN = {
    "reporter": ["填报", *READS[:1], "填报表", "盖章表", *READS[1:], "手机填报", "填报要求", "填报工作量"],
    "reviewer": ["审核", *READS[:1], "盖章表", *READS[1:], "疑点核实", "填报要求", "填报工作量"],
    "office": [words for words in ALL if words != "疑点核实"],
    "office_head": ALL,
    "head": [*READS, "填报要求", "填报工作量"],
    "lead": READS,
    "supervision": [*READS, "填报要求"],
    "system_admin": [],
    "guest": [],
}
OTHER_SYSTEMS = "其他系统报表"
LEADS_TO = {
    "reporter": "reporting:sheet",
    "office": "reporting:sheet",
    "reviewer": "reporting:review",
    "head": "reporting:reports",
    "lead": "reporting:reports",
    "system_admin": "",
}


def place():
    return PLACES.get("reports")


def row_of(response):
    """The row of pages in an answer: words → what its link says of being current."""
    part = re.search(r'<nav class="place-pages".*?</nav>', response.content.decode(), re.S)
    links = re.findall(r'<a href="([^"]+)"([^>]*)>([^<]+)</a>', part.group(0)) if part else []
    return {words: (re.findall(r'aria-current="(\w+)"', more) or [""])[0] for _url, more, words in links}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.url_name)
def test_a_page_is_named_to_exactly_those_who_may_open_it(page):
    declared = resolve(reverse(page.url_name)).func.guatu_access.right
    assert declared == page.right or (page.url_name, declared) == ("reporting:phone", "anyone")


@pytest.mark.parametrize("name", SEEN)
def test_who_sees_which_pages(cast, name):
    words = [str(page.words) for page in place().pages_of(cast.actor(name))]
    assert [one for one in words if one != OTHER_SYSTEMS] == [one for one in SEEN[name] if one != OTHER_SYSTEMS]


def test_other_systems_sheets_are_for_whoever_takes_lists_out(cast):
    seen = {name for name in SEEN if OTHER_SYSTEMS in {str(page.words) for page in place().pages_of(cast.actor(name))}}
    assert {"office", "office_head"} <= seen
    assert not seen & {"system_admin", "guest"}


@pytest.mark.parametrize("name", LEADS_TO)
def test_the_menu_leads_to_the_first_page_that_the_post_may_open(cast, name):
    assert place().opens(cast.actor(name)) == LEADS_TO[name]


def test_a_place_without_pages_is_opened_by_its_own_right_alone(cast):
    alone = replace(place(), pages=())
    assert alone.opens(cast.actor("reporter")) == "reporting:sheet"
    assert alone.opens(cast.actor("reviewer")) == ""


def test_a_reviewer_has_the_place_in_the_menu_and_the_row_on_the_page(cast):
    answer = cast.client("reviewer").get("/reports/review/")
    assert re.search(r'<li><a href="/reports/review/" aria-current="page">填报</a>', answer.content.decode())
    assert row_of(answer)["审核"] == "page"
    assert [words for words, mark in row_of(answer).items() if mark] == ["审核"]


@pytest.mark.parametrize(
    ("address", "words", "mark"),
    [
        ("/reports/", "填报", "page"),
        ("/reports/chase/estimates/", "催报", "true"),
        ("/reports/evidence/", "照片和材料", "page"),
        ("/reports/evidence-rules/", "佐证要求", "page"),
        ("/reports/evidence-rules/new/", "佐证要求", "true"),
        ("/reports/watches/new/", "专项日调度", "true"),
    ],
)
def test_the_page_shown_is_marked_and_a_page_below_it_too(cast, address, words, mark):
    marked = {one: current for one, current in row_of(cast.client("office").get(address)).items() if current}
    assert marked == {words: mark}


def test_a_page_elsewhere_has_no_row(cast):
    assert row_of(cast.client("office").get("/library/projects/")) == {}


def test_one_page_alone_makes_no_row(cast, monkeypatch):
    one = PlacePage("审核", "reporting:review", "reporting.check")
    alone = Place("reports", "填报", "reporting:sheet", "reporting.claim", 60, (one,))
    monkeypatch.setitem(PLACES._items, "reports", alone)
    answer = cast.client("reviewer").get("/reports/review/")
    assert answer.status_code == 200
    assert row_of(answer) == {}
