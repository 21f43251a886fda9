"""Moving a node on the wall chart: what would follow, and keeping it as a draft of the plan."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from guatu.core import clock
from guatu.core.logs import as_uuid
from guatu.core.pages import actor_of, found, page
from guatu.core.refusals import Refusal
from guatu.library.models import Project
from guatu.plans import actions
from guatu.plans.policies import projects_of
from guatu.plans.queries.what_if import WhatIf, what_if


def _asked(request: HttpRequest) -> tuple[Project, str, date]:
    """The project (404 where the post may not draft), the node's name, the day."""
    public_id: UUID | None = as_uuid(request.POST.get("project", ""))
    seen = projects_of(actor_of(request), "plans.draft").select_related("region")
    row = found(None if public_id is None else seen.filter(public_id=public_id).first())
    typed = request.POST.get("day", "")
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise Refusal("dispatch.wall_day", typed=typed[:20]) from None
    return row, request.POST.get("node", "")[:80], day


def _dialog(request: HttpRequest, status: int = 200, **context: object) -> HttpResponse:
    shown = {"id": "wall-moved", "title": _("改动预览，尚未保存"), "auto": True, **context}
    return render(request, "dispatch/partials/wall_moved.html", shown, status=status)


@page("plans.draft", place="wallchart", methods=("POST",))
def move(request: HttpRequest) -> HttpResponse:
    """The consequences, as a dialog; nothing is saved."""
    try:
        project, node, day = _asked(request)
        what = what_if(project, node, day, clock.today())
    except Refusal as refusal:
        return _dialog(request, 422, refusal=refusal)
    return _dialog(request, what=what)


@page("plans.draft", place="wallchart", methods=("POST",))
def keep(request: HttpRequest) -> HttpResponse:
    """Put the moved node into the plan's draft, begun where there is none."""
    project, node, day = _asked(request)
    what: WhatIf = what_if(project, node, day, clock.today())
    actor = actor_of(request)
    if what.draft is None:
        actions.begin_draft(actor=actor, project=project, content=what.content)
    else:
        actions.change_draft(actor=actor, draft=what.draft, seen=what.draft.version, content=what.content)
    return redirect("plans:draft", project.public_id)
