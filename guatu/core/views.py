"""The system pages: health, jobs, the trail, the access log, what is registered, files."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core import access, health, job_signs, policies, registry_page, rights
from guatu.core.actions import cancel_job, start_job
from guatu.core.attachments import serve, visible_attachment
from guatu.core.job_page import job_context
from guatu.core.jobs import RUNNING
from guatu.core.lists import ACCESS, JOBS, TRAIL
from guatu.core.pages import ANYONE, SIGNED_IN, actor_of, found, page
from guatu.core.ui.views import components as component_page

SYSTEM_PAGES = (
    ("core:settings", "core.view_settings", gettext_lazy("设置"), gettext_lazy("全系统和各区划的设置，含修改历史")),
    ("core:jobs", SIGNED_IN, gettext_lazy("后台任务"), gettext_lazy("导入、导出、校验等较长的工作")),
    ("core:trail", "core.view_trail", gettext_lazy("操作记录"), gettext_lazy("谁何时办了什么，可校验是否完整")),
    ("core:access", "core.view_access", gettext_lazy("访问日志"), gettext_lazy("登录、拒绝、导出和查看个人信息")),
    (
        "core:registries",
        "core.view_system",
        gettext_lazy("登记一览"),
        gettext_lazy("部件、事实、联动、设置和地址"),
    ),
)


@page(ANYONE)
def healthz(request: HttpRequest) -> HttpResponse:
    """For a monitor: 200 while pages can be served, 503 otherwise; states only."""
    serving, parts = health.report()
    return JsonResponse(parts, status=200 if serving else 503, headers={"Cache-Control": "no-store"})


@page(ANYONE)
def favicon(request: HttpRequest) -> HttpResponse:
    """The seal for a browser that asks for the address of old, as it does beside a file or a JSON answer."""
    return redirect(static("guatu/seal.svg"), permanent=False)


@page("core.view_system", place="core.system")
def system(request: HttpRequest) -> HttpResponse:
    """The system pages that the post may open."""
    actor = actor_of(request)
    listed = [
        {"url": reverse(name), "label": words, "text": text}
        for name, right, words, text in SYSTEM_PAGES
        if right == SIGNED_IN or rights.can(actor, right).allowed
    ]
    return render(request, "core/system/index.html", {"page_title": _("系统"), "listed": listed})


@page("core.view_system", place="core.system")
def registries(request: HttpRequest) -> HttpResponse:
    """The generated page of everything that packages register."""
    context = {"page_title": _("登记一览"), "sections": registry_page.sections()}
    return render(request, "core/system/registries.html", context)


@page("core.view_trail", place="core.system")
def trail(request: HttpRequest) -> HttpResponse:
    """Search of the trail."""
    may_verify = rights.can(actor_of(request), "core.verify_trail").allowed
    context = {"page_title": _("操作记录"), "may_verify": may_verify}
    rows = policies.visible_entries(actor_of(request))
    return TRAIL.respond(request, rows, template="core/system/trail.html", context=context)


@page("core.verify_trail", methods=("POST",))
def verify_trail(request: HttpRequest) -> HttpResponse:
    """Start the check of the whole trail."""
    job = start_job(actor=actor_of(request), kind="core.verify_trail", words=_("校验操作记录"))
    return HttpResponseRedirect(reverse("core:job", args=[job.public_id]))


@page("core.view_access", place="core.system")
def access_log(request: HttpRequest) -> HttpResponse:
    """The access log; that somebody looked at it is itself noted."""
    access.note("personal", actor_of(request), subject="core.access")
    rows = policies.visible_access(actor_of(request))
    context = {"page_title": _("访问日志")}
    return ACCESS.respond(request, rows, template="core/system/table.html", context=context)


@page(SIGNED_IN, place="core.system")
def jobs(request: HttpRequest) -> HttpResponse:
    """The person's own jobs, or all of them for administrators."""
    rows = policies.visible_jobs(actor_of(request))
    context = {"page_title": _("后台任务")}
    return JOBS.respond(request, rows, template="core/system/table.html", context=context)


@page(SIGNED_IN, place="core.system")
def job(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One job with its progress bar."""
    row = found(policies.visible_jobs(actor_of(request)).filter(public_id=public_id).first())
    return render(request, "core/system/job.html", job_context(row))


@page(SIGNED_IN)
def job_progress(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The progress bar alone, asked for every second until the job has ended."""
    row = found(policies.visible_jobs(actor_of(request)).filter(public_id=public_id).first())
    return render(request, "core/system/job_progress.html", job_context(row))


@page("core.cancel_job", methods=("POST",))
def cancel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The wish to cancel a job: told beside the database first, which the job may hold for itself."""
    row = policies.visible_jobs(actor_of(request)).filter(public_id=public_id, state=RUNNING).first()
    if row is not None:
        job_signs.wish(row.public_id)
    cancel_job(actor=actor_of(request), public_id=public_id)
    return HttpResponseRedirect(reverse("core:job", args=[public_id]))


@page(SIGNED_IN)
def attachment(request: HttpRequest, public_id: UUID) -> Any:
    """A file, when the policy of its object lets the actor see it."""
    row = found(visible_attachment(actor_of(request), public_id))
    access.note("download", actor_of(request), subject=f"{row.about_kind}:{row.about_id}", detail=str(row.public_id))
    return serve(row)


components = page("core.view_system", place="core.system")(component_page)
