"""Changing a node on the wall chart: what would follow, and keeping it as a draft of the plan."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from guatu.core import clock
from guatu.core.logs import as_uuid
from guatu.core.pages import actor_of, found, page
from guatu.core.refusals import Conflict, Refusal
from guatu.library.models import Project
from guatu.plans import actions
from guatu.plans.policies import projects_of
from guatu.plans.queries.what_if import EDGES, Change, WhatIf, what_if

SHOWN = 8
"""Nodes that follow and are listed at once; the others fold."""


def _asked(request: HttpRequest) -> WhatIf:
    """The change that is asked for, worked through; 404 where the post may not draft."""
    public_id: UUID | None = as_uuid(request.POST.get("project", ""))
    seen = projects_of(actor_of(request), "plans.draft").select_related("region")
    project: Project = found(None if public_id is None else seen.filter(public_id=public_id).first())
    asked = request.POST.get("edge", "move")
    edge = next((name for name in EDGES if name == asked), None)
    if edge is None:
        raise Refusal("dispatch.bad_choice", name="edge", value=asked[:20])
    finish = _day(request.POST.get("day", ""))
    start = _day(request.POST.get("start", "")) if edge in ("start", "both") else None
    return what_if(project, request.POST.get("node", "")[:120], Change(edge, finish, start), clock.today())


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise Refusal("dispatch.wall_day", typed=typed[:20]) from None


def _shown(request: HttpRequest, status: int = 200, what: WhatIf | None = None, **more: Any) -> HttpResponse:
    """As a dialog over the chart; as a page of its own where the browser asked for one."""
    context = {"id": "wall-moved", "title": _("改动预览，尚未保存"), "what": what, **more}
    if what is not None:
        context |= {"first": what.moved[:SHOWN], "rest": what.moved[SHOWN:]}
    if getattr(request, "htmx", None):
        return render(request, "dispatch/partials/wall_moved.html", {**context, "auto": True}, status=status)
    shown = {**context, "still": True, "page_title": _("挂图改动")}
    return render(request, "dispatch/wall_moved.html", shown, status=status)


@page("plans.draft", place="wallchart", methods=("POST",))
def move(request: HttpRequest) -> HttpResponse:
    """The consequences, as a dialog; nothing is saved."""
    try:
        return _shown(request, what=_asked(request))
    except Refusal as refusal:
        return _shown(request, 422, refusal=refusal)


@page("plans.draft", place="wallchart", methods=("POST",))
def keep(request: HttpRequest) -> HttpResponse:
    """Put the change into the plan's draft, begun where there is none; shown anew where somebody was quicker."""
    try:
        what = _asked(request)
        if request.POST.get("seen", "") == what.seen:
            try:
                return _kept(request, what)
            except Conflict:
                what = _asked(request)
    except Refusal as refusal:
        return _shown(request, refusal.status, refusal=refusal)
    changed = Refusal("dispatch.wall_changed", name=what.project.name)
    return _shown(request, changed.status, what, refusal=changed)


def _kept(request: HttpRequest, what: WhatIf) -> HttpResponse:
    actor = actor_of(request)
    if what.draft is None:
        actions.begin_draft(actor=actor, project=what.project, content=what.content)
    else:
        actions.change_draft(actor=actor, draft=what.draft, seen=what.draft.version, content=what.content)
    return redirect("plans:draft", what.project.public_id)
