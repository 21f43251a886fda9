"""What the district has of reports: a locked month with its bulletin, a stamped sheet that counted, a correction."""

from datetime import date

import pytest

from guatu.library.models import ClosedPeriod
from guatu.publishing.models import Bulletin
from guatu.reporting.models import Report, WorkbookReturn
from tests.demo.conftest import Built

pytestmark = pytest.mark.django_db


def test_a_month_is_locked_with_its_bulletin(built: Built):
    (closed,) = ClosedPeriod.objects.filter(annual_list__level="district")
    assert closed.until == date(2026, 6, 30)
    issued = Bulletin.objects.get(as_of=closed.until)
    assert (issued.state, issued.number) == ("issued", 6)
    assert all(row.state == "accepted" for row in Report.objects.filter(period="2026-06"))


def test_one_unit_approved_its_reports_by_a_stamped_sheet(built: Built):
    (stamped,) = WorkbookReturn.objects.filter(sent__paper=True)
    assert stamped.state == "merged"
    approved = Report.objects.filter(public_id__in=stamped.content["approved"])
    assert {(row.state, row.check_means) for row in approved} == {("checked", "stamped")}
