"""Primavera P6's XER into a plan. Source of the format: Oracle, "P6 XER Import/Export Data Map Guide".

Planned dates are P6's target dates; hours become days by the calendar's hours a day. WBS elements are the outline. The
project's "must finish by" is the plan's deadline. Of several projects the first exported one is read.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any, Final

from guatu.core.refusals import Refusal
from guatu.core.signs import whole_number, without_turns
from guatu.plans.imports.unread import Tally
from guatu.plans.imports.values import Values, number
from guatu.plans.imports.xer_calendar import read_calendars
from guatu.plans.imports.xer_outline import wbs_in_order
from guatu.plans.imports.xer_table import Row, Tables, decode, read_tables
from guatu.plans.plan_file import CALENDAR, WORKDAY, FileLink, FileNode, LinkKind, PlanFile, Unit

MOST_TASKS: Final = 200_000
MOST_LEVELS: Final = 100
KNOWN: Final = frozenset(
    {"CURRTYPE", "OBS", "PROJECT", "CALENDAR", "SCHEDOPTIONS", "PROJWBS", "TASK", "TASKPRED", "RSRC", "TASKRSRC"}
)
CONSTRAINTS: Final = {
    "CS_MSO": "must_start",
    "CS_MANDSTART": "must_start",
    "CS_MEO": "must_finish",
    "CS_MANDFIN": "must_finish",
    "CS_MSOA": "start_no_earlier",
    "CS_MEOB": "finish_no_later",
}
LINKS: Final[dict[str, LinkKind]] = {"PR_FS": "FS", "PR_SS": "SS", "PR_FF": "FF", "PR_SF": "SF"}
MILESTONES: Final = frozenset({"TT_Mile", "TT_FinMile"})
HOURS: Final = Fraction(8)  # a day, where the calendar says nothing


def read_xer(data: bytes, name: str) -> PlanFile:
    """The plan of an XER file of the name `name`.

    Raises Refusal: plans.file_kind, file_no_end, file_row_sign, file_row_loose, file_row_values, file_elements,
    file_tasks, file_no_plan, file_value, file_calendar, file_id_twice, link_unknown.
    """
    tally = Tally()
    return _Xer(read_tables(without_turns(decode(data, tally)), name), name, tally).plan()


class _Xer:
    def __init__(self, tables: Tables, name: str, tally: Tally) -> None:
        self.tables, self.name, self.tally = tables, name, tally
        self.values = Values(name, tally)
        self.project = self._project()
        self.project_id = self.project.get("proj_id", "")
        self.hours = {row.get("clndr_id", ""): _hours(row) for row in tables.of("CALENDAR")}

    def plan(self) -> PlanFile:
        tasks = [row for row in self.tables.of("TASK") if self._is_ours(row)]
        if len(tasks) > MOST_TASKS:
            raise Refusal("plans.file_tasks", name=self.name, limit=MOST_TASKS)
        own = self.project.get("clndr_id", "")
        used = {own, *(row.get("clndr_id", "") for row in tasks)}
        calendars = read_calendars(self.tables.of("CALENDAR"), used, self.name, self.tally)
        known = {calendar.number for calendar in calendars}
        title, nodes = self._outline(tasks)
        links = self._links({row["task_id"]: row for row in tasks})
        self._count()
        return PlanFile(
            name=title or self.project.get("proj_short_name", "").strip(),
            nodes=tuple(self._on_known(node, known) for node in nodes),
            links=links,
            calendars=calendars,
            calendar=found if (found := whole_number(own, digits=18)) in known else None,
            deadline=self.values.day(self.project.get("plan_end_date", ""), self.name, "plan_end_date"),
            unread=self.tally.told(),
        )

    # -- which project -----------------------------------------------------------------------------------------------
    def _project(self) -> Row:
        """The first exported project that is no baseline of another; the rest is told."""
        listed = self.tables.of("PROJECT")
        if not listed:
            raise Refusal("plans.file_no_plan", name=self.name)
        exported = [row for row in listed if row.get("export_flag", "Y") != "N" and not row.get("orig_proj_id")]
        chosen = (exported or listed)[0]
        for row in listed:
            if row is not chosen:
                self.tally.add("other_projects", row.get("proj_short_name", ""))
        return chosen

    def _is_ours(self, row: Row) -> bool:
        return row.get("proj_id", self.project_id) == self.project_id

    def _count(self) -> None:
        """Tables with rows that no plan of ours holds."""
        for table, rows in self.tables.rows.items():
            if table not in KNOWN and rows:
                self.tally.add("unread_table", table, len(rows))
        for table, code in (("RSRC", "resources"), ("TASKRSRC", "assignments")):
            if self.tables.of(table):
                self.tally.add(code, count=len(self.tables.of(table)))

    # -- nodes -------------------------------------------------------------------------------------------------------
    def _outline(self, tasks: list[Row]) -> tuple[str, list[FileNode]]:
        """The project's name, and WBS elements with the tasks under them, in P6's order."""
        self._refuse_twice(tasks)
        of_element: dict[str, list[Row]] = {}
        for task in tasks:
            of_element.setdefault(task.get("wbs_id", ""), []).append(task)
        title, elements = wbs_in_order([row for row in self.tables.of("PROJWBS") if self._is_ours(row)])
        nodes: list[FileNode] = []
        for element in elements:
            if element.level:  # the project's own element is no node: its children stand at the top
                nodes.append(FileNode(f"wbs-{element.key}", element.name, min(element.level, MOST_LEVELS)))
            below = of_element.pop(element.key, ())
            nodes += [self._node(task, min(element.level + 1, MOST_LEVELS)) for task in below]
        astray = [self._node(task, 1) for listed in of_element.values() for task in listed]
        return title, [*astray, *self._without_empty(nodes)]

    def _without_empty(self, nodes: list[FileNode]) -> list[FileNode]:
        """Elements that no task belongs to are no nodes."""
        kept: list[FileNode] = []
        for node in reversed(nodes):
            if node.id.startswith("wbs-") and (not kept or kept[-1].level <= node.level):
                self.tally.add("empty_group", node.name)
            else:
                kept.append(node)
        return kept[::-1]

    def _refuse_twice(self, tasks: list[Row]) -> None:
        seen: dict[str, str] = {}
        for task in tasks:
            key, words = task.get("task_id", ""), task.get("task_name", "")
            if key in seen:
                raise Refusal("plans.file_id_twice", name=self.name, id=key, first=seen[key], second=words)
            seen[key] = words

    def _node(self, task: Row, level: int) -> FileNode:
        words = task.get("task_name", "").strip()
        start = self.values.day(task.get("target_start_date", ""), words, "target_start_date")
        actual = self.values.day(task.get("act_start_date", ""), words, "act_start_date")
        calendar = task.get("clndr_id", "")
        milestone = task.get("task_type") in MILESTONES
        if task.get("task_type") == "TT_LOE":
            self.tally.add("level_of_effort", words)
        return FileNode(
            id=task["task_id"],
            name=words,
            level=level,
            duration=0 if milestone else self._days(task, "target_drtn_hr_cnt", words),
            unit=WORKDAY,
            start=start,
            finish=self._end(task, "target_end_date", start, words) or (start if milestone else None),
            actual_start=actual,
            actual_finish=self._end(task, "act_end_date", actual, words),
            percent=self._percent(task, words),
            calendar=whole_number(calendar, digits=18),
            **self._constraints(task, words),
        )

    def _end(self, task: Row, field: str, start: date | None, words: str) -> date | None:
        return self.values.last_day(task.get(field, ""), start, words, field)

    def _days(self, task: Row, field: str, words: str) -> int | None:
        hours = self._amount(task, field, words)
        if hours is None:
            return None
        a_day = self.hours.get(task.get("clndr_id", ""), HOURS)
        return self.values.days(hours, a_day, words, field, "duration_rounded")

    def _amount(self, row: Row, field: str, words: str) -> Fraction | None:
        text = row.get(field, "").strip().replace(",", ".")
        if not text:
            return None
        found = number(text)
        if found is None:
            raise self.values.wrong(text, words, field)
        return Fraction(found)

    def _percent(self, task: Row, words: str) -> int:
        """By the task's own way of counting: of its duration, of its work, or as somebody saw it."""
        if task.get("status_code") == "TK_Complete":
            return 100
        if task.get("status_code") == "TK_NotStart":
            return 0
        kind = task.get("complete_pct_type")
        if kind == "CP_Phys":
            return self.values.percent(self._amount(task, "phys_complete_pct", words) or Fraction(0), words)
        if kind == "CP_Units":
            done = self._sum(task, ("act_work_qty", "act_equip_qty"), words)
            whole = done + self._sum(task, ("remain_work_qty", "remain_equip_qty"), words)
        else:
            whole = self._sum(task, ("target_drtn_hr_cnt",), words)
            done = whole - self._sum(task, ("remain_drtn_hr_cnt",), words)
        return self.values.percent(done * 100 / whole, words) if whole else 0

    def _sum(self, task: Row, fields: tuple[str, ...], words: str) -> Fraction:
        return sum((self._amount(task, field, words) or Fraction(0) for field in fields), Fraction(0))

    def _constraints(self, task: Row, words: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for kind_field, date_field in (("cstr_type", "cstr_date"), ("cstr_type2", "cstr_date2")):
            kind = task.get(kind_field, "")
            if not kind:
                continue
            ours = CONSTRAINTS.get(kind)
            day = self.values.day(task.get(date_field, ""), words, date_field)
            if ours is None or day is None or ours in found:
                self.tally.add("constraint", words)
            else:
                found[ours] = day
        if task.get("expect_end_date"):
            self.tally.add("constraint", words)
        return found

    def _on_known(self, node: FileNode, known: set[int]) -> FileNode:
        if node.calendar is None or node.calendar in known:
            return node
        self.tally.add("calendar_missing", node.name)
        return replace(node, calendar=None)

    # -- links -------------------------------------------------------------------------------------------------------
    def _links(self, tasks: dict[str, Row]) -> tuple[FileLink, ...]:
        found: dict[str, list[FileLink]] = {key: [] for key in tasks}
        lag_calendar = next(
            (row.get("sched_calendar_on_relationship_lag", "") for row in self.tables.of("SCHEDOPTIONS")), ""
        )
        for row in self.tables.of("TASKPRED"):
            after, before = row.get("task_id", ""), row.get("pred_task_id", "")
            if not self._is_ours(row) or row.get("pred_proj_id", "") not in ("", self.project_id):
                self.tally.add("cross_project", tasks.get(after, {}).get("task_name", ""))
                continue
            for end in (after, before):
                if end not in tasks:
                    words = tasks.get(after, {}).get("task_name", after)
                    raise Refusal("plans.link_unknown", name=self.name, node=words, missing=end)
            found[after].append(self._link(row, tasks[before], tasks[after], lag_calendar))
        return tuple(link for listed in found.values() for link in listed)

    def _link(self, row: Row, before: Row, after: Row, lag_calendar: str) -> FileLink:
        """The lag's hours count by the calendar that the project's settings name; the days are the successor's."""
        words = after.get("task_name", "")
        kind = LINKS.get(row.get("pred_type") or "PR_FS")
        if kind is None:
            raise self.values.wrong(row.get("pred_type", ""), words, "pred_type")
        hours = self._amount(row, "lag_hr_cnt", words) or Fraction(0)
        unit: Unit = CALENDAR if lag_calendar == "rcal_24Hour" and hours else WORKDAY
        whose = {"rcal_Successor": after, "rcal_ProjDefault": self.project}.get(lag_calendar, before)
        if hours and unit == WORKDAY and whose.get("clndr_id") != after.get("clndr_id"):
            self.tally.add("lag_calendar", words)
        a_day = Fraction(24) if unit == CALENDAR else self.hours.get(whose.get("clndr_id", ""), HOURS)
        lag = self.values.days(hours, a_day, words, "lag_hr_cnt", "lag_rounded")
        return FileLink(before["task_id"], after["task_id"], kind, lag, unit)


def _hours(row: Row) -> Fraction:
    found = number(row.get("day_hr_cnt", "").strip().replace(",", ".") or "8")
    return Fraction(found) if found and 0 < found <= 24 else HOURS
