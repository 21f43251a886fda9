"""Who has still to report: counts that open, words for the work group, telephones; phoned-in figures; estimates."""

from datetime import date

import pytest

from guatu.core import clock
from guatu.core.models import AccessLog
from guatu.core.refusals import Refusal
from guatu.domain.periods import Period
from guatu.library.models import Project
from guatu.people.models import Unit
from guatu.reporting import actions
from guatu.reporting.content import ReportContent
from guatu.reporting.models import Reading, Report, ReportRule
from guatu.reporting.queries.asked import wanted
from guatu.reporting.rhythm import todo_items
from guatu.reporting.rhythm.chase import chase_text, estimates, rounds
from tests.library.conftest import at_day
from tests.reporting.rhythm import phoned
from tests.reporting.workbooks import asked_unit

WAN = 10_000
NAMES = ("甲路", "乙路", "丙路")


@pytest.fixture
def bureau(shelf):
    """The housing bureau at nine o'clock of 4 April: three projects report March until the 2nd, 17:00."""
    with at_day("2019-04-04"):
        yield asked_unit(shelf.cast, *NAMES)


def project(name="甲路"):
    return Project.objects.select_related("region", "unit").get(name=name)


def hand_in(shelf, name="甲路", who="reporter", **said):
    one = wanted([project(name)], clock.today())[0]
    seen = one.report.version if one.report is not None else None
    content = ReportContent(**(said or {"words": "施工"}))
    actor = shelf.cast.actor(who)
    return actions.submit_report(actor=actor, project=one.project, expected=one.expected, content=content, seen=seen)[0]


def check(shelf, report, who="reviewer"):
    actions.check_reports(actor=shelf.cast.actor(who), reports=[(report, report.version)])


def test_each_state_is_counted_and_opens(shelf, bureau):
    check(shelf, hand_in(shelf, "甲路"))
    hand_in(shelf, "乙路")
    (one,) = rounds(shelf.office, clock.today())
    assert one.counts == {"asked": 3, "handed": 2, "checked": 1, "accepted": 0, "missing": 1, "phoned": 0}
    assert [(line.name, line.late) for line in one.lines] == [("区住房和城乡建设局", 2)]
    client = shelf.cast.client("office")
    page = client.get("/reports/chase/").content.decode()
    address = f"/reports/chase/2019-03/?state=missing&amp;unit={bureau.public_id}"
    assert address in page
    opened = client.get(address.replace("&amp;", "&")).content.decode()
    assert [name in opened for name in NAMES] == [False, False, True]
    assert client.get("/reports/chase/2019-03/?unit=nobody").status_code == 404
    assert client.get("/reports/chase/2031-99/").status_code == 404


def test_the_period_before_is_offered_once_it_was_asked_for(shelf, bureau):
    client = shelf.cast.client("office")
    assert "/reports/chase/2019-02/" in client.get("/reports/chase/").content.decode()
    ReportRule.objects.update(valid_from=date(2019, 3, 1))
    assert "/reports/chase/2019-02/" not in client.get("/reports/chase/").content.decode()
    assert client.get("/reports/chase/2019-02/").status_code == 404


def test_the_words_for_the_work_group_name_units_and_no_person(shelf, bureau):
    hand_in(shelf)
    (one,) = rounds(shelf.office, clock.today())
    assert chase_text(one) == (
        "各单位好：2019年3月重点项目月报请于4月2日（周二）17:00前报送。\n"
        "截至4月4日 09:00，已报 1/3 个项目，未报：区住房和城乡建设局 2 个。\n"
        "请尽快报送。没有变化的选“与上期相同”并写一句原因；不便上网的可以打电话，由项目办代录。谢谢！"
    )
    hand_in(shelf, "乙路")
    hand_in(shelf, "丙路")
    (one,) = rounds(shelf.office, clock.today())
    assert chase_text(one) == "各单位好：2019年3月重点项目月报已全部报齐，感谢支持！"


def test_the_list_of_telephones_names_posts_and_is_logged(shelf, bureau):
    shown = shelf.cast.client("office").get("/reports/chase/2019-03/phones/").content.decode()
    assert "责任单位填报员" in shown
    assert shelf.cast.user("reporter").phone in shown
    assert shelf.cast.user("reporter").name not in shown
    assert shelf.cast.user("other_reporter").phone not in shown
    assert AccessLog.objects.filter(event="phone_seen").count() == 1


# -- said by phone -----------------------------------------------------------------------------------------------------
def test_a_figure_said_by_phone_waits_for_the_unit_and_is_marked(shelf, bureau):
    cast = shelf.cast
    base = f"/reports/phoned/{project().public_id}/2019-03/"
    sent = {"amount": "80", "said_by": "责任单位填报员", "said_on": "2019-04-04", "said_at": "08:30", "seen": ""}
    answer = cast.client("office").post(base, sent)
    assert answer["Location"] == "/reports/chase/2019-03/"
    report = Report.objects.get()
    assert (report.to_confirm, report.means, report.content["amount"]) == (True, "phone", 80 * WAN)
    assert report.content["remark"] == "电话报送：责任单位填报员，2019-04-04 08:30"
    assert [item.words for item in todo_items.to_confirm(cast.actor("reviewer"))] == ["甲路"]
    assert todo_items.to_confirm(shelf.office) == []
    assert "代录待确认" in cast.client("reviewer").get(f"/library/projects/{project().public_id}/").content.decode()
    shown = cast.client("reviewer").get(base + "confirm/").content.decode()
    assert "电话报送：责任单位填报员" in shown
    assert "确认无误" in shown
    assert "确认无误" not in cast.client("office").get(base + "confirm/").content.decode()
    cast.client("reviewer").post(base + "confirm/", {"do": "confirm", "seen": report.version})
    report.refresh_from_db()
    assert (report.to_confirm, report.state) == (False, "checked")
    assert todo_items.to_confirm(cast.actor("reviewer")) == []


