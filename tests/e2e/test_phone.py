"""The phone's page in a browser: written in flight mode, killed, sent once; signed out and in again; pages that fit."""

import gzip
import hashlib
import random

import pytest
from playwright.sync_api import Response, Route, expect

from guatu.core import clock
from guatu.library.models import Project
from guatu.reporting import actions
from guatu.reporting.content import ReportContent
from guatu.reporting.models import Evidence, Report, ReportEdition
from guatu.reporting.queries.asked import wanted
from tests.e2e.phone_pages import CUT, DIST, arrived, asked_unit_of_phone, hand_in, opened_phone, write
from tests.support.photos import photo

__all__ = ["asked_unit_of_phone", "opened_phone"]
pytestmark = pytest.mark.django_db(transaction=True)
FIRST_LOAD = 300_000  # bytes compressed


def test_a_report_of_a_flight_with_two_photos_survives_a_killed_page_and_arrives_once(phone):
    phone.wait_for_timeout(800)  # the worker takes the shell along
    context = phone.context
    context.set_offline(True)
    phone.reload()
    expect(phone.locator("h1")).to_have_text("现在要填 1 份")
    write(phone, photos=2)
    phone.close()  # the app is killed in the middle of the form
    again = context.new_page()
    again.goto("/phone/")
    again.locator("a.ask").click()
    expect(again.get_by_label("本期完成投资")).to_have_value("312")
    expect(again.locator(".photos li")).to_have_count(2)
    hand_in(again)
    expect(again.locator('.entry[data-state="kept"]')).to_have_count(1)
    assert not Report.objects.exists()
    again.close()
    context.set_offline(False)
    last = context.new_page()
    last.goto("/phone/#/outbox")
    arrived(last)
    expect(last.get_by_text("照片 2 / 2 张")).to_be_visible(timeout=20_000)
    last.reload()
    arrived(last)
    assert ReportEdition.objects.count() == 1
    assert Report.objects.get().means == "offline"
    assert Evidence.objects.filter(report=Report.objects.get()).count() == 2


def test_what_was_written_after_the_sign_in_ended_goes_when_its_writer_is_in_again(phone, asked, live_server):
    write(phone)
    phone.context.clear_cookies()
    hand_in(phone)
    expect(phone.locator("#note-sign-in")).to_be_visible()
    expect(phone.locator('.entry[data-state="kept"]')).to_have_count(1)
    assert not Report.objects.exists()
    session = asked.client("reporter").cookies["sessionid"].value
    phone.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    phone.goto("/phone/#/outbox")
    phone.reload()
    arrived(phone)
    assert ReportEdition.objects.count() == 1


def test_what_another_changed_meanwhile_is_shown_with_both_values_and_goes_as_decided(phone, asked, axe, shot):
    phone.context.set_offline(True)
    write(phone)
    one = wanted(Project.objects.all(), clock.today())[0]
    said = ReportContent(amount=1_000_000)
    actions.save_report(actor=asked.actor("office"), project=one.project, expected=one.expected, content=said)
    hand_in(phone)
    expect(phone.locator("#note-offline")).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.locator('.entry[data-state="needs"]')).to_have_count(1, timeout=20_000)
    shot(phone, "phone-needs")
    phone.get_by_role("link", name="改后再交").click()
    axe(phone)
    shot(phone, "phone-conflict")
    phone.locator("form button.main").click()  # not before it was decided
    expect(phone.get_by_role("button", name="用我填的：312")).to_be_focused()
    phone.get_by_role("button", name="用我填的：312").click()
    hand_in(phone)
    arrived(phone)
    assert Report.objects.get().content["amount"] == 3_120_000


def test_a_full_store_says_so_and_keeps_what_was_typed_on_the_page(phone):
    phone.locator("a.ask").click()
    full = "throw new DOMException('', 'QuotaExceededError');"
    phone.evaluate(f"() => {{ IDBObjectStore.prototype.put = () => {{ {full} }}; }}")
    phone.get_by_label("本期完成投资").fill("312")
    expect(phone.locator("#note-full")).to_be_visible()
    phone.locator("form button.main").click()
    expect(phone.get_by_label("本期完成投资")).to_have_value("312")
    assert not Report.objects.exists()


class BadLine:
    """A line with faults: cut before the server, cut after it, twice, a portal's page; each by chance."""

    def __init__(self, seed: int) -> None:
        self.chance, self.good = random.Random(seed), False

    def __call__(self, route: Route) -> None:
        fate = 1.0 if self.good else self.chance.random()
        if fate < 0.15:
            route.abort()
        elif fate < 0.3:
            route.fetch()
            route.abort()
        elif fate < 0.4:
            route.fetch()
            route.continue_()
        elif fate < 0.5:
            route.fulfill(status=200, content_type="text/html", body="<p>sign in to this network</p>")
        else:
            route.continue_()


@pytest.mark.slow
def test_random_faults_in_a_browser_lose_nothing_and_send_nothing_twice(asked, browse, seed, times):
    office = asked.actor("office")
    project = Project.objects.get()
    for number in range(seed, seed + times(20)):
        page = browse("reporter", phone=True, expected=CUT)
        page.goto("/phone/")
        expect(page.locator("h1")).to_have_text("现在要填 1 份")
        line = BadLine(number)
        page.context.route("**/api/v1/outbox/**", line)
        write(page, photos=2, first=2 * number)
        large = photo(number, size=(2700, 1800), quality=97)
        page.locator("#album").set_input_files([{"name": "c.jpg", "mimeType": "image/jpeg", "buffer": large}])
        expect(page.locator(".photos li")).to_have_count(3)
        hand_in(page)
        for _killed in range(line.chance.randrange(4)):
            page.wait_for_timeout(line.chance.randrange(300))
            page.reload()
        line.good = True
        page.reload()
        expect(page.locator('.entry[data-kind="report"][data-state="sent"]')).to_have_count(1, timeout=60_000)
        expect(page.get_by_text("照片 3 / 3 张")).to_be_visible(timeout=60_000)
        expect(page.get_by_text("原图 1 / 1 张")).to_be_visible(timeout=60_000)
        report = Report.objects.get(project=project)
        assert report.content["amount"] == 3_120_000
        assert ReportEdition.objects.filter(report=report).count() == number - seed + 1
        assert Evidence.objects.filter(project=project).count() == 3 * (number - seed + 1)
        whole = Evidence.objects.get(original__digest=hashlib.sha256(large).hexdigest())
        assert (whole.project, whole.report) == (project, report)
        actions.return_report(actor=office, report=report, seen=report.version, reason="再试一次")


def test_pages_of_the_phone_have_no_barrier_and_fit(phone, axe, shot):
    axe(phone)
    shot(phone, "phone-home")
    write(phone, photos=1)
    axe(phone)
    shot(phone, "phone-form")
    hand_in(phone)
    arrived(phone)
    axe(phone)
    shot(phone, "phone-outbox")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_first_load_is_small(asked, browse):
    page = browse("reporter", phone=True)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto("/phone/")
    expect(page.locator("h1")).to_have_text("现在要填 1 份")
    sizes = {answer.url: len(gzip.compress(answer.body())) for answer in answers}
    files = [DIST / name for name in ("phone.js", "phone.css", "phone_sw.js")]
    assert sum(len(gzip.compress(path.read_bytes())) for path in files) < FIRST_LOAD / 10
    assert len(sizes) >= 4  # the page, its script and style, what is asked
    assert sum(sizes.values()) < FIRST_LOAD / 10, sizes
