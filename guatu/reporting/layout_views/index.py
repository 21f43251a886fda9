"""The sheets of other systems: which are in use, which can be, what was read back, and how much is typed twice."""

from functools import reduce
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from guatu.core import access, clock, rights
from guatu.core.actor import Actor
from guatu.core.attachments import disposition
from guatu.core.pages import actor_of, found, page
from guatu.core.refusals import Refusal
from guatu.domain.errors import DomainError
from guatu.domain.fill_once import FillCount
from guatu.domain.periods import Period
from guatu.people.policies import region_of
from guatu.reporting.actions import stop_layout, use_layout
from guatu.reporting.layouts.page import EDIT, from_file, layout_of, unit_counts
from guatu.reporting.layouts.ready import ready_layouts
from guatu.reporting.layouts.schema import MOST_BYTES, file_of, stored
from guatu.reporting.policies import keeps_layout, visible_layout_returns, visible_layouts
from guatu.reporting.workbooks.rows import RIGHT

POST = ("POST",)
FILES = (20, 60)  # a minute
LATELY = 30


@page(RIGHT, place="reports")
def layouts(request: HttpRequest) -> HttpResponse:
    """Layouts in use and ready ones, what came back lately, and the month's cells typed twice by unit."""
    actor = actor_of(request)
    rows = visible_layouts(actor).filter(replaced=False).order_by("pk")
    in_use = [{"row": row, "layout": stored(row.layout), "keeps": keeps_layout(actor, row)} for row in rows]
    region = region_of(actor)
    mine = {row.code for row in rows if region is not None and row.region_id == region.pk}
    period = _month(request.GET.get("month", ""))
    counts = unit_counts(actor, period)
    context = {
        "page_title": _("其他系统报表"),
        "in_use": in_use,
        "ready": [one for code, one in ready_layouts().items() if code not in mine],
        "may_edit": rights.can(actor, EDIT).allowed,
        "returns": _returns(actor),
        "period": period,
        "counts": [one for one in counts if one.count.elsewhere],
        "told": bool(counts),
        "total": reduce(FillCount.plus, (one.count for one in counts), FillCount()),
    }
    return render(request, "reporting/layouts/index.html", context)


def _returns(actor: Actor) -> object:
    if not rights.can(actor, EDIT).allowed:
        return []
    return visible_layout_returns(actor).order_by("-returned_at")[:LATELY]


def _month(typed: str) -> Period:
    """The month that was asked for, else the one before today's."""
    try:
        period = Period.parse(typed) if typed else None
    except DomainError:
        period = None
    if period is not None and period.kind == "month":
        return period
    return Period.containing("month", clock.today()).previous()


@page(EDIT, place="reports", methods=POST)
def use(request: HttpRequest) -> HttpResponse:
    """Put a ready layout in use."""
    actor = actor_of(request)
    layout = found(ready_layouts().get(request.POST.get("code", "")))
    row = use_layout(actor=actor, region=found(region_of(actor)), layout=layout)
    messages.success(request, _("已启用“{name}”。请先逐栏核对。").format(name=layout.name))
    return redirect("reporting:layout_columns", row.public_id)


@page(EDIT, place="reports", methods=POST, rate=FILES)
def upload(request: HttpRequest) -> HttpResponse:
    """Put the office's own layout file in use."""
    actor = actor_of(request)
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, _("请先选择样表文件。"))
        return redirect("reporting:layouts")
    try:
        layout = from_file(file.read(MOST_BYTES + 1) if (file.size or 0) <= MOST_BYTES else b" " * (MOST_BYTES + 1))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("reporting:layouts")
    row = use_layout(actor=actor, region=found(region_of(actor)), layout=layout)
    messages.success(request, _("已启用“{name}”第 {edition} 版。").format(name=layout.name, edition=row.edition))
    return redirect("reporting:layout", row.public_id)


@page(EDIT, place="reports", methods=POST)
def stop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A layout is no longer used."""
    actor = actor_of(request)
    row = layout_of(actor, public_id)
    stop_layout(actor=actor, row=row, seen=row.version)
    messages.success(request, _("已停用“{name}”，读回的数据没有改动。").format(name=row.layout["name"]))
    return redirect("reporting:layouts")


@page(RIGHT, place="reports")
def file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A layout as its file, to be edited and uploaded again."""
    row = layout_of(actor_of(request), public_id)
    access.note("export", actor_of(request), subject=":".join(row.trail_subject()), detail="layout")
    response = HttpResponse(file_of(stored(row.layout)), content_type="application/json")
    response["Content-Disposition"] = disposition(f"{row.layout['name']}.json")
    return response
