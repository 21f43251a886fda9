"""What harms or overruns the pages of reporting: hostile workbooks, forty photos, posts that ended, years to come."""

import io
import json
import zipfile
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guatu.core import clock
from guatu.core.roundtrip.out import unit_workbook_bytes
from guatu.library.models import AnnualList
from guatu.people.models import Post
from guatu.reporting import actions
from guatu.reporting.models import Evidence, WorkbookReturn
from guatu.reporting.sent.making import offers, workbook_of
from tests.library.conftest import at_day
from tests.reporting.layouts import used
from tests.reporting.phone import phone_of
from tests.reporting.workbooks import asked_unit
from tests.support.photos import photo


def packed(parts: dict[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return kept.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def bomb(plain: bytes) -> bytes:
    """A sheet of half a gigabyte in some hundred kilobytes."""
    parts = parts_of(plain)
    name = next(name for name in parts if name.startswith("xl/worksheets/sheet"))
    return packed(parts | {name: parts[name][:200] + b" " * 500_000_000})


def to_the_last_row(plain: bytes) -> bytes:
    """A value in the last row that Excel has."""
    book = openpyxl.load_workbook(io.BytesIO(plain))
    book.worksheets[0].cell(1_048_576, 1).value = "末行"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def with_macros(plain: bytes) -> bytes:
    parts = parts_of(plain)
    types = parts["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    return packed(
        parts | {"[Content_Types].xml": types, "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"Sub Auto_Open" * 9}
    )


def with_links(plain: bytes) -> bytes:
    """Formulas that ask other files and the network."""
    book = openpyxl.load_workbook(io.BytesIO(plain))
    sheet = book.worksheets[0]
    sheet.cell(sheet.max_row + 2, 1).value = "='http://203.0.113.9/[x.xlsx]Sheet1'!A1"
    sheet.cell(sheet.max_row + 1, 1).value = '=WEBSERVICE("http://203.0.113.9/")'
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


@pytest.fixture
def plain(shelf):
    """The workbook of a unit's month as it went out."""
    bureau, reporter = asked_unit(shelf.cast, "甲路"), shelf.cast.actor("reporter")
    (offer,) = offers(reporter, bureau, clock.today())
    book, projects = workbook_of(bureau, offer)
    actions.send_workbook(actor=reporter, unit=bureau, offer=offer, book=book, projects=projects)
    return unit_workbook_bytes(book)[0]


@pytest.mark.parametrize(("make", "status", "told"), [
    (bomb, 422, "解压"), (to_the_last_row, 422, "行"), (with_macros, 302, ""), (with_links, 302, ""),
])  # fmt: skip
def test_a_hostile_workbook_ends_in_a_sentence_or_is_read_as_far_as_it_is_ours(shelf, plain, make, status, told):
    client = shelf.cast.client("reporter")
    sent = {"file": SimpleUploadedFile("填报表.xlsx", make(plain))}
    answer = client.post("/reports/workbooks/receive/", sent)
    page = answer.content.decode()
    assert answer.status_code == status, page
    assert told in page
    assert WorkbookReturn.objects.count() == (status == 302)
    if status == 302:
        shown = client.get(answer.url)
        assert shown.status_code == 200
        assert "203.0.113.9" not in shown.content.decode().split("<main")[0]


@pytest.mark.parametrize(("make", "told"), [(bomb, "解压"), (to_the_last_row, ""), (with_macros, "")])
def test_a_hostile_export_of_another_system_ends_in_a_sentence(shelf, plain, make, told):
    annual, row = AnnualList.objects.get(), used(shelf.cast)
    sent = {"list": annual.public_id, "period": "2019-02", "file": SimpleUploadedFile("导出.xlsx", make(plain))}
    answer = shelf.cast.client("office").post(f"/reports/layouts/{row.public_id}/receive/", sent)
    assert answer.status_code in (302, 422), answer.content.decode()
    assert told in answer.content.decode()


def test_forty_large_photos_go_through_the_phone_and_the_page_says_how_many_at_once(shelf, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    phone = phone_of(shelf.cast)
    (row,) = phone.asked()["rows"]
    base = photo(1, size=(4000, 3000))
    for number in range(40):
        address, said, _small = phone.photo(row, number)
        data = base + bytes([number]) * 3  # after the picture's end: forty files of one visit
        told = said | {"sha256": "", "total": len(data)}
        assert phone.send_part(address, told, data, last=100_000).status_code in (200, 202)
        assert phone.send_part(address, told, data, first=100_000).json()["receipt"]
    assert Evidence.objects.count() == 40
    files = [SimpleUploadedFile(f"{number}.jpg", photo(number)) for number in range(21)]
    page = phone.client.post(f"/reports/evidence/hand-in/{row['project']}/", {"pieces": files, "kind": "photo"})
    assert (page.status_code, "一次最多传 20 个文件" in page.content.decode()) == (422, True)


def test_a_phone_of_a_post_that_ended_keeps_its_items_and_is_told_to_sign_in(shelf):
    phone = phone_of(shelf.cast)
    (row,) = phone.asked()["rows"]
    item, owner = phone.report(row, words="进场"), phone.owner
    Post.objects.filter(pk=shelf.cast.post("reporter").pk).update(valid_to=date(2019, 3, 30))
    answer = phone.client.post(
        f"/api/v1/outbox/{item[0]}", json.dumps(item[1]), content_type="application/json", headers=owner
    )
    assert (answer.status_code, answer.json()["code"]) == (401, "reporting.outbox_signed_out")


@pytest.mark.parametrize("day", ["2029-02-15", "2099-12-31"])
def test_years_without_a_table_of_holidays_have_pages_and_due_days(shelf, day):
    with at_day(day):
        asked_unit(shelf.cast, "甲路")
        for who, pages in {
            "reporter": ("/reports/", "/reports/workbooks/", "/phone/", "/today/"),
            "office": ("/reports/chase/", "/reports/burden/", "/reports/rules/", "/reports/review/", "/reports/list/"),
        }.items():
            client = shelf.cast.client(who)
            for page in pages:
                assert client.get(page).status_code == 200, page
        for who, page in (("reporter", "/reports/"), ("office", "/reports/chase/")):
            assert "年放假安排尚未录入" in shelf.cast.client(who).get(page).content.decode(), page
        assert shelf.cast.client("reporter").get("/api/v1/outbox/asked").status_code == 200
