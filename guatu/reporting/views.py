"""Pages of imports: choose list and file, look at what was understood, apply or discard."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import clock, file_types
from guatu.core.attachments import disposition, keep_file
from guatu.core.pages import actor_of, found, page
from guatu.core.refusals import Refusal
from guatu.domain.money import MoneyUnit
from guatu.domain.periods import Period
from guatu.library.actions import change_draft, discard_draft
from guatu.library.choices import DraftState
from guatu.library.models import ImportDraft
from guatu.library.policies import visible_drafts
from guatu.reporting import drafts, exports, imports
from guatu.reporting.forms import ColumnsForm, UploadForm
from guatu.reporting.report_page import printed_totals, report_context

RIGHT, POST = "library.draft_import", ("POST",)
OPEN = (DraftState.WAITING, DraftState.CHECKED, DraftState.WRONG)
KEPT_SHOWN = 50
UPLOADS = (20, 60)  # files a minute


def draft_of(request: HttpRequest, public_id: UUID) -> ImportDraft:
    """The draft that the actor may go on with (404 otherwise)."""
    rows = visible_drafts(actor_of(request)).select_related("region", "approver", "made_by")
    row: ImportDraft = found(rows.filter(public_id=public_id).first())
    return row


@page(RIGHT, place="library", methods=("GET", "HEAD", "POST"), rate=UPLOADS)
def start(request: HttpRequest) -> HttpResponse:
    """Choose the kind, the list and the file; what is under way stands below."""
    actor = actor_of(request)
    form = UploadForm(request.POST or None, request.FILES or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            draft = _upload(request, form.cleaned_data)
            return redirect("reporting:import_draft", draft.public_id)
        except Refusal as refusal:
            if refusal.status not in (413, 422):
                raise
            form.add_error("file", str(refusal))
    kept = visible_drafts(actor).filter(state__in=OPEN).select_related("region", "made_by").order_by("-made_at")
    context = {"page_title": _("导入"), "form": form, "kept": kept[:KEPT_SHOWN], "year": clock.today().year}
    return render(request, "reporting/import/start.html", context, status=422 if form.errors else 200)


def _upload(request: HttpRequest, values: dict[str, Any]) -> ImportDraft:
    file = keep_file(values.pop("file"), kinds=file_types.LEDGERS)
    kind = values.pop("kind")
    progress = kind == imports.PROGRESS
    values |= {"batch": None} if progress else {"period": "", "basis": ""}
    order = imports.Order(
        kind=kind,
        path=file.path,
        name=file.name,
        year=values["year"],
        level=values["level"],
        region=values["region"].code,
        unit=MoneyUnit(values["unit"]) if values["unit"] else None,
        period=Period.parse(values["period"]) if progress else None,
    )
    return drafts.begin(actor_of(request), file, order, values)


@page(RIGHT, place="library")
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty workbook to fill in."""
    found(exports.HEADS.get(kind))
    year = clock.today().year
    response = HttpResponse(exports.template_book(kind, year), content_type=exports.MEDIA_TYPE)
    response["Content-Disposition"] = disposition(f"{exports.TITLES[kind].format(year=year)}.xlsx")
    return response


@page(RIGHT, place="library")
def draft(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What was understood of a file, and what would come of it."""
    row = draft_of(request, public_id)
    context = report_context(row, request.GET.get("show", ""), request.GET.get("page", ""))
    context["printed"] = printed_totals(row)
    context["job_url"] = reverse("core:job_progress", args=[row.job]) if row.job else ""
    return render(request, "reporting/import/draft.html", context)


@page(RIGHT, place="library", methods=POST)
def columns(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say what columns mean, then check again."""
    row, actor = draft_of(request, public_id), actor_of(request)
    form = ColumnsForm(request.POST, draft=row)
    if not form.is_valid():
        context = report_context(row, "", "", form)
        return render(request, "reporting/import/draft.html", context, status=422)
    seen = form.cleaned_data["seen"]
    change_draft(actor=actor, draft=row, seen=seen, values=form.values())
    drafts.check(drafts.further(actor), row)
    return redirect("reporting:import_draft", row.public_id)


@page(RIGHT, place="library", methods=POST)
def apply(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Import what was checked, all or nothing."""
    row = draft_of(request, public_id)
    if drafts.finish(actor_of(request), row):
        messages.success(request, _("已导入“{name}”。").format(name=row.file_name))
    return redirect("reporting:import_draft", row.public_id)


@page(RIGHT, place="library", methods=POST)
def recheck(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Check again against the data as they are now."""
    row = draft_of(request, public_id)
    drafts.check(actor_of(request), row)
    return redirect("reporting:import_draft", row.public_id)


@page(RIGHT, place="library", methods=POST)
def discard(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give an import up."""
    row = draft_of(request, public_id)
    discard_draft(actor=actor_of(request), draft=row, seen=None)
    messages.success(request, _("已放弃“{name}”，数据没有改动。").format(name=row.file_name))
    return redirect("reporting:import")
