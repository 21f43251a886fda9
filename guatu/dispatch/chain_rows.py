"""The projects behind one level of the chain; their targets and amounts add up to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from guatu.domain.indicators import DIMENSIONS, EntryFacts
from guatu.domain.targets import LevelName
from guatu.figures.queries import Asked, chained, judged_on, levels_of
from guatu.library.models import Project
from guatu.people.models import Unit


@dataclass(frozen=True, slots=True)
class ChainRow:
    """One project at one level, as the table shows it: amounts in whole yuan, rates in whole yuan a work day."""

    public_id: UUID
    name: str
    unit: str
    target: int
    done: int
    remaining: int
    work_days_left: int
    required: int | None
    recent: int | None
    capacity: int | None
    state: str
    reading_on: date | None


def chain_rows(asked: Asked, name: LevelName, group: Mapping[str, str | int | None]) -> list[ChainRow]:
    """The projects that count at a level, of the whole or of one group."""
    on = judged_on(asked)
    found = [
        (one, level)
        for one in chained(asked)
        if _in_group(asked, one.facts, group) and (level := levels_of(one, on).get(name)) is not None
    ]
    projects = Project.objects.in_bulk([one.facts.project_id for one, _level in found])
    units = {row.pk: str(row) for row in Unit.objects.filter(pk__in={one.facts.unit_id for one, _level in found})}
    return [
        ChainRow(
            projects[one.facts.project_id].public_id,
            projects[one.facts.project_id].name,
            units.get(one.facts.unit_id or 0, ""),
            level.target,
            level.done,
            level.remaining,
            level.work_days_left,
            level.required_daily,
            level.recent_daily,
            level.capacity_daily,
            level.stands,
            one.member.read_on,
        )
        for one, level in found
    ]


def _in_group(asked: Asked, entry: EntryFacts, group: Mapping[str, str | int | None]) -> bool:
    rules = asked.rules()
    return all(value in DIMENSIONS[dimension](entry, rules) for dimension, value in group.items())
