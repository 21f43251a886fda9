"""The district can be written at any date: the awkward ones of the calendar, each with its figures."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from guatu.core import clock
from guatu.demo.seasons import moment
from guatu.figures.queries.memo import forget
from guatu.library.choices import ListState
from guatu.library.models import AnnualList
from tests.demo.conftest import build_in, figures, planned

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("today", [date(2026, 12, 31), date(2027, 1, 1), date(2028, 2, 29)])
def test_a_district_is_written_at_any_today_and_agrees_with_its_plan(
    today: date, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    made = build_in(tmp_path, monkeypatch, today, size=6)
    forget()
    with clock.at(moment(today)):
        for day in (today, today - timedelta(days=60)):
            assert figures(day.year, ["district"], day) == planned(made, day.year, ["district"], day)
        this_year = AnnualList.objects.get(level="district", year=today.year)
        assert this_year.state == (ListState.PROVISIONAL if today.month == 1 else ListState.ISSUED)
