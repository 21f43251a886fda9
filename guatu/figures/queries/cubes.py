"""All lists at the end of a period, from what their closings kept: one query however many projects the lists hold."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import connection

from guatu.core.dated import adapted
from guatu.figures.queries.sql import as_day

KEPT = (
    *("projects", "planned_investment", "investment_to_date", "investment_rate", "lead"),
    *("started_of_base", "start_base", "completed", "completions_planned"),
)
"""The indicators of the page of all lists."""


@dataclass(slots=True)
class Cube:
    """What one closing of a list kept: indicator → value and printed text, colour → projects (none: no light)."""

    snapshot_id: str
    as_of: date
    values: dict[str, Decimal | None] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    lights: dict[str, int] = field(default_factory=dict)


def cubes_until(list_ids: Collection[int], until: date) -> dict[int, list[Cube]]:
    """list id → its last two closed periods up to a day, the newest first; of a period closed again the last closing.

    A list that was never closed has none.
    """
    if not list_ids:
        return {}
    lists, codes = ", ".join(["%s"] * len(list_ids)), ", ".join(["%s"] * len(KEPT))
    columns = 'f.cut, f."group", f.indicator, f.value, f.printed'
    head = f"SELECT r.annual_list_id, r.public_id, r.as_of, r.period, {columns}"
    joined = "FROM ranked r JOIN figures_snapshotfigure f ON f.snapshot_id = r.id WHERE r.period <= 2 AND r.again = 1"
    text = (
        "WITH ranked AS (SELECT s.id, s.public_id, s.annual_list_id, s.as_of,"
        " DENSE_RANK() OVER (PARTITION BY s.annual_list_id ORDER BY s.as_of DESC) AS period,"
        " ROW_NUMBER() OVER (PARTITION BY s.annual_list_id, s.as_of ORDER BY s.known_at DESC, s.id DESC) AS again"
        f" FROM figures_snapshot s WHERE s.kind = 'closing' AND s.as_of <= %s AND s.annual_list_id IN ({lists}))"
        f" {head} {joined} AND f.cut = '' AND f.\"group\" = '' AND f.indicator IN ({codes})"
        f" UNION ALL {head} {joined} AND f.cut = 'light' AND f.indicator = 'projects'"
        " ORDER BY 1, 4"
    )
    with connection.cursor() as cursor:
        cursor.execute(text, [adapted(until), *list_ids, *KEPT])
        rows = cursor.fetchall()
    found: dict[int, dict[int, Cube]] = {}
    for list_id, public_id, as_of, period, *kept in rows:
        periods = found.setdefault(list_id, {})
        cube = periods.get(period)
        if cube is None:
            cube = periods[period] = Cube(str(public_id), as_day(as_of))
        _put(cube, *kept)
    return {list_id: list(periods.values()) for list_id, periods in found.items()}


def _put(cube: Cube, cut: str, group: str, indicator: str, value: str, printed: str) -> None:
    if cut:
        cube.lights["none" if group == "None" else group] = int(value or 0)
    else:
        cube.values[indicator] = Decimal(value) if value else None
        cube.printed[indicator] = printed
