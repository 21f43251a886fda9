"""The conversation: upload, look, say otherwise, apply once; stored, and seen only by whoever may go on with it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from guatu.core.ids import new_public_id
from guatu.core.models import Attachment, Job, TrailEntry
from guatu.library.models import AnnualList, ImportDraft, Project
from guatu.library.queries.ledgers import read_ledger
from guatu.reporting import drafts, exports
from guatu.reporting.models import Reading
from tests.imports import books
from tests.imports.drafts import draft
from tests.library.conftest import at_day
from tests.support.cast import Cast

START = "/library/import/"


@pytest.fixture
def browser(cast: Cast):
    """The office's browser, in April 2019."""
    with at_day("2019-04-15"):
        yield cast.client("office")


def upload(browser: Client, cast: Cast, data: bytes, name: str = "台账.xlsx", **more):
    form = {"kind": "plan", "year": 2019, "level": "district", "region": cast.region().pk, "basis": "dispatch"}
    return browser.post(START, {**form, "file": SimpleUploadedFile(name, data), **more})


def act(browser: Client, row: ImportDraft, what: str, **more):
    return browser.post(reverse(f"reporting:import_{what}", args=[row.public_id]), more)


def text_of(response) -> str:
    return response.content.decode()


def test_upload_look_apply(browser, cast):
    response = upload(browser, cast, books.plan_book())
    row = ImportDraft.objects.get()
    assert response.headers["Location"] == f"{START}{row.public_id}/"
    assert not Project.objects.exists()
    page = text_of(browser.get(response.headers["Location"]))
    assert "读到 5 项：新增 5，变更 0，未变 0。" in page
    assert "区工信局" in page
    assert "梁秋白 副区长" in page
    assert act(browser, row, "apply").status_code == 302
    assert Project.objects.count() == 5
    row.refresh_from_db()
    assert row.state == "applied"
    assert act(browser, row, "apply").status_code == 422
    assert Project.objects.count() == 5


def test_the_file_is_kept_and_served_to_the_office_only(browser, cast):
    data = books.plan_book()
    upload(browser, cast, data)
    file = Attachment.objects.get()
    address = reverse("core:attachment", args=[file.public_id])
    assert b"".join(browser.get(address).streaming_content) == data
    for stranger in ("reporter", "outsider", "head"):
        assert cast.client(stranger).get(address).status_code == 404


def test_a_draft_of_another_district_does_not_exist(cast):
    with at_day("2019-04-15"):
        row = draft(cast, "outsider", "other_district")
        assert cast.client("office").get(f"{START}{row.public_id}/").status_code == 404
        assert row.file_name not in text_of(cast.client("office").get(START))
        assert row.file_name in text_of(cast.client("outsider").get(START))


def test_what_is_wrong_names_row_and_column_and_cannot_be_applied(browser, cast):
    rows = books.plan_rows()
    rows[6][6] = "3O000"
    upload(browser, cast, books.workbook(rows))
    row = ImportDraft.objects.get()
    page = text_of(browser.get(f"{START}{row.public_id}/"))
    assert "导入未完成，库内数据没有改动。" in page
    assert "第 7 行" in page
    assert "G 总投资" in page
    assert "3O000" in page
    refused = act(browser, row, "apply")
    assert refused.status_code == 422
    assert "需要改正" in text_of(refused)
    assert not Project.objects.exists()


def test_a_file_that_cannot_be_read_leaves_nothing(browser, cast):
    before = TrailEntry.objects.count()
    response = upload(browser, cast, b"PK\x03\x04 half", "台账.xlsx")
    assert response.status_code == 422
    assert not ImportDraft.objects.exists()
    response = upload(browser, cast, b"<html><table>", "台账.csv")
    assert "另存为 xlsx" in text_of(response)
    assert TrailEntry.objects.count() == before


def test_a_column_is_said_otherwise_and_remembered_for_the_next_file(browser, cast):
    rows = books.one_row(造价=900)
    rows[0][4] = "估算数"
    upload(browser, cast, books.workbook(rows), unit="万元")
    first = ImportDraft.objects.get()
    number = [column["heading"] for column in first.report["answer"]["columns"]].index("估算数")
    response = act(
        browser, first, "columns", **{f"column_{number}": "total_investment", "seen": first.version, "unit": "万元"}
    )
    assert response.status_code == 302
    first.refresh_from_db()
    assert first.report["answer"]["totals"]["total_investment"] == 120000 * books.WAN
    act(browser, first, "discard")
    upload(browser, cast, books.workbook(rows), unit="万元")
    second = ImportDraft.objects.latest("pk")
    assert second.report["answer"]["totals"]["total_investment"] == 120000 * books.WAN
    assert not Project.objects.exists()


