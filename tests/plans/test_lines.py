"""How a node stands at a date by its own days."""

from datetime import date

import pytest

from guatu.plans.queries.lines import NodeDays


@pytest.mark.parametrize(
    ("days", "light"),
    [
        ({"actual_start": date(2026, 3, 1), "actual_finish": date(2026, 5, 1)}, "blue"),
        ({}, "yellow"),
        ({"actual_start": date(2026, 3, 1)}, "green"),
        ({"actual_start": date(2026, 3, 1), "forecast_finish": date(2026, 4, 20)}, "yellow"),
        ({"planned_finish": date(2026, 3, 25)}, "red"),
        ({"planned_start": date(2026, 3, 26)}, "none"),
    ],
)
def test_a_nodes_light(days, light):
    planned = {"planned_start": date(2026, 3, 20), "planned_finish": date(2026, 4, 10)}
    assert NodeDays(**{**planned, **days}).light(date(2026, 3, 26)) == light
