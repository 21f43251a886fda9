"""The pages: what the tab says, how a draft is typed, what is shown before it is saved, who sees nothing."""

from datetime import date
from uuid import UUID

import pytest
from django.urls import reverse

from guatu.core.ids import new_public_id
from guatu.domain.schedule.types import Link as Waits
from guatu.library import actions as library
from guatu.plans import actions, draft_page
from guatu.plans.content import from_json
from guatu.plans.models import Link, Node, NodeDates, PlanDraft, PlanVersion
from guatu.plans.queries.drafts import content_of
from tests.library.conftest import at_day
from tests.plans.conftest import IDS, three

pytestmark = pytest.mark.django_db


def _typed(draft: PlanDraft, **changed) -> dict:
    """The form as a browser sends it, with some columns changed ({"duration": ["5", "20", "30"]})."""
    rows = from_json(draft.content).nodes
    blank = [""] * len(rows)
    values = {
        "seen": str(draft.version),
        "deadline": "2026-06-30",
        "by": "earliest",
        "id": [node.id for node in rows],
        "name": [node.name for node in rows],
        "weight": [str(node.weight) for node in rows],
        "duration": [str(node.duration) for node in rows],
        "waits": ["", "1", "2"][: len(rows)],
    }
    values |= dict.fromkeys(
        (
            *("unit", "evidence", "start_no_earlier", "finish_no_later", "must_start", "must_finish"),
            *("crash", "crash_cost", "cost", "quantity"),
        ),
        blank,
    )
    return values | changed


def _url(name: str, project, *more) -> str:
    return reverse(f"plans:{name}", args=[project.public_id, *more])


def _tab(project) -> str:
    return reverse("library:project", args=[project.public_id]) + "?tab=plan"


def _text(response) -> str:
    return response.content.decode()


def test_an_empty_place_says_how_to_begin(desk):
    project = desk.project()
    text = _text(desk.cast.client("reporter").get(_tab(project)))
    assert "还没有计划" in text
    assert _url("begin", project) in text
    assert _url("begin", project) not in _text(desk.cast.client("lead").get(_tab(project)))


def test_a_template_is_applied_and_changed_row_by_row(desk):
    project, client = desk.project(), desk.cast.client("reporter")
    page = _text(client.get(_url("begin", project)))
    assert "前期手续（政府投资项目）" in page
    assert "步行街改造" in page
    answer = client.post(_url("begin", project), {"from": "template:road", "deadline": "2027年底"})
    assert answer.status_code == 302
    draft = PlanDraft.objects.get()
    assert from_json(draft.content).deadline == date(2027, 12, 31)
    shown = _text(client.get(_url("draft", project)))
    assert "征迁交地" in shown
    assert "关键线路" in shown
    assert "能在期限" in shown
    first = from_json(draft.content).nodes[0].id
    for deed, rows in (("add", 11), (f"add:{first}", 11), ("remove:" + first, 9)):
        kept = PlanDraft.objects.get()
        content = kept.content
        sent = _typed(kept, waits=[""] * 10, do=deed, deadline="")
        assert client.post(_url("draft", project), sent).status_code == 302
        kept.refresh_from_db()
        assert len(from_json(kept.content).nodes) == rows
        PlanDraft.objects.update(content=content)


def test_what_is_typed_is_worked_through_before_it_is_saved(desk):
    project = desk.project()
    draft = desk.draft(project)
    client = desk.cast.client("reporter")
    text = _text(client.post(_url("preview", project), _typed(draft, deadline="5月底", crash=["5", "", "20"])))
    assert "差" in text
    assert "个工作日" in text
    assert "压缩工期" in text
    assert "调整期限" in text
    assert "采用" in text
    assert f'id="at-{IDS[0]}"' in text
    assert "hx-swap-oob" in text
    draft.refresh_from_db()
    assert (draft.version, from_json(draft.content).deadline) == (1, date(2026, 6, 30))


