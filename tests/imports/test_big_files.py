"""Long ledgers: stored first, read by a job that says how far it is, cancelled at any time; small ones at once."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from guatu.config.worker import take_up_again
from guatu.core import clock, job_runner, job_signs, jobs
from guatu.core.models import Job
from guatu.library.models import ImportDraft, Project
from guatu.reporting import drafts, views
from guatu.reporting.jobs import PHASES
from tests.imports import books
from tests.imports.drafts import applied
from tests.library.conftest import at_day

START = "/library/import/"


@pytest.fixture
def browser(cast):
    """The office's browser, in April 2019; every file is a long one."""
    with at_day("2019-04-15"):
        yield cast.client("office")


@pytest.fixture
def long_files(monkeypatch):
    monkeypatch.setattr(drafts, "READ_AT_ONCE", 100)
    monkeypatch.setattr(drafts, "AT_ONCE", 3)


def upload(browser, cast, data: bytes, name: str = "台账.xlsx"):
    form = {"kind": "plan", "year": 2019, "level": "district", "region": cast.region().pk, "basis": "dispatch"}
    return browser.post(START, {**form, "file": SimpleUploadedFile(name, data)})


def page(browser, row) -> str:
    return browser.get(reverse("reporting:import_draft", args=[row.public_id])).content.decode()


@pytest.fixture
def steps(monkeypatch):
    """Everything that jobs said of how far they were."""
    said: list[tuple[int, int, str]] = []
    tell = job_signs.tell

    def note(public_id, done, total, step):
        said.append((done, total, step))
        tell(public_id, done, total, step)

    monkeypatch.setattr(job_signs, "tell", note)
    monkeypatch.setattr(jobs, "SECONDS_BETWEEN_WRITES", 0)
    return said


