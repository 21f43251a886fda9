"""MS Project's XML: a plan goes out and comes back the same; what Project writes is read, or told."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings

from guatu.plans.exports.mspdi import write_mspdi
from guatu.plans.imports.reading import read_schedule
from guatu.plans.mspdi_terms import NAMESPACE
from guatu.plans.plan_file import FileException, FileLink, FileNode, PlanFile, Unread
from tests.plans import strategies


def project(tasks: str = "", calendars: str = "", head: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Project xmlns="{NAMESPACE}"><Title>示范</Title>{head}'
        f"<Calendars>{calendars}</Calendars><Tasks>{tasks}</Tasks></Project>"
    ).encode()


def task(uid: int, inner: str = "", name: str = "节点") -> str:
    return f"<Task><UID>{uid}</UID><Name>{name}{uid}</Name><OutlineLevel>1</OutlineLevel>{inner}</Task>"


def read(data: bytes) -> PlanFile:
    return read_schedule(data, name="计划.xml")


def told(plan: PlanFile) -> dict[str, int]:
    return {one.code: one.count for one in plan.unread}


@given(strategies.plans())
@settings(deadline=None, max_examples=150)
def test_a_plan_exported_and_read_again_is_the_same_plan(plan: PlanFile) -> None:
    again = read(write_mspdi(plan))
    assert again == plan
    assert set(told(again)) <= {"baseline_reversed", "summary_link"}


def test_xigong_street_in_project_words() -> None:
    """The real case: what Project shows of it stands in the elements that Project reads."""
    plan = PlanFile(
        "西工小街改造",
        (
            FileNode("a", "设计定稿", 1, 20, finish=date(2019, 6, 30), finish_no_later=date(2019, 6, 30)),
            FileNode("b", "开工", 1, 0, start_no_earlier=date(2019, 10, 1), owner="西工区政府", weight=Decimal(30)),
        ),
        (FileLink("a", "b", "FS", 5, "calendar"),),
        deadline=date(2019, 12, 31),
    )
    text = write_mspdi(plan).decode()
    assert "<Deadline>2019-06-30T17:00:00</Deadline>" in text
    assert "<ConstraintType>4</ConstraintType><CalendarUID>-1</CalendarUID>" in text
    assert "<ConstraintDate>2019-10-01T08:00:00</ConstraintDate>" in text
    assert "<LinkLag>72000</LinkLag><LagFormat>8</LagFormat>" in text  # five days of 24 hours in tenths of a minute
    assert "<Alias>责任单位</Alias>" in text
    assert "<Value>西工区政府</Value>" in text
    assert "<Milestone>1</Milestone>" in text


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    plan = PlanFile("甲\x00乙\x0b", (FileNode("1", "丙\x1b丁 & <戊>"),))
    again = read(write_mspdi(plan))
    assert (again.name, again.nodes[0].name) == ("甲乙", "丙丁 & <戊>")


@pytest.mark.parametrize(
    ("type", "lag", "form", "expected"),
    [
        ("1", "0", "7", ("FS", 0, "workday")),
        ("0", "9600", "7", ("FF", 2, "workday")),
        ("2", "-4800", "5", ("SF", -1, "workday")),  # eight hours less
        ("3", "24000", "9", ("SS", 5, "workday")),  # a week
        ("1", "43200", "8", ("FS", 3, "calendar")),  # three elapsed days
        ("1", "2400", "5", ("FS", 1, "workday")),  # four hours: a day later
        ("1", "50", "19", ("FS", 5, "workday")),  # half of the ten days before it
    ],
)
def test_link_kinds_and_lag_units(type: str, lag: str, form: str, expected: tuple[str, int, str]) -> None:
    link = (
        f"<PredecessorLink><PredecessorUID>1</PredecessorUID><Type>{type}</Type><LinkLag>{lag}</LinkLag>"
        f"<LagFormat>{form}</LagFormat></PredecessorLink>"
    )
    plan = read(project(task(1, "<Duration>PT80H0M0S</Duration>") + task(2, link)))
    (found,) = plan.links
    assert (found.kind, found.lag, found.unit) == expected


def test_a_day_is_as_long_as_the_file_says() -> None:
    head = "<MinutesPerDay>450</MinutesPerDay>"
    plan = read(
        project(task(1, "<Duration>PT15H0M0S</Duration>") + task(2, "<Duration>PT16H0M0S</Duration>"), "", head)
    )
    assert [node.duration for node in plan.nodes] == [2, 3]
    assert told(plan) == {"duration_rounded": 1, "hours": 1}


def test_constraints_and_deadlines() -> None:
    def constraint(kind: int) -> str:
        return f"<ConstraintType>{kind}</ConstraintType><ConstraintDate>2019-10-01T08:00:00</ConstraintDate>"

    plan = read(
        project(
            task(1, constraint(2))
            + task(2, constraint(3))
            + task(3, constraint(4))
            + task(4, constraint(7) + "<Deadline>2019-09-01T17:00:00</Deadline>")
            + task(5, constraint(6))
        )
    )
    day = date(2019, 10, 1)
    assert [node.must_start for node in plan.nodes] == [day, None, None, None, None]
    assert [node.must_finish for node in plan.nodes] == [None, day, None, None, None]
    assert [node.start_no_earlier for node in plan.nodes] == [None, None, day, None, None]
    assert [node.finish_no_later for node in plan.nodes] == [None, None, None, date(2019, 9, 1), None]
    assert plan.unread == (Unread("constraint", 1, "节点5"),)


def test_a_project_scheduled_from_its_finish_has_a_deadline() -> None:
    head = "<ScheduleFromStart>0</ScheduleFromStart><FinishDate>2019-12-31T17:00:00</FinishDate>"
    plan = read(project(task(1, "<ConstraintType>1</ConstraintType>"), "", head))
    assert plan.deadline == date(2019, 12, 31)
    assert not plan.unread


def exception(inner: str, first: str, last: str, works: int = 0) -> str:
    return (
        f"<Exception><TimePeriod><FromDate>{first}T00:00:00</FromDate><ToDate>{last}T23:59:00</ToDate></TimePeriod>"
        f"{inner}<DayWorking>{works}</DayWorking></Exception>"
    )


@pytest.mark.parametrize(
    ("inner", "first", "last", "expected"),
    [
        ("<Type>1</Type>", "2019-10-01", "2019-10-03", ["2019-10-01/2019-10-03"]),
        ("<Type>7</Type><Period>3</Period>", "2019-10-01", "2019-10-08", ["2019-10-01", "2019-10-04", "2019-10-07"]),
        # every second week on Monday and Sunday; weeks begin on Sunday
        ("<Type>6</Type><Period>2</Period><DaysOfWeek>3</DaysOfWeek>", "2019-10-07", "2019-10-31",
         ["2019-10-07", "2019-10-20/2019-10-21"]),
        ("<Type>4</Type><Period>1</Period><MonthDay>31</MonthDay>", "2019-01-01", "2019-05-31",
         ["2019-01-31", "2019-03-31", "2019-05-31"]),
        ("<Type>5</Type><Period>2</Period><MonthItem>8</MonthItem><MonthPosition>4</MonthPosition>", "2019-10-01",
         "2019-12-31", ["2019-10-25", "2019-12-27"]),  # the last Friday
        ("<Type>2</Type><Month>9</Month><MonthDay>1</MonthDay>", "2018-01-01", "2020-12-31",
         ["2018-10-01", "2019-10-01", "2020-10-01"]),
        ("<Type>3</Type><Month>0</Month><MonthItem>1</MonthItem><MonthPosition>0</MonthPosition>", "2019-01-01",
         "2020-12-31", ["2019-01-01", "2020-01-01"]),  # the first weekday of January
        ("<EnteredByOccurrences>1</EnteredByOccurrences><Occurrences>2</Occurrences><Type>7</Type><Period>1</Period>",
         "2019-10-01", "2019-12-31", ["2019-10-01/2019-10-02"]),
    ],
)  # fmt: skip
def test_recurring_exceptions(inner: str, first: str, last: str, expected: list[str]) -> None:
    found = exception(f"<Name>停工</Name>{inner}", first, last)
    plan = read(project("", f"<Calendar><UID>1</UID><Name>标准</Name><Exceptions>{found}</Exceptions></Calendar>"))
    days = [f"{one.start}/{one.end}" if one.end > one.start else str(one.start) for one in plan.calendars[0].exceptions]
    assert days == expected
    assert plan.calendars[0].weekdays == frozenset(range(5))


def test_a_calendar_takes_over_its_bases_exceptions_after_its_own() -> None:
    base = exception("<Type>1</Type><Name>国庆</Name>", "2019-10-01", "2019-10-07")
    own = exception("<Type>1</Type><Name>赶工</Name>", "2019-10-05", "2019-10-05", works=1)
    calendars = (
        f"<Calendar><UID>1</UID><Name>标准</Name><IsBaseCalendar>1</IsBaseCalendar><Exceptions>{base}</Exceptions></Calendar>"
        "<Calendar><UID>2</UID><Name>现场</Name><IsBaseCalendar>0</IsBaseCalendar><BaseCalendarUID>1</BaseCalendarUID>"
        "<WeekDays><WeekDay><DayType>7</DayType><DayWorking>1</DayWorking></WeekDay></WeekDays>"
        f"<Exceptions>{own}</Exceptions></Calendar>"
        "<Calendar><UID>3</UID><Name>挖掘机</Name><IsBaseCalendar>0</IsBaseCalendar></Calendar>"
    )
    plan = read(project(task(1, "<CalendarUID>2</CalendarUID>"), calendars, "<CalendarUID>1</CalendarUID>"))
    site = plan.calendars[1]
    assert plan.calendar == 1
    assert site.weekdays == frozenset({0, 1, 2, 3, 4, 5})
    assert site.exceptions == (
        FileException(date(2019, 10, 1), date(2019, 10, 4), False, "国庆"),
        FileException(date(2019, 10, 5), date(2019, 10, 5), True, "赶工"),
        FileException(date(2019, 10, 6), date(2019, 10, 7), False, "国庆"),
    )
    assert told(plan) == {"resource_calendars": 1}


def test_a_work_week_of_another_pattern_becomes_exceptions() -> None:
    week = (
        "<WorkWeeks><WorkWeek><TimePeriod><FromDate>2019-07-01T00:00:00</FromDate><ToDate>2019-07-14T23:59:00</ToDate>"
        "</TimePeriod><Name>赶工</Name><WeekDays><WeekDay><DayType>7</DayType><DayWorking>1</DayWorking></WeekDay>"
        "<WeekDay><DayType>2</DayType><DayWorking>1</DayWorking></WeekDay></WeekDays></WorkWeek></WorkWeeks>"
    )
    plan = read(project("", f"<Calendar><UID>1</UID><Name>标准</Name>{week}</Calendar>"))
    assert [(one.start.isoformat(), one.works) for one in plan.calendars[0].exceptions] == [
        ("2019-07-06", True),
        ("2019-07-13", True),
    ]


def test_what_is_not_modelled_is_told() -> None:
    plan = read(
        project(
            task(
                1,
                "<Notes>甲</Notes><Estimated>1</Estimated><Priority>900</Priority><Recurring>1</Recurring>"
                "<Milestone>1</Milestone><Duration>PT8H0M0S</Duration><FixedCost>100</FixedCost><Work>PT8H0M0S</Work>"
                "<ExtendedAttribute><FieldID>188743740</FieldID><Value>乙</Value></ExtendedAttribute>"
                "<CalendarUID>7</CalendarUID>",
            )
            + task(2, "<Active>0</Active>")
            + task(3, "<ExternalTask>1</ExternalTask>")
            + task(4, "<PredecessorLink><PredecessorUID>2</PredecessorUID></PredecessorLink>"
                   "<PredecessorLink><PredecessorUID>3</PredecessorUID></PredecessorLink>"),
            "",
            "<ExtendedAttributes><ExtendedAttribute><FieldID>188743740</FieldID><Alias>标段</Alias></ExtendedAttribute>"
            "</ExtendedAttributes><Resources><Resource><UID>1</UID><Name>挖掘机</Name></Resource></Resources>",
        )
    )  # fmt: skip
    assert told(plan) == {
        "notes": 1, "estimated": 1, "priority": 1, "recurring": 1, "milestone_long": 1, "costs": 1, "work": 1,
        "custom_field": 1, "calendar_missing": 1, "inactive": 2, "external": 2, "resources": 1,
    }  # fmt: skip
    assert [node.id for node in plan.nodes] == ["1", "4"]
    assert plan.links == ()


def test_a_task_copied_in_project_is_a_new_node() -> None:
    data = write_mspdi(PlanFile("计划", (FileNode("2f7c", "甲"), FileNode("9d1e", "乙")))).decode()
    plan = read(data.replace("9d1e", "2f7c").encode())
    assert [node.id for node in plan.nodes] == ["2f7c", "2"]
    assert told(plan) == {"id_repeated": 1}


def test_names_of_eighty_characters_and_more_stay_whole() -> None:
    name = "洛阳市西工区西工小街历史文化街区保护提升及周边背街小巷综合整治" * 3
    assert read(write_mspdi(PlanFile("计划", (FileNode("1", name),)))).nodes[0].name == name


def test_dates_of_1899_are_none_and_told() -> None:
    plan = read(project(task(1, "<Start>1899-12-30T00:00:00</Start><Finish>2019-10-01T17:00:00</Finish>")))
    assert (plan.nodes[0].start, plan.nodes[0].finish) == (None, date(2019, 10, 1))
    assert plan.unread == (Unread("date_absurd", 1, "节点1"),)


def test_circular_links_are_kept_for_the_domain_to_name() -> None:
    def after(uid: int) -> str:
        return f"<PredecessorLink><PredecessorUID>{uid}</PredecessorUID></PredecessorLink>"

    plan = read(project(task(1, after(2)) + task(2, after(1))))
    assert plan.links == (FileLink("2", "1", technical=None), FileLink("1", "2", technical=None))
