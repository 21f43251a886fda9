"""Leaving the library: 项目库退库, by two persons, with reason and paper."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.core.registries import run_duties
from guatu.core.writing import action, current, require_reason
from guatu.library.actions.stages import take_step
from guatu.library.choices import Stage
from guatu.library.models import Project, StageChange
from guatu.library.policies import require_approver, require_projects
from guatu.library.queries.lists import entries_of_projects
from guatu.library.queries.projects import steps_reached
from guatu.people.models import Post


@action("library.exit_project", _("办理项目库退库"))
def exit_project(
    *,
    actor: Actor,
    project: Project,
    seen: int | None,
    on: date,
    reason: str,
    approver: Post,
    document: str = "",
) -> StageChange:
    """Take a project out of the library from a day on. It must have left the year's lists before; it is never deleted.

    The approver is another person's post that may approve exits.
    """
    require_projects(actor, "library.exit_project", [project])
    text = require_reason(reason, _("项目库退库"))
    if on > clock.today():
        raise Refusal("library.stage_in_future", day=on)
    if project.stage == Stage.EXITED:
        raise Refusal("library.exited_already", name=project.name)
    approved_by = require_approver(actor, approver, "library.approve_exit", project)
    lists = [
        entry.annual_list.name
        for entry in entries_of_projects([project.pk], on).get(project.pk, [])
        if entry.annual_list.year >= on.year
    ]
    if lists:
        raise Refusal("library.still_listed", name=project.name, lists="、".join(lists))
    current().about(project, reason=text, name=project.name, approver=approved_by)
    earlier = steps_reached([project.pk], clock.today()).get(project.pk, [])
    step = take_step(
        actor,
        project,
        seen,
        StageChange(
            project=project,
            stage=Stage.EXITED,
            occurrence=sum(row.stage == Stage.EXITED for row in earlier),
            effective_on=on,
            reason=text,
            document=document,
            passed_by=approved_by,
        ),
    )
    run_duties("library.exit_project", actor=actor, project=project, step=step)
    return step
