"""The queue of those who check and accept: what waits for whom, what stands beside it, many decided at once."""

from datetime import date

import pytest

from guatu.core.refusals import Refusal
from guatu.library.models import AnnualList, Project
from guatu.people.models import Post
from guatu.reporting import actions
from guatu.reporting.choices import Means
from guatu.reporting.content import ReportContent
from guatu.reporting.models import Report
from guatu.reporting.review.queue import Asked, queue, waiting
from guatu.reporting.review.standing import standing_of
from tests.library.conftest import at_day
from tests.reporting.test_review_corrections import due
from tests.reporting.workbooks import asked_unit

WAN = 10_000
NAMES = ("青桐路快速化改造（一期）", "长宁路改造")
QUEUE, DECIDE = "/reports/review/", "/reports/review/decide/"


@pytest.fixture
def april(shelf):
    """The third of April: two projects of the housing bureau report monthly; February stands at 300 万元."""
    with at_day("2019-04-03"):
        asked_unit(shelf.cast, *NAMES)
        rows = [actions.ReadingRow(project=one, on=date(2019, 2, 28), ytd=300 * WAN) for one in Project.objects.all()]
        actions.record_readings(actor=shelf.office, rows=rows)
        rows = [actions.ReadingRow(project=one, on=date(2019, 1, 31), ytd=100 * WAN) for one in Project.objects.all()]
        actions.record_readings(actor=shelf.office, rows=rows)
        yield shelf


def handed_in(shelf, name=NAMES[0], who="reporter", code="2019-03", **said):
    more = {key: said.pop(key) for key in ("means", "reason", "seen") if key in said}
    project = Project.objects.select_related("region", "unit").get(name=name)
    content = ReportContent(**{"amount": 80 * WAN, "words": "管网施工", **said})
    return actions.submit_report(
        actor=shelf.cast.actor(who), project=project, expected=due(code), content=content, **more
    )[0]


def lines(shelf, who="reviewer", **asked):
    found = queue(shelf.cast.actor(who), Asked(**asked))["groups"]
    return [line for group in found for line in group.lines]


def value(report):
    report.refresh_from_db()
    return f"{report.public_id}:{report.version}"


def state(report):
    return Report.objects.get(pk=report.pk).state


def test_a_report_stands_beside_the_period_before(april):
    handed_in(april)
    (line,) = lines(april)
    assert (line.money.amount, line.money.amount_before, line.money.ytd) == (80 * WAN, 200 * WAN, 380 * WAN)
    assert (line.planned, line.rate, line.can) == (10_000 * WAN, line.rate, "check")
    assert str(line.rate) == "3.8"


def test_what_the_system_asks_stands_beside_it(april):
    handed_in(april, amount=6_000 * WAN)
    (line,) = lines(april)
    assert line.questions == ["本期完成 6,000万元，超过年度计划 1亿元 的 50%。请核对单位和小数点。"]


def test_each_waits_for_the_one_whose_turn_it_is(april):
    report = handed_in(april)
    who = ("reviewer", "office", "office_head")
    assert [waiting(april.cast.actor(name)).count() for name in who] == [1, 0, 0]
    actions.check_reports(actor=april.cast.actor("reviewer"), reports=[(report, report.version)])
    assert [waiting(april.cast.actor(name)).count() for name in who] == [0, 1, 1]


def test_a_unit_with_nobody_to_check_waits_for_the_office(april):
    handed_in(april)
    Post.objects.filter(kind="reviewer").update(valid_to=date(2019, 4, 1))
    assert [line.can for line in lines(april, "office")] == ["accept"]


def test_ones_own_report_is_another_persons_to_decide(april):
    handed_in(april, who="office", means=Means.PHONE)
    Post.objects.filter(kind="reviewer").update(valid_to=date(2019, 4, 1))
    (line,) = lines(april, "office")
    assert (line.can, line.why_not) == ("", "本人填报，由另一人办理")
    assert [line.can for line in lines(april, "office_head")] == ["accept"]


def test_the_office_checks_by_a_stamped_sheet(april):
    report = handed_in(april)
    assert [line.can for line in lines(april, "office", state="submitted")] == ["stamped"]
    answer = april.cast.client("office").post(DECIDE, {"do": "stamped", "report": value(report)})
    assert answer.status_code == 302
    report.refresh_from_db()
    assert (report.state, report.check_means) == ("checked", "stamped")


def test_many_are_checked_and_accepted_in_one_action_each(april):
    reports = [handed_in(april, name) for name in NAMES]
    values = [value(report) for report in reports]
    answer = april.cast.client("reviewer").post(f"{DECIDE}?state=mine", {"do": "check", "report": values})
    assert (answer.status_code, answer["Location"]) == (302, f"{QUEUE}?state=mine")
    values = [value(report) for report in reports]
    assert april.cast.client("office").post(DECIDE, {"do": "accept", "report": values}).status_code == 302
    assert {state(report) for report in reports} == {"accepted"}


def test_two_reviewers_at_once_the_second_is_told(april):
    report = handed_in(april)
    sent = {"do": "check", "report": value(report)}
    client = april.cast.client("reviewer")
    assert client.post(DECIDE, sent).status_code == 302
    late = client.post(DECIDE, sent)
    assert late.status_code == 422
    assert "现在是“待项目办采用”" in late.content.decode()
    assert state(report) == "checked"


