"""Two at once on PostgreSQL: the chain stays whole, and the second sees the first's change."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection, connections

from guatu.core import trail
from guatu.core.actor import OPERATOR
from guatu.core.refusals import Conflict
from guatu.library.actions import NewProject, RowChoice, decide_doubts, register_project
from guatu.library.models import ImportDecision, ImportDraft
from guatu.people.actions import ensure_region, rename_region
from guatu.people.models import Region
from tests.imports.drafts import draft
from tests.library.conftest import at_day
from tests.support.cast import make_cast

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def _together(works: list[Callable[[], object]]) -> list[object]:
    """Run all at the same moment, each on a connection of its own; exceptions are answers too."""
    gate = threading.Barrier(len(works))

    def run(work: Callable[[], object]) -> object:
        try:
            connection.ensure_connection()
            gate.wait(20)
            return work()
        except Exception as fault:
            return fault
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_entries_of_eight_at_once_stand_in_one_chain():
    ensure_region(actor=OPERATOR, code="410300", name="洛阳市", confirmed=True)
    codes = [f"4103{number:02}" for number in range(3, 11)]
    answers = _together([lambda code=code: ensure_region(actor=OPERATOR, code=code) for code in codes])
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    verdict = trail.verify()
    assert (verdict.valid, verdict.entries) == (True, 9), verdict


def test_of_two_who_decide_one_row_at_once_one_is_kept():
    with at_day("2019-04-15"):
        cast = make_cast()
        row = draft(cast, "office", "district")
        said = [RowChoice("甲", "甲", "new")]

        def decide(who: str, project: object = None) -> int:
            mine = [replace(said[0], choice="same", project=project)] if project else said
            fresh = ImportDraft.objects.get(pk=row.pk)
            return decide_doubts(actor=cast.actor(who), draft=fresh, seen={}, choices=mine)

        place = cast.region("district")
        known = register_project(actor=OPERATOR, row=NewProject(name="甲项目", region=place), on=date(2019, 1, 1))
        answers = _together([lambda: decide("office"), lambda: decide("office_head", known)])
    assert sorted(type(answer).__name__ for answer in answers) == ["Conflict", "int"]
    assert ImportDecision.objects.count() == 1
    assert trail.verify().valid


def test_of_two_who_edit_the_same_row_the_second_sees_the_firsts_change():
    region = ensure_region(actor=OPERATOR, code="410303", name="西工区", confirmed=True)

    def rename(name: str) -> bool:
        return rename_region(actor=OPERATOR, region=Region.objects.get(pk=region.pk), seen=region.version, name=name)

    first, second = _together([lambda: rename("甲区"), lambda: rename("乙区")])
    (conflict,) = [answer for answer in (first, second) if isinstance(answer, Conflict)]
    assert [answer for answer in (first, second) if answer is True] == [True]
    now = Region.objects.get(pk=region.pk)
    assert (conflict.theirs["name"], now.version) == (now.name, region.version + 1)
    assert trail.verify().valid
