"""Plans as files of other programs: down as MS Project's XML or a node sheet, up as a draft."""

from tempfile import NamedTemporaryFile
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from guatu.core import access, clock
from guatu.core.pages import actor_of, found, page
from guatu.core.typed import day_typed
from guatu.domain.errors import DomainError
from guatu.plans import actions
from guatu.plans.exports.mspdi import write_mspdi
from guatu.plans.exports.sheet import write_sheet
from guatu.plans.file_rows import content_of_file, file_of
from guatu.plans.imports.child import read_plan
from guatu.plans.imports.unread import WORDS
from guatu.plans.plan_file import PlanFile
from guatu.plans.queries.drafts import content_of
from guatu.plans.queries.plan import plan_of
from guatu.plans.views.common import project_of, unit_names, units_by_name

KINDS = {
    "xml": (write_mspdi, "application/xml"),
    "xlsx": (write_sheet, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@page("plans.view", place="library")
def download(request: HttpRequest, public_id: UUID, ending: str) -> HttpResponse:
    """The plan in force as a file; each download is logged."""
    project = project_of(request, public_id, "plans.view")
    view = found(plan_of(project, clock.today()))
    if ending not in KINDS:
        raise Http404
    write, kind = KINDS[ending]
    data = write(file_of(project.name, view, content_of(view.plan)))
    access.note("export", actor_of(request), subject=":".join(project.trail_subject()), detail=f"plan.{ending}")
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="plan-{project.public_id}.{ending}"'
    return response


@page("plans.draft", place="library", methods=("POST",), rate=(20, 60))
def upload(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Begin a draft from a file; what of it is not taken over is said."""
    project = project_of(request, public_id, "plans.draft")
    sent = request.FILES.get("file")
    if sent is None:
        return redirect("plans:begin", public_id)
    try:
        deadline = day_typed(request.POST.get("deadline", "")[:30]).day
    except DomainError:
        deadline = None
    with NamedTemporaryFile(suffix=".plan") as held:
        for chunk in sent.chunks():
            held.write(chunk)
        held.flush()
        plan = read_plan(held.name, name=str(sent.name)[:120], year=clock.today().year)
    content = content_of_file(plan, units_by_name(unit_names(request)), deadline)
    actions.begin_draft(actor=actor_of(request), project=project, content=content)
    _tell(request, plan)
    return redirect("plans:draft", public_id)


def _tell(request: HttpRequest, plan: PlanFile) -> None:
    told = "；".join(f"{WORDS[one.code]}（{one.count}）" for one in plan.unread)
    messages.success(request, _("已读入 %(n)d 个节点。") % {"n": len(plan.nodes)})
    if told:
        messages.warning(request, _("没有照搬的：%(told)s") % {"told": told})
