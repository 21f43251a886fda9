"""Whether an entry is on schedule (按计划推进): its light in effect is green, or what counts beside that."""

from typing import NamedTuple

from guatu.domain.lights.rules import Colour
from guatu.domain.stages import BEFORE_START, Stage


class Standing(NamedTuple):
    """One entry at a date: the light in effect for everybody; ``nodes_overdue`` None: not known yet."""

    stage: Stage
    colour: Colour | None
    nodes_overdue: int | None = None


def is_on_schedule(entry: Standing) -> bool | None:
    """Green, or before the start without an overdue node whatever its light. Blue too: what is completed is not behind.

    None while it is not known: no light yet, and no nodes that would tell of an entry before its start.
    """
    if entry.colour in ("green", "blue"):
        return True
    if entry.stage in BEFORE_START and entry.nodes_overdue is not None:
        return entry.nodes_overdue == 0
    return None if entry.colour is None else False
