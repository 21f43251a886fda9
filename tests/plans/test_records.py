"""Actual and forecast dates, quantities, households: dated facts with their rules."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from guatu.core.refusals import Conflict, Refusal
from guatu.plans import actions
from guatu.plans.choices import Dates
from guatu.plans.models import Node, NodeDates, NodeQuantity
from guatu.plans.queries.plan import plan_of
from tests.library.conftest import at_day
from tests.plans.conftest import three

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 26)


def _code(run) -> str:
    with pytest.raises(Refusal) as caught:
        run()
    return caught.value.code


@pytest.fixture
def node(desk):
    """设计 of an approved plan."""
    desk.approved(desk.project())
    return Node.objects.select_related("plan__project__region").get(name="设计")


def _dates(desk, node, start, finish, sort=Dates.ACTUAL, who="reporter", **more):
    days = [date.fromisoformat(day) if day else None for day in (start, finish)]
    return actions.record_dates(actor=desk.cast.actor(who), node=node, sort=sort, start=days[0], finish=days[1], **more)


def test_what_happened_is_not_in_the_future(desk, node):
    assert _code(lambda: _dates(desk, node, "2026-03-27", "")) == "plans.actual_in_future"
    assert _code(lambda: _dates(desk, node, "2026-03-20", "2026-03-19")) == "plans.finish_before_start"
    assert _code(lambda: _dates(desk, node, "", "2026-03-19")) == "plans.finish_without_start"
    assert _dates(desk, node, "2026-03-20", "2026-03-26")
    assert not _dates(desk, node, "2026-03-20", "2026-03-26")
    assert _dates(desk, node, "2026-03-27", "2026-05-01", Dates.FORECAST)


def test_what_was_recorded_is_corrected_with_a_reason_only(desk, node):
    _dates(desk, node, "2026-03-20", "")
    assert _code(lambda: _dates(desk, node, "2026-03-21", "")) == "core.reason_missing"
    assert _code(lambda: _dates(desk, node, "", "")) == "core.reason_missing"
    assert _dates(desk, node, "2026-03-20", "2026-03-25")  # the finish was open: no correction
    assert _dates(desk, node, "2026-03-21", "2026-03-25", reason="照片日期为准")
    assert NodeDates.objects.filter(sort="actual", superseded_at=None).get().reason == "照片日期为准"


def test_two_who_report_a_node_at_once(desk, node):
    _dates(desk, node, "2026-03-20", "", seen=0)
    with pytest.raises(Conflict) as caught:
        _dates(desk, node, "2026-03-22", "", seen=0, reason="现场", who="office")
    assert caught.value.theirs["start"] == date(2026, 3, 20)


def test_who_may_record(desk, node):
    assert _code(lambda: _dates(desk, node, "2026-03-20", "", who="other_reporter")) == "core.not_found"
    assert _code(lambda: _dates(desk, node, "2026-03-20", "", who="outsider")) == "core.not_found"
    assert _code(lambda: _dates(desk, node, "2026-03-20", "", who="lead")) == "core.not_allowed"
    assert _dates(desk, node, "2026-03-20", "", who="office")


def test_a_quantity_never_falls_without_a_reason(desk):
    content = three()
    first = replace(content.nodes[0], quantity=Decimal(120), measure="户")
    desk.approved(desk.project(), replace(content, nodes=(first, *content.nodes[1:])))
    node = Node.objects.get(name="设计")
    reporter = desk.cast.actor("reporter")

    def say(done: str, **more) -> bool:
        return actions.record_quantity(actor=reporter, node=node, done=Decimal(done), **more)

    assert say("50", on=date(2026, 3, 10))
    assert say("80")
    assert _code(lambda: say("79.5")) == "plans.quantity_fell"
    assert _code(lambda: say("121")) == "plans.quantity_over"
    assert _code(lambda: say("90", on=date(2026, 3, 27))) == "plans.actual_in_future"
    assert say("79.5", reason="重复计了一户")
    other = Node.objects.get(name="招标")
    refused = _code(lambda: actions.record_quantity(actor=reporter, node=other, done=Decimal(1)))
    assert refused == "plans.no_quantity"
    view = plan_of(node.plan.project, date(2026, 3, 12))
    assert view is None  # it was approved on the 26th
    assert plan_of(node.plan.project, TODAY).lines[0].done == Decimal("79.5")


def test_households_drive_the_nodes_that_count_their_steps(desk):
    from guatu.plans.queries.beginnings import content_from_template

    project = desk.project()
    content = content_from_template(project, "clearing", date(2027, 12, 31))
    nodes = tuple(replace(node, quantity=Decimal(3)) if node.counts else node for node in content.nodes)
    desk.approved(project, replace(content, nodes=nodes))
    node = Node.objects.get(name="签约")
    street = desk.cast.actor("reporter")
    first, second, third = actions.add_items(
        actor=street, node=node, rows=[actions.ItemRow(name=name) for name in ("张家", "李家", "王家")]
    )
    actions.set_item(actor=street, item=first, step="demolished")
    actions.set_item(actor=street, item=second, step="signed", note="等安置房号")
    done = {row.node.name: row.done for row in NodeQuantity.objects.filter(superseded_at=None).select_related("node")}
    assert (done["签约"], done["搬离"], done["拆除"], done["清表交地"]) == (2, 1, 1, 0)
    assert _code(lambda: actions.set_item(actor=street, item=first, step="signed")) == "plans.item_back"
    again = _code(lambda: actions.add_items(actor=street, node=node, rows=[actions.ItemRow(name="王家")]))
    assert again == "plans.item_taken"
    typed = _code(lambda: actions.record_quantity(actor=street, node=node, done=Decimal(3)))
    assert typed == "plans.items_counted"
    actions.withdraw_item(actor=street, item=first, seen=1, reason="不在红线内")
    assert NodeQuantity.objects.filter(superseded_at=None).get(node=node).done == 1
    assert third.states.get().step == "to_sign"


def test_the_plan_as_it_was_known(desk):
    with at_day("2026-01-05"):
        project = desk.project()
        desk.approved(project)
        node = Node.objects.get(name="设计")
    with at_day("2026-01-12"):
        _dates(desk, node, "2026-01-06", "")
    with at_day("2026-02-02"):
        _dates(desk, node, "2026-01-06", "2026-01-30")
        from guatu.plans.queries.beginnings import content_in_force

        content = replace(content_in_force(project), deadline=date(2026, 9, 30))
        desk.approved(project, content, reason="招标推迟")
    then = plan_of(project, date(2026, 1, 20), date(2026, 1, 20))
    assert (then.in_force.number, then.lines[0].days.actual_finish, then.lines[0].light) == (1, None, "red")
    now = plan_of(project, TODAY)
    line = now.lines[0]
    assert (now.in_force.number, line.days.actual_finish, line.light) == (2, date(2026, 1, 30), "blue")
    planned = date(2026, 1, 16)  # ten work days from Monday the 5th
    assert line.days.planned_finish == planned  # what was done keeps its plan
    assert line.slip == line.slip_first == 14
    assert now.lines[2].versions[1].finish < now.lines[2].versions[2].finish
    assert now.lines[2].slip_first == (now.lines[2].days.expected(TODAY) - now.lines[2].versions[1].finish).days
    assert plan_of(project, date(2026, 1, 4)) is None


def test_plans_that_a_paper_approved(desk):
    projects = [desk.project(f"项目{n}") for n in range(3)]
    rows = [
        actions.ApprovedPlan(
            project=project,
            content=three(None, offset=10 * place),
            begun_on=date(2025, 9, 1),
            approved_by="推进会",
            document="6号",
        )
        for place, project in enumerate(projects)
    ]
    office = desk.cast.actor("office")
    assert actions.record_plans(actor=office, rows=rows, on=date(2025, 9, 1)) == 3
    view = plan_of(projects[1], TODAY)
    assert view.lines[0].days.planned_start == date(2025, 9, 1)
    assert view.in_force.approved_on == date(2025, 9, 1)
    assert _code(lambda: actions.record_plans(actor=office, rows=rows[:1], on=TODAY)) == "plans.approved_meanwhile"
    nodes = Node.objects.filter(name="设计").select_related("plan__project__region").order_by("pk")
    told = [
        actions.DatesRow(node=node, sort=Dates.ACTUAL, start=date(2025, 9, 1), finish=date(2025, 9, 30))
        for node in nodes
    ]
    assert actions.record_many_dates(actor=office, rows=told) == 3
    assert actions.record_many_dates(actor=office, rows=told) == 0
