"""The phone under trial: a wrong clock, another person, forty photos, a full store, large photos, small targets."""

import io

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from guatu.core import clock
from guatu.core.attachments import path_of
from guatu.library.models import Project
from guatu.plans.models import Node, Plan
from guatu.reporting.content import from_json
from guatu.reporting.models import Evidence, Report, ReportEdition
from tests.e2e.phone_pages import arrived, asked_unit_of_phone, asks, hand_in, open_phone, opened_phone, write
from tests.reporting.phone import picture
from tests.support.photos import photo

__all__ = ["asked_unit_of_phone", "opened_phone"]
pytestmark = pytest.mark.django_db(transaction=True)
DAY = 24 * 3600 * 1000
HIT = 44  # pixels of what a thumb has to find


def clock_off(days: int) -> str:
    """A script by which the phone's clock is so many days ahead."""
    return f"""const Real = Date; const off = {days * DAY};
globalThis.Date = class extends Real {{
  constructor(...told) {{ super(...(told.length ? told : [Real.now() + off])); }}
  static now() {{ return Real.now() + off; }}
}};"""


def file(name: str, data: bytes) -> dict[str, object]:
    """A file as a person chooses it."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def photos_there(page: Page, count: int) -> None:
    """So many photos have arrived."""
    expect(page.get_by_text(f"照片 {count} / {count} 张")).to_be_visible(timeout=60_000)


@pytest.mark.parametrize("days", [2, -365])
def test_a_phone_with_a_wrong_clock_is_told_so_and_hands_in_twice_as_any_other(asked, browse, shot, days):
    from guatu.reporting import actions

    page = open_phone(browse, clock_off(days))
    expect(page.locator("#note-clock")).to_be_visible()
    write(page, photos=1)
    hand_in(page)
    arrived(page)
    photos_there(page, 1)
    shot(page, f"phone-clock-{days}")
    assert Evidence.objects.get().on == clock.today()
    report = Report.objects.get()
    actions.return_report(actor=asked.actor("office"), report=report, seen=report.version, reason="再核一下")
    page.goto("/phone/")
    page.reload()
    page.locator("a.ask").click()
    page.get_by_label("本期完成投资").fill("313")
    hand_in(page)
    expect(page.locator('.entry[data-kind="report"][data-state="sent"]')).to_have_count(2, timeout=20_000)
    assert ReportEdition.objects.count() == 2


def test_a_clock_that_is_set_back_between_hides_nothing_that_waits(asked, browse):
    page = open_phone(browse, clock_off(2))
    write(page)
    hand_in(page)
    arrived(page)
    item = page.evaluate("""() => new Promise((resolve) => {
      const asked = indexedDB.open('guatu.phone');
      asked.onsuccess = () => {
        const items = asked.result.transaction(['items'], 'readwrite').objectStore('items');
        const all = items.getAll();
        all.onsuccess = () => {
          const one = all.result[0];
          const later = { ...one, id: '00000000-0000-4000-8000-000000000001', at: one.at - 5 * 86400000 };
          const put = items.put({ ...later, state: 'needs', reason: '请核对', receipt: undefined });
          put.onsuccess = () => resolve(one.id);
        };
      };
    })""")
    assert item
    page.goto("/phone/")
    page.reload()
    expect(page.locator("a.ask .state")).to_have_text("需处理")


def test_another_person_on_the_same_phone_neither_sees_nor_sends_what_was_written(phone, asked, live_server, shot):
    def sign_in(name: str) -> None:
        session = asked.client(name).cookies["sessionid"].value
        phone.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])

    write(phone, photos=1)
    phone.context.clear_cookies()
    hand_in(phone)
    expect(phone.locator("#note-sign-in")).to_be_visible()
    shot(phone, "phone-signed-out")
    sign_in("other_reporter")
    phone.goto("/phone/")
    phone.reload()
    expect(phone.locator("h1")).to_have_text("现在要填 0 份")
    expect(phone.locator("#note-others")).to_be_visible()
    assert phone.get_by_text("青桐路").count() == 0
    phone.goto("/phone/#/outbox")
    expect(phone.get_by_text("本机另有 2 项")).to_be_visible()
    assert phone.locator(".entry").count() == 0
    shot(phone, "phone-others")
    assert not Report.objects.exists()
    sign_in("reporter")
    phone.reload()
    arrived(phone)
    photos_there(phone, 1)


def test_a_form_left_open_while_another_signs_in_stays_its_writers(phone, asked, live_server):
    write(phone)
    phone.route("**/api/v1/outbox/asked", lambda route: route.abort())  # the page has not heard of it
    session = asked.client("other_reporter").cookies["sessionid"].value
    phone.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    hand_in(phone)
    expect(phone.locator('.entry[data-state="kept"]')).to_have_count(1)
    phone.unroute("**/api/v1/outbox/asked")
    phone.reload()
    expect(phone.locator("#note-others")).to_be_visible()
    expect(phone.get_by_text("本机另有 1 项")).to_be_visible()
    assert not Report.objects.exists()


def test_forty_photos_are_kept_and_sent_and_no_more_are_taken(phone, shot):
    write(phone, photos=25)
    phone.locator("#album").set_input_files([file(f"{n}.jpg", picture(n)) for n in range(25, 45)])
    expect(phone.locator(".photos li")).to_have_count(40)
    expect(phone.get_by_text("40 张已存在本机，最多 40 张")).to_be_visible()
    phone.locator(".photos button").first.click()
    expect(phone.locator(".photos li")).to_have_count(39)
    shot(phone, "phone-forty")
    phone.reload()
    expect(phone.locator(".photos li")).to_have_count(39)
    hand_in(phone)
    arrived(phone)
    photos_there(phone, 39)
    assert Evidence.objects.count() == 39


def test_a_button_tapped_twice_hands_in_once_and_waits_for_photos_that_are_being_kept(phone):
    write(phone)
    phone.evaluate("() => { window.createImageBitmap = () => new Promise(() => {}); }")  # a slow phone
    phone.locator("#album").set_input_files([file("1.jpg", picture(1))])
    phone.locator("form button.main").click()
    expect(phone.get_by_text("照片还在存，存完再提交。")).to_be_visible()
    phone.reload()
    phone.locator("form button.main").evaluate("(one) => { one.click(); one.click(); }")
    arrived(phone)
    assert phone.locator(".entry").count() == 1
    assert ReportEdition.objects.count() == 1


def test_a_large_photo_goes_as_a_copy_first_and_as_it_was_taken_after_it(phone, shot):
    data = photo(1, size=(4000, 3000), quality=90, taken="2026:03:19 10:20:30", place=(112.0, 34.0))
    phone.locator("a.ask").click()
    phone.get_by_label("本期完成投资").fill("312")
    phone.locator("#album").set_input_files([file("a.jpg", data), file("b.jpg", picture(7))])
    expect(phone.locator(".photos li")).to_have_count(2)
    originals = []  # parts of the original are held back until the copy was looked at

    def hold(route) -> None:
        if b"copy_id" in (route.request.post_data_buffer or b"") and not originals:
            originals.append(Evidence.objects.count())
            return route.abort()
        return route.continue_()

    phone.route("**/api/v1/outbox/photos/*", hold)
    hand_in(phone)
    photos_there(phone, 2)
    expect(phone.get_by_text("原图 0 / 1 张")).to_be_visible()
    copy = Evidence.objects.get(original__name="a.jpg")
    with Image.open(path_of(copy.original.digest)) as small:
        assert small.size == (2560, 1920)
    assert (f"{copy.taken_at:%Y-%m-%d}", float(copy.longitude)) == ("2026-03-19", 112.0)
    expect(phone.get_by_text("原图 1 / 1 张")).to_be_visible(timeout=60_000)
    shot(phone, "phone-originals")
    assert originals == [2]  # all else was there before
    copy.refresh_from_db()
    assert path_of(copy.original.digest).read_bytes() == data
    assert Evidence.objects.count() == 2


def test_a_photo_held_sideways_has_an_upright_copy_and_small_only_sends_no_original(phone):
    lying = Image.open(io.BytesIO(photo(1, size=(3000, 2000))))
    words = lying.getexif()
    words[0x0112] = 6
    turned = io.BytesIO()
    lying.save(turned, "JPEG", exif=words)
    phone.locator("a.ask").click()
    phone.get_by_label("本期完成投资").fill("312")
    phone.get_by_label("省流量").check()
    phone.locator("#album").set_input_files([file("a.jpg", turned.getvalue())])
    expect(phone.locator(".photos li")).to_have_count(1)
    hand_in(phone)
    photos_there(phone, 1)
    with Image.open(path_of(Evidence.objects.get().original.digest)) as small:
        assert small.height == 2560 > small.width
        assert small.getexif()[0x0112] == 1
    assert phone.get_by_text("原图").count() == 0


def test_a_store_that_fills_up_amid_photos_keeps_what_it_took_and_says_so(phone, shot):
    write(phone, photos=2)
    full = "throw new DOMException('', 'QuotaExceededError');"
    phone.evaluate(f"() => {{ IDBObjectStore.prototype.put = () => {{ {full} }}; }}")
    phone.locator("#album").set_input_files([file("9.jpg", picture(9)), file("8.jpg", picture(8))])
    expect(phone.locator("#note-full")).to_be_visible()
    expect(phone.locator(".photos li")).to_have_count(2)
    shot(phone, "phone-full")
    phone.reload()  # room was made
    expect(phone.locator(".photos li")).to_have_count(2)
    hand_in(phone)
    photos_there(phone, 2)


def test_composition_and_days_of_nodes_are_typed_behind_one_line_each(asked, browse, axe, shot):
    asks(["money", "mix", "words", "nodes"])
    plan = Plan.objects.create(project=Project.objects.get(), approved=1, deadline=clock.today())
    Node.objects.create(plan=plan, order=1, name="主体封顶", duration=0)
    page = open_phone(browse)
    page.locator("a.ask").click()
    page.get_by_label("本期完成投资").fill("312")
    expect(page.get_by_label("建筑工程")).to_be_hidden()
    page.get_by_text("投资构成").click()
    page.get_by_label("建筑工程").fill("300")
    expect(page.get_by_text("合计 300 万元，与本期完成投资 312 万元不等")).to_be_visible()
    page.get_by_label("设备购置").fill("12")
    expect(page.get_by_text("合计与本期完成投资相符")).to_be_visible()
    page.get_by_text("节点进展").click()
    page.get_by_text("主体封顶").click()
    page.get_by_label("预计完成").fill("2026-09-30")
    page.locator("form button.main").click()  # not without a reason
    expect(page.get_by_label("推迟原因")).to_be_focused()
    axe(page)
    shot(page, "phone-more")
    page.get_by_label("推迟原因").fill("征迁")
    page.reload()
    expect(page.get_by_label("预计完成")).to_have_value("2026-09-30")
    hand_in(page)
    arrived(page)
    said = from_json(Report.objects.get().content)
    assert (said.mix.construction, said.mix.equipment) == (3_000_000, 120_000)
    assert (str(said.nodes[0].forecast), said.nodes[0].reason) == ("2026-09-30", "征迁")


SMALL = """() => [...document.querySelectorAll('a, button, summary, label.check, select, input:not(.sr), textarea')]
  .filter((one) => one.getClientRects().length && one.type !== 'checkbox')
  .map((one) => [one.getBoundingClientRect(), one.textContent || one.id])
  .filter(([box]) => box.height < %d - 0.5).map(([box, words]) => `${words} ${box.height}`)"""


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_whatever_is_touched_is_large_and_fits_in_each_language(asked, browse, live_server, shot, language):
    asks(["money", "mix", "words", "problem", "nodes", "photos"])
    page = browse("reporter", phone=True)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    page.goto("/phone/")
    expect(page.locator("a.ask")).to_be_visible()
    for place in ("home", "form", "outbox"):
        if place == "form":
            page.locator("a.ask").click()
            expect(page.locator("#f-amount")).to_be_visible()
            page.locator("summary").first.click()
            page.locator("#album").set_input_files([file("1.jpg", picture(1))])
            expect(page.locator(".photos li")).to_have_count(1)
        if place == "outbox":
            page.locator("#f-amount").fill("312")
            page.locator("form button.main").click()
            expect(page.locator(".entry")).to_have_count(1)
        shot(page, f"phone-{language}-{place}")
        assert page.evaluate(SMALL % HIT) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
