"""Who opens a snapshot: it holds a whole list, so it is not for those who see only some of its projects."""

import json
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from guatu.figures.actions import take_snapshot
from guatu.library import actions
from guatu.people import actions as people


@pytest.fixture
def kept(shelf):
    """A snapshot of a list in which the reporter's unit answers for one project of two."""
    annual_list = shelf.list()
    own = shelf.project("青桐路改造")
    shelf.enter(annual_list, own, shelf.project("别的单位的项目"))
    unit = shelf.cast.unit("housing")
    actions.assign(actor=shelf.office, project=own, role="responsible", unit=unit, on=date(2019, 1, 1))
    return take_snapshot(actor=shelf.office, annual_list=annual_list, name="三月会议", as_of=date(2019, 3, 31))


@pytest.mark.parametrize(
    ("name", "status"), [("office", 200), ("supervision", 200), ("reporter", 404), ("outsider", 404)]
)
def test_a_snapshot_opens_only_for_who_sees_its_whole_list(shelf, kept, name, status):
    client = shelf.cast.client(name)
    assert client.get(reverse("dispatch:snapshot", args=[kept.public_id])).status_code == status
    page = client.get(reverse("dispatch:snapshots"))
    assert page.status_code == 200
    assert ("三月会议" in page.content.decode()) is (status == 200)


def test_the_api_answers_alike(shelf, kept):
    for name, status in (("office", 200), ("reporter", 404)):
        _row, secret = people.issue_token(actor=shelf.cast.actor(name), post=shelf.cast.post(name), name="test")
        headers = {"Authorization": f"Bearer {secret}"}
        assert Client().get(f"/api/v1/snapshots/{kept.public_id}", headers=headers).status_code == status
        items = json.loads(Client().get("/api/v1/snapshots", headers=headers).content)["items"]
        assert len(items) == (1 if status == 200 else 0)


def test_the_api_gives_no_figures_of_a_list_in_which_the_post_has_nothing(shelf, kept):
    asked = "year=2019&level=district&region=410303&as_of=2019-03-31"
    for name, status in (("reporter", 200), ("other_reporter", 404)):
        _row, secret = people.issue_token(actor=shelf.cast.actor(name), post=shelf.cast.post(name), name="test")
        headers = {"Authorization": f"Bearer {secret}"}
        assert Client().get(f"/api/v1/figures?{asked}", headers=headers).status_code == status
