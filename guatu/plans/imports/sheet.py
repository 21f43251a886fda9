"""A node plan in a workbook, by the sheet engine: headings as offices word them, dates like 3月底, merged cells.

Group rows (一、前期手续) and serials with points (1, 1.1) make the outline. A sheet names calendars and
holds no days of theirs; it holds no baselines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import Refusal, Sentence
from guatu.core.sheets.engine import recognise
from guatu.core.sheets.errors import SheetError
from guatu.core.sheets.model import Workbook
from guatu.core.sheets.result import ReadRow, SheetReading
from guatu.domain.workdays import WEEKDAYS
from guatu.plans.imports.sheet_fields import DATES, NODES, STARTS, UNITS
from guatu.plans.imports.sheet_links import UnknownNode, parse_links
from guatu.plans.imports.unread import Tally
from guatu.plans.imports.values import number
from guatu.plans.plan_file import CALENDAR, WORKDAY, FileCalendar, FileLink, FileNode, PlanFile, Unit, Unread

MOST_DAYS: Final = 10_000
NAME_MOST: Final = 500
LEFT_OUT: Final = frozenset({"column_unknown", "column_twice", "column_other_year", "column_no_heading"})
_OUTLINE: Final = re.compile(r"\d{1,6}(?:\.\d{1,6})+")
_DURATION: Final = re.compile(r"(\d{1,6})(?:\.0+)?\s*(?:个?(工作日|日历[日天]|自然[日天])|天|日)?")
_NUMBER: Final = re.compile(r"(-?[\d,]+(?:\.\d+)?)\s*%?")

WRONG: Final[dict[str, Sentence]] = {
    "plans.sheet_serial_twice": _("序号“{value}”在第 {other} 行已经用过。每个节点的序号要不同。"),
    "plans.sheet_duration": _("工期要写整天数，如 30、30工作日、45日历日；按月或按周的请折算成天。"),
    "plans.sheet_unit": _("工期单位只能是“工作日”或“日历日”。"),
    "plans.sheet_number": _("这里要填数字，不能小于零。计量单位请写在“计量单位”一列。"),
    "plans.sheet_link": _("前置节点读不懂。请写序号，如 4、3FS+5天、2SS，多个用逗号隔开。"),
    "plans.sheet_link_unknown": _("前置节点“{missing}”不在表里。请写表中节点的序号或名称。"),
    "plans.sheet_reversed": _("完成早于开始（{start}）。请核对这两个日期。"),
    "plans.sheet_name_long": _("节点名称有 {length} 个字，超过 {limit} 个字。请缩短。"),
}
"""What can be wrong with a cell, by code."""


def read_sheet(book: Workbook, *, year: int | None) -> PlanFile:
    """The plan of a workbook's node sheets; `year` is for dates without one.

    Raises Refusal("plans.sheet_wrong") with one item a fault (sheet, row, column, value, code, message) and
    Refusal("plans.sheet") where no sheet has the headings of a node plan.
    """
    try:
        reading = recognise(book, NODES, year=year)
    except SheetError as error:
        raise Refusal("plans.sheet", why=error.message, items=[{"code": error.code}]) from error
    found = _Sheet(reading)
    plan = found.plan()
    items = [issue.as_dict() for issue in reading.errors] + found.wrong
    if items:
        items.sort(key=lambda item: (item["sheet"], item["row"]))
        raise Refusal("plans.sheet_wrong", count=len(items), items=items)
    return plan


class _Sheet:
    def __init__(self, reading: SheetReading) -> None:
        self.reading = reading
        self.wrong: list[dict[str, Any]] = []
        self.known: dict[str, str] = {}
        self.nodes: list[FileNode] = []
        self.calendars: dict[str, int] = {}

    def plan(self) -> PlanFile:
        rows = list(self._places())
        for row, key, level in rows:
            if isinstance(row, ReadRow):
                self.nodes.append(self._node(row, key, level))
            else:
                self.nodes.append(FileNode(key, row, level))
        by_id = {node.id: node for node in self.nodes}
        links = [link for row, key, _ in rows if isinstance(row, ReadRow) for link in self._links(row, by_id[key])]
        title = self.reading.titles[0] if self.reading.titles else self.reading.name.rpartition(".")[0]
        named = tuple(FileCalendar(number, name, WEEKDAYS) for name, number in self.calendars.items())
        return PlanFile(title or self.reading.name, tuple(self.nodes), tuple(links), named, unread=self._told())

    def _told(self) -> tuple[Unread, ...]:
        """Columns that were left out, and what the engine doubts, with its place."""
        tally = Tally()
        for issue in self.reading.warnings:
            if issue.code in LEFT_OUT:
                tally.add("column", issue.column)
            else:
                place = f"{issue.row} {issue.column}" if issue.row else issue.column or issue.sheet
                tally.add("sheet_doubt", f"{place} {issue.message}".strip())
        return tally.told()

    def _places(self) -> Iterator[tuple[ReadRow | str, str, int]]:
        """Each node's row, or a group's words, with its id and its level in the outline."""
        lines: dict[str, int] = {}
        path: tuple[str, ...] = ()
        groups = 0
        depths: list[str] = []
        for count, row in enumerate(self.reading.rows, 1):
            for depth, words in enumerate(row.class_path, 1):
                if row.class_path[:depth] != path[:depth]:
                    groups += 1
                    yield words, f"group-{groups}", depth
            path = row.class_path
            serial = row.values.get("serial", "")
            key = serial or f"row-{count}"
            if key in lines:
                self._fault(row, "serial", "plans.sheet_serial_twice", other=lines[key])
                key = f"{key}-{count}"
            lines[key] = row.row
            self.known.setdefault(key, key)
            depths = _under(depths, serial)
            yield row, key, len(path) + len(depths)
        names: dict[str, str] = {}
        for row, key in zip(self.reading.rows, [*lines], strict=True):
            names.setdefault(row.values.get("name", ""), key)
        self.known = {**names, **self.known}

    def _node(self, row: ReadRow, key: str, level: int) -> FileNode:
        values = row.values
        name = values.get("name", "")
        if len(name) > NAME_MOST:
            self._fault(row, "name", "plans.sheet_name_long", length=len(name), limit=NAME_MOST)
        duration, unit = self._duration(row)
        dates = {code: self._day(values.get(code), code) for code in DATES}
        for start, finish in (("start", "finish"), ("actual_start", "actual_finish")):
            if dates[start] and dates[finish] and dates[finish] < dates[start]:
                self._fault(row, finish, "plans.sheet_reversed", start=dates[start])
        percent = values.get("percent")
        return FileNode(
            id=key,
            name=name,
            level=level,
            duration=duration,
            unit=unit,
            weight=self._number(row, "weight"),
            owner=values.get("owner", ""),
            evidence=values.get("evidence", ""),
            measure=values.get("measure", ""),
            total=self._number(row, "total"),
            done=self._number(row, "done"),
            percent=None if percent is None else min(100, int(percent + Decimal("0.5"))),
            calendar=self._calendar(values.get("calendar", "")),
            **dates,
        )

    def _calendar(self, name: str) -> int | None:
        """The number of a calendar that a row names; a sheet holds its name alone."""
        return self.calendars.setdefault(name, len(self.calendars) + 1) if name else None

    def _day(self, span: Any, code: str) -> Any:
        return None if span is None else span.start if code in STARTS else span.end

    def _duration(self, row: ReadRow) -> tuple[int | None, Unit]:
        said = row.values.get("unit", "")
        unit = UNITS.get(said, WORKDAY)
        if said and said not in UNITS:
            self._fault(row, "unit", "plans.sheet_unit")
        text = row.values.get("duration", "")
        if not text:
            return None, _unit(unit)
        found = _DURATION.fullmatch(text)
        if not found or int(found[1]) > MOST_DAYS:
            self._fault(row, "duration", "plans.sheet_duration")
            return None, _unit(unit)
        return int(found[1]), _unit(UNITS.get(found[2] or "", unit))

    def _number(self, row: ReadRow, code: str) -> Decimal | None:
        text = row.values.get(code, "")
        found = _NUMBER.fullmatch(text)
        value = number(found[1].replace(",", "")) if found else None
        if text and (value is None or value < 0):
            self._fault(row, code, "plans.sheet_number")
        return value

    def _links(self, row: ReadRow, node: FileNode) -> list[FileLink]:
        try:
            return parse_links(row.values.get("links", ""), node.id, node.unit, self.known)
        except UnknownNode as error:
            self._fault(row, "links", "plans.sheet_link_unknown", missing=str(error)[:80])
        except ValueError:
            self._fault(row, "links", "plans.sheet_link")
        return []

    def _fault(self, row: ReadRow, code: str, fault: str, **params: Any) -> None:
        column = row.columns.get(code)
        value = row.raw(code)
        params.setdefault("value", value)
        self.wrong.append(
            {
                "sheet": row.sheet,
                "row": row.row,
                "column": column.place if column else "",
                "value": value,
                "code": fault,
                "message": str(WRONG[fault]).format(**params),
                "params": {name: part if isinstance(part, int) else str(part) for name, part in params.items()},
            }
        )


def _unit(word: str) -> Unit:
    return CALENDAR if word == CALENDAR else WORKDAY


def _under(depths: list[str], serial: str) -> list[str]:
    """The serials from the top down to this one: 1.2.1 is under 1.2, where there is a 1.2; 3 is under none."""
    if not _OUTLINE.fullmatch(serial):
        return [serial]
    kept = [upper for upper in depths if upper and serial.startswith(upper + ".")]
    return [*kept, serial]
