"""Pages of imports: choose list and file, look at what was understood, apply or discard."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import access, clock, file_types
from guatu.core.attachments import disposition, keep_file
from guatu.core.pages import actor_of, found, page
from guatu.core.refusals import Refusal
from guatu.core.tables import exports as files
from guatu.domain.money import MoneyUnit
from guatu.domain.periods import Period
from guatu.library.actions import change_draft, forget_mapping
from guatu.library.models import ImportDraft
from guatu.library.policies import visible_drafts
from guatu.reporting import downloads, drafts, exports, imports
from guatu.reporting.conversation import job_part, start_context, undo_context
from guatu.reporting.forms import ColumnsForm, UndoForm, UploadForm
from guatu.reporting.report_page import SHOWN, report_context

RIGHT, POST = "library.draft_import", ("POST",)
MB = 1024 * 1024
UPLOADS, DOWNLOADS = (20, 60), (20, 60)  # files a minute


def draft_of(request: HttpRequest, public_id: UUID) -> ImportDraft:
    """The draft that the actor may go on with (404 otherwise)."""
    rows = visible_drafts(actor_of(request)).select_related("region", "approver", "made_by")
    row: ImportDraft = found(rows.filter(public_id=public_id).first())
    return row


@page(RIGHT, place="library", methods=("GET", "HEAD", "POST"), rate=UPLOADS)
def start(request: HttpRequest) -> HttpResponse:
    """Choose the kind, the list and the file; what is under way stands below."""
    actor = actor_of(request)
    said = {name: request.GET[name] for name in UploadForm.base_fields if name in request.GET}
    form = UploadForm(request.POST or None, request.FILES or None, actor=actor, initial=said)
    if request.method == "POST" and form.is_valid():
        try:
            draft = _upload(request, form.cleaned_data)
            return redirect("reporting:import_draft", draft.public_id)
        except Refusal as refusal:
            if refusal.status not in (413, 422):
                raise
            form.add_error("file", str(refusal))
    context = {
        "page_title": _("导入"),
        "form": form,
        "steps": _steps(),
        "max_mb": settings.UPLOAD_LIMIT // MB,
        **start_context(actor),
    }
    return render(request, "reporting/import/start.html", context, status=422 if form.errors else 200)


def _steps() -> list[dict[str, Any]]:
    """What happens next, for whoever does it for the first time."""
    said = (
        (_("上传"), _("选名单和文件")),
        (_("核对列"), _("看每一列读作什么，不对就改")),
        (_("核对行"), _("看哪些新增、变更，哪些要改正")),
        (_("导入"), _("全部导入，或一项也不导入")),
    )
    return [{"label": label, "note": note, "current": not place} for place, (label, note) in enumerate(said)]


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
    response = HttpResponse(exports.template_book(kind, year), content_type=file_types.MEDIA_TYPES["xlsx"])
    response["Content-Disposition"] = disposition(f"{exports.TITLES[kind].format(year=year)}.xlsx")
    return response


@page(RIGHT, place="library")
def draft(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What was understood of a file, and what would come of it."""
    row = draft_of(request, public_id)
    show, page_asked, fill = (request.GET.get(name, "") for name in ("show", "page", "fill"))
    context = report_context(row, show, page_asked, fill=fill)
    return render(request, "reporting/import/draft.html", context | undo_context(row))


