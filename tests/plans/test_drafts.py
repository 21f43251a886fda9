"""Drafts: begun, changed under a version, submitted when they can be met, approved by another person."""

from dataclasses import replace
from datetime import date

import pytest

from guatu.core.models import TrailEntry
from guatu.core.refusals import Conflict, Refusal
from guatu.plans import actions
from guatu.plans.content import ContentLink, from_json, shifted, to_json
from guatu.plans.models import Link, Node, NodeDates, PlanDraft, PlanVersion, VersionNode
from guatu.plans.queries.beginnings import content_from_project, content_from_template, content_in_force
from guatu.plans.templates_ready import READY
from tests.plans.conftest import IDS, three

pytestmark = pytest.mark.django_db


def _code(run) -> str:
    with pytest.raises(Refusal) as caught:
        run()
    return caught.value.code


def test_a_draft_touches_no_plan_until_it_is_approved(desk):
    project = desk.project()
    draft = desk.draft(project)
    actions.submit_draft(actor=desk.cast.actor("reporter"), draft=draft, seen=draft.version)
    assert (Node.objects.count(), PlanVersion.objects.count()) == (0, 0)
    version = actions.approve_draft(actor=desk.cast.actor("office"), draft=draft, seen=draft.version)
    assert (version.number, version.approved_on, version.deadline) == (1, date(2026, 3, 26), date(2026, 6, 30))
    days = list(VersionNode.objects.order_by("node__order").values_list("node__name", "start", "finish"))
    # 2026-03-26 is a Thursday; 清明 is off on 6 April; 劳动节 from 1 to 5 May, 9 May is worked
    assert days[0] == ("设计", date(2026, 3, 26), date(2026, 4, 9))
    assert days[1] == ("招标", date(2026, 4, 10), date(2026, 5, 11))
    assert days[2][1] == date(2026, 5, 12)
    assert NodeDates.objects.filter(sort="planned").count() == 3
    assert Link.objects.count() == 2
    entry = TrailEntry.objects.get(action="plans.approve_draft")
    assert (entry.subject_kind, entry.subject_id) == ("library.project", str(project.public_id))


def test_who_submits_does_not_approve_or_return(desk):
    project = desk.project()
    office = desk.cast.actor("office")
    draft = actions.begin_draft(actor=office, project=project, content=three())
    actions.submit_draft(actor=office, draft=draft, seen=draft.version)
    assert _code(lambda: actions.approve_draft(actor=office, draft=draft, seen=draft.version)) == "core.two_persons"
    again = lambda: actions.return_draft(actor=office, draft=draft, seen=draft.version, reason="再想想")  # noqa: E731 short
    assert _code(again) == "core.two_persons"
    actions.approve_draft(actor=desk.cast.actor("office_head"), draft=draft, seen=draft.version)


def test_only_the_office_approves(desk):
    draft = desk.submitted(desk.project())
    for name in ("reviewer", "owner", "street"):
        actor = desk.cast.actor(name)
        assert _code(lambda actor=actor: actions.approve_draft(actor=actor, draft=draft, seen=1)) == "core.not_allowed"
    outsider = desk.cast.actor("outsider")
    assert _code(lambda: actions.approve_draft(actor=outsider, draft=draft, seen=1)) == "core.not_found"


def test_one_draft_of_a_project(desk):
    project = desk.project()
    desk.draft(project)
    assert _code(lambda: desk.draft(project)) == "plans.draft_stands"
    draft = PlanDraft.objects.get()
    actions.drop_draft(actor=desk.cast.actor("reporter"), draft=draft, seen=draft.version)
    desk.draft(project)


def test_two_who_change_a_draft_at_once(desk):
    project = desk.project()
    draft = desk.draft(project)
    mine, theirs = PlanDraft.objects.get(), PlanDraft.objects.get()
    reporter, reviewer = desk.cast.actor("reporter"), desk.cast.actor("reviewer")
    actions.change_draft(actor=reviewer, draft=theirs, seen=1, content=three("2026-08-31"))
    with pytest.raises(Conflict):
        actions.change_draft(actor=reporter, draft=mine, seen=1, content=three("2026-09-30"))
    draft.refresh_from_db()
    assert from_json(draft.content).deadline == date(2026, 8, 31)


def test_a_plan_that_was_approved_meanwhile_is_not_overwritten(desk):
    project = desk.project()
    desk.approved(project)
    draft = desk.draft(project, content_in_force(project))
    reporter = desk.cast.actor("reporter")
    actions.submit_draft(actor=reporter, draft=draft, seen=1, reason="征地推迟")
    PlanDraft.objects.filter(pk=draft.pk).update(base=0)  # as if version 1 had come after it
    draft.refresh_from_db()
    late = lambda: actions.approve_draft(actor=desk.cast.actor("office"), draft=draft, seen=draft.version)  # noqa: E731 short
    assert _code(late) == "plans.approved_meanwhile"


def test_what_cannot_be_met_is_not_submitted(desk):
    draft = desk.draft(desk.project(), three("2026-05-31"))
    with pytest.raises(Refusal) as caught:
        actions.submit_draft(actor=desk.cast.actor("reporter"), draft=draft, seen=draft.version)
    assert caught.value.code == "plans.not_feasible"
    assert caught.value.params["node"] == "施工"
    assert caught.value.params["days"] > 0


def test_a_circle_is_named(desk):
    content = three()
    circle = replace(content, links=(*content.links, ContentLink(before=IDS[2], after=IDS[0])))
    draft = desk.draft(desk.project(), circle)
    with pytest.raises(Refusal) as caught:
        actions.submit_draft(actor=desk.cast.actor("reporter"), draft=draft, seen=draft.version)
    assert caught.value.code == "schedule.circular"
    assert all(name in str(caught.value) for name in ("1 设计", "2 招标", "3 施工"))


