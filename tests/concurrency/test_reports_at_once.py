"""Two at once on PostgreSQL in reporting: a period closed meanwhile, a report begun by two, or taken back."""

import threading

import pytest
from django.db import connections

from guatu.core import trail, writing
from guatu.core.refusals import Conflict, Refusal
from guatu.figures.models import Snapshot
from guatu.library import actions as library
from guatu.library.models import AnnualList, ClosedPeriod
from guatu.reporting import actions
from guatu.reporting.actions import readings
from guatu.reporting.content import ReportContent
from guatu.reporting.models import Reading, Report
from tests.concurrency.test_two_at_once import _together
from tests.library.conftest import Shelf, at_day
from tests.reporting.test_review_corrections import MARCH, NAME, WAN, due, handed_in
from tests.reporting.workbooks import asked_unit
from tests.support.cast import make_cast

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office():
    """A unit that is asked for March's report, in April."""
    with at_day("2019-04-03"):
        shelf = Shelf(make_cast())
        asked_unit(shelf.cast, NAME)
        yield shelf


def close(shelf):
    return library.close_period(actor=shelf.head, annual_list=AnnualList.objects.get(), until=MARCH, reason="其余停工")


def test_what_is_recorded_while_a_period_is_closed_is_in_its_snapshot_or_booked_after_it(office, monkeypatch):
    row = actions.ReadingRow(project=handed_in(office, "2019-03", words="停工").project, on=MARCH, ytd=380 * WAN)
    booked, closed = threading.Event(), threading.Event()
    book = readings.book

    def slowly(facts):
        book(facts)
        booked.set()
        closed.wait(2)  # what waits for this one is not done before it ends

    monkeypatch.setattr(readings, "book", slowly)
    told = []

    def record():
        try:
            told.append(actions.record_readings(actor=office.office, rows=[row], source="月报"))
        finally:
            connections.close_all()

    thread = threading.Thread(target=record)
    thread.start()
    assert booked.wait(20)
    close(office)
    closed.set()
    thread.join()
    assert told
    fact = Reading.objects.get(truth="confirmed", effective_on=MARCH)
    facts = Snapshot.objects.get(kind="closing").facts.get(project_id=row.project.pk).facts
    assert fact.booked_on > MARCH or str(380 * WAN) in str(facts), facts


def test_of_two_who_begin_a_report_at_once_the_second_is_told(office):
    project = handed_in(office, "2019-02", words="停工").project

    def save(who, words):
        said = {"project": project, "expected": due("2019-03"), "content": ReportContent(words=words)}
        return actions.save_report(actor=office.cast.actor(who), **said)

    for _try in range(3):
        Report.objects.filter(period="2019-03").delete()
        answers = _together([lambda: save("reporter", "甲"), lambda: save("office", "乙")])
        assert sorted(type(answer).__name__ for answer in answers) == ["Conflict", "Report"], answers
    assert trail.verify().valid


def test_of_two_who_record_one_reading_at_once_the_second_is_told(office, monkeypatch):
    project = handed_in(office, "2019-03", words="停工").project
    gate, standing = threading.Barrier(2), writing._standing

    def together(model, facts):
        found = standing(model, facts)
        if model is Reading:
            gate.wait(20)
        return found

    monkeypatch.setattr(writing, "_standing", together)

    def record(amount):
        row = actions.ReadingRow(project=project, on=MARCH, ytd=amount * WAN)
        return actions.record_readings(actor=office.office, rows=[row], source="月报")

    answers = _together([lambda: record(380), lambda: record(390)])
    assert sorted(type(answer).__name__ for answer in answers) == ["Conflict", "ReadingsDone"], answers
    (refused,) = [answer for answer in answers if isinstance(answer, Conflict)]
    assert project.name in str(refused)
    assert Reading.objects.standing().filter(truth="confirmed", effective_on=MARCH).count() == 1
    assert trail.verify().valid


def test_a_period_is_closed_once_by_two_at_once(office):
    answers = _together([lambda: close(office), lambda: close(office)])
    (refused,) = [answer for answer in answers if isinstance(answer, Refusal)]
    assert refused.code == "library.closed_already"
    assert ClosedPeriod.objects.count() == Snapshot.objects.count() == 1


def test_a_report_that_is_taken_back_while_it_is_accepted_is_one_or_the_other(office):
    report = handed_in(office, "2019-03", ytd=380 * WAN)

    def fresh():
        return Report.objects.select_related("project__region", "unit").get(pk=report.pk)

    def check():
        row = fresh()
        return actions.check_reports(actor=office.cast.actor("reviewer"), reports=[(row, report.version)])

    def take_back():
        return actions.take_back_report(actor=office.cast.actor("reporter"), report=fresh(), seen=report.version)

    answers = _together([check, take_back])
    assert sum(isinstance(answer, Conflict | Refusal) for answer in answers) == 1, answers
    claimed = Reading.objects.filter(truth="claimed", effective_on=MARCH, superseded_at=None).exists()
    checked = Reading.objects.filter(truth="checked", effective_on=MARCH, superseded_at=None).exists()
    assert (fresh().state, claimed, checked) in [("draft", False, False), ("checked", True, True)]


def test_a_period_is_opened_again_once(office):
    closed = close(office)
    library.ask_reopening(actor=office.head, closed=closed, seen=closed.version, reason="漏报")

    def reopen():
        row = ClosedPeriod.objects.select_related("annual_list__region").get(pk=closed.pk)
        return library.reopen_period(actor=office.cast.actor("head"), closed=row, seen=closed.version)

    answers = _together([reopen, reopen])
    assert sum(isinstance(answer, Refusal) for answer in answers) == 1, answers
