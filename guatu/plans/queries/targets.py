"""Targets of many projects in a list: what was said of them at a date, and how they are spread."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Max, QuerySet

from guatu.core import clock
from guatu.core.prepared import prepared
from guatu.core.refusals import Refusal
from guatu.domain.errors import DomainError
from guatu.domain.periods import Period
from guatu.domain.targets import MONTHS, NodeCost, Spread
from guatu.library.models import AnnualList, ListEntry, Project
from guatu.library.queries.closing import closed_until
from guatu.library.queries.lists import entries_as_of
from guatu.library.queries.projects import parts
from guatu.plans.choices import Dates, Profile
from guatu.plans.compute_targets import NOTHING_SAID, plan_of
from guatu.plans.compute_targets import Said as Said
from guatu.plans.compute_targets import YearTarget as YearTarget
from guatu.plans.models import NodeDates, Target, TargetProfile, TargetSheet
from guatu.plans.queries.grids import grids_of


def said_of(
    list_id: int, ids: Iterable[int], day: date, *, known: date | None = None, restated: bool = False
) -> dict[int, Said]:
    """project id → what holds of its targets at a date; a project of which nothing was said is not among them."""
    found: dict[int, Said] = {}
    for part in parts(ids):
        found |= _said_of_part(list_id, part, {"day": day, "known": known, "restated": restated})
    return found


def _said_of_part(list_id: int, ids: Collection[int], at: Mapping[str, Any]) -> dict[int, Said]:
    profiles = {row.project_id: row for row in _at(TargetProfile, list_id, ids, at)}
    hand: dict[int, dict[Period, int]] = {}
    for row in _at(Target, list_id, ids, at):
        if row.amount is not None:
            hand.setdefault(row.project_id, {})[Period.containing(row.kind, row.start)] = row.amount
    by_nodes = [key for key, row in profiles.items() if row.profile == Profile.NODES]
    nodes = node_costs(by_nodes, at) if by_nodes else {}
    return {key: _said(profiles.get(key), hand.get(key, {}), nodes.get(key, ())) for key in profiles.keys() | hand}


def _at(model: Any, list_id: int, ids: Collection[int], at: Mapping[str, Any]) -> Sequence[Any]:
    look_up = _profiles_at if model is TargetProfile else _targets_at
    return look_up(list_id=list_id, ids=ids, **at)


@prepared
def _profiles_at(
    list_id: int, ids: Collection[int], day: date, known: date | None, restated: bool
) -> QuerySet[TargetProfile]:
    rows = TargetProfile.objects.filter(annual_list_id=list_id, project_id__in=ids)
    return rows.as_of(day, known=known, restated=restated)


@prepared
def _targets_at(list_id: int, ids: Collection[int], day: date, known: date | None, restated: bool) -> QuerySet[Target]:
    rows = Target.objects.filter(annual_list_id=list_id, project_id__in=ids)
    return rows.as_of(day, known=known, restated=restated)


def _said(profile: TargetProfile | None, hand: Mapping[Period, int], nodes: Iterable[NodeCost]) -> Said:
    if profile is None:
        return Said(hand=hand)
    weights = tuple(int(weight) for weight in profile.weights)
    return Said(profile.profile, weights, profile.capacity_daily, hand, tuple(nodes))


def node_costs(ids: Collection[int], at: Mapping[str, Any]) -> dict[int, list[NodeCost]]:
    """project id → its plan's nodes that cost something, on their planned dates."""
    rows = NodeDates.objects.filter(
        node__plan__project_id__in=ids, node__withdrawn=False, node__cost__gt=0, sort=Dates.PLANNED
    )
    rows = rows.as_of(at["day"], known=at["known"], restated=at["restated"]).select_related("node__plan")
    found: dict[int, list[NodeCost]] = {}
    for row in rows:
        start, finish = row.start or row.finish, row.finish or row.start
        if start is not None and finish is not None and start <= finish:
            node = row.node
            found.setdefault(node.plan.project_id, []).append(NodeCost(node.cost, start, finish, node.name))
    return found


def plans_of(
    annual_list: AnnualList,
    targets: Collection[YearTarget],
    day: date,
    *,
    known: date | None = None,
    restated: bool = False,
) -> dict[int, tuple[Spread, Said]]:
    """project id → its target spread at a date over its own work days, and what was said of it; few queries."""
    ids = [one.project_id for one in targets]
    said = said_of(annual_list.pk, ids, day, known=known, restated=restated)
    grids = grids_of(annual_list, ids)
    return {
        one.project_id: (plan_of(grids.of(one.project_id), one, told), told)
        for one in targets
        for told in (said.get(one.project_id, NOTHING_SAID),)
    }


def year_target(annual_list: AnnualList, project: Project, day: date) -> YearTarget | None:
    """What a list plans of one project at a date; None where it does not stand on it."""
    rows = ListEntry.objects.filter(annual_list=annual_list, project=project)
    entry = rows.as_of(day, restated=True).first()
    if entry is None or not entry.listed:
        return None
    return YearTarget(project.pk, entry.planned_investment or 0, entry.planned_start, entry.planned_finish)


