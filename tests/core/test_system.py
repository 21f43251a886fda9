"""The system pages: health without secrets, what is registered, the trail's search and check, the access log."""

import json
import re

import pytest

from guatu.core import clock, health, registries
from guatu.core.actions import change_setting
from guatu.core.actor import OPERATOR
from guatu.core.attachments import MEGABYTE
from guatu.core.ids import new_public_id
from guatu.core.lists import sentence_of
from guatu.core.models import AccessLog, Job, TrailEntry, TrailHead
from guatu.core.refusals import outline
from guatu.core.regions import RegionSource, register_regions
from guatu.core.settings import SETTINGS
from guatu.core.writing import ACTIONS, words_of, words_of_action
from guatu.people.models import User
from tests.support.actors import post

pytestmark = pytest.mark.django_db


@pytest.fixture
def audit():
    user = User.objects.create(username="audit", name="audit", password="!")
    return post("audit_admin", user_id=user.pk)


def change(value, **more):
    name = next(name for name in SETTINGS if name.startswith("audience."))
    return change_setting(actor=OPERATOR, name=name, value=value, **more)


def test_health_answers_without_sign_in_and_says_nothing_else(client, system):
    response = client.get("/healthz")
    assert response.status_code == 200
    assert set(response.json()) == {"status", "database", "trail", "disk", "jobs"}
    assert set(response.json().values()) <= {"ok", "low"}


def test_a_browser_that_asks_for_the_icon_of_old_is_led_to_the_seal(client):
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    assert response.url.endswith(".svg")


def test_health_is_down_without_the_trails_head(client, system):
    TrailHead.objects.all().delete()
    response = client.get("/healthz")
    assert response.status_code == 503
    assert (response.json()["trail"], response.json()["status"]) == ("down", "down")


@pytest.mark.parametrize(("free", "state", "status"), [(500, "low", 200), (10, "down", 503)])
def test_health_tells_when_the_disk_runs_out(client, system, monkeypatch, free, state, status):
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: type("Use", (), {"free": free * MEGABYTE}))
    response = client.get("/healthz")
    assert (response.status_code, response.json()["disk"]) == (status, state)


def test_the_generated_page_has_every_action_setting_and_route_with_its_access(client, system, people):
    system(people["admin"])
    html = client.get("/system/registries/").content.decode()
    assert all(f">{name}<" in html for name in ACTIONS)
    assert all(f">{name}<" in html for name in SETTINGS)
    assert all(f">{name}<" in html for registry in registries.EVERY for name, _item in registry.items())
    route = html[html.index("/system/trail/verify/") :]
    assert "校验操作记录" in route[: route.index("</tr>")]
    system(people["clerk"])
    assert client.get("/system/registries/").status_code == 403


def test_the_menu_shows_each_post_only_what_it_may_open(client, system, people):
    system(people["head"])
    html = client.get("/system/").content.decode()
    assert "/system/trail/" in html
    assert "/system/access/" not in html


def test_the_trail_is_searched_and_read_in_sentences(client, system, audit):
    change(["office"], reason="会议决定")
    change(["office", "head"])
    system(audit)
    html = client.get("/system/trail/").content.decode()
    assert "修改设置：" in html
    assert "项目办工作人员" in html
    assert "共 2 项" in html
    assert "共 1 项" in client.get("/system/trail/?f.reason=会议").content.decode()
    assert "共 2 项" in client.get("/system/trail/?f.action=core.change_setting").content.decode()
    assert client.get("/system/trail/?f.digest=1").status_code == 400


def entry_of(number, action, params):
    return TrailEntry.objects.create(
        id=new_public_id(),
        number=number,
        action=action,
        params=json.dumps(params),
        at=clock.now(),
        changes_count=0,
        previous="",
        digest=str(number),
    )


def test_what_an_entry_names_is_filled_in_and_said_once(client, system, audit):
    entry = entry_of(901, "publishing.archive_bulletin", {"title": "八月通报", "document_number": "3号", "n": 7})
    assert words_of(entry) == "归档通报“八月通报”（3号）"
    assert sentence_of(entry) == "归档通报“八月通报”（3号）"
    assert words_of_action("publishing.archive_bulletin", {"title": "八月通报"}) == "归档通报“八月通报”（…）"
    assert words_of_action("nobody.knows") == "nobody.knows"
    system(audit)
    html = client.get("/system/trail/?f.action=publishing.archive_bulletin&columns=number,said").content.decode()
    assert "归档通报“八月通报”（3号）" in html


