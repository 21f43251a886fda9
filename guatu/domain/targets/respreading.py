"""What the open days up to a date fell short of, placed on the days still to come (docs/algorithms/targets.md)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from guatu.domain.rounding import largest_remainder
from guatu.domain.targets.done import Done
from guatu.domain.targets.levels import CHAIN, Level, LevelName, position_of
from guatu.domain.targets.spreading import Spread


@dataclass(frozen=True, slots=True)
class Respread:
    """The plan as it stands after a date, kept beside the original one. Whole yuan.

    ``days``: closed months as in the plan, open days up to the date at what was done, later days at their new target.
    ``placed``: how much more (or less) each level's later days carry. ``unplaced``: what of the year's target found no
    day; ``beyond``: what was done above it (one of the two is zero).
    """

    days: tuple[int, ...]
    placed: dict[LevelName, int]
    unplaced: int
    beyond: int


def respread(plan: Spread, done: Done, as_of: date, chain: Iterable[Level]) -> Respread:
    """Place each past open day's shortfall inside the shortest level that holds the day and can still be met.

    ``chain`` are the plan's levels at ``as_of`` (``levels``). A level can still be met when it is not lost and has work
    days left; the year takes what no other level can. What was done beyond a day's target lightens the days to come in
    the same way, never below zero. Raises DomainError("targets.as_of_outside").
    """
    here = position_of(plan, as_of)
    done = done.outside(plan.grid, plan.closed)
    planned = plan.days()
    days = list(planned)
    within = _within(plan, here, chain)
    short: dict[LevelName, int] = dict.fromkeys(within, 0)
    for position in range(here + 1):
        if not plan.closed_at(position):
            was_done = done.sum(position, position + 1)
            level = next(name for name, positions in within.items() if position in positions)
            short[level] += days[position] - was_done
            days[position] = was_done
    short["year"] -= plan.over  # closed months above the target leave that much to spare
    placed: dict[LevelName, int] = {}
    rest = 0  # what a level could not take passes on to the next longer one
    for level, amount in short.items():
        rest += amount
        later = [i for i in within[level] if i > here and not plan.closed_at(i)]
        left = _place(plan, planned, days, later, rest)
        if left != rest:
            placed[level] = rest - left
        rest = left
    open_end = plan.target - sum(days)
    return Respread(tuple(days), placed, max(0, open_end), max(0, -open_end))


def _within(plan: Spread, here: int, chain: Iterable[Level]) -> dict[LevelName, range]:
    """The days of each level that can still be met, shortest first; the year is always among them.

    Of a week that crosses a month's end while the month can be met, only the days of the month: else making the week
    good would carry the month's shortfall out of the month.
    """
    grid = plan.grid
    found: dict[LevelName, range] = {}
    for one in sorted(chain, key=lambda one: CHAIN.index(one.level)):
        if one.level not in ("day", "year") and one.work_days_left and one.state != "lost":
            found[one.level] = grid.inside(one.period.start, one.period.end)
    if "week" in found and "month" in found and here + 1 < found["month"].stop < found["week"].stop:
        found["week"] = range(found["week"].start, found["month"].stop)
    found["year"] = range(grid.length)
    return found


def _place(plan: Spread, planned: Sequence[int], days: list[int], later: Sequence[int], amount: int) -> int:
    """Add ``amount`` to the later days (as they were planned, else by work days), or take it off what they carry.

    Returns what found no place: everything where there is no day, what is below zero beyond all that they carry.
    """
    if amount < 0:
        taken = min(-amount, sum(days[i] for i in later))
        for i, part in zip(later, largest_remainder(taken, tuple(days[i] for i in later)), strict=True):
            days[i] -= part
        return amount + taken
    weights = tuple(planned[i] for i in later)
    if not any(weights):
        weights = tuple(plan.grid.open[i] for i in later)
    if not any(weights):
        return amount
    for i, part in zip(later, largest_remainder(amount, weights), strict=True):
        days[i] += part
    return 0
