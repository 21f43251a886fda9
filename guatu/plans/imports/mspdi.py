"""MS Project's XML (MSPDI) into a plan. Source of the format: Microsoft, "Project XML Data Interchange Schema".

Days only: hours of the day, resources, costs and work are counted and left out. A task's Deadline and "finish no later
than" are both `finish_no_later`, the earlier one of the two; the project summary's Deadline is the plan's.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from guatu.core.refusals import Refusal
from guatu.core.signs import whole_number
from guatu.plans.imports.mspdi_calendars import read_calendars
from guatu.plans.imports.mspdi_links import read_links
from guatu.plans.imports.unread import Tally
from guatu.plans.imports.values import Values, minutes, number
from guatu.plans.imports.xml_tree import Element, Reader, each, text_of
from guatu.plans.mspdi_terms import (
    AS_LATE,
    BASELINE_NAMES,
    CONSTRAINTS,
    ELAPSED,
    ELAPSED_DAY,
    FREE,
    HEADINGS,
    ID,
    MINUTES_A_DAY,
)
from guatu.plans.plan_file import CALENDAR, WORKDAY, BaselineDates, FileBaseline, FileNode, PlanFile, Unread

MOST_TASKS: Final = 200_000
MOST_LEVELS: Final = 100
SKIPPED: Final = frozenset(
    {"Views", "Filters", "Groups", "Tables", "Maps", "Reports", "Drawings", "DataLinks", "VBAProjects", "WBSMasks",
     "TimephasedData", "Rates", "AvailabilityPeriods"}
)  # fmt: skip
"""How Project shows things, and days' shares of resources: nothing of a plan."""
_DATES: Final = ("start_no_earlier", "must_start", "must_finish")
_NUMBERS: Final = ("weight", "total", "done")


def read_mspdi(data: bytes, name: str) -> PlanFile:
    """The plan of an MSPDI file of the name `name`.

    Raises Refusal: plans.file_unsafe, file_too_deep, file_elements, file_text_long, file_encoding, file_truncated,
    file_kind, file_tasks, file_exceptions, file_value, file_calendar_circle, file_id_twice, link_unknown.
    """
    return _Mspdi(data, name).plan()


