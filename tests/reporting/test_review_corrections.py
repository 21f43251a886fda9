"""A locked period is corrected in the next open one's report, and what was printed of it stays as it was."""

from datetime import date

import pytest

from guatu.core.models import TrailEntry
from guatu.core.refusals import Refusal
from guatu.core.writing import words_of
from guatu.domain.periods import Period
from guatu.domain.rhythm import expected, read_rhythm
from guatu.domain.workdays import official_calendar
from guatu.figures.models import Snapshot, SnapshotFigure
from guatu.figures.queries import ask, facts
from guatu.figures.queries.memo import forget
from guatu.library import actions as library
from guatu.library.models import AnnualList, Project
from guatu.publishing import actions as publishing
from guatu.publishing import issuing
from guatu.publishing.models import Bulletin, BulletinBinding
from guatu.reporting import actions, queries
from guatu.reporting.content import Correction, ReportContent, from_json, to_json
from guatu.reporting.models import Reading, Report
from tests.library.conftest import at_day
from tests.reporting.workbooks import RULE, asked_unit

WAN = 10_000
NAME = "青桐路快速化改造（一期）"
MARCH, APRIL = date(2019, 3, 31), date(2019, 4, 30)


def due(code):
    return expected(read_rhythm("month", RULE), Period.parse(code), official_calendar())


@pytest.fixture
def march(shelf):
    """March's report of one project is accepted with 380 万元 this year, and March is locked."""
    with at_day("2019-04-03"):
        asked_unit(shelf.cast, NAME)
        report = handed_in(shelf, "2019-03", ytd=380 * WAN, words="管网施工")
        accepted(shelf, report)
        library.close_period(actor=shelf.head, annual_list=AnnualList.objects.get(), until=MARCH, reason="其余停工")
        report.refresh_from_db()
        yield report


def handed_in(shelf, code, **said):
    more = {name: said.pop(name) for name in ("reason", "approver") if name in said}
    project = Project.objects.select_related("region", "unit").get(name=NAME)
    return actions.submit_report(
        actor=shelf.cast.actor("reporter"), project=project, expected=due(code), content=ReportContent(**said), **more
    )[0]


def accepted(shelf, report):
    for who, run in (("reviewer", actions.check_reports), ("office", actions.accept_reports)):
        report.refresh_from_db()
        run(actor=shelf.cast.actor(who), reports=[(report, report.version)])


def correct(shelf, report, ytd=350 * WAN, code="2019-04", reason="重复计列", **more):
    return actions.correct_locked(
        actor=shelf.cast.actor("reporter"), report=report, expected=due(code), reason=reason, ytd=ytd, **more
    )


def ytd(report, day, *, restated=False, truth="confirmed"):
    row = queries.readings_as_of([report.project_id], day, truth=truth, restated=restated).get(report.project_id)
    return row and row.ytd


def printed():
    rows = SnapshotFigure.objects.order_by("snapshot", "cut", "group", "indicator")
    return list(rows.values_list("snapshot", "cut", "group", "indicator", "value", "printed"))


def kept(bulletin):
    """A bulletin's row and every figure that it prints."""
    return (
        Bulletin.objects.filter(pk=bulletin.pk).values().get(),
        list(BulletinBinding.objects.filter(bulletin=bulletin).order_by("pk").values()),
    )


def test_a_report_of_a_locked_period_is_not_changed(shelf, march):
    with pytest.raises(Refusal) as refused:
        handed_in(shelf, "2019-03", ytd=350 * WAN, reason="重复计列")
    assert (refused.value.code, refused.value.status) == ("reporting.report_locked", 409)
    march.refresh_from_db()
    assert march.state == "accepted"


def test_a_correction_waits_in_the_next_report_and_counts_when_that_is_accepted(shelf, march):
    with at_day("2019-05-03"):
        carrier = correct(shelf, march)
        assert (carrier.period, carrier.state, ytd(march, MARCH, restated=True)) == ("2019-04", "draft", 380 * WAN)
        report = handed_in(shelf, "2019-04", amount=20 * WAN)
        assert report.pk == carrier.pk
        assert ytd(march, MARCH, restated=True) == 380 * WAN
        accepted(shelf, report)
        assert ytd(march, MARCH, restated=True) == 350 * WAN
        assert ytd(march, MARCH) == 380 * WAN
        assert ytd(march, APRIL) == 370 * WAN


