"""The papers of plans: the page on which they are chosen, the files, and large ones made in the background."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guatu.core import access
from guatu.core.actions import start_job
from guatu.core.attachments import disposition
from guatu.core.file_types import MEDIA_TYPES
from guatu.core.models import Job
from guatu.core.pages import actor_of, found, page
from guatu.core.refusals import Refusal
from guatu.plans.paper_forms import PaperForm, form_of
from guatu.plans.papers import made
from guatu.plans.papers.counts import Counts, counts_of
from guatu.plans.papers.files import KINDS, file_of, takes_long
from guatu.plans.papers.selection import Selection


@page("plans.view", place="library")
def papers(request: HttpRequest) -> HttpResponse:
    """Choose a paper, its projects and its span; what it will hold is counted before it is made."""
    return _chosen(request, form_of(actor_of(request), request.GET))


def _chosen(request: HttpRequest, form: PaperForm) -> HttpResponse:
    """The page; 422 where a choice does not go, said beside its field."""
    asked = form.selection() if form.is_valid() else None
    project = form.within.projects[0][1] if form.alone else None
    counts, refusal = _counted(asked)
    endings = [] if asked is None or counts is None else KINDS[asked.kind].endings
    context: dict[str, Any] = {
        "page_title": _("打印任务单、路线图、时间表"),
        "form": form,
        "project": project,
        "row": form.within.annual_list,
        "day": form.within.day,
        "kind": None if asked is None else KINDS[asked.kind],
        "counts": counts,
        "refusal": refusal,
        "asked": asked,
        "query": _asked(form),
        "endings": [(ending, asked is not None and takes_long(asked, ending)) for ending in endings],
    }
    context["long"] = [ending for ending, long in context["endings"] if long]
    return render(request, "plans/papers.html", context, status=200 if asked and not refusal else 422)


def _counted(asked: Selection | None) -> tuple[Counts | None, Refusal | None]:
    """What the paper will hold, or why there can be none; the choice stays on the page."""
    try:
        return (None if asked is None else counts_of(asked)), None
    except Refusal as refusal:
        return None, refusal


def _asked(form: PaperForm) -> str:
    """The address of the choice, its project with it."""
    told = QueryDict(mutable=True)
    if form.alone:
        told["project"] = str(form.within.projects[0][1].public_id)
    told.update({name: form.data[name] for name in form.fields if form.data.get(name)})
    return told.urlencode()


@page("plans.view", place="library", rate=(30, 60))
def paper(request: HttpRequest, ending: str) -> HttpResponse:
    """A paper as a file; where there is nothing to print a sentence says so. Each download is logged."""
    form = form_of(actor_of(request), request.GET)
    if not form.is_valid():
        return _chosen(request, form)
    selection = _selection(form, ending)
    if takes_long(selection, ending):
        return HttpResponseRedirect(f"{reverse('plans:papers')}?{_asked(form)}")
    name, media_type, content = file_of(selection, ending)
    access.note("export", actor_of(request), subject=_subject(selection), detail=name[-300:])
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = disposition(name, inline=ending == "pdf")
    return response


def _selection(form: PaperForm, ending: str) -> Selection:
    if ending not in KINDS[form.cleaned_data["kind"]].endings:
        raise Refusal("plans.paper_kind")
    return form.selection()


@page("plans.view", place="library", methods=("POST",), rate=(10, 60))
def order(request: HttpRequest, ending: str) -> HttpResponse:
    """Have a large paper made in the background; the page of its job shows how far it is and gives the file."""
    actor = actor_of(request)
    form = form_of(actor, QueryDict(request.POST.get("asked", "")[:2000]))
    if not form.is_valid():
        return _chosen(request, form)
    selection = _selection(form, ending)
    counted = counts_of(selection)
    if not counted.planned:
        raise Refusal("plans.paper_no_plans" if counted.projects else "plans.paper_no_projects", count=counted.projects)
    payload = {"asked": _asked(form), "ending": ending, "language": get_language()}
    words = _("生成{paper}（{ending}，{n} 个项目）").format(
        paper=KINDS[selection.kind].words, ending=ending, n=counted.projects
    )
    row = made.under_way(actor, payload) or start_job(actor=actor, kind=made.KIND, words=words, payload=payload)
    return HttpResponseRedirect(reverse("core:job", args=[row.public_id]))


@page("plans.view", place="library", rate=(30, 60))
def paper_made(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A paper that was made in the background, for whoever ordered it; each download is logged."""
    row: Job = found(made.ordered(actor_of(request), public_id))
    there = made.kept(row)
    if there is None:
        raise Refusal("plans.paper_gone")
    name, path = there
    access.note("export", actor_of(request), subject="plans", detail=name[-300:])
    response = HttpResponse(path.read_bytes(), content_type=MEDIA_TYPES[path.suffix[1:]])
    response["Content-Disposition"] = disposition(name)
    return response


def _subject(selection: Selection) -> str:
    """What the log says that the paper is about."""
    about = selection.project or selection.within.annual_list
    return "plans" if about is None else ":".join(about.trail_subject())
