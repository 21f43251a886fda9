"""What a project under way has behind it of a plan that it is only now given: told by its stage, no day guessed.

A node opens or closes a stage. Where the project has reached that stage, the node has begun or is done, and so is what
it waits for. A day stands only where a step was recorded; every other day is asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from guatu.domain.stages import rank
from guatu.library.models import Project, StageChange
from guatu.plans.compute import Real
from guatu.plans.content import Content, ContentLink, ContentNode


@dataclass(frozen=True, slots=True)
class Behind:
    """What the project's stage says of a node: whether it is done, and the days that are recorded."""

    done: bool
    begun_on: date | None
    done_on: date | None


def behind(project: Project, content: Content, today: date) -> dict[str, Behind]:
    """The nodes that the project's stage has begun or passed, by id; empty where none is done."""
    days = steps_of(project, today)
    ranks = [rank(stage) for stage in (*days, project.stage)]  # type: ignore[arg-type]  # stored stages
    last = max((one for one in ranks if one is not None), default=-1)
    begun = {node.id for node in content.nodes if _reached(node.opens, last)}
    done = {node.id for node in content.nodes if _reached(node.closes, last)}
    done |= {node.id for node in content.nodes if node.id in begun and node.duration == 0}
    begun, done = _with_what_they_wait_for(content, begun | done, done)
    if not done:
        return {}
    return {
        node.id: Behind(node.id in done, days.get(node.opens), _done_on(node, days) if node.id in done else None)
        for node in content.nodes
        if node.id in begun
    }


def steps_of(project: Project, today: date) -> dict[str, date]:
    """The days on which the project first came to its stages, as recorded."""
    rows = StageChange.objects.filter(project=project, resumed=False).reached(today, restated=True)
    found: dict[str, date] = {}
    for stage, day in rows.order_by("effective_on").values_list("stage", "effective_on"):
        found.setdefault(stage, day)
    return found


def _reached(stage: str, last: int) -> bool:
    number = rank(stage) if stage else None  # type: ignore[arg-type]  # a stored stage
    return number is not None and number <= last


def _done_on(node: ContentNode, days: Mapping[str, date]) -> date | None:
    return days.get(node.closes) or (days.get(node.opens) if node.duration == 0 else None)


def _with_what_they_wait_for(content: Content, begun: set[str], done: set[str]) -> tuple[set[str], set[str]]:
    """Begun and done nodes with those that must have been: back over the links, an agreed overlap only as far as it
    reaches.
    """
    into: dict[str, list[ContentLink]] = {}
    for link in content.links:
        into.setdefault(link.after, []).append(link)
    waiting = list(begun)
    while waiting:
        later = waiting.pop()
        for link in into.get(later, ()):
            if link.type[1] == "F" and later not in done:
                continue
            over = link.type[0] == "F" and link.lag >= 0
            if link.before not in begun or (over and link.before not in done):
                begun.add(link.before)
                done |= {link.before} if over else set()
                waiting.append(link.before)
    return begun, done


def with_happened(content: Content, told: Mapping[str, Real], left_out: set[str]) -> Content:
    """The content with what had happened to its nodes, without those that are left out of the plan."""
    nodes = tuple(
        replace(node, begun_on=told[node.id].start, done_on=told[node.id].finish) if node.id in told else node
        for node in content.nodes
    )
    found = replace(content, nodes=nodes)
    for key in left_out:
        found = found.without(key)
    return found
