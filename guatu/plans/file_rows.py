"""Between a plan of ours and a plan as files carry it (`plan_file`)."""

from datetime import date
from decimal import Decimal
from typing import Any, cast

from guatu.core.ids import new_public_id
from guatu.plans.choices import DurationUnit
from guatu.plans.content import Content, ContentLink, ContentNode
from guatu.plans.plan_file import BaselineDates, FileBaseline, FileLink, FileNode, LinkKind, PlanFile, Unit
from guatu.plans.queries.plan import NodeLine, PlanView


def file_of(name: str, view: PlanView, content: Content) -> PlanFile:
    """The plan in force with what happened, its links and its versions as baselines (the first is number 0)."""
    nodes = {node.id: node for node in content.nodes}
    lines = [line for line in view.lines if str(line.node.public_id) in nodes]
    numbers = {str(line.node.public_id): str(place) for place, line in enumerate(lines, 1)}
    links = tuple(
        FileLink(numbers[one.before], numbers[one.after], cast(LinkKind, one.type), one.lag)
        for one in content.links
        if one.before in numbers and one.after in numbers
    )
    return PlanFile(
        name=name,
        nodes=tuple(_node(numbers[str(line.node.public_id)], line) for line in lines),
        links=links,
        baselines=tuple(_baselines(view, lines)),
        deadline=view.in_force.deadline,
    )


def _node(number: str, line: NodeLine) -> FileNode:
    node, days = line.node, line.days
    return FileNode(
        id=number,
        name=node.name,
        duration=node.duration,
        unit=cast(Unit, str(node.duration_unit)),
        start=days.planned_start,
        finish=days.planned_finish,
        actual_start=days.actual_start,
        actual_finish=days.actual_finish,
        start_no_earlier=node.start_no_earlier,
        finish_no_later=node.finish_no_later,
        must_start=node.must_start,
        must_finish=node.must_finish,
        weight=Decimal(node.weight),
        owner="" if node.unit is None else node.unit.name,
        evidence=node.evidence,
        measure=node.measure,
        total=node.quantity,
        done=line.done,
    )


def _baselines(view: PlanView, lines: list[NodeLine]) -> list[FileBaseline]:
    """The newest versions, as many as a file can hold."""
    kept = sorted(version.number for version in view.versions)[-10:]
    return [
        FileBaseline(
            place,
            f"第 {number} 版",
            tuple(
                BaselineDates(str(at), line.versions[number].start, line.versions[number].finish)
                for at, line in enumerate(lines, 1)
                if number in line.versions
            ),
        )
        for place, number in enumerate(kept)
    ]


def content_of_file(plan: PlanFile, units: dict[str, str], deadline: date | None) -> Content:
    """A draft from a file. Of an outline its lowest nodes; dates that were only computed are computed anew. `units`
    are public ids by name.
    """
    above = plan.summaries()
    rows = [node for node in plan.nodes if node.id not in above]
    ids = {node.id: str(new_public_id()) for node in rows}
    names: set[str] = set()
    nodes = tuple(_drafted(node, ids[node.id], units, names) for node in rows)
    links = {
        (one.before, one.after, one.kind): ContentLink(
            before=ids[one.before], after=ids[one.after], type=one.kind, lag=one.lag
        )
        for one in plan.links
        if one.before in ids and one.after in ids
    }
    return Content(nodes=nodes, links=tuple(links.values()), deadline=deadline or plan.deadline, source=plan.name[:80])


def _drafted(node: FileNode, key: str, units: dict[str, str], names: set[str]) -> ContentNode:
    duration, unit = node.duration, str(node.unit)
    if duration is None:
        known = node.start is not None and node.finish is not None
        duration, unit = (node.finish - node.start).days + 1 if known else 1, DurationUnit.CALENDAR.value  # type: ignore[operator]  # both are known
    said: dict[str, Any] = {} if not node.weight else {"weight": max(1, int(node.weight))}
    return ContentNode(
        id=key,
        name=_once(node.name[:70] or node.id, names),
        duration=max(duration, 0),
        duration_unit=unit,
        unit=units.get(node.owner),
        evidence=node.evidence[:160],
        start_no_earlier=node.start_no_earlier,
        finish_no_later=node.finish_no_later,
        must_start=node.must_start,
        must_finish=node.must_finish,
        measure=node.measure[:10],
        quantity=node.total,
        **said,
    )


def _once(name: str, names: set[str]) -> str:
    called, number = name, 2
    while called in names:
        called, number = f"{name}（{number}）", number + 1
    names.add(called)
    return called
