"""Primavera's XER: tables, calendars in brackets, hours into days, three encodings; a broken one says where."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.core.refusals import Refusal
from guatu.plans.imports.reading import read_schedule
from guatu.plans.imports.xer_calendar import Broken, parse
from guatu.plans.plan_file import FileException, FileLink, PlanFile
from tests.plans.test_bad_schedules import answer
from tests.plans.xer import (
    CALENDAR,
    LINKS,
    PROJECT,
    TASK_FIELDS,
    TASKS,
    WBS,
    WHOLE,
    calendar_data,
    table,
    xer,
)


def read(data: bytes) -> PlanFile:
    return read_schedule(data, name="计划.xer")


def refused(data: bytes) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read(data)
    return caught.value


def told(plan: PlanFile) -> dict[str, int]:
    return {one.code: one.count for one in plan.unread}


def test_a_whole_plan() -> None:
    plan = read(xer(*WHOLE))
    assert (plan.name, plan.deadline, plan.calendar) == ("西工小街改造", date(2019, 12, 31), 1)
    assert [(node.id, node.level, node.name) for node in plan.nodes] == [
        ("wbs-101", 1, "前期"), ("1", 2, "设计"), ("wbs-102", 1, "施工"), ("2", 2, "改造施工"), ("3", 2, "验收"),
    ]  # fmt: skip
    by_id = {node.id: node for node in plan.nodes}
    assert [by_id[key].duration for key in "123"] == [11, 40, 0]
    assert [by_id[key].percent for key in "123"] == [100, 25, 0]
    assert (by_id["1"].start, by_id["1"].finish) == (
        date(2019, 5, 6),
        date(2019, 5, 31),
    )  # midnight ends the day before
    assert by_id["1"].actual_finish == date(2019, 6, 30)
    assert by_id["1"].must_finish == date(2019, 6, 30)
    assert by_id["2"].start_no_earlier == date(2019, 10, 1)
    assert by_id["2"].finish_no_later == date(2019, 12, 31)
    assert plan.links == (
        FileLink("1", "2", "FS", 5, technical=None),  # the format has no place for it
        FileLink("2", "3", "FF", -1, technical=None),
    )
    assert plan.calendars[0].weekdays == frozenset(range(5))
    assert plan.calendars[0].exceptions == (
        FileException(date(2019, 10, 1), date(2019, 10, 1), False),
        FileException(date(2019, 10, 5), date(2019, 10, 5), True),
    )
    assert told(plan) == {"encoding": 1, "duration_rounded": 1, "lag_rounded": 1, "cross_project": 1, "empty_group": 1}


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (xer(*WHOLE, encoding="gbk"), "西工小街改造"),
        (xer(*WHOLE, encoding="utf-8"), "西工小街改造"),
        (xer(*WHOLE, encoding="utf-8-sig"), "西工小街改造"),
        (xer(PROJECT, WBS.replace("西工小街改造", "Système d’énergie £5").encode("ascii", "ignore").decode()), ""),
    ],
)
def test_encodings(data: bytes, name: str) -> None:
    assert name in read(data).name


def test_western_letters_are_not_taken_for_chinese() -> None:
    wbs = table("PROJWBS", "wbs_id proj_node_flag wbs_name", (1, "Y", "Système d’énergie à £5"))
    plan = read(xer(table("PROJECT", "proj_id", (10,)), wbs, encoding="cp1252"))
    assert plan.name == "Système d’énergie à £5"
    assert plan.unread[0].where == "Windows-1252"


def test_a_calendar_of_ten_hours_makes_fewer_days() -> None:
    calendar = CALENDAR.replace("标准\t8", "标准\t10")
    plan = read(xer(PROJECT, calendar, WBS, TASKS, LINKS))
    assert [node.duration for node in plan.nodes if node.duration is not None] == [9, 32, 0]
    assert told(plan)["hours"] == 1


def test_exceptions_of_the_base_calendar_come_after_its_own() -> None:
    rows = (
        (1, "标准", 8, "", calendar_data("(0||0(d|43739)())", "(0||1(d|43740)())")),
        (2, "现场", 8, 1, calendar_data("(0||0(d|43739)((0||0(s|08:00|f|12:00)())))")),
    )
    calendars = table("CALENDAR", "clndr_id clndr_name day_hr_cnt base_clndr_id clndr_data", *rows)
    plan = read(xer(PROJECT, calendars, WBS, TASKS.replace("\t1\t设计", "\t2\t设计")))
    site = next(calendar for calendar in plan.calendars if calendar.name == "现场")
    assert [(one.start.day, one.works) for one in site.exceptions] == [(1, True), (2, False)]


def test_lag_days_by_the_clock_of_the_settings() -> None:
    options = table("SCHEDOPTIONS", "proj_id sched_calendar_on_relationship_lag", (10, "rcal_24Hour"))
    plan = read(xer(*WHOLE[:-1], LINKS.replace("\t40\r", "\t72\r"), options))
    assert plan.links[0] == FileLink("1", "2", "FS", 3, "calendar", None)


def test_tables_that_are_not_read_are_told() -> None:
    codes = table("ACTVCODE", "actv_code_id short_name", (1, "A"), (2, "B"))
    resources = table("RSRC", "rsrc_id rsrc_name", (1, "挖掘机"))
    plan = read(xer(*WHOLE, codes, resources))
    assert next(one for one in plan.unread if one.code == "unread_table").where == "ACTVCODE"
    assert (told(plan)["unread_table"], told(plan)["resources"]) == (2, 1)


def test_a_value_may_go_on_in_the_next_line() -> None:
    data = xer(*WHOLE, encoding="utf-8").replace(b"(0||Exceptions", b"\r\n(0||Exceptions")
    assert len(read(data).calendars[0].exceptions) == 2


def test_groups_in_a_circle_lose_no_task() -> None:
    wbs = table("PROJWBS", "wbs_id proj_id parent_wbs_id wbs_name", (101, 10, 102, "甲"), (102, 10, 101, "乙"))
    assert {node.name for node in read(xer(PROJECT, CALENDAR, wbs, TASKS)).nodes} == {"设计", "改造施工", "验收"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (xer(*WHOLE, end=""), "plans.file_no_end"),
        (xer(CALENDAR), "plans.file_no_plan"),
        (xer("%R\t1\r\n"), "plans.file_row_loose"),
        (xer("stray\r\n"), "plans.file_row_sign"),
        (xer(PROJECT.replace("XG", "X\tG")), "plans.file_row_values"),
        (xer(PROJECT, CALENDAR, WBS, TASKS, LINKS.replace("\t1\t10\t10", "\t55\t10\t10")), "plans.link_unknown"),
        (xer(PROJECT, CALENDAR, WBS, TASKS.replace("\t320\t", "\tlang\t")), "plans.file_value"),
        (xer(PROJECT, CALENDAR, WBS, TASKS.replace("2019-10-08", "2019-13-08")), "plans.file_value"),
        (xer(PROJECT, CALENDAR, WBS, TASKS.replace("%R\t3\t", "%R\t2\t")), "plans.file_id_twice"),
        (xer(PROJECT, table("TASK", TASK_FIELDS.replace("task_id", "x"), (1, 10))), "plans.file_failed"),
        (xer(PROJECT, CALENDAR.replace("\r\n", ""), WBS, TASKS, end="")[:-400], "plans.file_no_end"),
    ],
)
def test_a_bad_file_is_refused_with_its_reason(data: bytes, code: str) -> None:
    found = refused(data)
    assert found.code == code
    assert "计划.xer" in str(found)


def test_a_calendar_that_ends_early_is_named_even_when_nothing_uses_it() -> None:
    broken = CALENDAR + "%R\t2\t夜班\t8\t\t(0||CalendarData()(\r\n"
    found = refused(xer(PROJECT, broken, WBS, TASKS))
    assert (found.code, found.params["calendar"]) == ("plans.file_calendar", "夜班")


@given(st.text("(0||)d43739s f", max_size=60))
def test_brackets_are_read_or_refused(text: str) -> None:
    def answer() -> object:
        try:
            return parse(text)
        except Broken as error:
            return error.at

    assert answer()


def test_brackets_without_end_are_refused() -> None:
    with pytest.raises(Broken):
        parse("(0||a()(" * 100_000)


@given(st.integers(0, len(xer(*WHOLE)) - 1), st.binary(max_size=4))
@settings(deadline=None, max_examples=150)
def test_a_damaged_file_is_read_or_refused(at: int, instead: bytes) -> None:
    whole = xer(*WHOLE)
    assert answer(whole[:at] + instead + whole[at + len(instead) :], "计划.xer")
