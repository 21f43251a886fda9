"""The pages of a draft: begin, change row by row, see what comes of it, submit, approve, return."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import clock
from guatu.core.pages import WRITE, actor_of, found, page, seen_in
from guatu.core.refusals import Conflict, Refusal
from guatu.core.undo_views import tell
from guatu.library.models import Project
from guatu.people.queries import sitting_words_for
from guatu.plans import actions, begun_page, draft_conflict, forms, node_forms
from guatu.plans.choices import DraftState
from guatu.plans.compute import answer_of, calendars_of, repaired
from guatu.plans.content import Content, from_json
from guatu.plans.content_changes import Compared, compared
from guatu.plans.draft_page import Outcome, outcome_of, page_of
from guatu.plans.models import PlanDraft
from guatu.plans.policies import can_approve, can_on
from guatu.plans.queries import beginnings
from guatu.plans.queries.drafts import draft_of, node_ids, plan_row, real_of, standing_content
from guatu.plans.views.common import project_of, tab_of, unit_names, units_by_name

EDITABLE = (DraftState.OPEN, DraftState.RETURNED)


@page("plans.draft", place="library", methods=WRITE)
def begin(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Choose what a draft begins with."""
    actor, project = actor_of(request), project_of(request, public_id, "plans.draft")
    if draft_of(project) is not None and request.method != "POST":
        return redirect("plans:draft", public_id)
    form = node_forms.BeginForm(request.POST or None, initial={"deadline": beginnings.deadline_known(project)})
    shown: dict[str, Any] = {
        "page_title": _("编制计划：%(name)s") % {"name": project.name},
        "project": project,
        "form": form,
    }
    status = 200
    if request.method == "POST":
        try:
            if form.is_valid():
                return _begun(request, project, _beginning(request, project, form.cleaned_data["deadline"]))
        except Refusal as refusal:
            shown["refusal"] = str(refusal)
        status = 422
    shown |= {"templates": beginnings.templates_for(project), "like": beginnings.like_projects(actor, project)}
    shown |= {"plan": plan_row(project), "back": tab_of(project), "draft": draft_of(project)}
    return render(request, "plans/begin.html", shown, status=status)


def _from(request: HttpRequest) -> tuple[str, str]:
    """What the draft begins with: its kind and which."""
    kind, _colon, key = request.POST.get("from", "empty").partition(":")
    return kind, key


def _begun(request: HttpRequest, project: Project, content: Content) -> HttpResponse:
    """Begin the draft; a project under way is asked before what of the plan lies behind it."""
    asked = begun_page.BegunPage(project, content, request.POST)
    ready: Content | None = content
    if draft_of(project) is None and asked.asks and _from(request)[0] in ("template", "project"):
        ready = asked.settled()
    if ready is not None:
        actions.begin_draft(actor=actor_of(request), project=project, content=ready)
        return redirect("plans:draft", project.public_id)
    context = {
        "page_title": _("核对已完成的节点：%(name)s") % {"name": project.name},
        "project": project,
        "asked": asked,
        "begins": request.POST.get("from", "")[:80],
        "deadline": request.POST.get("deadline", "")[:30],
        "back": reverse("plans:begin", args=[project.public_id]),
    }
    wrong = asked.refusal or asked.form.errors
    return render(request, "plans/begun.html", context, status=422 if wrong else 200)


def _beginning(request: HttpRequest, project: Project, deadline: Any) -> Content:
    kind, key = _from(request)
    if kind == "template":
        return beginnings.content_from_template(project, key, deadline)
    if kind == "present":
        return beginnings.content_in_force(project)
    if kind == "project":
        rows = beginnings.like_projects(actor_of(request), project)
        other = next((row for row in rows if str(row.public_id) == key), None)
        return beginnings.content_from_project(found(other), deadline)
    return Content(deadline=deadline)