def test_a_repair_is_adopted_into_the_draft_only(desk):
    project = desk.project()
    draft = desk.draft(project)
    client = desk.cast.client("reporter")
    sent = _typed(draft, deadline="5月底", crash=["5", "", "20"], crash_cost=["", "", "2万"], do="adopt:cheapest crash")
    assert client.post(_url("draft", project), sent).status_code == 302
    draft.refresh_from_db()
    content = from_json(draft.content)
    assert (content.nodes[0].duration, content.nodes[0].crash_most) == (5, 0)  # what costs nothing first
    assert content.nodes[2].duration < 30
    assert content.deadline == date(2026, 5, 31)
    assert "能在期限" in _text(client.get(_url("draft", project)))
    assert not PlanVersion.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"duration": ["十天", "20", "30"]}, "第 1 行“设计”的工期看不懂：“十天”"),
        ({"waits": ["", "1XS", "2"]}, "第 2 行“招标”的前置看不懂：“1XS”"),
        ({"waits": ["", "9", "2"]}, "第 2 行“招标”的前置写了第 9 行"),
        ({"waits": ["", "2", "2"]}, "前置是它自己"),
        ({"waits": ["", "1,1", "2"]}, "写了两次"),
        ({"finish_no_later": ["2月30日", "", ""]}, "第 1 行“设计”的不晚于（完成）"),
        ({"unit": ["没有的局", "", ""]}, "第 1 行的责任单位没有找到"),
        ({"name": ["设计", "", "施工"]}, "第 2 行没有节点名称"),
        ({"quantity": ["很多", "约", "120"]}, "第 3 行“施工”的实物量看不懂"),
        ({"deadline": "某天"}, "完成期限"),
        ({"crash_cost": ["一点", "", ""]}, "压缩一天的费用"),
    ],
)
def test_what_cannot_be_read_names_its_row_and_keeps_what_was_typed(desk, changed, said):
    project = desk.project()
    draft = desk.draft(project)
    answer = desk.cast.client("reporter").post(_url("draft", project), _typed(draft, **changed))
    assert answer.status_code == 422
    assert said in _text(answer)
    for value in changed.values():
        assert all(text in _text(answer) for text in value)
    draft.refresh_from_db()
    assert draft.version == 1


def test_links_durations_and_units_as_they_are_typed(desk):
    project = desk.project()
    draft = desk.draft(project)
    sent = _typed(
        draft,
        duration=["15日历天", "0", "12工作日"],
        waits=["", "1FS+5", "1ss, 2FF-2"],
        unit=["区住房和城乡建设局", "", ""],
        quantity=["1,200.5平方米", "", ""],
        paper=[IDS[1]],
    )
    assert desk.cast.client("reporter").post(_url("draft", project), sent).status_code == 302
    draft.refresh_from_db()
    content = from_json(draft.content)
    assert [(node.duration, node.duration_unit) for node in content.nodes] == [
        (15, "calendar"),
        (0, "workday"),
        (12, "workday"),
    ]
    assert [(one.before, one.after, one.type, one.lag) for one in content.links] == [
        (IDS[0], IDS[1], "FS", 5),
        (IDS[0], IDS[2], "SS", 0),
        (IDS[1], IDS[2], "FF", -2),
    ]
    assert content.nodes[0].unit == str(desk.cast.unit("housing").public_id)
    assert (str(content.nodes[0].quantity), content.nodes[0].measure) == ("1200.5", "平方米")
    assert [node.paper for node in content.nodes] == [False, True, False]
    again = desk.cast.client("reporter").get(_url("draft", project))
    assert "1SS, 2FF-2" in _text(again)
    assert 'name="duration" value="15"' in _text(again)
    assert '<option value="calendar" selected>' in _text(again)


def test_only_what_is_marked_as_organisation_is_offered_to_run_side_by_side(desk):
    project = desk.project()
    draft, client = desk.draft(project), desk.cast.client("reporter")
    tight = {"deadline": "2026-06-10"}  # 60 work days from 26 March on end on 24 June
    assert "改为并行" not in _text(client.post(_url("preview", project), _typed(draft, **tight)))
    marked = {"waits": ["", "1（管理）", "2 工艺"], **tight}
    text = _text(client.post(_url("preview", project), _typed(draft, **marked)))
    assert "改为并行" in text
    assert "第2行“招标”不再等第1行“设计”，两项并行" in text
    assert "第3行“施工”不再等" not in text
    assert client.post(_url("draft", project), _typed(draft, **marked)).status_code == 302
    draft.refresh_from_db()
    assert [(one.type, one.technical) for one in from_json(draft.content).links] == [("FS", False), ("FS", True)]
    shown = _text(client.get(_url("draft", project)))
    assert 'name="waits" value="1管"' in shown
    assert 'name="waits" value="2"' in shown
    sent = _typed(draft, waits=["", "1管", "2"], do="adopt:dropped overlap", **tight)
    assert client.post(_url("draft", project), sent).status_code == 302
    draft.refresh_from_db()
    assert [(one.before, one.after) for one in from_json(draft.content).links] == [(IDS[1], IDS[2])]


