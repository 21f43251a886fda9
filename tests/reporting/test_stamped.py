"""Stamped sheets: printed with a check code, handed in as a scan, counted for the reports that still say the same."""

from datetime import date
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guatu.reporting import actions
from guatu.reporting.choices import Means, ReportState
from guatu.reporting.content import ReportContent
from guatu.reporting.models import Report, SentWorkbook, WorkbookReturn
from guatu.reporting.sent.making import offers
from guatu.reporting.stamped.sheet import code_typed, scan_of, scans_of
from tests.library.conftest import at_day
from tests.official.reading import pdf_pages
from tests.reporting.workbooks import asked_unit

DAY = "2019-03-29"
WAN = 10_000
SCAN = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def unit(shelf):
    """The housing bureau with two projects whose February reports were submitted by its reporter."""
    with at_day(DAY):
        bureau = asked_unit(shelf.cast, "青桐路快速化改造（一期）", "长宁路改造")
        for place, name in enumerate(("青桐路快速化改造（一期）", "长宁路改造"), start=1):
            submit(shelf.cast, bureau, name, ReportContent(amount=place * 100 * WAN, words=f"主体{place}层"))
        yield bureau


def submit(cast, bureau, name, content, who="reporter", seen=None):
    (offer,) = offers(cast.actor(who), bureau, date.fromisoformat(DAY))
    project = next(one.project for one in offer.asked if one.project.name == name)
    return actions.submit_report(
        actor=cast.actor(who), project=project, expected=offer.expected, content=content, seen=seen
    )[0]


def printed(client, bureau):
    sent = {"unit": str(bureau.public_id), "kind": "month", "period": "2019-02"}
    answer = client.post("/reports/stamped/print/", sent)
    assert answer.status_code == 302, answer.content.decode()[:1500]
    return SentWorkbook.objects.order_by("-pk").first()


def scanned(client, code, data=SCAN, name="扫描.pdf"):
    return client.post("/reports/stamped/receive/", {"code": code, "file": SimpleUploadedFile(name, data)})


def states():
    return {row.project.name: row.state for row in Report.objects.select_related("project")}


def test_the_sheet_prints_figures_code_and_room_for_the_stamp(shelf, unit):
    reporter = shelf.cast.client("reporter")
    row = printed(reporter, unit)
    answer = reporter.get(f"/reports/stamped/{row.public_id}/paper.pdf")
    assert answer["Content-Type"] == "application/pdf"
    words = "".join("".join(pdf_pages(answer.content)).replace("\u200b", "").split())
    for one in (row.check_code, "长宁路改造", "100", "200", "主体2层", "单位（盖章）", "单位负责人（签字）"):
        assert one in words, one


def test_a_scan_from_the_reviewer_counts_at_once(shelf, unit):
    row = printed(shelf.cast.client("reporter"), unit)
    answer = scanned(shelf.cast.client("reviewer"), row.check_code)
    assert answer.url == f"/reports/stamped/{row.public_id}/"
    assert set(states().values()) == {ReportState.CHECKED}
    assert {one.check_means for one in Report.objects.all()} == {Means.STAMPED}
    scan = scan_of(Report.objects.get(project__name="长宁路改造"))
    assert scan is not None
    page = unescape(shelf.cast.client("reviewer").get(answer.url).content.decode())
    assert "盖章扫描件" in page
    assert f"/files/{scan.public_id}/" in page
    assert b"".join(shelf.cast.client("head").get(f"/files/{scan.public_id}/").streaming_content) == SCAN
    assert shelf.cast.client("other_reporter").get(f"/files/{scan.public_id}/").status_code == 404


def test_the_scans_of_a_sheet_are_looked_up_together(shelf, unit, django_assert_num_queries):
    row = printed(shelf.cast.client("reporter"), unit)
    scanned(shelf.cast.client("reviewer"), row.check_code)
    reports = list(Report.objects.all())
    with django_assert_num_queries(1):
        assert len(scans_of(reports)) == 2


def test_a_reporters_scan_waits_until_somebody_else_looked_at_it(shelf, unit):
    reporter, office = shelf.cast.client("reporter"), shelf.cast.client("office")
    row = printed(reporter, unit)
    scanned(reporter, row.check_code)
    assert set(states().values()) == {ReportState.SUBMITTED}
    back = WorkbookReturn.objects.get()
    assert reporter.post(f"/reports/stamped/{row.public_id}/count/{back.public_id}/").status_code == 403
    assert row.check_code in office.get("/reports/stamped/").content.decode()
    office.post(f"/reports/stamped/{row.public_id}/count/{back.public_id}/")
    assert set(states().values()) == {ReportState.CHECKED}
    again = office.post(f"/reports/stamped/{row.public_id}/count/{back.public_id}/", follow=True)
    assert "已经办理过" in unescape(again.content.decode())


