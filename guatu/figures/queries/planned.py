"""A list's planned trajectory: what its planned dates and its targets give at each of its check points."""

from guatu.domain.trajectory import CheckPoint, TrajectoryRow, trajectory
from guatu.figures.queries.answers import facts
from guatu.figures.queries.chain import target_by
from guatu.figures.queries.sql import Asked


def planned_trajectory(asked: Asked) -> list[TrajectoryRow]:
    """At each check point of the (first) list: starts, works and completions by then from planned dates, and the
    year's investment to that day from the projects' targets.
    """
    if not asked.lists:
        return []
    points = [CheckPoint(row.name, row.on) for row in asked.lists[0].check_points.order_by("on", "pk")]
    if not points:
        return []
    return trajectory(facts(asked), points, asked.rules(), target_by(asked, [point.on for point in points]))
