"""The verbs on targets: choose how a year is spread, set periods by hand, issue the target sheet."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.refusals import Conflict, Refusal
from guatu.core.writing import action, current
from guatu.domain.periods import Period
from guatu.domain.targets import Spread
from guatu.library.actions import book
from guatu.library.models import AnnualList, Project
from guatu.library.policies import refuse_secret, require_list, require_projects
from guatu.library.queries.closing import closed_until
from guatu.plans.choices import Profile
from guatu.plans.compute_targets import Said, YearTarget
from guatu.plans.models import Target, TargetProfile, TargetSheet
from guatu.plans.policies import BELOW_QUARTER, sets_quarters
from guatu.plans.queries.targets import (
    day_of,
    last_said,
    pinned_months,
    preview,
    sheet_rows,
    spread_of,
    standing,
    with_amounts,
    with_profile,
)


@action("plans.set_target_profile", _("选定“{name}”{year}年目标的分解方式：{profile}"))
def set_target_profile(
    *,
    actor: Actor,
    project: Project,
    annual_list: AnnualList,
    profile: str,
    weights: Sequence[int] = (),
    capacity_daily: int | None = None,
    seen: int | None = None,
) -> bool:
    """Choose how a project's year is spread; False when it is so already. `capacity_daily` in yuan a work day, ≥ 0.

    Months that are locked keep the targets they have: they are fixed at them by the same action.
    """
    target, said = _before(actor, "plans.set_target_profile", project, annual_list, seen)
    if profile not in Profile.values:
        raise Refusal("plans.profile_unknown", value=profile[:40])
    if capacity_daily is not None and capacity_daily < 0:
        raise Refusal("plans.capacity_negative")
    listed = list(weights) if profile == Profile.WEIGHTS else []
    pinned = pinned_months(annual_list, target, said)
    preview(annual_list, target, with_profile(said, profile, listed, pinned))
    act = current()
    act.about(project, name=project.name, year=annual_list.year, profile=str(Profile(profile).label))
    fact = TargetProfile(
        project=project,
        annual_list=annual_list,
        profile=profile,
        weights=listed,
        capacity_daily=capacity_daily,
        effective_on=day_of(annual_list),
    )
    book([fact])
    _record(project, annual_list, pinned)
    return act.record(fact)


@action("plans.set_target", _("设定“{name}”{year}年的分期目标：{periods}"))
def set_target(
    *,
    actor: Actor,
    project: Project,
    annual_list: AnnualList,
    amounts: Mapping[Period, int | None],
    seen: int | None = None,
) -> Spread:
    """Set quarters, months, weeks or days by hand in whole yuan (None takes one back); the rest is spread again.

    Everything closes in yuan or is refused with the period that does not. A locked period is not changed any more. A
    responsible unit sets what lies below its quarters, and moves no quarter.
    """
    target, said = _before(actor, "plans.set_target", project, annual_list, seen)
    _check_open(annual_list, amounts)
    pinned = pinned_months(annual_list, target, said)
    now = preview(annual_list, target, with_amounts(said, {**pinned, **amounts}))
    if not sets_quarters(actor):
        _check_below(amounts, spread_of(annual_list, target, said), now)
    codes = "、".join(period.label_zh for period in amounts)
    current().about(project, name=project.name, year=annual_list.year, periods=codes[:120])
    _record(project, annual_list, {**pinned, **amounts})
    return now


@action("plans.issue_target_sheet", _("印发{list}目标任务书（{number}）"))
def issue_target_sheet(
    *, actor: Actor, annual_list: AnnualList, document_number: str, issued_on: date, title: str = ""
) -> TargetSheet:
    """Freeze every project's year, quarters and months as they are spread on the day of issue, under a number."""
    require_list(actor, "plans.issue_target_sheet", annual_list)
    number = document_number.strip()
    if not number:
        raise Refusal("plans.sheet_no_number")
    if issued_on > clock.today():
        raise Refusal("plans.sheet_in_future", day=issued_on.isoformat())
    if TargetSheet.objects.filter(annual_list=annual_list, document_number=number).exists():
        raise Refusal("plans.sheet_number_taken", number=number, list=annual_list.name)
    name = title.strip() or str(_("{list}目标任务书")).format(list=annual_list.name)
    refuse_secret(text=f"{name} {number}")
    act = current()
    sheet = act.add(
        TargetSheet(
            annual_list=annual_list,
            document_number=number,
            issued_on=issued_on,
            issued_by=actor.label[:120],
            title=name,
            content={"rows": sheet_rows(annual_list, issued_on)},
        )
    )
    act.about(sheet, list=annual_list.name, number=number)
    return sheet


# -- within ------------------------------------------------------------------------------------------------------------
def _before(
    actor: Actor, right: str, project: Project, annual_list: AnnualList, seen: int | None
) -> tuple[YearTarget, Said]:
    """The year's target and what holds of it; refuses who may not, what is not listed, and what changed meanwhile."""
    require_projects(actor, right, [project])
    found = standing(annual_list, project)
    if found is None:
        raise Refusal("plans.target_not_listed", project=project.name, list=annual_list.name)
    if seen is not None and seen != last_said(project.pk, annual_list.pk):
        raise Conflict(name=project.name, seen=seen, theirs={}, row=None)
    return found


def _check_open(annual_list: AnnualList, amounts: Mapping[Period, int | None]) -> None:
    closed = closed_until(annual_list)
    for period in amounts:
        if period.start.year != annual_list.year and period.end.year != annual_list.year:
            raise Refusal("targets.hand_outside", period=period.code, year=annual_list.year)
        if closed is not None and period.end <= closed:
            raise Refusal("plans.target_locked", period=period.label_zh, until=closed.isoformat())


def _check_below(amounts: Mapping[Period, int | None], before: Spread, after: Spread) -> None:
    for period in amounts:
        if period.kind not in BELOW_QUARTER:
            raise Refusal("plans.quarter_for_office", period=period.label_zh)
    for number, (old, new) in enumerate(zip(before.quarters, after.quarters, strict=True), 1):
        if old != new:
            raise Refusal("plans.quarter_moves", quarter="一二三四"[number - 1], before=old, after=new)


def _record(project: Project, annual_list: AnnualList, amounts: Mapping[Period, int | None]) -> None:
    facts = [
        Target(
            project=project,
            annual_list=annual_list,
            kind=period.kind,
            start=period.start,
            amount=amount,
            effective_on=day_of(annual_list),
        )
        for period, amount in amounts.items()
    ]
    book(facts)
    current().record_many(facts)
