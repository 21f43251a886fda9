"""A project's way from idea to full output: steps through gates, stops, returns to work, corrections of a date."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.bulk import new_row
from guatu.core.refusals import Refusal
from guatu.core.registries import run_duties
from guatu.core.writing import Recorded, action, current, require_reason
from guatu.library.actions.booking import replace_event
from guatu.library.choices import Stage
from guatu.library.models import Project, StageChange
from guatu.library.policies import require_approver, require_projects
from guatu.library.queries.gates import allowed_stages, gate_result
from guatu.library.queries.projects import present_stage, step_order, steps_reached
from guatu.people.models import Post


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRow:
    """One step as an import or a history brings it: no gate is asked, the paper says what happened."""

    project: Project
    stage: str
    on: date
    resumed: bool = False
    occurrence: int = 0
    reason: str = ""
    document: str = ""


def first_stages(rows: Sequence[tuple[Project, str, date]]) -> None:
    """The stage in which each new project is registered, and the day since which; the project has both as its cache."""
    current().record_many(
        [new_row(StageChange, project=project, stage=stage, effective_on=on) for project, stage, on in rows]
    )


def refresh_stages(projects: Iterable[Project]) -> int:
    """Compute the cached stage of projects again from their steps; how many differed."""
    listed = {project.pk: project for project in projects}
    steps = steps_reached(listed, clock.today())
    moved = []
    for key, project in listed.items():
        stage, on = present_stage(steps.get(key, []))
        if (project.stage, project.stage_on) != (stage, on):
            project.stage, project.stage_on = stage, on
            moved.append(project)
    current().cache(moved, ["stage", "stage_on"])
    return len(moved)


@action("library.record_stages", _("成批登记项目阶段"))
def record_stages(*, actor: Actor, rows: Sequence[StageRow]) -> Recorded:
    """Record many steps as papers state them. Another date for the same step corrects the former one."""
    require_projects(actor, "library.record_stages", {row.project.pk: row.project for row in rows}.values())
    facts = [
        StageChange(
            project=row.project,
            stage=row.stage,
            resumed=row.resumed,
            occurrence=row.occurrence,
            effective_on=row.on,
            reason=row.reason,
            document=row.document,
        )
        for row in rows
    ]
    done = replace_event(facts)
    refresh_stages({row.project.pk: row.project for row in rows}.values())
    current().about(None, count=len(rows))
    return done


@action("library.change_stage", _("变更项目阶段"))
def change_stage(
    *,
    actor: Actor,
    project: Project,
    seen: int | None,
    stage: str,
    on: date,
    reason: str = "",
    document: str = "",
    approver: Post | None = None,
) -> StageChange:
    """Take a project to a stage on a day that has come, through the region's gate.

    A gate that is not met needs a named approver of another person and a reason; both stay with the step. Naming a
    stage that was reached before corrects its date: the former row is withdrawn. A stop needs a reason.
    """
    require_projects(actor, "library.change_stage", [project])
    act = current()
    if on > clock.today():
        raise Refusal("library.stage_in_future", day=on)
    if stage == Stage.SUSPENDED:
        require_reason(reason, _("停缓建"))
    act.about(project, reason=reason, name=project.name, stage=str(Stage(stage).label))
    steps = steps_reached([project.pk], clock.today()).get(project.pk, [])
    known = [step for step in steps if step.stage == stage and not step.resumed]
    again = stage in (Stage.SUSPENDED, Stage.EXITED) and project.stage != stage
    if known and not again:
        return _correct(actor, project, seen, known[-1], on, reason)
    _check_way(project, steps, stage, on)
    fact = StageChange(
        project=project, stage=stage, effective_on=on, reason=reason.strip(), document=document, occurrence=len(known)
    )
    _pass_gate(actor, project, fact, approver)
    return take_step(actor, project, seen, fact)


def _check_way(project: Project, steps: Sequence[StageChange], stage: str, on: date) -> None:
    allowed = allowed_stages(project, steps)
    if stage not in allowed:
        raise Refusal(
            "library.stage_not_allowed",
            name=project.name,
            now=str(Stage(project.stage).label),
            then=str(Stage(stage).label),
            allowed="、".join(str(Stage(step).label) for step in allowed),
        )
    _check_order(project, steps, on)


def _check_order(project: Project, steps: Sequence[StageChange], on: date) -> None:
    if steps and on < steps[-1].effective_on:
        last = steps[-1]
        raise Refusal(
            "library.stage_before_last",
            name=project.name,
            last=last.effective_on,
            stage=str(Stage(last.stage).label),
            day=on,
        )


def _pass_gate(actor: Actor, project: Project, fact: StageChange, approver: Post | None) -> None:
    """Hold the project against the gate; what is unmet is written into the step with who let it pass."""
    unmet = gate_result(project, fact.stage, fact.effective_on)
    if not unmet:
        return
    if approver is None:
        raise Refusal(
            "library.gate_not_met",
            items=unmet,
            name=project.name,
            stage=str(Stage(fact.stage).label),
            count=len(unmet),
        )
    require_reason(fact.reason, _("放行未满足条件的项目"))
    fact.passed_by = require_approver(actor, approver, "library.pass_gate", project)
    fact.unmet = unmet


def _correct(
    actor: Actor, project: Project, seen: int | None, former: StageChange, on: date, reason: str
) -> StageChange:
    if former.effective_on == on:
        raise Refusal("library.stage_unchanged", name=project.name, stage=former.get_stage_display(), day=on)
    require_reason(reason, _("更正阶段日期"))
    kept: dict[str, Any] = {name: getattr(former, name) for name in ("document", "unmet", "passed_by")}
    fact = StageChange(
        project=project,
        stage=former.stage,
        resumed=former.resumed,
        occurrence=former.occurrence,
        effective_on=on,
        reason=reason.strip(),
        **kept,
    )
    return take_step(actor, project, seen, fact)


def take_step(actor: Actor, project: Project, seen: int | None, fact: StageChange) -> StageChange:
    """Write a step under the project's version, and the cache with it."""
    replace_event([fact])
    steps = steps_reached([project.pk], clock.today()).get(project.pk, [])
    stage, since = present_stage(sorted(steps, key=step_order))
    current().change(project, seen=seen, stage=stage, stage_on=since)
    run_duties("library.change_stage", actor=actor, project=project, step=fact)
    return fact


