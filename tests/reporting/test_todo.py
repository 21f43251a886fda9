"""What waits of progress: the month that is cut off, and until when it is due."""

from datetime import date

import pytest

from guatu.core.actions import change_setting
from guatu.core.actor import OPERATOR
from guatu.core.refusals import Refusal
from guatu.library.models import AnnualList
from guatu.reporting import actions, todo
from guatu.reporting.compute import ReadingRow
from tests.library.conftest import at_day


@pytest.fixture
def running(shelf):
    """One project on this year's list, which closes on the 25th; nothing reported."""
    annual_list, project = shelf.list(), shelf.project("甲路", stage="under_construction", stage_on=date(2019, 1, 2))
    shelf.enter(annual_list, project)
    AnnualList.objects.filter(pk=annual_list.pk).update(cut_off_day=25)
    return project


def due(shelf, day):
    with at_day(day):
        return [(item.due, item.note) for item in todo.missing_progress(shelf.office)]


def test_the_month_that_is_cut_off_is_waited_for(shelf, running):
    assert due(shelf, "2019-03-24") == [(date(2019, 3, 2), "没有 2月 的进度数据")]
    assert due(shelf, "2019-03-25") == [(date(2019, 3, 30), "没有 3月 的进度数据")]
    actions.record_readings(actor=shelf.office, rows=[ReadingRow(project=running, on=date(2019, 3, 25), ytd=0)])
    assert due(shelf, "2019-03-31") == []
    assert due(shelf, "2019-01-24") == []  # the December before is no month of this list


def test_a_region_sets_its_own_days_of_grace(shelf, running):
    change_setting(actor=OPERATOR, name="reporting.grace_days", value=3, region_id=running.region_id)
    assert due(shelf, "2019-03-31") == [(date(2019, 3, 28), "没有 3月 的进度数据")]
    with pytest.raises(Refusal):
        change_setting(actor=OPERATOR, name="reporting.grace_days", value=-1)
