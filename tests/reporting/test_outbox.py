"""The outbox: JSON alone, each item once by its own id, merged by field, nothing lost and nothing twice."""

import random

import pytest
from django.test import Client

from guatu.core import clock
from guatu.reporting.models import Evidence, Report, ReportEdition
from guatu.reporting.outbox.sitting import owner_of
from tests.reporting.phone import ROOT, Phone, new_id, phone_of

WAN = 10_000


@pytest.fixture
def phone(cast, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return phone_of(cast)


def test_what_is_asked_stands_ready_with_its_base(phone):
    told = phone.asked()
    (row,) = told["rows"]
    assert told["owner"] == owner_of(phone.cast.actor("reporter"))
    assert (row["name"], row["kind"], row["period"], row["plan"]) == ("手机示例项目", "month", "2026-02", "1.00 亿元")
    assert row["base"]["amount"] is None
    assert row["photos"] is False


def test_a_report_is_handed_in_as_written_offline_and_its_receipt_has_its_own_id(phone):
    (row,) = phone.asked()["rows"]
    address, said = phone.report(row, amount="312", words="桩基完成 4 根")
    answer = phone.send(address, said)
    assert answer.status_code == 200
    assert answer.json()["id"] == address.split("/")[1]
    assert answer.json()["receipt"] is True
    report = Report.objects.get()
    assert (report.state, report.means, report.content["amount"]) == ("submitted", "offline", 312 * WAN)
    assert report.submitted_at == clock.now()  # the server's time counts, not the phone's
    (told,) = phone.asked()["reports"]
    assert (told["state"], told["report"]) == ("submitted", str(report.public_id))


def test_the_same_item_again_gets_the_same_receipt_and_another_content_is_refused(phone):
    (row,) = phone.asked()["rows"]
    address, said = phone.report(row, amount="312")
    first, again = phone.send(address, said), phone.send(address, said)
    assert first.json() == again.json()
    assert ReportEdition.objects.count() == 1
    other = phone.send(address, {**said, "fields": {"amount": "313"}})
    assert (other.status_code, other.json()["code"]) == (409, "core.request_reused")


def test_an_item_that_changed_nothing_keeps_its_receipt_when_others_go_on(phone):
    (row,) = phone.asked()["rows"]
    empty, blank = phone.report(row, step="draft", words="")
    assert phone.send(empty, blank).status_code == 200
    phone.send(*phone.report(row, step="draft", words="进场"))
    same, said = phone.report(phone.asked()["rows"][0], step="draft", words="进场")
    assert phone.send(same, said).status_code == 200
    phone.send(*phone.report(phone.asked()["rows"][0], step="draft", words="又改"))
    assert phone.send(same, said).status_code == 200
    assert Report.objects.get().content == {"words": "又改"}


def test_both_sides_fields_are_kept_and_a_field_of_both_is_shown_with_both_values(phone):
    (row,) = phone.asked()["rows"]
    phone.send(*phone.report(row, step="draft", words="办公室先写的"))
    merged = phone.send(*phone.report(row, step="draft", amount="5"))
    assert merged.status_code == 200
    assert Report.objects.get().content == {"words": "办公室先写的", "amount": 5 * WAN}
    clash = phone.send(*phone.report(row, step="draft", words="手机写的", amount="5"))
    assert clash.status_code == 409
    (item,) = clash.json()["items"]
    assert (item["field"], item["mine"], item["theirs"]) == ("words", "手机写的", "办公室先写的")
    decided = {**row, "base": {**row["base"], "words": item["now"]}}
    assert phone.send(*phone.report(decided, step="draft", words="手机写的")).status_code == 200
    assert Report.objects.get().content["words"] == "手机写的"


def test_a_draft_that_comes_after_its_report_changes_nothing(phone):
    (row,) = phone.asked()["rows"]
    draft = phone.report(row, step="draft", amount="1")
    phone.send(*phone.report(row, amount="312"))
    late = phone.send(*draft)
    assert (late.status_code, late.json()["state"]) == (200, "submitted")
    assert Report.objects.get().content["amount"] == 312 * WAN


@pytest.mark.parametrize("address", ["session", "asked"])
def test_whoever_is_signed_out_gets_json_and_no_redirect(phone, address):
    answer = Client().get(f"{ROOT}{address}")
    assert (answer.status_code, answer.json()["code"]) == (401, "reporting.outbox_signed_out")


def test_a_password_that_is_to_be_changed_is_no_redirect_either(phone):
    phone.cast.user("reporter").__class__.objects.filter(username="reporter").update(must_change_password=True)
    assert phone.client.get(f"{ROOT}session").status_code == 401
    assert phone.client.get("/reports/workbooks/").status_code == 302


def test_an_old_token_keeps_the_item_and_a_fresh_one_sends_it(phone):
    (row,) = phone.asked()["rows"]
    phone.client = phone.cast.client("reporter", enforce_csrf_checks=True)
    item = phone.report(row, amount="312")
    refused = phone.send(*item)
    assert (refused.status_code, refused.json()["code"]) == (401, "reporting.outbox_token")
    token = phone.client.get(f"{ROOT}session").json()["token"]
    assert phone.send(*item, **{"X-CSRFToken": token}).status_code == 200


def test_items_go_only_while_their_own_person_is_signed_in(phone):
    (row,) = phone.asked()["rows"]
    address, said = phone.report(row, amount="312")
    answer = Phone(phone.cast, "office").client.post(
        f"{ROOT}{address}", said, content_type="application/json", headers=phone.owner
    )
    assert (answer.status_code, answer.json()["code"]) == (401, "reporting.outbox_other")
    assert not Report.objects.exists()


def test_what_another_unit_reports_does_not_exist(phone):
    (row,) = phone.asked()["rows"]
    other = Phone(phone.cast, "other_reporter")
    assert other.send(*other.report(row, amount="1")).status_code == 404
    assert other.asked()["rows"] == []


def test_what_cannot_be_read_is_named_field_by_field(phone):
    (row,) = phone.asked()["rows"]
    answer = phone.send(*phone.report(row, amount="约三百", percent="140"))
    assert answer.status_code == 422
    assert [item["field"] for item in answer.json()["items"]] == ["amount", "percent"]


def test_a_problem_joins_the_report_that_is_being_written(phone):
    (row,) = phone.asked()["rows"]
    for text in ("征迁未完", "缺电"):
        said = {"project": row["project"], "text": text}
        assert phone.send(f"problems/{new_id(phone.chance)}", said).status_code == 200
    assert Report.objects.get().content["problem"] == "征迁未完\n缺电"


def test_a_photo_goes_on_where_it_stopped_and_is_kept_once(phone):
    (row,) = phone.asked()["rows"]
    address, said, data = phone.photo(row, 1)
    first = phone.send_part(address, said, data, 0, 100)
    assert (first.status_code, first.json()["have"]) == (202, 100)
    assert phone.send_part(address, said, data, 200).json()["have"] == 100  # a gap is not taken
    assert phone.client.get(f"{ROOT}{address}").json()["have"] == 100
    last = phone.send_part(address, said, data, 100)
    assert last.json()["receipt"] is True
    assert phone.send_part(address, said, data).json() == last.json()
    row = Evidence.objects.get()
    assert str(row.client_id) == address.split("/")[1]
    assert row.original.size == len(data)
    assert str(row.on) == "2026-03-20"


def test_a_photo_that_arrives_damaged_is_refused_and_sent_anew(phone):
    (row,) = phone.asked()["rows"]
    address, said, data = phone.photo(row, 1)
    hurt = phone.send_part(address, said, data[:-1] + b"?")
    assert (hurt.status_code, hurt.json()["code"]) == (422, "reporting.outbox_damaged")
    assert phone.send_part(address, said, data).json()["receipt"] is True


def test_a_phone_with_a_wrong_clock_is_believed_no_day_to_come(phone):
    (row,) = phone.asked()["rows"]
    address, said, data = phone.photo(row, 1)
    phone.send_part(address, {**said, "said_at": "2031-01-01T00:00:00"}, data)
    assert Evidence.objects.get().on == clock.today()


def test_whatever_comes_twice_or_in_another_order_arrives_once(cast, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    phone = phone_of(cast, "甲项目", "乙项目", "丙项目")
    chance = random.Random(20260326)
    for _round in range(3):
        rows = phone.asked()["rows"]
        reports = [phone.report(row, amount=str(chance.randrange(1, 900))) for row in rows if row["state"] == ""]
        photos = [phone.photo(row, chance.randrange(10**6)) for row in rows for _ in range(2)]
        sends = [*reports, *photos] * 3
        chance.shuffle(sends)
        before = Evidence.objects.count()
        receipts: dict[str, list[object]] = {}
        for address, said, *data in sends:
            answer = phone.send_part(address, said, data[0]) if data else phone.send(address, said)
            receipts.setdefault(address, []).append(answer.json())
        for address, answers in receipts.items():
            assert answers[0]["id"] == address.split("/")[1]
            assert answers == [answers[0]] * 3
        assert Evidence.objects.count() == before + len(photos)
        for address, said in reports:
            kept = Report.objects.get(public_id=receipts[address][0]["report"])
            assert kept.content["amount"] == int(said["fields"]["amount"]) * WAN
    assert Report.objects.count() == ReportEdition.objects.count() == 3


@pytest.mark.parametrize("sign", ["\0", "\x1b", "\ud800", "\u202e"])
def test_a_sign_that_nobody_typed_is_left_out_and_keeps_no_item_on_the_phone(phone, sign):
    (row,) = phone.asked()["rows"]
    address, said = phone.report(row, step="draft", words=f"进{sign}场", amount="5")
    said |= {"base": {**row["base"], "zzz": f"a{sign}"}, "said_at": f"2026{sign}"}
    assert phone.send(address, said).status_code == 200
    problem = {"project": row["project"], "text": f"缺{sign}水"}
    assert phone.send(f"problems/{new_id(phone.chance)}", problem).status_code == 200
    assert Report.objects.get().content == {"words": "进场", "amount": 5 * WAN, "problem": "缺水"}
    photo, told, data = phone.photo(row, 1)
    told |= {name: f"x{sign}".encode("utf-8", "replace").decode() for name in ("kind", "period", "caption")}
    assert phone.send_part(photo, told, data).status_code == 200
