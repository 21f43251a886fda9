"""The command line and the API stand over the same rules as the pages."""

import argparse
import json

import pytest
from django.test import Client

from guatu.core.actor import OPERATOR
from guatu.core.refusals import Refusal
from guatu.people import actions, cli
from guatu.people.models import User


def run(*words):
    parser = argparse.ArgumentParser()
    cli.add_commands(parser.add_subparsers(required=True))
    args = parser.parse_args(words)
    return json.loads(json.dumps(args.run(args)))


def ask(path, secret):
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    return Client().get(f"/api/v1{path}", headers=headers)


@pytest.fixture
def secret(cast):
    return actions.issue_token(actor=OPERATOR, post=cast.post("office"), name="取数")[1]


def test_an_account_is_opened_with_its_post_or_not_at_all(cast):
    actions.add_post(
        actor=OPERATOR, kind="reporter", title="填报员", region=cast.region("district"), unit=cast.unit("street_office")
    )
    answer = run("users", "add", "xinren", "--name", "新人", "--into", "reporter:王城路街道办事处")
    user = User.objects.get(username="xinren")
    assert user.check_password(answer["first_password"])
    assert user.must_change_password
    assert user.posts.get().title == "填报员"
    with pytest.raises(Refusal) as refusal:
        run("users", "add", "another", "--name", "又一人", "--into", "reporter:王城路街道办事处")
    assert refusal.value.code == "people.post_held"
    assert not User.objects.filter(username="another").exists()


def test_the_command_line_acts_in_the_named_post(cast):
    with pytest.raises(Refusal) as refusal:
        run("users", "add", "xinren", "--name", "新人", "--as", "reporter")
    assert refusal.value.code in ("people.post_ambiguous", "core.not_allowed")
    with pytest.raises(Refusal) as refusal:
        run("users", "add", "xinren", "--name", "新人", "--as", "office:重点项目建设办公室")
    assert refusal.value.code == "core.not_allowed"
    titles = [post["title"] for post in run("posts", "list", "--as", "owner")["posts"]]
    assert titles == ["企业联系人"]
    assert all("****" in user["phone"] for user in run("users", "list")["users"])


def test_wrong_usage_is_exit_2():
    with pytest.raises(SystemExit) as stop:
        run("users", "add")
    assert stop.value.code == 2


def test_a_browsers_session_does_not_open_the_api(cast):
    assert cast.client("office").get("/api/v1/posts").status_code == 401


def test_a_token_from_the_command_line_answers_over_the_api(cast):
    made = run("token", "issue", "office:重点项目建设办公室", "--name", "取数")
    answer = ask("/me", made["token"])
    assert answer.status_code == 200
    assert answer.json()["post_kind"] == "office"
    assert "people.add_unit" in answer.json()["rights"]


@pytest.mark.parametrize("path", ["/me", "/posts", "/units", "/regions"])
def test_without_a_token_in_force_nothing_is_answered(cast, path):
    for wrong in ("", "guatu_x"):
        assert ask(path, wrong).status_code == 401


def test_pages_of_the_api_join_without_gap_or_repeat(cast, secret):
    seen, cursor, first = [], "", True
    while cursor or first:
        first = False
        page = ask(f"/posts?limit=5&cursor={cursor}", secret).json()
        seen.extend(item["public_id"] for item in page["items"])
        cursor = page["next"]
    within = [name for name in cast.posts if name not in ("superior", "outsider")]
    assert seen == [str(cast.post(name).public_id) for name in within]


def test_the_api_shows_what_the_post_may_see(cast, secret):
    names = {item["name"] for item in ask("/units", secret).json()["items"]}
    assert cast.unit("housing").name in names
    assert cast.unit("other_office").name not in names
    assert {item["code"] for item in ask("/regions", secret).json()["items"]} >= {"410303", "410300"}
