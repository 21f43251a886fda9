"""How late open nodes are, by queries of their own: the same as the facts of the plans say."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guatu.core import clock
from guatu.core.actor import OPERATOR
from guatu.core.refusals import Refusal
from guatu.library import actions as library
from guatu.library.models import Project
from guatu.plans import actions
from guatu.plans.choices import Dates
from guatu.plans.models import Node
from guatu.plans.queries import plan_of
from guatu.plans.queries.late import Late, late_nodes
from tests.plans.conftest import three

pytestmark = pytest.mark.django_db
FIRST = date(2026, 1, 5)


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=clock.ZONE)


def _plans(desk, count: int):
    projects = [desk.project(f"项目{number}") for number in range(count)]
    rows = [
        actions.ApprovedPlan(
            project=project, content=replace(three(None).renewed(), deadline=None), begun_on=FIRST, approved_by="会"
        )
        for project in projects
    ]
    actions.record_plans(actor=OPERATOR, rows=rows, on=FIRST)
    return projects


def _as_told(project: Project, day: date, known: date | None) -> Late | None:
    """What the plan's page says."""
    view = plan_of(project, day, known)
    if view is None:
        return None
    overdue = [line.node.weight for line in view.lines if line.days.overdue(day)]
    found = view.outlook.worst
    worst = (found.slip, found.node.name) if found else (0, "")
    return Late(view.weight, len(overdue), sum(overdue), *worst)


@pytest.mark.parametrize("seed", range(4))
def test_they_are_those_of_the_plans_whatever_was_told_when(desk, seed):
    chance = random.Random(seed)
    with clock.at(_noon(FIRST)):
        projects = _plans(desk, 5)
        bare = desk.project("无计划")
        annual = library.make_list(actor=OPERATOR, level="district", region=desk.cast.region(), year=2026)
        rows = [library.EntryRow(project=one, values={"kind": "new_start"}) for one in [*projects, bare]]
        library.put_entries(actor=OPERATOR, annual_list=annual, rows=rows, on=FIRST)
    nodes = list(Node.objects.all())
    days = [FIRST + timedelta(days=at) for at in (0, 20, 45, 80)]
    for told in days[1:]:
        with clock.at(_noon(told)):
            for _ in range(12):
                node, start = chance.choice(nodes), FIRST + timedelta(days=chance.randrange(60))
                sort = chance.choice([Dates.ACTUAL, Dates.FORECAST])
                finish = chance.choice([None, start + timedelta(days=chance.randrange(60))])
                try:
                    actions.record_dates(
                        actor=OPERATOR, node=node, sort=sort, start=start, finish=finish, reason="更正"
                    )
                except Refusal:
                    continue
    told = 0
    for day in [*days, days[-1] + timedelta(days=30)]:
        for known in (None, days[1], days[2]):
            found = late_nodes(day, known, lists=[annual.pk])
            expected = {one.pk: _as_told(one, day, known) for one in projects}
            assert found == {key: late for key, late in expected.items() if late is not None}
            told += sum(late.overdue for late in found.values())
    assert told


def test_weights_of_overdue_nodes_and_ties_are_decided_by_order(desk):
    (project,) = _plans(desk, 1)
    day = date(2026, 2, 14)  # 设计 was due on 16 January, 招标 on 13 February
    assert late_nodes(day, projects=[project.pk]) == {project.pk: Late(6, 2, 3, 29, "设计")}
    node = Node.objects.get(plan__project=project, name="设计")
    with clock.at(_noon(day)):
        actions.record_dates(
            actor=OPERATOR, node=node, sort=Dates.ACTUAL, start=FIRST, finish=date(2026, 1, 16), reason=""
        )
    assert late_nodes(day, projects=[project.pk]) == {project.pk: Late(6, 1, 2, 1, "招标")}
    assert late_nodes(date(2026, 1, 4), projects=[project.pk]) == {}


def test_queries_do_not_grow_with_the_projects(desk):
    projects = [project.pk for project in _plans(desk, 12)]
    for ids in (projects[:1], projects):
        with CaptureQueriesContext(connection) as asked:
            assert len(late_nodes(date(2026, 2, 14), projects=ids)) == len(ids)
        assert len(asked) == 3
