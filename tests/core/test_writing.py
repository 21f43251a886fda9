"""Writing in one way: one action is one transaction and one chained entry; facts are closed, never overwritten."""

import logging
import sys
from datetime import date, datetime

import pytest
from django.db import connection

from guatu.core import clock, requests, rights, trail, writing
from guatu.core.actor import OPERATOR, Actor, Way
from guatu.core.changes import is_digest, trail_values
from guatu.core.ids import new_public_id
from guatu.core.logs import JsonFormatter
from guatu.core.models import SettingRow, TrailChange, TrailEntry
from guatu.core.refusals import Conflict, Refusal
from guatu.core.requests import AlreadyAnswered, once
from guatu.core.writing import action, current
from guatu.people.models import Region, User
from tests.architecture import code

rights.declare_scope("test_scope", "测试")
rights.declare("tests", {"tests.add_region": ("登记区划", {"office": "test_scope"})})


@action("tests.add_region", "登记区划")
def add_region(*, actor: Actor, code: str, name: str) -> Region:
    act = current()
    region = act.add(Region(code=code, name=name, level="district", path=code + "/"))
    act.about(region, name=name)
    return region


@action("tests.rename_region", "更名", right="tests.add_region")
def rename_region(*, actor: Actor, region: Region, seen: int, name: str) -> bool:
    current().about(region, name=name)
    return current().change(region, seen=seen, name=name)


@action("tests.set", "设置", right="tests.add_region")
def set_value(*, actor: Actor, value: object, on: date) -> bool:
    return current().record(SettingRow(name="x", value=value, effective_on=on))


@action("tests.both", "两步", right="tests.add_region")
def both(*, actor: Actor) -> None:
    add_region(actor=actor, code="410303", name="西工区")
    raise Refusal("core.too_many", seconds=1)


pytestmark = pytest.mark.django_db


def moment(day: str, hour: int = 9) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time().replace(hour=hour), clock.ZONE)


