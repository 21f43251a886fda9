"""Evidence: the worked tables, what a rule may not ask, and what a site is."""

from datetime import date

import pytest

from guatu.domain.errors import DomainError
from guatu.domain.evidence import (
    Piece,
    Site,
    Step,
    Wanted,
    distance,
    doubts,
    is_reuse,
    lacking,
    lacking_figure,
    read_rule,
    site_of,
)
from tests.domain.worked import worked

SITE = Site((112.45, 34.62))
SQUARE = [[112.44, 34.61], [112.46, 34.61], [112.46, 34.63], [112.44, 34.63], [112.44, 34.61]]
START = read_rule("开工", {"opens": ["started"], "kinds": ["permit"], "numbered": True})
PHOTOS = read_rule("关键节点", {"names": ["封顶"], "kinds": ["photo"], "count": 2})
SHEET = read_rule("产值", {"figure": "money", "kinds": ["signed_sheet"]})


def piece(text: str) -> Piece:
    kind, _plus, number = text.partition("+")
    return Piece(kind, bool(number))


@pytest.mark.parametrize("row", worked("evidence", "Missing"), ids=lambda row: f"{row['wants']}-{row['there']}")
def test_what_is_missing(row):
    wanted = Wanted(tuple(row["wants"].split()), int(row["of"]), row["numbered"] == "yes")
    assert wanted.missing([piece(text) for text in row["there"].split()]) == int(row["missing"])


@pytest.mark.parametrize("row", worked("evidence", "Doubts"), ids=lambda row: row["taken"] + row["doubts"])
def test_what_of_a_picture_is_to_be_looked_at(row):
    taken = date.fromisoformat(row["taken"]) if row["taken"] else None
    place = (float(row["longitude"]), float(row["latitude"])) if row["longitude"] else None
    found = doubts(taken, place, begins=date(2026, 3, 1), handed_in=date.fromisoformat(row["handed in"]), site=SITE)
    assert [one.code for one in found] == [f"evidence.{code}" for code in row["doubts"].split()]


@pytest.mark.parametrize("row", worked("evidence", "Distance"), ids=lambda row: row["metres"])
def test_the_distance_to_a_boundary(row):
    site = site_of(None, {"type": "Polygon", "coordinates": [SQUARE]})
    assert round(distance((float(row["longitude"]), float(row["latitude"])), site)) == int(row["metres"])


@pytest.mark.parametrize("row", worked("evidence", "Reuse"), ids=lambda row: row["earlier"])
def test_which_likeness_is_to_be_looked_at(row):
    earlier, now = date.fromisoformat(row["earlier"]), date.fromisoformat(row["now"])
    assert is_reuse(row["same project"] == "yes", earlier, now) is (row["finding"] == "yes")


def test_a_node_is_asked_by_its_stage_or_its_name_and_only_when_it_is_done():
    rules = [START, PHOTOS, SHEET]
    assert lacking(rules, Step("开工", opens="started"), []) == [(START.wanted, 1)]
    assert lacking(rules, Step("主体结构封顶"), [Piece("photo")]) == [(PHOTOS.wanted, 1)]
    assert lacking(rules, Step("主体结构封顶", done=False), []) == []
    assert lacking(rules, Step("机电安装"), []) == []
    assert lacking_figure(rules, "money", []) == [(SHEET.wanted, 1)]
    assert lacking_figure(rules, "percent", []) == []


def test_the_same_wish_of_two_rules_is_one():
    again = read_rule("开工二", {"names": ["开工"], "kinds": ["permit"], "numbered": True})
    assert len(lacking([START, again], Step("开工", opens="started"), [])) == 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"names": ["开工"]}, "evidence.field_wrong"),
        ({"names": ["开工"], "kinds": ["video"]}, "evidence.field_wrong"),
        ({"names": ["开工"], "kinds": ["photo"], "count": 7}, "evidence.field_wrong"),
        ({"names": ["开工"], "kinds": ["photo"], "week": True}, "evidence.field_unknown"),
        ({"kinds": ["photo"]}, "evidence.asks_nobody"),
        ({"kinds": ["permit"], "figure": "money", "names": ["开工"]}, "evidence.asks_both"),
        ({"kinds": ["photo"], "figure": "money"}, "evidence.photo_for_figure"),
        ([], "evidence.field_wrong"),
    ],
)
def test_a_rule_that_cannot_be(data, code):
    with pytest.raises(DomainError) as refused:
        read_rule("规则", data)
    assert refused.value.code == code


def test_a_boundary_of_several_parts_and_a_broken_one():
    far = [[113.0, 35.0], [113.1, 35.0], [113.1, 35.1]]
    site = site_of(
        (112.45, 34.62), {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": [[far], [SQUARE]]}}
    )
    assert distance((112.45, 34.62), site) == 0
    assert len(site.rings) == 2
    assert site_of((112.45, 34.62), {"type": "Polygon", "coordinates": [[[1, 2]]]}) == SITE
    assert not site_of(None, None).known
