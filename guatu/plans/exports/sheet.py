"""A plan as a node sheet (xlsx) that the import reads again. Every text is written as text, never as a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final

import xlsxwriter

from guatu.core.tables.exports import CELL_MOST
from guatu.plans.imports.sheet_fields import DATES, HEADINGS, UNIT_WORDS
from guatu.plans.plan_file import CALENDAR, FileLink, FileNode, PlanFile

OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
WIDE: Final = frozenset({"name", "owner", "evidence", "links"})
_LOOK: Final = {"border": 1, "valign": "vcenter", "text_wrap": True}


def write_sheet(plan: PlanFile) -> bytes:
    """Title, headings and one row a node; 序号 is the number in the outline, 前置节点 refers to it (3FS+5工作日)."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        sheet = book.add_worksheet("节点计划")
        title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
        head = book.add_format({**_LOOK, "bold": True, "align": "center"})
        text, day = book.add_format(_LOOK), book.add_format({**_LOOK, "num_format": "yyyy-mm-dd"})
        last = len(HEADINGS) - 1
        sheet.write_string(0, 0, plan.name[:CELL_MOST], title)
        sheet.merge_range(0, 0, 0, last, plan.name[:CELL_MOST], title)
        for place, (code, heading) in enumerate(HEADINGS.items()):
            sheet.write_string(1, place, heading, head)
            sheet.set_column(place, place, 30 if code in WIDE else 12)
        for at, values in enumerate(_rows(plan), 2):
            for place, code in enumerate(HEADINGS):
                _write(sheet, at, place, values.get(code), day if code in DATES else text)
        sheet.freeze_panes(2, 2)
        sheet.repeat_rows(1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
    return out.getvalue()


def _write(sheet: Any, row: int, place: int, value: Any, look: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(row, place, None, look)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, look)
    elif isinstance(value, int | Decimal):
        sheet.write_number(row, place, value, look)
    else:
        sheet.write_string(row, place, str(value)[:CELL_MOST], look)


def _rows(plan: PlanFile) -> Iterable[dict[str, Any]]:
    numbers = {node.id: outline for node, outline in plan.numbered()}
    links: dict[str, list[FileLink]] = {}
    for link in plan.links:
        links.setdefault(link.after, []).append(link)
    calendars = {calendar.number: calendar.name for calendar in plan.calendars}
    for node in plan.nodes:
        told = {"serial": numbers[node.id], "links": _links(links.get(node.id, ()), numbers)}
        yield {**_values(node), **told, "calendar": calendars.get(node.calendar or 0, "")}


def _values(node: FileNode) -> dict[str, Any]:
    listed = ("name", "weight", "owner", "evidence", "measure", "total", "done", "duration")
    values = {code: getattr(node, code) for code in (*listed, *DATES)}
    return {**values, "unit": UNIT_WORDS[node.unit], "percent": None if node.percent is None else f"{node.percent}%"}


def _links(links: Iterable[FileLink], numbers: dict[str, str]) -> str:
    return "，".join(f"{numbers[link.before]}{link.kind}{_lag(link)}" for link in links)


def _lag(link: FileLink) -> str:
    return f"{link.lag:+d}{UNIT_WORDS[CALENDAR if link.unit == CALENDAR else 'workday']}" if link.lag else ""
