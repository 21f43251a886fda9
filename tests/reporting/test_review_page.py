"""One report as a page: beside the period before, its way and editions, who may do what; a stand-in during leave."""

from datetime import date, timedelta

import pytest

from guatu.core import clock, rights
from guatu.core.models import Attachment, TrailEntry
from guatu.library import actions as library
from guatu.library.models import AnnualList
from guatu.people import actions as people
from guatu.people.session import choices_of
from guatu.reporting import actions
from guatu.reporting.content import ReportContent
from guatu.reporting.models import Evidence, EvidenceFinding, Report
from guatu.reporting.review.page import page_of
from tests.library.conftest import at_day
from tests.reporting.test_review import NAMES, WAN, april, handed_in, state, value
from tests.reporting.test_review_corrections import due

__all__ = ["april"]


def shown(shelf, report, who="reviewer"):
    report.refresh_from_db()
    return page_of(shelf.cast.actor(who), Report.objects.select_related("project__region", "unit").get(pk=report.pk))


def can(shelf, report, who):
    return {name for name, may in shown(shelf, report, who)["can"].items() if may}


def address(report, tail=""):
    return f"/reports/report/{report.public_id}/{tail}"


def test_what_it_says_stands_beside_the_report_before(april):
    handed_in(april, code="2019-02", amount=50 * WAN, words="拆迁", percent=2000)
    report = handed_in(april, percent=2810, problem="管线")
    found = {str(line.label): (line.now, line.before) for line in shown(april, report)["lines"]}
    assert found["形象进度"] == ("管网施工", "拆迁")
    assert found["形象进度百分比"] == ("28.1%", "20%")
    assert found["存在问题"] == ("管线", "")


def test_without_a_report_before_the_last_figures_stand_beside_it(april):
    report = handed_in(april)
    found = {str(line.label): (line.now, line.before) for line in shown(april, report)["lines"]}
    assert found["本期完成投资"] == ("80 万元", "200 万元")
    assert found["本年完成投资"] == ("", "300 万元")


def test_each_post_is_offered_what_it_may_do(april):
    report = handed_in(april)
    assert can(april, report, "reporter") == {"take_back"}
    assert can(april, report, "reviewer") == {"check", "return"}
    assert can(april, report, "office") == {"take_back", "stamped", "return"}
    actions.check_reports(actor=april.cast.actor("reviewer"), reports=[(report, report.version)])
    assert can(april, report, "reviewer") == set()
    assert can(april, report, "office") == {"accept", "return"}
    assert can(april, report, "head") == set()


def test_its_way_names_posts_days_and_means(april):
    report = handed_in(april)
    actions.return_report(actor=april.cast.actor("reviewer"), report=report, seen=report.version, reason="补说明")
    again = handed_in(april, amount=70 * WAN, seen=report.version)
    found = shown(april, again)
    assert [(step.words, step.state) for step in found["steps"]] == [
        ("填报（第 1 次）", "done"),
        ("退回", "done"),
        ("填报（第 2 次）", "done"),
        ("单位审核", "now"),
        ("项目办采用", "to-come"),
    ]
    assert "责任单位填报员" in found["steps"][0].by
    (edition,) = found["editions"]
    assert [(line.before, line.now) for line in edition.lines] == [("80 万元", "70 万元")]


def test_a_draft_is_its_writers_alone(april):
    report = handed_in(april)
    project = report.project
    draft = actions.save_report(
        actor=april.cast.actor("reporter"), project=project, expected=due("2019-02"), content=ReportContent(words="草")
    )
    assert april.cast.client("reporter").get(address(draft)).status_code == 200
    assert april.cast.client("reviewer").get(address(draft)).status_code == 404
    assert april.cast.client("reviewer").get(address(report)).status_code == 200


def test_it_is_taken_back_until_somebody_checked_it(april):
    report = handed_in(april)
    client = april.cast.client("reporter")
    sent = {"seen": report.version}
    assert client.post(address(report, "take-back/"), sent).status_code == 302
    assert state(report) == "draft"
    assert client.post(address(report, "take-back/"), sent).status_code == 422


