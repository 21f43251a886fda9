"""Facts of projects for lights at a date: those that the rules ask for, from lists, plans of nodes and targets.

What nobody can tell yet is left out: a rule that asks for it is not met and is listed as waiting.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from guatu.domain.indicators import EntryFacts
from guatu.domain.lights import RuleSet, months_missed, placeholders
from guatu.domain.lights.facts import Value
from guatu.domain.progress import year_passed
from guatu.domain.targets import CHAIN
from guatu.figures.queries.chain import Chained, judged_on, levels_of, members_of, why_none
from guatu.figures.queries.entries import entries
from guatu.figures.queries.gather import merged, placed
from guatu.figures.queries.memo import Kept, kept
from guatu.figures.queries.sql import Asked, in_order
from guatu.library.models import AnnualList, ListEntry
from guatu.library.queries.projects import parts
from guatu.plans.queries.late import Late, late_nodes

OF_NODES: Final = frozenset({"days_late", "worst_node", "nodes_overdue", "weight_overdue"})
CHAIN_LOST: Final = "chain_lost"


def facts_asked(rules: Iterable[RuleSet]) -> frozenset[str]:
    """Every fact that rules test or say."""
    found: set[str] = set()
    for row in rules:
        tests = [test for rule in row.rules for test in rule.when]
        tests += row.scope.when if row.scope is not None else ()
        found |= {test.fact for test in tests} | set(row.unmet.essential)
        sentences = [row.unmet.say, *(rule.say for rule in row.rules), row.scope.say if row.scope is not None else ""]
        found |= {code for sentence in sentences for code in placeholders(sentence)}
    return frozenset(found)


# -- of an entry ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Day:
    """A date with the share of the year that has passed at it."""

    as_of: date
    passed: int
    whole: int


def _started(entry: EntryFacts, day: _Day) -> bool:
    return entry.started_on is not None and entry.started_on <= day.as_of


def _completed(entry: EntryFacts, day: _Day) -> bool:
    return entry.completed_on is not None and entry.completed_on <= day.as_of


def _lead(entry: EntryFacts, day: _Day) -> Value:
    done, planned = entry.investment_to_date, entry.planned_investment
    if done is None or planned <= 0:
        return None
    return Fraction(100 * (done * day.whole - planned * day.passed), planned * day.whole)


def _investment_ratio(entry: EntryFacts, day: _Day) -> Value:
    done, planned = entry.investment_to_date, entry.planned_investment
    if done is None or planned <= 0 or not day.passed:
        return None
    return Fraction(100 * done * day.whole, planned * day.passed)


def _start_months_missed(entry: EntryFacts, day: _Day) -> Value:
    if _started(entry, day):
        return 0
    return None if entry.planned_start is None else months_missed(entry.planned_start, day.as_of)


def _start_days_late(entry: EntryFacts, day: _Day) -> Value:
    if _started(entry, day):
        return 0
    return None if entry.planned_start is None else max(0, (day.as_of - entry.planned_start).days)


def _finish_days_late(entry: EntryFacts, day: _Day) -> Value:
    if _completed(entry, day):
        return 0
    return None if entry.planned_finish is None else max(0, (day.as_of - entry.planned_finish).days)


OF_ENTRY: Final[Mapping[str, Callable[[EntryFacts, _Day], Value]]] = {
    "stage": lambda entry, day: entry.stage,
    "kind": lambda entry, day: entry.kind,
    "suspended": lambda entry, day: entry.suspended,
    "started": _started,
    "completed": _completed,
    "planned_investment": lambda entry, day: entry.planned_investment if entry.planned_investment > 0 else None,
    "lead": _lead,
    "investment_ratio": _investment_ratio,
    "start_months_missed": _start_months_missed,
    "start_days_late": _start_days_late,
    "finish_days_late": _finish_days_late,
}
"""Fact → what the figures know of it, exact, nothing rounded; None: not known."""


def _of_entry(entry: EntryFacts, day: _Day, wanted: Collection[str]) -> dict[str, Value]:
    """What the figures know of an entry, by the names of `guatu.domain.lights.FACTS`.

    `lead` and `investment_ratio` need a plan and a reading; the ratio also time that has passed.
    """
    found: dict[str, Value] = {}
    for name in wanted:
        of = OF_ENTRY.get(name)
        if of is not None and (value := of(entry, day)) is not None:
            found[name] = value
    return found


# -- of many ----------------------------------------------------------------------------------------------------------
def lists_of(projects: Collection[int], year: int) -> tuple[AnnualList, ...]:
    """The year's lists on which any of the projects stands, the highest level first."""
    found: dict[int, AnnualList] = {}
    for part in parts(projects):
        listed = ListEntry.objects.filter(project_id__in=part).values("annual_list_id")
        found |= {row.pk: row for row in AnnualList.objects.filter(year=year, withdrawn=False, pk__in=listed)}
    return in_order(found.values())


