"""Entries on schedule (按计划推进): the share of a list whose light in effect is green, and what counts beside it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from guatu.domain.lights.rules import Colour
from guatu.domain.rounding import rate
from guatu.domain.stages import BEFORE_START, Stage


class Standing(NamedTuple):
    """One entry at a date: the light in effect for everybody; ``nodes_overdue`` None: not known yet."""

    stage: Stage
    colour: Colour | None
    nodes_overdue: int | None = None


class OnSchedule(NamedTuple):
    """How many of how many entries are on schedule, the share in per cent (None of nothing), and of how many it is
    not known."""

    counted: int
    entries: int
    share: Decimal | None
    unknown: int


def is_on_schedule(entry: Standing) -> bool | None:
    """Green, or before the start without an overdue node whatever its light. Blue too: what is completed is not behind.

    None while it is not known: no light yet, and no nodes that would tell of an entry before its start.
    """
    if entry.colour in ("green", "blue"):
        return True
    if entry.stage in BEFORE_START and entry.nodes_overdue is not None:
        return entry.nodes_overdue == 0
    return None if entry.colour is None else False


def on_schedule(entries: Iterable[Standing]) -> OnSchedule:
    """The indicator of a list (not exited entries are handed in). What is not known does not count as on schedule."""
    answers = [is_on_schedule(entry) for entry in entries]
    count = answers.count(True)
    return OnSchedule(count, len(answers), rate(count, len(answers)), answers.count(None))
