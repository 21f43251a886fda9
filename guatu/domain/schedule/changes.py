"""A plan with changes made to it; the plan itself stays as it is, so that both can be shown side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from guatu.domain.errors import DomainError
from guatu.domain.schedule.types import Change, Crash, Link, Node, Plan


def changed(plan: Plan, changes: Iterable[Change]) -> Plan:
    """The plan with the changes made. Raises DomainError: schedule.unknown_node, schedule.unknown_link."""
    changes = list(changes)
    nodes = {node.id: node for node in plan.nodes}
    dropped: set[Link] = set()
    known = set(plan.links) if any(change.kind == "drop_link" for change in changes) else set()
    deadline = plan.deadline
    for change in changes:
        if change.kind == "deadline":
            deadline = change.date
        elif change.kind == "drop_link":
            if change.link is None or change.link not in known:
                link = change.link
                raise DomainError("schedule.unknown_link", start=link and link.start, to=link and link.to)
            dropped.add(change.link)
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
    dates = node.start_no_earlier, node.finish_no_later, node.must_start, node.must_finish
    crash = Crash(node.crash.most - days, node.crash.cost)
    return Node(  # written out: `replace` takes three times as long, and searches shorten many thousand nodes
        node.id, node.duration - days, node.unit, *dates, node.actual_start, node.actual_finish, crash, node.calendar
    )
