"""What follows when a node or one of its ends is moved: each sort of link with its lag, by hand-worked dates."""

from dataclasses import replace
from datetime import date

import pytest

from guatu.core import clock
from guatu.core.refusals import Refusal
from guatu.plans import actions
from guatu.plans.content import LATEST, Content, ContentLink, ContentNode
from guatu.plans.models import Node, PlanDraft
from guatu.plans.queries.what_if import Change, what_if
from tests.dispatch.plans import say
from tests.plans.conftest import IDS, three

# Today is Thursday 2026-03-26; 4 to 6 April is 清明.
A, B, C = IDS[:3]


def two(link="FS", lag=0, unit="calendar", days=20, **of_b) -> Content:
    """甲 of 10 calendar days from today to 4 April, and 乙 joined to it."""
    nodes = (
        ContentNode(id=A, name="甲", duration=10, duration_unit="calendar"),
        ContentNode(id=B, name="乙", duration=days, duration_unit=unit, **of_b),
    )
    links = (ContentLink(before=A, after=B, type=link, lag=lag),)
    return Content(nodes=nodes, links=links, deadline=date(2026, 6, 30))


def asked(desk, content, node, edge, finish, start=None):
    project = desk.project()
    desk.draft(project, content)
    day = date.fromisoformat
    return what_if(project, node, Change(edge, day(finish), start and day(start)), clock.today())


def spans(answer):
    names = {node.id: node.name for node in answer.content.nodes}
    return {names[key]: (str(span.start), str(span.finish)) for key, span in answer.planned().items()}


@pytest.mark.parametrize(
    ("link", "lag", "edge", "finish", "start", "before", "after"),
    [
        # 甲 ten days later as it is: 5 to 14 April
        ("FS", 0, "move", "2026-04-14", None, ("2026-04-05", "2026-04-24"), ("2026-04-15", "2026-05-04")),
        ("FS", 5, "move", "2026-04-14", None, ("2026-04-10", "2026-04-29"), ("2026-04-20", "2026-05-09")),
        ("FS", -4, "move", "2026-04-14", None, ("2026-04-01", "2026-04-20"), ("2026-04-11", "2026-04-30")),
        ("SS", 3, "move", "2026-04-14", None, ("2026-03-29", "2026-04-17"), ("2026-04-08", "2026-04-27")),
        ("FF", 2, "move", "2026-04-14", None, ("2026-03-26", "2026-04-14"), ("2026-03-28", "2026-04-16")),
        ("SF", 25, "move", "2026-04-14", None, ("2026-04-01", "2026-04-20"), ("2026-04-11", "2026-04-30")),
        # ten days longer: its start stays, and so does what hangs on its start
        ("FS", 0, "finish", "2026-04-14", None, ("2026-04-05", "2026-04-24"), ("2026-04-15", "2026-05-04")),
        ("SS", 3, "finish", "2026-04-14", None, ("2026-03-29", "2026-04-17"), ("2026-03-29", "2026-04-17")),
        ("FF", 12, "finish", "2026-04-14", None, ("2026-03-28", "2026-04-16"), ("2026-04-07", "2026-04-26")),
        ("SF", 25, "finish", "2026-04-14", None, ("2026-04-01", "2026-04-20"), ("2026-04-01", "2026-04-20")),
        # four days shorter at its head: its finish stays, and so does what hangs on its finish
        ("FS", 0, "start", "2026-04-04", "2026-03-30", ("2026-04-05", "2026-04-24"), ("2026-04-05", "2026-04-24")),
        ("SS", 3, "start", "2026-04-04", "2026-03-30", ("2026-03-29", "2026-04-17"), ("2026-04-02", "2026-04-21")),
        ("FF", 12, "start", "2026-04-04", "2026-03-30", ("2026-03-28", "2026-04-16"), ("2026-03-28", "2026-04-16")),
        ("SF", 25, "start", "2026-04-04", "2026-03-30", ("2026-04-01", "2026-04-20"), ("2026-04-05", "2026-04-24")),
        # shorter at its end: earlier for what waits for it
        ("FS", 0, "finish", "2026-03-30", None, ("2026-04-05", "2026-04-24"), ("2026-03-31", "2026-04-19")),
        ("FS", 0, "both", "2026-04-20", "2026-04-01", ("2026-04-05", "2026-04-24"), ("2026-04-21", "2026-05-10")),
    ],
)
def test_links_carry_a_change_as_they_should(desk, link, lag, edge, finish, start, before, after):
    what = asked(desk, two(link, lag), "甲", edge, finish, start)
    assert spans(what.before)["乙"] == before
    assert spans(what.after)["乙"] == after
    assert str(what.lands.finish) == finish
    assert not what.missed
    assert what.after.feasible
    moved = {one.name: one.days for one in what.moved}
    days = (date.fromisoformat(after[1]) - date.fromisoformat(before[1])).days
    assert moved == ({"乙": days} if days else {})


def test_a_lag_counts_the_later_nodes_work_days(desk):
    # 甲 ends on Saturday 4 April: the first open day is the 7th, two later the 9th; then on Friday the 10th.
    what = asked(desk, two("FS", 2, "workday", 3), "甲", "move", "2026-04-10")
    assert spans(what.before)["乙"] == ("2026-04-09", "2026-04-13")
    assert spans(what.after)["乙"] == ("2026-04-15", "2026-04-17")


