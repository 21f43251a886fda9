"""Writing over the API: registering, entering into a list, page by page reading, once per Idempotency-Key."""

from datetime import date

import pytest
from django.test import Client

from guatu.core.models import TrailEntry
from guatu.library.models import ListEntry, Project
from guatu.people import actions as people
from tests.library.conftest import YI


@pytest.fixture
def ask(shelf):
    """A request with one token for each post."""
    secrets = {}

    def request(name, method, path, **words):
        if name not in secrets:
            actor, post = shelf.cast.actor(name), shelf.cast.post(name)
            secrets[name] = people.issue_token(actor=actor, post=post, name="test")[1]
        headers = {"Authorization": f"Bearer {secrets[name]}", **words.pop("headers", {})}
        return getattr(Client(), method)(f"/api/v1{path}", headers=headers, content_type="application/json", **words)

    return request


NEW = {
    "name": "锦堂里改造",
    "region": "410303",
    "total_investment": 3 * YI,
    "nature": "rebuild",
    "stage": "reserve",
    "stage_on": "2019-03-01",
}


def test_a_project_is_registered_once_per_key(shelf, ask):
    key = {"Idempotency-Key": "one"}
    first = ask("office", "post", "/projects", data=NEW, headers=key)
    assert first.status_code == 200
    entries = TrailEntry.objects.count()
    assert ask("office", "post", "/projects", data=NEW, headers=key).json() == first.json()
    assert (Project.objects.count(), TrailEntry.objects.count()) == (1, entries)
    project = Project.objects.get()
    assert (project.stage, project.stage_on) == ("reserve", date(2019, 3, 1))
    assert project.profiles.get().total_investment == 3 * YI
    assert ask("office", "post", "/projects", data=NEW).json()["code"] == "library.name_taken"


def test_what_may_not_be_registered_is_refused_and_nothing_is_stored(shelf, ask):
    for who, told, status in (
        ("reporter", NEW, 403),
        ("office", NEW | {"region": "999999"}, 404),
        ("office", NEW | {"stage": "dancing"}, 422),
        ("office", NEW | {"remark": "（涉密）"}, 422),
        ("office", {"region": "410303"}, 422),
    ):
        assert ask(who, "post", "/projects", data=told).status_code == status
    assert not Project.objects.exists()


def test_a_project_is_entered_and_read_page_by_page(shelf, ask):
    annual_list, names = shelf.list(), ["甲", "乙", "丙"]
    path = f"/lists/{annual_list.public_id}/entries"
    for name in names:
        told = {"project": str(shelf.project(name).public_id), "on": "2019-03-01", "planned_investment": YI}
        answer = ask("office", "post", path, data=told, headers={"Idempotency-Key": name})
        assert answer.json()["planned_investment"] == YI
        assert ask("office", "post", path, data=told, headers={"Idempotency-Key": name}).json() == answer.json()
    assert ListEntry.objects.count() == 3
    first = ask("office", "get", f"{path}?limit=2").json()
    second = ask("office", "get", f"{path}?limit=2&cursor={first['next']}").json()
    assert [entry["name"] for entry in first["entries"] + second["entries"]] == names
    assert second["next"] == ""
    assert first["list"]["planned_investment"] == 3 * YI
    assert ask("office", "get", "/lists").json()["items"][0]["projects"] == 3


def test_entries_are_not_written_beyond_ones_region_or_rights(shelf, ask):
    annual_list, project = shelf.list(), shelf.project("甲")
    path, told = f"/lists/{annual_list.public_id}/entries", {"project": str(project.public_id), "on": "2019-03-01"}
    assert ask("reporter", "post", path, data=told).status_code == 403
    assert ask("outsider", "post", path, data=told).status_code in (403, 404)
    wrong = ask("office", "post", path, data=told | {"kind": "dancing"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "library.setting_wrong")
    assert not ListEntry.objects.exists()
