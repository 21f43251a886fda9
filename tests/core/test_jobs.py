"""Jobs show how far they are, can be cancelled, belong to their starter, and survive a kill without doing twice."""

from uuid import uuid4

import pytest

from guatu.core import job_runner, jobs
from guatu.core.actions import cancel_job, start_job
from guatu.core.actor import OPERATOR, Way
from guatu.core.jobs import JobRun, job
from guatu.core.models import Job, TrailEntry
from guatu.core.refusals import Refusal
from guatu.core.writing import action, current
from guatu.people.models import Region
from tests.support.actors import post

SEEN = []


@action("tests.make_region", "登记区划", right="core.start_job")
def make_region(*, actor, code):
    region = current().add(Region(code=code, name=code, level="district", path=code + "/"))
    current().about(region, name=code)


@job("tests.region", right="core.start_job")
def region_job(run: JobRun):
    row = Job.objects.get(pk=run.id)
    SEEN.append((row.state, run.payload["code"], run.actor.user_id, run.actor.way))
    run.progress(1, 4, "读取")
    SEEN.append((Job.objects.get(pk=run.id).done, Job.objects.get(pk=run.id).step))
    make_region(actor=run.actor, code=run.payload["code"])
    return {"words": "已登记", "url": "/library/"}


@job("tests.refused", right="core.start_job")
def refused_job(run: JobRun):
    make_region(actor=run.actor, code="410303")
    raise Refusal("core.file_kind", items=[{"row": 3, "message": "第 3 行"}], name="a.exe", kinds="xlsx")


@job("tests.broken", right="core.start_job")
def broken_job(run: JobRun):
    raise RuntimeError("内部")


@job("tests.patient", right="core.start_job", once=False)
def patient_job(run: JobRun):
    Job.objects.filter(pk=run.id).update(cancel_wished=True)
    run.stop_if_cancelled()
    raise AssertionError("a cancelled job went on")


@pytest.fixture(autouse=True)
def _nothing_seen():
    SEEN.clear()


@pytest.fixture
def start(people, django_capture_on_commit_callbacks):
    """Starts a job; in tests the queue runs it as soon as its row is committed."""

    def go(kind="tests.region", who="head", run=True, **payload):
        with django_capture_on_commit_callbacks(execute=run):
            row = start_job(actor=people[who], kind=kind, words="一项任务", payload=payload)
        row.refresh_from_db()
        return row

    return go


def test_a_job_runs_as_its_starter_shows_its_progress_and_keeps_its_result(start, people):
    row = start(code="410303")
    assert [("running", "410303", people["head"].user_id, Way.JOB), (1, "读取")] == SEEN
    assert (row.state, row.result) == (jobs.DONE, {"words": "已登记", "url": "/library/"})
    assert row.finished_at >= row.created_at
    actions = list(TrailEntry.objects.order_by("number").values_list("action", flat=True))
    assert actions == ["core.start_job", "tests.make_region", "core.finish_job"]


def test_a_refusal_ends_the_job_with_its_sentence_and_reasons(start):
    row = start("tests.refused")
    assert row.state == jobs.FAILED
    assert row.result["code"] == "core.file_kind"
    assert "a.exe" in row.result["words"]
    assert row.result["items"] == [{"row": 3, "message": "第 3 行"}]


def test_a_fault_of_ours_ends_the_job_without_telling_its_inside(start):
    row = start("tests.broken")
    assert (row.state, row.result["code"]) == (jobs.FAILED, "core.job_broken")
    assert "内部" not in str(row.result)


def test_a_job_killed_before_its_effect_runs_again_and_does_it_once(start):
    row = start(run=False, code="410303")
    Job.objects.filter(pk=row.pk).update(state=jobs.RUNNING)  # as a kill leaves it
    assert job_runner.run(row.pk) == jobs.DONE
    assert Region.objects.count() == 1


