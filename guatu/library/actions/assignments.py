"""Who answers for a project: naming, ending, and moving many assignments by one document."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from guatu.core.actor import Actor
from guatu.core.bulk import new_row
from guatu.core.refusals import Conflict, Refusal
from guatu.core.registries import run_duties
from guatu.core.writing import Recorded, action, current, require_reason
from guatu.library.actions.booking import record_dated
from guatu.library.choices import Role
from guatu.library.models import Assignment, Project
from guatu.library.orders import AssignmentRow, Move
from guatu.library.policies import require_projects
from guatu.library.queries.assignments import held_by, holders_of
from guatu.people.models import Post, Unit


def _fact(row: AssignmentRow, on: date) -> Assignment:
    if row.unit is None and row.post is None:
        raise Refusal("library.nobody_named", role=str(Role(row.role).label))
    unit = row.unit if row.unit is not None or row.post is None else row.post.unit
    return new_row(
        Assignment,
        project=row.project,
        role=row.role,
        slot=row.slot,
        unit=unit,
        post=row.post,
        document=row.document,
        effective_on=on,
    )


@action("library.assign", _("落实责任单位和责任人"))
def assign(
    *,
    actor: Actor,
    project: Project,
    role: str,
    on: date,
    unit: Unit | None = None,
    post: Post | None = None,
    slot: int | None = None,
    document: str = "",
    seen: int | None = None,
    known: int | None = None,
) -> bool:
    """Name who answers for a project in a role from a day on; False when that holds already.

    `slot` None takes 0, or for supporting units the next free one. `seen` is the project's version that was open;
    `known` the id of the last assignment of the project that was. Raises Conflict where one in the same role came
    after it.
    """
    if slot is None:
        slot = _next_slot(project, role, on, unit, post)
    if known is not None:
        _require_known(project, role, slot, known)
    row = AssignmentRow(project=project, role=role, unit=unit, post=post, slot=slot, document=document)
    act = current()
    act.about(project, name=project.name, role=str(Role(role).label), who=str(post or unit or ""))
    if seen is not None:
        act.change(project, seen=seen)
    return assign_many(actor=actor, rows=[row], on=on).unchanged == 0


def last_known(project: Project) -> int:
    """The id of the last assignment of a project, whoever recorded it; 0 without any."""
    return Assignment.objects.filter(project=project).aggregate(last=Max("pk"))["last"] or 0


def _require_known(project: Project, role: str, slot: int, known: int) -> None:
    list(Project.objects.select_for_update().filter(pk=project.pk))
    rows = Assignment.objects.filter(project=project, role=role, slot=slot).order_by("-pk")
    newer = rows.filter(pk__gt=known, superseded_at__isnull=True).first()
    if newer is not None:
        before = rows.filter(pk__lte=known).first()
        name = f"{project.name}：{Role(role).label}"
        raise Conflict(name=name, seen=before.pk if before is not None else 0, theirs={}, row=newer)


def _next_slot(project: Project, role: str, on: date, unit: Unit | None, post: Post | None) -> int:
    if role != Role.SUPPORTING:
        return 0
    held = [row for row in holders_of([project.pk], on).get(project.pk, []) if row.role == role]
    for row in held:
        if (row.unit_id, row.post_id) == (unit.pk if unit else None, post.pk if post else None):
            return row.slot
    return max((row.slot + 1 for row in held), default=0)


@action("library.assign_many", _("成批落实责任单位和责任人"), right="library.assign")
def assign_many(*, actor: Actor, rows: Sequence[AssignmentRow], on: date) -> Recorded:
    """Name many at once from a day on; what holds already is left out."""
    require_projects(actor, "library.assign", {row.project.pk: row.project for row in rows}.values())
    facts = [_fact(row, on) for row in rows]
    done = record_dated(facts)
    current().about(None, count=len(facts))
    run_duties("library.assign", actor=actor, assignments=facts)
    return done


@action("library.end_assignment", _("取消分工"), right="library.assign")
def end_assignment(*, actor: Actor, project: Project, role: str, slot: int = 0, on: date, reason: str) -> bool:
    """Leave a role without anybody from a day on, with the reason."""
    require_projects(actor, "library.assign", [project])
    text = require_reason(reason, _("取消分工"))
    current().about(project, reason=text, name=project.name, role=str(Role(role).label))
    fact = Assignment(project=project, role=role, slot=slot, effective_on=on)
    return record_dated([fact]).unchanged == 0


@action("library.move_assignments", _("按文件批量调整责任分工"))
def move_assignments_by_document(*, actor: Actor, document: str, on: date, moves: Sequence[Move]) -> Recorded:
    """Hand everything that posts or units hold on a day to others, by one document; the history stays."""
    if not document.strip():
        raise Refusal("library.document_missing", what=_("调整责任分工"))
    facts: list[Assignment] = []
    for move in moves:
        facts += [_moved(row, move, document, on) for row in _to_move(move, on)]
    if not facts:
        raise Refusal("library.nothing_to_move")
    require_projects(actor, "library.move_assignments", {fact.project_id: fact.project for fact in facts}.values())
    current().about(None, document=document, count=len(facts))
    done = record_dated(facts)
    run_duties("library.assign", actor=actor, assignments=facts)
    return done


def hand_over(move: Move, document: str, on: date) -> Recorded:
    """What a post or unit held goes to its successor; joined by the action of people that ends it."""
    return record_dated([_moved(row, move, document, on) for row in _to_move(move, on)])


def replace_unit(unit: Unit, into: Unit) -> Recorded:
    """Where a unit was only another spelling, every assignment that names it names the other, from its own day on."""
    rows = Assignment._default_manager.filter(unit=unit, superseded_at__isnull=True).select_related("project", "post")
    facts = [
        Assignment(
            project=row.project,
            role=row.role,
            slot=row.slot,
            unit=into,
            post=row.post,
            document=row.document,
            effective_on=row.effective_on,
        )
        for row in rows
    ]
    return record_dated(facts)


def _to_move(move: Move, on: date) -> list[Assignment]:
    wanted = {project.pk for project in move.projects}
    return [
        row
        for row in held_by(on, post=move.from_post, unit=move.from_unit)
        if (not move.roles or row.role in move.roles) and (not wanted or row.project_id in wanted)
    ]


def _moved(row: Assignment, move: Move, document: str, on: date) -> Assignment:
    if move.to_post is None and move.to_unit is None:
        raise Refusal("library.nobody_named", role=row.get_role_display())
    unit = move.to_unit or (move.to_post.unit if move.to_post is not None else None)
    post = move.to_post
    if move.from_unit is not None and move.from_post is None and post is None and row.post is not None:
        post = row.post if row.post.unit_id == getattr(unit, "pk", None) else None
    return Assignment(
        project=row.project,
        role=row.role,
        slot=row.slot,
        unit=unit,
        post=post,
        document=document,
        effective_on=on,
    )