def test_a_report_that_was_handed_in_anew_is_not_decided_unseen(april):
    report = handed_in(april)
    old = value(report)
    actions.take_back_report(actor=april.cast.actor("reporter"), report=report, seen=report.version)
    handed_in(april, amount=90 * WAN, seen=report.version)
    answer = april.cast.client("reviewer").post(DECIDE, {"do": "check", "report": old})
    assert answer.status_code == 409
    assert state(report) == "submitted"


def test_of_many_each_that_cannot_be_is_named_and_none_is_done(april):
    done, open_one = handed_in(april), handed_in(april, NAMES[1])
    values = [value(done), value(open_one)]
    actions.check_reports(actor=april.cast.actor("reviewer"), reports=[(done, done.version)])
    answer = april.cast.client("reviewer").post(DECIDE, {"do": "check", "report": values})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "有 1 份不能办理，全部没有改动" in page
    assert f"{NAMES[0]}：" in page
    assert f'value="{value(open_one)}" data-pick' in page.replace("\n", "")
    assert state(open_one) == "submitted"


def test_nothing_chosen_is_said(april):
    answer = april.cast.client("reviewer").post(DECIDE, {"do": "check"})
    assert (answer.status_code, "没有选定任何填报" in answer.content.decode()) == (422, True)


def test_another_units_report_does_not_exist(april):
    report = handed_in(april)
    client = april.cast.client("outsider")
    assert client.post(DECIDE, {"do": "accept", "report": value(report)}).status_code == 404
    assert client.get(f"/reports/report/{report.public_id}/").status_code == 404


def test_filters_leave_what_is_asked_for(april):
    handed_in(april)
    handed_in(april, code="2019-02", amount=5 * WAN)
    assert [line.report.period for line in lines(april, period="2019-03")] == ["2019-03"]
    assert lines(april, kind="week") == []
    assert lines(april, unit="区商务局") == []
    page = april.cast.client("reviewer").get(f"{QUEUE}?period=2019-02").content.decode()
    assert "2019年2月" in page


def test_a_phoned_in_figure_is_marked(april):
    handed_in(april, who="office", means=Means.PHONE)
    assert "代录，待单位确认" in april.cast.client("reviewer").get(QUEUE).content.decode()


def test_the_queue_asks_the_database_no_more_for_more_reports(april, django_assert_max_num_queries):
    counts = []
    for number, name in enumerate(NAMES, start=1):
        handed_in(april, name)
        assert len(lines(april)) == number  # what a write made unknown (settings, rights) is known again
        asked = []
        for _turn in range(2):  # a memory that a test before left behind may be read anew once
            with django_assert_max_num_queries(40) as found:
                lines(april)
            asked.append(len(found))
        counts.append(min(asked))
    assert counts[1] <= counts[0]


def test_today_counts_what_waits(april):
    handed_in(april)
    assert "1 份填报待审核" in april.cast.client("reviewer").get("/today/").content.decode()


def test_a_return_takes_a_ready_reason_or_words(april):
    report = handed_in(april)
    client, address = april.cast.client("reviewer"), f"/reports/report/{report.public_id}/return/"
    assert "形象进度文字与投资不符" in client.get(address).content.decode()
    assert client.post(address, {"seen": report.version, "reason": " "}).status_code == 422
    sent = {"seen": report.version, "ready": ["形象进度文字与投资不符"], "reason": "请补监理单"}
    assert client.post(address, sent).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.returned_reason) == ("returned", "形象进度文字与投资不符；请补监理单")
    assert client.post(address, sent).status_code in (409, 422)


def test_the_list_says_who_has_handed_in(april):
    handed_in(april)
    client = april.cast.client("office")
    page = client.get("/reports/list/").content.decode()
    assert NAMES[0] in page
    assert "380.00" in page
    assert NAMES[0] not in client.get("/reports/list/?f.state=accepted").content.decode()
    assert client.get("/reports/list/?export=csv").status_code == 200
    assert AnnualList.objects.count() == 1


def test_a_unit_with_a_part_in_the_project_does_not_check_for_the_one_that_answers(april):
    report = handed_in(april)
    Report.objects.filter(pk=report.pk).update(unit=april.cast.unit("commerce"))
    assert lines(april) == []
    report.refresh_from_db()
    with pytest.raises(Refusal) as refused:
        actions.check_reports(actor=april.cast.actor("reviewer"), reports=[(report, report.version)])
    assert refused.value.code == "reporting.other_units_report"
    with pytest.raises(Refusal):
        actions.return_report(actor=april.cast.actor("reviewer"), report=report, seen=report.version, reason="不符")
    assert [line.can for line in lines(april, "office", state="submitted")] == ["stamped"]


def test_the_list_says_how_many_are_handed_in_and_who_is_missing(april):
    handed_in(april)
    (one,) = standing_of(april.office)
    assert (one.words, one.asked, one.handed_in, one.accepted) == ("2019年3月 月报", 2, 1, 0)
    assert one.missing == "区住房和城乡建设局 1"
    page = april.cast.client("office").get(f"/reports/list/?{one.query}").content.decode()
    assert "还没有报的单位" in page
    assert NAMES[0] in page
