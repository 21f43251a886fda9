"""Reads the cells of docs/algorithms/targets.md and of its tests into plans and done amounts."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache

from guatu.domain.periods import Period
from guatu.domain.targets import Done, Shape, Spread, YearGrid, by_month, even, s_curve, spread
from guatu.domain.workdays import Closure, official_calendar
from tests.domain.worked import EMPTY

OFFICIAL = official_calendar()


@cache
def grid_of(year: int, closures: tuple[Closure, ...] = ()) -> YearGrid:
    """A year of the official calendar, made once."""
    return YearGrid.of(year, official_calendar(closures) if closures else OFFICIAL)


def shape_of(text: str, grid: YearGrid) -> Shape:
    if text in ("even", "s-curve"):
        return even(grid) if text == "even" else s_curve(grid)
    return by_month(grid, [Decimal(weight) for weight in text.split()])


def pairs(text: str) -> list[tuple[str, int]]:
    """ "1:20000 2:10000" → its pairs."""
    words = [] if text == EMPTY else text.split()
    return [(key, int(amount)) for key, _, amount in (word.partition(":") for word in words)]


def plan_of(row: Mapping[str, str]) -> Spread:
    grid = grid_of(int(row["year"]))
    return spread(
        grid,
        int(row["target"]),
        shape_of(row["profile"], grid),
        {Period.parse(code): amount for code, amount in pairs(row.get("by hand", EMPTY))},
        {int(month): amount for month, amount in pairs(row.get("closed", EMPTY))},
    )


def done_of(text: str, grid: YearGrid, read_to: date | None = None) -> Done:
    """ "01-02…03-20:1000 03-21:5" → 1,000 on each work day from 2 January to 20 March, 5 on the 21st."""
    rows: list[tuple[date, int]] = []
    for days, amount in pairs(text):
        first, _, last = days.partition("…")
        if not last:
            rows.append((date.fromisoformat(f"{grid.year}-{first}"), amount))
            continue
        start, end = (date.fromisoformat(f"{grid.year}-{day}") for day in (first, last))
        rows += [(grid.day(i), amount) for i in grid.inside(start, end) if grid.open[i]]
    return Done.of(grid, rows, read_to)
