"""One sheet of another system: for which list and period, what is filled, what is empty and why, and its workbook."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guatu.core import access, file_types
from guatu.core.actor import Actor
from guatu.core.attachments import disposition
from guatu.core.pages import actor_of, found, page
from guatu.core.refusals import Refusal
from guatu.reporting.actions import export_layout
from guatu.reporting.layouts.book import layout_file
from guatu.reporting.layouts.filling import fill
from guatu.reporting.layouts.page import KINDS, Chosen, chosen_of, gaps, layout_of, lists_of, shown_rows
from guatu.reporting.layouts.schema import stored
from guatu.reporting.models import LayoutExport
from guatu.reporting.policies import keeps_layout
from guatu.reporting.workbooks.rows import RIGHT

FILES = (20, 60)  # a minute


@page(RIGHT, place="reports")
def layout(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The preview before a download: how many cells are filled, which are empty and why, the first rows."""
    actor = actor_of(request)
    row = layout_of(actor, public_id)
    told = stored(row.layout)
    context = {
        "page_title": told.name,
        "row": row,
        "layout": told,
        "lists": lists_of(actor),
        "typed": request.GET,
        "period_hint": KINDS[told.period],
        "keeps": keeps_layout(actor, row) and not row.replaced,
    }
    try:
        chosen = chosen_of(actor, row, request.GET)
    except Refusal as refusal:
        if refusal.status != 422:
            raise
        return render(request, "reporting/layouts/layout.html", context | {"refusal": refusal}, status=422)
    return render(request, "reporting/layouts/layout.html", context | (_told(actor, chosen) if chosen else {}))


def _told(actor: Actor, chosen: Chosen) -> dict[str, object]:
    filled = fill(actor, chosen.layout, chosen.annual_list, chosen.period)
    last = LayoutExport.objects.filter(
        layout=chosen.row, annual_list=chosen.annual_list, period=chosen.period.code
    ).order_by("-made_at")
    return {"chosen": chosen, "filled": filled, "gaps": gaps(filled), "shown": shown_rows(filled), "last": last.first()}


@page(RIGHT, place="reports", methods=("POST",), rate=FILES)
def book(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The workbook; which cells it took over is kept, so that they are not counted as typed twice."""
    actor = actor_of(request)
    row = layout_of(actor, public_id)
    chosen = found(chosen_of(actor, row, request.POST))
    filled = fill(actor, chosen.layout, chosen.annual_list, chosen.period)
    export_layout(
        actor=actor,
        row=row,
        annual_list=chosen.annual_list,
        period=chosen.period,
        filled=filled.sources_by_project(),
    )
    name, content = layout_file(filled)
    access.note("export", actor, subject=":".join(row.trail_subject()), detail=f"layout {len(filled.rows)}")
    response = HttpResponse(content, content_type=file_types.MEDIA_TYPES["xlsx"])
    response["Content-Disposition"] = disposition(name)
    return response
