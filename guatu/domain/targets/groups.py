"""The chain of a group: the sum of its members' chains, judged only where reports are due (docs: Groups)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from guatu.domain.periods import Period
from guatu.domain.targets.done import Done, Pace
from guatu.domain.targets.levels import CHAIN, Level, LevelName, State, judge, levels
from guatu.domain.targets.spreading import Spread
from guatu.domain.targets.verdict import Verdict, verdict


@dataclass(frozen=True, slots=True)
class Member:
    """One project of a group.

    ``read_on`` is its last reading's date (None: never read). ``due``: the last day that a report of it which is due by
    now had to cover; None where no rhythm is agreed: then a reading inside a period counts as its report.
    ``daily``: whether it reports by the day, without which its days are not judged; ``weekly``: by the week or more
    often, without which its weeks are not: a month's amount read on its last day is no week's.
    """

    plan: Spread
    done: Done
    read_on: date | None = None
    due: date | None = None
    daily: bool = False
    weekly: bool = True
    stated_capacity: int | None = None


@dataclass(frozen=True, slots=True)
class GroupLevel:
    """A group's level: the sums of the members whose reports are due in it, and how many of them have reported.

    ``level`` is None where nobody's is due, or, without agreed rhythms, nobody has a reading: it is not judged then.
    ``states`` counts the members' own states.
    """

    name: LevelName
    period: Period
    level: Level | None
    members: int
    reported: int
    states: dict[State, int]

    @property
    def missing(self) -> int:
        return self.members - self.reported


@dataclass(frozen=True, slots=True)
class GroupChain:
    """The group's levels, shortest first, and the verdict on those that are judged."""

    levels: tuple[GroupLevel, ...]
    verdict: Verdict


@dataclass(slots=True)
class _Sum:
    target: int = 0
    done: int = 0
    left: int = 0
    recent: int | None = None
    capacity: int | None = None
    members: int = 0
    reported: int = 0
    states: Counter[State] = field(default_factory=Counter)

    def add(self, one: Level, reported: bool) -> None:
        self.target += one.target
        self.done += one.done
        self.left = max(self.left, one.work_days_left)
        self.recent = _plus(self.recent, one.recent_daily)
        self.capacity = _plus(self.capacity, one.capacity_daily)
        self.members += 1
        self.reported += reported
        self.states[one.state] += 1


def group_chain(members: Iterable[Member], as_of: date) -> GroupChain:
    """The group's chain at a date: at each level the sum of the members that are due, and n of m reported.

    A member's rates add up like its amounts; who has shown none adds none. Work days left are those of the member that
    has most. Members are taken one after the other, none is kept. Raises DomainError("targets.as_of_outside").
    """
    sums: dict[LevelName, _Sum] = {name: _Sum() for name in CHAIN}
    starts = {name: Period.containing(name, as_of).start for name in CHAIN}
    for member in members:
        names = [name for name in CHAIN if is_due(member, name, starts[name])]
        for one in levels(member.plan, member.done, as_of, member.stated_capacity, only=names):
            sums[one.level].add(one, has_reported(member, starts[one.level], as_of))
    found = tuple(_judged(name, Period.containing(name, as_of), sums[name]) for name in CHAIN)
    return GroupChain(found, verdict(one.level for one in found if one.level is not None))


def is_due(member: Member, name: LevelName, start: date) -> bool:
    """Whether the member counts at a level whose period begins at ``start``."""
    if (name == "day" and not member.daily) or (name == "week" and not member.weekly):
        return False
    return member.due is None or member.due >= start


def has_reported(member: Member, start: date, as_of: date) -> bool:
    """Whether what is due of a period that began at ``start`` is there: a reading in it, as late as was due."""
    if member.read_on is None:
        return False
    return member.read_on >= (start if member.due is None else max(start, min(member.due, as_of)))


def _judged(name: LevelName, period: Period, total: _Sum) -> GroupLevel:
    pace = Pace(total.recent, total.capacity)
    level = judge(name, period, total.target, total.done, total.left, pace) if total.reported else None
    return GroupLevel(name, period, level, total.members, total.reported, dict(total.states))


def _plus(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else one + other
