"""The wall chart as a plain table: who cannot use the picture reads the same."""

from dataclasses import dataclass
from datetime import date

from guatu.dispatch.wall.queries import Wall, WallRow


@dataclass(frozen=True, slots=True)
class Line:
    """A project with the node that matters: the latest one, else the next. `late` are its days, 0 when in time."""

    row: WallRow
    group: str
    node: str
    planned: date | None
    expected: date | None
    late: int
    over: int


def table_rows(wall: Wall) -> list[Line]:
    """All rows of the chart in order."""
    return [_line(row, group.words, wall.day) for group in wall.groups for row in group.rows]


def _line(row: WallRow, group: str, day: date) -> Line:
    plan = row.plan
    node = None if plan is None else plan.worst or plan.following
    if plan is None or node is None:
        return Line(row, group, "", None, None, 0, 0 if plan is None else plan.over)
    return Line(row, group, node.name, node.days.planned_finish, node.days.expected(day), max(0, node.slip), plan.over)