def test_the_correcting_reading_names_the_locked_period_and_keeps_its_words(shelf, march):
    with at_day("2019-05-03"):
        correct(shelf, march)
        accepted(shelf, handed_in(shelf, "2019-04", amount=20 * WAN))
    row = Reading.objects.get(truth="confirmed", effective_on=MARCH, booked_on__gt=MARCH)
    assert (row.period, row.remark, row.words) == ("2019-03", "更正2019年3月：重复计列", "管网施工")
    assert (row.booked_on, row.source) == (date(2019, 4, 1), "2019年4月 月报中的更正")


def test_what_the_closing_kept_and_an_issued_bulletin_of_march_stay_for_ever(shelf, march):
    annual, before = AnnualList.objects.get(), printed()
    assert before
    draft = publishing.draft_bulletin(actor=shelf.office, kind="progress", lists=[annual], as_of=MARCH)
    issued = issuing.issue(shelf.head, draft, seen=draft.version, number=1)
    text = kept(issued)
    with at_day("2019-05-03"):
        correct(shelf, march)
        accepted(shelf, handed_in(shelf, "2019-04", amount=20 * WAN))
        assert printed()[: len(before)] == before
        assert kept(issued) == text
        library.close_period(actor=shelf.head, annual_list=annual, until=APRIL, reason="其余停工")
    assert Snapshot.objects.filter(kind="closing").count() == 2
    assert [row for row in printed() if row[0] == before[0][0]] == before


def test_a_returned_report_corrects_nothing_any_more(shelf, march):
    with at_day("2019-05-03"):
        correct(shelf, march)
        report = handed_in(shelf, "2019-04", amount=20 * WAN)
        claimed = Reading.objects.filter(truth="claimed", effective_on=MARCH, superseded_at__isnull=True)
        assert claimed.filter(booked_on__gt=MARCH).exists()
        actions.return_report(actor=shelf.cast.actor("reviewer"), report=report, seen=report.version, reason="补说明")
        assert list(claimed.values_list("booked_on", flat=True)) == [MARCH]
        assert from_json(report.content).corrects


def test_a_form_that_knows_nothing_of_corrections_keeps_them(shelf, march):
    with at_day("2019-05-03"):
        carrier = correct(shelf, march)
        actions.save_report(
            actor=shelf.cast.actor("reporter"),
            project=carrier.project,
            expected=due("2019-04"),
            content=ReportContent(words="路基"),
            seen=carrier.version,
        )
        stored = from_json(Report.objects.get(pk=carrier.pk).content)
    assert stored.words == "路基"
    assert stored.corrects == (Correction(period="2019-03", on=MARCH, ytd=350 * WAN, reason="重复计列"),)


def test_a_correction_is_changed_and_taken_out_before_it_is_handed_in(shelf, march):
    with at_day("2019-05-03"):
        correct(shelf, march)
        carrier = correct(shelf, march, 360 * WAN, reason="再核")
        assert [one.ytd for one in from_json(carrier.content).corrects] == [360 * WAN]
        carrier = correct(shelf, march, None, reason="不更正了")
        assert from_json(carrier.content).corrects == ()
        with pytest.raises(Refusal) as refused:
            correct(shelf, march, None)
        assert refused.value.code == "reporting.nothing_corrected"


def test_an_open_period_is_corrected_itself_and_a_locked_one_carries_nothing(shelf, march):
    with pytest.raises(Refusal) as refused:
        correct(shelf, march, code="2019-02")
    assert refused.value.code == "reporting.not_locked"
    with at_day("2019-05-03"):
        april = handed_in(shelf, "2019-04", amount=20 * WAN)
        with pytest.raises(Refusal) as refused:
            correct(shelf, march)
        assert refused.value.code == "reporting.report_state"
        accepted(shelf, april)
        april.refresh_from_db()
        with pytest.raises(Refusal) as refused:
            correct(shelf, april, code="2019-05")
    assert refused.value.code == "reporting.not_locked"


