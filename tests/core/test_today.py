"""Today: what waits for a post by its date, the masthead's count, the first steps, what changed."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guatu.core import clock, settings, today
from guatu.core.actor import OPERATOR
from guatu.core.registries import TODOS, ToDo, ToDoItem
from guatu.core.today_parts import POST_TEXTS, STEPS, due_words, few_or_one
from guatu.library import actions as library
from guatu.library.models import AnnualList, Project
from guatu.library.queries import todo as library_todo
from guatu.people import actions as people
from guatu.people import todo as people_todo
from guatu.people.choices import BUILT_IN_POSTS, PostKind
from guatu.people.queries import forget_calendars
from tests.support.cast import PEOPLE, Cast, cast

__all__ = ["cast"]

DAY = date(2026, 3, 26)  # a Thursday


FIRST = date(2026, 1, 1)


def _entered(cast: Cast, made: AnnualList, name: str, **values: object) -> Project:
    row = library.NewProject(name=name, region=cast.region())
    project = library.register_project(actor=OPERATOR, row=row, on=FIRST)
    told = {"kind": "new_start", "planned_investment": 10_000_000, **values}
    library.put_entry(actor=OPERATOR, annual_list=made, project=project, on=FIRST, values=told)
    return project


def _listed(cast: Cast, count: int = 1, **values: object) -> tuple[AnnualList, list[Project]]:
    """A list of this year with some projects of the housing bureau."""
    made = library.make_list(
        actor=OPERATOR, level="district", region=cast.region(), year=2026, name="西工区2026年重点项目"
    )
    found = []
    for number in range(count):
        project = _entered(cast, made, f"春熙街{number}期改造", **values)
        library.assign(actor=OPERATOR, project=project, role="responsible", unit=cast.unit("housing"), on=FIRST)
        found.append(project)
    return made, found


def _words(client) -> str:
    response = client.get("/today/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("due", "span", "words"),
    [
        (date(2026, 3, 25), "late", "迟 1 天"),
        (DAY, "today", "今天"),
        (date(2026, 3, 29), "week", "余 3 天"),
        (date(2026, 3, 30), "later", "余 4 天"),
        (None, "open", ""),
    ],
)
def test_a_thing_stands_by_when_it_is_due(due: date | None, span: str, words: str):
    assert (today.span_of(due, DAY), due_words(due, DAY)) == (span, words)


def test_sections_are_ordered_and_the_longest_overdue_comes_first():
    source = ToDo("x", "进度待报", "core.view_today", lambda actor: [])
    days = [None, DAY, DAY - timedelta(2), DAY - timedelta(9), DAY + timedelta(1)]
    found = [(source, ToDoItem(str(day), "/", day)) for day in days]
    made = today.sections(found, DAY)
    assert [section.code for section in made] == ["late", "today", "week", "open"]
    assert [line.due for line in made[0].lines] == ["迟 9 天", "迟 2 天"]


def test_many_alike_become_one_line_with_a_count_and_the_first_date():
    items = [ToDoItem(f"项目{n}", "/", DAY + timedelta(n)) for n in range(5)]
    assert few_or_one(items[:4], lambda item: item, "{}".format, "/all/") == items[:4]
    (one,) = few_or_one(items, lambda item: item, lambda n: f"{n} 项", lambda: "/all/")
    assert (one.words, one.due, one.note, one.url) == ("5 项", DAY, "项目0、项目1、项目2 等", "/all/")


def test_every_kind_of_post_has_its_words():
    assert set(POST_TEXTS) == set(PostKind) - set(BUILT_IN_POSTS)


@pytest.mark.parametrize("who", list(PEOPLE))
def test_every_post_is_told_what_will_be_here(cast: Cast, who: str):
    body = _words(cast.client(who))
    actor = cast.actor(who)
    text = str(today.text_of(actor))
    assert text == POST_TEXTS[actor.post_kind]
    waits = 'class="waits"' in body
    assert len(text) > 20
    assert waits or text in body


def test_a_month_without_figures_waits_for_its_own_unit_only(cast: Cast):
    _listed(cast)
    body = _words(cast.client("reporter"))
    assert "没有 2月 的进度数据" in body
    assert "迟 21 天" in body  # the end of February and five days
    assert "没有 2月 的进度数据" not in _words(cast.client("other_reporter"))


def test_a_planned_start_that_passed_waits_until_the_project_has_started(cast: Cast):
    _made, (project,) = _listed(cast, planned_start=date(2026, 3, 20))
    body = _words(cast.client("office"))
    assert "计划开工，还没有开工" in body
    assert "迟 6 天" in body
    library.change_stage(actor=OPERATOR, project=project, seen=None, stage="started", on=date(2026, 3, 21))
    assert "计划开工，还没有开工" not in _words(cast.client("office"))


def test_the_masthead_counts_what_waits(cast: Cast):
    _listed(cast)
    client = cast.client("office_head")
    count = len(today.waiting(cast.actor("office_head")))
    assert count > 0
    assert f'<span class="badge">{count}</span>' in client.get("/library/").content.decode()


def test_a_count_that_is_kept_costs_no_more_than_one_query(cast: Cast):
    _listed(cast, 8)
    actor = cast.actor("office")
    first = today.count_of(actor)
    with CaptureQueriesContext(connection) as asked:
        assert today.count_of(actor) == first
    assert len(asked) <= 1


def test_counting_asks_no_more_for_thirty_projects_than_for_six(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    for module in ("guatu.core.settings", "guatu.people.queries.calendar"):  # on a slow machine a second is short
        monkeypatch.setattr(f"{module}.MEMORY_SECONDS", 600)
    actor = cast.actor("office")
    _listed(cast, 6, planned_start=date(2026, 3, 1))
    settings.forget()  # what was read before would still be forgotten after its second
    forget_calendars()
    today.waiting(actor)  # reads the settings and the calendar, which are remembered
    with CaptureQueriesContext(connection) as six:
        today.waiting(actor)
    made = AnnualList.objects.get()
    for number in range(24):
        _entered(cast, made, f"又一项目{number}", planned_start=date(2026, 3, 1))
    today.waiting(actor)
    with CaptureQueriesContext(connection) as thirty:
        today.waiting(actor)
    assert len(thirty) <= len(six)


def test_a_source_is_asked_only_for_posts_that_hold_its_right(cast: Cast):
    asked: list[str] = []
    source = ToDo("test.source", "x", "library.issue_list", lambda actor: asked.append(actor.post_kind) or ())
    TODOS.add("test.source", source)
    try:
        today.waiting(cast.actor("reporter"))
        today.waiting(cast.actor("office_head"))
    finally:
        TODOS._items.pop("test.source")
    assert asked == ["office_head"]


def test_the_first_steps_follow_the_data_and_end_with_the_first_figures(cast: Cast):
    assert [step.code for step in sorted(STEPS.values(), key=lambda step: step.order)] == [
        "people.posts",
        "people.users",
        "library.list",
        "library.classes",
        "library.people",
        "library.issue",
        "reporting.progress",
    ]
    client = cast.client("office_head")
    assert "开始使用" in _words(client)
    assert "开始使用" in client.get("/library/").content.decode()
    before = {row["step"].code: row["done"] for row in today.guide(cast.actor("office_head"))["rows"]}
    assert (before["people.posts"], before["library.list"], before["library.issue"]) == (True, False, False)
    _listed(cast)
    after = {row["step"].code: row["done"] for row in today.guide(cast.actor("office_head"))["rows"]}
    assert (after["library.list"], after["library.people"]) == (True, True)
    assert today.guide(cast.actor("reporter")) is None


def test_the_first_steps_can_be_put_away_and_shown_again(cast: Cast):
    client = cast.client("office")
    client.post("/today/guide/")
    hidden = _words(client)
    assert "已完成" not in hidden
    assert "显示开始使用的步骤" in hidden
    client.post("/today/guide/", {"show": "1"})
    assert "做完后这一栏自动消失" in _words(client)


def test_what_changed_is_told_of_own_projects_only(cast: Cast):
    _made, (project,) = _listed(cast)
    library.change_project(actor=OPERATOR, project=project, seen=project.version, values={"remark": "改过"})
    assert "修改项目信息" in _words(cast.client("reporter"))
    assert project.name not in _words(cast.client("other_reporter"))


@pytest.mark.parametrize("cookie", ["", "x~y~z", "1~2026-01-01~2026-01-02", "~~", "9" * 300])
def test_a_strange_cookie_is_as_good_as_none(cast: Cast, cookie: str):
    client = cast.client("office")
    client.cookies["today_seen"] = cookie
    assert "3月19日" in _words(client)


def test_a_first_look_is_not_said_to_be_a_later_one(cast: Cast):
    client = cast.client("office")
    first = _words(client)
    assert ("近 7 天" in first, "上次查看以来" in first) == (True, False)
    before, last = clock.now() - timedelta(days=3), clock.now() - timedelta(days=1)
    client.cookies["today_seen"] = f"{cast.actor('office').acts_as}~{before.isoformat()}~{last.isoformat()}"
    later = _words(client)
    assert ("近 7 天" in later, "上次查看以来" in later) == (False, True)


def test_who_comes_for_the_whole_lands_on_dispatch_and_all_others_on_today(cast: Cast):
    assert cast.client("head").get("/").url == "/dispatch/"
    assert cast.client("superior").get("/").url == "/dispatch/"
    assert cast.client("lead").get("/").url == "/today/"
    assert cast.client("office").get("/").url == "/today/"


def test_however_many_wait_the_line_counts_them_all(cast: Cast):
    people.ensure_units(actor=OPERATOR, names=[f"第{n}局" for n in range(230)], region=cast.region())
    with CaptureQueriesContext(connection) as asked:
        (one,) = people_todo.units(cast.actor("office"))
    assert one.words == "230 个单位待确认"
    assert len(asked) <= 2  # a few by name, and the count
    made, _projects = _listed(cast)
    for number in range(205):
        _entered(cast, made, f"又一项目{number}")
    (lacking,) = library_todo.commitments_lacking(cast.actor("office"))
    assert lacking.words == "206 个项目包联责任未落实"


def test_a_unit_that_a_ledger_named_waits_for_the_office(cast: Cast):
    people.ensure_units(actor=OPERATOR, names=["新来的局"], region=cast.region())
    assert "新来的局" in _words(cast.client("office"))
    assert "新来的局" not in _words(cast.client("reporter"))
