"""What the rules in force ask of units in a month, and what is said where the cap is passed."""

from datetime import date

import pytest

from guatu.core import clock
from guatu.core.actions import change_setting
from guatu.core.actor import OPERATOR
from guatu.domain.burden import Burden
from guatu.domain.periods import Period
from guatu.library.models import Project
from guatu.people.models import Unit
from guatu.reporting.models import ReportRule
from guatu.reporting.rhythm.load import month_burden
from tests.reporting.workbooks import asked_unit

WEEK = {"fields": ["money", "words", "problem"], "closes": 4, "due": {"days": 1, "at": "17:00"}}


@pytest.fixture
def bureau(shelf):
    """Two projects that report four cells by the month and three by the week, since January."""
    unit = asked_unit(shelf.cast, "甲路", "乙路")
    ReportRule.objects.create(
        region=shelf.cast.region(), code="week", name="周报", edition=1, kind="week", state="in_force",
        rule=WEEK, valid_from=date(2019, 1, 1),
    )  # fmt: skip
    return unit


def weighed(actor, code="2019-03"):
    return month_burden(actor, Period.parse(code), clock.today())


def test_a_unit_is_asked_by_every_period_whose_day_lies_in_the_month(shelf, bureau):
    (one,) = weighed(shelf.office).units
    # four Thursdays of March and the month itself, for two projects: (4 × 3 + 4) × 2 cells of 25 seconds
    assert (one.name, one.projects, one.asked) == (bureau.name, 2, Burden(10, 32, 0, 40, 800))
    (one,) = weighed(shelf.office, "2019-05").units
    assert one.asked.reports == 12  # five Thursdays


def test_over_the_cap_is_said_with_what_to_drop(shelf, bureau):
    region = shelf.cast.region()
    client = shelf.cast.client("office")
    assert "还没有设每月上限" in client.get("/reports/burden/").content.decode()
    change_setting(actor=OPERATOR, name="reporting.burden_cap", value=11, region_id=region.pk)
    (one,) = weighed(shelf.office).units
    assert (one.asked.minutes, one.over, [drop.field for drop in one.drops]) == (14, 3, ["words"])
    shown = client.get("/reports/burden/?month=2019-03").content.decode()
    assert "超 3 分钟：“周报”不问工程进展（一句话），可省 3 分钟" in shown
    change_setting(actor=OPERATOR, name="reporting.burden_cap", value=14, region_id=region.pk)
    assert "各单位都在每月 14 分钟的上限以内" in client.get("/reports/burden/?month=2019-03").content.decode()


def test_a_unit_sees_its_own_load_only(shelf, bureau):
    assert [one.name for one in weighed(shelf.cast.actor("reporter")).units] == [bureau.name]
    assert weighed(shelf.cast.actor("other_reporter")).units == []


def test_nothing_is_asked_before_the_rules(shelf, bureau):
    ReportRule.objects.update(valid_from=date(2019, 3, 20))
    (one,) = weighed(shelf.office).units
    assert one.asked.reports == 6  # two Thursdays and the month
    assert weighed(shelf.office, "2019-02").units == []


def test_each_unit_is_weighed_by_its_own_regions_settings(shelf, bureau):
    city, district = shelf.cast.region("city"), shelf.cast.region()
    client = shelf.cast.client("office")
    for name, value in (("reporting.burden_cap", 11), ("reporting.seconds_cell", 30)):
        change_setting(actor=OPERATOR, name=name, value=value, region_id=district.pk)
    change_setting(actor=OPERATOR, name="reporting.burden_cap", value=60, region_id=city.pk)
    Unit.objects.filter(pk=bureau.pk).update(region=city)
    shown = weighed(shelf.office)
    (one,) = shown.units
    assert (one.cap, one.asked.minutes, one.over, shown.cap, shown.costs.cell) == (60, 14, 0, 60, 25)
    Project.objects.filter(name="乙路").update(unit=None)  # it is weighed by its own region
    own, lone = weighed(shelf.office).units
    assert [(each.cap, each.costs.cell) for each in (own, lone)] == [(60, 25), (11, 30)]
    page = client.get("/reports/burden/?month=2019-03").content.decode()
    assert "各单位都在所在区划的每月上限以内" in page
    assert "按各区划设定的秒数估算" in page
