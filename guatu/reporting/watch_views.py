"""Pages of watches: the list, what is ordered, the tables of a day, its sheet, its files."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import clock, rights
from guatu.core.actor import Actor
from guatu.core.answers import answer
from guatu.core.pages import WRITE, actor_of, found, page, seen_in
from guatu.library.policies import visible_lists
from guatu.people.choices import PostKind
from guatu.people.models import Region
from guatu.people.policies import can_on_region, within
from guatu.reporting import actions
from guatu.reporting.actions.watches import RIGHT
from guatu.reporting.models import Campaign
from guatu.reporting.policies import visible_watches
from guatu.reporting.queries.ready_sheets import READY
from guatu.reporting.queries.watches import CLAIM, VIEW, Asked, open_days, standing
from guatu.reporting.watch import forms
from guatu.reporting.watch import page as shown

_OFFICE: Final = (PostKind.OFFICE, PostKind.OFFICE_HEAD)
SHEETS: Final = 3
"""So many days' sheets are offered at the head of a watch: after a long holiday more are open."""


@page(VIEW, place="reports")
def index(request: HttpRequest) -> HttpResponse:
    """The watches that run, those to come, and those that are over."""
    actor, today = actor_of(request), clock.today()
    rows = visible_watches(actor).order_by("-ends_on", "-pk")
    context = {
        "page_title": _("专项日调度"),
        "rows": [(row, shown.state_of(row, today), row.ends_on >= today) for row in rows],
        "may_order": rights.can(actor, RIGHT).allowed,
        "ready": [(code, one.words) for code, one in READY.items()],
    }
    return render(request, "reporting/watch/index.html", context)


@page(VIEW, place="reports")
def show(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A day of a watch: sums and rate by unit, who is missing, what changed, the days and weeks before."""
    actor, today = actor_of(request), clock.today()
    row = _watch_of(actor, public_id)
    day = shown.day_shown(row, request.GET.get("day", ""), today)
    stands = standing(actor, row, day)
    unit = request.GET.get("unit", "")
    of_unit = [one for one in stands.asked if _key(one) == unit]
    context = {
        "page_title": row.name,
        "row": row,
        "state": shown.state_of(row, today),
        "day": day,
        "neighbours": _neighbours(row, day, today),
        "unit": of_unit[0].project.unit if of_unit else None,
        "lines": shown.project_lines(stands, day, of_unit),
        "fields": [shown.heading(one) for one in stands.fields],
        "open": open_days(row)[:SHEETS] if rights.can(actor, CLAIM).allowed else (),
        "today": today,
        "may_order": can_on_region(actor, RIGHT, row.region).allowed,
        "begun": row.starts_on <= today,
        "runs": row.starts_on <= today <= row.ends_on,
        **shown.told(stands, day),
    }
    return render(request, "reporting/watch/show.html", context)


def _watch_of(actor: Actor, public_id: UUID, right: str = VIEW) -> Campaign:
    row: Campaign = found(visible_watches(actor, right).filter(public_id=public_id).first())
    return row


def _key(one: Asked) -> str:
    return str(one.project.unit.public_id) if one.project.unit is not None else "-"


def _neighbours(row: Campaign, day: date, today: date) -> dict[str, date | None]:
    last = min(today, row.ends_on)
    before, after = date.fromordinal(day.toordinal() - 1), date.fromordinal(day.toordinal() + 1)
    return {"before": before if before >= row.starts_on else None, "after": after if after <= last else None}


# -- what is ordered ---------------------------------------------------------------------------------------------------
def _form(request: HttpRequest, initial: dict[str, Any]) -> forms.WatchForm:
    actor = actor_of(request)
    regions = Region.objects.filter(within(actor, RIGHT, "path", "")).order_by("path")
    lists = visible_lists(actor, RIGHT).order_by("-year", "name")
    return forms.WatchForm(request.POST or None, initial=initial, regions=regions, lists=lists)


@page(RIGHT, place="reports", methods=WRITE)
def make(request: HttpRequest) -> HttpResponse:
    """Order a watch, from a ready form that may be changed."""
    actor = actor_of(request)
    initial = forms.ready_initial(request.GET.get("ready", "")) | {"starts_on": clock.today()}
    form = _form(request, initial)

    def run(values: dict[str, Any]) -> Campaign:
        return actions.make_watch(actor=actor, region=values["region"], order=form.order())

    return answer(
        request,
        form,
        run,
        title=_("部署专项日调度"),
        to=reverse("reporting:watches"),
        said=_("已部署。各单位在首页待办里就能看到。"),
        then=lambda row: reverse("reporting:watch", args=[row.public_id]),
        template="reporting/watch/order.html",
    )


def _ordered(request: HttpRequest, public_id: UUID) -> tuple[Actor, Campaign, str]:
    actor = actor_of(request)
    row = _watch_of(actor, public_id, RIGHT)
    return actor, row, reverse("reporting:watch", args=[row.public_id])


@page(RIGHT, place="reports", methods=WRITE)
def change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change a watch that has not begun."""
    actor, row, back = _ordered(request, public_id)
    form = _form(request, forms.initial_of(row))
    form.fields["region"].disabled = True

    def run(_values: dict[str, Any]) -> None:
        actions.change_watch(actor=actor, campaign=row, seen=seen_in(request), order=form.order())

    words: dict[str, Any] = {"title": _("修改：{name}").format(name=row.name), "to": back, "said": _("已修改。")}
    return answer(request, form, run, template="reporting/watch/order.html", context={"row": row}, **words)


@page(RIGHT, place="reports", methods=WRITE)
def end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End a running watch early, with a reason."""
    actor, row, back = _ordered(request, public_id)
    form = forms.EndForm(request.POST or None, initial={"seen": row.version, "on": clock.today()})

    def run(values: dict[str, Any]) -> None:
        actions.end_watch(actor=actor, campaign=row, **values)

    words: dict[str, Any] = {
        "title": _("提前结束：{name}").format(name=row.name),
        "to": back,
        "said": _("已提前结束，不再要求填报。"),
    }
    return answer(request, form, run, **words)


@page(RIGHT, place="reports", methods=WRITE)
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Withdraw a watch that was ordered by mistake."""
    actor, row, _back = _ordered(request, public_id)
    form = forms.WithdrawForm(request.POST or None, initial={"seen": row.version})

    def run(values: dict[str, Any]) -> None:
        actions.withdraw_watch(actor=actor, campaign=row, **values)

    words: dict[str, Any] = {"title": _("撤销：{name}").format(name=row.name), "said": _("已撤销。")}
    return answer(request, form, run, to=reverse("reporting:watches"), **words)
