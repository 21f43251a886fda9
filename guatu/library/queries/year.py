"""What is unfinished at a year's end, and what has started."""

from collections.abc import Iterable
from datetime import date

from guatu.domain.stages import BEGUN, OVER
from guatu.library.models import AnnualList, ListEntry
from guatu.library.queries.lists import entries_as_of
from guatu.library.queries.projects import steps_reached


def unfinished(annual_list: AnnualList, day: date) -> dict[int, ListEntry]:
    """The entries of a list whose projects are neither completed nor exited at the end of a day, by project id."""
    entries = entries_as_of(annual_list, day)
    steps = steps_reached(entries, day)
    return {key: entry for key, entry in entries.items() if not any(step.stage in OVER for step in steps.get(key, []))}


def started_by(ids: Iterable[int], day: date) -> set[int]:
    """The projects that had started at the end of a day."""
    return {key for key, steps in steps_reached(ids, day).items() if any(step.stage in BEGUN for step in steps)}
