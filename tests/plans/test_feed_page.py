"""The calendar address of a post: whose nodes it shows, for how long it is good, what a calendar program gets."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from guatu.core import clock
from guatu.core.actor import OPERATOR
from guatu.core.logs import JsonFormatter
from guatu.core.models import AccessLog, TrailChange
from guatu.library import actions as library
from guatu.library.models import Project
from guatu.people import actions as people
from guatu.people.models import FeedToken
from guatu.plans import actions
from guatu.plans.models import Node
from guatu.plans.queries.feed import feed_entries, months_from
from tests.plans.conftest import three

pytestmark = pytest.mark.django_db


def _url(secret: str) -> str:
    return reverse("plans:feed", args=[secret])


def _made(desk, who: str) -> str:
    return people.issue_feed(actor=desk.cast.actor(who), post=desk.cast.post(who))[1]


def _events(secret: str, client: Client | None = None) -> dict[str, dict]:
    answer = (client or Client()).get(_url(secret))
    assert answer.status_code == 200
    return {str(event["UID"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}


def _listed(desk, project: Project) -> None:
    """Put on the district's list of the year."""
    row = library.make_list(actor=OPERATOR, level="district", region=desk.cast.region("district"), year=2026)
    entry = library.EntryRow(project=project, values={"planned_investment": 100_000_000, "kind": "new_start"})
    library.put_entries(actor=OPERATOR, annual_list=row, rows=[entry], on=date(2026, 1, 1))


def test_a_unit_reads_its_nodes_and_its_deadline_and_nobody_elses(desk):
    project = desk.project()
    version = desk.approved(project)
    events = _events(_made(desk, "reporter"))
    node = Node.objects.get(name="设计")
    planned = version.nodes.get(node=node).finish
    event = events[f"node-{node.public_id}@guatu"]
    assert str(event["SUMMARY"]) == "青桐路快速化改造 · 设计"
    assert event.decoded("DTSTART") == planned
    assert f"计划{planned}完成" in str(event["DESCRIPTION"])
    assert reverse("library:project", args=[project.public_id]) in str(event["DESCRIPTION"])
    deadline = events[f"deadline-{desk.plan(project).public_id}@guatu"]
    assert deadline.decoded("DTSTART") == date(2026, 6, 30)
    assert len(events) == 4
    assert _events(_made(desk, "other_reporter")) == {}


def test_a_leader_reads_what_is_assigned_to_the_post(desk):
    mine, other = desk.project(), desk.project("丁香街改造")
    for offset, project in enumerate((mine, other)):
        desk.approved(project, three(offset=offset * 3))
    library.assign(actor=OPERATOR, project=mine, role="lead", post=desk.cast.post("lead"), on=date(2026, 1, 1))
    titles = {str(event["SUMMARY"]) for event in _events(_made(desk, "lead")).values()}
    assert {title.partition(" ")[0] for title in titles} == {"青桐路快速化改造"}


def test_an_office_reads_the_projects_of_its_list(desk):
    listed, not_listed = desk.project(), desk.project("丁香街改造")
    for offset, project in enumerate((listed, not_listed)):
        desk.approved(project, three(offset=offset * 3))
    secret = _made(desk, "office")
    assert _events(secret) == {}
    _listed(desk, listed)
    assert {str(event["SUMMARY"]).partition(" ")[0] for event in _events(secret).values()} == {"青桐路快速化改造"}
    assert _events(_made(desk, "outsider")) == {}


def test_a_later_forecast_moves_the_event_and_an_earlier_one_does_not(desk):
    project = desk.project()
    version = desk.approved(project)
    secret, node = _made(desk, "reporter"), Node.objects.get(name="招标")
    uid, planned = f"node-{node.public_id}@guatu", version.nodes.get(node=node).finish
    for forecast, expected in ((date(2026, 6, 20), date(2026, 6, 20)), (date(2026, 4, 1), planned)):
        actions.record_dates(
            actor=desk.cast.actor("reporter"), node=node, sort="forecast", start=None, finish=forecast, reason="调整"
        )
        event = _events(secret)[uid]
        assert event.decoded("DTSTART") == expected
    actions.record_dates(
        actor=desk.cast.actor("reporter"), node=node, sort="forecast", start=None, finish=date(2027, 6, 1), reason="x"
    )
    assert uid not in _events(secret)  # beyond the months that are shown


def test_nothing_of_a_sensitive_project_and_nothing_marked_secret(desk):
    project = desk.project()
    desk.approved(project)
    secret = _made(desk, "reporter")
    Node.objects.filter(name="招标").update(name="招标（机密）")
    assert len(_events(secret)) == 3
    Project.objects.filter(pk=project.pk).update(secrecy="sensitive")
    assert _events(secret) == {}


