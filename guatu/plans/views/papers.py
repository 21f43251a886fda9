"""The papers of plans: the page on which they are chosen, and the files."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from guatu.core import access
from guatu.core.attachments import disposition
from guatu.core.pages import actor_of, page
from guatu.core.refusals import Refusal
from guatu.library.queries.tablepage import EVERY, lists_seen
from guatu.plans.paper_forms import PaperForm
from guatu.plans.papers.counts import Counts, counts_of
from guatu.plans.papers.files import KINDS, file_of
from guatu.plans.papers.selection import Selection, within


def _form(request: HttpRequest) -> PaperForm:
    """The form as the address fills it; 404 where it names a list or project out of reach."""
    actor = actor_of(request)
    alone = bool(request.GET.get("project"))
    lists = {str(row.public_id): row.name for row in lists_seen(actor)} | {EVERY: _("全部项目")}
    return PaperForm(request.GET, within=within(actor, request.GET), lists=lists, alone=alone)


@page("plans.view", place="library")
def papers(request: HttpRequest) -> HttpResponse:
    """Choose a paper, its projects and its span; what it will hold is counted before it is made."""
    return _chosen(request, _form(request))


def _chosen(request: HttpRequest, form: PaperForm) -> HttpResponse:
    """The page; 422 where a choice does not go, said beside its field."""
    asked = form.selection() if form.is_valid() else None
    project = form.within.projects[0][1] if form.alone else None
    counts, refusal = _counted(asked)
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
    }
    return render(request, "plans/papers.html", context, status=200 if asked and not refusal else 422)


def _counted(asked: Selection | None) -> tuple[Counts | None, Refusal | None]:
    """What the paper will hold, or why there can be none; the choice stays on the page."""
    try:
        return (None if asked is None else counts_of(asked)), None
    except Refusal as refusal:
        return None, refusal


@page("plans.view", place="library", rate=(30, 60))
def paper(request: HttpRequest, ending: str) -> HttpResponse:
    """A paper as a file; where there is nothing to print a sentence says so. Each download is logged."""
    form = _form(request)
    if not form.is_valid():
        return _chosen(request, form)
    if ending not in KINDS[form.cleaned_data["kind"]].endings:
        raise Refusal("plans.paper_kind")
    selection = form.selection()
    name, media_type, content = file_of(selection, ending)
    access.note("export", actor_of(request), subject=_subject(selection), detail=name[-300:])
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = disposition(name, inline=ending == "pdf")
    return response


def _subject(selection: Selection) -> str:
    """What the log says that the paper is about."""
    about = selection.project or selection.within.annual_list
    return "plans" if about is None else ":".join(about.trail_subject())