def test_a_long_file_is_stored_first_and_read_by_a_job(browser, cast, long_files, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as waiting:
        assert upload(browser, cast, books.plan_book()).status_code == 302
    row = ImportDraft.objects.get()
    assert (row.state, row.rows, row.shape, row.report) == ("waiting", 0, "", None)
    shown = page(browser, row)
    assert reverse("reporting:import_progress", args=[row.public_id]) in shown
    for run in waiting:
        run()
    row.refresh_from_db()
    assert (row.state, row.rows, row.report["answer"]["created"]) == ("checked", 5, 5)
    assert len(row.shape) == 32
    assert not Project.objects.exists()


def test_what_was_said_of_the_columns_holds_for_a_long_file_too(
    browser, cast, long_files, monkeypatch, django_capture_on_commit_callbacks
):
    rows = books.one_row()
    rows[0][4] = "估算数（万元）"
    monkeypatch.setattr(drafts, "READ_AT_ONCE", 10**6)
    upload(browser, cast, books.workbook(rows))
    first = ImportDraft.objects.get()
    at = [column["heading"] for column in first.report["answer"]["columns"]].index("估算数（万元）")
    address = reverse("reporting:import_columns", args=[first.public_id])
    browser.post(address, {f"column_{at}": "total_investment", "seen": first.version})
    monkeypatch.setattr(drafts, "READ_AT_ONCE", 100)
    with django_capture_on_commit_callbacks(execute=True):
        upload(browser, cast, books.workbook(rows))
    second = ImportDraft.objects.latest("pk")
    assert second.report["answer"]["totals"]["total_investment"] == 120000 * books.WAN


def test_its_job_says_how_far_it_is_from_inside(
    browser, cast, long_files, steps, monkeypatch, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        upload(browser, cast, books.plan_book())
    row = ImportDraft.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("reporting:import_apply", args=[row.public_id]))
    row.refresh_from_db()
    assert row.state == "applied"
    applying = steps[len(steps) // 2 :]
    words = list(dict.fromkeys(step.split(" ")[0] for _done, _total, step in applying))
    assert len(words) == PHASES["plan"]
    assert words[:3] == ["读取文件", "对照项目库", "登记项目"]
    shares = [done for done, _total, _step in applying]
    assert shares == sorted(shares)
    assert {total for _done, total, _step in applying} == {100}
    assert "/ 5" in applying[1][2]


def test_a_long_file_that_cannot_be_read_says_so_in_its_draft(
    browser, cast, long_files, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        upload(browser, cast, b"<html><table>" + b" " * 400, "台账.csv")
    row, job = ImportDraft.objects.get(), Job.objects.get()
    assert (row.state, job.state) == ("wrong", "failed")
    (issue,) = row.report["answer"]["errors"]
    assert issue["message"] == job.result["words"]
    assert row.report["lines"] == []
    shown = page(browser, row)
    assert issue["message"].partition("。")[0] in shown
    assert reverse("reporting:import_discard", args=[row.public_id]) in shown
    assert browser.post(reverse("reporting:import_apply", args=[row.public_id])).status_code == 422
    assert not Project.objects.exists()


def test_cancelled_in_the_middle_of_writing_nothing_is_written(
    browser, cast, long_files, monkeypatch, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        upload(browser, cast, books.plan_book())
    row = ImportDraft.objects.get()
    tell = job_signs.tell

    def cancel_while_writing(public_id, done, total, step):
        if step.startswith("列入名单"):
            job_signs.wish(public_id)
        tell(public_id, done, total, step)

    monkeypatch.setattr(job_signs, "tell", cancel_while_writing)
    monkeypatch.setattr(jobs, "SECONDS_BETWEEN_WRITES", 0)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("reporting:import_apply", args=[row.public_id]))
    row.refresh_from_db()
    job = Job.objects.latest("pk")
    assert (row.state, job.state, Project.objects.count()) == ("checked", "cancelled", 0)
    assert job_signs.told(job.public_id) is None
    assert not job_signs.wished(job.public_id)
    shown = page(browser, row)
    assert "后台处理已取消，数据没有改动" in shown
    assert reverse("reporting:import_apply", args=[row.public_id]) in shown


def test_the_bar_shows_what_the_job_says_and_the_page_comes_anew_at_its_end(
    browser, cast, long_files, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as waiting:
        upload(browser, cast, books.plan_book())
    row, job = ImportDraft.objects.get(), Job.objects.get()
    address = reverse("reporting:import_progress", args=[row.public_id])
    Job.objects.filter(pk=job.pk).update(state="running", heartbeat_at=clock.now())
    job_signs.tell(job.public_id, 45, 100, "登记项目 1200 / 5000")
    bar = browser.get(address)
    assert "登记项目 1200 / 5000 45%" in bar.content.decode()
    assert "HX-Refresh" not in bar
    colleague = cast.client("office_head").get(address)
    assert colleague.status_code == 200
    assert "/cancel/" not in colleague.content.decode()
    Job.objects.filter(pk=job.pk).update(state="waiting")
    for run in waiting:
        run()
    assert browser.get(address)["HX-Refresh"] == "true"
    assert address not in page(browser, row)


def test_a_job_whose_worker_was_killed_says_so_and_can_be_started_again(
    browser, cast, long_files, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks():
        upload(browser, cast, books.plan_book())
    row, job = ImportDraft.objects.get(), Job.objects.get()
    Job.objects.filter(pk=job.pk).update(state="running", heartbeat_at=clock.now())
    with clock.at(clock.now() + timedelta(minutes=10)):
        shown = page(browser, row)
        assert "没有进展" in shown
        recheck = reverse("reporting:import_recheck", args=[row.public_id])
        assert recheck in shown
        with django_capture_on_commit_callbacks(execute=True):
            browser.post(recheck)
        row.refresh_from_db()
        assert row.state == "checked"
        assert job_runner.run(job.pk) == "done"  # and the queue's second try harms nothing


@pytest.mark.django_db
def test_a_new_worker_takes_up_what_a_killed_one_had_begun():
    from django_q.models import OrmQ

    OrmQ.objects.create(key="guatu", payload="", lock=clock.now() + timedelta(hours=1))
    assert take_up_again() == 1
    assert OrmQ.objects.filter(lock__lt=clock.now()).count() == 1


def test_a_long_import_is_undone_by_a_job(cast, browser, monkeypatch, django_capture_on_commit_callbacks):
    row = applied(cast, books.plan_book())
    monkeypatch.setattr(drafts, "UNDO_AT_ONCE", 10)
    shown = page(browser, row)
    address = reverse("reporting:import_undo", args=[row.public_id])
    assert f'href="{address}#undo"' in shown
    assert "撤销的理由" in browser.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(address, {"reason": "传错了"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, Job.objects.latest("pk").state) == ("undone", "done")
    assert not Project.objects.filter(withdrawn=False).exists()


def test_uploads_are_counted_and_looking_is_not(browser, cast, one_window):
    for _ in range(views.UPLOADS[0] + 3):
        assert browser.get(START).status_code == 200
    answers = [upload(browser, cast, b"").status_code for _ in range(views.UPLOADS[0] + 1)]
    assert set(answers[:-1]) == {422}
    assert answers[-1] == 429
    assert browser.get(START).status_code == 200


def test_the_start_page_shows_what_was_imported_lately(browser, cast):
    row = applied(cast, books.plan_book())
    shown = browser.get(START).content.decode()
    assert "新增 5，变更 0，未变 0" in shown
    undo = reverse("reporting:import_undo", args=[row.public_id])
    assert f'href="{undo}#undo"' in shown
    draft_page = page(browser, row)
    assert "下载原文件" in draft_page
    assert "撤销的理由" in draft_page
    assert browser.post(undo, {"reason": " "}).status_code == 422
    assert browser.post(undo, {"reason": "传错了"}).status_code == 302
    shown = browser.get(START).content.decode()
    assert undo not in shown
    assert "已撤销" in shown
    assert "停用项目 5 个" in page(browser, row)


def test_the_page_names_what_stands_in_the_way_of_an_undo(browser, cast):
    row = applied(cast, books.plan_book())
    applied(cast, books.workbook(books.progress_rows()), who="office_head", kind="progress", period="2019-03")
    shown = page(browser, row)
    assert "现在不能撤销" in shown
    refused = browser.post(reverse("reporting:import_undo", args=[row.public_id]), {"reason": "传错了"})
    assert refused.status_code == 409
    assert "导入已核对的文件“台账.xlsx”" in refused.content.decode()
