"""A plan as files carry it: what every format is read into and written from. No row of the database, no rule.

All dates are days, both ends of a span belong to it; durations and lags are whole days. What a file holds beyond this
is told in `unread`, never dropped in silence.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, Literal, TypeAlias

Unit: TypeAlias = Literal["workday", "calendar"]
LinkKind: TypeAlias = Literal["FS", "SS", "FF", "SF"]
WORKDAY: Final = "workday"
CALENDAR: Final = "calendar"
KINDS: Final[tuple[LinkKind, ...]] = ("FS", "SS", "FF", "SF")
MOST_BASELINES: Final = 11  # 0 … 10, as MS Project counts them


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that a file holds and a plan of ours does not: a code of `imports.unread.WORDS`, how many of them,
    and the names of the first few."""

    code: str
    count: int
    where: str = ""


@dataclass(frozen=True, slots=True)
class FileException:
    """Days (both ends included) that are worked, or are off, against the week's pattern."""

    start: date
    end: date
    works: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class FileCalendar:
    """`number` is the file's own, from 1; `weekdays` are the worked ones (0 is Monday); exceptions are in order of
    time and do not overlap."""

    number: int
    name: str
    weekdays: frozenset[int]
    exceptions: tuple[FileException, ...] = ()


@dataclass(frozen=True, slots=True)
class FileNode:
    """`level` is the depth in the outline, from 1: a node belongs to the last one before it that is higher.

    `duration` is in days of `unit`; 0 is a milestone. `calendar` is a FileCalendar's number, None the plan's own.
    `weight` and `percent` are in per cent; quantities are counts of `measure` (户, 亩, 平方米).
    """

    id: str
    name: str
    level: int = 1
    duration: int | None = None
    unit: Unit = WORKDAY
    start: date | None = None
    finish: date | None = None
    actual_start: date | None = None
    actual_finish: date | None = None
    start_no_earlier: date | None = None
    finish_no_later: date | None = None
    must_start: date | None = None
    must_finish: date | None = None
    weight: Decimal | None = None
    owner: str = ""
    evidence: str = ""
    measure: str = ""
    total: Decimal | None = None
    done: Decimal | None = None
    percent: int | None = None
    calendar: int | None = None

    @property
    def milestone(self) -> bool:
        """A node of zero length."""
        return self.duration == 0


@dataclass(frozen=True, slots=True)
class FileLink:
    """`lag` days of the successor's calendar, or calendar days; negative is an overlap. `technical`: never to be
    dropped (工艺); None: the file has no place for it.
    """

    before: str
    after: str
    kind: LinkKind = "FS"
    lag: int = 0
    unit: Unit = WORKDAY
    technical: bool | None = True


@dataclass(frozen=True, slots=True)
class BaselineDates:
    """A node's dates in a baseline, as the file has them (MS Project keeps reversed ones too)."""

    node: str
    start: date | None
    finish: date | None


@dataclass(frozen=True, slots=True)
class FileBaseline:
    """原计划（第 n 版）; dates stand in the order of the nodes."""

    number: int
    name: str = ""
    dates: tuple[BaselineDates, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan. `nodes` are in the order of the outline; `calendar` is the number of the plan's own calendar.

    Circular links are kept as they are: the domain names them. `unread` says what the reader left out, and is no part
    of what makes two plans equal.
    """

    name: str
    nodes: tuple[FileNode, ...] = ()
    links: tuple[FileLink, ...] = ()
    calendars: tuple[FileCalendar, ...] = ()
    baselines: tuple[FileBaseline, ...] = ()
    calendar: int | None = None
    deadline: date | None = None
    unread: tuple[Unread, ...] = field(default=(), compare=False)

    def parents(self) -> dict[str, str | None]:
        """Each node's parent in the outline, None at the top."""
        path: list[FileNode] = []
        found: dict[str, str | None] = {}
        for node in self.nodes:
            while path and path[-1].level >= node.level:
                path.pop()
            found[node.id] = path[-1].id if path else None
            path.append(node)
        return found

    def summaries(self) -> set[str]:
        """The nodes that others belong to."""
        return {parent for parent in self.parents().values() if parent is not None}

    def numbered(self) -> Iterator[tuple[FileNode, str]]:
        """Every node with its number in the outline: 1, 1.1, 1.2, 2."""
        counts: list[int] = []
        for node in self.nodes:
            depth = min(node.level, len(counts) + 1)
            counts = [*counts[:depth], *([0] if depth > len(counts) else [])]
            counts[-1] += 1
            yield node, ".".join(map(str, counts))
