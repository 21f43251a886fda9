"""A target file: what it must hold, read with the place of whatever is wrong in it. No database."""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NoReturn

from guatu.core.refusals import Refusal
from guatu.domain.errors import DomainError
from guatu.domain.periods import Period
from guatu.domain.targets import NodeCost, Shape, YearGrid, by_month, by_nodes, even, s_curve
from guatu.domain.workdays import Closure, official_calendar

KNOWN: Final = frozenset(
    {"year", "target", "profile", "closed", "done_by_date", "capacity_daily", "as_of"}
    | {"calendar", "closures", "hand", "nodes", "start", "finish"}
)
MOST: Final = 10**18  # yuan; more is a slip of the hand, and printing it would take the page
SHOWN: Final = 40
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class TargetFile:
    """What the file says, checked."""

    grid: YearGrid
    target: int
    shape: Shape
    hand: dict[Period, int]
    closed: dict[int, int]
    done: list[tuple[date, int]]
    capacity: int | None
    as_of: date
    ignored: list[str]


def read(name: str) -> TargetFile:
    """The file, or standard input for "-". Refusals name the place; DomainErrors are passed on."""
    said = _object(name)
    year = _number(_needed(said, "year"), "year")
    target = _not_below_zero(_amount(_needed(said, "target"), "target"), "target")
    capacity = said.get("capacity_daily")
    if capacity is not None:
        capacity = _not_below_zero(_amount(capacity, "capacity_daily"), "capacity_daily")
    grid = YearGrid.of(year, official_calendar(_closures(said)))
    done = _done(said)
    for day, _ in done:
        if day.year != year:
            raise Refusal("targets.done_outside", day=day.isoformat(), year=year)
    return TargetFile(
        grid=grid,
        target=target,
        shape=_shape(said, grid),
        hand=_hand(said),
        closed=_closed(said),
        done=done,
        capacity=capacity,
        as_of=_day(_needed(said, "as_of"), "as_of"),
        ignored=sorted(set(said) - KNOWN),
    )


def _object(name: str) -> dict[str, Any]:
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as fault:
        raise Refusal("targets.no_file", name=name, why=fault.strerror or str(fault)) from None
    try:
        said = json.loads(raw.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_no_number)
    except RecursionError:
        raise Refusal("targets.not_json", name=name, why="nested too deeply") from None
    except ValueError as fault:
        raise Refusal("targets.not_json", name=name, why=str(fault)) from None
    if not isinstance(said, dict):
        raise Refusal("targets.not_object", name=name)
    return said


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


def _shown(value: Any) -> str:
    text = str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


def _needed(said: dict[str, Any], key: str, where: str = "") -> Any:
    if said.get(key) is None:
        raise Refusal("targets.missing", where=where or key)
    return said[key]


def _whole(value: Any) -> int | None:
    """A whole number; 1200000.0 of a spreadsheet's export counts as one."""
    if isinstance(value, Decimal) and _plain(value) and value == value.to_integral_value():
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MOST else None


def _plain(value: Decimal) -> bool:
    """Whether a number has a size that can be worked with: 1e400000000 is written in a moment, and never added up."""
    return -SHOWN <= value.adjusted() < SHOWN and len(value.as_tuple().digits) <= SHOWN


def _amount(value: Any, where: str) -> int:
    found = _whole(value)
    if found is None:
        raise Refusal("targets.not_amount", where=where, text=_shown(value))
    return found


def _number(value: Any, where: str) -> int:
    found = _whole(value)
    if found is None:
        raise Refusal("targets.not_number", where=where, text=_shown(value))
    return found


def _not_below_zero(amount: int, where: str) -> int:
    if amount < 0:
        raise Refusal("targets.negative", where=where, amount=amount)
    return amount


def _day(value: Any, where: str) -> date:
    found = _iso(value) if isinstance(value, str) else None
    if found is None:
        raise Refusal("targets.not_date", where=where, text=_shown(value))
    return found


@lru_cache(maxsize=4096)
def _iso(text: str) -> date | None:
    """A day as 2019-03-04; remembered, since a file may name one many times."""
    if not _DAY.fullmatch(text):  # fromisoformat takes 2019-W12-3 too
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _rows(said: dict[str, Any], key: str, example: str) -> list[Any]:
    rows = said.get(key)
    if rows is None:
        return []
    if not isinstance(rows, list):
        raise Refusal("targets.not_list", where=key, example=example)
    return rows


def _pairs(said: dict[str, Any], key: str, example: str) -> Iterator[tuple[int, Any, Any]]:
    """(place, first, second) of each pair in a list."""
    for number, row in enumerate(_rows(said, key, example)):
        if not isinstance(row, list) or len(row) != 2:
            raise Refusal("targets.not_list", where=f"{key}[{number}]", example=example)
        yield number, row[0], row[1]


