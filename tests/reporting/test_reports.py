"""A report's way from the unit to the office, and what of it counts at each step."""

from datetime import date

import pytest

from guatu.core import clock
from guatu.core.actor import OPERATOR
from guatu.core.refusals import Conflict, Refusal
from guatu.domain.periods import Period
from guatu.domain.rhythm import expected, read_rhythm
from guatu.domain.workdays import official_calendar
from guatu.library import actions as library
from guatu.library.models import AnnualList
from guatu.people import actions as people
from guatu.reporting import actions, queries
from guatu.reporting.choices import Means
from guatu.reporting.content import NodeSaid, ReportContent, from_json, to_json
from guatu.reporting.models import Report, ReportEdition
from tests.library.conftest import at_day

WAN = 10_000
WEEK = read_rhythm("week", {"fields": ["money", "words", "problem"], "closes": 4, "due": {"days": 1, "at": "17:00"}})
DAY = date(2019, 3, 28)


def asked(code: str = "2019-W13"):
    return expected(WEEK, Period.parse(code), official_calendar())


@pytest.fixture
def street(shelf):
    """A project of the housing bureau, with a figure of the year's first two months."""
    project = shelf.project(stage="started", stage_on=date(2019, 1, 10))
    shelf.enter(shelf.list(), project)
    housing = shelf.cast.unit("housing")
    library.assign(actor=shelf.office, project=project, role="responsible", unit=housing, on=date(2019, 1, 1))
    row = actions.ReadingRow(project=project, on=date(2019, 2, 28), ytd=300 * WAN)
    actions.record_readings(actor=shelf.office, rows=[row])
    project.refresh_from_db()
    return project


def submit(shelf, project, who="reporter", code="2019-W13", *, seen=None, **said):
    more = {name: said.pop(name) for name in ("means", "reason", "approver") if name in said}
    actor = shelf.cast.actor(who)
    content = ReportContent(**said)
    return actions.submit_report(
        actor=actor, project=project, expected=asked(code), content=content, seen=seen, **more
    )[0]


def ytd(project, truth):
    row = queries.readings_as_of([project.pk], DAY, truth=truth).get(project.pk)
    return row and row.ytd


def steps(project):
    return [ytd(project, truth) for truth in ("claimed", "checked", "confirmed")]


def check(shelf, report, who="reviewer", **more):
    report.refresh_from_db()
    return actions.check_reports(actor=shelf.cast.actor(who), reports=[(report, report.version)], **more)


def accept(shelf, report, who="office"):
    report.refresh_from_db()
    return actions.accept_reports(actor=shelf.cast.actor(who), reports=[(report, report.version)])


def test_what_was_claimed_checked_and_confirmed_stay_apart(shelf, street):
    report = submit(shelf, street, amount=80 * WAN, words="管网施工")
    assert steps(street) == [380 * WAN, 300 * WAN, 300 * WAN]
    check(shelf, report)
    assert steps(street) == [380 * WAN, 380 * WAN, 300 * WAN]
    accept(shelf, report)
    assert steps(street) == [380 * WAN] * 3
    report.refresh_from_db()
    assert (report.state, report.edition, report.on) == ("accepted", 1, DAY)


def test_who_handed_a_report_in_neither_checks_nor_accepts_it(shelf, street):
    report = submit(shelf, street, "office", amount=WAN, means=Means.PHONE)
    with pytest.raises(Refusal) as refused:
        check(shelf, report, "office")
    assert refused.value.code == "core.two_persons"
    check(shelf, report)
    with pytest.raises(Refusal) as refused:
        accept(shelf, report)
    assert refused.value.code == "core.two_persons"
    accept(shelf, report, "office_head")


def test_a_figure_said_by_phone_waits_until_the_unit_confirms_it(shelf, street):
    report = submit(shelf, street, "office", amount=WAN, means=Means.PHONE)
    assert report.to_confirm
    check(shelf, report)
    report.refresh_from_db()
    assert not report.to_confirm


def test_a_returned_report_claims_nothing_any_more_and_keeps_its_text(shelf, street):
    report = submit(shelf, street, amount=80 * WAN, words="管网施工")
    actions.return_report(actor=shelf.cast.actor("reviewer"), report=report, seen=report.version, reason="与监理单不符")
    assert steps(street) == [300 * WAN] * 3
    assert (report.state, report.returned_reason, report.content["words"]) == ("returned", "与监理单不符", "管网施工")
    again = submit(shelf, street, amount=70 * WAN, seen=report.version)
    assert (again.edition, again.returned_reason) == (2, "")
    assert list(ReportEdition.objects.order_by("number").values_list("content__amount", flat=True)) == [
        80 * WAN,
        70 * WAN,
    ]


def test_a_return_needs_a_reason(shelf, street):
    report = submit(shelf, street, amount=WAN)
    with pytest.raises(Refusal) as refused:
        actions.return_report(actor=shelf.cast.actor("reviewer"), report=report, seen=report.version, reason=" ")
    assert refused.value.code == "core.reason_missing"


def test_a_report_nobody_has_checked_can_be_taken_back(shelf, street):
    report = submit(shelf, street, amount=WAN)
    actions.take_back_report(actor=shelf.cast.actor("reporter"), report=report, seen=report.version)
    assert (report.state, steps(street)[0]) == ("draft", 300 * WAN)


