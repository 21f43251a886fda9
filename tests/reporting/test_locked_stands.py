"""What a locked period counts stays as it was, at every step of truth, whoever takes what back afterwards."""

from datetime import date

import pytest

from guatu.library import actions as library
from guatu.library.models import AnnualList
from guatu.reporting import actions, queries
from guatu.reporting.content import ReportContent
from guatu.reporting.models import Reading
from tests.library.conftest import at_day
from tests.reporting.test_review_corrections import APRIL, MARCH, NAME, WAN, accepted, correct, due, handed_in, ytd
from tests.reporting.workbooks import asked_unit

FEBRUARY = date(2019, 2, 28)


@pytest.fixture
def told(shelf):
    """In April: a project with 300 万元 up to February and a report of March's 380, which nobody has checked."""
    with at_day("2019-04-03"):
        asked_unit(shelf.cast, NAME)
        report = handed_in(shelf, "2019-03", ytd=380 * WAN, words="管网施工")
        row = actions.ReadingRow(project=report.project, on=FEBRUARY, ytd=300 * WAN)
        actions.record_readings(actor=shelf.office, rows=[row])
        yield report


def lock(shelf, until=MARCH):
    library.close_period(actor=shelf.head, annual_list=AnnualList.objects.get(), until=until, reason="其余停工")


def steps(report, day=MARCH):
    return [ytd(report, day, truth=truth) for truth in ("claimed", "checked", "confirmed")]


def take_back(shelf, report):
    report.refresh_from_db()
    actions.take_back_report(actor=shelf.cast.actor("reporter"), report=report, seen=report.version)


def give_back(shelf, report):
    report.refresh_from_db()
    actions.return_report(actor=shelf.office, report=report, seen=report.version, reason="与监理单不符")


def again(shelf, code, report, **said):
    reporter, content = shelf.cast.actor("reporter"), ReportContent(**said)
    actions.submit_report(
        actor=reporter, project=report.project, expected=due(code), content=content, seen=report.version
    )


def test_what_is_taken_back_later_was_claimed_of_the_locked_period(shelf, told):
    lock(shelf)
    assert steps(told) == [380 * WAN, 300 * WAN, 300 * WAN]
    take_back(shelf, told)
    assert steps(told) == [380 * WAN, 300 * WAN, 300 * WAN]
    assert steps(told, APRIL) == [300 * WAN] * 3
    assert ytd(told, MARCH, truth="claimed", restated=True) == 300 * WAN


def test_what_the_office_returns_later_was_checked_of_the_locked_period(shelf, told):
    actions.check_reports(actor=shelf.cast.actor("reviewer"), reports=[(told, told.version)])
    lock(shelf)
    give_back(shelf, told)
    assert steps(told) == [380 * WAN, 380 * WAN, 300 * WAN]
    assert steps(told, APRIL) == [300 * WAN] * 3


def test_what_is_handed_in_again_counts_in_the_open_period_as_often_as_it_takes(shelf, told):
    lock(shelf)
    for amount in (370, 360):
        give_back(shelf, told)
        assert steps(told, APRIL) == [300 * WAN] * 3
        again(shelf, "2019-03", told, ytd=amount * WAN)
        assert steps(told) == [380 * WAN, 300 * WAN, 300 * WAN]
        assert steps(told, APRIL)[0] == amount * WAN
    accepted(shelf, told)
    assert steps(told) == [380 * WAN, 300 * WAN, 300 * WAN]
    assert steps(told, APRIL) == [360 * WAN] * 3


def test_the_first_report_of_all_returned_leaves_nothing_of_the_year(shelf, told):
    Reading.objects.filter(effective_on=FEBRUARY).delete()
    lock(shelf)
    give_back(shelf, told)
    assert (steps(told)[0], steps(told, APRIL)[0]) == (380 * WAN, 0)


def test_a_correction_returned_after_a_second_closing_stays_as_that_one_counted_it(shelf, told):
    accepted(shelf, told)
    lock(shelf)
    told.refresh_from_db()
    with at_day("2019-05-03"):
        carrier = correct(shelf, told)
        handed_in(shelf, "2019-04", amount=20 * WAN)
        lock(shelf, APRIL)
        carrier.refresh_from_db()
        give_back(shelf, carrier)
        assert steps(told, APRIL)[0] == 370 * WAN
        assert steps(told, date(2019, 5, 3)) == [380 * WAN] * 3
        row = queries.readings_as_of([told.project_id], MARCH, truth="claimed", restated=True)[told.project_id]
        assert row.ytd == 380 * WAN
