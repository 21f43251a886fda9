"""The district's watch: it runs on the last day, asks by the season, and has a few days of sheets."""

from datetime import timedelta

import pytest

from guatu.core.actor import OPERATOR
from guatu.demo.watches import deeds
from guatu.domain import watch
from guatu.reporting.choices import Means
from guatu.reporting.models import Campaign, CampaignDay
from guatu.reporting.queries.watches import standing
from tests.demo.conftest import TODAY

pytestmark = pytest.mark.django_db


def test_a_watch_runs_on_the_last_day_with_sheets_of_the_days_before(built):
    campaign = Campaign.objects.get()
    assert "汛期值守" in campaign.name
    assert campaign.starts_on < TODAY <= campaign.ends_on
    yesterday = standing(OPERATOR, campaign, TODAY - timedelta(days=1))
    made = watch.table(yesterday.fields, yesterday.members, yesterday.said, campaign.starts_on, TODAY)
    assert made.values["people"] > 0
    day = watch.table(yesterday.fields, yesterday.members, yesterday.said, *[TODAY - timedelta(days=1)] * 2)
    assert 0 < day.said <= day.asked
    assert Means.PHONE in set(CampaignDay.objects.values_list("means", flat=True))
    assert CampaignDay.objects.order_by("effective_on").last().effective_on == TODAY - timedelta(days=1)


def test_in_winter_it_is_work_that_is_to_begin_or_resume():
    ordered = deeds(TODAY.replace(month=2))[0]
    assert (ordered.ready, ordered.name) == ("resumption", "2026年开复工日调度（演示）")
