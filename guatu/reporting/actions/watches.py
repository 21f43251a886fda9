"""A watch with an end: ordered, changed before it begins, ended early or withdrawn; and the day sheets handed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.editions import RuleState
from guatu.core.refusals import Refusal
from guatu.core.writing import Recorded, action, current, require_reason
from guatu.domain import watch
from guatu.domain.errors import DomainError
from guatu.domain.rhythm import LATE_DEFAULT, Asks, read_rhythm
from guatu.library.actions.booking import book
from guatu.library.models import AnnualList, Project
from guatu.library.policies import require_list, require_projects, require_region
from guatu.people.models import Region
from guatu.reporting.choices import Means, ReportKind
from guatu.reporting.models import Campaign, CampaignDay, ReportRule
from guatu.reporting.queries.watches import asked_on, open_days, rows_of

RIGHT = "reporting.order_watch"


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchOrder:
    """What an office orders: `fields` as `domain.watch` reads them, `at` the hour at which a day's sheet is due, `late`
    how many work days later it may still be handed in at that hour.
    """

    name: str
    document: str
    starts_on: date
    ends_on: date
    fields: Sequence[Mapping[str, Any]]
    annual_list: AnnualList | None = None
    asks: Asks = dataclass_field(default_factory=Asks)
    at: str = "17:00"
    late: int = LATE_DEFAULT


@dataclass(frozen=True, slots=True)
class DaySaid:
    """A line of a day sheet: a project, its values, and the row of them that was open (None: there was none)."""

    project: Project
    values: Mapping[str, watch.Value]
    seen: int | None = None


@action("reporting.make_watch", _("部署“{name}”专项日调度"), right=RIGHT)
def make_watch(*, actor: Actor, region: Region, order: WatchOrder) -> Campaign:
    """Order a watch; its day rule comes with it and holds as long as it runs."""
    require_region(actor, RIGHT, region)
    _require_order(actor, region, order)
    act = current()
    campaign = act.add(Campaign(region=region, **_columns(order)))
    act.add(
        ReportRule(
            region=region,
            code=f"watch-{campaign.public_id.hex[-12:]}",
            name=order.name,
            edition=1,
            kind=ReportKind.DAY,
            state=RuleState.IN_FORCE,
            rule=_rule(order),
            campaign=campaign,
            valid_from=order.starts_on,
            valid_to=order.ends_on,
            approved_by=actor.label[:120],
            approved_at=clock.now(),
        )
    )
    act.about(campaign, name=order.name)
    return campaign


@action("reporting.change_watch", _("修改“{name}”专项日调度"), right=RIGHT)
def change_watch(*, actor: Actor, campaign: Campaign, seen: int, order: WatchOrder) -> None:
    """Change a watch that has not begun."""
    require_region(actor, RIGHT, campaign.region)
    if campaign.starts_on <= clock.today():
        raise Refusal("reporting.watch_begun", name=campaign.name)
    _require_order(actor, campaign.region, order, besides=campaign)
    act = current()
    act.change(campaign, seen=seen, **_columns(order))
    for rule in campaign.rules.all():
        act.change(rule, name=order.name, rule=_rule(order), valid_from=order.starts_on, valid_to=order.ends_on)
    act.about(campaign, name=order.name)


@action("reporting.end_watch", _("提前结束“{name}”专项日调度"), right=RIGHT)
def end_watch(*, actor: Actor, campaign: Campaign, seen: int, on: date, reason: str) -> None:
    """End a running watch early: `on` is its last day, today or before; what was said stays."""
    require_region(actor, RIGHT, campaign.region)
    today = clock.today()
    if not campaign.starts_on <= today <= campaign.ends_on:
        raise Refusal("reporting.watch_not_running", name=campaign.name)
    if not campaign.starts_on <= on <= min(today, campaign.ends_on):
        raise Refusal("reporting.watch_end_day", first=campaign.starts_on.isoformat(), last=today.isoformat())
    text = require_reason(reason, _("提前结束"))
    act = current()
    act.change(campaign, seen=seen, ends_on=on)
    for rule in campaign.rules.all():
        act.change(rule, valid_to=on)
    act.about(campaign, reason=text, name=campaign.name)


@action("reporting.withdraw_watch", _("撤销“{name}”专项日调度"), right=RIGHT)
def withdraw_watch(*, actor: Actor, campaign: Campaign, seen: int, reason: str) -> None:
    """Withdraw a watch that was ordered by mistake: nobody has handed in a day of it."""
    require_region(actor, RIGHT, campaign.region)
    if CampaignDay.objects.standing().filter(campaign=campaign).exists():
        raise Refusal("reporting.watch_has_days", name=campaign.name)
    text = require_reason(reason, _("撤销"))
    current().change(campaign, seen=seen, withdrawn=True)
    current().about(campaign, reason=text, name=campaign.name)


@action("reporting.say_day", _("填报“{name}”{day} 日表"), right="reporting.claim")
def say_day(
    *, actor: Actor, campaign: Campaign, day: date, rows: Sequence[DaySaid], means: Means = Means.PRODUCT
) -> Recorded:
    """Hand in a day's sheet: the lines that say something, each under the row that was open.

    Refused on a day that is not open (today, and days before it until their rule shuts them), for a project that is
    not asked (core.not_found), for a field the sheet does not have, and where somebody else said otherwise in between
    (reporting.watch_changed names the projects). `means` PHONE is the office's 代录.
    """
    require_projects(actor, "reporting.claim", [row.project for row in rows])
    if day not in open_days(campaign):
        raise Refusal("reporting.watch_day_shut", name=campaign.name, day=day.isoformat())
    asked = {one.project.pk for one in asked_on(actor, campaign, day, "reporting.claim")}
    known = {field.code for field in watch.read_fields(campaign.fields)}
    if any(row.project.pk not in asked or not set(row.values) <= known for row in rows):
        raise Refusal("core.not_found")
    before = rows_of(campaign, [row.project.pk for row in rows], day)
    _require_seen(rows, {project: row for (project, on), row in before.items() if on == day})
    facts = [
        CampaignDay(
            campaign=campaign,
            project=row.project,
            values=dict(row.values),
            means=means,
            effective_on=day,
            booked_on=day,
        )
        for row in rows
    ]
    news = [fact for fact in facts if not _same(before.get((fact.project_id, day)), fact)]
    book(news)
    current().about(campaign, name=campaign.name, day=day.isoformat())
    done = current().record_many(news)
    return Recorded(done.added, done.superseded, len(facts) - len(news))


# -- what they share ---------------------------------------------------------------------------------------------------
def _same(standing: CampaignDay | None, fact: CampaignDay) -> bool:
    if standing is None:
        return not fact.values
    return bool(standing.values == fact.values and standing.means == fact.means)


def _require_seen(rows: Sequence[DaySaid], standing: Mapping[int, CampaignDay]) -> None:
    """Who saw an older row may not overwrite a newer one that says something else."""
    apart = [
        row.project.name
        for row in rows
        if (there := standing.get(row.project.pk)) is not None
        and there.pk != row.seen
        and there.values != dict(row.values)
    ]
    if apart:
        raise Refusal("reporting.watch_changed", names="、".join(apart[:5]), count=len(apart))


def _require_order(actor: Actor, region: Region, order: WatchOrder, besides: Campaign | None = None) -> None:
    try:
        watch.read_fields(order.fields)
        watch.require_span(order.starts_on, order.ends_on)
        read_rhythm(ReportKind.DAY, _rule(order))
    except DomainError as fault:
        raise Refusal(fault.code, **fault.params) from fault
    if order.ends_on < clock.today():
        raise Refusal("reporting.watch_over", day=order.ends_on.isoformat())
    if order.annual_list is not None:
        require_list(actor, RIGHT, order.annual_list)
    same = Campaign.objects.filter(region=region, name=order.name, withdrawn=False)
    if (same if besides is None else same.exclude(pk=besides.pk)).exists():
        raise Refusal("reporting.watch_name_taken", name=order.name)


def _columns(order: WatchOrder) -> dict[str, Any]:
    return {
        "annual_list": order.annual_list,
        "name": order.name,
        "starts_on": order.starts_on,
        "ends_on": order.ends_on,
        "document": order.document,
        "fields": [dict(field) for field in order.fields],
    }


def _rule(order: WatchOrder) -> dict[str, Any]:
    """The day rule of a watch: whom it asks and until when, and what of its sheet is typed anew each day."""
    asks = {
        name: sorted(getattr(order.asks, name))
        for name in ("levels", "kinds", "stages", "projects")
        if getattr(order.asks, name)
    }
    return {
        "sheet": watch.typed_anew(watch.read_fields(order.fields)),
        "late": order.late,
        "due": {"days": 0, "at": order.at, "counts": "calendar", "on_days_off": True},
        "asks": asks,
    }
