"""Taking back what one has just done: by oneself, under the same right, while nothing later stands on it."""

from datetime import date

import pytest
from django.urls import reverse

from guatu.core import actions as core
from guatu.core.models import TrailEntry
from guatu.core.refusals import Refusal
from guatu.core.undoable import UNDOABLE
from guatu.core.writing import ACTIONS
from guatu.library import actions
from guatu.library.choices import ListState
from guatu.library.models import AnnualList, Project
from guatu.library.queries.assignments import holders_of
from guatu.library.queries.projects import profiles_as_of
from tests.library.conftest import YI

JAN = date(2019, 1, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def street(shelf) -> Project:
    return shelf.project()


def last(action: str = "") -> TrailEntry:
    rows = TrailEntry.objects.filter(action=action) if action else TrailEntry.objects.all()
    entry = rows.order_by("-number").first()
    assert entry is not None
    return entry


def change(shelf, street, **values):
    actions.change_project(actor=shelf.office, project=street, seen=None, values=values)
    return last("library.change_project")


def test_every_kind_that_may_be_undone_is_an_action_of_its_own():
    assert set(UNDOABLE) <= set(ACTIONS)


def test_a_change_is_taken_back_and_both_stay_in_the_trail(shelf, street):
    entry = change(shelf, street, scale="3.2 公里", remark="新备注")
    core.undo(actor=shelf.office, entry=entry)
    street.refresh_from_db()
    assert (street.scale, street.remark) == ("", "")
    assert TrailEntry.objects.filter(pk=entry.pk).exists()
    assert last().action == "core.undo"
    assert last().subject_id == str(street.public_id)


def test_facts_that_an_assignment_or_a_profile_superseded_stand_again(shelf, street):
    bureau, other = shelf.cast.unit("housing"), shelf.cast.unit("commerce")
    actions.assign(actor=shelf.office, project=street, role="responsible", unit=bureau, on=JAN)
    actions.assign(actor=shelf.office, project=street, role="responsible", unit=other, on=JAN)
    core.undo(actor=shelf.office, entry=last("library.assign"))
    assert [row.unit for row in holders_of([street.pk], JAN)[street.pk] if row.role == "responsible"] == [bureau]
    actions.set_profile(actor=shelf.office, project=street, on=JAN, values={"total_investment": 9 * YI})
    core.undo(actor=shelf.office, entry=last("library.set_profile"))
    assert profiles_as_of([street.pk], JAN)[street.pk].total_investment == 10 * YI


def test_a_stage_is_taken_back_with_what_the_project_shows(shelf, street):
    before = street.stage
    actions.change_stage(actor=shelf.office, project=street, seen=None, stage="preliminary", on=date(2019, 2, 1))
    core.undo(actor=shelf.office, entry=last("library.change_stage"))
    street.refresh_from_db()
    assert street.stage == before


def test_a_list_and_a_project_made_in_error_go_out_of_use_until_something_builds_on_them(shelf):
    made = shelf.list(2018)
    core.undo(actor=shelf.office, entry=last("library.make_list"))
    assert AnnualList.objects.filter(pk=made.pk, withdrawn=True).exists()
    street = shelf.project()
    entry = last("library.register_project")
    change(shelf, street, scale="3.2 公里")
    with pytest.raises(Refusal) as refused:
        core.undo(actor=shelf.office, entry=entry)
    assert refused.value.code == "core.undo_blocked"
    core.undo(actor=shelf.office, entry=last("library.change_project"))
    core.undo(actor=shelf.office, entry=entry)
    assert Project.objects.get(pk=street.pk).withdrawn


def test_what_stands_in_the_way_is_named_with_who_and_when(shelf, street):
    entry = change(shelf, street, scale="3.2 公里")
    actions.change_project(actor=shelf.head, project=street, seen=None, values={"scale": "4 公里"})
    with pytest.raises(Refusal) as refused:
        core.undo(actor=shelf.office, entry=entry)
    assert refused.value.code == "core.undo_blocked"
    said = refused.value.items[0]["message"]
    assert street.name in said
    assert shelf.head.label in said
    assert "修改项目信息" in said
    street.refresh_from_db()
    assert street.scale == "4 公里"


def test_only_one_s_own_once_and_never_what_has_no_undo(shelf, street):
    entry = change(shelf, street, scale="3.2 公里")
    with pytest.raises(Refusal) as refused:
        core.undo(actor=shelf.head, entry=entry)
    assert refused.value.code == "core.undo_not_own"
    core.undo(actor=shelf.office, entry=entry)
    with pytest.raises(Refusal) as refused:
        core.undo(actor=shelf.office, entry=entry)
    assert refused.value.code == "core.undo_done"
    with pytest.raises(Refusal) as refused:
        core.undo(actor=shelf.office, entry=last("core.undo"))
    assert refused.value.code == "core.undo_unknown"


def test_a_change_of_personal_values_is_not_pretended_to_be_restored(shelf, street):
    change(shelf, street, contact="王某", contact_phone="0379-60000001")
    entry = change(shelf, street, contact="李某")
    with pytest.raises(Refusal) as refused:
        core.undo(actor=shelf.office, entry=entry)
    assert "个人信息" in refused.value.items[0]["message"]
    street.refresh_from_db()
    assert street.contact == "李某"


def test_locked_figures_forbid_it(shelf, street):
    annual = shelf.list(2019)
    shelf.enter(annual, street)
    entry = last("library.put_entry") if TrailEntry.objects.filter(action="library.put_entry") else None
    actions.set_profile(actor=shelf.office, project=street, on=date(2019, 1, 5), values={"total_investment": 9 * YI})
    entry = last("library.set_profile")
    assert annual.state in ListState.values
    actions.close_period(actor=shelf.head, annual_list=annual, until=date(2019, 1, 31))
    with pytest.raises(Refusal) as refused:
        core.undo(actor=shelf.office, entry=entry)
    assert any("锁定" in item["message"] for item in refused.value.items)


def test_the_note_after_a_change_and_the_history_offer_it_and_the_page_does_it(shelf, street):
    client = shelf.cast.client("office")
    address = reverse("library:change", args=[street.public_id])
    form = client.get(address).context["form"]
    data = {name: value for name, value in form.initial.items() if value not in (None, "", False)}
    page = client.post(address, data | {"scale": "3.2 公里"}, follow=True).content.decode()
    undo = reverse("core:undo", args=[last().pk])
    assert f'action="{undo}"' in page
    here = reverse("library:project", args=[street.public_id])
    assert undo in client.get(here, {"tab": "history"}).content.decode()
    assert undo not in shelf.cast.client("office_head").get(here, {"tab": "history"}).content.decode()
    assert shelf.cast.client("office_head").get(undo).status_code == 404
    assert "撤销后恢复到办理之前" in client.get(undo).content.decode()
    done = client.post(undo, {"next": here}, follow=True)
    assert done.redirect_chain[0][0] == here
    assert "已撤销：修改项目信息" in done.content.decode()
    assert Project.objects.get(pk=street.pk).scale == ""
    assert undo not in client.get(here, {"tab": "history"}).content.decode()
    assert client.post(undo, {"next": "//elsewhere.example/"}).status_code == 409
