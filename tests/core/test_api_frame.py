"""The API's frame: whose token, one form of refusal, pages that don't slip, versions, and requests carried out once."""

from dataclasses import replace

import pytest

from guatu.core import api_tools
from guatu.core.actor import Way
from guatu.core.api import register_token_resolver
from guatu.core.models import AnsweredRequest, TrailEntry
from guatu.people.models import Region
from tests.support.actors import post

pytestmark = pytest.mark.django_db
OFFICE = post("office", way=Way.API, user_id=None)
TOKENS = {"office": OFFICE, "reporter": post("reporter", way=Way.API, user_id=None, post_id=12)}
NEW = {"code": "410303", "name": "西工区"}


@pytest.fixture(autouse=True)
def _tokens(system):
    before = list(api_tools._resolver)
    register_token_resolver(TOKENS.get)
    yield
    api_tools._resolver[:] = before  # whose tokens they are is known to the whole process


def ask(client, method, address, body=None, token="office", **headers):
    sent = {"headers": {"Authorization": f"Bearer {token}", **headers}}
    if body is not None:
        sent |= {"data": body, "content_type": "application/json"}
    return getattr(client, method)(f"/api/v1{address}", **sent)


def assert_problem(response, status, code):
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    body = response.json()
    assert (body["code"], body["status"]) == (code, status)
    assert body["title"]
    return body


def test_without_a_valid_token_nothing_is_answered(client):
    response = ask(client, "get", "/tests/regions", token="stolen")
    assert_problem(response, 401, "core.token_missing")
    assert response["WWW-Authenticate"] == "Bearer"
    assert_problem(client.get("/api/v1/tests/regions"), 401, "core.token_missing")


def test_a_post_without_the_right_is_refused_as_everywhere(client):
    response = ask(client, "post", "/tests/regions", NEW, token="reporter")
    assert_problem(response, 403, "core.not_allowed")
    assert not Region.objects.exists()


def test_an_action_by_token_is_in_the_trail_as_such(client):
    response = ask(client, "post", "/tests/regions", NEW)
    assert response.status_code == 200
    assert (response.json()["code"], response.json()["share"]) == ("410303", 55.0)
    entry = TrailEntry.objects.get()
    assert (entry.way, entry.post_id) == ("api", OFFICE.post_id)


def test_a_body_of_another_shape_is_refused_with_the_place(client):
    body = assert_problem(ask(client, "post", "/tests/regions", {"code": 1}), 422, "core.request_invalid")
    assert {item["where"] for item in body["items"]} == {"body.code", "body.name"}
    assert {item["message"] for item in body["items"]} == {"不符合接口说明的类型或取值", "没有填写"}
    assert_problem(ask(client, "get", "/tests/regions?limit=x"), 422, "core.request_invalid")
    assert_problem(ask(client, "get", "/jobs/0192f0c1-2d3e-7abc-8def-0123456789ab"), 404, "core.job_gone")


@pytest.mark.parametrize("address", ["/nothing", "/jobs/1", "/tests/regions/zz", "/../v2/x"])
def test_an_address_that_there_is_not_is_a_problem_too(client, address):
    assert_problem(ask(client, "get", address), 404, "core.not_found")
    assert_problem(client.post(f"/api/v1{address}"), 404, "core.not_found")


def test_a_method_that_an_address_does_not_take_is_a_problem_that_names_the_others(client):
    response = ask(client, "delete", "/tests/regions")
    assert_problem(response, 405, "core.method_unknown")
    assert set(response["Allow"].split(", ")) == {"GET", "POST"}


@pytest.mark.parametrize(("limit", "why"), [("-1", "不能小于 1"), ("0", "不能小于 1"), ("100000000", "不能大于 500")])
def test_a_page_has_between_one_and_500_rows(client, limit, why):
    body = assert_problem(ask(client, "get", f"/tests/regions?limit={limit}"), 422, "core.request_invalid")
    assert body["items"] == [{"where": "query.limit", "message": why}]
    assert ask(client, "get", "/tests/regions?limit=500").status_code == 200


def test_a_body_that_is_no_json_is_said_so_in_words(client):
    sent = {"data": "{", "content_type": "application/json", "headers": {"Authorization": "Bearer office"}}
    body = assert_problem(client.post("/api/v1/tests/regions", **sent), 400, "core.request_invalid")
    assert body["items"] == [{"where": "body", "message": "不是有效的 JSON"}]