def spread_of(annual_list: AnnualList, target: YearTarget, said: Said, *, strict: bool = False) -> Spread:
    """One project's target over its own work days (`compute_targets.plan_of`)."""
    grid = grids_of(annual_list, [target.project_id]).of(target.project_id)
    return plan_of(grid, target, said, strict=strict)


def preview(annual_list: AnnualList, target: YearTarget, said: Said) -> Spread:
    """What a project's targets would be; nothing is written. Refuses what does not close, with the period's name."""
    try:
        plan = spread_of(annual_list, target, said, strict=True)
        plan.days()  # days by hand are held against their months only when they are spread
    except DomainError as error:
        raise Refusal(error.code, **error.params) from None
    return plan


def with_amounts(said: Said, amounts: Mapping[Period, int | None]) -> Said:
    """What would hold with these amounts by hand; None takes one back."""
    kept = {period: amount for period, amount in said.hand.items() if period not in amounts}
    return replace(said, hand=kept | {period: amount for period, amount in amounts.items() if amount is not None})


def with_profile(said: Said, profile: str, weights: Sequence[int], pinned: Mapping[Period, int]) -> Said:
    """What would hold with another profile, the locked months fixed."""
    return replace(said, profile=profile, weights=tuple(weights), hand={**said.hand, **pinned})


def pinned_months(annual_list: AnnualList, target: YearTarget, said: Said) -> dict[Period, int]:
    """The locked months at the targets they have now, and the quarters they lie in, so that no change of others moves
    them; a quarter that is partly locked moves only when it is set itself.
    """
    closed = closed_until(annual_list)
    firsts = [date(annual_list.year, month, 1) for month in MONTHS]
    locked = [day for day in firsts if closed is not None and Period.containing("month", day).end <= closed]
    if not locked:
        return {}
    plan = spread_of(annual_list, target, said)
    months = {Period.containing("month", day): plan.months[day.month - 1] for day in locked}
    quarters = {Period.containing("quarter", day): plan.quarters[(day.month - 1) // 3] for day in locked}
    return {period: amount for period, amount in (months | quarters).items() if period not in said.hand}


def standing(annual_list: AnnualList, project: Project) -> tuple[YearTarget, Said] | None:
    """The year's target and what holds of it from today on; None where the project is not on the list."""
    day = day_of(annual_list)
    target = year_target(annual_list, project, day)
    if target is None:
        return None
    return target, said_of(annual_list.pk, [project.pk], day, restated=True).get(project.pk, NOTHING_SAID)


def day_of(annual_list: AnnualList) -> date:
    """From when a change of targets holds: today; for a year that has gone by, its last day."""
    return min(clock.today(), date(annual_list.year, 12, 31))


def last_said(project_id: int, list_id: int) -> int:
    """The id of the last row about a project's targets in a list, which a form carries to notice what came later."""
    last: list[int] = [
        model.objects.filter(project_id=project_id, annual_list_id=list_id).aggregate(last=Max("pk"))["last"] or 0
        for model in (Target, TargetProfile)
    ]
    return sum(last)  # both only grow, so the sum changes with either


def sheets_of(annual_list: AnnualList) -> QuerySet[TargetSheet]:
    """The target sheets issued for a list, the last one first."""
    return TargetSheet.objects.filter(annual_list=annual_list).order_by("-issued_on", "-pk")


def sheet_rows(annual_list: AnnualList, day: date) -> list[dict[str, Any]]:
    """The rows of a list's target sheet at a date, in the list's order; whole yuan."""
    entries, plans = _plans_at(annual_list, day)
    ids = [row.project_id for row in entries]
    rows = (Project.objects.select_related("unit").filter(pk__in=part) for part in parts(ids))
    projects = {row.pk: row for part in rows for row in part}
    return [_sheet_row(row, projects[row.project_id], plans[row.project_id][0]) for row in entries]


def _plans_at(annual_list: AnnualList, day: date) -> tuple[list[ListEntry], dict[int, tuple[Spread, Said]]]:
    """A list's entries in its order, and how each one's target is spread."""
    day = min(day, date(annual_list.year, 12, 31))
    entries = list(entries_as_of(annual_list, day).values())
    targets = [
        YearTarget(row.project_id, row.planned_investment or 0, row.planned_start, row.planned_finish)
        for row in entries
    ]
    return entries, plans_of(annual_list, targets, day, restated=True)


def _sheet_row(entry: ListEntry, project: Project, plan: Spread) -> dict[str, Any]:
    return {
        "number": entry.number,
        "project": str(project.public_id),
        "name": project.name,
        "unit": str(project.unit) if project.unit is not None else "",
        "year": plan.target,
        "quarters": list(plan.quarters),
        "months": list(plan.months),
    }
