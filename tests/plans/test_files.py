"""A plan goes out as a file and comes back as the same draft."""

import io
from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from guatu.plans import actions
from guatu.plans.content import ContentLink, from_json
from guatu.plans.exports.mspdi import write_mspdi
from guatu.plans.file_rows import Around, content_of_file, matched
from guatu.plans.forms import TEXTS
from guatu.plans.models import Node, PlanDraft
from guatu.plans.plan_file import FileLink, FileNode, PlanFile
from guatu.plans.queries.drafts import content_of
from tests.plans.conftest import three

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("ending", ["xml", "xlsx"])
def test_a_plan_that_was_downloaded_is_read_as_the_same_draft(desk, ending):
    first, second = desk.project(), desk.project("梧桐路")
    content = three(start_no_earlier=date(2026, 4, 1), evidence="设计文件")
    ends = {"before": content.nodes[0].id, "after": content.nodes[1].id}
    lagged = (ContentLink(**ends, type="SS", lag=3, technical=False), content.links[1])
    desk.approved(first, replace(content, links=lagged, deadline=date(2026, 7, 31)))
    client = desk.cast.client("reporter")
    answer = client.get(reverse("plans:download", args=[first.public_id, ending]))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(f'.{ending}"')
    sent = SimpleUploadedFile(f"计划.{ending}", io.BytesIO(answer.content).read())
    there = client.post(reverse("plans:upload", args=[second.public_id]), {"file": sent})
    assert there.status_code == 302
    draft = from_json(PlanDraft.objects.get(project=second).content)
    assert [(node.name, node.duration, node.duration_unit) for node in draft.nodes] == [
        ("设计", 10, "workday"),
        ("招标", 20, "workday"),
        ("施工", 30, "workday"),
    ]
    assert draft.nodes[0].start_no_earlier == date(2026, 4, 1)
    places = draft.places()
    assert [(places[one.before], places[one.after], one.type, one.lag, one.technical) for one in draft.links] == [
        (1, 2, "SS", 3, False),
        (2, 3, "FS", 0, True),
    ]


def test_a_file_without_a_place_for_the_mark_leaves_the_plans_own_and_is_technical_else():
    content = three()
    marked = replace(content, links=tuple(replace(one, technical=False) for one in content.links))
    nodes = tuple(FileNode(node.id, node.name, duration=5) for node in content.nodes)
    links = (
        FileLink(nodes[0].id, nodes[1].id, technical=None),
        FileLink(nodes[0].id, nodes[2].id, technical=None),
        FileLink(nodes[1].id, nodes[2].id, technical=True),
    )
    read = content_of_file(PlanFile("排", nodes, links), Around(standing=marked), None)
    assert [one.technical for one in read.links] == [False, True, True]
    assert all(one.technical for one in content_of_file(PlanFile("排", nodes, links), Around(), None).links)


def test_what_is_no_plan_is_refused(desk):
    project = desk.project()
    sent = SimpleUploadedFile("计划.xml", b"<html>no plan</html>")
    answer = desk.cast.client("reporter").post(reverse("plans:upload", args=[project.public_id]), {"file": sent})
    assert answer.status_code == 422
    assert "节点表读不出来" in answer.content.decode()
    assert not PlanDraft.objects.exists()


def _sent(ending: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"计划.{ending}", data)


@pytest.mark.parametrize("ending", ["xml", "xlsx"])
def test_a_file_that_comes_back_to_its_plan_keeps_every_node(desk, ending):
    """Its dates, quantities and versions stay joined: nothing is new and nothing gone."""
    project = desk.project()
    desk.approved(project, three(evidence="设计文件", crash_most=3, crash_cost=5000, opens="preliminary"))
    client = desk.cast.client("reporter")
    data = client.get(reverse("plans:download", args=[project.public_id, ending])).content
    answer = client.post(reverse("plans:upload", args=[project.public_id]), {"file": _sent(ending, data)}, follow=True)
    text = answer.content.decode()
    assert "新增 0 个、改动 0 个、删去 0 个、未变 3 个节点" in text
    assert "与现行计划相同" in text
    draft = PlanDraft.objects.get(state="open")
    assert from_json(draft.content) == replace(content_of(desk.plan(project)), source=from_json(draft.content).source)


