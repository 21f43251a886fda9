"""A plan given to a project under way: what its stage has passed is asked for, never planned ahead, no day invented."""

import re
from datetime import date

import pytest
from django.urls import reverse

from guatu.core.actor import OPERATOR
from guatu.library import actions as library
from guatu.plans import actions
from guatu.plans.content import ContentLink, from_json
from guatu.plans.models import Node, NodeDates, PlanDraft, VersionNode
from guatu.plans.queries.beginnings import content_from_template
from guatu.plans.queries.underway import behind
from tests.plans.conftest import three

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 26)
STARTED, BUILDING = date(2026, 1, 12), date(2026, 2, 2)


@pytest.fixture
def site(desk):
    """A school that has been built since February."""
    project = desk.project("西苑小学")
    for stage, on in (("started", STARTED), ("under_construction", BUILDING)):
        library.change_stage(actor=OPERATOR, project=project, seen=None, stage=stage, on=on)
    project.refresh_from_db()
    return project


def _send(desk, project, **more):
    sent = {"from": "template:building", "deadline": "2027年底", **more}
    return desk.cast.client("reporter").post(reverse("plans:begin", args=[project.public_id]), sent)


def _asked(response) -> dict[str, str]:
    """The inputs of the page as a browser would send them back."""
    text = response.content.decode()
    found = {}
    for tag in re.findall(r"<input [^>]+>", text):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        box = 'type="checkbox"' in tag
        if name and (not box or " checked" in tag):
            found[name[1]] = "on" if box else value[1] if value else ""
    return found


def test_a_template_of_what_lies_ahead_is_not_asked_about(desk):
    assert _send(desk, desk.project()).status_code == 302  # 前期
    node = from_json(PlanDraft.objects.get().content).nodes[0]
    assert (node.begun_on, node.done_on) == (None, None)


def test_what_the_stage_has_passed_is_ticked_and_only_recorded_days_are_filled_in(desk, site):
    response = _send(desk, site)
    assert response.status_code == 200
    assert not PlanDraft.objects.exists()
    asked = _asked(response)
    assert [name for name in asked if name.startswith("done_") and asked[name] == "on"] == ["done_1"]
    assert (asked["begun_on_1"], asked["begun_on_2"]) == ("2026-01-12", "2026-02-02")
    assert {asked[name] for name in asked if name.startswith("done_on_")} == {""}
    text = response.content.decode()
    assert "开工 2026-01-12" in text
    assert "项目现在是“在建”" in text


def test_a_tick_without_a_day_is_asked_again_and_nothing_is_invented(desk, site):
    sent = _asked(_send(desk, site))
    again = _send(desk, site, **sent)
    assert again.status_code == 422
    assert "第 1 行“进场准备”勾了已完成，请填实际完成日期" in again.content.decode()
    assert not PlanDraft.objects.exists()
    for wrong, said in (
        ({"done_on_1": "2026-04-01"}, "还没有到"),
        ({"done_on_1": "2026-01-05"}, "早于开始日期"),
        ({"done_on_3": "2026-03-10", "done_on_1": "2026-01-28"}, "没有勾已完成"),
        ({"done_on_1": "某天"}, "进场准备"),
    ):
        again = _send(desk, site, **{**sent, **wrong})
        assert again.status_code == 422
        assert said in again.content.decode()
        assert all(f'value="{day}"' in again.content.decode() for day in wrong.values())
    assert not PlanDraft.objects.exists()


