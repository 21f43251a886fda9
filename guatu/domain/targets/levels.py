"""The guarantee chain at a date: what each level still needs, and whether it can (docs/algorithms/targets.md)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeAlias, get_args

from guatu.domain.errors import DomainError
from guatu.domain.periods import Period
from guatu.domain.targets.done import Done, Pace, shown_pace
from guatu.domain.targets.spreading import Spread

LevelName: TypeAlias = Literal["day", "week", "month", "quarter", "year"]
State: TypeAlias = Literal["holds", "at_risk", "lost"]
Stand: TypeAlias = Literal["holds", "at_risk", "lost", "reached", "missed"]
CHAIN: Final[tuple[LevelName, ...]] = get_args(LevelName)


@dataclass(frozen=True, slots=True)
class Level:
    """One level at a date. Amounts in whole yuan, rates in whole yuan a work day.

    ``remaining`` = target - done, below zero for what was done beyond it. ``required_daily`` is rounded up (less would
    not do), 0 when nothing remains, None when no work day is left. ``period`` may stick out of the year (a week).
    """

    level: LevelName
    period: Period
    target: int
    done: int
    remaining: int
    work_days_left: int
    required_daily: int | None
    recent_daily: int | None
    capacity_daily: int | None
    state: State

    @property
    def stands(self) -> Stand:
        """The state as it is said: of a level without a work day left it is known whether the target was reached."""
        if self.work_days_left:
            return self.state
        return "reached" if self.state == "holds" else "missed"


def judge(level: LevelName, period: Period, target: int, done: int, work_days_left: int, pace: Pace) -> Level:
    """The one place where a level's state comes from, for a project and for a group.

    No work day left: holds if done ≥ target, else lost. Else holds if nothing remains or required ≤ recent; at risk if
    required ≤ capacity, or if nothing shows what the capacity is; lost if required > capacity.
    """
    remaining = target - done
    required = max(0, -(-remaining // work_days_left)) if work_days_left else None
    state: State
    if required is None:
        state = "holds" if remaining <= 0 else "lost"
    elif required <= (pace.recent or 0):
        state = "holds"
    elif pace.capacity is None or required <= pace.capacity:
        state = "at_risk"
    else:
        state = "lost"
    return Level(level, period, target, done, remaining, work_days_left, required, pace.recent, pace.capacity, state)


def levels(
    plan: Spread,
    done: Done,
    as_of: date,
    stated_capacity: int | None = None,
    pace: Pace | None = None,
    only: Sequence[LevelName] = CHAIN,
) -> tuple[Level, ...]:
    """The levels that hold ``as_of``, shortest first; ``as_of`` is over, so work days left start the day after.

    ``pace`` None: as shown up to ``as_of``, with the stated capacity when there is one. A closed month counts as
    done at its amount and has no work day left; ``done`` counts outside closed months and up to ``as_of``.

    Raises DomainError("targets.as_of_outside", day, year).
    """
    grid = plan.grid
    here = position_of(plan, as_of)
    done = done.outside(grid, plan.closed)
    pace = pace or shown_pace(grid, done, plan.closed, as_of, stated_capacity)
    found = []
    for name in only:
        period = Period.containing(name, as_of)
        inside = grid.inside(period.start, period.end)
        target = plan.target if name == "year" else plan.sum(inside)
        so_far = done.sum(inside.start, min(inside.stop, here + 1)) + _closed_in(plan, inside)
        left = days_left(plan, here, inside.stop)
        found.append(judge(name, period, target, so_far, left, pace))
    return tuple(found)


def position_of(plan: Spread, as_of: date) -> int:
    """The position of ``as_of``, which must lie in the plan's year."""
    here = plan.grid.at(as_of)
    if not 0 <= here < plan.grid.length:
        raise DomainError("targets.as_of_outside", day=as_of.isoformat(), year=plan.grid.year)
    return here


def days_left(plan: Spread, here: int, stop: int) -> int:
    """Work days after the position ``here`` and before ``stop``, outside closed months."""
    grid = plan.grid
    left = grid.count(here + 1, stop)
    for month in plan.closed:
        if grid.starts[month] > here + 1:
            left -= grid.count(max(here + 1, grid.starts[month - 1]), min(stop, grid.starts[month]))
    return left


def _closed_in(plan: Spread, inside: range) -> int:
    """What the closed months hold on these days, as it is spread over them."""
    total = 0
    for month in plan.closed:
        own = plan.grid.month(month)
        shared = range(max(own.start, inside.start), min(own.stop, inside.stop))
        if shared:
            total += plan.sum(shared)
    return total