def test_the_mark_is_approved_and_its_change_told(desk):
    project, client = desk.project(), desk.cast.client("reporter")
    first = three("2026-07-31")
    desk.approved(project, first)
    assert [link.technical for link in Link.objects.order_by("pk")] == [True, True]
    draft = desk.draft(project, content_of(desk.plan(project)))
    sent = _typed(draft, waits=["", "1SS+5管", "2管"], deadline="2026-07-31")
    client.post(_url("draft", project), sent)
    text = _text(client.get(_url("draft", project)))
    assert "<td>设计</td><td>设计（SS+5，管理）</td>" in text
    assert "<td>招标</td><td>招标（管理）</td>" in text
    draft.refresh_from_db()
    actions.submit_draft(actor=desk.cast.actor("reporter"), draft=draft, seen=draft.version, reason="可以交叉")
    actions.approve_draft(actor=desk.cast.actor("office"), draft=draft, seen=draft.version)
    standing = Link.objects.filter(withdrawn=False).order_by("after__order")
    assert [(link.type, link.technical) for link in standing] == [("SS", False), ("FS", False)]
    assert [link.technical for link in content_of(desk.plan(project)).links] == [False, False]


def test_submitted_approved_and_shown(desk):
    project = desk.project()
    draft = desk.draft(project)
    reporter, office = desk.cast.client("reporter"), desk.cast.client("office")
    assert reporter.post(_url("draft", project), _typed(draft, do="submit")).status_code == 302
    waiting = _text(office.get(reverse("core:today")))
    assert "批准“青桐路快速化改造”的计划" in waiting
    page = _text(office.get(_url("draft", project)))
    assert 'value="approve"' in page
    assert 'name="duration"' not in page
    draft.refresh_from_db()
    decided = {"do": "approve", "seen": draft.version, "document": "西重项办〔2026〕3号"}
    assert office.post(_url("decide", project), decided).status_code == 302
    text = _text(office.get(_tab(project)))
    assert "原计划" in text
    assert "西重项办〔2026〕3号" in text
    assert "2026-05-12" in text
    assert "没有迟于计划的节点" in text
    assert "<svg" in text
    assert "还没有计划" not in text


def test_who_submitted_is_not_offered_to_approve(desk):
    project = desk.project()
    office = desk.cast.actor("office")
    draft = actions.begin_draft(actor=office, project=project, content=three())
    actions.submit_draft(actor=office, draft=draft, seen=1)
    page = _text(desk.cast.client("office").get(_url("draft", project)))
    assert 'value="approve"' not in page
    assert "须是两个人" in page
    sent = {"do": "approve", "seen": draft.version}
    assert desk.cast.client("office").post(_url("decide", project), sent).status_code == 422
    assert not PlanVersion.objects.exists()


