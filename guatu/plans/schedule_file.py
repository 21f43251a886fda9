"""A plan from a JSON file: every wrong place is named, nothing is guessed."""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, TypeGuard

from django.utils.translation import gettext as _

from guatu.core.refusals import Refusal
from guatu.domain.schedule.types import LINK_TYPES, UNITS, Crash, Link, Node, Plan
from guatu.domain.workdays import Closure, WorkCalendar, official_calendar

Read = dict[str, Any]
PLAN_KEYS: Final = ("deadline", "today", "calendar", "nodes", "links")
NODE_DATES: Final = (
    "start_no_earlier",
    "finish_no_later",
    "must_start",
    "must_finish",
    "actual_start",
    "actual_finish",
)
NODE_KEYS: Final = ("id", "duration", "unit", *NODE_DATES, "crash", "calendar", "name")
SHOWN: Final = 60  # characters of what somebody wrote that a sentence repeats
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def plan_of(data: bytes, name: str) -> Plan:
    """The plan that a file's bytes describe. Raises Refusal (schedule.*) and DomainError."""
    whole = _mapping(_loaded(data, name), _("文件"), PLAN_KEYS)
    calendar = _calendar(whole, "")
    calendars: dict[str, WorkCalendar] = {}
    nodes = tuple(
        _node(item, place, calendars) for place, item in enumerate(_array(whole.get("nodes"), "nodes", needed=True))
    )
    links = tuple(_link(item, f"links[{place}]") for place, item in enumerate(_array(whole.get("links"), "links")))
    deadline = _day(whole, "deadline", "")
    if deadline is None and not any(node.finish_no_later or node.must_finish for node in nodes):
        raise Refusal("schedule.no_deadline")
    today = _day(whole, "today", "")
    if today is None:
        raise _wrong("today", _("存在的日期，如 2019-10-01"))
    return Plan(nodes, links, today, deadline, calendar)


def shown(text: str) -> str:
    """A text as a sentence repeats it."""
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


def _loaded(data: bytes, name: str) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refusal("schedule.file", name=name, why=_("不是 UTF-8 编码")) from None
    except json.JSONDecodeError as fault:
        raise Refusal("schedule.not_json", name=name, line=fault.lineno, column=fault.colno) from None
    except (RecursionError, ValueError):  # a number of thousands of digits is a ValueError
        raise Refusal("schedule.file", name=name, why=_("嵌套太深或数字太长")) from None


def _node(item: Any, place: int, calendars: dict[str, WorkCalendar]) -> Node:
    where = f"nodes[{place}]"
    read = _mapping(item, where, NODE_KEYS)
    name = read.get("id")
    if not isinstance(name, str) or not name.strip():
        raise _wrong(f"{where}.id", _("不为空的文字"))
    where = f"{where}（{shown(name)}）"
    if "duration" not in read:
        raise _wrong(f"{where}.duration", _("整数天数"))
    unit = _one_of(read, "unit", UNITS, where)
    dates = {key: _day(read, key, where) for key in NODE_DATES if key in read}
    own = None
    if read.get("calendar") is not None:
        key = json.dumps(read["calendar"], sort_keys=True)
        own = calendars[key] = calendars.get(key) or _calendar(read, where)
    return Node(name, _whole(read["duration"]), unit, crash=_crash(read, name, where), calendar=own, **dates)


def _crash(read: Read, name: str, where: str) -> Crash | None:
    if read.get("crash") is None:
        return None
    crash = _mapping(read["crash"], f"{where}.crash", ("max", "cost"))
    if "max" not in crash:
        raise _wrong(f"{where}.crash.max", _("整数天数"))
    return Crash(_whole(crash["max"]), _whole(crash.get("cost", 0)))


def _link(item: Any, where: str) -> Link:
    read = _mapping(item, where, ("from", "to", "type", "lag", "technical"))
    for key in ("from", "to"):
        if not isinstance(read.get(key), str):
            raise _wrong(f"{where}.{key}", _("节点的编号"))
    lag = read.get("lag")
    technical = read.get("technical")
    if not isinstance(technical, bool | None):
        raise _wrong(f"{where}.technical", _("true 或 false"))
    kind = _one_of(read, "type", LINK_TYPES, where)
    return Link(read["from"], read["to"], kind, 0 if lag is None else _whole(lag), bool(technical))


def _calendar(read: Read, where: str) -> WorkCalendar:
    where = _inside(where, "calendar")
    said = read.get("calendar")
    calendar = _mapping({} if said is None else said, where, ("country", "closures"))
    country = calendar.get("country")
    if country not in (None, "CN"):
        raise Refusal("schedule.unknown_country", country=shown(str(country)))
    where = f"{where}.closures"
    pairs: dict[tuple[str, str], Closure] = {}
    for place, pair in enumerate(_array(calendar.get("closures"), where)):
        if not isinstance(pair, list) or len(pair) != 2:
            raise _wrong(f"{where}[{place}]", _("两个日期 [起, 止]"))
        if not (_is_text(pair[0]) and _is_text(pair[1]) and (pair[0], pair[1]) in pairs):
            start, end = (_read_day(day, f"{where}[{place}][{number}]") for number, day in enumerate(pair))
            pairs[pair[0], pair[1]] = Closure(start, end)
    return official_calendar(pairs.values())


# -- shapes -----------------------------------------------------------------------------------------------------------
def _wrong(where: str, wanted: str) -> Refusal:
    return Refusal("schedule.shape", where=where, wanted=wanted)


def _inside(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key


def _mapping(item: Any, where: str, known: tuple[str, ...]) -> Read:
    if not isinstance(item, dict):
        raise _wrong(where, _("一个对象"))
    unknown = [name for name in item if name not in known]
    if unknown:
        names = "、".join(map(shown, unknown[:5]))
        raise Refusal("schedule.unknown_key", where=where, names=names, known="、".join(known))
    return item


def _array(item: Any, where: str, *, needed: bool = False) -> list[Any]:
    if item is None and not needed:
        return []
    if not isinstance(item, list):
        raise _wrong(where, _("一个列表"))
    return item


def _one_of(read: Read, key: str, known: tuple[str, ...], where: str) -> Any:
    value = read.get(key)
    if value is None:
        return known[0]
    if not _is_text(value) or value not in known:
        raise _wrong(_inside(where, key), "、".join(known))
    return value


def _whole(value: Any) -> Any:
    """2.0 is how some programs write 2; what is no whole number is refused by the plan, with its node."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _is_text(value: Any) -> TypeGuard[str]:
    return isinstance(value, str)


def _day(read: Mapping[str, Any], key: str, where: str) -> date | None:
    value = read.get(key)
    return None if value is None else _read_day(value, _inside(where, key))


def _read_day(value: Any, where: str) -> date:
    if _is_text(value) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise _wrong(where, _("存在的日期，如 2019-10-01"))
