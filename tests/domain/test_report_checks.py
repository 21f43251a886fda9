"""Checks of reports: the worked table, and that a question never hides an error."""

import pytest

from guatu.domain.mix import InvestmentMix
from guatu.domain.report_checks import Before, Limits, Told, check_report, ytd_of
from tests.domain.worked import row_name, worked

WAN = 10_000
PARTS = ("construction", "installation", "equipment", "other")


def values(text):
    found = {}
    for pair in text.split():
        name, value = pair.split("=")
        numbers = [int(one) for one in value.split(",")]
        factor = 100 if name == "percent" else 1 if name in ("started", "finished", "begun") else WAN
        found[name] = [one * factor for one in numbers] if name == "recent" else numbers[0] * factor
    return found


def told(text):
    said = values(text)
    parts = {name: said.pop(name) for name in PARTS if name in said}
    return Told(**said, mix=InvestmentMix(**parts))


@pytest.mark.parametrize("row", worked("report_checks", "Checks"), ids=row_name)
def test_what_is_said_of_a_report(row):
    found = check_report(told(row["told"]), Before(**values(row["before"])))
    assert " ".join(one.code + "!" * one.stops for one in found) == row["codes"]


def test_errors_stand_before_questions():
    found = check_report(told("amount=-5 percent=30"), Before(percent=3500))
    assert [one.stops for one in found] == [True, False]


def test_limits_are_data():
    assert not check_report(told("amount=241"), Before(recent=[70 * WAN, 90 * WAN]), Limits(jump_times=4))


def test_this_years_sum_follows_from_the_whole_one():
    assert ytd_of(told("cumulative=950"), Before(ytd=300 * WAN, cumulative=900 * WAN)) == 350 * WAN