def test_a_correction_is_content_and_says_something():
    said = ReportContent(corrects=(Correction(period="2019-03", on=MARCH, percent=4200, reason="误填"),))
    assert said.says_anything
    assert from_json(to_json(said)) == said


def test_a_correction_that_waits_is_seen_among_what_is_claimed(shelf, march):
    """While what was confirmed of the locked day stands: apart from it, under the switch and in the list of reports."""
    with at_day("2019-05-03"):
        correct(shelf, march)
        handed_in(shelf, "2019-04")  # it says nothing of April
        assert (ytd(march, APRIL), ytd(march, APRIL, truth="claimed")) == (380 * WAN, 350 * WAN)
        forget()
        asked = [
            ask(shelf.office, [AnnualList.objects.get()], APRIL, truth=truth) for truth in ("confirmed", "claimed")
        ]
        assert [row.investment_to_date for one in asked for row in facts(one)] == [380 * WAN, 350 * WAN]
        listed = shelf.cast.client("office").get("/reports/list/?f.period=2019-04").content.decode()
        assert "更正的期间" in listed
        assert "2019年3月" in listed.split("<tbody")[-1]


@pytest.fixture
def april(shelf, march):
    """April is accepted with 400 万元 this year and locked after March."""
    with at_day("2019-05-03"):
        accepted(shelf, handed_in(shelf, "2019-04", amount=20 * WAN))
        library.close_period(actor=shelf.head, annual_list=AnnualList.objects.get(), until=APRIL, reason="其余停工")
    return march


def test_later_locked_months_move_by_the_same_difference_in_one_action(shelf, april):
    with at_day("2019-06-03"):
        carrier = correct(shelf, april, code="2019-05", onward=True)
        said = [(one.period, one.ytd) for one in from_json(carrier.content).corrects]
        assert said == [("2019-03", 350 * WAN), ("2019-04", 370 * WAN)]
        entry = TrailEntry.objects.order_by("number").last()
        assert words_of(entry) == f"更正“{NAME}”2019年3月、2019年4月填报"
        accepted(shelf, handed_in(shelf, "2019-05", amount=10 * WAN))
        sums = [ytd(april, day, restated=True) for day in (MARCH, APRIL, date(2019, 5, 31))]
        assert sums == [350 * WAN, 370 * WAN, 380 * WAN]
        assert [ytd(april, day) for day in (MARCH, APRIL)] == [380 * WAN, 400 * WAN]


def test_the_later_months_are_taken_out_with_it_and_none_falls_below_nothing(shelf, april):
    with at_day("2019-06-03"):
        correct(shelf, april, code="2019-05", onward=True)
        carrier = correct(shelf, april, None, code="2019-05", onward=True, reason="不更正了")
        assert from_json(carrier.content).corrects == ()
        Reading.objects.filter(effective_on=APRIL).update(ytd=10 * WAN)
        with pytest.raises(Refusal) as refused:
            correct(shelf, april, code="2019-05", onward=True)
    assert (refused.value.code, refused.value.params["period"]) == ("reporting.cannot_move", "2019年4月")


def test_the_page_names_the_later_months_and_asks(shelf, april):
    with at_day("2019-06-03"):
        client = shelf.cast.client("reporter")
        address = f"/reports/report/{april.public_id}/correct/"
        shown = client.get(address).content.decode()
        assert "其后还有 1 期已锁定" in shown
        assert "2019年4月：本年完成 400" in shown
        said = {"ytd": "350", "ytd_unit": "wan", "percent": "", "reason": "重复计列"}
        asked = client.post(address, said)
        assert (asked.status_code, "请选定其后各期动不动" in asked.content.decode()) == (422, True)
        assert client.post(address, said | {"onward": "move"}).status_code == 302
    carrier = Report.objects.get(period="2019-05")
    assert [one.period for one in from_json(carrier.content).corrects] == ["2019-03", "2019-04"]
