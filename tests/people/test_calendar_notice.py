"""A year's days off as the State Council's notice prints them; sittings as offices write them."""

from datetime import date

import pytest

from guatu.core.refusals import Refusal
from guatu.domain.workdays import official_days
from guatu.people.notice import NoticeDay, exceptions, festivals_of, notice_text, read_notice
from guatu.people.sittings import read_sitting, sitting_words

NOTICE_OF_2026 = """各省、自治区、直辖市人民政府，各部门：
现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。
2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班等工作。
办公厅
2025年11月4日
"""


def read(text, year):
    return [(one.day.isoformat(), one.works) for one in exceptions(read_notice(text, year))]


def test_a_whole_notice_is_the_official_table():
    wanted = [(one.day.isoformat(), one.works) for one in official_days() if one.day.year == 2026]
    assert read(NOTICE_OF_2026, 2026) == wanted
    assert [one.name for one in read_notice(NOTICE_OF_2026, 2026)] == [
        "元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节",
    ]  # fmt: skip


@pytest.mark.parametrize("year", range(2004, 2027))
def test_what_is_written_as_a_notice_is_read_back(year):
    days = [NoticeDay(one.day, one.works, one.name) for one in official_days() if one.day.year == year]
    text = notice_text(festivals_of(days), year)
    found = [(one.day, one.works) for one in exceptions(read_notice(text, year)) if one.day.year == year]
    assert found == [(one.day, one.works) for one in days]


@pytest.mark.parametrize(
    ("text", "year", "days"),
    [
        ("2027年元旦：1月1日至3日放假调休，1月4日上班", 2027, [("2027-01-01", False)]),
        (
            "元旦：2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。",
            2019,
            [("2018-12-29", True), ("2018-12-31", False), ("2019-01-01", False)],
        ),
        ("元旦：12月30日至1月1日放假", 2019, [("2018-12-31", False), ("2019-01-01", False)]),
        ("五、端午节：6月7日放假，与周末连休。", 2019, [("2019-06-07", False)]),
        ("元旦：１月１日放假", 2027, [("2027-01-01", False)]),
        ("劳动节：5月1日—5月4日放假", 2026, [("2026-05-01", False), ("2026-05-04", False)]),
    ],
)
def test_notices_of_every_form_are_read(text, year, days):
    assert read(text, year) == days


def test_the_first_day_back_is_told_apart_from_make_up_days():
    (one,) = read_notice("元旦：1月1日至3日放假调休，1月4日上班", 2027)
    assert (one.worked, one.usual) == ((), (date(2027, 1, 4),))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "people.notice_empty"),
        ("放假安排另行通知", "people.notice_empty"),
        ("春节：2月30日放假", "people.notice_day"),
        ("春节：13月1日放假", "people.notice_day"),
        ("春节：31日放假", "people.notice_day"),
        ("春节：2月11日至2月5日放假", "people.notice_day"),
        ("元旦：1月1日", "people.notice_line"),
        ("1月1日放假", "people.notice_line"),
        ("元旦：1月1日至3日放假，共4天", "people.notice_count"),
        ("元旦：2026年1月1日放假", "people.notice_year"),
        ("国庆节：10月2日放假\n中秋节：10月2日上班", "people.notice_twice"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(text, code):
    with pytest.raises(Refusal) as refusal:
        read_notice(text, 2027)
    assert refusal.value.code == code
    assert "{" not in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "days", "weeks", "said"),
    [
        ("每周三", (2,), (), "每周三"),
        ("每月第2、4周周四", (3,), (2, 4), "每月第2、4个周四"),
        ("第二、四个星期五", (4,), (2, 4), "每月第2、4个周五"),
        ("周一和周四", (0, 3), (), "每周一、周四"),
        ("每月第一、三周的周二", (1,), (1, 3), "每月第1、3个周二"),
        ("星期天", (6,), (), "每周日"),
    ],
)
def test_sittings_are_read_as_offices_write_them(text, days, weeks, said):
    assert read_sitting(text) == (days, weeks)
    assert sitting_words(days, weeks) == said
    assert read_sitting(said) == (days, weeks)


def test_a_sitting_without_a_weekday_is_refused():
    with pytest.raises(Refusal) as refusal:
        read_sitting("每月一次")
    assert refusal.value.code == "people.sitting_unreadable"
