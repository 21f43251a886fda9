"""Schedules that MPXJ publishes (its own test files), from the folder that GUATU_TRIAL_DATA names: nothing that a plan
of ours holds is lost, and the broken one is refused by name."""

import os
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from guatu.core.refusals import Refusal
from guatu.plans.exports.mspdi import write_mspdi
from guatu.plans.imports.child import read_plan
from guatu.plans.imports.reading import read_schedule
from guatu.plans.mspdi_terms import NAMESPACE
from guatu.plans.plan_file import FileLink, PlanFile

pytestmark = pytest.mark.trial
TAG = f"{{{NAMESPACE}}}"


def path_of(name: str) -> Path:
    return Path(os.environ["GUATU_TRIAL_DATA"]) / "schedules" / name


def read(name: str) -> PlanFile:
    return read_plan(path_of(name), name=name)


@pytest.mark.parametrize(
    "name",
    [
        "calendar-recurring-exceptions-project2010-mspdi.xml",
        "task-links-project2019-mspdi.xml",
        "baselines.xml",
        "percent-complete-8.4.xer",
        "ProjectDefaultCalendar.xer",
    ],
)
def test_what_was_read_goes_out_and_comes_back(name: str) -> None:
    plan = read(name)
    assert read_schedule(write_mspdi(plan), name=name) == plan


def test_link_kinds_and_lags() -> None:
    links = read("task-links-project2019-mspdi.xml").links
    assert [(link.kind, link.lag, link.unit) for link in links] == [
        ("FS", 0, "workday"), ("FS", 1, "workday"), ("FS", 2, "workday"), ("FS", 5, "workday"), ("FS", 10, "workday"),
        ("SF", 2, "workday"), ("SS", 2, "workday"), ("FF", 2, "workday"),
    ]  # fmt: skip
    assert links[0] == FileLink("1", "2")


def test_recurring_exceptions_are_the_days_that_project_itself_lists() -> None:
    """Project writes each repetition as days too (DayType 0): both readings of the file must agree."""
    name = "calendar-recurring-exceptions-project2010-mspdi.xml"
    root = ElementTree.parse(path_of(name)).getroot()
    listed = set()
    for period in root.iterfind(f"{TAG}Calendars/{TAG}Calendar[1]/{TAG}WeekDays/{TAG}WeekDay/{TAG}TimePeriod"):
        first, last = (date.fromisoformat((period.findtext(TAG + tag) or "")[:10]) for tag in ("FromDate", "ToDate"))
        listed |= {first + timedelta(days) for days in range((last - first).days + 1)}
    for days in root.iterfind(f"{TAG}Calendars/{TAG}Calendar/{TAG}WeekDays"):
        for day in [one for one in days if one.findtext(f"{TAG}DayType") == "0"]:
            days.remove(day)
    plan = read_schedule(ElementTree.tostring(root), name=name)
    found = {
        one.start + timedelta(days)
        for one in plan.calendars[0].exceptions
        for days in range((one.end - one.start).days + 1)
    }
    assert len(listed) > 100
    assert found == listed
    assert sum(1 for one in plan.calendars[0].exceptions if one.works) == 3


def test_ten_baselines() -> None:
    plan = read("baselines.xml")
    assert [one.number for one in plan.baselines] == list(range(1, 11))
    assert [one.dates[0].start for one in plan.baselines] == [date(2001, 1, day) for day in range(1, 11)]
    assert plan.nodes[0].duration == 1  # seven and a half hours, as long as this file's day


def test_percent_complete_is_as_the_names_say() -> None:
    plan = read("percent-complete-8.4.xer")
    assert len(plan.nodes) == 12
    assert all(node.name.endswith(f" {node.percent}%") for node in plan.nodes)


def test_a_projects_own_calendar() -> None:
    plan = read("ProjectDefaultCalendar.xer")
    assert [(one.name, len(one.exceptions)) for one in plan.calendars] == [("5 Day", 14)]
    assert plan.calendar == plan.nodes[0].calendar == 44739
    assert plan.nodes[0].start_no_earlier == date(2019, 6, 10)


def test_the_invalid_one_is_refused_with_its_reason() -> None:
    with pytest.raises(Refusal) as caught:
        read("invalid-8.4.xer")
    assert caught.value.code == "plans.file_calendar"
    assert "Test - Invalid" in str(caught.value)