@pytest.mark.parametrize("seen", ["9" * 5000, "²", "１", "-1", ""])
def test_a_version_that_no_page_sends_changes_nothing(april, seen):
    report = handed_in(april)
    client = april.cast.client("reporter")
    assert client.post(address(report, "take-back/"), {"seen": seen}).status_code == 409
    sent = {"do": "check", "report": f"{report.public_id}:{seen}"}
    assert april.cast.client("reviewer").post("/reports/review/decide/", sent).status_code in (302, 422)
    assert state(report) == "submitted"


def test_what_the_system_asks_is_not_for_everybody(april):
    report = handed_in(april, amount=6_000 * WAN)
    assert shown(april, report, "reviewer")["questions"]
    assert not shown(april, report, "head")["questions"]


def test_what_is_to_be_verified_is_the_reviewers_and_the_office_heads(april):
    report = handed_in(april)
    file = Attachment.objects.create(
        digest="0" * 64, name="a.jpg", media_type="image/jpeg", size=1, added_at=clock.now()
    )
    photo = Evidence.objects.create(project=report.project, report=report, original=file, on=date(2019, 3, 30))
    EvidenceFinding.objects.create(evidence=photo, code="evidence.reused")
    said = {
        who: "处佐证待核实" in april.cast.client(who).get(address(report)).content.decode()
        for who in ("reviewer", "office_head", "office", "reporter", "head")
    }
    assert said == {"reviewer": True, "office_head": True, "office": False, "reporter": False, "head": False}


@pytest.fixture
def stand_in(april):
    """The reviewer is on leave; the unit's other reporter checks for three days, and does nothing else."""
    today = clock.today()
    people.delegate(
        actor=april.cast.actor("reviewer"),
        giver=april.cast.post("reviewer"),
        taker=april.cast.post("liaison"),
        starts_on=today,
        ends_on=today + timedelta(days=2),
        reason="公休",
        actions=["reporting.check"],
    )
    return next(one for one in choices_of(april.cast.user("liaison")) if one.actor.for_post_id)


def test_a_stand_in_checks_and_is_marked(april, stand_in):
    report = handed_in(april)
    assert stand_in.actor.limited_to == frozenset({"reporting.check"})
    client = april.cast.client("liaison")
    client.post("/post/", {"post": stand_in.id})
    assert NAMES[0] in client.get("/reports/review/").content.decode()
    assert client.post("/reports/review/decide/", {"do": "check", "report": value(report)}).status_code == 302
    report.refresh_from_db()
    assert (report.state, "代办" in report.checked_by) == ("checked", True)
    entry = TrailEntry.objects.order_by("-number").first()
    assert entry.for_post_id == april.cast.post("reviewer").pk
    assert "代办" in client.get(address(report)).content.decode()


def test_a_stand_in_has_only_what_was_handed_over(april, stand_in):
    assert rights.can(stand_in.actor, "reporting.check").allowed
    assert rights.can(stand_in.actor, "reporting.view_readings").allowed
    assert not rights.can(stand_in.actor, "plans.record").allowed


def test_nothing_is_left_of_a_delegation_when_its_days_are_over(april, stand_in):
    with at_day("2019-04-06"):
        assert [one for one in choices_of(april.cast.user("liaison")) if one.actor.for_post_id] == []


def test_a_locked_periods_correction_is_typed_on_its_page(april):
    report = handed_in(april)
    for who, run in (("reviewer", actions.check_reports), ("office", actions.accept_reports)):
        report.refresh_from_db()
        run(actor=april.cast.actor(who), reports=[(report, report.version)])
    client = april.cast.client("reporter")
    assert client.get(address(report, "correct/")).status_code == 422
    until = date(2019, 3, 31)
    library.close_period(actor=april.head, annual_list=AnnualList.objects.get(), until=until, reason="其余停工")
    assert can(april, report, "reporter") == {"correct"}
    page = client.get(address(report, "correct/")).content.decode()
    assert "2019年4月" in page
    assert "本年完成 380 万元" in page
    assert client.post(address(report, "correct/"), {"ytd": "350", "percent": "120", "reason": "x"}).status_code == 422
    done = client.post(address(report, "correct/"), {"ytd": "350", "percent": "", "reason": "重复计列"})
    carrier = Report.objects.get(period="2019-04")
    assert (done.status_code, done["Location"]) == (302, address(carrier))
    assert "更正2019年3月" in client.get(address(carrier)).content.decode()
    assert "由 2019年4月 的填报更正" in client.get(address(report)).content.decode()
