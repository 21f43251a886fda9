"""The chain of targets of lists at a date: each project's levels, and those of any group of them.

Targets exist by dispatch alone. What was done are differences of readings. Until rhythms of reports are agreed, a
reading inside a period counts as its report, and how often a project reports is seen from its readings.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, TypeAlias

from guatu.domain.indicators import EntryFacts
from guatu.domain.periods import Period
from guatu.domain.readings import Reading
from guatu.domain.targets import (
    CHAIN,
    Done,
    GroupChain,
    Level,
    LevelName,
    Member,
    Spread,
    group_chain,
    levels,
)
from guatu.domain.targets.groups import is_due
from guatu.figures.queries.entries import entries, key_of
from guatu.figures.queries.memo import Kept, derived, kept
from guatu.figures.queries.project_months import year_sums
from guatu.figures.queries.sql import Asked
from guatu.people.queries import calendar_state
from guatu.plans.queries.grids import grid_of_list
from guatu.plans.queries.targets import YearTarget, plans_of
from guatu.reporting.choices import Basis

Rhythm: TypeAlias = Literal["", "daily", "weekly", "monthly"]
Unjudged: TypeAlias = Literal["", "basis", "planned", "year", "list"]
WINDOW, DAILY, WEEKLY = 35, 10, 3
"""Within 35 days up to its last reading: from ten readings on a project reports by the day, from three by the week."""


@dataclass(frozen=True, slots=True)
class Chained:
    """One entry of the lists with its targets and what was done of them."""

    facts: EntryFacts
    member: Member
    rhythm: Rhythm


Chains = Mapping[tuple[int, int], Chained]
"""By list and project; two unions of lists never mix."""


def why_none(asked: Asked) -> Unjudged:
    """Why a question has no chain: another basis, planned dates instead of what was done, a date outside the year."""
    if not asked.lists:
        return "list"
    if asked.basis != Basis.DISPATCH:
        return "basis"
    if asked.planned:
        return "planned"
    return "" if asked.as_of.year == asked.year else "year"


# -- answers -----------------------------------------------------------------------------------------------------------
def chain_of(asked: Asked, projects: Collection[int] | None = None) -> GroupChain | None:
    """The chain of the lists at a date, of all projects or of these; None where `why_none` says why.

    The sum of the members' chains: each level with its target, done, rates and state, and n of m reported.
    """
    if why_none(asked):
        return None
    source = gathered_chains(asked)
    if projects is None:
        return derived(
            source, "chain", lambda: group_chain((one.member for one in members_in(source)), judged_in(source, asked))
        )
    wanted = set(projects)
    return group_chain(
        (one.member for one in members_in(source) if one.facts.project_id in wanted), judged_in(source, asked)
    )


def judged_on(asked: Asked) -> date:
    """The day at whose end the chain is judged: the last one up to which half of those who report have reported, so
    that no level is called lost for days on which a few have said something and the others are not due yet. The date
    asked for where there is no reading.
    """
    return asked.as_of if why_none(asked) else judged_in(gathered_chains(asked), asked)


def judged_in(source: Kept[Chains], asked: Asked) -> date:
    """`judged_on`, of what was gathered."""

    def half() -> date:
        read = sorted((one.member.read_on for one in source.value.values() if one.member.read_on), reverse=True)
        return read[(len(read) - 1) // 2] if read else asked.as_of

    return derived(source, "judged on", half)


def done_since(asked: Asked) -> int:
    """Whole yuan that some have reported of days after `judged_on`."""
    if why_none(asked):
        return 0
    on = judged_on(asked)
    grid = grid_of_list(asked.lists[0])
    return sum(one.member.done.sum(grid.at(on) + 1, grid.length) for one in members_in(gathered_chains(asked)))


def members_of(asked: Asked) -> list[Chained]:
    """Every entry with its targets, its light left out (`chain_groups.chained`); none where there is no chain."""
    return [] if why_none(asked) else members_in(gathered_chains(asked))


def usual_rhythm(asked: Asked) -> Rhythm:
    """How often most of those who report do so: as often is expected of those who have not reported yet."""
    return "" if why_none(asked) else _usual(gathered_chains(asked).value.values())


def levels_of(one: Chained, on: date) -> dict[LevelName, Level]:
    """One project's levels that are judged for it: no day of who reports by the week, no week of who does by month."""
    names = [name for name in CHAIN if is_due(one.member, name, Period.containing(name, on).start)]
    found = levels(one.member.plan, one.member.done, on, one.member.stated_capacity, only=names)
    return {level.level: level for level in found}


