"""The same ledgers over the API: the command line's answer, once per key, refused as a problem."""

import io

import pytest

from guatu.core.actor import OPERATOR
from guatu.library.models import ListEntry
from guatu.people import actions
from guatu.reporting.models import Reading
from tests.imports import books

pytestmark = [pytest.mark.django_db, pytest.mark.clock("2019-04-10")]
WHERE = {"year": 2019, "level": "district", "region": "410303"}


@pytest.fixture
def send(cast, client):
    def to(address: str, data: bytes, name: str = "office", key: str = "", **more):
        _, secret = actions.issue_token(actor=OPERATOR, post=cast.post(name), name="导入")
        headers = {"Authorization": f"Bearer {secret}"} | ({"Idempotency-Key": key} if key else {})
        file = io.BytesIO(data)
        file.name = "ledger.xlsx"
        return client.post(f"/api/v1/imports/{address}", {**WHERE, **more, "file": file}, headers=headers)

    return to


@pytest.fixture
def plan_book() -> bytes:
    return books.plan_book()


@pytest.fixture
def progress_book() -> bytes:
    return books.workbook(books.progress_rows())


def test_a_ledger_goes_in_once_and_a_dry_run_writes_nothing(send, plan_book):
    told = send("plan", plan_book, dry_run="true")
    assert told.status_code == 200, told.content
    assert told.json()["created"] > 0
    assert not ListEntry.objects.exists()
    first = send("plan", plan_book, key="a")
    assert first.json()["created"] == ListEntry.objects.count() == told.json()["created"]
    assert send("plan", plan_book, key="a").json() == first.json()
    assert send("plan", plan_book).json()["unchanged"] == first.json()["created"]


def test_a_progress_sheet_goes_in_for_its_period_and_a_wrong_period_is_refused(send, plan_book, progress_book):
    send("plan", plan_book)
    assert send("progress", progress_book, period="2019-13").json()["code"] == "reporting.period_wrong"
    assert send("progress", progress_book, period="2018-03").json()["code"] == "reporting.period_other_year"
    told = send("progress", progress_book, period="2019-03")
    assert told.status_code == 200, told.content
    assert Reading.objects.filter(period="2019-03").count() == told.json()["projects"]


def test_what_is_wrong_is_a_problem_with_every_place_and_nothing_is_written(send):
    answer = send("plan", b"PK\x03\x04 not a workbook")
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert not ListEntry.objects.exists()


def test_a_post_without_the_right_is_refused(send, plan_book):
    assert send("plan", plan_book, name="reporter").status_code == 403
    assert not ListEntry.objects.exists()


# -- the stored conversation ------------------------------------------------------------------------------------------
@pytest.fixture
def ask(cast, client):
    def to(method: str, address: str, name: str = "office", **more):
        _, secret = actions.issue_token(actor=OPERATOR, post=cast.post(name), name="导入")
        headers = {"Authorization": f"Bearer {secret}"}
        return getattr(client, method)(f"/api/v1/imports{address}", headers=headers, **more)

    return to


def uploaded(ask, data: bytes, **more):
    file = io.BytesIO(data)
    file.name = "ledger.xlsx"
    return ask("post", "", data={**WHERE, "kind": "plan", **more, "file": file})


def undo(ask, key: str, **more):
    return ask("post", f"/{key}/undo", data={"reason": "传错了"}, content_type="application/json", **more)


def test_a_draft_is_uploaded_looked_at_applied_and_undone(ask, plan_book):
    told = uploaded(ask, plan_book).json()
    assert (told["state"], told["created"], told["may_undo"]) == ("checked", 5, False)
    key = told["id"]
    assert not ListEntry.objects.exists()
    assert [row["id"] for row in ask("get", "?state=checked").json()["items"]] == [key]
    assert ask("get", "?state=applied").json()["items"] == []
    applied = ask("post", f"/{key}/apply").json()
    assert (applied["state"], applied["may_undo"]) == ("applied", True)
    assert ask("post", f"/{key}/discard").status_code == 422
    undone = undo(ask, key).json()
    assert (undone["state"], undone["undone"]["out_of_use"]["projects"]) == ("undone", 5)
    assert undo(ask, key).json()["code"] == "reporting.not_applied"
    assert not ListEntry.objects.filter(superseded_at__isnull=True).exists()


def test_a_file_imported_at_once_has_its_draft_too(ask, send, plan_book, progress_book):
    first = send("plan", plan_book).json()["draft"]
    assert send("plan", plan_book).json()["draft"] is None
    second = send("progress", progress_book, period="2019-03").json()["draft"]
    blocked = undo(ask, first)
    assert (blocked.status_code, blocked.json()["code"]) == (409, "reporting.undo_blocked")
    assert ask("get", f"/{first}").json()["in_the_way"] == [item["message"] for item in blocked.json()["items"]]
    assert undo(ask, second).status_code == undo(ask, first).status_code == 200


def test_what_changed_since_is_named_in_the_problem(ask, plan_book):
    one, two = (uploaded(ask, plan_book).json()["id"] for _ in range(2))
    assert ask("post", f"/{one}/apply").status_code == 200
    refused = ask("post", f"/{two}/apply")
    assert (refused.status_code, refused.json()["code"]) == (422, "library.preview_changed")
    assert [item["row"] for item in refused.json()["items"]] == [5, 6, 7, 10, 11]
    assert ask("post", f"/{two}/check").json()["unchanged"] == 5
    assert ask("post", f"/{two}/discard").json()["state"] == "discarded"


def test_a_draft_of_another_district_does_not_exist(ask, plan_book):
    key = uploaded(ask, plan_book).json()["id"]
    for answer in (
        ask("get", f"/{key}", name="outsider"),
        ask("post", f"/{key}/apply", name="outsider"),
        undo(ask, key, name="outsider"),
        uploaded(lambda *words, **more: ask(*words, name="outsider", **more), plan_book),
    ):
        assert answer.status_code == 404, answer.content
    assert ask("get", "", name="outsider").json()["items"] == []
    assert ask("get", "", name="reporter").status_code == 403


def test_a_malformed_body_is_a_problem(ask, plan_book):
    key = uploaded(ask, plan_book).json()["id"]
    answer = ask("post", f"/{key}/undo", data="{not json", content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["code"] == "core.request_invalid"
    answer = ask("post", f"/{key}/undo", data={}, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