def test_a_fault_of_ours_tells_nothing_of_its_inside(client):
    response = ask(client, "get", "/tests/broken")
    assert_problem(response, 500, "core.internal")
    assert "secret" not in response.content.decode()


def test_pages_by_cursor_neither_repeat_nor_skip_while_rows_are_added(client):
    def add(first, last):
        for number in range(first, last):
            Region.objects.create(code=f"r{number}", name="x", level="district", path=f"{number}/")

    add(0, 5)
    seen, cursor = [], ""
    while True:
        page = ask(client, "get", f"/tests/regions?limit=2&cursor={cursor}").json()
        seen += [item["code"] for item in page["items"]]
        if len(seen) == 2:
            add(5, 7)
        cursor = page["next"]
        if not cursor:
            break
    assert seen == [f"r{number}" for number in range(7)]


@pytest.mark.parametrize("cursor", ["x", "%00", "!!!!", "LTE", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5"])
def test_a_cursor_that_is_none_of_ours_is_refused(client, cursor):
    assert_problem(ask(client, "get", f"/tests/regions?cursor={cursor}"), 400, "core.cursor_invalid")


def test_a_change_under_an_old_version_is_a_conflict_that_shows_the_present_values(client):
    region = Region.objects.create(code="410303", name="西工区", level="district", path="410303/")
    address = f"/tests/regions/{region.public_id}?name="
    first = ask(client, "patch", address + "西工", **{"If-Match": '"1"'})
    assert (first.status_code, first["ETag"]) == (200, '"2"')
    body = assert_problem(ask(client, "patch", address + "涧西", **{"If-Match": '"1"'}), 409, "core.changed_meanwhile")
    assert body["theirs"] == {"name": "西工"}
    assert_problem(ask(client, "patch", address + "涧西", **{"If-Match": "abc"}), 400, "core.etag_invalid")
    assert ask(client, "patch", address + "涧西").status_code == 200


def test_a_request_with_a_key_is_carried_out_once_and_answered_the_same(client):
    answers = [ask(client, "post", "/tests/regions", NEW, **{"Idempotency-Key": "e7a1"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].content == answers[1].content
    assert Region.objects.count() == 1
    other = ask(client, "post", "/tests/regions", {**NEW, "name": "别的"}, **{"Idempotency-Key": "e7a1"})
    assert_problem(other, 409, "core.request_reused")


def test_a_key_belongs_to_its_post(client):
    TOKENS["second"] = replace(OFFICE, post_id=99)
    ask(client, "post", "/tests/regions", NEW, **{"Idempotency-Key": "1"})
    response = ask(client, "post", "/tests/regions", {**NEW, "code": "410304"}, "second", **{"Idempotency-Key": "1"})
    assert response.status_code == 200
    assert Region.objects.count() == 2
    del TOKENS["second"]


def test_a_request_done_whose_answer_was_lost_says_so(client):
    ask(client, "post", "/tests/regions", NEW, **{"Idempotency-Key": "1"})
    AnsweredRequest.objects.update(answer="")
    assert_problem(ask(client, "post", "/tests/regions", NEW, **{"Idempotency-Key": "1"}), 409, "core.answer_lost")
    assert Region.objects.count() == 1


def test_a_token_that_asks_too_often_is_told_when_to_come_back(client, monkeypatch):
    monkeypatch.setattr("guatu.core.api.RATE", (3, 3600))
    for _ in range(3):
        assert ask(client, "get", "/tests/regions").status_code == 200
    response = ask(client, "get", "/tests/regions")
    assert_problem(response, 429, "core.too_many")
    assert 0 < int(response["Retry-After"]) <= 3600


def test_the_description_names_every_refusal_and_its_form(client):
    described = client.get("/api/v1/openapi.json").json()
    for path, methods in described["paths"].items():
        for operation in methods.values():
            assert set(operation["responses"]) >= {"200", "400", "401", "403", "404", "409", "422", "429"}, path
            assert list(operation["responses"]["404"]["content"]) == ["application/problem+json"]
            assert operation["security"] == [{"TokenAuth": []}]


def test_the_products_own_api_joins_the_packages_routers(client, settings):
    settings.ROOT_URLCONF = "guatu.config.urls"
    described = client.get("/api/v1/openapi.json").json()
    assert "/api/v1/me" in described["paths"]
    body = ask(client, "get", "/me").json()
    assert body["post_kind"] == "office"
    assert "core.start_job" in body["rights"]
    assert "core.change_setting" not in body["rights"]