def test_an_action_leaves_one_entry_with_its_change_rows(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        region = add_region(actor=OPERATOR, code="410303", name="西工区")
    entry = TrailEntry.objects.get()
    assert (entry.action, entry.number, entry.subject_id) == ("tests.add_region", 1, str(region.public_id))
    assert TrailChange.objects.get().about_id == str(region.public_id)
    assert trail.verify().valid


def test_a_refused_action_leaves_nothing():
    with pytest.raises(Refusal):
        both(actor=OPERATOR)
    assert not Region.objects.exists()
    assert not TrailEntry.objects.exists()


def test_a_post_without_the_right_is_refused_and_nothing_is_written():
    with pytest.raises(Refusal) as refusal:
        add_region(actor=Actor(post_kind="reporter", way=Way.PAGE), code="410303", name="西工区")
    assert refusal.value.code == "core.not_allowed"
    assert not Region.objects.exists()
    add_region(actor=Actor(post_kind="office", way=Way.PAGE), code="410303", name="西工区")


def test_the_second_of_two_editors_is_shown_the_firsts_change():
    region = add_region(actor=OPERATOR, code="410303", name="西工区")
    other = Region.objects.get()
    rename_region(actor=OPERATOR, region=other, seen=1, name="西工")
    with pytest.raises(Conflict) as conflict:
        rename_region(actor=OPERATOR, region=region, seen=1, name="涧西")
    assert conflict.value.theirs == {"name": "西工"}
    assert Region.objects.get().name == "西工"


def test_a_fact_that_changes_is_closed_and_both_are_known_on_their_days():
    with clock.at(moment("2019-03-01")):
        assert set_value(actor=OPERATOR, value=1, on=date(2019, 1, 1))
    with clock.at(moment("2019-04-01")):
        assert not set_value(actor=OPERATOR, value=1, on=date(2019, 1, 1))
        assert set_value(actor=OPERATOR, value=2, on=date(2019, 1, 1))
        assert set_value(actor=OPERATOR, value=3, on=date(2019, 4, 1))
    as_of = SettingRow.objects.as_of
    assert [row.value for row in as_of(date(2019, 3, 31))] == [2]
    assert [row.value for row in as_of(date(2019, 3, 31), known=date(2019, 3, 31))] == [1]
    assert [row.value for row in as_of(date(2019, 12, 31))] == [3]
    assert [row.value for row in as_of(date(2019, 12, 31), known=date(2019, 2, 28))] == []


def test_as_booked_a_correction_counts_from_its_booking_and_restated_where_it_belongs():
    @action("tests.correct", "更正", right="tests.add_region")
    def correct(*, actor: Actor) -> None:
        march, april = date(2019, 3, 31), date(2019, 4, 10)
        current().record(SettingRow(name="x", value=100, effective_on=march))
        current().record(SettingRow(name="x", value=90, effective_on=march, booked_on=april))

    correct(actor=OPERATOR)
    as_of = SettingRow.objects.as_of
    assert as_of(date(2019, 3, 31)).get().value == 100
    assert as_of(date(2019, 3, 31), restated=True).get().value == 90
    assert as_of(date(2019, 4, 30)).get().value == 90


@pytest.mark.parametrize(
    ("statement", "first_bad"),
    [
        ("UPDATE core_trailentry SET reason = 'x' WHERE number = 2", 2),
        ("UPDATE core_trailchange SET \"values\" = '{}' WHERE sequence = 0", 1),
        ("DELETE FROM core_trailentry WHERE number = 3", 3),
        ("UPDATE core_trailentry SET number = number + 10 WHERE number = 2", 2),
        ("DELETE FROM core_trailchange", 1),
    ],
)
def test_what_is_done_to_the_trail_behind_the_products_back_is_found(
    statement, first_bad, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for code in ("410303", "410304", "410305"):
            add_region(actor=OPERATOR, code=code, name=code)
    assert trail.verify().as_json() == {"valid": True, "entries": 3, "first_bad": None, "why": ""}
    with connection.cursor() as cursor:
        cursor.execute(statement)
    verdict = trail.verify()
    assert not verdict.valid
    assert verdict.first_bad == first_bad


def test_of_two_that_send_the_same_request_at_once_the_second_gets_the_firsts_answer():
    actor = Actor(post_kind="office", way=Way.PAGE, request_id=new_public_id(), request_digest="d")

    def carry_out() -> str:
        add_region(actor=actor, code="410303", name="西工区")
        return "made"

    assert once(actor.request_id, actor, "d", carry_out) == "made"
    assert once(actor.request_id, actor, "d", carry_out) == "made"
    with pytest.raises(AlreadyAnswered):  # what the slower of two workers meets: it looked before the first was done
        add_region(actor=actor, code="410305", name="涧西区")
    assert [region.code for region in Region.objects.all()] == ["410303"]


def test_what_the_first_of_two_did_does_not_refuse_the_second(monkeypatch):
    """The slower looks before the first is done, then meets the first's region as one of that name."""
    actor = Actor(post_kind="office", way=Way.API, request_id=new_public_id(), request_digest="d")

    def carry_out() -> str:
        if Region.objects.filter(code="410303").exists():
            raise Refusal("core.value_wrong", field="区划", value="410303", why="已有")
        add_region(actor=actor, code="410303", name="西工区")
        return "made"

    assert once(actor.request_id, actor, "d", carry_out) == "made"
    looks, look = iter([None]), requests.earlier_answer
    monkeypatch.setattr(requests, "earlier_answer", lambda *asked: next(looks, look(*asked)))
    assert once(actor.request_id, actor, "d", carry_out) == "made"
    with pytest.raises(Refusal):
        once(new_public_id(), actor, "d", carry_out)


def test_a_fault_is_logged_by_place_and_kind_and_never_by_its_words():
    try:
        raise ValueError("张三 13800000000")
    except ValueError:
        record = logging.LogRecord("guatu.request", logging.ERROR, "", 0, "broken", None, sys.exc_info())
    line = JsonFormatter().format(record)
    assert "ValueError" in line
    assert "13800000000" not in line


def test_what_the_trail_hides_is_known_by_one_mark():
    user = User(username="x", name="某人", phone="13800000000", trail_salt="s")
    values = trail_values(user, ["phone", "is_active"])
    assert (is_digest(values["phone"]), is_digest(values["is_active"]), is_digest(None)) == (True, False, False)
    told = [module.where for module in code.written() if '"digest:"' in module.text]
    assert told == ["guatu/core/changes.py"]


def test_a_fact_that_somebody_else_records_at_the_same_moment_is_a_conflict(monkeypatch):
    set_value(actor=OPERATOR, value=1, on=date(2019, 3, 1))
    with monkeypatch.context() as patched:
        patched.setattr(writing, "_standing", lambda model, facts: {})  # nothing of the other was to be seen yet
        with pytest.raises(Conflict):
            set_value(actor=OPERATOR, value=2, on=date(2019, 3, 1))
    assert [row.value for row in SettingRow.objects.standing().filter(name="x")] == [1]
    assert set_value(actor=OPERATOR, value=2, on=date(2019, 3, 1))
