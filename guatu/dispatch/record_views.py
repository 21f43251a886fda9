"""Dispatch pages of what is kept: snapshots, the three bases side by side, figures from outside."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from guatu.core import rights
from guatu.core.actor import Actor
from guatu.core.pages import actor_of, page
from guatu.dispatch.forms import Choice, OutsideForm, SnapshotForm, read_choice
from guatu.dispatch.outside import line_of
from guatu.dispatch.rows import BasisLine, leaving
from guatu.dispatch.snapshots import cuts_of
from guatu.dispatch.tables import BASES
from guatu.dispatch.views import frame, no_list
from guatu.figures.actions import record_outside, take_snapshot
from guatu.figures.policies import visible_snapshots
from guatu.figures.queries import by_basis, outside_series, totals
from guatu.library.models import Project


@page("figures.view", place="dispatch")
def bases(request: HttpRequest) -> HttpResponse:
    """Dispatch, statistics and payment per project, side by side."""
    actor = actor_of(request)
    choice = read_choice(actor, request.GET)
    if choice is None:
        return no_list(request)
    rows = by_basis(choice.asked)
    names = Project.objects.in_bulk([row.project_id for row in rows])
    listed = [BasisLine.of(names[row.project_id], row) for row in rows]
    if request.GET.get("export"):
        listed = leaving(actor, listed)
    context = {**frame(choice), "page_title": _("三种口径对照"), "totals": totals(rows), "count": len(rows)}
    return BASES.respond(request, listed, template="dispatch/bases.html", context=context)


@page("figures.view", place="dispatch", methods=("GET", "HEAD", "POST"))
def snapshots(request: HttpRequest) -> HttpResponse:
    """The snapshots of a list, and a form to take one at this hour."""
    actor = actor_of(request)
    choice = read_choice(actor, request.GET)
    if choice is None:
        return no_list(request)
    form = SnapshotForm(request.POST or None, initial={"as_of": choice.asked.as_of.isoformat()})
    if request.method == "POST" and form.is_valid():
        snapshot = take_snapshot(actor=actor, annual_list=choice.lists[0], **form.cleaned_data)
        messages.success(request, _("已留存快照“{name}”。").format(name=snapshot.name))
        return redirect("dispatch:snapshot", snapshot.public_id)
    context = _snapshot_list(actor, choice, form)
    context["may_take"] = rights.can(actor, "figures.take_snapshot").allowed
    return render(request, "dispatch/snapshots.html", context, status=422 if form.errors else 200)


def _snapshot_list(actor: Actor, choice: Choice, form: SnapshotForm) -> dict[str, Any]:
    kept = visible_snapshots(actor).filter(annual_list__in=choice.lists).order_by("-known_at")
    return {**frame(choice), "page_title": _("快照"), "kept": kept, "form": form}


@page("figures.view", place="dispatch")
def snapshot(request: HttpRequest, public_id: str) -> HttpResponse:
    """One snapshot's figures as they were printed."""
    row = get_object_or_404(visible_snapshots(actor_of(request)), public_id=public_id)
    context = {"page_title": row.name, "snapshot": row, "cuts": cuts_of(row), "list_name": row.annual_list.name}
    return render(request, "dispatch/snapshot.html", context)


@page("figures.view", place="dispatch", methods=("GET", "HEAD", "POST"))
def outside(request: HttpRequest) -> HttpResponse:
    """What the statistics bureau published of the region, and a form to record it."""
    actor = actor_of(request)
    choice = read_choice(actor, request.GET)
    if choice is None:
        return no_list(request)
    region = choice.lists[0].region
    form = OutsideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        record_outside(actor=actor, region=region, **form.recorded())
        messages.success(request, _("已登记。"))
        return redirect(f"{request.path}?{choice.query()}")
    rows = [line_of(row) for row in outside_series(region, known=choice.asked.known)]
    context = {**frame(choice), "page_title": _("外部统计数据"), "rows": rows, "form": form}
    context["may_record"] = rights.can(actor, "figures.record_outside").allowed
    return render(request, "dispatch/outside.html", context, status=422 if form.errors else 200)
