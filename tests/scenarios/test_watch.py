"""The watch of Luoyang 2020: its day and week tables say what the article printed on 9 March."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client

from guatu.core import clock
from guatu.core.actor import OPERATOR
from guatu.domain import watch
from guatu.reporting.models import Campaign
from guatu.reporting.queries.watches import open_days, standing
from guatu.reporting.watch.page import weeks

pytestmark = pytest.mark.django_db
TOLD = date(2020, 3, 9)
PRINTED = {"planned_to_resume": 331, "resumed": 313, "resumed_pct": "94.6", "workers_returned": 700, "vehicles": 60}
"""洛阳 2020, as the article prints them (vehicles: vehicle_passes_coordinated)."""


@pytest.fixture
def stands(loaded):
    return standing(OPERATOR, Campaign.objects.get(region__code="410300"), TOLD)


def made(stands, first, last):
    return watch.table(stands.fields, stands.members, stands.said, first, last)


def test_the_day_table_of_9_march_is_the_printed_one(stands):
    day = made(stands, TOLD, TOLD)
    assert (day.asked, day.values["resumed"]) == (PRINTED["planned_to_resume"], PRINTED["resumed"])
    assert (day.rate, f"{Decimal(day.rate).quantize(Decimal('0.1'))}") == (Decimal("94.56"), PRINTED["resumed_pct"])
    assert (day.said, day.missing) == (331, ())


def test_its_weeks_and_days_add_up_to_what_was_printed_until_then(stands):
    whole = made(stands, stands.campaign.starts_on, TOLD)
    assert (whole.values["workers"], whole.values["vehicles"]) == (PRINTED["workers_returned"], PRINTED["vehicles"])
    shown = weeks(stands, TOLD)
    assert [line.words for line in shown] == ["3月9日", "3月2日至3月8日", "2月24日至3月1日", "2月21日至2月23日"]
    names = [one.code for one in stands.fields if one.sums != "none"]
    by_week = [dict(zip(names, line.values, strict=True)) for line in shown]
    for code, total in (("workers", 700), ("vehicles", 60)):
        assert sum(int(values[code]) for values in by_week if values[code] != "—") == total
    days = [TOLD - timedelta(days=back) for back in range((TOLD - stands.campaign.starts_on).days + 1)]
    assert sum(made(stands, day, day).values["workers"] or 0 for day in days) == 700
    resumed = [int(values["resumed"]) for values in by_week]
    assert resumed == sorted(resumed, reverse=True)
    assert resumed[0] == 313


def test_the_page_shows_it_and_nothing_is_asked_after_the_end(loaded):
    from guatu.people.models import User

    client = Client()
    client.force_login(User.objects.get(username="luoyang-xiangmuban"))
    row = Campaign.objects.get(region__code="410300")
    page = unescape(client.get(f"/reports/watches/{row.public_id}/?day=2020-03-09").content.decode())
    for figure in ("已报 331/331", ">313</td>", "94.6%"):
        assert figure in page
    with clock.at(datetime.combine(row.ends_on + timedelta(days=4), time(9), clock.ZONE)):
        assert open_days(row) == ()
