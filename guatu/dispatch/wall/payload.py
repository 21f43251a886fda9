"""The wall chart as compact JSON: days as whole numbers from the axis' first day, names once in a table.

A node is [name, planned start, planned finish, expected finish, state, own slip, actual start], and 1 behind them where
it is late only because it has not begun: `state` is an index into `STATES`, what is not known is null. A row that waits
for its plan has `r`, one without a plan that may be begun `b`. assets/src/js/wall/data.js reads it; nothing else does.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from guatu.core.ui.lights import LIT
from guatu.dispatch.wall.queries import Wall, WallGroup, WallRow
from guatu.plans.queries.chart import ChartNode, ChartPlan

NOBODY: Final = "00000000-0000-7000-8000-000000000000"
"""Stands for a project's id in an address; the script puts the row's in its place."""
REACHED, AHEAD, WARNED, LATE = range(4)
STATES: Final = ("reached", "ahead", "warned", "late")
SCRIPT_WORDS: Final = {
    "day": lazy("{month}月{day}日"),
    "month": lazy("{month}月"),
    "year": lazy("{year}年"),
    "planned": lazy("计划"),
    "expected": lazy("预计"),
    "reached": lazy("实际"),
    "late": lazy("迟 {n} 天"),
    "pushed": lazy("受前序影响顺延 {n} 天"),
    "idle": lazy("未按计划开始，顺延 {n} 天"),
    "waits": lazy("{name}，正在读取"),
    "late_node": lazy("{name} 迟 {n} 天"),
    "path": lazy("关键线路："),
    "until": lazy("至{month}"),
    "since": lazy("{month}起"),
    "span": lazy("{start}至{finish}，{n} 天"),
    "held": lazy("正在改动“{name}”：{span}。左右键移动，Shift+左右键改完成，Shift+上下键改开始，回车预览，Esc 放弃"),
    "no_plan": lazy("尚无计划"),
    "begin": lazy("尚无计划，编制计划"),
}


def state_of(node: ChartNode, *, breaks: bool) -> int:
    """How a node is drawn. Expected late warns; overdue, or on the chain that breaks the deadline, is late."""
    if node.days.done:
        return REACHED
    if node.light == "red" or (breaks and node.slip > 0):
        return LATE
    return WARNED if node.slip > 0 else AHEAD


def late_words(name: str, days: int) -> str:
    """The label beside a late node."""
    return _("{name} 迟 {days} 天").format(name=name, days=days)


def breaking(plan: ChartPlan) -> frozenset[int]:
    """Places of the chain by which the deadline is broken; none while it is kept."""
    return frozenset(plan.path) if plan.over else frozenset()


def red_from(plan: ChartPlan) -> date | None:
    """Where the red outline begins: at the planned finish of the first late node of the breaking chain."""
    late = [plan.nodes[place] for place in plan.path if not plan.nodes[place].days.done]
    if not plan.over or not late:
        return None
    source = next((node for node in late if node.slip > 0), late[0])
    return min(source.days.planned_finish, source.carried)


def done_until(plan: ChartPlan, day: date) -> tuple[date, date] | None:
    """What is done, as one bar: from the first actual day to today while something is under way, else to the last."""
    starts = [node.days.actual_start or node.days.actual_finish for node in plan.nodes]
    begun = [start for start in starts if start is not None]
    if not begun:
        return None
    under_way = any(node.days.actual_start is not None and not node.days.done for node in plan.nodes)
    ends = [node.days.actual_finish for node in plan.nodes if node.days.actual_finish is not None]
    return min(begun), day if under_way or not ends else max(ends)


def said(row: WallRow) -> str:
    """A row in words: the name by which it is read out, and what a narrow screen prints."""
    parts = [row.project.name, row.unit, str(LIT[row.colour])]
    plan = row.plan
    if plan is None:
        return "，".join(part for part in (*parts, _("尚无计划")) if part)
    worst, following = plan.worst, plan.following
    if worst is not None:
        parts.append(late_words(worst.name, worst.slip))
    elif following is not None:
        day = following.days.planned_finish
        parts.append(_("下一节点{name}，计划{day}").format(name=following.name, day=_day(day)))
    else:
        parts.append(_("节点全部完成"))
    if plan.over:
        parts.append(_("关键线路已破期，预计比期限晚 {days} 天").format(days=plan.over))
    return "，".join(part for part in parts if part)


def _day(day: date) -> str:
    return _("{month}月{day}日").format(month=day.month, day=day.day)


class _Names:
    """Words by the number that stands for them."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}

    def of(self, words: str) -> int:
        """The number of a text, given when it is first met."""
        return self.places.setdefault(words, len(self.places))


