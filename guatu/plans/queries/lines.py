"""How a node stands at a date: its expected finish, its slip, its light. Plain values, for one plan or thousands."""

from dataclasses import dataclass
from datetime import date


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
