"""Pages of targets: the tab, the forms with their preview, the sheet and its papers; who sees and who may."""

import io
import re
import zipfile
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from guatu.core import clock
from guatu.figures.queries.memo import forget
from guatu.plans.models import Target, TargetProfile, TargetSheet
from guatu.plans.queries.targets import last_said
from tests.figures.conftest import YI, District, cast, district

__all__ = ["cast", "district"]
MILLION = 1_000_000
NOW = datetime(2019, 3, 22, 18, tzinfo=clock.ZONE)


@pytest.fixture
def project(district: District, cast):
    found = district.project("甲", total=20 * YI, planned=250 * MILLION)
    district.assign(found, "responsible", unit=cast.unit("housing"))
    for week, done in enumerate((40, 45, 49, 52)):
        district.reading(found, date(2019, 3, 1) + timedelta(days=7 * week), ytd=done * MILLION)
    district.annual_list.check_points.create(name="双过半", on=date(2019, 6, 30))
    forget()
    with clock.at(NOW):
        yield found


def body(response, status=200):
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


def tab(project):
    return reverse("library:project", args=[project.public_id]) + "?tab=targets"


def form(route, district, project):
    return reverse(f"figures:{route}", args=[project.public_id, district.annual_list.public_id])


def test_the_tab_says_what_is_lost_and_what_would_save_it(cast, district, project):
    page = body(cast.client("reporter").get(tab(project)))
    # the week of 22 March is over with 300 of 500 万元; the quarter lacks 800 万元 in 5 days; the year needs
    # 101.5 万元 a day, and never more than 100 were done
    assert "第12周未完成，一季度、全年难完成" in page
    assert "12,200" in page  # by 30 June: 122 work days at 100 万元
    assert "改分解方式" not in page
    assert "改分解方式" in body(cast.client("office").get(tab(project)))


def test_what_is_typed_is_shown_before_it_is_saved(cast, district, project):
    address, client = form("target_amounts", district, project), cast.client("office")
    seen = last_said(project.pk, district.annual_list.pk)
    sent = {"m4": "3000万", "seen": seen}
    page = body(client.post(address, {**sent, "do": "preview"}))
    assert "存入后会变成" in page
    assert "+800" in page
    assert not Target.objects.exists()
    assert client.post(address, {**sent, "do": "save"}).status_code == 302
    assert Target.objects.get().amount == 30 * MILLION
    again = client.post(address, {"m4": "1000万", "seen": seen, "do": "save"})
    assert again.status_code == 409
    assert Target.objects.get().amount == 30 * MILLION
    week = {"seen": last_said(project.pk, district.annual_list.pk), "m4": "3000万", "do": "save"}
    assert (
        client.post(address, {**week, "other_kind": "week", "other_on": "5.8", "other_amount": "900万"}).status_code
        == 302
    )
    assert Target.objects.get(kind="week").start == date(2019, 5, 6)


def test_what_does_not_close_is_said_on_the_form(cast, district, project):
    sent = {"q2": "1000万", "m4": "3000万", "seen": 0, "do": "save"}
    page = body(cast.client("office").post(form("target_amounts", district, project), sent), 422)
    assert "2019-Q2 的目标是 10000000 元" in page
    assert not Target.objects.exists()


def test_a_profile_is_shown_and_saved(cast, district, project):
    address, client = form("target_profile", district, project), cast.client("office")
    sent = {"profile": "weights", "weights": "1 1 1 1 1 1 1 1 1 1 1 1", "capacity_daily": "200万", "seen": 0}
    page = body(client.post(address, {**sent, "do": "preview"}))
    assert page.count("2,083") >= 12  # 25,000 万元 over twelve months
    assert client.post(address, {**sent, "do": "save"}).status_code == 302
    assert TargetProfile.objects.get().capacity_daily == 2 * MILLION
    body(client.post(address, {**sent, "weights": "1 2", "seen": 9999, "do": "save"}), 422)