def test_what_changed_since_stays_and_is_named(shelf, unit):
    row = printed(shelf.cast.client("reporter"), unit)
    report = Report.objects.get(project__name="长宁路改造")
    actions.take_back_report(actor=shelf.cast.actor("reporter"), report=report, seen=report.version)
    report.refresh_from_db()
    submit(shelf.cast, unit, "长宁路改造", ReportContent(amount=300 * WAN), seen=report.version)
    answer = scanned(shelf.cast.client("office"), row.check_code)
    assert states() == {"青桐路快速化改造（一期）": ReportState.CHECKED, "长宁路改造": ReportState.SUBMITTED}
    page = unescape(shelf.cast.client("office").get(answer.url).content.decode())
    assert "长宁路改造 没有计入：打印后已改动，请重新打印盖章" in page
    assert scan_of(Report.objects.get(project__name="长宁路改造")) is None


def test_taken_back_or_approved_meanwhile_is_told_apart(shelf, unit):
    row = printed(shelf.cast.client("reporter"), unit)
    back = Report.objects.get(project__name="长宁路改造")
    actions.take_back_report(actor=shelf.cast.actor("reporter"), report=back, seen=back.version)
    other = Report.objects.get(project__name="青桐路快速化改造（一期）")
    actions.check_reports(actor=shelf.cast.actor("reviewer"), reports=[(other, other.version)])
    scanned(shelf.cast.client("office"), row.check_code)
    stay = {one["name"]: one["why"] for one in WorkbookReturn.objects.get().content["stay"]}
    assert stay == {"长宁路改造": "现在是“草稿”，请先提交", "青桐路快速化改造（一期）": "此前已审核"}


def test_nobody_approves_own_reports_by_a_scan(shelf, unit):
    for report in Report.objects.all():
        actions.take_back_report(actor=shelf.cast.actor("reporter"), report=report, seen=report.version)
        report.refresh_from_db()
        submit(shelf.cast, unit, report.project.name, ReportContent(amount=WAN), "office", report.version)
    row = printed(shelf.cast.client("office"), unit)
    answer = scanned(shelf.cast.client("office"), row.check_code)
    assert set(states().values()) == {ReportState.SUBMITTED}
    assert "还没有计为审核" in unescape(shelf.cast.client("office").get(answer.url).content.decode())
    back = WorkbookReturn.objects.get()
    shelf.cast.client("office_head").post(f"/reports/stamped/{row.public_id}/count/{back.public_id}/")
    assert set(states().values()) == {ReportState.CHECKED}


def test_wrong_codes_files_and_repeats_are_told(shelf, unit):
    row = printed(shelf.cast.client("reporter"), unit)
    reviewer = shelf.cast.client("reviewer")

    def told(answer, status, words):
        assert answer.status_code == status
        assert words in unescape(answer.content.decode())

    told(scanned(reviewer, "201902-AAAAAA"), 404, "没有校验码为“201902-AAAAAA”的盖章表")
    told(scanned(shelf.cast.client("other_reporter"), row.check_code), 404, "没有校验码为")
    told(scanned(reviewer, row.check_code, b"PK\x03\x04 no", "表.xlsx"), 422, "表.xlsx")
    told(reviewer.post("/reports/stamped/receive/", {"code": row.check_code}), 422, "请选择扫描件")
    assert set(states().values()) == {ReportState.SUBMITTED}
    assert scanned(reviewer, row.check_code.lower().replace("-", " ")).status_code == 302
    told(scanned(reviewer, row.check_code), 409, "已经上传过")
    assert WorkbookReturn.objects.count() == 1


def test_nothing_to_stamp_is_told_and_another_units_sheet_is_out_of_reach(shelf, unit):
    row = printed(shelf.cast.client("reporter"), unit)
    sent = {"unit": str(unit.public_id), "kind": "month", "period": "2018-02"}
    answer = shelf.cast.client("reporter").post("/reports/stamped/print/", sent)
    assert answer.status_code == 422
    assert "没有待单位审核的填报" in unescape(answer.content.decode())
    other = shelf.cast.client("other_reporter")
    assert other.get(f"/reports/stamped/{row.public_id}/").status_code == 404
    assert other.get(f"/reports/stamped/{row.public_id}/paper.pdf").status_code == 404
    assert other.post("/reports/stamped/print/", sent).status_code == 404
    assert shelf.cast.client("head").get("/reports/stamped/").status_code == 403


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("201903-7KQ2MX", "201903-7KQ2MX"),
        (" 201903 7kq2mx ", "201903-7KQ2MX"),
        ("２０１９０３－７ＫＱ２ＭＸ", "201903-7KQ2MX"),
        ("2019W127KQ2MX", "2019W12-7KQ2MX"),
        ("201903-7KQ2\u200bMX", "201903-7KQ2MX"),  # copied out of the PDF, where long words may break
        ("abc", "ABC"),
        ("", ""),
    ],
)
def test_a_code_as_it_is_typed(typed, code):
    assert code_typed(typed) == code
