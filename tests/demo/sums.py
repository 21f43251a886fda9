"""What a plan itself adds up to at a date, as known on a day: the sums that the product's figures must agree with.

Written apart from the product's figures on purpose, over the plan's deeds alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from guatu.demo.model import Amend, DistrictPlan, Draft, EntryPlan, Issue, ReadingPlan, Readings, StepPlan, Steps

BEGUN = ("started", "under_construction", "completed", "in_production", "full_output")
DONE = ("completed", "in_production", "full_output")
ORDER = ("province", "city", "district")


@dataclass(frozen=True, slots=True)
class Sums:
    """Counts, and amounts in whole yuan."""

    projects: int
    total_investment: int
    planned_investment: int
    investment_to_date: int
    started: int
    completed: int
    new_starts_planned: int
    with_problems: int


def sums(
    plan: DistrictPlan,
    year: int,
    levels: Sequence[str],
    as_of: date,
    *,
    known: date | None = None,
    basis: str = "dispatch",
) -> Sums:
    """The sums of the union of some levels' lists; a project counts once, with the entry of its highest list."""
    known = known or plan.today
    entries: dict[int, EntryPlan] = {}
    for level in sorted(levels, key=ORDER.index, reverse=True):
        entries.update(_entries(plan, level, year, as_of, known))
    totals = _totals(plan, as_of, known)
    told = _readings(plan, basis, year, as_of, known)
    reached = _reached(plan, as_of, known)
    readings = [told[number] for number in entries if number in told]
    return Sums(
        projects=len(entries),
        total_investment=sum(totals[number] for number in entries),
        planned_investment=sum(entry.planned_investment for entry in entries.values()),
        investment_to_date=sum(row.ytd or 0 for row in readings),
        started=sum(bool(reached.get(number, set()) & set(BEGUN)) for number in entries),
        completed=sum(bool(reached.get(number, set()) & set(DONE)) for number in entries),
        new_starts_planned=sum(entry.kind == "new_start" for entry in entries.values()),
        with_problems=sum(bool(row.problem) for row in readings),
    )


def listed(plan: DistrictPlan, level: str, year: int, as_of: date, known: date | None = None) -> dict[int, EntryPlan]:
    """The entries of one list at a date, by project."""
    return _entries(plan, level, year, as_of, known or plan.today)


def _entries(plan: DistrictPlan, level: str, year: int, as_of: date, known: date) -> dict[int, EntryPlan]:
    found: dict[int, EntryPlan] = {}
    for deed in plan.deeds:
        if not isinstance(deed, Draft | Issue | Amend) or (deed.level, deed.year) != (level, year):
            continue
        if deed.at.date() > known:
            continue
        if not isinstance(deed, Amend):
            found = {entry.project: entry for entry in deed.entries}
        elif deed.on <= as_of:
            found = {number: entry for number, entry in found.items() if number not in deed.out}
            found |= {entry.project: entry for entry in (*deed.entries, *deed.changed)}
    return found if as_of >= date(year, 1, 1) else {}


def _totals(plan: DistrictPlan, as_of: date, known: date) -> dict[int, int]:
    totals = {project.number: project.total for project in plan.projects}
    for deed in plan.deeds:
        if isinstance(deed, Amend) and deed.at.date() <= known and deed.on <= as_of:
            totals.update(deed.totals)
    return totals


def _readings(plan: DistrictPlan, basis: str, year: int, as_of: date, known: date) -> dict[int, ReadingPlan]:
    """The last reading of the year by each project; of one date the one told last."""
    found: dict[int, ReadingPlan] = {}
    for deed in plan.deeds:
        if not isinstance(deed, Readings) or deed.basis != basis or deed.at.date() > known:
            continue
        for row in deed.rows:
            standing = found.get(row.project)
            if row.on.year == year and row.on <= as_of and (standing is None or row.on >= standing.on):
                found[row.project] = row
    return found


def _reached(plan: DistrictPlan, as_of: date, known: date) -> dict[int, set[str]]:
    """The stages that each project had reached."""
    found: dict[int, set[str]] = {}
    for step in _steps(plan, known):
        if step.part is None and step.on <= as_of:
            found.setdefault(step.project, set()).add(step.stage)
    return found


def _steps(plan: DistrictPlan, known: date) -> Iterator[StepPlan]:
    for deed in plan.deeds:
        if isinstance(deed, Steps) and deed.at.date() <= known:
            yield from deed.steps
