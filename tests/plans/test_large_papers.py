"""Papers too large to wait for; what is counted before one is made; the spans that are offered."""

import re
from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.http import QueryDict

from guatu.core import clock
from guatu.core.models import AccessLog, Job
from guatu.plans.paper_forms import form_of
from guatu.plans.papers.counts import counts_of
from guatu.plans.papers.tasks import tasks_of
from guatu.plans.papers.timetable import dated_lines
from tests.dispatch.conftest import cast, district
from tests.plans.papers import BARE, CANAL, NOW, sheet_rows, shelf

__all__ = ["cast", "district", "shelf"]
APRIL = {"kind": "tasks", "span": "2019-04"}


# -- large papers ------------------------------------------------------------------------------------------------------
def order(shelf, who: str, ending: str, run, **asked: str):
    with run(execute=True):
        return shelf.cast.client(who).post(
            f"/plans/papers/order/{ending}/", {"asked": urlencode(asked), "request_id": str(uuid4())}
        )


def test_a_large_paper_is_made_in_the_background_and_is_the_same_paper(
    shelf, monkeypatch, django_capture_on_commit_callbacks
):
    small = sheet_rows(shelf.file("office", "xlsx", **APRIL))
    monkeypatch.setattr("guatu.plans.papers.files.AT_ONCE", 3)
    page = shelf.get("office", **APRIL).content.decode()
    assert "在后台生成" in page
    assert 'formaction="/plans/papers/order/xlsx/"' in page
    assert shelf.get("office", "xlsx", **APRIL).status_code == 302  # no address makes it while its reader waits
    answer = order(shelf, "office", "xlsx", django_capture_on_commit_callbacks, **APRIL)
    row = Job.objects.get(kind="plans.paper")
    assert answer["Location"] == f"/system/jobs/{row.public_id}/"
    assert row.state == "done", row.result
    client = shelf.cast.client("office")
    assert row.result["url"] in client.get(answer["Location"]).content.decode()
    given = client.get(row.result["url"])
    assert given["Content-Disposition"].startswith("attachment")
    assert sheet_rows(given.content) == small
    assert AccessLog.objects.filter(event="export", detail=row.result["name"]).count() == 2  # the small one too
    for who in ("office_head", "reporter"):
        assert shelf.cast.client(who).get(row.result["url"]).status_code == 404


def test_a_paper_made_in_the_background_is_gone_after_a_day(shelf, django_capture_on_commit_callbacks):
    order(shelf, "office", "xlsx", django_capture_on_commit_callbacks, **APRIL)
    address = Job.objects.get(kind="plans.paper").result["url"]
    with clock.at(NOW + timedelta(days=2)):
        client = shelf.cast.client("office")
        assert "只保留一天" in client.get(address).content.decode()


def test_a_paper_without_nodes_is_refused_before_a_job_is_made(shelf, django_capture_on_commit_callbacks):
    mine = {"project": str(shelf.project(BARE).public_id), "kind": "tasks", "span": "2019"}
    answer = order(shelf, "office", "pdf", django_capture_on_commit_callbacks, **mine)
    assert answer.status_code == 422
    assert "尚无批准的计划" in answer.content.decode()
    assert not Job.objects.filter(kind="plans.paper").exists()


@pytest.mark.parametrize("kind", ["tasks", "roadmap", "timetable"])
@pytest.mark.parametrize("unit", ["", "commerce", "housing"])
def test_what_is_counted_before_is_what_the_paper_holds(shelf, kind, unit):
    asked_for = {"kind": kind, "span": "2019-04", "list": str(shelf.district.annual_list.public_id)}
    asked_for |= {"unit": str(shelf.cast.unit(unit).public_id)} if unit else {}
    form = form_of(shelf.cast.actor("office"), QueryDict(urlencode(asked_for)))
    assert form.is_valid(), form.errors
    selection, counted = form.selection(), counts_of(form.selection())
    assert (counted.projects, counted.planned) == (len(selection.lines), len(selection.planned))
    assert counted.without_plan == len(selection.without_plan)
    if kind == "tasks":
        found = tasks_of(selection)
        assert (counted.in_tasks, counted.tasks) == (len(found), sum(len(asks) for _line, asks in found))
    if kind == "timetable":
        assert counted.idle == len(selection.planned) - len(dated_lines(selection))


def test_the_choice_reads_no_plan_in_full(shelf, monkeypatch):
    def never(*_args):
        raise AssertionError("the plans were read to be counted")

    monkeypatch.setattr("guatu.plans.papers.selection.paper_plans", never)
    assert "本期共 2 个项目、4 项任务。" in shelf.get("office", **APRIL).content.decode()


# -- the spans offered -------------------------------------------------------------------------------------------------
def test_spans_are_grouped_by_year_and_far_months_are_left_out(shelf):
    mine = {"project": str(shelf.project(CANAL).public_id), "kind": "tasks"}
    page = shelf.get("office", **mine).content.decode()
    assert re.findall(r'<optgroup label="([^"]+)"', page) == ["2019年", "2020年"]
    offered = set(re.findall(r'<option value="(\d{4}[^"]*)"', page))
    assert {"2019", "2020", "2019-Q1", "2019-12"} <= offered
    assert not {code for code in offered if code.startswith("2020-")}
    far = shelf.get("office", **mine, span="2020-02")  # an address may still ask for it
    assert far.status_code == 200
    assert '<option value="2020-02" selected>' in far.content.decode()