def test_apply_refuses_what_has_changed_since_it_was_looked_at(browser, cast):
    upload(browser, cast, books.plan_book())
    row = ImportDraft.objects.get()
    other = draft(cast, "office_head", "district")
    act(browser, other, "apply")
    assert Project.objects.count() == 5
    entries = TrailEntry.objects.count()
    refused = act(browser, row, "apply")
    assert refused.status_code == 422
    assert "核对之后数据又有变动" in text_of(refused)
    assert TrailEntry.objects.count() == entries
    act(browser, row, "recheck")
    row.refresh_from_db()
    assert row.report["answer"]["unchanged"] == 5
    assert act(browser, row, "apply").status_code == 302


def test_the_same_click_twice_imports_once(browser, cast):
    upload(browser, cast, books.plan_book())
    row = ImportDraft.objects.get()
    request_id = str(new_public_id())
    answers = [act(browser, row, "apply", request_id=request_id) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert AnnualList.objects.count() == 1


def test_two_people_at_one_draft_the_second_sees_it(browser, cast):
    upload(browser, cast, books.plan_book())
    row = ImportDraft.objects.get()
    act(cast.client("office_head"), row, "columns", seen=row.version)
    response = act(browser, row, "columns", seen=row.version)
    assert response.status_code == 409


def test_a_long_ledger_goes_on_in_the_background(browser, cast, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(drafts, "AT_ONCE", 3)
    with django_capture_on_commit_callbacks(execute=True):
        upload(browser, cast, books.plan_book())
    row = ImportDraft.objects.get()
    assert row.state == "checked"
    assert [(job.kind, job.state) for job in Job.objects.all()] == [("reporting.check_draft", "done")]
    with django_capture_on_commit_callbacks(execute=True):
        act(browser, row, "apply")
    assert Project.objects.count() == 5
    row.refresh_from_db()
    assert (row.state, Job.objects.latest("pk").state) == ("applied", "done")


def test_a_fall_is_applied_with_reason_and_another_persons_approval(browser, cast):
    upload(browser, cast, books.plan_book())
    act(browser, ImportDraft.objects.get(), "apply")
    month = {"kind": "progress", "period": "2019-03"}
    upload(browser, cast, books.workbook(books.progress_rows()), **month)
    act(browser, ImportDraft.objects.latest("pk"), "apply")
    lower = books.workbook(books.progress_rows(done=(0,) * 5, to_date=(6000, 1500, 0, 12000, 2600)))
    upload(browser, cast, lower, **{**month, "period": "2019-04-10"})
    row = ImportDraft.objects.latest("pk")
    assert row.state == "wrong"
    assert "累计减少的理由" in text_of(browser.get(f"{START}{row.public_id}/"))
    said = {"seen": row.version, "reason": "上月多报", "approver": cast.post("office_head").pk}
    act(browser, row, "columns", **said)
    act(browser, row, "apply")
    assert Reading.objects.filter(period="2019-04-10").count() == 5


def test_long_lists_come_in_pages_of_fifty(browser, cast):
    rows = books.one_row()
    rows += [[number, f"青桐片区第{number}号地块", *rows[1][2:]] for number in range(2, 121)]
    upload(browser, cast, books.workbook(rows))
    row = ImportDraft.objects.get()
    page = text_of(browser.get(f"{START}{row.public_id}/?show=created&page=3"))
    assert "第 101–120 项，共 120 项" in page
    assert "青桐片区第120号地块" in page
    assert "青桐片区第99号地块" not in page


def test_a_progress_sheet_needs_its_period(browser, cast):
    response = upload(browser, cast, books.plan_book(), kind="progress")
    assert response.status_code == 422
    assert "进度表要写明期间" in text_of(response)
    response = upload(browser, cast, books.plan_book(), kind="progress", period="2019-13")
    assert "看不懂这个期间" in text_of(response)


@pytest.mark.parametrize("kind", ["plan", "progress"])
def test_the_empty_workbook_is_one_that_the_import_knows(cast, tmp_path, kind):
    path = books.write(tmp_path, "empty.xlsx", exports.template_book(kind, 2019))
    book = load_workbook(path)
    book.active.append(
        [1, "望岳智能装备产业园", *([None, "续建", None, None, None, 12000] if kind == "plan" else [300])]
    )
    book.save(path)
    reading = read_ledger(kind, path, "空表.xlsx", year=2019, months=(3, 3))
    assert [column.heading for column in reading.columns if not column.code] == []
    assert reading.errors == []
    assert len(reading.columns) == len(exports.HEADS[kind])