@page("plans.draft", place="library", methods=WRITE)
def draft(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The draft under way: its rows, what they come to; every button keeps what was typed."""
    project = project_of(request, public_id, "plans.draft")
    row = draft_of(project)
    if row is None:
        return redirect("plans:begin", public_id)
    names = unit_names(request)
    if request.method != "POST":
        return _shown(request, row, forms.shown(from_json(row.content), names))
    own = node_ids(project) if seen_in(request) == row.version else None
    typed = forms.read(request.POST, from_json(row.content), units_by_name(names), own)
    if typed.content is None:
        return _shown(request, row, typed, status=422)
    try:
        return _carry_out(request, row, typed.content)
    except Conflict as conflict:
        row.refresh_from_db()
        both, shown = draft_conflict.beside(row, conflict, typed.content, names)
        return _shown(request, row, both, status=409, **shown)
    except Refusal as refusal:
        row.refresh_from_db()
        return _shown(request, row, typed, status=refusal.status, refusal=str(refusal))


def _carry_out(request: HttpRequest, row: PlanDraft, content: Content) -> HttpResponse:
    actor, seen = actor_of(request), seen_in(request)
    deed, _colon, key = request.POST.get("do", "save").partition(":")
    if deed == "submit":
        reason = request.POST.get("reason", "")
        actions.submit_draft(actor=actor, draft=row, seen=seen, reason=reason, content=content)
        tell(request, _("计划已提交，等待批准。"))
        return redirect(tab_of(row.project))
    actions.change_draft(actor=actor, draft=row, seen=seen, content=_changed(row, content, deed, key))
    tell(request, {"adopt": _("已采用，草案已重新推算。"), "save": _("草案已存入。")}.get(deed, _("已更新。")))
    return redirect("plans:draft", row.project.public_id)


def _changed(row: PlanDraft, content: Content, deed: str, key: str) -> Content:
    if deed == "adopt":
        today = clock.today()
        real = real_of(plan_row(row.project), today)
        return repaired(answer_of(content, calendars_of(row.project), today, real), key)
    return forms.rearranged(content, deed, key)


def _outcome(request: HttpRequest, row: PlanDraft, content: Content | None) -> Outcome:
    opened = (request.POST.get("chart") or request.GET.get("chart", ""))[:8]
    return outcome_of(row.project, content, real_of(plan_row(row.project), clock.today()), opened)


def _shown(
    request: HttpRequest, row: PlanDraft, typed: forms.TypedDraft, status: int = 200, **more: Any
) -> HttpResponse:
    actor, project = actor_of(request), row.project
    context = {
        "page_title": _("计划草案：%(name)s") % {"name": project.name},
        **page_of(project, typed, _outcome(request, row, typed.content)),
        "draft": row,
        "editable": row.state in EDITABLE,
        "submitted": row.state == DraftState.SUBMITTED,
        "may_approve": row.state == DraftState.SUBMITTED and can_approve(actor, row).allowed,
        "compared": _compared(row, typed.content, unit_names(request)),
        "is_office": can_on(actor, "plans.approve", project).allowed,
        "units": sorted(unit_names(request).values()),
        "sittings": sitting_words_for(project.region),
        "back": tab_of(project),
        "reason": request.POST.get("reason", row.reason)[:300],
        **more,
    }
    return render(request, "plans/draft.html", context, status=status)


def _compared(row: PlanDraft, content: Content | None, units: dict[str, str]) -> Compared | None:
    """What the draft changes of the plan in force; None before the first plan, and of what cannot be read."""
    standing = standing_content(row.project)
    return None if standing is None or content is None else compared(standing, content, units)


@page("plans.draft", place="library", methods=("POST",))
def preview(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What the typed rows come to; nothing is kept."""
    row: PlanDraft = found(draft_of(project_of(request, public_id, "plans.draft")))
    names = units_by_name(unit_names(request))
    typed = forms.read(request.POST, from_json(row.content), names, node_ids(row.project))
    context = {
        **page_of(row.project, typed, _outcome(request, row, typed.content)),
        "draft": row,
        "editable": True,
        "live": True,
    }
    return render(request, "plans/partials/outcome.html", context)


@page("plans.draft", place="library", methods=("POST",))
def decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Approve, return, take back or drop the draft."""
    actor, project = actor_of(request), project_of(request, public_id, "plans.draft")
    row: PlanDraft = found(draft_of(project))
    deed, text = request.POST.get("do", ""), request.POST.get("reason", "")
    seen = seen_in(request)
    if deed == "approve":
        document = request.POST.get("document", "")[:160]
        version = actions.approve_draft(actor=actor, draft=row, seen=seen, document=document, answer=text)
        tell(request, _("计划已批准，为第 %(n)d 版。") % {"n": version.number})
    elif deed == "return":
        actions.return_draft(actor=actor, draft=row, seen=seen, reason=text)
        tell(request, _("草案已退回。"))
    elif deed == "take_back":
        actions.take_back_draft(actor=actor, draft=row, seen=seen)
        return redirect("plans:draft", public_id)
    elif deed == "drop":
        actions.drop_draft(actor=actor, draft=row, seen=seen, reason=text)
        tell(request, _("草案已放弃。"))
    return redirect(tab_of(project) if deed else reverse("plans:draft", args=[public_id]))
