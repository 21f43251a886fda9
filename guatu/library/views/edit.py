"""Forms of one project: register, change, counted attributes, stage, who answers."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from guatu.core import clock
from guatu.core.answers import answer
from guatu.core.pages import WRITE, actor_of, page
from guatu.library import actions, forms
from guatu.library.choices import Stage
from guatu.library.models import Project
from guatu.library.queries.gates import stage_choices
from guatu.library.queries.projects import profiles_as_of, step_order, steps_reached
from guatu.library.queries.search import find_projects
from guatu.library.views.projects import project_of

PROFILE = ("total_investment", "industry", "nature", "investor")


def _address(project: Project, tab: str = "") -> str:
    here = reverse("library:project", args=[project.public_id])
    return f"{here}?tab={tab}" if tab else here


@page("library.register_project", place="library", methods=WRITE)
def register(request: HttpRequest) -> HttpResponse:
    """Register a project."""
    actor, today = actor_of(request), clock.today()
    form = forms.RegisterForm(request.POST or None, actor=actor, initial={"secrecy": "open", "stage": Stage.IDEA})

    def run(values: dict[str, Any]) -> Project:
        row = actions.NewProject(
            name=values.pop("name"),
            region=values.pop("region"),
            stage=values.pop("stage"),
            stage_on=values.pop("stage_on"),
            profile={name: values.pop(name) for name in PROFILE},
            details={name: value for name, value in values.items() if name != "seen"},
        )
        return actions.register_project(actor=actor, row=row, on=today)

    context = {"draft": "library.register"}
    to, said = reverse("library:projects"), _("项目已登记。")
    return answer(request, form, run, title=_("登记项目"), to=to, said=said, then=_address, context=context)


@page("library.change_project", place="library", methods=WRITE)
def change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change what is said of a project, under the version that was open."""
    actor, row = actor_of(request), project_of(request, public_id, "library.change_project")
    form = forms.DetailsForm(request.POST or None)
    form.initial = form.initial_of(row)

    def run(values: dict[str, Any]) -> None:
        actions.change_project(actor=actor, project=row, seen=values.pop("seen"), values=values)

    context = {"draft": f"library.change.{public_id}"}
    title = _("修改项目信息：%(name)s") % {"name": row.name}
    return answer(request, form, run, title=title, to=_address(row), said=_("已存入。"), context=context)


@page("library.set_profile", place="library", methods=WRITE)
def profile(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change the attributes that figures count, from a day on."""
    actor, row = actor_of(request), project_of(request, public_id, "library.set_profile")
    now = profiles_as_of([row.pk], clock.today()).get(row.pk)
    initial = {name: getattr(now, name) for name in PROFILE} if now else {}
    form = forms.ProfileForm(
        request.POST or None, initial={**initial, "on": clock.today(), "seen": now.pk if now else 0}
    )

    def run(values: dict[str, Any]) -> None:
        told = {name: values[name] for name in PROFILE}
        on, reason, seen = (values[name] for name in ("on", "reason", "seen"))
        actions.set_profile(actor=actor, project=row, on=on, values=told, reason=reason, seen=seen)

    title = _("修改统计属性：%(name)s") % {"name": row.name}
    return answer(request, form, run, title=title, to=_address(row), said=_("已存入。"))


@page("library.change_stage", place="library", methods=WRITE)
def stage(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a project to a stage, through its gate; stop it; return it to work."""
    actor, row = actor_of(request), project_of(request, public_id, "library.change_stage")
    initial = {"on": clock.today(), "seen": row.version}
    form = forms.StageForm(request.POST or None, actor=actor, stages=stage_choices(row), initial=initial)

    def run(values: dict[str, Any]) -> None:
        if values["stage"] == "resume":
            values.pop("stage"), values.pop("approver")
            actions.resume(actor=actor, project=row, **values)
            return
        actions.change_stage(actor=actor, project=row, **values)

    title = _("变更阶段：%(name)s") % {"name": row.name}
    return answer(request, form, run, title=title, to=_address(row, "stages"), said=_("阶段已变更。"))


@page("library.change_stage", place="library", methods=WRITE)
def withdraw_stage(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take back a step that was recorded in error."""
    actor, row = actor_of(request), project_of(request, public_id, "library.change_stage")
    steps = sorted(steps_reached([row.pk], clock.today()).get(row.pk, []), key=step_order)
    form = forms.WithdrawStageForm(request.POST or None, steps=steps, initial={"seen": row.version})

    def run(values: dict[str, Any]) -> None:
        actions.withdraw_stage(actor=actor, project=row, **values)

    title = _("撤销误登的阶段：%(name)s") % {"name": row.name}
    return answer(request, form, run, title=title, to=_address(row, "stages"), said=_("误登的阶段已撤销。"))


@page("library.assign", place="library", methods=WRITE)
def assign(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Name who answers for a project in a role."""
    actor, row = actor_of(request), project_of(request, public_id, "library.assign")
    initial = {"on": clock.today(), "seen": actions.last_known(row)}
    form = forms.AssignForm(request.POST or None, actor=actor, initial=initial)

    def run(values: dict[str, Any]) -> None:
        actions.assign(actor=actor, project=row, known=values.pop("seen"), **values)

    title = _("落实责任：%(name)s") % {"name": row.name}
    return answer(request, form, run, title=title, to=_address(row, "people"), said=_("已落实。"))


@page("library.view", place="library")
def options(request: HttpRequest) -> HttpResponse:
    """The projects that a typed text may mean, as options of an input; those of one name are told apart by region."""
    rows = find_projects(actor_of(request), str(next(iter(request.GET.values()), ""))[:80], 12)
    names = [row.name for row in rows]
    offered = (
        (row.name if names.count(row.name) == 1 else f"{row.name}｜{row.region.name}", row.region.name) for row in rows
    )
    return HttpResponse(format_html_join("", '<option value="{}">{}</option>', offered))
