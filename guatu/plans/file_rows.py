"""Between a plan of ours and a plan as files carry it (`plan_file`)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar, cast
from unicodedata import normalize

from guatu.core.ids import new_public_id
from guatu.plans.choices import DurationUnit
from guatu.plans.compute import Calendars
from guatu.plans.content import Content, ContentLink, ContentNode
from guatu.plans.file_calendars import PAPER, calendars_to_file, knows_ours
from guatu.plans.plan_file import BaselineDates, FileBaseline, FileLink, FileNode, LinkKind, PlanFile, Unit
from guatu.plans.queries.plan import NodeLine, PlanView

Named = TypeVar("Named", FileNode, ContentNode)


def file_of(name: str, view: PlanView, content: Content, calendars: Calendars) -> PlanFile:
    """The plan in force with what happened, its links, its calendars and its versions as baselines (the first is
    number 0). Nodes go under their public ids, so that a file that comes back finds them.
    """
    nodes = {node.id: node for node in content.nodes}
    lines = [line for line in view.lines if str(line.node.public_id) in nodes]
    links = tuple(
        FileLink(one.before, one.after, cast(LinkKind, one.type), one.lag, technical=one.technical)
        for one in content.links
        if one.before in nodes and one.after in nodes
    )
    days = [day for line in lines for day in (line.days.planned_start, line.days.planned_finish)]
    written, own = calendars_to_file(content.nodes, calendars, min(days), max(days)) if days else ((), {})
    return PlanFile(
        name=name,
        nodes=tuple(_node(line, own) for line in lines),
        links=links,
        calendars=written,
        calendar=written[0].number if written else None,
        baselines=tuple(_baselines(view, lines)),
        deadline=view.in_force.deadline,
    )


def _node(line: NodeLine, calendars: Mapping[str, int]) -> FileNode:
    node, days = line.node, line.days
    return FileNode(
        id=str(node.public_id),
        calendar=calendars.get(str(node.public_id)),
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
                BaselineDates(str(line.node.public_id), line.versions[number].start, line.versions[number].finish)
                for line in lines
                if number in line.versions
            ),
        )
        for place, number in enumerate(kept)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a file is read into: units' public ids by name, the names of the region's sittings, the plan that stands."""

    units: Mapping[str, str] = field(default_factory=dict)
    sittings: Collection[str] = ()
    standing: Content | None = None


def content_of_file(plan: PlanFile, around: Around, deadline: date | None) -> Content:
    """A draft from a file. Of an outline its lowest nodes; dates that were only computed are computed anew.

    A node of the plan that stands is found by its own number (a file that we wrote carries it), else by its name, and
    keeps its id, and with it its dates, quantities and versions. What the file does not say of it stays.
    """
    above = plan.summaries()
    rows = [node for node in plan.nodes if node.id not in above]
    known = matched(rows, around.standing)
    ids = {node.id: known[node.id].id if node.id in known else str(new_public_id()) for node in rows}
    names: set[str] = set()
    ours = knows_ours(plan, around.sittings)
    calendars = {calendar.number: calendar.name for calendar in plan.calendars}
    nodes = tuple(
        _calendared(
            _drafted(node, known.get(node.id) or ContentNode(id=ids[node.id], name=""), around.units, names),
            calendars.get(node.calendar or 0, ""),
            around.sittings,
            ours=ours or node.id not in known,
        )
        for node in rows
    )
    standing = around.standing.links if around.standing else ()
    loose = {(one.before, one.after, one.type) for one in standing if not one.technical}
    links = {
        (one.before, one.after, one.kind): ContentLink(
            before=ids[one.before],
            after=ids[one.after],
            type=one.kind,
            lag=one.lag,
            technical=one.technical
            if one.technical is not None
            else (ids[one.before], ids[one.after], one.kind) not in loose,
        )
        for one in plan.links
        if one.before in ids and one.after in ids
    }
    end = deadline or plan.deadline or (around.standing.deadline if around.standing else None)
    return Content(nodes=nodes, links=tuple(links.values()), deadline=end, source=plan.name[:80])


def matched(rows: Sequence[FileNode], standing: Content | None) -> dict[str, ContentNode]:
    """The standing nodes by the ids that the file gives them: by their own number first, then by a name that occurs
    once on both sides (spaces and widths apart).
    """
    if standing is None:
        return {}
    by_id = {node.id: node for node in standing.nodes}
    found = {row.id: by_id[row.id] for row in rows if row.id in by_id}
    taken = {node.id for node in found.values()}
    left = _by_name(node for node in standing.nodes if node.id not in taken)
    asked = _by_name(row for row in rows if row.id not in found)
    for name, here in asked.items():
        if len(here) == 1 and len(left.get(name, ())) == 1:
            found[here[0].id] = left[name][0]
    return found


def _by_name(rows: Iterable[Named]) -> dict[str, list[Named]]:
    found: dict[str, list[Named]] = {}
    for row in rows:
        found.setdefault("".join(normalize("NFKC", row.name).split()), []).append(row)
    return found


def _drafted(node: FileNode, known: ContentNode, units: Mapping[str, str], names: set[str]) -> ContentNode:
    said: dict[str, Any] = {
        "weight": max(1, int(node.weight)) if node.weight else None,
        "unit": units.get(node.owner),
        "evidence": node.evidence[:160],
        "measure": node.measure[:10],
        "quantity": node.total,
    }
    duration, unit = _duration(node, known)
    return replace(
        known,
        name=_once(node.name[:70] or node.id, names),
        duration=duration,
        duration_unit=unit,
        start_no_earlier=node.start_no_earlier,
        finish_no_later=node.finish_no_later,
        must_start=node.must_start,
        must_finish=node.must_finish,
        **{name: value for name, value in said.items() if value not in (None, "")},
    )


def _duration(node: FileNode, known: ContentNode) -> tuple[int, str]:
    """As the file says; of a node without one, what stands, else the days between its dates."""
    if node.duration is not None:
        return max(node.duration, 0), str(node.unit)
    if known.name:
        return known.duration, known.duration_unit
    if node.start is not None and node.finish is not None:
        return max((node.finish - node.start).days + 1, 0), DurationUnit.CALENDAR.value
    return 1, DurationUnit.CALENDAR.value


def _calendared(node: ContentNode, name: str, sittings: Collection[str], *, ours: bool) -> ContentNode:
    """The node on the calendar that the file names, where the file knows ours; else on the one that it has."""
    if name in sittings:
        return replace(node, sitting=name, paper=False, duration_unit=DurationUnit.WORKDAY.value)
    return replace(node, sitting="", paper=name == PAPER) if ours else node


def _once(name: str, names: set[str]) -> str:
    called, number = name, 2
    while called in names:
        called, number = f"{name}（{number}）", number + 1
    names.add(called)
    return called