def test_what_a_file_changes_is_said_row_by_row_before_it_is_approved(desk):
    project = desk.project()
    content = three(evidence="设计文件")
    desk.approved(project, content)
    reporter = desk.cast.actor("reporter")
    node = Node.objects.get(name="设计")
    actions.record_dates(actor=reporter, node=node, sort="actual", start=date(2026, 3, 26), finish=None)
    rows = (
        FileNode(content.nodes[0].id, "初步设计", duration=12),  # by its own number, under another name
        FileNode("7", " 招 标 ", duration=20),  # by its name, spaces apart
        FileNode("8", "验收", duration=5),
    )
    links = (FileLink(content.nodes[0].id, "7"), FileLink("7", "8"))
    client = desk.cast.client("reporter")
    sent = _sent("xml", write_mspdi(PlanFile("重排", rows, links, deadline=date(2026, 8, 31))))
    text = client.post(reverse("plans:upload", args=[project.public_id]), {"file": sent}, follow=True).content.decode()
    assert "新增 1 个、改动 2 个、删去 1 个、未变 0 个节点" in text
    for said in ("1. 初步设计", "<td>10 工作日</td><td>12 工作日</td>", "<b>删去</b>：施工", "<b>新增</b>：验收"):
        assert said in text
    draft = PlanDraft.objects.get(state="open")
    read = from_json(draft.content)
    assert [read.nodes[place].id for place in (0, 1)] == [content.nodes[place].id for place in (0, 1)]
    assert read.nodes[0].evidence == "设计文件"  # the file says nothing of it
    actions.submit_draft(actor=reporter, draft=draft, seen=draft.version, reason="重排")
    actions.approve_draft(actor=desk.cast.actor("office"), draft=draft, seen=draft.version)
    node.refresh_from_db()
    assert (node.name, node.versions.count(), node.dates.filter(sort="actual").count()) == ("初步设计", 2, 1)
    assert Node.objects.get(name="施工").withdrawn


def test_a_name_that_occurs_twice_is_no_match():
    standing = three()
    rows = [FileNode("1", "设计"), FileNode("2", "设计"), FileNode("3", "招标")]
    assert {key: node.name for key, node in matched(rows, standing).items()} == {"3": "招标"}


@given(st.permutations(range(3)), st.lists(st.booleans(), min_size=3, max_size=3))
def test_nodes_are_found_whatever_their_order_and_however_they_are_numbered(order, by_name):
    standing = three()
    rows = [
        FileNode(f"row-{place}" if by_name[place] else standing.nodes[place].id, standing.nodes[place].name)
        for place in order
    ]
    found = matched(rows, standing)
    assert [found[row.id].name for row in rows] == [row.name for row in rows]
    assert len({node.id for node in found.values()}) == 3


def _tasks(count: int) -> SimpleUploadedFile:
    rows = "".join(
        f"<Task><UID>{n}</UID><ID>{n}</ID><Name>节点{n}</Name><Duration>PT40H0M0S</Duration></Task>"
        for n in range(1, count + 1)
    )
    return SimpleUploadedFile("big.xml", f"<Project><Tasks>{rows}</Tasks></Project>".encode())


def test_a_file_of_more_nodes_than_a_plan_can_have_is_refused_and_begins_no_draft(desk):
    project = desk.project()
    url = reverse("plans:upload", args=[project.public_id])
    answer = desk.cast.client("reporter").post(url, {"file": _tasks(2001)})
    assert answer.status_code == 422
    assert "2001" in answer.content.decode()
    assert not PlanDraft.objects.exists()


def test_a_draft_of_400_nodes_from_a_file_can_be_saved_from_its_page(desk):
    project = desk.project()
    client = desk.cast.client("reporter")
    assert client.post(reverse("plans:upload", args=[project.public_id]), {"file": _tasks(400)}).status_code == 302
    draft = PlanDraft.objects.get()
    nodes = draft.content["nodes"]
    sent = {name: [""] * 400 for name in TEXTS}
    sent |= {"id": [node["id"] for node in nodes], "name": [node["name"] for node in nodes], "duration": ["6"] * 400}
    answer = client.post(reverse("plans:draft", args=[project.public_id]), sent | {"seen": draft.version, "do": "save"})
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert {node["duration"] for node in draft.content["nodes"]} == {6}