def test_a_node_is_reported_from_the_tab(desk):
    project = desk.project()
    desk.approved(project)
    node = Node.objects.get(name="设计")
    client = desk.cast.client("reporter")
    here = _url("node", project, node.public_id)
    assert here in _text(client.get(_tab(project)))
    part = _text(client.get(here, headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert "实际开始" in part
    assert "计划 <b" in part  # what was planned stands where it is reported
    sent = {"actual_start": "3.20", "actual_finish": "", "seen_actual": 0, "seen_forecast": 0}
    sent |= {"forecast_start": "", "forecast_finish": "4月底"}
    assert client.post(here, sent).status_code == 302
    assert set(NodeDates.objects.exclude(sort="planned").values_list("sort", "start", "finish")) == {
        ("actual", date(2026, 3, 20), None),
        ("forecast", None, date(2026, 4, 30)),
    }
    wrong = client.post(here, sent | {"actual_start": "4月1日"})
    assert wrong.status_code in (409, 422)
    text = _text(client.get(_tab(project)))
    assert "2026-04-30" in text
    assert "+21" in text


def test_the_tab_as_known_on_a_day(desk):
    with at_day("2026-01-05"):
        project = desk.project()
        desk.approved(project)
    client = desk.cast.client("office")
    text = _text(client.get(_tab(project) + "&known=1月20日"))
    assert "2026年1月20日 当天所知的计划" in text
    assert "应于 2026年1月16日 完成，已逾期，迟 <b>4 天</b>" in text
    assert "填报</a></td>" not in text
    assert "那一天还没有批准的计划" in _text(client.get(_tab(project) + "&known=2026-01-02"))
    assert "看不懂日期" in _text(client.get(_tab(project) + "&known=那天"))


def test_out_of_scope_is_not_there(desk):
    project = desk.project()
    desk.approved(project)
    node = Node.objects.get(name="设计")
    for name in ("outsider", "other_reporter"):
        client = desk.cast.client(name)
        for url in (
            _tab(project),
            _url("draft", project),
            _url("begin", project),
            _url("node", project, node.public_id),
        ):
            assert client.get(url).status_code == 404, (name, url)
    assert desk.cast.client("office").get(_url("node", project, project.public_id)).status_code == 404


def test_todo_of_a_week_and_of_projects_without_a_plan(desk):
    from guatu.plans import todo

    with at_day("2026-01-05"):
        project = desk.project()
        desk.approved(project)
    reporter, office = desk.cast.actor("reporter"), desk.cast.actor("office")
    items = todo.nodes_due(reporter)
    assert next((item.words, item.due) for item in items) == ("设计", date(2026, 1, 16))
    assert "已超 69 天" in items[0].note
    assert todo.nodes_due(desk.cast.actor("other_reporter")) == []
    assert todo.without_plan(office) == []


def test_households_page(desk):
    from dataclasses import replace

    from guatu.plans.queries.beginnings import content_from_template

    project = desk.project()
    desk.approved(project, replace(content_from_template(project, "clearing", date(2027, 12, 31))))
    node = Node.objects.get(name="签约")
    client = desk.cast.client("reporter")
    here = _url("items", project, node.public_id)
    assert client.post(here, {"lines": "张家\n李家 2.5\n"}).status_code == 302
    text = _text(client.get(here))
    assert "张家" in text
    assert "待签约" in text
    item = node.items.get(name="张家")
    assert (
        client.post(here, {"item": str(item.public_id), "step": "moved", "note": "", "reason": ""}).status_code == 302
    )
    assert "已搬离" in _text(client.get(here))


def test_the_plan_is_kept_as_the_regions_template(desk):
    project = desk.project()
    desk.approved(project)
    head = desk.cast.client("office_head")
    assert head.post(_url("template", project), {"name": "三步走", "words": "小项目"}).status_code == 302
    assert "三步走" in _text(head.get(_url("begin", desk.project("梧桐路"))))


def _sent(desk, draft, **changed):
    return desk.cast.client("reporter").post(
        reverse("plans:draft", args=[draft.project.public_id]), _typed(draft, **changed) | {"do": "save"}
    )


def test_a_row_never_takes_the_id_of_another_plans_node_nor_one_twice(desk):
    desk.approved(desk.project("外项目"), three("2026-06-30"))
    foreign = str(Node.objects.first().public_id)
    draft = desk.draft(desk.project())
    draft.content["nodes"] = [node | {"id": str(new_public_id())} for node in draft.content["nodes"]]
    draft.content["links"] = []
    draft.save()
    own = [node.id for node in from_json(draft.content).nodes]
    assert foreign not in own
    for ids in ([foreign, *own[1:]], [own[0], own[0], own[2]], ["<b>", *own[1:]]):
        draft.refresh_from_db()
        assert _sent(desk, draft, id=ids, waits=["", "1", "2"]).status_code == 302
        draft.refresh_from_db()
        kept = from_json(draft.content)
        found = [node.id for node in kept.nodes]
        assert foreign not in found
        assert len({UUID(one) for one in found}) == 3
        assert [(link.before, link.after) for link in kept.links] == [(found[0], found[1]), (found[1], found[2])]
        own = found


@pytest.mark.parametrize("seen", ["abc", "9" * 5000, "²", "-1", ""])
def test_a_version_that_is_none_is_a_conflict_and_no_fault(desk, seen):
    draft = desk.draft(desk.project())
    assert _sent(desk, draft, seen=seen).status_code == 409
    url = reverse("plans:decide", args=[draft.project.public_id])
    answer = desk.cast.client("reporter").post(url, {"do": "drop", "seen": seen})
    assert answer.status_code == 409
    draft.refresh_from_db()
    assert draft.state == "open"


def test_nul_and_quantities_past_every_column_never_reach_a_draft(desk):
    draft = desk.draft(desk.project())
    assert _sent(desk, draft, name=["设\0计", "招标", "施工"]).status_code == 302
    draft.refresh_from_db()
    assert draft.content["nodes"][0]["name"] == "设计"
    assert _sent(desk, draft, quantity=["9" * 180 + "米", "", ""]).status_code == 422
    assert _sent(desk, draft, quantity=["999999999999.99米", "", ""]).status_code == 302


@pytest.mark.parametrize(
    ("kind", "lag", "words"),
    [
        ("FS", 0, "第2行“承台”要等第1行“桩基”完成才能开始"),
        ("SS", 20, "第2行“承台”要等第1行“桩基”开始后 20 天才能开始"),
        ("FF", -3, "第2行“承台”要等第1行“桩基”完成前 3 天才能完成"),
    ],
)
def test_a_conflict_says_a_precedence_in_words(kind, lag, words):
    """No code of planners (FS, SS+20) stands in what an office reads."""
    assert draft_page._waiting(Waits("1 桩基", "2 承台", kind, lag)) == words


def test_the_deadline_that_the_list_states_stands_ready(desk):
    project = desk.project()
    office = desk.cast.actor("office")
    annual_list = library.make_list(actor=office, level="district", region=desk.cast.region(), year=2026, settings={})
    row = library.EntryRow(project=project, values={"kind": "new_start", "planned_finish": date(2026, 11, 30)})
    library.put_entries(actor=office, annual_list=annual_list, rows=[row], on=date(2026, 1, 1))
    assert 'value="2026-11-30"' in _text(desk.cast.client("office").get(_url("begin", project)))
