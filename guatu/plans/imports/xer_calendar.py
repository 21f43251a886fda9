"""P6's calendars: `clndr_data` is a nest of brackets, (0||name(settings)(children)).

Under DaysOfWeek 1 is Sunday and a day without children is off; under Exceptions d is a spreadsheet's serial day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from guatu.core.refusals import Refusal
from guatu.core.signs import whole_number
from guatu.domain.dates import EARLIEST, LATEST
from guatu.domain.workdays import WEEKDAYS
from guatu.plans.imports.days import FirstWins
from guatu.plans.imports.unread import Tally
from guatu.plans.imports.xer_table import Row
from guatu.plans.plan_file import FileCalendar

ZERO: Final = date(1899, 12, 30)
DEEPEST: Final = 12
MOST: Final = 200_000  # brackets of one calendar
_HEAD: Final = re.compile(r"\s*\(\s*\d*\s*\|\|([^()]*)\(([^()]*)\)\s*\(")
_SERIAL: Final = re.compile(r"\bd\|(\d{1,6})\b")
_CLOSE: Final = re.compile(r"\s*\)")
_JUNK: Final = str.maketrans(dict.fromkeys("\x7f\r\n\t", " "))


@dataclass(slots=True)
class Bracket:
    """(0||name(settings)(children))."""

    name: str
    settings: str
    children: list[Bracket] = field(default_factory=list)

    def child(self, name: str) -> Bracket | None:
        return next((one for one in self.children if one.name == name), None)


class Broken(ValueError):
    """The brackets end or turn wrong at this character, counted from 1."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


def parse(text: str) -> Bracket:
    """Raises Broken for a text that ends early, goes too deep, or is something else."""
    text = text.translate(_JUNK)
    path: list[Bracket] = [Bracket("", "")]
    at = count = 0
    while True:
        head = _HEAD.match(text, at)
        if head:
            path.append(Bracket(head[1].strip(), head[2]))
            path[-2].children.append(path[-1])
            at, count = head.end(), count + 1
            if len(path) > DEEPEST or count > MOST:
                raise Broken(at)
            continue
        for _ in range(2):  # the children's bracket and the bracket itself
            close = _CLOSE.match(text, at)
            if not close:
                raise Broken(at + 1)
            at = close.end()
        path.pop()
        if len(path) == 1:
            return path[0].children[0]


def read_calendars(rows: list[Row], used: set[str], name: str, tally: Tally) -> tuple[FileCalendar, ...]:
    """The calendars that are used; a resource's own is counted and left out, and so is one that nothing refers to.

    Every calendar must be readable all the same. Raises Refusal: plans.file_calendar, plans.file_value.
    """
    by_id = {row.get("clndr_id", ""): row for row in rows}
    parsed = {number: _parsed(row, name, tally) for number, row in by_id.items()}
    found = []
    for number, row in by_id.items():
        words = row.get("clndr_name", "").strip()
        if number not in used:
            if row.get("clndr_type") == "CA_Rsrc":
                tally.add("resource_calendars", words)
            continue
        if whole_number(number, digits=18) is None:
            raise Refusal("plans.file_value", name=name, where=words, field="clndr_id", value=number[:80])
        days = FirstWins()
        line, seen = number, set[str]()
        while line in parsed and line not in seen:
            seen.add(line)
            _exceptions(parsed[line], days, tally, words)
            line = by_id[line].get("base_clndr_id", "")
        found.append(FileCalendar(int(number), words, _week(parsed[number]), days.exceptions()))
        if row.get("day_hr_cnt", "8") not in ("", "8"):
            tally.add("hours", words)
    return tuple(found)


def _parsed(row: Row, name: str, tally: Tally) -> Bracket:
    words, data = row.get("clndr_name", "").strip(), row.get("clndr_data", "")
    if not data.strip():
        tally.add("calendar_default", words)
        return Bracket("", "")
    try:
        return parse(data)
    except Broken as error:
        raise Refusal("plans.file_calendar", name=name, calendar=words, at=error.at) from error


def _week(calendar: Bracket) -> frozenset[int]:
    days = calendar.child("DaysOfWeek")
    if days is None:
        return WEEKDAYS
    return frozenset((int(one.name) - 2) % 7 for one in days.children if one.children and one.name in set("1234567"))


def _exceptions(calendar: Bracket, days: FirstWins, tally: Tally, words: str) -> None:
    listed = calendar.child("Exceptions")
    for one in listed.children if listed else ():
        serial = _SERIAL.search(one.settings)
        day = ZERO + timedelta(int(serial[1])) if serial else ZERO
        if EARLIEST <= day.year <= LATEST:
            days.put([day], bool(one.children), "")
        else:
            tally.add("date_absurd", words)
