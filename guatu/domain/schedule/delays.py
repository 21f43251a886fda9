"""Delays passed on over a plan's links, from what is known of every node (docs/algorithms/delays.md).

Days are ordinals. A node is not worked through anew as `back_plan` does: it keeps its planned length and place, and is
moved only as far as a link asks for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from guatu.domain.schedule.axis import Axis

FINISH, START = range(2)
ENDS: Final = {"FS": (FINISH, START), "SS": (START, START), "FF": (FINISH, FINISH), "SF": (START, FINISH)}


@dataclass(frozen=True, slots=True)
class Known:
    """A node by its planned days and by those that are expected of it alone (both inclusive ordinals).

    `begun` and `done` say which of the two have happened; `axis` are the days on which lags into it count, None: all.
    """

    planned_start: int
    planned_finish: int
    start: int
    finish: int
    begun: bool = False
    done: bool = False
    axis: Axis | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """A link between two places: of `Link`'s types, `lag` in days of the later node's axis."""

    before: int
    after: int
    type: str = "FS"
    lag: int = 0


@dataclass(frozen=True, slots=True)
class Carried:
    """Where a node stands with the delays of others; `driver` is the place of the one that pushes it last."""

    start: int
    finish: int
    driver: int | None


def passed_on(nodes: Sequence[Known], ties: Sequence[Tie]) -> list[Carried]:
    """All nodes with the delays of those before them.

    Rounds end when nothing moves, at the latest after as many as there are nodes, so that a circle ends too.
    """
    days = [[node.finish, node.start] for node in nodes]
    drivers: list[int | None] = [None] * len(nodes)
    if any(node.finish > node.planned_finish or node.start > node.planned_start for node in nodes):
        binding = [tie for tie in ties if not is_loose(nodes[tie.after], tie)]
        for _round in nodes:
            moved = [tie for tie in binding if _push(nodes, days, tie)]
            for tie in moved:
                drivers[tie.after] = tie.before
            if not moved:
                break
    return [Carried(start, finish, driver) for (finish, start), driver in zip(days, drivers, strict=True)]


def is_loose(after: Known, tie: Tie) -> bool:
    """What has happened is a fact: a link no longer binds it."""
    return after.done or (after.begun and ENDS[tie.type][1] == START)


def asked(before: Known, after: Known, at: int, tie: Tie) -> int:
    """The day that a link asks of its later node when the earlier one's day is ``at``.

    It holds its lag, or the distance that the plan itself gave the two days where that is less.
    """
    leaving, entering = ENDS[tie.type]
    planned = before.planned_start if leaving == START else before.planned_finish
    meant = after.planned_start if entering == START else after.planned_finish
    return min(at + meant - planned, _lagged(at + (1 if tie.type == "FS" else 0), tie.lag, after.axis))


def _push(nodes: Sequence[Known], days: list[list[int]], tie: Tie) -> bool:
    """Move the later node as far as the link asks; whether it was."""
    leaving, entering = ENDS[tie.type]
    after, mine = nodes[tie.after], days[tie.after]
    least = asked(nodes[tie.before], after, days[tie.before][leaving], tie)
    if least <= mine[entering]:
        return False
    length = after.planned_finish - after.planned_start
    mine[entering] = least
    if entering == START:
        mine[FINISH] = max(mine[FINISH], least + length)
    elif not after.begun:
        mine[START] = max(mine[START], least - length)
    return True


def _lagged(day: int, lag: int, axis: Axis | None) -> int:
    return day + lag if axis is None or not lag else axis.day(axis.rank(day) + lag)
