"""What a back-plan is made of: nodes, links and dates (docs/algorithms/back_planning.md). All dates are inclusive."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, TypeAlias

from guatu.domain.dates import EARLIEST, LATEST
from guatu.domain.errors import DomainError
from guatu.domain.workdays import CALENDAR_DAYS, WorkCalendar

LinkType: TypeAlias = Literal["FS", "SS", "FF", "SF"]
Unit: TypeAlias = Literal["workday", "calendar"]
Day: TypeAlias = date  # for fields that are called date themselves
LINK_TYPES: Final = ("FS", "SS", "FF", "SF")
UNITS: Final = ("workday", "calendar")
LONGEST: Final = 36_500  # days: no node and no lag of a plan lasts longer than a century
DATES: Final = ("start_no_earlier", "finish_no_later", "must_start", "must_finish", "actual_start", "actual_finish")


def check_date(day: date, where: str) -> None:
    """Raises DomainError("schedule.absurd_date") outside the years of the calendar; ``where`` names node and field."""
    if not EARLIEST <= day.year <= LATEST:
        raise DomainError("schedule.absurd_date", where=where, date=day.isoformat(), first=EARLIEST, last=LATEST)


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


@dataclass(frozen=True, slots=True)
class Crash:
    """By how many days (of its own unit) a node can be shortened, and what each of them costs (whole yuan)."""

    most: int
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Node:
    """A step. ``duration`` counts days of its own calendar; 0 is a milestone on one date.

    ``calendar`` is the node's own; None takes the plan's, and with unit "calendar" every day counts. ``must_start`` and
    ``must_finish`` fix a date (on a closed day: the next open one). Raises DomainError: schedule.bad_duration,
    schedule.bad_crash, schedule.absurd_date, schedule.actual_reversed, each with the node's id.
    """

    id: str
    duration: int
    unit: Unit = "workday"
    start_no_earlier: date | None = None
    finish_no_later: date | None = None
    must_start: date | None = None
    must_finish: date | None = None
    actual_start: date | None = None
    actual_finish: date | None = None
    crash: Crash | None = None
    calendar: WorkCalendar | None = None
    dated: bool = field(init=False, compare=False, default=False)  # whether any date is stated

    def __post_init__(self) -> None:
        if not _whole(self.duration) or not 0 <= self.duration <= LONGEST:
            raise DomainError("schedule.bad_duration", node=self.id, duration=self.duration, most=LONGEST)
        crash = self.crash
        if crash is not None and not (_whole(crash.most) and _whole(crash.cost) and min(crash.most, crash.cost) >= 0):
            raise DomainError("schedule.bad_crash", node=self.id)
        for name in DATES:
            day = getattr(self, name)
            if day is not None:
                check_date(day, f"{self.id}.{name}")
                object.__setattr__(self, "dated", True)
        start, finish = self.actual_start, self.actual_finish
        if start is not None and finish is not None and start > finish:
            raise DomainError("schedule.actual_reversed", node=self.id, start=start, finish=finish)

    def counts_on(self, calendar: WorkCalendar) -> WorkCalendar:
        """The calendar whose days this node counts, when the plan's is ``calendar``."""
        return CALENDAR_DAYS if self.unit == "calendar" else self.calendar or calendar

    def crash_most(self) -> int:
        """Days that can be taken away: a node keeps one day, for a milestone takes its date as well."""
        return 0 if self.crash is None or self.actual_finish else max(0, min(self.crash.most, self.duration - 1))


@dataclass(frozen=True, slots=True)
class Link:
    """``to`` waits for ``start``: FS to start after it finished, SS/FF with it, SF to finish once it started.

    ``lag`` counts days of the successor's calendar; negative is a lead. A ``technical`` link (工艺: the later
    node cannot be without the earlier one) is never offered to be dropped. Raises DomainError("schedule.bad_lag").
    """

    start: str
    to: str
    type: LinkType = "FS"
    lag: int = 0
    technical: bool = False

    def __post_init__(self) -> None:
        if not _whole(self.lag) or abs(self.lag) > LONGEST:
            raise DomainError("schedule.bad_lag", start=self.start, to=self.to, lag=self.lag, most=LONGEST)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is back-planned: nodes and links, worked forward from ``today`` and back from ``deadline``.

    Without a deadline the nodes' own ``finish_no_later`` bind, and the rest is worked back from the earliest finish.
    """

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    today: date
    deadline: date | None
    calendar: WorkCalendar

    def __post_init__(self) -> None:
        check_date(self.today, "today")
        if self.deadline is not None:
            check_date(self.deadline, "deadline")


@dataclass(frozen=True, slots=True)
class NodeDates:
    """A node's dates; ``float`` counts days of its own calendar and is negative where the plan cannot be met."""

    id: str
    earliest_start: date
    earliest_finish: date
    latest_start: date
    latest_finish: date
    float: int


@dataclass(frozen=True, slots=True)
class Constraint:
    """One of the constraints in conflict: a stated date (``date``, at ``node``) or a link (``link``)."""

    kind: str  # today, start_no_earlier, actual_start, …, deadline, finish_no_later, link
    node: str | None = None
    date: Day | None = None
    link: Link | None = None


ChangeKind: TypeAlias = Literal[
    "deadline", "finish_no_later", "must_start", "must_finish", "start_no_earlier", "crash", "duration", "drop_link"
]


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a plan. ``date`` is the new one and ``before`` the old; ``days`` are those of crash or duration."""

    kind: ChangeKind
    node: str | None = None
    date: Day | None = None
    before: Day | None = None
    days: int | None = None
    cost: int = 0
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Repair:
    """A way out of an infeasible plan: ``finish`` is the last date it gives, ``cost`` whole yuan.

    ``least`` says whether it was proven that nothing cheaper (or no fewer links) does.
    """

    kind: str
    changes: tuple[Change, ...]
    cost: int
    finish: date
    least: bool = True


CHEAPEST_CRASH: Final = "cheapest crash"
MOVED_DEADLINE: Final = "moved deadline"
DROPPED_OVERLAP: Final = "dropped overlap"

Dates: TypeAlias = Mapping[str, NodeDates]