def test_the_unit_corrects_what_was_entered_for_it(shelf, bureau):
    report = phoned(shelf.cast, project(), "2019-03", amount=80 * WAN)
    address = f"/reports/phoned/{project().public_id}/2019-03/confirm/"
    sent = {"do": "correct", "seen": report.version, "amount": "90", "words": "主体封顶"}
    assert shelf.cast.client("reporter").post(address, sent).status_code == 302
    report.refresh_from_db()
    assert (report.to_confirm, report.means, report.edition, report.state) == (False, "product", 2, "submitted")
    assert (report.content["amount"], "remark" in report.content) == (90 * WAN, False)
    claimed = Reading.objects.filter(truth="claimed", superseded_at__isnull=True)
    assert list(claimed.values_list("ytd", flat=True)) == [90 * WAN]


def test_what_is_not_waiting_is_not_corrected(shelf, bureau):
    report = hand_in(shelf)
    one = wanted([project()], clock.today())[0]
    with pytest.raises(Refusal) as caught:
        actions.correct_phoned(
            actor=shelf.cast.actor("reporter"),
            report=report,
            expected=one.expected,
            seen=report.version,
            content=ReportContent(words="改"),
        )
    assert caught.value.code == "reporting.not_phoned"


def test_nobody_phoned_in_the_future(shelf, bureau):
    base = f"/reports/phoned/{project().public_id}/2019-03/"
    sent = {"words": "施工", "said_by": "单位值班电话", "said_on": "2019-04-04", "said_at": "09:30", "seen": ""}
    answer = shelf.cast.client("office").post(base, sent)
    assert answer.status_code == 422
    assert "来电时间还没有到" in answer.content.decode()


# -- reminders ---------------------------------------------------------------------------------------------------------
def test_a_reminder_stands_on_today_from_its_day_on(shelf, bureau):
    rule = ReportRule.objects.get()
    ReportRule.objects.update(rule={**rule.rule, "remind": [1]})
    reporter = shelf.cast.actor("reporter")
    with at_day("2019-03-31"):
        assert todo_items.to_hand_in(reporter) == []
        assert todo_items.to_chase(shelf.office) == []
    with at_day("2019-04-01"):
        (item,) = todo_items.to_hand_in(reporter)
        assert (item.words, item.due, item.note) == ("2019年3月月报：3 个项目待报", date(2019, 4, 2), "17:00 前报送")
        assert [item.words for item in todo_items.to_chase(shelf.office)] == ["2019年3月月报：3 个项目未报"]
        assert todo_items.to_hand_in(shelf.office) == []
    (item,) = todo_items.to_hand_in(reporter)
    assert item.note == "已过期限 2 个工作日"
    for name in NAMES:
        hand_in(shelf, name)
    assert todo_items.to_hand_in(reporter) == []


# -- estimates ---------------------------------------------------------------------------------------------------------
def test_what_is_said_before_the_cut_off_is_an_estimate_until_it_is_said_again(shelf, bureau):
    with at_day("2019-03-29"):
        one = wanted([project()], clock.today(), Period.parse("2019-03"))[0]
        reporter = shelf.cast.actor("reporter")
        said = {"actor": reporter, "project": one.project, "expected": one.expected}
        report, _found = actions.submit_report(**said, content=ReportContent(amount=80 * WAN))
        assert report.estimate
        assert estimates(shelf.office, clock.today()) == []  # its day has not come
    assert [(row.effective_on, row.ytd) for row in estimates(shelf.office, clock.today())] == [
        (date(2019, 3, 31), 80 * WAN)
    ]
    client = shelf.cast.client("office")
    assert "1 项预计数" in client.get("/reports/chase/").content.decode()
    assert "甲路" in client.get("/reports/chase/estimates/").content.decode()
    actions.take_back_report(actor=reporter, report=report, seen=report.version)
    actions.submit_report(**said, content=ReportContent(amount=85 * WAN), seen=report.version)
    report.refresh_from_db()
    assert not report.estimate
    assert estimates(shelf.office, clock.today()) == []
    standing = Reading.objects.get(truth="claimed", superseded_at__isnull=True)
    assert (standing.ytd, standing.estimate) == (85 * WAN, False)


def test_the_to_do_leads_to_the_own_units_sheet_and_says_where_the_rest_is(shelf, bureau):
    other = Unit.objects.create(name="区住建局征收中心", region=shelf.cast.region(), parent=bureau)
    Project.objects.filter(name=NAMES[0]).update(unit=other)
    reporter = shelf.cast.actor("reporter")
    (item,) = todo_items.to_hand_in(reporter)
    assert f"unit={bureau.public_id}" in item.url
    assert "period=2019-03" in item.url
    assert item.note.endswith("2 个，其余在另 1 个单位")
    assert "2019年3月" in shelf.cast.client("reporter").get(item.url).content.decode()