def facts_on(
    lists: Sequence[AnnualList],
    as_of: date,
    known: date | None,
    wanted: Collection[str],
    projects: Collection[int] | None = None,
) -> dict[int, dict[str, Value]]:
    """The facts of the lists' projects, or of some projects; one on several lists has those of the highest.

    Whole lists are read through what figures remember of them.
    """
    asked = Asked(tuple(lists), as_of, known)
    found: dict[int, dict[str, Value]] = {}
    if OF_ENTRY.keys() & wanted:
        _take_entries(found, asked, wanted, projects)
    if OF_NODES & set(wanted):
        for project, late in _late(asked, projects).items():
            found.setdefault(project, {}).update(_of_nodes(late))
    if CHAIN_LOST in wanted:
        for project, lost in _lost(asked, projects).items():
            found.setdefault(project, {})[CHAIN_LOST] = lost
    return found


def _take_entries(
    found: dict[int, dict[str, Value]], asked: Asked, wanted: Collection[str], projects: Collection[int] | None
) -> None:
    days = {row.pk: _day_of(row, asked.as_of) for row in asked.lists}
    needed = [name for name in OF_ENTRY if name in wanted]
    listed = entries(asked) if projects is None else merged(asked, placed(asked, projects))
    for entry in listed:
        if not entry.exited:
            found[entry.project_id] = _of_entry(entry, days[entry.list_id], needed)


def _day_of(row: AnnualList, as_of: date) -> _Day:
    return _Day(as_of, *year_passed(as_of, "days" if row.time_basis == "days" else "months", row.year))


def _late(asked: Asked, projects: Collection[int] | None) -> Mapping[int, Late]:
    if projects is None:
        return late_on(asked).value
    found: dict[int, Late] = {}
    for part in parts(projects):
        found |= late_nodes(asked.as_of, asked.known, projects=part)
    return found


def late_on(asked: Asked) -> Kept[dict[int, Late]]:
    """How late the open nodes of the lists' projects are at the date; remembered, and mended after a write."""
    ids = [row.pk for row in asked.lists]
    return kept(
        ("late nodes", tuple(ids), asked.as_of, asked.known),
        lambda: late_nodes(asked.as_of, asked.known, lists=ids),
        lambda known, projects: _mended(known, projects, late_nodes(asked.as_of, asked.known, projects=projects)),
    )


def _mended(known: dict[int, Late], projects: Collection[int], again: dict[int, Late]) -> dict[int, Late]:
    if {key: known[key] for key in projects if key in known} == again:
        return known
    return {key: late for key, late in known.items() if key not in again and key not in set(projects)} | again


def _of_nodes(late: Late) -> dict[str, Value]:
    found: dict[str, Value] = {"days_late": late.days, "nodes_overdue": late.overdue}
    if late.node:
        found["worst_node"] = late.node
    if late.weight:
        found["weight_overdue"] = Fraction(100 * late.weight_overdue, late.weight)
    return found


# -- of targets -------------------------------------------------------------------------------------------------------
def chain_questions(lists: Iterable[AnnualList], as_of: date, known: date | None) -> list[Asked]:
    """Each list's own chain: on which day it is judged hangs on its own reports."""
    asked = [Asked((row,), as_of, known) for row in lists]
    return [one for one in asked if not why_none(one)]


def _lost(asked: Asked, projects: Collection[int] | None) -> dict[int, str]:
    found: dict[int, str] = {}
    for question in reversed(chain_questions(asked.lists, asked.as_of, asked.known)):
        on = judged_on(question)
        for one in members_of(question):
            project = one.facts.project_id
            if (projects is None or project in projects) and not one.facts.exited:
                lost = chain_lost(one, on)
                if lost is not None:
                    found[project] = lost
    return found


def chain_lost(one: Chained, on: date) -> str | None:
    """The longest level of a project's targets that is lost, "none" where none is; None where it has no target.

    Without a reading nothing says how fast the project is: its levels are not judged.
    """
    if one.member.plan.target <= 0 or one.member.read_on is None:
        return None
    levels = levels_of(one, on)
    return next((name for name in reversed(CHAIN) if name in levels and levels[name].state == "lost"), "none")
