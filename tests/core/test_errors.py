"""What a page says when something goes wrong: status, sentence, where to go; with and without a session."""

import contextlib
import errno
import html
import re
import sqlite3

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, OperationalError, connection
from django.test import Client, RequestFactory

from guatu.core import errors
from guatu.core.models import TrailEntry
from guatu.core.unavailable import BUSY, FULL, GONE, what_failed
from guatu.library.models import AnnualList
from tests.support.cast import cast

__all__ = ["cast"]
pytestmark = pytest.mark.django_db
PARTS = {"HTTP_HX_REQUEST": "true"}
LIST = "/library/lists/new/"


def text_of(answer):
    return html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))


def patient(client: Client) -> Client:
    """A client that shows the error page instead of raising, as a browser would see it."""
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("who", ["", "office"])
def test_a_missing_page_looks_the_same_with_and_without_a_session(cast, who):
    client = cast.client(who) if who else Client()
    page = client.get("/no-such-page/")
    assert page.status_code == 404
    assert "没有找到这一页" in text_of(page)
    assert 'class="masthead' not in page.content.decode()
    assert page["X-Request-Id"] in page.content.decode()


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "回到首页"), ("zh-hant", "zh-Hant"), ("en", 'lang="en"')])
def test_error_pages_speak_the_readers_language_also_before_a_session_is_read(language, words):
    client = Client()
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = language
    page = client.post(LIST, CONTENT_LENGTH=str(10**9))
    assert page.status_code == 413
    assert words in page.content.decode()


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
@pytest.mark.parametrize("checks", [False, True], ids=["with a token", "without a token"])
def test_a_method_that_a_page_does_not_take_is_405_before_anything_else(cast, method, checks):
    client = cast.client("office")
    client.handler.enforce_csrf_checks = checks
    page = getattr(client, method)(LIST)
    assert page.status_code == 405
    assert page["Allow"] == "GET, HEAD, POST"
    assert "不接受这种请求" in text_of(page)


def test_a_form_whose_token_is_missing_says_what_became_of_the_typing(cast):
    client = cast.client("office")
    client.handler.enforce_csrf_checks = True
    page = client.post(LIST, {"year": 2019})
    assert page.status_code == 403
    assert "所填内容已存为本机草稿" in text_of(page)
    assert "当前岗位不能看" not in text_of(page)


def test_a_session_that_ended_leads_back_to_the_form_and_a_part_of_a_page_says_so_in_place():
    sent = Client().post(LIST, {"year": 2019}, headers={"referer": "http://testserver/library/lists/new/"})
    assert sent.status_code == 302
    assert sent["Location"].startswith("/login/?next=")
    assert "lists/new" in sent["Location"]
    part = Client().get("/echo/day/?on=3.31", **PARTS)
    assert part.status_code == 401
    assert "登录已过期" in text_of(part)
    assert "<html" not in part.content.decode()


def test_a_missing_part_of_a_page_is_told_in_place(cast):
    part = cast.client("office").get("/no-such-page/", **PARTS)
    assert part.status_code == 404
    assert 'role="alert"' in part.content.decode()
    assert "<html" not in part.content.decode()


def test_our_own_fault_has_the_number_that_the_log_has(cast, monkeypatch):
    def broken(*args, **kwargs):
        raise ZeroDivisionError

    client = patient(cast.client("office"))
    monkeypatch.setattr("guatu.library.actions.make_list", broken)
    page = client.post(LIST, {"level": "district", "region": "410303", "year": 2019})
    assert page.status_code == 500
    assert f"编号 {page['X-Request-Id']}" in text_of(page)


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        (OperationalError("database is locked"), BUSY, "等半分钟"),
        (OperationalError("database or disk is full"), FULL, "清理磁盘"),
        (OperationalError("attempt to write a readonly database"), FULL, "清理磁盘"),
        (OperationalError("unable to open database file"), GONE, "连不上数据库"),
        (OSError(errno.ENOSPC, "No space left on device"), FULL, "清理磁盘"),
    ],
)
def test_a_machine_that_cannot_is_503_with_what_to_do(cast, monkeypatch, fault, kind, words):
    def failing(*args, **kwargs):
        raise fault

    assert what_failed(fault) == kind
    client = patient(cast.client("office"))
    monkeypatch.setattr("guatu.library.actions.make_list", failing)
    page = client.post(LIST, {"level": "district", "region": "410303", "year": 2019})
    assert page.status_code == 503
    assert words in text_of(page)
    assert "没有" in text_of(page)
    assert int(page["Retry-After"]) > 0


