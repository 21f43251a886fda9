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
