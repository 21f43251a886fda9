"""Pages of a list's target sheet: every project by quarter and month, issuing it, and its papers."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from guatu.core import access, clock
from guatu.core.actor import Actor
from guatu.core.file_types import MEDIA_TYPES
from guatu.core.pages import actor_of, page
from guatu.core.refusals import Refusal
from guatu.figures import target_sheet
from guatu.figures.tables import TARGET_SHEET
from guatu.figures.target_forms import IssueSheetForm
from guatu.library.models import AnnualList
from guatu.library.policies import can_do_list, visible_lists
from guatu.plans import actions
from guatu.plans.models import TargetSheet
from guatu.plans.queries.targets import sheets_of

PAPERS = ("docx", "pdf")


def _found(actor: Actor, public_id: UUID, right: str = "figures.view") -> AnnualList:
    row: AnnualList = get_object_or_404(visible_lists(actor, right).select_related("region"), public_id=public_id)
    return row


@page("figures.view", place="library")
def sheet(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A list's targets as they are spread now, its check points, and the sheets that were issued."""
    actor, today = actor_of(request), clock.today()
    row = _found(actor, public_id)
    title = _("{list}目标任务书").format(list=row.name)
    whole = can_do_list(actor, "figures.view", row).allowed
    context = {
        "page_title": title,
        "row": row,
        "check_points": target_sheet.check_points(actor, row, today) if whole else [],
        "sheets": sheets_of(row) if whole else [],
        "may_issue": can_do_list(actor, "plans.issue_target_sheet", row).allowed,
    }
    listed = target_sheet.rows_now(actor, row, today, leaving=bool(request.GET.get("export")))
    return TARGET_SHEET.respond(request, listed, template="figures/target_sheet.html", context=context, title=title)


@page("plans.issue_target_sheet", place="library", methods=("GET", "HEAD", "POST"))
def issue(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Issue the sheet under its number."""
    actor = actor_of(request)
    row = _found(actor, public_id, "plans.issue_target_sheet")
    title = _("{list}目标任务书").format(list=row.name)
    form = IssueSheetForm(request.POST or None, initial={"title": title, "issued_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.issue_target_sheet(actor=actor, annual_list=row, **form.cleaned_data)
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("目标任务书已印发，内容不再变动。"))
            return redirect("figures:target_sheet", row.public_id)
    context = {"page_title": _("印发目标任务书"), "form": form, "row": row}
    return render(request, "figures/target_issue.html", context, status=422 if form.errors else 200)


@page("figures.view", place="library", rate=(30, 60))
def paper(request: HttpRequest, public_id: UUID, sheet_id: UUID, kind: str) -> HttpResponse:
    """An issued sheet as an official document: for who sees the whole list."""
    actor = actor_of(request)
    row = _found(actor, public_id)
    if kind not in PAPERS or not can_do_list(actor, "figures.view", row).allowed:
        raise Refusal("core.not_found")
    found: TargetSheet = get_object_or_404(sheets_of(row).select_related("annual_list"), public_id=sheet_id)
    access.note("export", actor, subject=f"target_sheet:{found.public_id}", detail=kind)
    response = HttpResponse(target_sheet.paper(found, kind), content_type=MEDIA_TYPES[kind])
    name = target_sheet.file_name(found, kind)
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
