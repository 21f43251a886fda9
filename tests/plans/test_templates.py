"""Templates: the ready ones and the office's own, looked at, copied, changed by who keeps them, withdrawn."""

import pytest
from django.urls import reverse

from guatu.core.actor import OPERATOR
from guatu.plans import actions
from guatu.plans.content import from_json
from guatu.plans.models import PlanTemplate
from guatu.plans.templates_ready import READY
from tests.plans.conftest import three
from tests.plans.test_pages import _typed

pytestmark = pytest.mark.django_db
LIST = "/plans/templates/"


@pytest.fixture
def own(desk):
    """三步走 of the district, kept by the head of its office."""
    return actions.save_template(
        actor=desk.cast.actor("office_head"),
        region=desk.cast.region("district"),
        code="three",
        name="三步走",
        words="小项目",
        content=three(None),
    )


def _url(row) -> str:
    return reverse("plans:own_template", args=[row.public_id])


def _text(answer) -> str:
    return answer.content.decode()


def _sent(row, **changed) -> dict:
    return _typed(row, seen=str(row.version), title=row.name, words=row.words, deadline="", do="save", **changed)


def test_the_list_has_the_ready_ones_and_the_offices_own_with_who_and_when(desk, own):
    text = _text(desk.cast.client("reporter").get(LIST))
    assert all(str(one.name) in text for one in READY)
    for said in ("三步走", "小项目", own.changed_by, "2026-03-26"):
        assert said in text
    assert own.changed_by
    assert "三步走" not in _text(desk.cast.client("outsider").get(LIST))


def test_the_begin_page_leads_there(desk, own):
    text = _text(desk.cast.client("reporter").get(reverse("plans:begin", args=[desk.project().public_id])))
    assert LIST in text
    assert _url(own) in text


def test_one_is_looked_at_row_by_row_and_not_changed_by_who_does_not_keep_it(desk, own):
    client = desk.cast.client("reporter")
    text = _text(client.get(_url(own)))
    assert "招标" in text
    assert 'name="title"' not in text
    assert client.post(_url(own), _sent(own)).status_code == 404
    road = _text(client.get(reverse("plans:ready_template", args=["road"])))
    assert "征迁交地" in road
    assert "复制为本地模板" not in road


def test_its_keeper_changes_its_name_and_nodes(desk, own):
    client = desk.cast.client("office_head")
    sent = _sent(own, name=["方案", "招标", "施工"], duration=["8", "20", "40日历天"]) | {"title": "三步走（新）"}
    assert client.post(_url(own), sent).status_code == 302
    own.refresh_from_db()
    content = from_json(own.content)
    assert own.name == "三步走（新）"
    assert [(node.name, node.duration, node.duration_unit) for node in content.nodes] == [
        ("方案", 8, "workday"),
        ("招标", 20, "workday"),
        ("施工", 40, "calendar"),
    ]
    assert client.post(_url(own), _sent(own) | {"do": "add"}).status_code == 302
    own.refresh_from_db()
    assert len(from_json(own.content).nodes) == 4


def test_what_belongs_to_a_project_stays_out_of_it(desk, own):
    sent = _sent(own, finish_no_later=["2026-05-31", "", ""], cost=["100万", "", ""], quantity=["120户", "", ""])
    assert desk.cast.client("office_head").post(_url(own), sent).status_code == 302
    own.refresh_from_db()
    node = from_json(own.content).nodes[0]
    assert (node.finish_no_later, node.cost, node.quantity, node.measure) == (None, 0, None, "户")


def test_two_who_change_it_and_a_row_that_cannot_be_read(desk, own):
    client = desk.cast.client("office_head")
    stale = _sent(own, duration=["11", "20", "30"])
    client.post(_url(own), _sent(own) | {"title": "改名"})
    answer = client.post(_url(own), stale)
    assert answer.status_code == 409
    assert "别人改过这个模板" in _text(answer)
    assert 'value="11"' in _text(answer)
    own.refresh_from_db()
    wrong = client.post(_url(own), _sent(own, duration=["十天", "20", "30"]))
    assert wrong.status_code == 422
    assert "模板没有存入" in _text(wrong)
    twice = client.post(_url(own), _sent(own, name=["招标", "招标", "施工"]))
    assert twice.status_code == 422


def test_it_is_withdrawn_and_offered_no_more(desk, own):
    client = desk.cast.client("office_head")
    assert client.post(_url(own), {"do": "withdraw", "seen": own.version}).status_code == 302
    assert client.get(_url(own)).status_code == 404
    assert "三步走" not in _text(client.get(reverse("plans:begin", args=[desk.project().public_id])))
    assert PlanTemplate.objects.get(pk=own.pk).withdrawn


def test_a_ready_one_is_copied_to_be_changed(desk):
    client = desk.cast.client("office_head")
    url = reverse("plans:ready_template", args=["road"])
    assert "复制为本地模板" in _text(client.get(url))
    assert client.post(url, {"name": "本区道路"}).status_code == 302
    row = PlanTemplate.objects.get()
    assert (row.name, row.region.name, len(row.content["nodes"])) == ("本区道路", "西工区", 10)
    again = client.post(url, {"name": "本区道路"})
    assert again.status_code == 422
    assert desk.cast.client("reporter").post(url, {"name": "x"}).status_code == 404


def test_a_template_of_another_region_is_not_found(desk):
    row = actions.save_template(
        actor=OPERATOR, region=desk.cast.region("other_district"), code="x", name="邻区的", content=three(None)
    )
    assert desk.cast.client("office_head").get(_url(row)).status_code == 404