def test_not_found_for_a_wrong_a_withdrawn_a_replaced_and_an_ended_address(desk):
    desk.approved(desk.project())
    assert Client().get(_url("nobody-has-this-one")).status_code == 404
    first = _made(desk, "reporter")
    second = _made(desk, "reporter")
    assert Client().get(_url(first)).status_code == 404
    assert Client().get(_url(second)).status_code == 200
    people.withdraw_feed(actor=desk.cast.actor("reporter"), feed=FeedToken.objects.get(withdrawn_at=None))
    assert Client().get(_url(second)).status_code == 404
    third = _made(desk, "reviewer")
    people.end_post(actor=OPERATOR, post=desk.cast.post("reviewer"), on=date(2026, 3, 25), reason="撤并")
    assert Client().get(_url(third)).status_code == 404
    fourth = _made(desk, "owner")
    people.deactivate_user(actor=OPERATOR, user=desk.cast.user("owner"), reason="离职")
    assert Client().get(_url(fourth)).status_code == 404
    assert Client().get(_url(_made(desk, "system_admin"))).status_code == 404  # a post that sees no plans


def test_an_unchanged_calendar_is_not_sent_twice_and_asks_for_no_session(desk):
    project = desk.project()
    desk.approved(project)
    url, client = _url(_made(desk, "reporter")), Client()
    answer = client.get(url)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert not client.cookies
    again = client.get(url, headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    node = Node.objects.get(name="招标")
    actions.record_dates(
        actor=desk.cast.actor("reporter"), node=node, sort="forecast", start=None, finish=date(2026, 6, 20)
    )
    changed = client.get(url, headers={"if-none-match": answer["ETag"]})
    assert (changed.status_code, changed["ETag"] != answer["ETag"]) == (200, True)
    assert client.post(url).status_code == 405


def test_the_number_of_queries_does_not_grow_with_the_projects(desk):
    actor, counts = desk.cast.actor("reporter"), []
    for offset in range(4):
        desk.approved(desk.project(f"第{offset}号项目"), three(offset=offset * 3))
        with CaptureQueriesContext(connection) as queries:
            assert len(feed_entries(actor, clock.today())) == 4 * (offset + 1)
        counts.append(len(queries))
    assert set(counts) == {counts[0]}
    assert counts[0] <= 3


def test_pulling_too_often_is_refused_and_no_log_keeps_the_secret(desk, caplog):
    secret = _made(desk, "reporter")
    codes = [Client().get(_url(secret)).status_code for _ in range(31)]
    assert codes[:30] == [200] * 30
    assert codes[30] == 429
    assert not AccessLog.objects.filter(subject__contains=secret).exists()
    assert secret not in "".join(TrailChange.objects.values_list("values", flat=True))
    assert all(secret not in str(getattr(record, "path", "")) for record in caplog.records)


def test_it_is_made_replaced_and_withdrawn_on_the_account_page(desk):
    client, post = desk.cast.client("reporter"), desk.cast.post("reporter")
    account = reverse("people:account")
    assert "未开通" in client.get(account).content.decode()
    shown = client.post(reverse("people:issue_feed", args=[post.public_id]))
    text = shown.content.decode()
    secret = text.split("/plans/feed/")[1].split(".ics")[0]
    assert shown["Cache-Control"] == "no-store"
    assert Client().get(_url(secret)).status_code == 200
    again = client.get(account).content.decode()
    assert "更换地址" in again
    assert secret not in again
    replaced = client.post(reverse("people:issue_feed", args=[post.public_id])).content.decode()
    assert "原来的地址已经失效" in replaced
    assert Client().get(_url(secret)).status_code == 404
    feed = FeedToken.objects.get(withdrawn_at=None)
    assert client.post(reverse("people:withdraw_feed", args=[feed.public_id])).status_code == 302
    assert "未开通" in client.get(account).content.decode()
    assert client.post(reverse("people:withdraw_feed", args=[feed.public_id])).status_code == 404


def test_a_post_without_plans_is_offered_no_calendar(desk):
    page = desk.cast.client("system_admin").get(reverse("people:account")).content.decode()
    assert "<h2>日历订阅" not in page


def test_the_months_that_are_shown_begin_with_this_one():
    assert months_from(date(2026, 3, 26)) == (date(2026, 3, 1), date(2026, 8, 31))
    assert months_from(date(2026, 8, 1)) == (date(2026, 8, 1), date(2027, 1, 31))


def test_no_log_line_holds_the_secret_whatever_is_asked_for(desk, caplog):
    secret = _made(desk, "reporter")
    with caplog.at_level("INFO"):
        for path in (_url(secret), _url(secret) + "/", f"/plans/feed/{secret}", f"/plans/feed/{secret}.ics.txt"):
            Client().get(path)
            Client().post(path)
    lines = [JsonFormatter().format(record) for record in caplog.records]
    assert any("/plans/feed/" in line for line in lines)
    assert not any(secret in line for line in lines)
    assert not AccessLog.objects.filter(subject__contains=secret).exists()
