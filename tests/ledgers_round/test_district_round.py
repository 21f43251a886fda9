"""Every list of the demonstration district, of any day, comes back from its workbook unchanged."""

from collections.abc import Iterator
from datetime import date

import pytest

from guatu.core import clock
from guatu.core.refusals import Refusal
from guatu.demo.bodies import REGION
from guatu.demo.seasons import moment
from guatu.domain.money import MoneyUnit
from guatu.library.models import AnnualList, ListEntry, Project
from guatu.reporting.choices import Basis, Truth
from guatu.reporting.compute import year_end
from guatu.reporting.queries import series_of, year_ends
from tests.demo.conftest import TODAY, Built
from tests.imports.conftest import Desk, codes, counts
from tests.ledgers_round.test_plan_round import export

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with clock.at(moment(TODAY)):
        yield


@pytest.mark.parametrize("unit", [MoneyUnit.WAN, MoneyUnit.YI])
def test_every_list_of_the_district_comes_back_unchanged(built: Built, unit: MoneyUnit, tmp_path):
    lists = list(AnnualList.objects.select_related("region").order_by("year", "level"))
    assert len(lists) >= 9
    for row in lists:
        days = (date(row.year, 1, 1), date(row.year, 3, 31), date(row.year, 8, 1), date(row.year, 12, 31))
        for day in {min(day, clock.today()) for day in days}:
            desk = Desk(tmp_path)
            data = export(row, day, unit)
            report = desk.preview(data, year=row.year, level=row.level, region=REGION)
            entries = ListEntry.objects.filter(annual_list=row).as_of(day, restated=True)
            held = sum(entry.listed for entry in entries)
            assert codes(report.answer["errors"]) == ([] if held else ["no_rows"])
            assert counts(report.answer) == (0, 0, held), (row.name, day, report.lines)
            assert [issue for issue in report.answer["warnings"] if issue["code"].startswith("total_")] == []
            assert (report.answer["new_units"], report.answer["new_leaders"]) == ([], [])


def test_the_amounts_of_all_years_ends_are_those_of_each_project(built: Built):
    ids = list(Project.objects.values_list("pk", flat=True))
    series = series_of(ids, basis=Basis.DISPATCH, truth=Truth.CONFIRMED, day=TODAY)
    for year in (2024, 2025, 2026, 2027):
        each = {key: amount for key in ids if (amount := year_end(series[key], year)) is not None}
        assert year_ends(ids, year) == each
    assert year_ends(ids, 2026)


def test_no_print_is_of_a_day_to_come(built: Built):
    with pytest.raises(Refusal) as refused:
        export(AnnualList.objects.filter(year=TODAY.year).first(), date(TODAY.year, 12, 31), MoneyUnit.WAN)
    assert refused.value.code == "reporting.day_ahead"
