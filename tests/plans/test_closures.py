"""Closures of one project: what they come to before they are entered, whom they hold for, who may enter them."""

from datetime import date

import pytest
from django.urls import reverse

from guatu.core.actor import OPERATOR
from guatu.people import actions as people
from guatu.people.models import WorkClosure
from guatu.people.queries import closures_for
from guatu.plans import closing
from guatu.plans.compute import answer_of, calendars_of
from guatu.plans.queries.drafts import content_of
from tests.plans.conftest import three

pytestmark = pytest.mark.django_db
FORM = {
    "words": "文物勘探停工",
    "kind": "other",
    "starts_on": "2026-04-13",
    "ends_on": "2026-04-24",
    "repeats": "once",
    "document": "区文物局通知",
}


def _url(project, row=None) -> str:
    if row is None:
        return reverse("plans:closure", args=[project.public_id])
    return reverse("plans:closure_end", args=[project.public_id, row.public_id])


def _confirmed(client, url, sent):
    """Send, read what is shown, and confirm exactly that."""
    shown = client.post(url, {**sent, "step": "review"})
    digest = shown.content.decode().split('name="shown" value="')[1].split('"')[0]
    return shown, client.post(url, {**sent, "step": "confirm", "shown": digest})


def test_what_it_comes_to_is_told_before_it_is_entered(desk):
    project = desk.project()
    desk.approved(project, three("2026-07-31"))
    client, content = desk.cast.client("office"), content_of(desk.plan(project))
    today = date(2026, 3, 26)
    before = answer_of(content, calendars_of(project), today).found
    shown = client.post(_url(project), {**FORM, "step": "review"})
    text = shown.content.decode()
    assert "<b>10 个工作日</b>不施工" in text
    assert "有 2 个节点的最早完成日变动" in text  # 设计 is over by then
    assert not WorkClosure.objects.exists()
    _shown, done = _confirmed(client, _url(project), FORM)
    assert done.status_code == 302
    row = WorkClosure.objects.get()
    assert (row.subject_kind, row.subject_id) == project.trail_subject()
    after = answer_of(content, calendars_of(project), today).found
    assert after.finish > before.finish
    assert after.finish.isoformat() in text
    assert (
        "文物勘探停工"
        in client.get(reverse("library:project", args=[project.public_id]) + "?tab=plan").content.decode()
    )


def test_a_plan_that_can_no_longer_be_met_says_so(desk):
    project = desk.project()
    desk.approved(project)
    text = desk.cast.client("office").post(_url(project), {**FORM, "step": "review", "ends_on": "2026-06-20"})
    assert "按现在的安排完不成" in text.content.decode()


def test_it_holds_for_this_project_alone_beside_those_of_the_region(desk):
    mine, other = desk.project(), desk.project("丁香街改造")
    _confirmed(desk.cast.client("office"), _url(mine), FORM)
    people.add_closure(
        actor=OPERATOR,
        words="采暖期土石方停工",
        region=desk.cast.region("city"),
        starts_on=date(2025, 11, 15),
        ends_on=date(2026, 3, 15),
        yearly=True,
        document="市政府令",
    )
    today = date(2026, 3, 26)
    assert [row.words for row, *_ in closures_for(mine.region, mine.trail_subject(), today)] == [
        "文物勘探停工",
        "采暖期土石方停工",
    ]
    assert [(row.words, first) for row, first, _ in closures_for(other.region, other.trail_subject(), today)] == [
        ("采暖期土石方停工", date(2026, 11, 15))
    ]
    open_days = [calendars_of(project).site.count(date(2026, 4, 13), date(2026, 4, 24)) for project in (mine, other)]
    assert open_days == [0, 10]


def test_it_is_withdrawn_with_its_reason_and_the_days_come_back(desk):
    project = desk.project()
    desk.approved(project)
    client = desk.cast.client("office")
    _confirmed(client, _url(project), FORM)
    row = WorkClosure.objects.get()
    sent = {"on": "2026-04-12", "reason": "勘探提前完成", "seen": row.version}
    shown, done = _confirmed(client, _url(project, row), sent)
    assert "找回 <b>10 个工作日</b>" in shown.content.decode()
    assert done.status_code == 302
    row.refresh_from_db()
    assert (row.ended_on, row.end_reason) == (date(2026, 4, 12), "勘探提前完成")
    assert calendars_of(project).site.count(date(2026, 4, 13), date(2026, 4, 24)) == 10
    assert client.get(_url(project, row)).status_code == 404  # ended already


def test_the_regions_closure_is_not_ended_from_a_project(desk):
    project = desk.project()
    row = people.add_closure(
        actor=OPERATOR,
        words="防汛停工",
        region=project.region,
        starts_on=date(2026, 7, 20),
        ends_on=date(2026, 7, 25),
        document="通知",
    )
    assert desk.cast.client("office").get(_url(project, row)).status_code == 404


def test_days_that_are_the_wrong_way_round_are_refused_beside_the_form(desk):
    project = desk.project()
    sent = {**FORM, "ends_on": "2026-04-01", "step": "review"}
    answer = desk.cast.client("office").post(_url(project), sent)
    assert answer.status_code == 422
    assert "早于开始日" in answer.content.decode()


def test_whoever_may_not_close_sites_sees_them_and_no_button(desk):
    project = desk.project()
    _confirmed(desk.cast.client("office"), _url(project), FORM)
    tab = reverse("library:project", args=[project.public_id]) + "?tab=plan"
    text = desk.cast.client("reporter").get(tab).content.decode()
    assert "文物勘探停工" in text
    assert _url(project) not in text
    assert desk.cast.client("reporter").get(_url(project)).status_code == 403
    assert desk.cast.client("outsider").get(_url(project)).status_code == 404


def test_a_page_that_only_asks_works_no_plan_through(desk, monkeypatch):
    project, worked = desk.project(), []
    desk.approved(project, three("2026-07-31"))
    monkeypatch.setattr(closing, "answer_of", lambda *args: worked.append(args) or answer_of(*args))
    client = desk.cast.client("office")
    assert client.get(_url(project)).status_code == 200
    assert client.post(_url(project), {**FORM, "words": "", "step": "review"}).status_code == 422
    assert worked == []
    _confirmed(client, _url(project), FORM)
    row = WorkClosure.objects.get()
    assert len(worked) == 4  # before and after, shown and confirmed
    assert client.get(_url(project, row)).status_code == 200
    assert len(worked) == 4
