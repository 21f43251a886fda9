"""The calendar's pages: what a year shows, a notice typed in with its preview, closures and sittings, the to-do."""

import re
from datetime import date, datetime, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guatu.config import main
from guatu.core import clock
from guatu.core.actor import OPERATOR
from guatu.core.ids import new_public_id
from guatu.people import actions, todo
from guatu.people.models import CalendarDay, CalendarYear, SittingRule, WorkClosure
from guatu.people.notice import exceptions, read_notice
from guatu.people.queries import calendar_for, table_end

pytestmark = pytest.mark.django_db
URL = "/people/calendar/"
NOTICE = "元旦：1月1日至3日放假调休，1月4日上班\n春节：2月5日至11日放假调休，2月14日（星期日）上班"
NUMBER = "国办发明电〔2026〕9号"


@pytest.fixture(autouse=True)
def seeded():
    """The table, also where a test before this one has emptied the database."""
    actions.seed_calendar(actor=OPERATOR)


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode()))


def shut(cast, region="district", **other):
    values = {"words": "采暖期停工", "starts_on": date(2025, 11, 15), "ends_on": date(2026, 3, 15), "yearly": True}
    return actions.add_closure(actor=OPERATOR, region=cast.region(region), document="秋冬季方案", **{**values, **other})


def sheet_of(answer):
    return answer.context["sheet"]


# -- a year ------------------------------------------------------------------------------------------------------------
def test_a_year_shows_its_work_days_by_month_and_quarter_and_marks_days_by_a_character(cast):
    answer = cast.client("reporter").get(URL)
    sheet = sheet_of(answer)
    assert sheet.work_days == sum(sheet.quarters) == sum(month.work_days for month in sheet.months) == 248
    assert "2026年共 248 个工作日" in text_of(answer)
    assert "第1季度" in text_of(answer)
    page = answer.content.decode()
    assert page.count('class="cal-off"') == 33
    assert '<td class="cal-made" title="国庆节">10<i>班</i></td>' in page
    assert "暂按周一至周五计算" not in page
    assert "随软件提供" in page


def test_a_year_without_a_table_says_so_in_words_and_offers_to_enter_it(cast):
    answer = cast.client("system_admin").get(URL, {"year": "2027"})
    assert "2027年放假安排尚未录入，暂按周一至周五计算" in text_of(answer)
    assert "放假安排录入到 2026年12月31日" in text_of(answer)
    assert reverse("people:calendar_year", args=[2027]) in answer.content.decode()
    assert sheet_of(answer).work_days == 261
    office = cast.client("office").get(URL, {"year": "2027"})
    assert reverse("people:calendar_year", args=[2027]) not in office.content.decode()


@pytest.mark.parametrize(("query", "status"), [("year=x", 404), ("year=1900", 404), ("year=2100", 200), ("year=", 200)])
def test_years_that_are_none_do_not_exist(cast, query, status):
    assert cast.client("office").get(f"{URL}?{query}").status_code == status


def test_a_leap_year_has_its_29th_of_february(cast):
    february = sheet_of(cast.client("office").get(URL, {"year": "2024"})).months[1]
    days = [cell for week in february.weeks for cell in week if cell]
    assert len(days) == 29
    assert february.work_days == calendar_for(None).count(date(2024, 2, 1), date(2024, 2, 29))


def test_a_regions_closures_are_marked_and_not_counted_and_the_countrys_page_has_none(cast):
    shut(cast)
    answer = cast.client("office").get(URL)
    assert sheet_of(answer).months[0].work_days == 0
    assert "<i>停</i>" in answer.content.decode()
    assert "2025年11月15日至2026年3月15日；11月15日至2027年3月15日" in text_of(answer)
    assert "不计停工为 248 个工作日" in text_of(answer)
    country = cast.client("office").get(URL, {"region": "country"})
    assert sheet_of(country).work_days == 248
    assert "不计停工" not in text_of(country)


def test_another_districts_calendar_and_closures_do_not_exist(cast):
    other = shut(cast, "other_district", words="邻区停工")
    client = cast.client("office")
    assert client.get(URL, {"region": "410305"}).status_code == 404
    assert client.get(URL, {"region": "410303004"}).status_code == 200
    assert "邻区停工" not in text_of(client.get(URL))
    assert client.get(reverse("people:closure", args=[other.public_id])).status_code == 404
    assert "邻区停工" in text_of(cast.client("system_admin").get(URL))