class Payload:
    """One chart being written; `more` is the address of its rows in full, for a first picture that has not all."""

    def __init__(self, wall: Wall, more: str = "") -> None:
        self.wall, self.names, self.more = wall, _Names(), more

    def at(self, day: date | None) -> int | None:
        """Days from the axis' first day."""
        return None if day is None else (day - self.wall.first).days

    def made(self) -> dict[str, Any]:
        """Everything that the script draws."""
        wall = self.wall
        lines = [line for group in wall.groups for line in self._lines(group)]
        return {
            "words": {name: str(words) for name, words in SCRIPT_WORDS.items()},
            "first": wall.first.isoformat(),
            "days": (wall.last - wall.first).days + 1,
            "year": wall.year,
            "yearAt": self.at(date(wall.year, 1, 1)),
            "yearDays": (date(wall.year, 12, 31) - date(wall.year, 1, 1)).days + 1,
            "today": self.at(wall.day),
            "closed": [[self.at(one.start), self.at(one.end), one.words] for one in wall.closures],
            "points": [[self.at(on), name] for on, name in wall.points],
            "lines": lines,
            "more": self.more if any(row.waits for row in wall.rows) else "",
            "names": list(self.names.places),
            "project": reverse("library:project", args=[NOBODY]),
            "begin": reverse("plans:begin", args=[NOBODY]),
        }

    def _lines(self, group: WallGroup) -> Iterator[dict[str, Any]]:
        if group.words or group.toggle:
            shown = ngettext("%(count)s 项", "%(count)s 项", group.count) % {"count": group.count}
            yield {"g": group.words, "c": shown, "t": group.toggle, "o": int(group.is_open)}
        yield from (self._row(row) for row in group.rows)

    def _row(self, row: WallRow) -> dict[str, Any]:
        line: dict[str, Any] = {
            "n": row.project.name,
            "i": str(row.project.public_id),
            "u": self.names.of(row.unit),
        }
        if row.waits:
            return {**line, "r": 1}
        line |= {"l": row.colour, "a": said(row)}
        if row.plan is None:
            line |= {"b": 1} if row.may_begin else {}
            if row.starts is not None or row.ends is not None:
                line["e"] = [self.at(row.starts or row.ends), self.at(row.ends or row.starts)]
            return line
        return {**line, **self._plan(row.plan)}

    def _plan(self, plan: ChartPlan) -> dict[str, Any]:
        breaks, worst = breaking(plan), plan.worst
        done = done_until(plan, self.wall.day)
        return {
            "k": [self._node(node, breaks=place in breaks) for place, node in enumerate(plan.nodes)],
            "v": [[one.number, self.at(one.start), self.at(one.finish)] for one in plan.versions],
            "d": None if done is None else [self.at(done[0]), self.at(done[1])],
            "w": self.at(plan.works_from),
            "x": self.at(red_from(plan)),
            "z": self.at(plan.end),
            "m": None if worst is None else plan.nodes.index(worst),
            "p": plan.path,
        }

    def _node(self, node: ChartNode, *, breaks: bool) -> list[int | None]:
        days = node.days
        told = [
            self.names.of(node.name),
            self.at(days.planned_start),
            self.at(days.planned_finish),
            self.at(node.carried),
            state_of(node, breaks=breaks),
            node.slip,
            self.at(days.actual_start),
        ]
        return [*told, 1] if node.driver is None and node.slip <= 0 and node.carried > days.planned_finish else told
