"""The library over the API and on the command line: the same rows, versions and refusals as on the pages."""

import json
from datetime import date

import pytest
from django.test import Client

from guatu.config.main import main
from guatu.core.actor import OPERATOR
from guatu.library import actions
from guatu.library.models import Project
from guatu.people import actions as people
from guatu.reporting import actions as reporting
from tests.library.conftest import YI

JAN = date(2019, 1, 1)


@pytest.fixture
def ask(shelf):
    """A request with the token of somebody's post."""

    def request(name, method, path, **words):
        _row, secret = people.issue_token(actor=shelf.cast.actor(name), post=shelf.cast.post(name), name="test")
        headers = {"Authorization": f"Bearer {secret}", **words.pop("headers", {})}
        return getattr(Client(), method)(f"/api/v1{path}", headers=headers, content_type="application/json", **words)

    return request


def test_the_api_lists_and_finds_what_the_post_may_see(shelf, ask):
    shelf.project("青桐路")
    shelf.project("梧桐路")
    shelf.project("邻区路", region="other_district")
    first = ask("office", "get", "/projects?limit=1").json()
    second = ask("office", "get", f"/projects?limit=1&cursor={first['next']}").json()
    assert [item["name"] for item in first["items"] + second["items"]] == ["青桐路", "梧桐路"]
    assert second["next"] == ""
    assert [item["name"] for item in ask("office", "get", "/projects?q=wtl").json()["items"]] == ["梧桐路"]
    assert ask("other_reporter", "get", "/projects").json()["items"] == []


def test_a_change_over_the_api_needs_the_version_that_was_seen(shelf, ask):
    project = shelf.project()
    path = f"/projects/{project.public_id}"
    etag = ask("office", "get", path)["ETag"]
    changed = ask("office", "patch", path, data={"scale": "3.2 公里"}, headers={"If-Match": etag})
    assert changed.json()["scale"] == "3.2 公里"
    again = ask("office", "patch", path, data={"scale": "4 公里"}, headers={"If-Match": etag})
    assert (again.status_code, again.json()["code"]) == (409, "core.changed_meanwhile")
    assert Project.objects.get().scale == "3.2 公里"
    assert ask("outsider", "patch", path, data={"scale": "5 公里"}).status_code == 404
    assert ask("office", "patch", path, data={"remark": "（涉密）"}).json()["code"] == "library.secret"


def test_the_entries_of_a_list_add_up_to_its_totals(shelf, ask):
    annual_list = shelf.list()
    shelf.enter(annual_list, shelf.project("甲"), shelf.project("乙"), plan=2 * YI)
    answer = ask("office", "get", f"/lists/{annual_list.public_id}/entries").json()
    assert answer["list"]["planned_investment"] == sum(row["planned_investment"] for row in answer["entries"]) == 4 * YI
    listed = ask("office", "get", "/lists").json()["items"]
    assert [(row["year"], row["projects"]) for row in listed] == [(2019, 2)]
    assert ask("outsider", "get", f"/lists/{annual_list.public_id}/entries").status_code == 404


def test_the_command_line_lists_the_lists(shelf, capsys):
    annual_list = shelf.list()
    shelf.enter(annual_list, shelf.project(total=28 * YI), plan=4 * YI)
    assert main(["lists", "--year", "2019", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["lists"]
    assert [(row["projects"], row["total_investment"], row["planned_investment"]) for row in rows] == [
        (1, 28 * YI, 4 * YI)
    ]
    assert main(["lists", "--year", "2018", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"lists": []}


def test_caches_that_went_wrong_are_found_and_put_right(shelf, capsys):
    project = shelf.project(stage="started", stage_on=date(2019, 2, 1))
    row = reporting.ReadingRow(project=project, on=date(2019, 2, 28), cumulative=YI)
    reporting.record_readings(actor=shelf.office, rows=[row])
    total = project.total_investment
    Project.objects.update(stage="idea", last_cumulative=7, total_investment=7)
    assert actions.check_caches(actor=OPERATOR) == {
        **{"projects": 1, "stage": 1, "codes": 0, "held": 1},
        "last_reading": 1,
    }
    project.refresh_from_db()
    assert (project.stage, project.last_cumulative, project.total_investment) == ("started", YI, total)
    assert main(["check-caches", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"projects": 1, "stage": 0, "codes": 0, "held": 0, "last_reading": 0}


def test_the_api_withholds_a_sensitive_project_from_other_people_and_says_how_many(shelf, ask):
    annual_list = shelf.list()
    shelf.enter(annual_list, shelf.project("甲"), shelf.project("某平台", secrecy="sensitive"), plan=2 * YI)
    asked = "year=2019&level=district&region=410303&as_of=2019-03-31&indicator=projects"
    for path, rows in ((f"/lists/{annual_list.public_id}/entries", "entries"), (f"/figures/rows?{asked}", "rows")):
        for name, seen, withheld in (("supervision", {"甲"}, 1), ("office", {"甲", "某平台"}, 0)):
            answer = ask(name, "get", path).json()
            assert {row["name"] for row in answer[rows]} == seen
            assert answer["withheld"] == withheld


@pytest.mark.parametrize(
    "body",
    [
        '{"jobs": 99999999999999999999999}',
        '{"longitude": 12345}',
        '{"name": null}',
        '{"scale": "\\ud800"}',
        '{"name": "a\\u0000b"}',
        '{"name": "%s"}' % ("名" * 300),
        '{"code": "%s"}' % ("x" * 300),
        '{"land_mu": 1e30}',
    ],
)
def test_what_no_column_can_hold_is_refused_by_name_and_changes_nothing(shelf, ask, body):
    project = shelf.project()
    answer = ask("office", "patch", f"/projects/{project.public_id}", data=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "library.value_wrong")
    assert Project.objects.get().version == project.version
