"""The overview on a phone: the projects that lag most are read before much scrolling."""

import pytest
from playwright.sync_api import Page, expect

from tests.library.conftest import YI, shelf

__all__ = ["shelf"]

pytestmark = pytest.mark.django_db(transaction=True)


def box(page: Page, place: str) -> dict[str, float]:
    found = page.locator(place).bounding_box()
    assert found
    return dict(found)


def test_on_a_phone_a_lagging_project_takes_few_lines_and_its_rank_stands_beside_its_name(browse, shelf):
    names = ("青桐路快速化改造", "锦堂里片区改造", "涧河治理")
    shelf.enter(shelf.list(), *[shelf.project(name, total=4 * YI) for name in names], plan=2 * YI)
    page = browse("head", phone=True)
    page.goto("/dispatch/")
    rows = page.locator("table.worst tbody tr")
    expect(rows).to_have_count(3)
    for number in (1, 2, 3):
        row = f"table.worst tbody tr:nth-child({number})"
        rank, name = box(page, f"{row} .rank"), box(page, f"{row} .name a")
        assert abs(rank["y"] - name["y"]) < name["height"]
        assert box(page, row)["height"] <= 150
    rate, gap = (box(page, f"table.worst tbody tr:first-child td.num:nth-last-child({place})") for place in (2, 1))
    assert abs(rate["y"] - gap["y"]) < 4
    assert rate["x"] + rate["width"] <= gap["x"]
