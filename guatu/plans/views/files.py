"""Plans as files of other programs: down as MS Project's XML or a node sheet, up as a draft."""

from datetime import date
from tempfile import NamedTemporaryFile
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from guatu.core import access, clock
from guatu.core.file_types import MEDIA_TYPES
from guatu.core.pages import actor_of, found, page
from guatu.core.typed import day_typed
from guatu.domain.errors import DomainError
from guatu.people.queries import sittings_for
from guatu.plans import actions
from guatu.plans.compute import calendars_of, require_few
from guatu.plans.content import Content
from guatu.plans.content_changes import compared
from guatu.plans.exports.mspdi import write_mspdi
from guatu.plans.exports.sheet import write_sheet
from guatu.plans.file_calendars import unmatched
from guatu.plans.file_rows import Around, content_of_file, file_of
from guatu.plans.imports.child import read_plan
from guatu.plans.imports.unread import WORDS
from guatu.plans.plan_file import PlanFile
from guatu.plans.queries.drafts import content_of, standing_content
from guatu.plans.queries.plan import plan_of
from guatu.plans.views.common import project_of, unit_names, units_by_name

KINDS = {
    "xml": (write_mspdi, "application/xml"),
    "xlsx": (write_sheet, MEDIA_TYPES["xlsx"]),
}


@page("plans.view", place="library")
def download(request: HttpRequest, public_id: UUID, ending: str) -> HttpResponse:
    """The plan in force as a file; each download is logged."""
    project = project_of(request, public_id, "plans.view")
    view = found(plan_of(project, clock.today()))
    if ending not in KINDS:
        raise Http404
    write, kind = KINDS[ending]
    data = write(file_of(project.name, view, content_of(view.plan), calendars_of(project)))
    access.note("export", actor_of(request), subject=":".join(project.trail_subject()), detail=f"plan.{ending}")
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="plan-{project.public_id}.{ending}"'
    return response


@page("plans.draft", place="library", methods=("POST",), rate=(5, 60))  # the largest file keeps a core busy for 12 s
def upload(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Begin a draft from a file; what of it is not taken over is said."""
    project = project_of(request, public_id, "plans.draft")
    sent = request.FILES.get("file")
    if sent is None:
        return redirect("plans:begin", public_id)
    with NamedTemporaryFile(suffix=".plan") as held:
        for chunk in sent.chunks():
            held.write(chunk)
        held.flush()
        plan = read_plan(held.name, name=str(sent.name)[:120], year=clock.today().year)
    require_few(len(plan.nodes))
    around = Around(
        units=units_by_name(unit_names(request)),
        sittings=sittings_for(project.region),
        standing=standing_content(project),
    )
    content = content_of_file(plan, around, _deadline(request))
    actions.begin_draft(actor=actor_of(request), project=project, content=content)
    _tell(request, plan, unmatched(plan, around.sittings))
    _tell_compared(request, around.standing, content)
    return redirect("plans:draft", public_id)


def _deadline(request: HttpRequest) -> date | None:
    """The deadline that was typed beside the file; what cannot be read is asked for in the draft."""
    try:
        return day_typed(request.POST.get("deadline", "")[:30]).day
    except DomainError:
        return None


def _tell_compared(request: HttpRequest, standing: Content | None, content: Content) -> None:
    """What the file changes of the plan in force: the draft's page has it row by row."""
    if standing is None:
        return
    found = compared(standing, content)
    count = {"new": len(found.new), "changed": len(found.changed), "gone": len(found.gone), "same": found.same}
    said = _("按编号和名称对上现行计划：新增 %(new)d 个、改动 %(changed)d 个、删去 %(gone)d 个、未变 %(same)d 个节点。")
    messages.info(request, said % count)


def _tell(request: HttpRequest, plan: PlanFile, calendars: list[str]) -> None:
    told = "；".join(
        [*(f"{WORDS[one.code]}（{one.count}）" for one in plan.unread)]
        + [_("日历“%(name)s”没有对应的会期，其节点按工作日计算") % {"name": name} for name in calendars]
    )
    messages.success(request, _("已读入 %(n)d 个节点。") % {"n": len(plan.nodes)})
    if told:
        messages.warning(request, _("没有照搬的：%(told)s") % {"told": told})
