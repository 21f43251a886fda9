"""Lights in the table of projects: the column, its filter, order, groups and files, and who sees what."""

import io
import zipfile
from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from guatu.core import clock
from guatu.dispatch.wall.queries import wall_of
from guatu.figures import actions
from tests.figures.conftest import cast, district, march
from tests.figures.lit import RED, WAITS, adopt, behind, text

__all__ = ["cast", "district", "march"]
URL = "/library/"


@pytest.fixture
def lit(cast, march):
    """甲 and others green or without a light, 己 about to be red."""
    adopt(march.region)
    behind(cast, march)
    with clock.at(RED):
        yield march


def rows(page):
    """(name, light) of the table's rows."""
    body = page.split("<tbody")[1].split("</tbody>")[0] if "<tbody" in page else ""
    found = []
    for line in body.split("<tr")[1:]:
        if 'scope="row"' in line:
            name = line.split('class="ink"')[1].split(">")[1].split("<")[0]
            light = line.split('data-label="灯">')[1].split("</td>")[0]
            words = [word for word in ("红灯", "黄灯", "绿灯", "蓝灯", "未亮灯") if word in light]
            found.append((name, words[0] if words else "—"))
    return found


def test_the_column_has_mark_and_word_and_the_sentence(cast, lit):
    page = text(cast.client("office").get(URL, {"group": "-"}))
    listed = dict(rows(page))
    assert listed["己"] == "红灯"
    assert listed["甲"] == "绿灯"
    assert listed["丙"] == "未亮灯"
    assert 'href="#l-red"' in page
    assert "低31.7个百分点" in page  # in the mark's title


def test_rows_are_put_in_order_and_filtered_by_colour(cast, lit):
    client = cast.client("office")
    order = [light for _name, light in rows(text(client.get(URL, {"group": "-", "sort": "light"})))]
    assert order[0] == "红灯"
    assert order == sorted(order, key=["红灯", "黄灯", "绿灯", "蓝灯", "未亮灯"].index)
    assert [name for name, _ in rows(text(client.get(URL, {"group": "-", "f.light": "red"})))] == ["己"]
    unlit = rows(text(client.get(URL, {"group": "-", "f.light": "none"})))
    assert ("丙", "未亮灯") in unlit
    assert {light for _name, light in unlit} == {"未亮灯"}


def test_rows_are_grouped_by_light_the_worst_first(cast, lit):
    page = text(cast.client("office").get(URL, {"group": "light"}))
    groups = [part.split("</a>")[0].strip() for part in page.split('<span aria-hidden="true">▾</span>')[1:]]
    assert groups[0] == "红灯"
    assert groups[-1] == "未亮灯"


def test_a_file_has_the_word_and_the_reason(cast, lit):
    client = cast.client("office")
    lines = text(client.get(URL, {"group": "-", "export": "csv", "columns": "name,light,unit"})).splitlines()
    assert lines[0].split(",") == ["项目名称", "灯", "亮灯原因", "责任单位"]
    red = next(line for line in lines if line.startswith("己"))
    assert ",红灯," in red
    assert "低31.7个百分点" in red
    book = b"".join(client.get(URL, {"group": "-", "export": "xlsx", "columns": "name,light"}).streaming_content)
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        strings = parts.read("xl/sharedStrings.xml").decode()
    assert "亮灯原因" in strings
    assert "低31.7个百分点" in strings
    shown = text(client.get(URL, {"group": "-", "columns": "name,light"}))
    assert "亮灯原因</a>" not in shown  # on the page it is a column of its own choice


def test_a_red_that_waits_is_in_no_column_for_anybody(cast, march):
    adopt(march.region)
    behind(cast, march)
    with clock.at(WAITS):
        for who in ("office", "reporter", "head"):
            client = cast.client(who)
            page = text(client.get(URL, {"group": "-", "columns": "name,light,light_reason"}))
            assert dict(rows(page))["己"] == "黄灯"
            assert "低31.7" not in page
            assert rows(text(client.get(URL, {"group": "-", "f.light": "red"}))) == []


def test_the_ready_view_is_there_with_rules_and_the_column_is_not_without(cast, march):
    behind(cast, march)
    with clock.at(RED):
        client = cast.client("office")
        page = text(client.get(URL, {"group": "-"}))
        assert 'data-label="灯"' not in page
        assert "红黄灯" not in page
        adopt(march.region)
        page = text(client.get(URL, {"group": "-"}))
        assert "红黄灯" in page
        url = page.split(">红黄灯")[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
        shown = text(client.get(URL + url.partition("/library/")[2] if url.startswith("/") else URL + url))
        assert rows(shown) == [("己", "红灯"), ("乙", "黄灯")]
        assert "亮灯原因" in shown


def test_an_excused_light_keeps_its_colour_with_a_mark(cast, lit):
    actions.exempt_light(
        actor=cast.actor("office_head"),
        project=lit.projects["己"],
        start=date(2019, 6, 1),
        end=date(2019, 6, 30),
        reason="汛期停工",
        approved_by="区政府",
    )
    page = text(cast.client("office").get(URL, {"group": "-", "columns": "name,light,light_reason"}))
    assert dict(rows(page))["己"] == "红灯"
    assert '<span class="tag">豁免</span>' in page
    assert "汛期停工" in page


def test_a_unit_has_lights_of_what_it_sees_figures_of_and_an_outsider_of_none(cast, lit):
    assert dict(rows(text(cast.client("reporter").get(URL, {"group": "-"}))))["己"] == "红灯"
    assert "己" not in dict(rows(text(cast.client("other_reporter").get(URL, {"group": "-", "f.light": "red"}))))


def test_the_wall_chart_filters_by_light(cast, lit):
    asked = QueryDict("group=-&f.light=red")
    wall = wall_of(cast.actor("office"), lit.annual_list, asked, clock.today(), "/wallchart/")
    assert [row.project.name for row in wall.rows] == ["己"]
    assert "红灯" in text(cast.client("office").get("/wallchart/", {"group": "-", "f.light": "red"}))


def test_more_projects_are_no_more_queries(cast, lit):
    client, asked = cast.client("office"), {"group": "-", "sort": "light"}
    client.get(URL, asked)
    with CaptureQueriesContext(connection) as few:
        client.get(URL, asked)
    for number in range(12):
        behind(cast, lit, f"庚{number}")
    client.get(URL, asked)
    with CaptureQueriesContext(connection) as many:
        client.get(URL, asked)
    assert len(many) == len(few)