def test_a_unit_has_no_quarters_to_type_and_another_finds_nothing(cast, district, project):
    address = form("target_amounts", district, project)
    page = body(cast.client("reporter").get(address))
    assert 'name="m4"' in page
    assert 'name="q2"' not in page
    for name, status in (("other_reporter", 404), ("outsider", 404), ("supervision", 403)):
        assert cast.client(name).get(address).status_code == status
    assert cast.client("reporter").get(form("target_profile", district, project)).status_code == 403


def test_the_sheet_is_issued_and_printed_as_it_was(cast, district, project):
    listed = district.annual_list
    address = reverse("figures:issue_target_sheet", args=[listed.public_id])
    head = cast.client("office_head")
    sent = {"document_number": "西重项〔2019〕3号", "issued_on": "2019-03-22", "title": "2019年目标任务书"}
    assert head.post(address, sent).status_code == 302
    sheet = TargetSheet.objects.get()
    page = body(head.get(reverse("figures:target_sheet", args=[listed.public_id])))
    assert "西重项〔2019〕3号" in page
    assert "双过半" in page
    assert "1.22" in page  # 亿元 by 30 June
    paper = {
        kind: reverse("figures:target_paper", args=[listed.public_id, sheet.public_id, kind])
        for kind in ("docx", "pdf")
    }
    docx = head.get(paper["docx"])
    text = zipfile.ZipFile(io.BytesIO(docx.content)).read("word/document.xml").decode()
    assert "西重项〔2019〕3号" in text
    assert "25,000" in text
    assert head.get(paper["pdf"]).content.startswith(b"%PDF")
    body(head.post(address, sent), 422)
    for name, status in (("reporter", 404), ("outsider", 404), ("system_admin", 403)):
        assert cast.client(name).get(paper["pdf"]).status_code == status
    assert cast.client("office").get(address).status_code == 403


def test_the_sheet_goes_out_as_a_workbook_and_closes(cast, district, project):
    address = reverse("figures:target_sheet", args=[district.annual_list.public_id])
    found = cast.client("office").get(address, {"export": "csv"})
    rows = b"".join(found).decode("utf-8-sig") if found.streaming else found.content.decode("utf-8-sig")
    assert "25000" in rows.replace(",", "")
    book = cast.client("office").get(address, {"export": "xlsx"})
    with zipfile.ZipFile(io.BytesIO(b"".join(book.streaming_content))) as parts:
        assert "甲" in "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
    assert "甲" in body(cast.client("reporter").get(address))


def weeks_of(page):
    rows = re.findall(r"<tr><th[^>]*>\s*(第\d+周).*?</tr>", page, re.S)
    cells = re.findall(r'<tr><th[^>]*>\s*第\d+周.*?<td class="num key"([^>]*)>([^<]*)<', page, re.S)
    return dict(zip(rows, cells, strict=True))


def test_a_week_that_nobody_reported_is_no_zero(cast, district, project):
    with clock.at(NOW + timedelta(days=14)):
        district.reading(project, date(2019, 4, 5), ytd=60 * MILLION)
        forget()
        found = weeks_of(body(cast.client("reporter").get(tab(project))))
    assert found["第12周"] == ("", "300")
    assert found["第13周"] == (' title="这一周没有按周填报的进度"', "—")
    assert found["第14周"] == ("", "800")


def test_where_nobody_reports_by_the_week_the_weeks_say_so(cast, district, project):
    monthly = district.project("乙", total=20 * YI, planned=250 * MILLION)
    district.assign(monthly, "responsible", unit=cast.unit("housing"))
    district.reading(monthly, date(2019, 2, 28), ytd=20 * MILLION)
    forget()
    page = body(cast.client("reporter").get(tab(monthly)))
    assert "本项目不按周填报，完成写“—”" in page
    gone = {week: cell for week, cell in weeks_of(page).items() if int(week[1:-1]) <= 12}
    assert gone
    assert set(gone.values()) == {(' title="这一周没有按周填报的进度"', "—")}
