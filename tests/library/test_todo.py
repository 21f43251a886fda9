"""What waits on Today opens exactly the rows that it counts."""

import re
from datetime import date

import pytest
from django.urls import reverse

from guatu.core import today
from guatu.library import actions
from guatu.library.queries import todo
from tests.library.conftest import YI, at_day

pytestmark = pytest.mark.django_db


def test_counted_things_open_the_rows_that_they_count(shelf):
    annual_list = shelf.list()
    late = [shelf.project(f"第{number}条路改造") for number in range(6)]
    later = [shelf.project(f"第{number}座桥改造") for number in range(5)]
    for projects, month in ((late, 1), (later, 3)):
        for project in projects:
            row = actions.EntryRow(
                project=project,
                values={"planned_investment": YI, "kind": "new_start", "planned_start": date(2019, month, 25)},
            )
            actions.put_entries(actor=shelf.office, annual_list=annual_list, rows=[row], on=date(2019, 1, 1))
    with at_day("2019-03-20"):
        today.forget()
        found = todo.planned_dates(shelf.office)
        assert [item.words[:2] for item in found] == ["6 ", "5 "]
        for item, projects in zip(found, (late, later), strict=True):
            page = shelf.cast.client("office").get(item.url)
            assert page.context["table"].count == len(projects)
            shown = set(re.findall(r"第\d条路改造|第\d座桥改造", page.content.decode()))
            assert shown == {project.name for project in projects}


def test_more_than_a_link_can_name_open_the_library(shelf):
    project = shelf.project()
    assert todo.projects_url([project] * 101) == reverse("library:projects")
    assert todo.projects_url([project] * 101, "/elsewhere/") == "/elsewhere/"