def test_a_new_version_keeps_nodes_by_their_ids_and_withdraws_what_was_dropped(desk):
    project = desk.project()
    desk.approved(project)
    before = {node.name: node.pk for node in Node.objects.all()}
    content = content_in_force(project).without(IDS[1]).with_node("绿化")
    swapped = replace(
        content,
        deadline=date(2026, 9, 30),
        nodes=(replace(content.nodes[0], name="施工"), replace(content.nodes[1], name="设计"), content.nodes[2]),
    )
    version = desk.approved(project, swapped, reason="取消招标，直接委托")
    assert version.number == 2
    assert version.reason == "取消招标，直接委托"
    now = {node.name: node.pk for node in Node.objects.filter(withdrawn=False)}
    assert (now["施工"], now["设计"]) == (before["设计"], before["施工"])
    assert Node.objects.get(pk=before["招标"]).withdrawn
    assert Link.objects.filter(withdrawn=False).count() == 1  # 施工 waits for 设计, since what was between went
    assert VersionNode.objects.filter(plan_version__number=1).count() == 3
    assert desk.plan(project).deadline == date(2026, 9, 30)


def test_a_change_of_an_approved_plan_needs_a_reason(desk):
    project = desk.project()
    desk.approved(project)
    draft = desk.draft(project, content_in_force(project))
    reporter = desk.cast.actor("reporter")
    assert _code(lambda: actions.submit_draft(actor=reporter, draft=draft, seen=1)) == "core.reason_missing"


def test_a_returned_draft_is_changed_and_submitted_again(desk):
    draft = desk.submitted(desk.project())
    actions.return_draft(actor=desk.cast.actor("office"), draft=draft, seen=draft.version, reason="缺征迁")
    reporter = desk.cast.actor("reporter")
    actions.change_draft(actor=reporter, draft=draft, seen=draft.version, content=three("2026-07-31"))
    actions.submit_draft(actor=reporter, draft=draft, seen=draft.version)
    assert draft.state == "submitted"
    assert draft.answer == "缺征迁"


def test_names_are_there_and_differ(desk):
    project = desk.project()
    draft = desk.draft(project)
    twice = replace(three(), nodes=(three().nodes[0], replace(three().nodes[1], name="设计"), three().nodes[2]))
    reporter = desk.cast.actor("reporter")
    refused = _code(lambda: actions.change_draft(actor=reporter, draft=draft, seen=1, content=twice))
    assert refused == "plans.name_twice"


def test_what_is_stored_is_read_back():
    content = replace(three(start_no_earlier=date(2026, 4, 1), crash_most=3, crash_cost=20000), by="latest")
    assert from_json(to_json(content)) == content


@pytest.mark.parametrize("ready", READY, ids=lambda one: one.code)
def test_every_ready_template_is_worked_through(desk, ready):
    project = desk.project()
    content = content_from_template(project, ready.code, date(2029, 12, 31))
    version = desk.approved(project, content)
    assert VersionNode.objects.filter(plan_version=version).count() == len(ready.rows)
    assert {node.name for node in Node.objects.all()} == {row[0] for row in ready.rows}


@pytest.mark.parametrize("ready", READY, ids=lambda one: one.code)
def test_no_ready_template_lets_what_building_asks_for_run_side_by_side(ready):
    """What closes the project waits technically, over however many nodes, for what opens its works."""
    content = ready.content()
    waits: dict[str, list[str]] = {}
    for link in content.links:
        if link.technical:
            waits.setdefault(link.after, []).append(link.before)
    closing = [node.id for node in content.nodes if node.closes == "completed"]
    before, seen = list(closing), set()
    while before:
        seen |= {one := before.pop()}
        before += [other for other in waits.get(one, ()) if other not in seen]
    works = {node.id for node in content.nodes if node.opens in ("started", "under_construction")}
    assert not closing or (len(works) == 2 and works <= seen)
    assert ready.code in ("clearing",) or any(not link.technical for link in content.links)


def test_another_projects_plan_moves_to_its_own_deadline(desk):
    first, second = desk.project(), desk.project("梧桐路")
    desk.approved(first, three(start_no_earlier=date(2026, 4, 1)))
    content = content_from_project(first, date(2026, 7, 30))
    assert content.nodes[0].start_no_earlier == date(2026, 5, 1)
    assert content.deadline == date(2026, 7, 30)
    assert content.source == first.name
    assert not {node.id for node in content.nodes} & set(IDS)
    assert desk.approved(second, content).number == 1


def test_shifting_moves_every_stated_date():
    moved = shifted(three(must_finish=date(2026, 4, 30)), -30)
    assert (moved.deadline, moved.nodes[0].must_finish) == (date(2026, 5, 31), date(2026, 3, 31))


def test_a_regions_own_template_stands_first(desk):
    from guatu.plans.queries.beginnings import as_template, templates_for

    project = desk.project()
    desk.approved(project, three(finish_no_later=date(2026, 5, 1)))
    head = desk.cast.actor("office_head")
    row = actions.save_template(
        actor=head, region=desk.cast.region(), code="own", name="三步走", content=as_template(content_in_force(project))
    )
    offered = templates_for(project)
    assert (offered[0].name, offered[0].own, offered[0].nodes) == ("三步走", True, 3)
    content = content_from_template(project, str(row.public_id), None)
    assert content.deadline is None
    assert content.nodes[0].finish_no_later is None
    office = desk.cast.actor("office")
    save = lambda: actions.save_template(actor=office, region=desk.cast.region(), code="x", name="y", content=content)  # noqa: E731 short
    assert _code(save) == "core.not_allowed"