@action("library.resume", _("办理复工"), right="library.change_stage")
def resume(
    *, actor: Actor, project: Project, seen: int | None, on: date, reason: str = "", document: str = ""
) -> StageChange:
    """Return a stopped project to the stage in which it stood; the step is marked as a return to work."""
    require_projects(actor, "library.change_stage", [project])
    if on > clock.today():
        raise Refusal("library.stage_in_future", day=on)
    steps = steps_reached([project.pk], clock.today()).get(project.pk, [])
    if not steps or steps[-1].stage != Stage.SUSPENDED:
        raise Refusal("library.not_suspended", name=project.name)
    _check_order(project, steps, on)
    before = [step for step in steps if step.stage != Stage.SUSPENDED]
    stage = before[-1].stage if before else Stage.IDEA
    count = len([step for step in steps if step.resumed and step.stage == stage])
    current().about(project, reason=reason, name=project.name)
    fact = StageChange(
        project=project,
        stage=stage,
        resumed=True,
        occurrence=count,
        effective_on=on,
        reason=reason.strip(),
        document=document,
    )
    return take_step(actor, project, seen, fact)


@action("library.withdraw_stage", _("撤销误登的阶段"), right="library.change_stage")
def withdraw_stage(*, actor: Actor, project: Project, seen: int | None, step: StageChange, reason: str) -> None:
    """Take back a step recorded in error; in a locked period the withdrawal is booked on the first open day."""
    require_projects(actor, "library.change_stage", [project])
    act = current()
    act.about(project, reason=require_reason(reason, _("撤销阶段")), name=project.name)
    fact = StageChange(
        project=project,
        stage=step.stage,
        resumed=step.resumed,
        occurrence=step.occurrence,
        effective_on=step.effective_on,
        reason=reason.strip(),
        withdrawn=True,
    )
    replace_event([fact])
    steps = steps_reached([project.pk], clock.today()).get(project.pk, [])
    stage, since = present_stage(steps)
    act.change(project, seen=seen, stage=stage, stage_on=since)
