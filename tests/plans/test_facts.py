"""How many plans stand at a date: few queries, and the same as one plan's page says."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guatu.core.clock import today
from guatu.plans import actions
from guatu.plans.choices import Dates
from guatu.plans.models import Node
from guatu.plans.queries import node_facts, plan_of
from guatu.plans.queries.lines import NodeDays
from tests.plans.conftest import three

pytestmark = pytest.mark.django_db


def _plans(desk, count: int, first: int = 0):
    projects = [desk.project(f"项目{first + n}") for n in range(count)]
    from dataclasses import replace

    rows = [
        actions.ApprovedPlan(
            project=project,
            content=replace(three(None).renewed(), deadline=None),
            begun_on=date(2026, 1, 5),
            approved_by="会",
        )
        for project in projects
    ]
    actions.record_plans(actor=desk.cast.actor("office"), rows=rows, on=date(2026, 1, 5))
    return projects


def test_what_a_plan_amounts_to(desk):
    late, fine = _plans(desk, 2)
    office = desk.cast.actor("office")

    def say(project, name: str, sort: Dates, start: str, finish: str | None):
        node = Node.objects.get(plan__project=project, name=name)
        end = date.fromisoformat(finish) if finish else None
        actions.record_dates(actor=office, node=node, sort=sort, start=date.fromisoformat(start), finish=end)

    say(fine, "设计", Dates.ACTUAL, "2026-01-05", "2026-01-15")
    say(fine, "招标", Dates.ACTUAL, "2026-01-16", "2026-02-10")
    say(fine, "施工", Dates.ACTUAL, "2026-02-24", None)
    say(late, "设计", Dates.ACTUAL, "2026-01-05", "2026-01-16")
    say(late, "招标", Dates.FORECAST, "2026-03-01", "2026-04-30")
    found = node_facts([late.pk, fine.pk], today())
    one, other = found[late.pk], found[fine.pk]
    # 招标: 20 work days from 19 January; 14 and 28 February are worked, 15 to 23 February off
    assert one.worst_due == date(2026, 2, 13)
    assert (one.worst, one.worst_late, one.overdue) == ("招标", (date(2026, 4, 30) - date(2026, 2, 13)).days, 1)
    assert (one.weight, one.weight_done, one.weight_due) == (6, 1, 3)
    assert one.preliminary_overdue
    assert not other.preliminary_overdue
    assert (other.worst_late, other.overdue, other.done) == (0, 0, 2)
    assert (other.following, one.following) == ("施工", "招标")
    assert node_facts([late.pk], date(2026, 1, 4)) == {}


def test_the_facts_are_the_pages(desk):
    projects = _plans(desk, 3)
    office = desk.cast.actor("office")
    for place, project in enumerate(projects):
        node = Node.objects.get(plan__project=project, name="设计")
        actions.record_dates(
            actor=office, node=node, sort=Dates.ACTUAL, start=date(2026, 1, 5 + place), finish=date(2026, 3, 1 + place)
        )
    for project in projects:
        view, facts = plan_of(project, today()), node_facts([project.pk], today())[project.pk]
        assert (view.weight, view.weight_done) == (facts.weight, facts.weight_done)
        assert (view.worst.node.name, view.worst.slip) == (facts.worst, facts.worst_late)
        assert view.following.days.planned_finish == facts.following_due


def test_what_was_not_yet_known_is_left_out(desk):
    from tests.library.conftest import at_day

    with at_day("2026-01-05"):
        (project,) = _plans(desk, 1)
    node = Node.objects.get(plan__project=project, name="设计")
    office = desk.cast.actor("office")
    actions.record_dates(actor=office, node=node, sort=Dates.ACTUAL, start=date(2026, 1, 5), finish=date(2026, 1, 16))
    assert node_facts([project.pk], date(2026, 2, 1), date(2026, 2, 1))[project.pk].done == 0
    assert node_facts([project.pk], today())[project.pk].done == 1


def test_queries_do_not_grow_with_the_projects(desk):
    few = [project.pk for project in _plans(desk, 3)]
    many = few + [project.pk for project in _plans(desk, 27, 3)]
    counts = []
    for ids in (few, many):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert len(node_facts(ids, today())) == len(ids)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 6


@pytest.mark.parametrize(
    ("days", "light"),
    [
        ({"actual_start": date(2026, 3, 1), "actual_finish": date(2026, 5, 1)}, "blue"),
        ({}, "yellow"),
        ({"actual_start": date(2026, 3, 1)}, "green"),
        ({"actual_start": date(2026, 3, 1), "forecast_finish": date(2026, 4, 20)}, "yellow"),
        ({"planned_finish": date(2026, 3, 25)}, "red"),
        ({"planned_start": date(2026, 3, 26)}, "none"),
    ],
)
def test_a_nodes_light(days, light):
    planned = {"planned_start": date(2026, 3, 20), "planned_finish": date(2026, 4, 10)}
    assert NodeDays(**{**planned, **days}).light(date(2026, 3, 26)) == light
