"""What an office defines as evidence of a figure is asked where the figure is told, whatever the basis."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from guatu.core.attachments import keep_file
from guatu.domain.periods import Period
from guatu.domain.rhythm import expected, read_rhythm
from guatu.domain.workdays import official_calendar
from guatu.library.models import Project
from guatu.reporting import actions
from guatu.reporting.compute import ReadingRow
from guatu.reporting.content import ReportContent
from guatu.reporting.evidence.taking import take
from guatu.reporting.models import EvidenceFinding
from guatu.reporting.queries.evidence import lacks_of_project, lacks_of_report
from tests.reporting.workbooks import asked_unit

WAN = 10_000
MARCH = Period.parse("2019-03")
MONTH = read_rhythm("month", {"fields": ["money", "words"], "due": {"days": 2, "at": "17:00"}})


@pytest.fixture
def project(shelf):
    asked_unit(shelf.cast, "青桐路改造")
    return Project.objects.select_related("region", "unit").get(name="青桐路改造")


@pytest.fixture
def report(shelf, project):
    return actions.submit_report(
        actor=shelf.cast.actor("reporter"),
        project=project,
        expected=expected(MONTH, MARCH, official_calendar()),
        content=ReportContent(words="桩基"),
    )[0]


def rule(shelf, project, figure, kind, **more):
    data = {"figure": figure, "kinds": [kind], **more}
    actions.set_evidence_rule(actor=shelf.office, region=project.region, name=f"{figure}要{kind}", data=data)


def told(shelf, project, basis, on=date(2019, 3, 31)):
    row = ReadingRow(project=project, on=on, ytd=300 * WAN)
    actions.record_readings(actor=shelf.office, rows=[row], basis=basis, source="统计部门来表")


def hand_in(shelf, report, **said):
    file = keep_file(SimpleUploadedFile("凭证.pdf", b"%PDF-1.4 voucher"), kinds=("pdf",))
    return actions.hand_in_evidence(
        actor=shelf.cast.actor("reporter"),
        project=report.project,
        taken=take(file),
        told=actions.Told(report=report, **said),
    )


@pytest.mark.parametrize(
    ("basis", "kind", "words"),
    [
        ("statistics", "statistics", "2019年3月 按统计口径报的数"),
        ("payment", "voucher", "2019年3月 按支付口径报的数"),
    ],
)
def test_a_figure_of_another_basis_asks_for_its_paper_at_the_report(shelf, project, report, basis, kind, words):
    rule(shelf, project, basis, kind, numbered=True)
    assert lacks_of_report(report) == [], "nothing is asked for a figure that nobody told"
    told(shelf, project, basis, on=date(2019, 2, 28))
    assert lacks_of_report(report) == [], "February's figure is not March's"
    told(shelf, project, basis)
    assert [(lack.words, lack.wanted.kinds, lack.count) for lack in lacks_of_report(report)] == [(words, (kind,), 1)]
    assert lacks_of_project(project) == lacks_of_report(report), "the project's page says it too"
    shown = shelf.cast.client("reporter").get(reverse("reporting:report", args=[report.public_id])).content.decode()
    assert words in shown
    hand_in(shelf, report, kind=kind)
    assert lacks_of_report(report), "a paper without its number is not the paper that was asked for"
    report.evidence.update(number="2019-031")
    assert lacks_of_report(report) == []
    assert not EvidenceFinding.objects.exists(), "what is lacking is no finding"


def test_the_paper_of_one_figure_is_not_that_of_another(shelf, project, report):
    rule(shelf, project, "statistics", "statistics")
    rule(shelf, project, "payment", "voucher")
    told(shelf, project, "statistics")
    told(shelf, project, "payment")
    hand_in(shelf, report, kind="voucher")
    assert [lack.figure for lack in lacks_of_report(report)] == ["statistics"]


def test_money_of_a_month_asks_for_the_signed_sheet(shelf, project, report):
    rule(shelf, project, "money", "signed_sheet")
    assert lacks_of_report(report) == [], "this report told no money"
    report.content = {"amount": 100 * WAN}
    assert [lack.words for lack in lacks_of_report(report)] == ["2019年3月 月报完成投资"]
