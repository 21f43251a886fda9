"""The pages of plan templates: all of them, one of them; the office's own are changed and withdrawn there."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core.ids import new_public_id
from guatu.core.pages import WRITE, actor_of, found, page, seen_in
from guatu.core.refusals import Conflict, Refusal
from guatu.core.undo_views import tell
from guatu.people.queries import sitting_words_for
from guatu.plans import actions, forms
from guatu.plans.content import Content, from_json
from guatu.plans.models import PlanTemplate
from guatu.plans.policies import can_keep, region_of_templates, visible_templates
from guatu.plans.queries.beginnings import bared
from guatu.plans.templates_ready import BY_CODE, READY


@page("plans.draft", place="library")
def templates(request: HttpRequest) -> HttpResponse:
    """The ready templates and those of the office, with who keeps them."""
    own = [
        {"row": row, "nodes": len(row.content["nodes"])}
        for row in visible_templates(actor_of(request)).order_by("order", "name")
    ]
    context = {"page_title": _("计划模板"), "own": own, "ready": READY}
    return render(request, "plans/templates.html", context)


@page("plans.draft", place="library", methods=WRITE)
def ready(request: HttpRequest, code: str) -> HttpResponse:
    """One that came with the product: it is copied to be changed."""
    one = found(BY_CODE.get(code))
    actor = actor_of(request)
    region = region_of_templates(actor)
    if request.method == "POST":
        row = actions.save_template(
            actor=actor,
            region=found(region),
            code=str(new_public_id()),
            name=request.POST.get("name", "").strip()[:80] or str(one.name),
            words=str(one.words),
            content=one.content(),
        )
        tell(request, _("已复制为本地模板。"))
        return redirect("plans:own_template", row.public_id)
    context = {"page_title": str(one.name), "words": one.words, "may_copy": region is not None, **_rows(one.content())}
    return render(request, "plans/template.html", context)


def _rows(content: Content, typed: forms.TypedDraft | None = None) -> dict[str, Any]:
    told = typed or forms.shown(content, {})
    return {"rows": [{"row": row, "at": None} for row in told.rows], "typed": told, "crumbs": _crumbs()}


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("计划模板"), "url": reverse("plans:templates")}]


@page("plans.draft", place="library", methods=WRITE)
def own_template(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One of the office's own: its rows; who keeps it changes its name, words and nodes, or withdraws it."""
    row: PlanTemplate = found(visible_templates(actor_of(request)).filter(public_id=public_id).first())
    if request.method != "POST":
        return _shown(request, row)
    found(row if can_keep(actor_of(request), row) else None)
    version = seen_in(request)
    if request.POST.get("do") == "withdraw":
        actions.withdraw_template(actor=actor_of(request), template=row, seen=version)
        tell(request, _("模板已停用。"))
        return redirect("plans:templates")
    typed = forms.read(request.POST, from_json(row.content), {})
    if typed.content is None:
        return _shown(request, row, typed, status=422)
    try:
        _save(request, row, typed.content, version)
    except Conflict:
        row.refresh_from_db()
        said = _("您打开以后，别人改过这个模板。您填的还在下面，尚未存入；核对后再存，以您的为准。")
        return _shown(request, row, typed, status=409, refusal=said)
    except Refusal as refusal:
        return _shown(request, row, typed, status=refusal.status, refusal=str(refusal))
    return redirect("plans:own_template", public_id)


def _save(request: HttpRequest, row: PlanTemplate, content: Content, seen: int) -> None:
    deed, _colon, key = request.POST.get("do", "save").partition(":")
    changed = forms.rearranged(content, deed, key)
    actions.save_template(
        actor=actor_of(request),
        region=found(row.region),
        code=row.code,
        name=request.POST.get("title", "").strip()[:80] or row.name,
        words=request.POST.get("words", "").strip()[:600],
        content=bared(changed),
        seen=seen,
    )
    tell(request, _("模板已存入。") if deed == "save" else _("已更新。"))


def _shown(
    request: HttpRequest, row: PlanTemplate, typed: forms.TypedDraft | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "page_title": row.name,
        "row": row,
        "title": request.POST.get("title", row.name),
        "words": request.POST.get("words", row.words),
        "editable": can_keep(actor_of(request), row),
        "sittings": sitting_words_for(row.region) if row.region is not None else {},
        **_rows(from_json(row.content), typed),
        **more,
    }
    return render(request, "plans/template.html", context, status=status)
