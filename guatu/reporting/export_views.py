"""A list as files: the plan ledger, the progress sheet to fill in, and the page that offers both beside the import."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from guatu.core import clock, rights
from guatu.core.pages import actor_of, found, page
from guatu.domain.periods import Period
from guatu.library.models import AnnualList
from guatu.library.policies import visible_lists
from guatu.library.queries.listpage import shown_day
from guatu.reporting.export_forms import PlanFileForm, ProgressFileForm, file_forms
from guatu.reporting.workbooks.files import handed_out, plan_file, progress_file
from guatu.reporting.workbooks.rows import RIGHT


def list_of(request: HttpRequest, public_id: UUID) -> AnnualList:
    """The list that the post may take out (404 otherwise)."""
    rows = visible_lists(actor_of(request), RIGHT).select_related("region__parent")
    row: AnnualList = found(rows.filter(public_id=public_id).first())
    return row


@page(RIGHT, place="library")
def exchange(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Import and export of one list: its workbook, the period's sheet, empty templates, the way to the import."""
    row = list_of(request, public_id)
    return render(request, "reporting/export/list.html", _offer(request, row))


def _offer(request: HttpRequest, row: AnnualList) -> dict[str, object]:
    day = shown_day(row, clock.today())
    period = Period.containing("month", day.replace(day=1) - timedelta(days=1) if day.month > 1 else day)
    return {
        "page_title": _("导入和导出：%s") % row.name,
        "row": row,
        "forms": file_forms(period.code),
        "may_import": rights.can(actor_of(request), "library.draft_import").allowed,
    }


@page(RIGHT, place="library")
def plan(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The list as its plan ledger."""
    row, form = list_of(request, public_id), PlanFileForm(request.GET)
    if not form.is_valid():
        context = _offer(request, row)
        return render(request, "reporting/export/list.html", {**context, "plan_wrong": form}, status=422)
    day = form.day(clock.today())
    made = plan_file(actor_of(request), row, day, form.cleaned_data["unit"])
    return handed_out(actor_of(request), row, made)


@page(RIGHT, place="library")
def progress(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The progress sheet of a period to fill in, or one for each responsible unit."""
    row, form = list_of(request, public_id), ProgressFileForm(request.GET)
    if form.is_valid() and form.cleaned_data["period"].end.year != row.year:
        form.add_error("period", _("期间不在这份名单的年度内"))
    if not form.is_valid():
        context = _offer(request, row)
        return render(request, "reporting/export/list.html", {**context, "progress_wrong": form}, status=422)
    asked = form.cleaned_data
    made = progress_file(actor_of(request), row, asked["period"], asked["unit"], split=asked["split"])
    return handed_out(actor_of(request), row, made)