def test_an_accepted_report_is_corrected_with_a_reason_and_counts_until_the_correction_is_accepted(shelf, street):
    report = submit(shelf, street, amount=80 * WAN)
    check(shelf, report)
    accept(shelf, report)
    report.refresh_from_db()
    with pytest.raises(Refusal) as refused:
        submit(shelf, street, amount=90 * WAN, seen=report.version)
    assert refused.value.code == "core.reason_missing"
    submit(shelf, street, amount=90 * WAN, seen=report.version, reason="漏填一笔")
    assert steps(street)[2] == 380 * WAN
    check(shelf, report)
    accept(shelf, report)
    assert steps(street)[2] == 390 * WAN


def test_a_stop_says_its_reason(shelf, street):
    with pytest.raises(Refusal) as refused:
        submit(shelf, street, same=True)
    assert refused.value.code == "reporting.same_without_reason"
    report = submit(shelf, street, same=True, same_reason="冬季停工")
    check(shelf, report)
    accept(shelf, report)
    assert steps(street) == [300 * WAN] * 3


def test_a_report_says_something(shelf, street):
    with pytest.raises(Refusal) as refused:
        submit(shelf, street)
    assert refused.value.code == "reporting.report_empty"
    assert not Report.objects.exists()


def test_two_who_write_one_report_see_each_other(shelf, street):
    saved = actions.save_report(
        actor=shelf.cast.actor("reporter"), project=street, expected=asked(), content=ReportContent(words="甲")
    )
    seen = saved.version
    actions.save_report(
        actor=shelf.cast.actor("office"), project=street, expected=asked(), content=ReportContent(words="乙"), seen=seen
    )
    with pytest.raises(Conflict) as conflict:
        submit(shelf, street, words="丙", seen=seen)
    assert conflict.value.theirs["content"] == {"words": "乙"}


def test_another_units_reporter_finds_nothing(shelf, street):
    with pytest.raises(Refusal) as refused:
        submit(shelf, street, "other_reporter", amount=WAN)
    assert refused.value.status == 404


def test_of_many_reports_all_are_checked_or_none(shelf, street):
    first = submit(shelf, street, amount=WAN)
    second = submit(shelf, street, code="2019-W12", amount=WAN)
    with pytest.raises(Refusal) as refused:
        actions.accept_reports(actor=shelf.office, reports=[(first, first.version), (second, second.version)])
    assert (refused.value.code, len(refused.value.items)) == ("reporting.some_refused", 2)
    reports = [(first, first.version), (second, second.version)]
    assert actions.check_reports(actor=shelf.cast.actor("reviewer"), reports=reports) == 2


def test_a_sum_that_falls_needs_a_reason_and_anothers_approval(shelf, street):
    with pytest.raises(Refusal) as refused:
        submit(shelf, street, ytd=200 * WAN)
    assert refused.value.code == "reporting.falls"
    report = submit(shelf, street, ytd=200 * WAN, reason="上月多报", approver=shelf.cast.post("head"))
    check(shelf, report)
    assert ytd(street, "checked") == 200 * WAN


def test_a_report_of_a_locked_week_is_booked_afterwards(shelf, street):
    report = submit(shelf, street, amount=80 * WAN)
    check(shelf, report)
    with at_day("2019-04-01"):
        annual = AnnualList.objects.get()
        library.close_period(actor=shelf.head, annual_list=annual, until=date(2019, 3, 31), reason="待采用")
        accept(shelf, report)
        assert ytd(street, "confirmed") == 300 * WAN
        booked = queries.readings_as_of([street.pk], date(2019, 4, 1))[street.pk]
        assert booked.ytd == 380 * WAN


def test_content_is_kept_as_it_was_said():
    from decimal import Decimal

    from guatu.domain.mix import InvestmentMix

    said = ReportContent(
        amount=5,
        mix=InvestmentMix(construction=3, other=2),
        percent=2810,
        nodes=(NodeSaid(node="a", started=DAY, forecast=DAY, reason="雨", quantity=Decimal("94.5")),),
        same=True,
        same_reason="停工",
    )
    assert from_json(to_json(said)) == said
    assert to_json(ReportContent()) == {}


def test_who_saw_no_report_overwrites_none_that_was_begun_meanwhile(shelf, street):
    reporter, office = shelf.cast.actor("reporter"), shelf.office
    said = {"project": street, "expected": asked()}
    actions.save_report(actor=reporter, content=ReportContent(words="管网施工"), **said)
    with pytest.raises(Conflict):
        actions.save_report(actor=office, content=ReportContent(words="停工"), **said)
    with pytest.raises(Conflict):
        submit(shelf, street, "office", words="停工")
    with pytest.raises(Conflict):
        actions.phone_in(
            actor=office, content=ReportContent(words="停工"), said_by="值班电话", said_at=clock.now(), **said
        )
    assert Report.objects.get().content == {"words": "管网施工"}


def test_what_the_office_entered_for_a_unit_is_not_confirmed_by_the_office(shelf, street):
    report = submit(shelf, street, "office", amount=WAN, means=Means.PHONE)
    with pytest.raises(Refusal) as refused:
        check(shelf, report, "office_head")
    assert refused.value.code == "reporting.phoned_open"
    check(shelf, report, "office_head", means=Means.STAMPED)
    assert steps(street)[1] == 301 * WAN


def test_of_a_unit_in_which_nobody_checks_the_office_accepts_what_was_said_by_phone(shelf, street):
    post = shelf.cast.post("reviewer")
    people.end_post(actor=OPERATOR, post=post, on=date(2019, 3, 30), reason="调离")
    report = submit(shelf, street, "office", amount=WAN, means=Means.PHONE)
    accept(shelf, report, "office_head")
    assert steps(street)[2] == 301 * WAN
