"""The provincial and the bond month sheet from end to end: filled, read back, accepted, and read-only in the report."""

import io
from datetime import date

import openpyxl
import pytest

from guatu.core.refusals import Refusal
from guatu.domain.rhythm import expected, read_rhythm
from guatu.domain.workdays import official_calendar
from guatu.library.models import Project
from guatu.reporting import actions
from guatu.reporting.content import ReportContent
from guatu.reporting.desk.known import known_of
from guatu.reporting.layouts.ready import ready_layouts
from guatu.reporting.layouts.schema import as_json, read_layout
from guatu.reporting.models import LayoutReturn, ReportRule
from guatu.reporting.queries import held_values
from tests.reporting.layouts import MARCH, NAMES, WAN, edited, exported, first_row, listed, place_of, upload
from tests.reporting.workbooks import RULE

PROVINCE, BOND = "provincial_month", "special_bond_month"
SHEETS = {  # the sheet's column that the other system holds, what it says of 600 万元, and the report's field
    PROVINCE: ("本年累计完成投资", "dispatch.ytd", 0.06, "ytd"),
    BOND: ("累计完成投资", "dispatch.cumulative", 600, "cumulative"),
}


@pytest.fixture
def annual(shelf):
    """Two projects with 300 万元 this year up to February, that report by the month."""
    found = listed(shelf.cast, 2019, *NAMES)
    for project in Project.objects.order_by("pk"):
        row = actions.ReadingRow(project=project, on=date(2019, 2, 28), ytd=300 * WAN, cumulative=300 * WAN)
        actions.record_readings(actor=shelf.office, rows=[row])
    ReportRule.objects.create(
        region=shelf.cast.region(), code="month", name="月报", edition=1, kind="month", state="in_force", rule=RULE,
        valid_from=date(2019, 1, 1),
    )  # fmt: skip
    return found


@pytest.fixture
def project(annual):
    return Project.objects.select_related("region", "unit").get(name=NAMES[0])


def used(shelf, code):
    """The ready layout in use, with one of its columns held by the other system."""
    plain, (_heading, source, _typed, _field) = as_json(ready_layouts()[code]), SHEETS[code]
    for column in plain["columns"]:
        if column.get("source") == source:
            column["holder"] = True
    return actions.use_layout(actor=shelf.office, region=shelf.cast.region(), layout=read_layout(plain))


def read_back(shelf, row, annual, data):
    """Their export of March handed in and accepted on its pages."""
    client = shelf.cast.client("office")
    sent = {"list": annual.public_id, "period": "2019-03", "file": upload(data)}
    answer = client.post(f"/reports/layouts/{row.public_id}/receive/", sent)
    assert answer.status_code == 302, answer.content.decode()
    done = client.post(answer.url, {"seen": LayoutReturn.objects.latest("pk").version})
    assert done.status_code == 302, done.content.decode()


def said(shelf, project, who="reporter", reason="", **content):
    due = expected(read_rhythm("month", RULE), MARCH, official_calendar())
    words = ReportContent(**content)
    return actions.submit_report(
        actor=shelf.cast.actor(who), project=project, expected=due, content=words, reason=reason
    )[0]


@pytest.mark.parametrize("code", [PROVINCE, BOND])
def test_a_month_sheet_goes_out_comes_back_and_is_read_only_in_the_report(shelf, annual, project, code):
    heading, _source, typed, field = SHEETS[code]
    row = used(shelf, code)
    actions.record_readings(
        actor=shelf.office,
        rows=[actions.ReadingRow(project=project, on=date(2019, 3, 31), ytd=500 * WAN, words="主体封顶")],
    )
    data = exported(shelf.cast, row, annual)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    top, column = first_row(sheet), place_of(sheet, heading)[1]
    ours = {sheet.cell(at, place_of(sheet, "项目名称")[1]).value: sheet.cell(at, column).value for at in (top, top + 1)}
    assert ours[NAMES[0]] == pytest.approx(typed * 5 / 6)
    first = list(ours).index(NAMES[0]) + 1
    read_back(shelf, row, annual, edited(data, (first, heading, typed)))
    assert held_values([project], MARCH)[project.pk][field].value == 600 * WAN
    client = shelf.cast.client("reporter")
    page = client.get(f"/reports/{project.public_id}/2019-03/").content.decode()
    assert f'<output id="f-{field}">600</output>' in page
    with pytest.raises(Refusal) as refused:
        said(shelf, project, **{field: 601 * WAN})
    assert refused.value.code == "reporting.held_elsewhere"
    assert said(shelf, project, words="主体封顶").content[field] == 600 * WAN


def test_the_months_amount_follows_from_a_held_sum_of_the_year(shelf, annual, project):
    row = used(shelf, PROVINCE)
    heading, _source, typed, _field = SHEETS[PROVINCE]
    read_back(shelf, row, annual, edited(exported(shelf.cast, row, annual), (1, heading, typed), (2, heading, 0.02)))
    amount = known_of([project], MARCH)[project.pk].held["amount"]
    assert (amount.value, amount.system) == (300 * WAN, "省重点项目管理系统（按本年累计算出）")
    page = shelf.cast.client("reporter").get(f"/reports/{project.public_id}/2019-03/").content.decode()
    assert '<output id="f-amount">300</output>' in page
    fell = held_values(Project.objects.filter(name=NAMES[1]), MARCH)  # 200 after 300: left to be typed
    assert [sorted(told) for told in fell.values()] == [["ytd"]]
    with pytest.raises(Refusal):
        said(shelf, project, amount=10 * WAN)
    assert said(shelf, project, words="主体封顶").content == {
        "amount": 300 * WAN, "ytd": 600 * WAN, "words": "主体封顶",
    }  # fmt: skip


def test_an_amount_follows_no_sum_that_the_office_corrected(shelf, annual, project):
    row = used(shelf, PROVINCE)
    heading, _source, typed, _field = SHEETS[PROVINCE]
    read_back(shelf, row, annual, edited(exported(shelf.cast, row, annual), (1, heading, typed)))
    report = said(shelf, project, "office", "省里多报一笔", ytd=550 * WAN)
    assert report.content == {"ytd": 550 * WAN}
    assert set(held_values([project], MARCH.previous())) == set()
