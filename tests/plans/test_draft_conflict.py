"""Two who change a draft at once: what each of them says stands side by side, is chosen, and nothing is lost."""

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guatu.plans import actions, draft_conflict
from guatu.plans.content import Content, ContentLink, ContentNode, from_json, to_json
from tests.plans.conftest import IDS, three
from tests.plans.test_pages import _typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(desk):
    """A draft that the reporter has open at its first version."""
    return desk.draft(desk.project())


def _theirs(desk, draft, content: Content) -> None:
    """The office saves another content meanwhile."""
    actions.change_draft(actor=desk.cast.actor("office"), draft=draft, seen=draft.version, content=content)


def _post(desk, draft, sent):
    return desk.cast.client("reporter").post(reverse("plans:draft", args=[draft.project.public_id]), sent)


def _form(answer) -> dict:
    """What the page's form would send as it stands: inputs, chosen options and radios."""
    text = unescape(answer.content.decode())
    text = text[text.index('id="plan-form"') :]
    text = text[: text.index("</form>")]
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", text):
        name, value = (re.search(rf'\b{part}="([^"]*)"', tag) for part in ("name", "value"))
        if name and (("radio" not in tag and "checkbox" not in tag) or "checked" in tag):
            found.setdefault(name[1], []).append(value[1] if value else "")
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', text, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found.setdefault(name, []).append(chosen[1] if chosen else "")
    found.pop("request_id", None)
    return found | {"do": "save"}


def _node(content: Content, place: int, **values) -> Content:
    nodes = list(content.nodes)
    nodes[place] = replace(nodes[place], **values)
    return replace(content, nodes=tuple(nodes))


def test_what_both_changed_is_asked_and_what_one_changed_is_taken(desk, opened):
    _theirs(desk, opened, _node(_node(three("2026-08-31"), 0, duration=15), 2, evidence="验收单"))
    answer = _post(desk, opened, _typed(from_stale(opened), seen="1", duration=["11", "20", "25"]))
    text = answer.content.decode()
    assert answer.status_code == 409
    for said in (
        "第1行“设计” 工期",
        "第3行“施工” 工期",
        "第3行“施工” 佐证材料",
        "完成期限",
        "请您选定",
        "项目办干事",
        "的计划草案”",
    ):
        assert said in text
    assert text.count("请您选定") == 1
    sent = _form(answer)
    assert sent[f"pick.{IDS[0]}.duration"] == ["mine"]
    assert sent[f"pick.{IDS[2]}.evidence"] == ["theirs"]
    assert _post(desk, opened, sent).status_code == 302
    opened.refresh_from_db()
    content = from_json(opened.content)
    assert [node.duration for node in content.nodes] == [11, 20, 25]
    assert (content.deadline, content.nodes[2].evidence) == (date(2026, 8, 31), "验收单")


def from_stale(draft):
    """The draft as the one who has it open sees it: its first content."""
    draft.content = to_json(three())
    return draft


def test_theirs_is_chosen_field_by_field(desk, opened):
    _theirs(desk, opened, _node(three(), 0, duration=15, paper=True))
    answer = _post(desk, opened, _typed(from_stale(opened), seen="1", duration=["11", "20", "30"]))
    sent = _form(answer) | {f"pick.{IDS[0]}.duration": "theirs"}
    assert _post(desk, opened, sent).status_code == 302
    opened.refresh_from_db()
    node = from_json(opened.content).nodes[0]
    assert (node.duration, node.paper) == (15, True)


def test_nodes_that_the_other_added_come_along_with_their_links(desk, opened):
    more = ContentNode(id=IDS[30], name="监理招标", duration=8)
    their = three()
    their = replace(
        their,
        nodes=(their.nodes[0], more, *their.nodes[1:]),
        links=(their.links[0], ContentLink(before=IDS[0], after=IDS[30]), their.links[1]),
    )
    _theirs(desk, opened, replace(their, links=(*their.links, ContentLink(before=IDS[30], after=IDS[2]))))
    answer = _post(desk, opened, _typed(from_stale(opened), seen="1", duration=["11", "20", "30"]))
    assert "对方加的节点已并入下面：监理招标" in answer.content.decode()
    assert _post(desk, opened, _form(answer)).status_code == 302
    opened.refresh_from_db()
    content = from_json(opened.content)
    assert [node.name for node in content.nodes] == ["设计", "监理招标", "招标", "施工"]
    assert {(one.before, one.after) for one in content.links} == {
        (IDS[0], IDS[1]),
        (IDS[0], IDS[30]),
        (IDS[1], IDS[2]),
        (IDS[30], IDS[2]),
    }


