"""A project's own closures: entered and ended after their consequence for its plan has been seen."""

from functools import cache
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from guatu.core import clock
from guatu.core.answers import reviewed
from guatu.core.pages import WRITE, actor_of, found, page
from guatu.library.models import Project
from guatu.people import actions as people
from guatu.people.models import WorkClosure
from guatu.people.policies import can_on_region
from guatu.people.queries import closures_for
from guatu.plans.closing import before, consequence
from guatu.plans.closure_forms import ClosureForm, WithdrawForm
from guatu.plans.views.common import project_of, tab_of

ADD, END = "people.add_closure", "people.end_closure"
WORDS = {"template": "plans/closure.html"}


def _project(request: HttpRequest, public_id: UUID, right: str) -> Project:
    """The project, where the post may also close sites in its region (404 otherwise)."""
    project = project_of(request, public_id, "plans.view")
    return found(project if can_on_region(actor_of(request), right, project.region).allowed else None)  # type: ignore[no-any-return]  # found() gives what it got


@page(ADD, place="library", methods=WRITE)
def add(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Enter days on which this project does no work, beside those of its region."""
    actor, project = actor_of(request), _project(request, public_id, ADD)
    form, stood = ClosureForm(request.POST or None), cache(lambda: before(project))

    def run() -> WorkClosure:
        stood()  # as the plan stands before the change; a page that only asks works nothing through
        values = {name: form.cleaned_data[name] for name in ("words", "kind", "starts_on", "ends_on", "document")}
        yearly = form.cleaned_data["repeats"] == "yearly"
        subject = project.trail_subject()
        return people.add_closure(actor=actor, region=project.region, subject=subject, yearly=yearly, **values)

    def show(row: WorkClosure) -> dict[str, Any]:
        return {"told": consequence(project, stood(), row), "adds": True}

    standing = closures_for(project.region, project.trail_subject(), clock.today())
    context = {"project": project, "standing": standing, "draft": f"plans.closure.{public_id}"}
    words = {**WORDS, "title": _("登记本项目停工"), "said": _("停工已登记。")}
    return reviewed(request, ADD, form, run, show, to=tab_of(project), context=context, **words)


@page(END, place="library", methods=WRITE)
def end(request: HttpRequest, public_id: UUID, closure_id: UUID) -> HttpResponse:
    """End a closure of this project; the region's are ended in the calendar."""
    actor, project = actor_of(request), _project(request, public_id, END)
    kind, key = project.trail_subject()
    rows = WorkClosure.objects.filter(subject_kind=kind, subject_id=key, ended_on=None).select_related("region")
    row: WorkClosure = found(rows.filter(public_id=closure_id).first())
    form = WithdrawForm(request.POST or None, initial={"seen": row.version})
    stood = cache(lambda: before(project))

    def run() -> WorkClosure:
        stood()
        standing = WorkClosure.objects.select_related("region").get(pk=row.pk)
        values = form.cleaned_data
        people.end_closure(actor=actor, closure=standing, on=values["on"], reason=values["reason"], seen=values["seen"])
        return standing

    def show(ended: WorkClosure) -> dict[str, Any]:
        return {"told": consequence(project, stood(), ended), "adds": False}

    context = {"project": project, "closure": row}
    words = {**WORDS, "title": _("撤销停工：%(name)s") % {"name": row.words}, "said": _("停工已撤销。")}
    return reviewed(request, END, form, run, show, to=tab_of(project), context=context, **words)