def test_the_citys_closure_is_shown_to_the_district_without_the_right_to_end_it(cast):
    row = shut(cast, "city", words="全市防汛")
    client = cast.client("office")
    assert "全市防汛" in text_of(client.get(URL))
    address = reverse("people:closure", args=[row.public_id])
    assert 'name="do"' not in client.get(address).content.decode()
    sent = {"do": "end", "end-on": "2026-03-01", "end-reason": "x", "end-seen": row.version}
    assert client.post(address, sent).status_code == 403
    assert WorkClosure.objects.get().ended_on is None


# -- a notice ----------------------------------------------------------------------------------------------------------
def send(client, year=2027, **values):
    return client.post(
        reverse("people:calendar_year", args=[year]),
        {"request_id": str(new_public_id()), "text": NOTICE, "document": NUMBER, "step": "review", **values},
    )


def test_a_notice_is_shown_before_it_is_entered_and_entered_as_it_was_shown(cast):
    client = cast.client("system_admin")
    shown = send(client)
    assert shown.status_code == 200
    assert "2月5日至11日" in text_of(shown)
    assert "1月4日（星期一）本来就上班，不另录入" in text_of(shown)
    assert not CalendarYear.objects.filter(year=2027).exists()
    assert not CalendarDay.objects.filter(day__year=2027).exists()
    done = send(client, step="confirm", shown=shown.context["digest"])
    assert (done.status_code, done.url) == (302, f"{URL}?year=2027")
    assert not calendar_for(None).is_open(date(2027, 2, 8))
    assert table_end() == date(2027, 12, 31)
    page = text_of(client.get(done.url))
    assert "暂按周一至周五计算" not in page
    assert NUMBER in page


def test_what_differs_from_what_was_shown_is_shown_again(cast):
    client = cast.client("system_admin")
    shown = send(client)
    again = send(client, step="confirm", shown=shown.context["digest"], text=NOTICE.replace("至11日", "至12日"))
    assert again.status_code == 409
    assert "请再核对一次" in text_of(again)
    assert not CalendarYear.objects.filter(year=2027).exists()


def test_a_notice_that_cannot_be_read_keeps_what_was_typed_and_names_the_line(cast):
    answer = send(cast.client("system_admin"), text="元旦：1月1日放假\n春节：2月30日放假")
    assert answer.status_code == 422
    assert "第 2 行的日期“2月30日”不存在" in text_of(answer)
    assert "春节：2月30日放假" in answer.content.decode()


def test_a_known_year_opens_with_its_days_and_says_what_a_change_would_do(cast):
    client = cast.client("system_admin")
    opened = client.get(reverse("people:calendar_year", args=[2026]))
    typed = opened.context["form"].initial["text"]
    assert "国庆节：10月1日至7日放假，共7天，9月20日、10月10日上班。" in typed
    shown = send(client, 2026, text=typed.replace("、10月10日", ""), seen="1")
    assert shown.context["changes"] == {"added": [], "changed": [], "dropped": ["10月10日"]}


def test_a_notice_entered_meanwhile_by_another_is_not_overwritten(cast):
    client = cast.client("system_admin")
    shown = send(client, 2026, text="元旦：1月1日放假", seen="1")
    row = CalendarYear.objects.get(year=2026)
    other = exceptions(read_notice("元旦：1月2日放假", 2026))
    actions.publish_calendar_year(actor=OPERATOR, year=2026, days=other, document=NUMBER, seen=row.version)
    answer = send(client, 2026, text="元旦：1月1日放假", seen="1", step="confirm", shown=shown.context["digest"])
    assert answer.status_code == 409
    assert not calendar_for(None).is_open(date(2026, 1, 2))


# -- closures and sittings ---------------------------------------------------------------------------------------------
def test_an_office_enters_a_closure_with_dates_as_it_writes_them_and_ends_it(cast):
    client, district = cast.client("office"), cast.region("district")
    sent = {
        "do": "closure", "closure-words": "牡丹文化节停工", "closure-kind": "festival", "closure-starts_on": "4.1",
        "closure-ends_on": "4月10日", "closure-repeats": "once", "closure-region": str(district.pk),
        "closure-reach": "lower", "closure-document": "保障方案",
    }  # fmt: skip
    assert client.post(f"{URL}?year=2027", sent).status_code == 302
    row = WorkClosure.objects.get()
    assert (row.starts_on, row.ends_on) == (date(2027, 4, 1), date(2027, 4, 10))  # of the year on the page
    address = reverse("people:closure", args=[row.public_id])
    assert "保障方案" in text_of(client.get(address))
    sent = {"do": "end", "end-on": "2027-04-05", "end-reason": "提前结束", "end-seen": str(row.version)}
    assert client.post(address, sent).status_code == 302
    assert calendar_for(district).is_open(date(2027, 4, 6))
    assert "2027-04-05 终止：提前结束" in text_of(client.get(address))