@pytest.mark.parametrize(("pick", "left"), [("theirs", ["设计", "施工"]), ("mine", ["设计", "招标", "施工"])])
def test_a_node_that_the_other_took_out(desk, opened, pick, left):
    _theirs(desk, opened, three().without(IDS[1]))
    answer = _post(desk, opened, _typed(from_stale(opened), seen="1", duration=["11", "21", "30"]))
    assert "第2行“招标”" in answer.content.decode()
    assert _post(desk, opened, _form(answer) | {f"pick.{IDS[1]}.row": pick}).status_code == 302
    opened.refresh_from_db()
    assert [node.name for node in from_json(opened.content).nodes] == left


@pytest.mark.parametrize(("pick", "left"), [("mine", ["设计", "施工"]), ("theirs", ["设计", "招标", "施工"])])
def test_a_node_that_one_took_out_and_the_other_changed(desk, opened, pick, left):
    _theirs(desk, opened, _node(three(), 1, duration=25))
    stale = from_stale(opened)
    sent = _typed(stale, seen="1")
    rows = {name: [value[0], value[2]] for name, value in sent.items() if isinstance(value, list) and len(value) == 3}
    answer = _post(desk, opened, sent | rows | {"waits": ["", "1"]})
    assert answer.status_code == 409
    form = _form(answer)
    assert form["mine_gone"] == [IDS[1]]
    assert _post(desk, opened, form | {f"pick.{IDS[1]}.row": pick}).status_code == 302
    opened.refresh_from_db()
    assert [node.name for node in from_json(opened.content).nodes] == left


def test_the_reason_that_was_typed_stays(desk):
    project = desk.project()
    desk.approved(project)
    draft = desk.draft(project)
    _theirs(desk, draft, three("2026-09-30"))
    sent = _typed(from_stale(draft), seen="1", reason="甲方调整范围", do="submit")
    answer = _post(desk, draft, sent)
    assert answer.status_code == 409
    assert 'value="甲方调整范围"' in answer.content.decode()


def _content(rows) -> Content:
    nodes = tuple(
        ContentNode(id=IDS[key], name=f"节点{key}", duration=days, evidence=words, weight=key + 1)
        for key, days, words in rows
    )
    return Content(nodes=nodes)


CONTENTS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(1, 3), st.sampled_from(["", "甲", "乙"])), unique_by=lambda row: row[0]
).map(_content)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(base=CONTENTS, theirs=CONTENTS, mine=CONTENTS)
def test_every_value_of_either_is_in_the_form_or_beside_it(base, theirs, mine):
    """No node and no field of one of the two is dropped in silence."""
    found = draft_conflict.compared(base, theirs, mine, {})
    asked = {one.name for one in found.differences}
    there = {node.id: node for node in found.merged.nodes}
    was = {node.id: node for node in base.nodes}
    for node in mine.nodes:
        assert there[node.id] == node
    typed = {node.id for node in mine.nodes}
    for node in theirs.nodes:
        if node.id not in typed and node != was.get(node.id):
            assert there[node.id] == node
        if node.id in typed and node.duration != there[node.id].duration:
            assert f"{node.id}.duration" in asked
        if node.id in typed and node.evidence != there[node.id].evidence:
            assert f"{node.id}.evidence" in asked
    for key in (typed & set(was)) - {node.id for node in theirs.nodes}:
        assert f"{key}.row" in asked


@pytest.mark.parametrize("seen", ["", "x", "²", "9" * 40])
def test_a_version_that_is_none_is_somebody_elses_change(desk, opened, seen):
    answer = _post(desk, opened, _typed(from_stale(opened), seen=seen))
    assert answer.status_code == 409
    sent = {"do": "drop", "reason": "不做了", "seen": seen}
    answer = desk.cast.client("reporter").post(reverse("plans:decide", args=[opened.project.public_id]), sent)
    assert answer.status_code == 409
    opened.refresh_from_db()
    assert opened.version == 1