def _done(said: dict[str, Any]) -> list[tuple[date, int]]:
    """What was done by the day; a pair that can be taken as it is costs no more than that."""
    found = []
    for number, day, amount in _pairs(said, "done_by_date", '["2019-03-04", 120000]'):
        on = _iso(day) if isinstance(day, str) else None
        if on is None or type(amount) is not int or abs(amount) > MOST:
            where = f"done_by_date[{number}]"
            on, amount = _day(day, f"{where}[0]"), _amount(amount, f"{where}[1]")
        found.append((on, amount))
    return found


def _closure(start: Any, end: Any, where: str) -> Closure:
    first, last = _day(start, f"{where}[0]"), _day(end, f"{where}[1]")
    if first > last:
        raise Refusal("targets.reversed", where=where, start=first.isoformat(), end=last.isoformat())
    return Closure(first, last)


def _closures(said: dict[str, Any]) -> list[Closure]:
    """Days without work: "closures" beside the rest, or within "calendar" as in a schedule's file."""
    calendar = said.get("calendar")
    if calendar is None:
        calendar = {}
    if not isinstance(calendar, dict) or calendar.get("country") not in (None, "CN"):
        raise Refusal("targets.calendar", where="calendar", example='{"country": "CN", "closures": []}')
    found: dict[tuple[Any, Any], Closure] = {}
    for place in (said, calendar):
        for number, start, end in _pairs(place, "closures", '["2019-11-15", "2020-03-15"]'):
            if not (isinstance(start, str) and isinstance(end, str) and (start, end) in found):
                found[start, end] = _closure(start, end, f"closures[{number}]")
    return list(found.values())


def _objects(said: dict[str, Any], key: str, example: str) -> list[tuple[dict[str, Any], str]]:
    found = []
    for number, row in enumerate(_rows(said, key, example)):
        if not isinstance(row, dict):
            raise Refusal("targets.not_list", where=f"{key}[{number}]", example=example)
        found.append((row, f"{key}[{number}]"))
    return found


def _closed(said: dict[str, Any]) -> dict[int, int]:
    found: dict[int, int] = {}
    for row, where in _objects(said, "closed", '{"month": 3, "amount": 120000}'):
        month = _number(_needed(row, "month", f"{where}.month"), f"{where}.month")
        if not 1 <= month <= 12:
            raise Refusal("targets.no_such_month", month=month)
        if month in found:
            raise Refusal("targets.month_twice", where=where, month=month)
        found[month] = _amount(_needed(row, "amount", f"{where}.amount"), f"{where}.amount")
    return found


def _hand(said: dict[str, Any]) -> dict[Period, int]:
    rows = said.get("hand")
    if rows is None:
        return {}
    if not isinstance(rows, dict):
        raise Refusal("targets.not_list", where="hand", example='{"2019-Q1": 120000}')
    found: dict[Period, int] = {}
    for code, amount in rows.items():
        try:
            period = Period.parse(code)
        except DomainError:
            raise Refusal("targets.not_period", where=f"hand.{code[:SHOWN]}") from None
        found[period] = _amount(amount, f"hand.{code[:SHOWN]}")
    return found


def _shape(said: dict[str, Any], grid: YearGrid) -> Shape:
    profile = said.get("profile", "even")
    if isinstance(profile, list):
        return by_month(grid, [_weight(value, f"profile[{number}]") for number, value in enumerate(profile)])
    if profile == "nodes":
        return by_nodes(grid, _nodes(said))
    if profile not in ("even", "s-curve"):
        raise Refusal("targets.profile_unknown", text=_shown(profile))
    start, finish = (None if said.get(key) is None else _day(said[key], key) for key in ("start", "finish"))
    if start is not None and finish is not None and start > finish:
        raise Refusal("targets.reversed", where="start", start=start.isoformat(), end=finish.isoformat())
    return (even if profile == "even" else s_curve)(grid, start, finish)


def _weight(value: Any, where: str) -> int | Decimal:
    if isinstance(value, Decimal) and _plain(value):
        return value
    return _number(value, where)


def _nodes(said: dict[str, Any]) -> list[NodeCost]:
    example = '{"id": "桩基", "start": "2019-03-01", "finish": "2019-05-31", "cost": 120000}'
    found = []
    for row, where in _objects(said, "nodes", example):
        start, finish = (_day(_needed(row, key, f"{where}.{key}"), f"{where}.{key}") for key in ("start", "finish"))
        cost = _amount(_needed(row, "cost", f"{where}.cost"), f"{where}.cost")
        found.append(NodeCost(cost, start, finish, str(row.get("id", where))))
    return found
