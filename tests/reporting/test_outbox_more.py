"""Composition and nodes' days from a phone: only where the rule asks, merged field by field, checked as at the desk."""

from datetime import date

import pytest

from guatu.core import clock
from guatu.library.models import Project
from guatu.plans.models import Node, Plan
from guatu.reporting import actions
from guatu.reporting.content import NodeSaid, ReportContent, from_json, to_json
from guatu.reporting.models import Evidence, Report, ReportRule
from guatu.reporting.outbox.flat import deep, flat
from guatu.reporting.outbox.items import day_said
from guatu.reporting.queries.asked import wanted
from tests.reporting.phone import Phone, phone_of

WAN = 10_000
MIX = {"mix_construction": "200", "mix_installation": "100", "mix_equipment": "12"}


@pytest.fixture
def phone(cast, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    found = phone_of(cast)
    fields = ["money", "mix", "words", "nodes"]
    ReportRule.objects.update(rule={"fields": fields, "due": {"days": 2, "at": "17:00"}})
    return found


@pytest.fixture
def node(phone):
    plan = Plan.objects.create(project=Project.objects.get(), approved=1, deadline=date(2027, 12, 31))
    return Node.objects.create(plan=plan, order=1, name="主体封顶", duration=0)


def days(node: Node, **parts: str) -> dict[str, str]:
    """What is typed of a node, by code."""
    return {f"node.{node.public_id}.{part}": text for part, text in parts.items()}


def asked(phone: Phone) -> dict[str, object]:
    """The one report that is asked."""
    (row,) = phone.asked()["rows"]
    return dict(row)


def content() -> ReportContent:
    """What the report says now."""
    return from_json(Report.objects.get().content)


def test_nodes_that_are_not_done_stand_ready_only_where_the_rule_asks_for_them(phone, node):
    assert asked(phone)["open_nodes"] == [{"node": str(node.public_id), "name": "主体封顶"}]
    ReportRule.objects.update(rule={"fields": ["money", "words"], "due": {"days": 2, "at": "17:00"}})
    assert asked(phone)["open_nodes"] == []


def test_composition_and_days_of_a_node_are_handed_in(phone, node):
    slipped = days(node, started="2026-03-02", finished="", forecast="2026-09-30", reason="征迁")
    answer = phone.send(*phone.report(asked(phone), amount="312", **MIX, **slipped))
    assert answer.status_code == 200
    said = content()
    assert (said.mix.construction, said.mix.installation, said.mix.equipment) == (200 * WAN, 100 * WAN, 12 * WAN)
    assert said.mix.other is None
    (told,) = said.nodes
    assert (told.started, told.finished) == (date(2026, 3, 2), None)
    assert (told.forecast, told.reason) == (date(2026, 9, 30), "征迁")


def test_a_composition_that_does_not_add_up_is_not_handed_in_and_says_the_field(phone):
    answer = phone.send(*phone.report(asked(phone), amount="300", **MIX))
    assert (answer.status_code, answer.json()["code"]) == (422, "reporting.checks_stop")
    assert [item["field"] for item in answer.json()["items"]] == ["mix_construction"]


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"forecast": "2026-09-30"}, "推迟的节点请写明原因"),
        ({"started": "某日"}, "某日"),
        ({"started": "2026-03-10", "finished": "2026-03-02"}, "完成日期早于开始日期"),
        ({"finished": "2031-01-01"}, "不能晚于今天"),
    ],
)
def test_days_of_a_node_that_cannot_stand_are_named(phone, node, parts, why):
    answer = phone.send(*phone.report(asked(phone), amount="312", **days(node, **parts)))
    assert (answer.status_code, answer.json()["code"]) == (422, "reporting.outbox_fields")
    assert why in answer.json()["items"][0]["message"]
    assert "主体封顶" in answer.json()["items"][0]["message"]


def test_what_is_said_of_a_node_that_was_withdrawn_meanwhile_is_not_dropped_in_silence(phone, node):
    row = asked(phone)
    Node.objects.update(withdrawn=True)
    answer = phone.send(*phone.report(row, amount="312", **days(node, finished="2026-03-02")))
    assert "“主体封顶”已经完成或撤下" in answer.json()["items"][0]["message"]
    assert phone.send(*phone.report(row, amount="312", **days(node, finished=""))).status_code == 200


def test_parts_and_nodes_are_merged_one_by_one(phone, node):
    row = asked(phone)
    one = wanted(Project.objects.all(), clock.today())[0]
    desk = from_json({"mix": {"other": 5 * WAN}, "nodes": [{"node": str(node.public_id), "started": "2026-03-01"}]})
    actions.save_report(actor=phone.cast.actor("reporter"), project=one.project, expected=one.expected, content=desk)
    late = days(node, forecast="2026-09-30", reason="征迁")
    assert phone.send(*phone.report(row, step="draft", mix_construction="7", **late)).status_code == 200
    said = content()
    assert (said.mix.construction, said.mix.other) == (7 * WAN, 5 * WAN)
    assert (said.nodes[0].started, said.nodes[0].forecast) == (date(2026, 3, 1), date(2026, 9, 30))
    clash = phone.send(*phone.report(row, step="draft", **days(node, started="2026-03-05")))
    (item,) = clash.json()["items"]
    assert (item["label"], item["mine"], item["theirs"]) == ("主体封顶 开始日期", "2026-03-05", "2026-03-01")
    typed = asked(phone)["typed"]
    assert typed[f"node.{node.public_id}.started"] == "2026-03-01"
    assert typed["mix_other"] == "5"


def test_a_content_is_the_same_after_it_was_taken_apart():
    node = NodeSaid(node="a-b", started=date(2026, 3, 1), reason="征迁")
    stored = to_json(ReportContent(amount=1, words="进场", nodes=(node,), same_reason="停工")) | {"mix": {"other": 2}}
    assert deep(flat(stored)) == stored


@pytest.mark.parametrize(
    ("taken", "sending"),
    [("2026-03-21T08:00:00", "2026-03-22T08:00:00"), ("2025-03-19T08:00:00", "2025-03-20T08:00:00")],
)
def test_a_phone_whose_clock_is_wrong_dates_its_photo_by_how_long_ago_it_was_taken(phone, taken, sending):
    address, said, data = phone.photo(asked(phone), 1)
    answer = phone.send_part(address, {**said, "said_at": taken, "phone_now": sending}, data)
    assert answer.json()["receipt"] is True
    assert (clock.today() - Evidence.objects.get().on).days == 1
    again = phone.send_part(address, {**said, "said_at": taken, "phone_now": "2026-04-01T00:00:00"}, data)
    assert again.json() == answer.json()


@pytest.mark.parametrize("told", ["", "gestern", "9999-12-31T00:00:00"])
def test_a_time_that_is_none_is_today(told):
    assert day_said(told, "0001-01-01T00:00:00") == clock.today()
