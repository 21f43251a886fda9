"""The work calendar: its table, closures, sittings; who may write them; what is read from them, and read again."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps

from guatu.core.actor import OPERATOR
from guatu.core.models import TrailEntry
from guatu.core.refusals import Conflict, Refusal
from guatu.core.writing import rehearse
from guatu.domain.workdays import official_calendar, official_days
from guatu.people import actions
from guatu.people.models import CalendarDay, CalendarYear, Region, WorkClosure
from guatu.people.notice import exceptions, read_notice
from guatu.people.queries import beyond_words, calendar_for, calendars_for, known_years, table_end

pytestmark = pytest.mark.django_db
NOTICE = "元旦：1月1日至3日放假调休，1月4日上班\n春节：2月5日至11日放假调休，2月14日（星期日）上班"
NUMBER = "国办发明电〔2026〕9号"


def days_of(text, year=2027):
    return exceptions(read_notice(text, year))


def refused(call, *args, **kwargs):
    with pytest.raises(Refusal) as refusal:
        call(*args, **kwargs)
    assert str(refusal.value)  # the sentence has all its parameters
    return refusal.value.code


def closed(actor=OPERATOR, region=None, **other):
    values = {
        "words": "防汛停工",
        "starts_on": date(2026, 7, 20),
        "ends_on": date(2026, 7, 24),
        "document": "防汛通知",
        **other,
    }
    return actions.add_closure(actor=actor, region=region, **values)


@pytest.fixture(autouse=True)
def seeded():
    """The table, also where a test before this one has emptied the database."""
    actions.seed_calendar(actor=OPERATOR)


# -- the table ---------------------------------------------------------------------------------------------------------
def test_the_table_holds_what_came_with_the_product_in_chinese_names():
    assert known_years() == list(range(2004, 2027))
    assert table_end() == date(2026, 12, 31)
    assert CalendarDay.objects.count() == len(official_days())
    assert calendar_for(None) == official_calendar()
    assert CalendarDay.objects.get(day=date(2026, 10, 1)).name == "国庆节"
    assert not CalendarDay.objects.filter(name__regex="[A-Za-z]").exists()


def test_seeding_again_writes_nothing_and_leaves_what_was_entered():
    actions.publish_calendar_year(actor=OPERATOR, year=2026, days=days_of("元旦：1月1日放假", 2026), document=NUMBER)
    before = TrailEntry.objects.count()
    assert actions.seed_calendar(actor=OPERATOR) == []
    assert TrailEntry.objects.count() == before
    assert calendar_for(None).is_open(date(2026, 10, 1))


def test_the_migration_enters_what_is_missing_and_leaves_what_stands():
    migration = import_module("guatu.people.migrations.0003_official_days")
    CalendarYear.objects.filter(year__in=(2025, 2026)).delete()
    CalendarDay.objects.filter(day__year=2026).delete()
    CalendarDay.objects.filter(day=date(2025, 10, 1)).update(name="国庆节、中秋节")
    migration.enter(apps, None)
    migration.enter(apps, None)
    assert known_years() == list(range(2004, 2027))
    assert CalendarDay.objects.count() == len(official_days())
    assert calendar_for(None) == official_calendar()
    assert CalendarDay.objects.get(day=date(2025, 10, 1)).name == "国庆节、中秋节"
    assert CalendarDay.objects.get(day=date(2026, 5, 9)).name == "劳动节"


def test_a_year_that_nobody_has_entered_has_weekends_only_and_is_said_to():
    calendar = calendar_for(None)
    assert calendar.count(date(2027, 1, 1), date(2027, 12, 31)) == 261
    assert calendar.beyond(date(2027, 1, 1))
    assert beyond_words(date(2026, 12, 31)) == ""
    assert beyond_words(date(2027, 1, 1)) == "2027年放假安排尚未录入，暂按周一至周五计算"
    assert beyond_words(date(2028, 6, 1)) == "2027—2028年放假安排尚未录入，暂按周一至周五计算"


def test_a_published_year_counts_at_once_with_its_number():
    done = actions.publish_calendar_year(actor=OPERATOR, year=2027, days=days_of(NOTICE), document=NUMBER)
    assert (len(done.added), done.changed, done.dropped) == (7, (), ())
    calendar = calendar_for(None)
    assert table_end() == date(2027, 12, 31)
    assert not calendar.is_open(date(2027, 2, 8))
    assert calendar.is_open(date(2027, 2, 14))
    assert (CalendarYear.objects.get(year=2027).document, CalendarYear.objects.get(year=2027).source) == (
        NUMBER,
        "office",
    )


def test_a_year_entered_again_replaces_its_days_and_deletes_no_row():
    actions.publish_calendar_year(actor=OPERATOR, year=2027, days=days_of(NOTICE), document=NUMBER)
    rows = CalendarDay.objects.count()
    corrected = NOTICE.replace("2月14日", "2月13日").replace("至11日", "至12日")
    done = actions.publish_calendar_year(actor=OPERATOR, year=2027, days=days_of(corrected), document=NUMBER)
    assert [one.day for one in done.added] == [date(2027, 2, 12), date(2027, 2, 13)]
    assert done.dropped == (date(2027, 2, 14),)
    assert CalendarDay.objects.count() == rows + 2
    assert not calendar_for(None).is_open(date(2027, 2, 14))
    before = TrailEntry.objects.count()
    actions.publish_calendar_year(actor=OPERATOR, year=2027, days=days_of(corrected), document=NUMBER)
    assert TrailEntry.objects.count() == before


def test_a_year_after_a_gap_does_not_move_the_tables_end():
    actions.publish_calendar_year(actor=OPERATOR, year=2028, days=days_of("元旦：1月3日放假", 2028), document=NUMBER)
    assert table_end() == date(2026, 12, 31)
    assert calendar_for(None).beyond(date(2028, 1, 3))


def test_two_who_enter_one_year_see_each_other():
    row = CalendarYear.objects.get(year=2026)
    one = days_of("元旦：1月1日放假", 2026)
    actions.publish_calendar_year(actor=OPERATOR, year=2026, days=one, document=NUMBER, seen=row.version)
    with pytest.raises(Conflict):
        actions.publish_calendar_year(
            actor=OPERATOR, year=2026, days=days_of("元旦：1月2日放假", 2026), document=NUMBER, seen=row.version
        )


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"year": 1999}, "people.calendar_year_absurd"),
        ({"days": ()}, "people.notice_empty"),
        ({"document": " "}, "core.reason_missing"),
    ],
)
def test_a_year_that_cannot_be_entered_is_refused_and_writes_nothing(values, code):
    given = {"year": 2027, "days": days_of(NOTICE), "document": NUMBER, **values}
    assert refused(actions.publish_calendar_year, actor=OPERATOR, **given) == code
    assert not CalendarYear.objects.filter(year=2027).exists()


# -- one day -----------------------------------------------------------------------------------------------------------
def test_one_day_is_changed_for_the_country_and_for_a_region_and_those_under_it(cast):
    day, street = date(2026, 3, 27), cast.region("street_region")
    actions.change_calendar_day(actor=OPERATOR, day=day, works=False, name="纪念日", document=NUMBER)
    actions.change_calendar_day(
        actor=cast.actor("office"), day=day, works=True, region=cast.region("district"), document="区通知"
    )
    assert not calendar_for(cast.region("city")).is_open(day)
    assert calendar_for(street).is_open(day)
    assert not calendar_for(cast.region("other_district")).is_open(day)


def test_a_day_that_is_so_anyway_or_absurd_is_refused():
    change = actions.change_calendar_day
    assert refused(change, actor=OPERATOR, day=date(2026, 3, 28), works=False, document=NUMBER) == (
        "people.calendar_day_same"
    )
    assert refused(change, actor=OPERATOR, day=date(1950, 3, 28), works=True, document=NUMBER) == (
        "people.calendar_day_absurd"
    )


def test_a_day_changed_before_any_year_was_entered_is_changed_in_the_products_table():
    CalendarDay.objects.all().delete()
    CalendarYear.objects.all().delete()
    actions.change_calendar_day(actor=OPERATOR, day=date(2026, 3, 27), works=False, document=NUMBER)
    assert not calendar_for(None).is_open(date(2026, 10, 1))
    assert not calendar_for(None).is_open(date(2026, 3, 27))


# -- closures ----------------------------------------------------------------------------------------------------------
def test_a_closure_holds_in_its_region_and_under_it(cast):
    closed(region=cast.region("district"))
    day = date(2026, 7, 21)
    assert [
        calendar_for(cast.region(name)).is_open(day) for name in ("district", "street_region", "city", "other_district")
    ] == [
        False,
        False,
        True,
        True,
    ]
    assert calendar_for(None).is_open(day)
    assert calendar_for(cast.region("district"), closures=False).is_open(day)  # the offices work


def test_a_closure_of_the_level_alone_leaves_the_streets_at_work(cast):
    closed(region=cast.region("district"), with_lower=False)
    assert not calendar_for(cast.region("district")).is_open(date(2026, 7, 21))
    assert calendar_for(cast.region("street_region")).is_open(date(2026, 7, 21))


def test_a_season_comes_back_every_year_over_the_turn_of_it_until_it_is_ended(cast):
    district = cast.region("district")
    row = closed(region=district, starts_on=date(2024, 11, 15), ends_on=date(2025, 3, 15), yearly=True)
    calendar = calendar_for(district)
    assert calendar.is_open(date(2024, 11, 14))
    assert [calendar.count(date(year, 12, 1), date(year + 1, 3, 15)) for year in (2024, 2030, 2050)] == [0, 0, 0]
    assert calendar.is_open(date(2030, 3, 18))
    actions.end_closure(actor=OPERATOR, closure=row, on=date(2025, 12, 31), reason="方案调整")
    calendar = calendar_for(district)
    assert not calendar.is_open(date(2025, 12, 31))
    assert calendar.is_open(date(2026, 1, 5))
    assert WorkClosure.objects.get().end_reason == "方案调整"


def test_a_closure_entered_in_error_is_ended_before_it_begins_and_stays_readable(cast):
    row = closed(region=cast.region("district"))
    actions.end_closure(actor=OPERATOR, closure=row, on=date(2026, 7, 19), reason="录错")
    assert calendar_for(cast.region("district")).is_open(date(2026, 7, 20))
    assert WorkClosure.objects.filter(pk=row.pk).exists()
    again = WorkClosure.objects.get(pk=row.pk)
    assert refused(actions.end_closure, actor=OPERATOR, closure=again, on=date(2026, 7, 19), reason="再") == (
        "people.closure_ended"
    )


def test_a_29th_of_february_is_the_28th_in_years_that_have_none(cast):
    closed(region=cast.region("district"), starts_on=date(2024, 2, 26), ends_on=date(2024, 2, 29), yearly=True)
    calendar = calendar_for(cast.region("district"))
    assert [calendar.is_open(date(2024, 2, 29)), calendar.is_open(date(2024, 3, 1))] == [False, True]
    assert [calendar.is_open(date(2028, 2, 29)), calendar.is_open(date(2028, 3, 1))] == [False, True]
    assert calendar.is_open(date(2029, 3, 1))
    assert not calendar.is_open(date(2029, 2, 28))


def test_a_leap_days_make_up_work_day_counts():
    assert calendar_for(None).is_open(date(2024, 2, 29))
    assert refused(read_notice, "元旦：2月29日放假", 2027) == "people.notice_day"


def test_a_projects_closure_is_its_own(cast):
    district, mine, other = cast.region("district"), ("library.project", "a"), ("library.project", "b")
    closed(region=district, subject=mine)
    day = date(2026, 7, 21)
    assert not calendar_for(district, mine).is_open(day)
    assert calendar_for(district, other).is_open(day)
    assert calendar_for(district).is_open(day)
    assert refused(closed, region=district, words="别的", subject=("library.project", "")) == "people.subject_half"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"ends_on": date(2026, 7, 19)}, "people.closure_reversed"),
        ({"ends_on": date(2027, 7, 20), "yearly": True}, "people.closure_too_long"),
        ({"document": ""}, "core.reason_missing"),
    ],
)
def test_a_closure_that_cannot_be_is_refused(cast, values, code):
    assert refused(closed, region=cast.region("district"), **values) == code
    assert not WorkClosure.objects.exists()


def test_the_same_closure_twice_is_refused(cast):
    closed(region=cast.region("district"))
    assert refused(closed, region=cast.region("district")) == "people.closure_known"


# -- sittings ----------------------------------------------------------------------------------------------------------
def test_a_body_sits_on_its_days_only(cast):
    district = cast.region("district")
    row = actions.add_sitting(actor=OPERATOR, name="规委会", region=district, weekdays=[3], weeks=[2, 4])
    calendar = calendar_for(district, sitting=row)
    assert calendar.days(date(2026, 5, 1), date(2026, 6, 30)) == [
        date(2026, 5, 14),
        date(2026, 5, 28),
        date(2026, 6, 11),
        date(2026, 6, 25),
    ]


@pytest.mark.parametrize(("weekdays", "weeks"), [([], []), ([7], []), ([2], [6])])
def test_a_sitting_without_a_day_is_refused(cast, weekdays, weeks):
    given = {"name": "常务会", "region": cast.region("district"), "weekdays": weekdays, "weeks": weeks}
    assert refused(actions.add_sitting, actor=OPERATOR, **given) == "people.sitting_days"


def test_a_body_has_one_rule_at_a_time(cast):
    given = {"name": "常务会", "region": cast.region("district"), "weekdays": [2]}
    actions.add_sitting(actor=OPERATOR, **given)
    assert refused(actions.add_sitting, actor=OPERATOR, **given) == "people.sitting_known"


# -- who may -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["office", "office_head", "reporter", "head", "security_admin", "guest"])
def test_the_countrys_table_is_the_system_administrators(cast, who):
    given = {"year": 2027, "days": days_of(NOTICE), "document": NUMBER}
    assert refused(actions.publish_calendar_year, actor=cast.actor(who), **given) == "core.not_allowed"
    one = {"day": date(2026, 3, 27), "works": False, "document": NUMBER}
    assert refused(actions.change_calendar_day, actor=cast.actor(who), **one) == "core.not_allowed"
    assert not CalendarDay.objects.filter(day=date(2026, 3, 27)).exists()
    assert actions.publish_calendar_year(actor=cast.actor("system_admin"), **given).added


def test_an_office_closes_its_own_region_and_no_other(cast):
    office = cast.actor("office")
    for region in ("other_district", "city"):
        assert refused(closed, actor=office, region=cast.region(region)) == "core.not_allowed"
        sitting = {"name": "常务会", "region": cast.region(region), "weekdays": [2]}
        assert refused(actions.add_sitting, actor=office, **sitting) == "core.not_allowed"
    row = closed(region=cast.region("other_district"))
    assert refused(actions.end_closure, actor=office, closure=row, on=date(2026, 7, 21), reason="x") == (
        "core.not_allowed"
    )
    assert closed(actor=office, region=cast.region("street_region"))
    assert closed(actor=office, region=cast.region("district")).entered_by == office.label
    assert refused(closed, actor=cast.actor("system_admin"), region=cast.region("district")) == "core.not_allowed"


# -- remembered --------------------------------------------------------------------------------------------------------
def test_equal_calendars_are_one_object_and_reading_many_asks_once(cast, django_assert_max_num_queries):
    district, street = cast.region("district"), cast.region("street_region")
    closed(region=district)
    closed(region=street, words="本项目停工", subject=("library.project", "7"))
    asked = [(street if number % 2 else district, ("library.project", str(number))) for number in range(200)]
    calendar_for(district)
    with django_assert_max_num_queries(1):
        found = calendars_for(asked)
    assert len({id(one) for one in found}) == 2
    assert found[7] is not found[9]
    assert found[8] is found[9] is calendar_for(district)


def test_what_is_remembered_is_given_up_when_somebody_writes(cast):
    district, day = cast.region("district"), date(2026, 7, 21)
    assert calendar_for(district).is_open(day)
    row = closed(region=district)
    assert not calendar_for(district).is_open(day)
    actions.end_closure(actor=OPERATOR, closure=row, on=date(2026, 7, 1), reason="取消")
    assert calendar_for(district).is_open(day)


def test_what_an_act_has_written_is_seen_in_it_and_not_after_it_was_taken_back(cast):
    district, day = cast.region("district"), date(2026, 7, 21)

    def tried():
        closed(region=district)
        return calendar_for(district).is_open(day)

    assert rehearse(OPERATOR, "people.add_closure", tried)[0] is False
    assert calendar_for(district).is_open(day)


def test_an_unknown_regions_calendar_is_the_countrys(cast):
    closed(region=cast.region("district"))
    far = Region(code="110101", name="东城区", path="110000/110100/110101/")
    assert calendar_for(far) is calendar_for(None)
    assert calendar_for(far).shift(date(2026, 9, 30), 1) == date(2026, 9, 30) + timedelta(days=8)