def target_by(asked: Asked, days: Collection[date]) -> dict[date, int]:
    """day → whole yuan of the year that the targets of all projects together reach by its end, before any re-spreading.

    What was said of the targets is that of the question's date. Nothing by another basis: they have no targets.
    """
    if not asked.lists or asked.basis != Basis.DISPATCH:
        return {}
    plans = [one.member.plan for one in members_in(gathered_chains(asked))]
    return {day: sum(plan.sum(range(max(0, plan.grid.at(day) + 1))) for plan in plans) for day in days}


# -- gathering ---------------------------------------------------------------------------------------------------------
def gathered_chains(asked: Asked) -> Kept[Chains]:
    """Every entry's targets as read, remembered and mended; other days of work are another key."""
    return kept(
        ("chain", *key_of(asked), calendar_state()),
        lambda: _gather(asked, None),
        lambda known, ids: {key: one for key, one in known.items() if key[1] not in ids} | _gather(asked, set(ids)),
    )


def members_in(source: Kept[Chains]) -> list[Chained]:
    """`members_of`, of what was gathered."""
    return derived(source, "members", lambda: _with_silent(list(source.value.values())))


def _gather(asked: Asked, projects: Collection[int] | None) -> dict[tuple[int, int], Chained]:
    standing = (one for one in entries(asked) if not one.exited)  # as the figures count them
    listed = [one for one in standing if projects is None or one.project_id in projects]
    plans = _plans(asked, listed)
    days = days_of_projects(asked, projects)
    return {(one.list_id, one.project_id): _chained(one, plans[one.list_id, one.project_id], days) for one in listed}


def _plans(asked: Asked, listed: Iterable[EntryFacts]) -> dict[tuple[int, int], tuple[Spread, int | None]]:
    by_list: dict[int, list[YearTarget]] = {}
    for one in listed:
        target = YearTarget(one.project_id, one.planned_investment, one.planned_start, one.planned_finish)
        by_list.setdefault(one.list_id, []).append(target)
    found: dict[tuple[int, int], tuple[Spread, int | None]] = {}
    lists = {row.pk: row for row in asked.lists}
    for key, targets in by_list.items():
        plans = plans_of(lists[key], targets, asked.as_of, known=asked.known, restated=asked.restated)
        found |= {(key, project): (plan, said.capacity) for project, (plan, said) in plans.items()}
    return found


def _chained(entry: EntryFacts, plan: tuple[Spread, int | None], days: Mapping[int, Mapping[date, int]]) -> Chained:
    read = days.get(entry.project_id, {})
    rhythm = rhythm_of(read)
    sums = (Reading(day, total) for day, total in read.items())  # of this year alone, which begins with nothing
    member = Member(
        plan=plan[0],
        done=Done.of_readings(plan[0].grid, sums),
        read_on=max(read) if read else None,
        daily=rhythm == "daily",
        weekly=rhythm in ("daily", "weekly"),
        stated_capacity=plan[1],
    )
    return Chained(entry, member, rhythm)


def rhythm_of(days: Collection[date]) -> Rhythm:
    """How often a project reports, as far as its readings of the year show; "" without one."""
    if not days:
        return ""
    first = max(days) - timedelta(days=WINDOW)
    count = sum(day > first for day in days)
    return "daily" if count >= DAILY else "weekly" if count >= WEEKLY else "monthly"


def _with_silent(members: list[Chained]) -> list[Chained]:
    """Who has not reported at all yet is expected as often as most others, and so counts as missing with them."""
    usual = _usual(members)
    if not usual:
        return members
    daily, weekly = usual == "daily", usual in ("daily", "weekly")
    return [
        one if one.rhythm else replace(one, member=replace(one.member, daily=daily, weekly=weekly)) for one in members
    ]


def _usual(members: Iterable[Chained]) -> Rhythm:
    seen: list[Rhythm] = [one.rhythm for one in members if one.rhythm]
    rhythms: tuple[Rhythm, ...] = ("daily", "weekly", "monthly")
    return max(rhythms, key=seen.count) if seen else ""


def days_of_projects(asked: Asked, projects: Collection[int] | None) -> dict[int, dict[date, int]]:
    """project id → day of a reading → this year's sum to that day, whole yuan; of one day the reading booked last."""
    return {project: dict(sums) for project, sums in year_sums(asked, projects).items()}