def test_a_fault_of_ours_is_not_called_the_machines():
    assert what_failed(ValueError("database is locked")) == ""
    assert what_failed(DatabaseError("UNIQUE constraint failed: x.y")) == ""
    assert what_failed(FileNotFoundError(errno.ENOENT, "No such file")) == ""
    assert what_failed(None) == ""


@contextlib.contextmanager
def no_room():
    """The real layer says no: SQLite may not grow by a page, PostgreSQL may only be read."""
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("SET default_transaction_read_only = on")
            yield
            cursor.execute("SET default_transaction_read_only = off")
            return
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute("PRAGMA max_page_count")
        usual = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        yield
        cursor.execute(f"PRAGMA max_page_count = {usual}")


@pytest.mark.django_db(transaction=True)
def test_a_full_database_stores_nothing_and_says_so(cast):
    client = patient(cast.client("office"))
    before, answers = TrailEntry.objects.count(), []
    with no_room():
        for year in range(1990, 2090):
            sent = {"level": "district", "region": "410303", "year": year, "name": "名" * 110}
            answers.append(client.post(LIST, sent))
            if answers[-1].status_code != 302:
                break
    stored = len(answers) - 1
    assert answers[-1].status_code == 503, "the database grew although it was forbidden to"
    assert "磁盘已满或不能写入" in text_of(answers[-1])
    assert TrailEntry.objects.count() == before + stored
    assert AnnualList.objects.count() == stored
    assert client.post(LIST, sent).status_code == 302


def test_a_locked_database_is_busy(tmp_path):
    path = tmp_path / "one.sqlite3"
    first, second = sqlite3.connect(path, timeout=0), sqlite3.connect(path, timeout=0)
    first.execute("CREATE TABLE t (x)")
    first.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError) as raised:
        second.execute("BEGIN IMMEDIATE")
    fault = OperationalError(str(raised.value))
    fault.__cause__ = raised.value
    assert what_failed(fault) == BUSY
    first.close(), second.close()


def test_a_form_with_too_much_in_it_is_413():
    request = RequestFactory().get("/")
    assert errors.bad_request(request, RequestDataTooBig()).status_code == 413
    assert errors.bad_request(request).status_code == 400


def test_the_page_of_a_broken_database_needs_no_database(cast, monkeypatch):
    def gone(*args, **kwargs):
        raise OperationalError("unable to open database file")

    monkeypatch.setattr("guatu.core.errors.render", gone)
    request = RequestFactory().get("/")
    page = errors.not_found(request)
    assert page.status_code == 404
    assert "没有找到这一页" in text_of(page)


def test_a_refused_address_does_not_speak_of_a_form(cast):
    client = cast.client("office")
    asked = client.get("/library/?list=all&group=gone")
    assert (asked.status_code, "所填内容还在" in text_of(asked)) == (400, False)
    sent = client.post("/system/views/save/", {"table": "library.projects", "name": "", "back": "/library/"})
    assert (sent.status_code, "所填内容还在" in text_of(sent)) == (422, True)


def test_a_form_that_was_open_too_long_is_not_headed_as_forbidden(cast):
    client = Client(enforce_csrf_checks=True)
    page = client.post("/login/", {"username": "office"})
    assert (page.status_code, "<title>没有办理" in page.content.decode()) == (403, True)
