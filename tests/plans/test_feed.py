"""The calendar feed: read again by the library as what was written, the same bytes for the same rows."""

from datetime import UTC, date, datetime

from icalendar import Calendar

from guatu.plans.exports.feed import FeedItem, write_feed

STAMP = datetime(2019, 3, 4, 1, 30, tzinfo=UTC)
ITEMS = (
    FeedItem("0190-b", date(2019, 12, 31), "西工小街改造：竣工", "完成期限", "https://example.org/plans/0190-b"),
    FeedItem("0190-a", date(2019, 6, 30), "西工小街改造：设计定稿；逗号,分号;反斜线\\换行\n到此" + "很长" * 60),
)


def test_events_are_all_day_with_stable_uids() -> None:
    data = write_feed(ITEMS, name="重点项目节点（区发改委）", stamp=STAMP, host="xigong")
    calendar = Calendar.from_ical(data)
    events = calendar.walk("VEVENT")
    assert str(calendar["X-WR-CALNAME"]) == "重点项目节点（区发改委）"
    assert [str(event["UID"]) for event in events] == ["0190-a@xigong", "0190-b@xigong"]
    assert [event.decoded("DTSTART") for event in events] == [date(2019, 6, 30), date(2019, 12, 31)]
    assert [event.decoded("DTEND") for event in events] == [date(2019, 7, 1), date(2020, 1, 1)]
    assert str(events[0]["SUMMARY"]) == ITEMS[1].title
    assert str(events[1]["URL"]) == ITEMS[0].url
    assert "ATTENDEE" not in data.decode()
    assert "ORGANIZER" not in data.decode()


def test_lines_are_folded_and_characters_stay_whole() -> None:
    data = write_feed(ITEMS, name="节点", stamp=STAMP)
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() or True for line in lines)  # no character is cut in two


def test_the_same_rows_are_the_same_bytes() -> None:
    again = write_feed(reversed(ITEMS), name="节点", stamp=STAMP)
    assert again == write_feed(ITEMS, name="节点", stamp=STAMP)


def test_an_empty_feed_is_a_calendar() -> None:
    assert Calendar.from_ical(write_feed((), name="节点", stamp=STAMP)).walk("VEVENT") == []