class _Mspdi:
    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self.tally = Tally()
        self.values = Values(name, self.tally)
        self.tasks: list[Element] = []
        self.calendars: list[Element] = []
        take = {
            "Task": self._take,
            "Calendar": self.calendars.append,
            "Resource": self._resource,
            "Assignment": lambda _found: self.tally.add("assignments"),
        }
        self.project = Reader(name, "Project", take, SKIPPED).read(data)
        self.aliases = self._aliases()
        self.minutes_a_day = Fraction(self._whole(self.project, "MinutesPerDay", MINUTES_A_DAY) or MINUTES_A_DAY)
        if self.minutes_a_day != MINUTES_A_DAY:
            self.tally.add("hours")
        self.backwards = text_of(self.project, "ScheduleFromStart") == "0"
        self.ids: dict[int, str] = {}
        self.own: dict[int, dict[str, str]] = {}
        self.left_out: dict[int, str] = {}
        self.dates: dict[int, list[BaselineDates]] = {}
        self.baseline_names: dict[int, str] = {}
        self.durations: dict[int, int | None] = {}

    def plan(self) -> PlanFile:
        summary = next((task for task in self.tasks if text_of(task, "OutlineLevel") == "0"), {})
        tasks = [task for task in self.tasks if task is not summary]
        self._name_all(tasks)
        kept = [task for task in tasks if self._uid(task) in self.ids]
        self._baseline_names(summary)
        levels = self._levels(kept)
        nodes = tuple(self._node(task, level) for task, level in zip(kept, levels, strict=True))
        links = read_links(kept, self.ids, self.left_out, self.durations, self.minutes_a_day, self.values)
        used = {node.calendar for node in nodes if node.calendar is not None}
        own = self._whole(self.project, "CalendarUID", -1)
        calendars = read_calendars(self.calendars, used | {own}, self.name, self.tally)
        known = {calendar.number for calendar in calendars}
        plan = PlanFile(
            name=text_of(self.project, "Title") or text_of(summary, "Name") or text_of(self.project, "Name"),
            nodes=tuple(self._on_known(node, known) for node in nodes),
            links=links,
            calendars=calendars,
            baselines=self._baselines(),
            calendar=own if own in known else None,
            deadline=self._deadline(summary),
        )
        return replace(plan, unread=self._told_of_links(plan))

    # -- the project -------------------------------------------------------------------------------------------------
    def _aliases(self) -> dict[str, str]:
        """Field number → the key of our value, or the heading of a field that is not ours, after a sign."""
        ours = {heading: key for key, heading in HEADINGS.items()}
        found = {}
        for field in each(self.project, "ExtendedAttributes", "ExtendedAttribute"):
            heading = text_of(field, "Alias") or text_of(field, "FieldName")
            found[text_of(field, "FieldID")] = ours.get(heading, f"?{heading}")
        return found

    def _deadline(self, summary: Element) -> date | None:
        said = self.values.day(text_of(summary, "Deadline"), self.name, "Deadline")
        if said is None and self.backwards:  # a project that is scheduled from its finish
            return self.values.day(text_of(self.project, "FinishDate"), self.name, "FinishDate")
        return said

    def _baseline_names(self, summary: Element) -> None:
        for line in self._own(summary).get(BASELINE_NAMES, "").split("；"):
            digits, _, words = line.partition(" ")
            number = whole_number(digits, digits=2)
            if number is not None and number <= 10:
                self.baseline_names[number] = words

    def _baselines(self) -> tuple[FileBaseline, ...]:
        numbers = sorted({*self.dates, *self.baseline_names})
        return tuple(
            FileBaseline(each, self.baseline_names.get(each, ""), tuple(self.dates.get(each, ()))) for each in numbers
        )

    def _resource(self, found: Element) -> None:
        if text_of(found, "UID") != "0" and text_of(found, "IsNull") != "1":  # 0 is the row of "nobody"
            self.tally.add("resources", text_of(found, "Name"))

    # -- tasks -------------------------------------------------------------------------------------------------------
    def _take(self, task: Element) -> None:
        if len(self.tasks) >= MOST_TASKS:
            raise Refusal("plans.file_tasks", name=self.name, limit=MOST_TASKS)
        if text_of(task, "IsNull") != "1":
            self.tasks.append(task)

    def _whole(self, found: Element, tag: str, otherwise: int) -> int:
        text = text_of(found, tag)
        if not text:
            return otherwise
        try:
            return int(text[:12])
        except ValueError as error:
            raise self.values.wrong(text, text_of(found, "Name"), tag) from error

    def _uid(self, task: Element) -> int:
        return self._whole(task, "UID", -1)

    def _name_all(self, tasks: list[Element]) -> None:
        """Our own id where the file carries it, else the task's UID. Copied tasks carry the same one twice."""
        seen: dict[int, str] = {}
        taken: set[str] = set()
        for task in tasks:
            uid, words = self._uid(task), text_of(task, "Name")
            if uid in seen:
                raise Refusal("plans.file_id_twice", name=self.name, id=uid, first=seen[uid], second=words)
            seen[uid] = words
            reason = "external" if text_of(task, "ExternalTask") == "1" else ""
            reason = reason or ("inactive" if text_of(task, "Active") == "0" else "")
            if reason:
                self.tally.add(reason, words)
                self.left_out[uid] = reason
                continue
            self.own[uid] = self._own(task)
            own = self.own[uid].get(ID, "")
            if own in taken:
                self.tally.add("id_repeated", words)
            self.ids[uid] = own if own and own not in taken else self._free(str(uid), taken)
            taken.add(self.ids[uid])

    def _free(self, wanted: str, taken: set[str]) -> str:
        while wanted in taken:
            wanted += "-2"
        return wanted

    def _levels(self, tasks: list[Element]) -> list[int]:
        """Depths from 1, without gaps where a task between was left out."""
        levels: list[int] = []
        for task in tasks:
            deepest = min(levels[-1] + 1 if levels else 1, MOST_LEVELS)
            levels.append(max(1, min(self._whole(task, "OutlineLevel", 1), deepest)))
        return levels

    def _own(self, task: Element) -> dict[str, str]:
        """Our values in a task's text fields; other fields are counted once they hold something."""
        found = {}
        for field in each(task, "ExtendedAttribute"):
            key, value = self.aliases.get(text_of(field, "FieldID"), "?"), text_of(field, "Value")
            if key.startswith("?"):
                if value:
                    self.tally.add("custom_field", key[1:] or text_of(field, "FieldID"))
            else:
                found[key] = value
        return found

    def _node(self, task: Element, level: int) -> FileNode:
        words = text_of(task, "Name")
        uid = self._uid(task)
        own = self._own_values(task, words)
        duration, elapsed = self._duration(task, words)
        self.durations[uid] = duration
        self._count(task, words, duration)
        self._take_baselines(task, self.ids[uid], words)
        start = self.values.day(text_of(task, "Start"), words, "Start")
        actual = self.values.day(text_of(task, "ActualStart"), words, "ActualStart")
        calendar = self._whole(task, "CalendarUID", -1)
        percent = text_of(task, "PercentComplete")
        return FileNode(
            id=self.ids[uid],
            name=words,
            level=level,
            duration=duration,
            unit=CALENDAR if elapsed else WORKDAY,
            start=start,
            finish=self.values.last_day(text_of(task, "Finish"), start, words, "Finish"),
            actual_start=actual,
            actual_finish=self.values.last_day(text_of(task, "ActualFinish"), actual, words, "ActualFinish"),
            percent=self.values.percent(Fraction(number(percent) or 0), words) if percent else None,
            calendar=calendar if calendar >= 0 else None,
            **{**own, **self._constraints(task, words, own)},
        )

    def _own_values(self, task: Element, words: str) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, text in self.own[self._uid(task)].items():
            if not text or key in (ID, BASELINE_NAMES):
                continue
            found: Any = text
            if key in _DATES:
                found = self.values.day(text, words, HEADINGS[key])
            elif key in _NUMBERS:
                found = number(text)
                if not isinstance(found, Decimal):
                    self.tally.add("custom_field", HEADINGS[key])
            values[key] = found
        return values

    def _duration(self, task: Element, words: str) -> tuple[int | None, bool]:
        text = text_of(task, "Duration")
        elapsed = text_of(task, "DurationFormat") in ELAPSED
        if not text:
            return None, elapsed
        amount = minutes(text)
        if amount is None:
            self.tally.add("duration_unreadable", words)
            return None, elapsed
        of_a_day = Fraction(ELAPSED_DAY) if elapsed else self.minutes_a_day
        return self.values.days(amount, of_a_day, words, "Duration", "duration_rounded"), elapsed

    def _constraints(self, task: Element, words: str, own: dict[str, Any]) -> dict[str, date]:
        found = {}
        kind = text_of(task, "ConstraintType")
        day = self.values.day(text_of(task, "ConstraintDate"), words, "ConstraintDate")
        if kind in CONSTRAINTS and day is not None:
            found[CONSTRAINTS[kind]] = day
        elif kind not in FREE and not (kind == AS_LATE and self.backwards):
            self.tally.add("constraint", words)
        deadline = self.values.day(text_of(task, "Deadline"), words, "Deadline")
        if deadline is not None:
            found["finish_no_later"] = min(deadline, found.get("finish_no_later", deadline))
        return found

    def _take_baselines(self, task: Element, node: str, words: str) -> None:
        for found in each(task, "Baseline"):
            start = self.values.day(text_of(found, "Start"), words, "Baseline")
            finish = self.values.last_day(text_of(found, "Finish"), start, words, "Baseline")
            if start and finish and finish < start:
                self.tally.add("baseline_reversed", words)
            if start or finish:
                kept = self.dates.setdefault(self._whole(found, "Number", 0), [])
                kept.append(BaselineDates(node, start, finish))

    def _count(self, task: Element, words: str, duration: int | None) -> None:
        """What is left out of a task."""
        held = {
            "notes": text_of(task, "Notes") or text_of(task, "HyperlinkAddress"),
            "estimated": text_of(task, "Estimated") == "1",
            "priority": text_of(task, "Priority") not in ("", "500"),
            "recurring": text_of(task, "Recurring") == "1",
            "subproject": text_of(task, "IsSubproject") == "1",
            "milestone_long": text_of(task, "Milestone") == "1" and duration,
            "task_codes": each(task, "OutlineCode"),
            "costs": number(text_of(task, "Cost") or "0") or number(text_of(task, "FixedCost") or "0"),
            "work": minutes(text_of(task, "Work")),
        }
        for code, there in held.items():
            if there:
                self.tally.add(code, words)

    def _on_known(self, node: FileNode, known: set[int]) -> FileNode:
        if node.calendar is None or node.calendar in known:
            return node
        self.tally.add("calendar_missing", node.name)
        return replace(node, calendar=None)

    def _told_of_links(self, plan: PlanFile) -> tuple[Unread, ...]:
        summaries = plan.summaries()
        names = {node.id: node.name for node in plan.nodes}
        for link in plan.links:
            for end in {link.before, link.after} & summaries:
                self.tally.add("summary_link", names[end])
        return self.tally.told()