def test_a_closure_that_is_refused_says_why_beside_the_form(cast):
    sent = {
        "do": "closure", "closure-words": "停工", "closure-kind": "other", "closure-starts_on": "2026-04-10",
        "closure-ends_on": "2026-04-01", "closure-repeats": "once", "closure-region": str(cast.region("district").pk),
        "closure-reach": "lower", "closure-document": "方案",
    }  # fmt: skip
    answer = cast.client("office").post(URL, sent)
    assert answer.status_code == 422
    assert "停工结束日 2026-04-01 早于开始日 2026-04-10" in text_of(answer)


def test_a_sitting_is_entered_as_offices_say_it(cast):
    client = cast.client("office")
    sent = {"do": "sitting", "sitting-name": "规委会", "sitting-days": "每月第2、4周周四"}
    sent["sitting-region"] = str(cast.region("district").pk)
    assert client.post(URL, sent).status_code == 302
    row = SittingRule.objects.get()
    assert (row.weekdays, row.weeks) == ([3], [2, 4])
    assert "每月第2、4个周四" in text_of(client.get(URL))
    wrong = client.post(URL, {**sent, "sitting-days": "每月一次"})
    assert wrong.status_code == 422
    assert "看不懂会期" in text_of(wrong)


def test_who_may_not_write_is_offered_no_form(cast):
    for who in ("reporter", "owner", "head", "superior"):
        assert 'name="do"' not in cast.client(who).get(URL).content.decode(), who


def test_an_administrator_changes_one_day_of_the_country_and_an_office_only_its_own(cast):
    sent = {"do": "day", "day-day": "2026-03-27", "day-works": "off", "day-name": "纪念日", "day-document": NUMBER}
    refused = cast.client("office").post(URL, sent)
    assert refused.status_code == 422
    assert cast.client("system_admin").post(URL, sent).status_code == 302
    assert not calendar_for(None).is_open(date(2026, 3, 27))


def test_the_page_asks_as_often_with_many_closures_as_with_few(cast):
    district, client = cast.region("district"), cast.client("office")

    def with_closures(count):
        for number in range(WorkClosure.objects.count(), count):
            shut(cast, words=f"停工{number}", yearly=False)
            actions.add_sitting(actor=OPERATOR, name=f"会{number}", region=district, weekdays=[2])

    def look(count):
        with_closures(count)
        assert len(client.get(URL).context["closures"]) == count
        with CaptureQueriesContext(connection) as asked:
            client.get(URL)
        return len(asked)

    query_counts = look(3), look(30)
    assert query_counts[0] == query_counts[1]


# -- to-do and command line --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "years"),
    [("2026-10-31", []), ("2026-11-01", [2027]), ("2027-03-01", [2027]), ("2027-11-02", [2027, 2028])],
)
def test_from_november_on_the_administrator_is_asked_for_next_years_notice(cast, day, years):
    with clock.at(datetime.combine(date.fromisoformat(day), time(10), clock.ZONE)):
        found = todo.calendar(cast.actor("system_admin"))
    assert [item.words for item in found] == [f"录入{year}年放假安排" for year in years]
    assert [item.url for item in found] == [reverse("people:calendar_year", args=[year]) for year in years]


@pytest.mark.clock("2026-11-10")
def test_the_to_do_stands_on_the_administrators_page_and_on_nobody_elses(cast):
    assert "录入2027年放假安排" in text_of(cast.client("system_admin").get("/today/"))
    assert "录入2027年放假安排" not in text_of(cast.client("office").get("/today/"))


def run(capsys, *words):
    code = main.main([*words])
    return code, capsys.readouterr()


def test_the_command_line_enters_and_shows_a_year(capsys, tmp_path):
    notice = tmp_path / "notice.txt"
    notice.write_text(NOTICE, encoding="utf-8")
    code, said = run(capsys, "calendar", "publish", "2027", str(notice), "--document", NUMBER)
    assert (code, said.out.splitlines()[1]) == (0, "added: 7")
    code, said = run(capsys, "calendar", "show", "2027")
    assert (code, "春节" in said.out, "known: True" in said.out) == (0, True, True)
    assert run(capsys, "calendar", "seed")[0] == 0
    code, said = run(capsys, "calendar", "publish", "2027", str(tmp_path / "none.txt"), "--document", NUMBER)
    assert (code, "读不了文件" in said.err) == (1, True)
