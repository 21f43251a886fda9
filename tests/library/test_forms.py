"""Forms of lists and documents: what they show before they act, what they do once, and what they refuse."""

from datetime import date

import pytest
from django.urls import reverse

from guatu.core.models import TrailEntry
from guatu.library import actions
from guatu.library.models import Amendment, AnnualList, Assignment, Gate, ListEntry, Project
from guatu.library.queries.lists import entries_as_of, list_totals
from guatu.people.models import Post
from tests.library.conftest import YI, at_day

JAN = date(2019, 1, 1)


def url(name, row=None):
    return reverse(f"library:{name}", args=[row.public_id] if row is not None else [])


def rows(prefix, *told):
    """Data of a formset."""
    data = {f"{prefix}-TOTAL_FORMS": str(len(told)), f"{prefix}-INITIAL_FORMS": "0"}
    return data | {f"{prefix}-{place}-{name}": value for place, row in enumerate(told) for name, value in row.items()}


def confirm(client, address, data):
    """Check first, then confirm what was shown."""
    shown = client.post(address, data | {"step": "review"})
    assert shown.status_code == 200, shown.content.decode()[:3000]
    return shown, client.post(address, data | {"step": "confirm", "shown": shown.context["digest"]})


def test_a_single_project_is_searched_for_and_put_into_a_list(shelf):
    annual_list, project = shelf.list(), shelf.project("锦堂里改造")
    shelf.project("锦堂里小学")
    client = shelf.cast.client("office")
    data = {"project": "锦堂里改造", "on": "2019-03-01", "kind": "new_start", "planned_investment": "1.2亿"}
    many = client.post(url("list_enter", annual_list), data | {"project": "锦堂里"})
    assert many.status_code == 422
    assert "锦堂里小学" in many.content.decode()
    assert "没有找到" in client.post(url("list_enter", annual_list), data | {"project": "无此"}).content.decode()
    assert not ListEntry.objects.exists()
    assert client.post(url("list_enter", annual_list), data).status_code == 302
    entry = entries_as_of(annual_list, date(2019, 3, 1))[project.pk]
    assert (entry.planned_investment, entry.kind, entry.number) == (120_000_000, "new_start", 0)
    again = client.post(url("list_enter", annual_list), data | {"planned_investment": "9亿"})
    assert again.status_code == 422
    assert "已在名单中" in again.content.decode()
    assert ListEntry.objects.get().planned_investment == 120_000_000


def test_options_offer_what_one_may_find_and_tell_twins_apart(shelf):
    shelf.project("锦堂里改造")
    shelf.project("锦堂里改造", region="street_region")
    shelf.project("锦堂里改造", region="other_district")
    office = shelf.cast.client("office").get(url("options"), {"row-0-project": "jtl"}).content.decode()
    assert office.count("<option") == 2
    assert office.count("锦堂里改造｜") == 2
    assert "<option" not in shelf.cast.client("reporter").get(url("options"), {"project": "jtl"}).content.decode()


@pytest.fixture
def listed(shelf):
    """A list of two projects, and a third one outside it."""
    annual_list = shelf.list()
    first, second, third = shelf.project("甲路"), shelf.project("乙路"), shelf.project("丙路", total=2 * YI)
    shelf.enter(annual_list, first, second, plan=4 * YI)
    return annual_list, first, second, third


PAPER = {"document": "西政〔2019〕9号", "on": "2019-03-15", "approved_by": "区政府常务会议", "reason": "年中调整"}


def test_an_amendment_shows_totals_before_and_after_and_acts_only_when_confirmed(shelf, listed):
    annual_list, _first, second, third = listed
    data = PAPER | rows(
        "row",
        {"deed": "out", "project": "甲路"},
        {"deed": "change", "project": "乙路", "planned_investment": "3亿", "total_investment": "12亿"},
        {"deed": "in", "project": "丙路", "kind": "new_start", "planned_investment": "5000万"},
        {},
    )
    client = shelf.cast.client("office_head")
    entries = TrailEntry.objects.count()
    shown = client.post(url("list_amend", annual_list), data | {"step": "review"})
    lines = {line["words"]: line for line in shown.context["review"]["lines"]}
    assert (lines["调整前"]["projects"], lines["调整前"]["planned"]) == (2, 8 * YI)
    assert (lines["调整后"]["projects"], lines["调整后"]["planned"]) == (2, 350_000_000)
    assert (lines["调整前"]["total"], lines["调整后"]["total"]) == (20 * YI, 14 * YI)
    assert not Amendment.objects.exists()
    assert TrailEntry.objects.count() == entries
    digest = shown.context["digest"]
    done = client.post(url("list_amend", annual_list), data | {"step": "confirm", "shown": digest})
    assert done.status_code == 302
    assert list_totals(annual_list, date(2019, 3, 15)).planned_investment == 350_000_000
    assert set(entries_as_of(annual_list, date(2019, 3, 15))) == {second.pk, third.pk}
    assert Amendment.objects.count() == 3


