"""How a node stands at a date: its expected finish, its slip, its light. Plain values, for one plan or thousands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeDays:
    """A node's dates as known: planned by the version in force, expected by its unit, as they happened."""

    planned_start: date
    planned_finish: date
    forecast_start: date | None = None
    forecast_finish: date | None = None
    actual_start: date | None = None
    actual_finish: date | None = None

    @property
    def done(self) -> bool:
        """Whether it is finished."""
        return self.actual_finish is not None

    def expected(self, day: date) -> date:
        """When it is finished, or will be at the earliest by what is known at the end of `day`."""
        if self.actual_finish is not None:
            return self.actual_finish
        expected = self.forecast_finish or self.planned_finish
        return max(expected, day) if self.overdue(day) else expected

    def overdue(self, day: date) -> bool:
        """Whether its planned finish has passed without it."""
        return self.actual_finish is None and self.planned_finish < day

    def slip(self, day: date, against: date | None = None) -> int:
        """Calendar days by which its expected finish lies after the planned one, or after another version's."""
        return (self.expected(day) - (against or self.planned_finish)).days

    def light(self, day: date) -> str:
        """blue done; red overdue; yellow late to begin or expected late; green under way; none not yet due."""
        if self.done:
            return "blue"
        if self.overdue(day):
            return "red"
        late = self.forecast_finish is not None and self.forecast_finish > self.planned_finish
        if late or (self.actual_start is None and self.planned_start < day):
            return "yellow"
        return "none" if self.actual_start is None else "green"


class Standing(Protocol):
    """A node of whatever page, as far as a sentence about its plan needs it."""

    @property
    def days(self) -> NodeDays:
        """Its dates."""

    @property
    def slip(self) -> int:
        """Calendar days late, see `NodeDays.slip`."""

    @property
    def place(self) -> int:
        """Its row in the plan."""


Row = TypeVar("Row", bound=Standing)


@dataclass(frozen=True, slots=True)
class Outlook(Generic[Row]):
    """What a plan's first sentence says: the unfinished nodes, the latest of them (None when none is late), how many
    others passed their planned finish, and the next one to be finished. A node whose day has passed is never the next.
    """

    waiting: Sequence[Row]
    worst: Row | None
    worst_overdue: bool
    others_overdue: int
    following: Row | None


def outlook(rows: Iterable[Row], day: date) -> Outlook[Row]:
    """The outlook of a plan's rows at the end of a day."""
    waiting = [row for row in rows if not row.days.done]
    overdue = [row for row in waiting if row.days.overdue(day)]
    worst = max((row for row in waiting if row.slip > 0), key=lambda row: row.slip, default=None)
    due = (row for row in waiting if not row.days.overdue(day))
    return Outlook(
        waiting=waiting,
        worst=worst,
        worst_overdue=worst is not None and worst.days.overdue(day),
        others_overdue=sum(row is not worst for row in overdue),
        following=min(due, key=lambda row: (row.days.planned_finish, row.place), default=None),
    )