def test_a_job_killed_after_its_effect_is_not_done_a_second_time(start):
    row = start(run=False, code="410303")
    region_job(JobRun(jobs.take(row.pk), once=True))  # committed, then killed before the end was recorded
    assert Region.objects.count() == 1
    assert job_runner.run(row.pk) == jobs.DONE
    assert Region.objects.count() == 1


def test_a_job_that_has_ended_is_not_run_again_when_the_queue_repeats_it(start):
    row = start(code="410303")
    assert job_runner.run(row.pk) == ""
    assert Region.objects.count() == 1


def test_a_waiting_job_is_cancelled_at_once_and_never_runs(start, people):
    row = start(run=False, code="410303")
    assert cancel_job(actor=people["head"], public_id=row.public_id).state == jobs.CANCELLED
    assert job_runner.run(row.pk) == ""
    assert not Region.objects.exists()


def test_a_running_job_stops_where_it_asks(start):
    assert start("tests.patient").state == jobs.CANCELLED


def test_a_running_job_is_asked_to_stop_and_a_finished_one_stays_as_it_is(start, people):
    row = start(run=False, code="410303")
    Job.objects.filter(pk=row.pk).update(state=jobs.RUNNING)
    assert cancel_job(actor=people["head"], public_id=row.public_id).cancel_wished
    assert job_runner.run(row.pk) == ""
    row.refresh_from_db()
    assert row.state == jobs.CANCELLED
    done = start(code="410304")
    cancel_job(actor=people["head"], public_id=done.public_id)
    done.refresh_from_db()
    assert (done.state, done.cancel_wished) == (jobs.DONE, False)


@pytest.mark.django_db
def test_a_job_needs_the_right_of_its_kind():
    with pytest.raises(Refusal) as refusal:
        start_job(actor=post("reporter"), kind="core.verify_trail", words="x")
    assert refusal.value.code == "core.not_allowed"
    assert not Job.objects.exists()


def test_a_refused_action_leaves_no_job_in_the_queue(people, django_capture_on_commit_callbacks):
    @action(f"tests.start_and_fail_{uuid4().hex}", "启动又撤", right="core.start_job")
    def start_and_fail(*, actor):
        start_job(actor=actor, kind="tests.region", words="x", payload={"code": "1"})
        raise Refusal("core.too_many", seconds=1)

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Refusal):
        start_and_fail(actor=OPERATOR)
    assert not Job.objects.exists()
    assert SEEN == []


def test_its_page_is_for_the_starter_and_administrators_and_nobody_else(client, system, people, start):
    row = start(run=False, code="410303")
    page, bar = f"/system/jobs/{row.public_id}/", f"/system/jobs/{row.public_id}/progress/"
    cancel = f"/system/jobs/{row.public_id}/cancel/"
    for who, status in (("clerk", 404), ("head", 200), ("admin", 200)):
        system(people[who])
        assert [client.get(page).status_code, client.get(bar).status_code] == [status, status]
        assert (str(row.public_id) in client.get("/system/jobs/").content.decode()) == (status == 200)
    system(people["clerk"])
    assert client.post(cancel).status_code == 404
    system(None)
    assert client.get(page).status_code == 302
    system(people["head"])
    assert client.post(cancel).status_code == 302
    row.refresh_from_db()
    assert row.state == jobs.CANCELLED


def test_the_bar_asks_again_until_the_job_has_ended(client, system, people, start):
    row = start(run=False, code="410303")
    system(people["head"])
    address = f"/system/jobs/{row.public_id}/progress/"
    Job.objects.filter(pk=row.pk).update(state=jobs.RUNNING, done=1200, total=5000, step="读取")
    html = client.get(address).content.decode()
    assert f'hx-get="{address}"' in html
    assert "读取 1,200 / 5,000" in html
    job_runner.run(row.pk)
    html = client.get(address).content.decode()
    assert "hx-get" not in html
    assert "已登记" in html
    assert 'href="/library/"' in html