def test_what_changed_after_it_was_shown_is_shown_again_and_not_done(shelf, listed):
    annual_list, first, _second, third = listed
    client, address = shelf.cast.client("office_head"), url("list_amend", annual_list)
    data = PAPER | rows("row", {"deed": "out", "project": "甲路"})
    digest = client.post(address, data | {"step": "review"}).context["digest"]
    shelf.enter(annual_list, third)
    response = client.post(address, data | {"step": "confirm", "shown": digest})
    assert response.status_code == 409
    assert "又有变动" in response.content.decode()
    assert not Amendment.objects.exists()
    again = {"step": "confirm", "shown": response.context["digest"]}
    assert client.post(address, data | again).status_code == 302
    assert first.pk not in entries_as_of(annual_list, date(2019, 3, 15))


def test_an_amendment_that_is_wrong_says_where_and_keeps_what_was_typed(shelf, listed):
    annual_list = listed[0]
    client, address = shelf.cast.client("office_head"), url("list_amend", annual_list)
    for told, words in (
        ({"deed": "", "project": "甲路"}, "请选择调入、调出或变更"),
        ({"deed": "out", "project": ""}, "请选择项目"),
        ({"deed": "out", "project": "丙路"}, "不在名单中"),
        ({"deed": "change", "project": "甲路", "planned_investment": "很多"}, "不是确定的金额"),
    ):
        response = client.post(address, PAPER | rows("row", told) | {"step": "review"})
        assert response.status_code == 422
        assert words in response.content.decode()
        assert PAPER["document"] in response.content.decode()
    more = client.post(address, PAPER | rows("row", {"deed": "out", "project": "甲路"}) | {"step": "more"})
    assert 'name="row-5-project"' in more.content.decode()
    assert 'name="row-6-project"' not in more.content.decode()
    assert not Amendment.objects.exists()


def test_a_provisional_list_is_issued_with_the_differences_shown(shelf, listed):
    annual_list, first, second, _third = listed
    data = {
        "document_number": "西政〔2019〕4号",
        "issued_on": "2019-01-08",
        "seen": annual_list.version,
        f"leave_{first.public_id}": "on",
        f"plan_{first.public_id}": "4亿",
        f"plan_{second.public_id}": "5亿",
    }
    client = shelf.cast.client("office_head")
    assert client.get(url("list_issue", annual_list)).status_code == 200
    shown, done = confirm(client, url("list_issue", annual_list), data)
    assert shown.context["review"]["removed"] == ["甲路"]
    assert shown.context["review"]["changed"] == [{"name": "乙路", "before": 4 * YI, "after": 5 * YI}]
    assert done.status_code == 302
    annual_list.refresh_from_db()
    assert annual_list.state == "issued"
    assert annual_list.batches.get().document_number == "西政〔2019〕4号"
    assert [row.planned_investment for row in entries_as_of(annual_list, JAN).values()] == [5 * YI]
    again = client.post(url("list_issue", annual_list), data | {"seen": annual_list.version, "step": "review"})
    assert again.status_code == 422
    assert "已经印发" in again.content.decode()


def test_a_list_that_another_changed_meanwhile_is_not_issued_over(shelf, listed):
    annual_list, _first, _second, _third = listed
    data = {"document_number": "4号", "issued_on": "2019-01-08", "seen": annual_list.version, "step": "review"}
    actions.change_list_settings(actor=shelf.head, annual_list=annual_list, seen=None, values={"decimals": 2})
    response = shelf.cast.client("office_head").post(url("list_issue", annual_list), data)
    assert response.status_code == 409
    assert AnnualList.objects.get().state == "provisional"


