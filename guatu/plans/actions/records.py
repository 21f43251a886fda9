"""What happened to nodes and what is expected: actual and forecast dates, quantities; each a dated fact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.bulk import new_row
from guatu.core.refusals import Conflict, Refusal
from guatu.core.writing import action, current, require_reason
from guatu.library.models import Project
from guatu.library.policies import require_projects
from guatu.plans.choices import Dates
from guatu.plans.models import Node, NodeDates, NodeItem, NodeQuantity
from guatu.plans.queries.records import dates_standing, quantity_standing


@action("plans.record_dates", _("填写节点日期"), right="plans.record")
def record_dates(
    *,
    actor: Actor,
    node: Node,
    sort: Dates,
    start: date | None,
    finish: date | None,
    reason: str = "",
    seen: int | None = None,
) -> bool:
    """Record a node's actual or forecast dates, known from today on; False when nothing changed.

    An actual date is never in the future; what was recorded as actual is changed or taken back with a reason only.
    `seen` is the standing fact that was open (0: none); another one is a Conflict.
    """
    project = _project_of(actor, node)
    standing = dates_standing(node, sort)
    if seen is not None and seen != (0 if standing is None else standing.pk):
        theirs = {"start": standing and standing.start, "finish": standing and standing.finish}
        raise Conflict(name=node.name, seen=seen, theirs=theirs, row=standing)
    before = (standing.start, standing.finish) if standing is not None else (None, None)
    if before == (start, finish):
        return False
    _check(node, sort, start, finish)
    changed = any(old is not None and old != new for old, new in zip(before, (start, finish), strict=True))
    if sort == Dates.ACTUAL and changed:
        reason = require_reason(reason, _("更正节点的实际日期"))
    if (start, finish) == (None, None):
        reason = require_reason(reason, _("收回节点日期"))
    act = current()
    act.about(project, reason=reason, name=project.name, node=node.name)
    return act.record(
        NodeDates(node=node, sort=sort, start=start, finish=finish, reason=reason.strip(), effective_on=clock.today())
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeReport:
    """What one form says of a node; `seen` are the standing facts that were open, by kind (0: none)."""

    actual: tuple[date | None, date | None]
    forecast: tuple[date | None, date | None]
    done: Decimal | None = None
    seen: Mapping[str, int | None] = field(default_factory=dict)


@action("plans.record_node", _("填报节点"), right="plans.record")
def record_node(*, actor: Actor, node: Node, report: NodeReport, reason: str = "") -> bool:
    """Record actual and forecast dates and the quantity done together; False when nothing changed."""
    changed = False
    for sort, (start, finish) in ((Dates.ACTUAL, report.actual), (Dates.FORECAST, report.forecast)):
        seen = report.seen.get(sort)
        changed |= record_dates(actor=actor, node=node, sort=sort, start=start, finish=finish, reason=reason, seen=seen)
    if report.done is not None:
        changed |= record_quantity(actor=actor, node=node, done=report.done, reason=reason)
    return changed


def _project_of(actor: Actor, node: Node) -> Project:
    project = node.plan.project
    require_projects(actor, "plans.record", [project])
    if node.withdrawn:
        raise Refusal("plans.node_withdrawn", node=node.name)
    return project


def _check(node: Node, sort: Dates, start: date | None, finish: date | None) -> None:
    if start is not None and finish is not None and finish < start:
        raise Refusal("plans.finish_before_start", node=node.name, start=start, finish=finish)
    if sort != Dates.ACTUAL:
        return
    if finish is not None and start is None:
        raise Refusal("plans.finish_without_start", node=node.name)
    for day in (start, finish):
        if day is not None and day > clock.today():
            raise Refusal("plans.actual_in_future", node=node.name, day=day)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatesRow:
    """A node's dates as a paper or a sheet of many brings them."""

    node: Node
    sort: Dates
    start: date | None
    finish: date | None


@action("plans.record_many_dates", _("成批填写节点日期"), right="plans.record")
def record_many_dates(*, actor: Actor, rows: Sequence[DatesRow]) -> int:
    """Record the dates of many nodes of one's projects, known from today on; how many were new or changed."""
    projects = {row.node.plan.project_id: row.node.plan.project for row in rows}
    require_projects(actor, "plans.record", projects.values())
    for row in rows:
        _check(row.node, row.sort, row.start, row.finish)
    today = clock.today()
    done = current().record_many(
        [
            new_row(NodeDates, node=row.node, sort=row.sort, start=row.start, finish=row.finish, effective_on=today)
            for row in rows
        ]
    )
    current().about(next(iter(projects.values())) if len(projects) == 1 else None, count=len(rows))
    return done.added + done.superseded


@action("plans.record_quantity", _("填写节点实物量"), right="plans.record")
def record_quantity(
    *, actor: Actor, node: Node, done: Decimal, on: date | None = None, reason: str = "", seen: int | None = None
) -> bool:
    """Record how much of a quantity was done by a day, cumulative; it falls by a correction with a reason only."""
    project = _project_of(actor, node)
    day = on or clock.today()
    if node.quantity is None:
        raise Refusal("plans.no_quantity", node=node.name)
    if day > clock.today():
        raise Refusal("plans.actual_in_future", node=node.name, day=day)
    if node.counts and NodeItem.objects.filter(node__plan_id=node.plan_id, withdrawn=False).exists():
        raise Refusal("plans.items_counted", node=node.name)
    if done < 0:
        raise Refusal("plans.quantity_negative", node=node.name)
    if done > node.quantity:
        raise Refusal(
            "plans.quantity_over", node=node.name, total=plain(node.quantity), done=plain(done), measure=node.measure
        )
    before = quantity_standing(node, day)
    if seen is not None and seen != (0 if before is None else before.pk):
        raise Conflict(name=node.name, seen=seen, theirs={"done": before and before.done}, row=before)
    if before is not None and done < before.done and not reason.strip():
        raise Refusal(
            "plans.quantity_fell", node=node.name, before=plain(before.done), done=plain(done), measure=node.measure
        )
    act = current()
    act.about(project, reason=reason.strip(), name=project.name, node=node.name)
    return act.record(NodeQuantity(node=node, done=done, effective_on=day))


def plain(value: Decimal) -> str:
    """A quantity without needless zeros: 120, 12.5."""
    return f"{value.normalize():f}"
