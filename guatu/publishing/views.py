"""Pages of bulletins: the list, a new one, the paper, its text with findings beside it, issue, return and archive."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from guatu.core import rights
from guatu.core.attachments import disposition, keep_file, path_of, serve
from guatu.core.file_types import MEDIA_TYPES
from guatu.core.pages import actor_of, found, page
from guatu.core.refusals import Refusal
from guatu.core.signs import whole_number
from guatu.library.choices import Level
from guatu.publishing import actions, issuing
from guatu.publishing.child import read_docx
from guatu.publishing.choices import BulletinState
from guatu.publishing.forms import ArchiveForm, IssueForm, ReturnForm, read_question
from guatu.publishing.models import Bulletin
from guatu.publishing.pages import bulletin_context, bulletins_by_year
from guatu.publishing.paper import render as render_file
from guatu.publishing.paper_view import edit_blocks, sheet_of, title_findings
from guatu.publishing.policies import ISSUED, can_on_bulletin, visible_bulletin
from guatu.publishing.queries import (
    blocks_of,
    document_now,
    draftable_lists,
    findings,
    outside_standing,
    paper_now,
    preview_document,
)
from guatu.publishing.returned import compare
from guatu.reporting.choices import Basis

WRITES = ("GET", "HEAD", "POST")
SCANS = ("pdf", "png", "jpeg")
_FILES = {"docx": "docx", "pdf": "pdf", "signed": "signed", "approval": "approval"}


def _bulletin(request: HttpRequest, public_id: str, right: str = "") -> Bulletin:
    """The bulletin that the actor may see (and change by `right`); else 404."""
    actor = actor_of(request)
    row = found(visible_bulletin(actor, public_id))
    assert isinstance(row, Bulletin)
    return row if not right or can_on_bulletin(actor, right, row) else found(None)


def _seen(request: HttpRequest) -> int:
    seen = whole_number(request.POST.get("version", ""))
    if seen is None:
        raise Refusal("core.not_found")
    return seen


@page("publishing.view", place="bulletins")
def index(request: HttpRequest) -> HttpResponse:
    """Bulletins that the post may see, newest first."""
    actor = actor_of(request)
    may_draft = rights.can(actor, "publishing.draft_bulletin").allowed
    context = {
        "page_title": _("通报"),
        "years": bulletins_by_year(actor),
        "may_draft": may_draft,
        "has_lists": may_draft and bool(draftable_lists(actor)),
    }
    return render(request, "publishing/bulletins.html", context)


@page("publishing.draft_bulletin", place="bulletins", methods=WRITES)
def new(request: HttpRequest) -> HttpResponse:
    """Choose lists, date and basis, see the paper, and begin a draft of it."""
    actor = actor_of(request)
    available = draftable_lists(actor)
    if not available:
        return redirect("publishing:bulletins")
    data = request.POST if request.method == "POST" else request.GET
    asked = read_question(data, data.getlist("lists"), available)
    if request.method == "POST":
        row = actions.draft_bulletin(
            actor=actor, kind=asked.kind, lists=asked.lists, as_of=asked.as_of, basis=asked.basis
        )
        return redirect("publishing:edit", row.public_id)
    _made, document = preview_document(actor, asked.kind, asked.lists, asked.as_of, asked.basis)
    context = {"page_title": _("起草通报"), "asked": asked, "available": available, "sheet": sheet_of(document)}
    return render(request, "publishing/new.html", {**context, "bases": Basis.choices, "levels": dict(Level.choices)})


@page("publishing.view", place="bulletins")
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """The paper, its state and files, and what the post may do with it."""
    row = _bulletin(request, public_id)
    return render(request, "publishing/bulletin.html", bulletin_context(actor_of(request), row))


@page("publishing.edit_bulletin", place="bulletins", methods=WRITES)
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """The text block by block, with every number that disagrees beside it."""
    actor, row = actor_of(request), _bulletin(request, public_id, "publishing.edit_bulletin")
    if request.method == "POST":
        texts = {name[2:]: request.POST[name] for name in request.POST if name.startswith("b.")}
        head = {name: request.POST.get(name) for name in ("title", "masthead", "issued_by", "copies_to")}
        actions.edit_bulletin(actor=actor, bulletin=row, seen=_seen(request), texts=texts, **head)
        messages.success(request, _("已保存，数字已重新核对。"))
        return redirect("publishing:edit", row.public_id)
    if row.state != BulletinState.DRAFT:
        return redirect("publishing:bulletin", row.public_id)
    made = paper_now(actor, row)
    listed = findings(row, made)
    context: dict[str, Any] = {
        "page_title": _("修改通报"),
        "bulletin": row,
        "blocks": edit_blocks(blocks_of(row), listed, made),
        "title_findings": title_findings(listed),
        "count": len(listed),
        "outside": outside_standing(row, made),
    }
    return render(request, "publishing/edit.html", context)


@page("publishing.resolve_finding", place="bulletins", methods=("POST",))
def resolve(request: HttpRequest, public_id: str) -> HttpResponse:
    """Answer for one number: correct, rebind, mark as from outside, or restore the paragraph."""
    row = _bulletin(request, public_id, "publishing.resolve_finding")
    sent = request.POST
    start = whole_number(sent.get("start", ""))
    actions.resolve_finding(
        actor=actor_of(request),
        bulletin=row,
        seen=_seen(request),
        block=sent.get("block", ""),
        start=-1 if start is None else start,
        printed=sent.get("printed", ""),
        way=sent.get("way", "correct"),
        key=sent.get("key", ""),
        source=sent.get("source", ""),
        signer=sent.get("signer", ""),
    )
    return redirect("publishing:edit", row.public_id)


@page("publishing.rebuild_bulletin", place="bulletins", methods=("POST",))
def rebuild(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write the text again from the data of now."""
    row = _bulletin(request, public_id, "publishing.rebuild_bulletin")
    keep = request.POST.get("all") != "1"
    actions.rebuild_bulletin(actor=actor_of(request), bulletin=row, seen=_seen(request), keep_edited=keep)
    messages.success(request, _("已按现有数据重新生成。"))
    return redirect("publishing:edit", row.public_id)


