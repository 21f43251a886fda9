"""Rows that are written once and for all: the trail's check holds them against what it keeps of them."""

from datetime import date

import pytest

from guatu.core import trail
from guatu.core.actor import OPERATOR
from guatu.core.models import TrailChange
from guatu.figures.actions import take_snapshot
from guatu.figures.models import Snapshot, SnapshotFact, SnapshotFigure

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(march, django_capture_on_commit_callbacks) -> Snapshot:
    with django_capture_on_commit_callbacks(execute=True):
        return take_snapshot(actor=OPERATOR, annual_list=march.annual_list, name="示例", as_of=date(2019, 3, 31))


def test_a_snapshot_is_one_line_of_the_trail_for_each_kind_of_row(kept):
    lines = TrailChange.objects.filter(kind="freeze").order_by("sequence")

    assert [line.model for line in lines] == ["figures.snapshotfact", "figures.snapshotfigure"]
    assert {line.about_id for line in lines} == {str(kept.public_id)}
    assert trail.verify().valid


def test_a_fact_that_was_altered_is_found(kept):
    row = SnapshotFact.objects.filter(snapshot=kept).first()
    SnapshotFact.objects.filter(pk=row.pk).update(facts=row.facts | {"total_investment": 1})

    verdict = trail.verify()

    assert (verdict.valid, verdict.why) == (False, "frozen")


def test_a_figure_that_was_taken_away_is_found(kept):
    SnapshotFigure.objects.filter(snapshot=kept).last().delete()

    assert trail.verify().why == "frozen"


def test_a_fact_that_was_put_in_later_is_found(kept):
    first = SnapshotFact.objects.filter(snapshot=kept).order_by("pk").first()
    SnapshotFact.objects.filter(pk=first.pk).update(id=10**6)

    assert trail.verify().why == "frozen"