def test_a_chain_of_different_links_is_followed_to_its_end(desk):
    """甲 SS+5 乙 FF+3 丙: ten days later at the head, ten days later at the end."""
    content = two("SS", 5)
    third = ContentNode(id=C, name="丙", duration=4, duration_unit="calendar")
    links = (*content.links, ContentLink(before=B, after=C, type="FF", lag=3))
    what = asked(desk, replace(content, nodes=(*content.nodes, third), links=links), "甲", "move", "2026-04-14")
    assert spans(what.before)["丙"] == ("2026-04-19", "2026-04-22")
    assert spans(what.after)["丙"] == ("2026-04-29", "2026-05-02")
    assert what.later == 10


def test_what_cannot_be_that_early_is_told_with_the_day_that_can_be_had(desk):
    what = asked(desk, two(), "乙", "move", "2026-04-10")
    assert what.missed
    assert spans(what.after)["乙"] == ("2026-04-05", "2026-04-24")
    assert what.after.feasible
    assert what.content.nodes[1].must_finish == date(2026, 4, 24)


def test_a_closed_day_goes_to_the_next_open_one(desk):
    what = asked(desk, two("FS", 0, "workday", 3), "乙", "move", "2026-04-18")
    assert str(what.lands.finish) == "2026-04-20"
    assert what.missed


def test_a_length_counts_the_nodes_own_days(desk):
    content = two("FS", 0, "workday", 3)
    what = asked(desk, content, "乙", "finish", "2026-04-17")  # from Tuesday 7 April: nine work days
    assert what.content.nodes[1].duration == 9
    assert what.content.nodes[1].must_finish is None
    assert what.content.nodes[1].start_no_earlier is None


def test_a_bound_of_the_node_itself_is_kept_and_told(desk):
    what = asked(desk, two(finish_no_later=date(2026, 4, 30)), "乙", "move", "2026-05-10")
    assert what.content.nodes[1].finish_no_later == date(2026, 4, 30)
    assert not what.after.feasible


def test_a_milestone_stays_one_and_a_fixed_start_moves(desk):
    what = asked(desk, two(days=0), "乙", "both", "2026-04-20", "2026-04-20")
    assert what.content.nodes[1].duration == 0
    project = desk.project("另一项")
    content = two(must_start=date(2026, 4, 10)).renewed()
    desk.draft(project, content)
    moved = what_if(project, "乙", Change("start", date(2026, 4, 29), date(2026, 4, 15)), clock.today())
    fixed = moved.content.nodes[1]
    assert (fixed.must_start, fixed.start_no_earlier, fixed.duration) == (date(2026, 4, 15), None, 15)


def test_the_29th_of_february_is_a_day_of_a_length(desk):
    content = replace(two(start_no_earlier=date(2028, 2, 20)), deadline=date(2028, 12, 31))
    what = asked(desk, content, "乙", "finish", "2028-03-01")
    assert what.content.nodes[1].duration == 11
    assert str(what.lands.finish) == "2028-03-01"


def test_a_plan_by_its_latest_dates_stays_one(desk):
    project = desk.project()
    desk.approved(project, replace(three(), by=LATEST))
    what = what_if(project, "招标", Change("finish", date(2026, 5, 8)), clock.today())
    assert what.content.by == LATEST
    assert spans(what.before)["施工"][1] == "2026-06-30"
    assert str(what.lands.finish) == "2026-05-08"


@pytest.fixture
def begun(desk):
    """An approved plan whose first node began on 20 March."""
    project = desk.project()
    desk.approved(project)
    say(Node.objects.get(name="设计"), "actual", "2026-03-20", None, on="2026-03-20")
    return project


def test_a_start_that_has_happened_stays(desk, begun):
    with pytest.raises(Refusal) as refused:
        what_if(begun, "设计", Change("start", date(2026, 4, 8), date(2026, 3, 25)), clock.today())
    assert refused.value.code == "plans.node_begun"
    what = what_if(begun, "设计", Change("finish", date(2026, 4, 10)), clock.today())
    assert (str(what.lands.start), str(what.lands.finish)) == ("2026-03-20", "2026-04-10")
    assert what.content.nodes[0].duration == 15


def test_ends_the_wrong_way_round_and_drafts_that_wait_are_refused(desk):
    project = desk.project()
    draft = desk.submitted(project)
    with pytest.raises(Refusal) as refused:
        what_if(project, "招标", Change("move", date(2026, 6, 1)), clock.today())
    assert refused.value.code == "plans.draft_waits"
    actions.take_back_draft(actor=desk.cast.actor("reporter"), draft=draft, seen=PlanDraft.objects.get().version)
    with pytest.raises(Refusal) as refused:
        what_if(project, "招标", Change("both", date(2026, 5, 1), date(2026, 5, 2)), clock.today())
    assert refused.value.code == "plans.finish_before_start"


def test_what_it_was_worked_out_on_is_another_after_any_change(desk):
    project = desk.project()
    desk.approved(project)
    change = Change("move", date(2026, 6, 1))
    first = what_if(project, "招标", change, clock.today())
    draft = desk.draft(project, first.content, who="office")
    second = what_if(project, "招标", change, clock.today())
    actions.change_draft(
        actor=desk.cast.actor("office"), draft=draft, seen=draft.version, content=replace(second.content, source="改")
    )
    third = what_if(project, "招标", change, clock.today())
    assert len({first.seen, second.seen, third.seen}) == 3