def test_the_turn_of_the_year_ticks_what_is_unfinished_and_asks_why_not(shelf, listed):
    annual_list, first, second, _third = listed
    client, address = shelf.cast.client("office_head"), url("list_carry", annual_list)
    keep = {f"keep_{first.public_id}": "on"}
    early = client.post(address, keep | {f"why_{second.public_id}": "已取消", "step": "review"})
    assert "年底以后" in early.content.decode()
    with at_day("2019-12-20"):
        client = shelf.cast.client("office_head")
        page = client.get(address).content.decode()
        assert page.count("checked") == 2
        silent = client.post(address, keep | {"step": "review"})
        assert silent.status_code == 422
        assert "乙路" in silent.content.decode()
        shown, done = confirm(client, address, keep | {f"why_{second.public_id}": "已取消"})
    lines = {line["words"]: line["projects"] for line in shown.context["review"]["lines"]}
    assert lines == {"未完工": 2, "结转": 1, "不再列入": 1, "下年度暂定名单": 1}
    assert done.status_code == 302
    following = AnnualList.objects.get(year=2020)
    assert list(entries_as_of(following, date(2020, 1, 1))) == [first.pk]


def test_duties_move_by_one_document_after_the_projects_are_seen(shelf, listed):
    _list, first, second, _third = listed
    cast = shelf.cast
    for project in (first, second):
        actions.assign(actor=shelf.office, project=project, role="responsible", unit=cast.unit("housing"), on=JAN)
    actions.assign(actor=shelf.office, project=first, role="task_force", unit=cast.unit("housing"), on=JAN)
    data = {"document": "西政办〔2019〕12号", "on": "2019-03-20", "roles": ["responsible"]}
    data |= {"from_unit": str(cast.unit("housing").public_id)}
    client = cast.client("office")
    assert "请选择新责任人" in client.post(url("move"), data | {"step": "review"}).content.decode()
    data |= {"to_unit": str(cast.unit("procedures").public_id)}
    shown, done = confirm(client, url("move"), data)
    assert shown.context["review"]["projects"] == 2
    assert "涉及 2 个项目、2 项分工" in shown.content.decode()
    assert done.status_code == 302
    held = Assignment.objects.filter(unit=cast.unit("procedures"))
    assert {row.role for row in held} == {"responsible"}
    assert held.count() == 2


def test_a_project_leaves_the_library_by_two_persons(shelf):
    project = shelf.project()
    client = shelf.cast.client("office")
    approver = Post.objects.get(kind="office_head")
    data = {"on": "2019-03-20", "reason": "业主放弃", "approver": str(approver.public_id), "seen": project.version}
    assert "退库" in client.get(url("project", project)).content.decode()
    assert client.post(url("exit", project), data | {"reason": ""}).status_code == 422
    own = shelf.cast.client("office_head").post(url("exit", project), data)
    assert own.status_code == 422
    assert Project.objects.get().stage == "idea"
    assert client.post(url("exit", project), data).status_code == 302
    assert Project.objects.get().stage == "exited"


def test_a_gate_is_declared_over_registered_facts_and_shown_in_words(shelf):
    client = shelf.cast.client("office_head")
    data = {"region": "410303", "stage": "started"} | rows(
        "rule",
        {"fact": "library.total_investment", "op": "at_least", "value": "1亿", "why": "入库标准"},
        {"fact": "library.stage", "op": "one_of", "value": "前期、落地"},
        {"fact": "library.has_site", "op": "holds"},
        {"fact": "", "op": "holds"},
    )
    assert client.post(url("declare_gate"), data).status_code == 302
    rules = Gate.objects.get().rules
    assert [rule["value"] for rule in rules] == [YI, ["preliminary", "landed"], None]
    page = client.get(url("gates")).content.decode()
    assert "入库标准" in page
    assert "执行中" in page
    empty = client.post(url("declare_gate"), {"region": "410303", "stage": "started"} | rows("rule", {"op": "holds"}))
    assert "没有填写任何条件" in empty.content.decode()
    wrong = rows("rule", {"fact": "library.jobs", "op": "at_least", "value": "很多"})
    assert client.post(url("declare_gate"), {"region": "410303", "stage": "started"} | wrong).status_code == 422
    assert Gate.objects.count() == 1


def test_a_document_sent_twice_is_carried_out_once(shelf, listed):
    annual_list = listed[0]
    client, address = shelf.cast.client("office_head"), url("list_amend", annual_list)
    data = PAPER | rows("row", {"deed": "out", "project": "甲路"})
    digest = client.post(address, data | {"step": "review"}).context["digest"]
    sent = data | {"step": "confirm", "shown": digest, "request_id": "01890000-0000-7000-8000-00000000abce"}
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 302
    assert Amendment.objects.count() == 1