def test_no_page_shows_the_raw_words_of_an_action(client, system, audit, people):
    for number, name in enumerate(ACTIONS, start=1):
        entry_of(number, name, {})
    system(audit)
    first = client.get("/system/trail/?columns=number,said,action&size=200").content.decode()
    system(people["admin"])
    for html in (first, client.get("/system/registries/").content.decode()):
        html = re.sub(r"<(script|style)\b.*?</\1>", "", html, flags=re.DOTALL)
        assert "作废通报草稿“…”" in html
        assert re.findall(r"[^>]*\{[a-z_]+\}[^<]*", html) == []


def test_an_offices_head_reads_the_entries_of_his_own_posts_only(client, system, people, monkeypatch):
    monkeypatch.setattr("guatu.core.regions._source", [])
    change(["office"])
    TrailEntry.objects.update(post_id=people["clerk"].post_id)
    system(people["head"])
    assert "这里还没有内容" in client.get("/system/trail/").content.decode()
    TrailEntry.objects.update(post_id=people["head"].post_id)
    assert "共 1 项" in client.get("/system/trail/").content.decode()
    register_regions(RegionSource(lambda path: [], lambda path: [people["clerk"].post_id]))
    assert "这里还没有内容" in client.get("/system/trail/").content.decode()
    system(people["clerk"])
    assert client.get("/system/trail/").status_code == 403


def test_the_trail_is_checked_by_a_job_that_says_what_it_found(
    client, system, audit, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        change(["office"])
    system(audit)
    with django_capture_on_commit_callbacks(execute=True):
        sent = client.post("/system/trail/verify/")
    assert "操作记录完整，共 2 条" in client.get(sent["Location"]).content.decode()
    TrailEntry.objects.filter(number=1).update(reason="改")
    with django_capture_on_commit_callbacks(execute=True):
        sent = client.post("/system/trail/verify/")
    assert "操作记录在第 1 条" in client.get(sent["Location"]).content.decode()
    assert list(Job.objects.order_by("id").values_list("state", flat=True)) == ["done", "failed"]


def test_the_access_log_is_for_the_auditor_and_notes_that_it_was_read(client, system, audit, people):
    system(people["head"])
    assert client.get("/system/access/").status_code == 403
    system(audit)
    page = client.get("/system/access/").content.decode()
    assert str(outline("core.not_allowed")) in page
    assert "core.not_allowed" not in page.partition("<thead")[2].partition("</table>")[0]
    assert "core.not_allowed" in client.get("/system/access/?columns=at,detail").content.decode()
    assert AccessLog.objects.filter(event="personal", user_id=audit.user_id).count() == 2  # each look is noted


def test_a_form_sent_twice_is_carried_out_once(client, system, audit, django_capture_on_commit_callbacks):
    system(audit)
    form = {"request_id": "0192f0c1-2d3e-7abc-8def-0123456789ab"}
    answers = [client.post("/system/trail/verify/", form)["Location"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert Job.objects.count() == 1


def test_params_of_an_entry_that_name_nothing_are_left_out(client, system, audit):
    change(["office"])
    TrailEntry.objects.update(params=json.dumps({"a": [1], "b": None, "c": "西工区"}))
    system(audit)
    assert "修改设置：西工区" in client.get("/system/trail/").content.decode()


def test_the_trail_says_words_and_keeps_codes_and_values_for_who_asks(client, system, audit):
    kept = {"indicator": "rank", "period": "2026-10", "count": 1200, "n": 7, "basis": "dispatch"}
    entry = entry_of(902, "figures.record_outside", kept)
    assert sentence_of(entry) == "登记外部统计数据“在上级辖区的位次”（2026-10）：调度口径，1,200 项"
    TrailEntry.objects.filter(pk=entry.pk).update(subject_kind="people.region", subject_id=str(new_public_id()))
    entry.refresh_from_db()
    system(audit)
    page = client.get("/system/trail/").content.decode()
    shown = page.partition("<thead")[2].partition("</table>")[0]
    assert "在上级辖区的位次" in shown
    for code in ("people.region", entry.subject_id, "figures.record_outside", "{"):
        assert code not in shown
    assert "操作种类</summary>" in page
    asked = client.get("/system/trail/?columns=number,action,subject_id,params").content.decode()
    assert entry.subject_id in asked
    assert "登记外部统计数据“…”" in asked