def test_what_was_done_stands_in_the_draft_and_becomes_actual_with_the_plan(desk, site):
    sent = _asked(_send(desk, site)) | {"done_on_1": "2026-01-28"}
    sent |= {"done_2": "on", "done_on_2": "2026-02-27", "done_3": "on", "done_on_3": "2026-03-20"}
    assert _send(desk, site, **sent).status_code == 302
    draft = PlanDraft.objects.get()
    content = from_json(draft.content)
    assert [(node.begun_on, node.done_on) for node in content.nodes[:4]] == [
        (STARTED, date(2026, 1, 28)),
        (BUILDING, date(2026, 2, 27)),
        (None, date(2026, 3, 20)),
        (None, None),
    ]
    client = desk.cast.client("reporter")
    page = client.get(reverse("plans:draft", args=[site.public_id])).content.decode()
    assert 'name="done_on" value="2026-03-20"' in page
    assert page.count("已完成</span>") == 3
    actions.submit_draft(actor=desk.cast.actor("reporter"), draft=draft, seen=draft.version)
    actions.approve_draft(actor=desk.cast.actor("office"), draft=draft, seen=draft.version)
    actual = NodeDates.objects.filter(sort="actual").order_by("node__order")
    assert [(row.node.name, row.start, row.finish) for row in actual] == [
        ("进场准备", STARTED, date(2026, 1, 28)),
        ("土方开挖和基坑支护", BUILDING, date(2026, 2, 27)),
        ("桩基和基础", None, date(2026, 3, 20)),
    ]
    ahead = VersionNode.objects.exclude(node__in=[row.node_id for row in actual])
    assert min(row.start for row in ahead) == TODAY
    behind_us = VersionNode.objects.filter(node__in=[row.node_id for row in actual])
    assert max(row.finish for row in behind_us) == date(2026, 3, 20)
    tab = client.get(reverse("library:project", args=[site.public_id]) + "?tab=plan")
    assert tab.status_code == 200
    # the node without a start can be reported on as it stands
    node = Node.objects.get(name="桩基和基础")
    report = actions.NodeReport(actual=(None, date(2026, 3, 20)), forecast=(None, None))
    assert not actions.record_node(actor=desk.cast.actor("reporter"), node=node, report=report)


def test_nodes_without_a_day_are_left_out_with_one_button_and_the_rest_stays_in_order(desk, site):
    sent = _asked(_send(desk, site, **{"from": "template:preliminary"}))
    ticked = [name for name in sent if re.fullmatch(r"done_\d+", name)]
    assert len(ticked) == 18
    assert sent["done_on_18"] == "2026-01-12"  # 开工: a milestone on the recorded day
    sent |= {"done_on_17": "2026-01-08", "do": "leave_out"}
    assert _send(desk, site, **sent).status_code == 302
    content = from_json(PlanDraft.objects.get().content)
    assert [node.name for node in content.nodes] == ["质量安全监督和施工许可证", "开工"]
    assert len(content.links) == 1


def test_all_left_out_is_no_plan_and_a_changed_template_is_asked_anew(desk, site):
    sent = _asked(_send(desk, site))
    nothing = {f"out_{place}": "on" for place in range(1, 12)}
    assert "请至少留一个节点" in _send(desk, site, **{**sent, **nothing}).content.decode()
    other = _send(desk, site, **{**sent, "from": "template:road"})
    assert other.status_code == 422
    assert "重新核对" in other.content.decode()
    assert not PlanDraft.objects.exists()


def test_a_day_is_corrected_in_the_draft(desk, site):
    sent = _asked(_send(desk, site)) | {"done_on_1": "2026-01-28"}
    _send(desk, site, **sent)
    draft = PlanDraft.objects.get()
    content = from_json(draft.content)
    client = desk.cast.client("reporter")
    rows = [str(node.id) for node in content.nodes]
    form = {"seen": draft.version, "by": "earliest", "deadline": "2027-12-31", "id": rows}
    form |= {name: [str(getattr(node, name)) for node in content.nodes] for name in ("name", "weight", "duration")}
    form["waits"] = [""] * len(rows)
    client.post(reverse("plans:draft", args=[site.public_id]), form)  # a form that does not ask keeps what is known
    draft.refresh_from_db()
    assert from_json(draft.content).nodes[0].done_on == date(2026, 1, 28)
    blank = [""] * (len(rows) - 1)
    form |= {"seen": draft.version, "begun_on": ["", *blank], "done_on": ["2026-01-29", *blank]}
    client.post(reverse("plans:draft", args=[site.public_id]), form)
    draft.refresh_from_db()
    assert from_json(draft.content).nodes[0].done_on == date(2026, 1, 29)
    assert from_json(draft.content).nodes[0].begun_on is None
    ahead = client.post(
        reverse("plans:preview", args=[site.public_id]), {**form, "done_on": ["2026-08-18", *blank]}
    ).content.decode()
    assert "晚于今天" in ahead


def test_an_agreed_overlap_says_less_than_a_sequence(desk, site):
    content = content_from_template(site, "building", None)
    first, second, third = content.nodes[:3]
    from dataclasses import replace

    for kind, lag, wanted in (("FS", 0, True), ("FS", -5, False), ("SS", 3, False)):
        links = (ContentLink(before=third.id, after=second.id, type=kind, lag=lag),)
        told = behind(site, replace(content, links=(*content.links, *links)), TODAY)
        assert told[third.id].done is wanted
        assert told[first.id].done
    assert behind(site, three(), TODAY) == {}