@page("publishing.take_back_docx", place="bulletins", methods=WRITES)
def take_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hand in a docx edited in WPS, see what differs, take its text over."""
    actor, row = actor_of(request), _bulletin(request, public_id, "publishing.take_back_docx")
    form = ReturnForm(request.POST or None, request.FILES or None)
    token = request.POST.get("token", "")
    if request.method != "POST" or (not token and not form.is_valid()):
        context = {"page_title": _("收回 WPS 稿"), "bulletin": row, "form": form}
        return render(request, "publishing/return.html", context, status=422 if form.errors else 200)
    kept = issuing.kept_again(token, row) if token else keep_file(form.cleaned_data["file"], kinds=("docx",))
    made = paper_now(actor, row)
    result = compare(document_now(row, made), blocks_of(row), read_docx(path_of(kept.digest), kept.name))
    if token:
        actions.take_back_docx(
            actor=actor, bulletin=row, seen=_seen(request), title=result.title, texts=result.texts, file=kept
        )
        return redirect("publishing:edit", row.public_id)
    context = {"page_title": _("收回 WPS 稿"), "bulletin": row, "result": result, "name": kept.name}
    return render(request, "publishing/return.html", {**context, "token": issuing.token_of(kept, row)})


@page("publishing.issue_bulletin", place="bulletins", methods=("POST",))
def issue(request: HttpRequest, public_id: str) -> HttpResponse:
    """Freeze the draft under its number; its files are made now and never again."""
    row = _bulletin(request, public_id, "publishing.issue_bulletin")
    form = IssueForm(request.POST, request.FILES)
    if not form.is_valid():
        context = {**bulletin_context(actor_of(request), row), "issue_form": form}
        return render(request, "publishing/bulletin.html", context, status=422)
    sent = form.cleaned_data
    scan = keep_file(sent["approval"], kinds=SCANS) if sent["approval"] else None
    issuing.issue(
        actor_of(request),
        row,
        seen=_seen(request),
        number=sent["number"],
        on=sent["on"],
        approved_by=sent["approved_by"],
        approval=scan,
    )
    messages.success(request, _("已签发，文字和数字不再变动。"))
    return redirect("publishing:bulletin", row.public_id)


@page("publishing.archive_bulletin", place="bulletins", methods=("POST",))
def archive(request: HttpRequest, public_id: str) -> HttpResponse:
    """Keep the signed PDF with the number that the government's office gave."""
    row = _bulletin(request, public_id, "publishing.archive_bulletin")
    form = ArchiveForm(request.POST, request.FILES)
    if not form.is_valid():
        context = {**bulletin_context(actor_of(request), row), "archive_form": form}
        return render(request, "publishing/bulletin.html", context, status=422)
    signed = keep_file(form.cleaned_data["signed"], kinds=("pdf",))
    number = form.cleaned_data["document_number"]
    actions.archive_bulletin(
        actor=actor_of(request), bulletin=row, seen=_seen(request), document_number=number, signed=signed
    )
    messages.success(request, _("已归档。"))
    return redirect("publishing:bulletin", row.public_id)


@page("publishing.withdraw_bulletin", place="bulletins", methods=("POST",))
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Set a draft aside, with a reason."""
    row = _bulletin(request, public_id, "publishing.withdraw_bulletin")
    reason = request.POST.get("reason", "")
    actions.withdraw_bulletin(actor=actor_of(request), bulletin=row, seen=_seen(request), reason=reason)
    return redirect("publishing:bulletins")


@page("publishing.view", place="bulletins", rate=(60, 60))
def file(request: HttpRequest, public_id: str, which: str) -> HttpResponse:
    """docx or pdf (a draft's is made now and marked 未签发), the signed copy, the signed approval."""
    row = _bulletin(request, public_id)
    kept = getattr(row, _FILES[which]) if which in _FILES else None
    if kept is not None:
        answer: HttpResponse = serve(kept)  # type: ignore[assignment]  # a FileResponse is served like any other
        return answer
    if which not in ("docx", "pdf") or row.state in ISSUED:
        raise Refusal("publishing.no_file")
    data = render_file(document_now(row, paper_now(actor_of(request), row)), which)
    response = HttpResponse(data, content_type=MEDIA_TYPES[which])
    response["Content-Disposition"] = disposition(f"{row.title}（{_('未签发')}）.{which}".replace("\n", ""))
    return response
