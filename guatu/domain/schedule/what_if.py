"""What a plan becomes when it is changed: the changed plan is computed beside the old one, which stays as it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from guatu.domain.errors import DomainError
from guatu.domain.schedule.solve import BackPlan, back_plan
from guatu.domain.schedule.types import Change, Crash, Link, Node, NodeDates, Plan


@dataclass(frozen=True, slots=True)
class Shift:
    """A node's dates before and after; ``days`` are calendar days by which its earliest finish moved."""

    before: NodeDates
    after: NodeDates

    @property
    def days(self) -> int:
        return (self.after.earliest_finish - self.before.earliest_finish).days


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Two results side by side; ``moved`` holds only the nodes whose dates or float differ, in the plan's order."""

    before: BackPlan
    after: BackPlan
    moved: tuple[Shift, ...]

    @property
    def finish_days(self) -> int:
        """Calendar days by which the last finish moves; negative is earlier."""
        return (self.after.finish - self.before.finish).days


def what_if(plan: Plan, changes: Sequence[Change], before: BackPlan | None = None) -> WhatIf:
    """The plan's result and the changed plan's. Raises as ``back_plan`` and ``changed``."""
    old, new = before or back_plan(plan), back_plan(changed(plan, changes))
    pairs = zip(old.nodes, new.nodes, strict=True)
    return WhatIf(old, new, tuple(Shift(one, other) for one, other in pairs if one != other))


def changed(plan: Plan, changes: Iterable[Change]) -> Plan:
    """The plan with the changes made. Raises DomainError: schedule.unknown_node, schedule.unknown_link."""
    nodes = {node.id: node for node in plan.nodes}
    dropped: list[Link] = []
    deadline = plan.deadline
    for change in changes:
        if change.kind == "deadline":
            deadline = change.date
        elif change.kind == "drop_link":
            if change.link is None or change.link not in plan.links:
                link = change.link
                raise DomainError("schedule.unknown_link", start=link and link.start, to=link and link.to)
            dropped.append(change.link)
        else:
            _change_node(nodes, change)
    links = plan.links if not dropped else tuple(link for link in plan.links if link not in dropped)
    return replace(plan, nodes=tuple(nodes.values()), links=links, deadline=deadline)


def _change_node(nodes: dict[str, Node], change: Change) -> None:
    node = nodes.get(change.node or "")
    if node is None:
        raise DomainError("schedule.unknown_node", nodes=(change.node,))
    if change.kind == "crash":
        nodes[node.id] = crashed(node, change.days or 0)
    elif change.kind == "duration":
        nodes[node.id] = replace(node, duration=change.days if change.days is not None else node.duration)
    else:
        dates: Mapping[str, date | None] = {change.kind: change.date}
        nodes[node.id] = replace(node, **dates)  # type: ignore[arg-type]  # the kind is a field's name


def crashed(node: Node, days: int) -> Node:
    """The node shortened. Raises DomainError("schedule.crash_too_far") beyond what it allows."""
    if not 0 <= days <= node.crash_most():
        raise DomainError("schedule.crash_too_far", node=node.id, days=days, most=node.crash_most())
    if not days or node.crash is None:
        return node
    return replace(node, duration=node.duration - days, crash=Crash(node.crash.most - days, node.crash.cost))
