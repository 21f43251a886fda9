"""One rule in one place: what stops a report stops it everywhere, and what another system holds is typed nowhere."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guatu.core import clock
from guatu.core.models import Attachment
from guatu.domain.mix import InvestmentMix
from guatu.domain.periods import Period
from guatu.domain.watch import read_fields
from guatu.library.models import AnnualList, Project
from guatu.reporting import actions
from guatu.reporting.content import ReportContent
from guatu.reporting.models import HeldValue, LayoutReturn, Report, SheetLayout
from guatu.reporting.outbox.items import asked_of
from guatu.reporting.rhythm.load import month_burden
from tests.reporting.phone import new_id, phone_of
from tests.reporting.watches import FIELDS, three, watched
from tests.roundtrip.worlds import column_of

WAN = 10_000
SYSTEM = "国家重大建设项目库"


@pytest.fixture
def phone(cast, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return phone_of(cast)


def wanted_of(row):
    return asked_of(Project.objects.get(public_id=row["project"]), row["kind"], row["period"])


def held(row, source, value):
    """What another system holds of an asked report, read from an export of its own."""
    project = Project.objects.get(public_id=row["project"])
    layout = SheetLayout.objects.create(
        region=project.region, code="national", edition=1, layout={}, made_by="项目办", made_at=clock.now()
    )
    file = Attachment.objects.create(digest="0" * 64, name="导出.xlsx", media_type="xlsx", size=1, added_at=clock.now())
    returned = LayoutReturn.objects.create(
        layout=layout, annual_list=AnnualList.objects.get(), period=row["period"], as_of=date(2026, 2, 28),
        original=file, returned_by="项目办", returned_at=clock.now(),
    )  # fmt: skip
    return HeldValue.objects.create(
        project=project, source=source, period=row["period"], system=SYSTEM, value=value, as_of=date(2026, 2, 28),
        read_at=clock.now(), returned=returned,
    )  # fmt: skip


def test_a_composition_that_does_not_add_up_stops_a_report_from_a_phone_too(phone):
    (row,) = phone.asked()["rows"]
    one = wanted_of(row)
    content = ReportContent(mix=InvestmentMix(construction=50 * WAN))
    actions.save_report(actor=phone.cast.actor("reporter"), project=one.project, expected=one.expected, content=content)
    answer = phone.send(*phone.report(row, amount="80"))
    assert (answer.status_code, answer.json()["code"]) == (422, "reporting.checks_stop")
    (item,) = answer.json()["items"]
    assert item["field"] == "mix_construction"
    assert "投资构成合计 50万元，与所填的 80万元 不等" in item["message"]
    assert Report.objects.get().state == "draft"


def test_what_is_asked_comes_back_with_the_receipt(phone):
    (row,) = phone.asked()["rows"]
    answer = phone.send(*phone.report(row, amount="9000")).json()
    assert answer["questions"] == ["本期完成 9,000万元，超过年度计划 1亿元 的 50%。请核对单位和小数点。"]


def test_a_problem_after_the_report_waits_in_the_next_periods_draft(phone):
    (row,) = phone.asked()["rows"]
    phone.send(*phone.report(row, amount="312"))
    answer = phone.send(f"problems/{new_id(phone.chance)}", {"project": row["project"], "text": "征迁未完"})
    assert answer.status_code == 200, answer.content.decode()
    first, later = Report.objects.order_by("start")
    assert "problem" not in first.content
    assert (later.period, later.state, later.content) == ("2026-03", "draft", {"problem": "征迁未完"})


def test_what_another_system_holds_is_read_only_on_the_phone_the_sheet_and_the_form(phone):
    (row,) = phone.asked()["rows"]
    held(row, "dispatch.amount", 600 * WAN)
    (row,) = phone.asked()["rows"]
    assert row["held"] == {"amount": {"text": "600", "system": SYSTEM}}
    client = phone.cast.client("reporter")
    sheet = client.get("/reports/").content.decode()
    assert SYSTEM in sheet
    assert 'data-code="amount"' not in sheet
    address = f"/reports/{row['project']}/{row['period']}/"
    assert '<output id="f-amount">600</output>' in client.get(address).content.decode()
    office = phone.cast.client("office").get(address).content.decode()
    assert 'name="amount"' in office  # which may correct it, with a reason


def test_a_draft_typed_before_the_other_system_was_read_is_handed_in_as_that_one_says(phone):
    (row,) = phone.asked()["rows"]
    phone.send(*phone.report(row, step="draft", amount="5"))
    held(row, "dispatch.amount", 600 * WAN)
    (row,) = phone.asked()["rows"]
    assert phone.send(*phone.report(row, words="进场")).status_code == 200
    assert Report.objects.get().content["amount"] == 600 * WAN


def test_a_workbook_locks_what_another_system_holds_and_the_rest_of_it_is_merged(phone):
    (row,) = phone.asked()["rows"]
    held(row, "dispatch.amount", 600 * WAN)
    client = phone.cast.client("reporter")
    unit = str(phone.cast.unit("housing").public_id)
    sent = client.post("/reports/workbooks/send/", {"unit": unit, "kind": "month", "period": row["period"]})
    book = openpyxl.load_workbook(io.BytesIO(sent.content))
    sheet = book.worksheets[0]
    name_at = column_of(sheet, "项目名称")
    at = next(each for each in range(1, sheet.max_row + 1) if sheet.cell(each, name_at).value == row["name"])
    amount, words = (sheet.cell(at, column_of(sheet, heading)) for heading in ("本期完成投资", "工程进展"))
    assert (amount.value, amount.protection.locked, words.protection.locked) == (600, True, False)
    amount.value, words.value = 700, "主体封顶"
    out = io.BytesIO()
    book.save(out)
    back = client.post("/reports/workbooks/receive/", {"file": SimpleUploadedFile("填报表.xlsx", out.getvalue())})
    shown = client.get(back.url).content.decode()
    assert f"“本期完成投资”{SYSTEM}已有（600万元），表里写的“700万元”没有读取" in shown
    assert client.post(back.url, {"seen": "1"}).status_code == 302
    assert Report.objects.get().content == {"words": "主体封顶"}


def test_day_sheets_of_a_watch_are_cells_too(cast):
    three(cast)
    campaign = watched(cast)
    month = Period.containing("month", campaign.starts_on)
    units = month_burden(cast.actor("office"), month, clock.today()).units
    days = (month.end - campaign.starts_on).days + 1
    reports = sum(one.asked.reports for one in units)
    assert 0 < reports <= 3 * days
    assert sum(one.asked.cells for one in units) == reports * len(read_fields(FIELDS))
    assert [one.twice for one in units] == [0] * len(units)
    assert "两处填的格" in cast.client("office").get("/reports/burden/").content.decode()