@page(RIGHT, place="library")
def progress(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far the background job of an import is; the page comes anew when it has ended."""
    row = draft_of(request, public_id)
    job = drafts.job_of(row)
    if job is None or not drafts.is_working(job):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "core/system/job_progress.html", job_part(actor_of(request), row, job))


@page(RIGHT, place="library", rate=DOWNLOADS)
def issues(request: HttpRequest, public_id: UUID, ending: str) -> HttpResponse:
    """What is to be put right, as a file for the unit that has to do it."""
    row, actor = draft_of(request, public_id), actor_of(request)
    view = downloads.issue_table(actor, row)
    make = found({"xlsx": files.xlsx_response, "csv": files.csv_response}.get(ending))
    access.note("export", actor, subject=":".join(row.trail_subject()), detail=f"issues.{ending} {view.count}")
    response: HttpResponse = make(view)
    return response


@page(RIGHT, place="library", rate=DOWNLOADS)
def marked(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The file's own rows, with the wrong cells coloured and commented."""
    row, actor = draft_of(request, public_id), actor_of(request)
    response = HttpResponse(downloads.marked_book(actor, row), content_type=file_types.MEDIA_TYPES["xlsx"])
    name = row.file_name.rpartition(".")[0] or row.file_name
    response["Content-Disposition"] = disposition(_("{name}（标注）").format(name=name) + ".xlsx")
    access.note("export", actor, subject=":".join(row.trail_subject()), detail="marked.xlsx")
    return response


@page(RIGHT, place="library", methods=POST)
def forget(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Forget what was said about files of this shape, then check again."""
    row, actor = draft_of(request, public_id), actor_of(request)
    forget_mapping(actor=actor, draft=row, seen=None)
    drafts.check(drafts.further(actor), row)
    return _back(request, row, "columns")


def _back(request: HttpRequest, row: ImportDraft, place: str) -> HttpResponse:
    """The draft's page again, at the same place and the same rows."""
    show = request.POST.get("show", "")
    query = f"?{urlencode({'show': show})}" if show in SHOWN else ""
    return redirect(f"{reverse('reporting:import_draft', args=[row.public_id])}{query}#{place}")


@page(RIGHT, place="library", methods=POST)
def columns(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say what columns mean, then check again."""
    row, actor = draft_of(request, public_id), actor_of(request)
    form = ColumnsForm(request.POST, draft=row)
    if not form.is_valid():
        context = report_context(row, request.POST.get("show", ""), "", form)
        return render(request, "reporting/import/draft.html", context, status=422)
    seen = form.cleaned_data["seen"]
    change_draft(actor=actor, draft=row, seen=seen, values=form.values())
    drafts.check(drafts.further(actor), row)
    return _back(request, row, "columns")


@page(RIGHT, place="library", methods=POST)
def apply(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Import what was checked, all or nothing."""
    row = draft_of(request, public_id)
    try:
        if drafts.finish(actor_of(request), row, request.POST.get("preview", "")):
            messages.success(request, _("已导入“{name}”。").format(name=row.file_name))
    except Refusal as refusal:
        if not refusal.items:
            raise
        return refused_page(request, row, refusal)
    return redirect("reporting:import_draft", row.public_id)


def refused_page(request: HttpRequest, row: ImportDraft, refusal: Refusal) -> HttpResponse:
    """The import's page again, with the rows for which something was refused and what to do about it."""
    row.refresh_from_db()
    context = report_context(row, "", "") | undo_context(row) | {"refusal": refusal, "items": refusal.items}
    return render(request, "reporting/import/draft.html", context, status=refusal.status)


@page(RIGHT, place="library", methods=("GET", "HEAD", "POST"))
def undo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take an import back; what stands in its way is named."""
    row = draft_of(request, public_id)
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if drafts.undo(actor_of(request), row, form.cleaned_data["reason"]) is not None:
                messages.success(request, _("已撤销“{name}”的导入。").format(name=row.file_name))
        except Refusal as refusal:
            if not refusal.items:
                raise
            return refused_page(request, row, refusal)
        return redirect("reporting:import_draft", row.public_id)
    context = report_context(row, "", "") | undo_context(row, whole=True) | {"undo_form": form}
    return render(request, "reporting/import/draft.html", context, status=422 if form.errors else 200)


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
    drafts.discard(actor_of(request), row)
    messages.success(request, _("已放弃“{name}”，数据没有改动。").format(name=row.file_name))
    return redirect("reporting:import")
