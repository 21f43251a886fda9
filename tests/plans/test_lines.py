"""How a node stands at a date by its own days."""

from dataclasses import dataclass
from datetime import date

import pytest

from guatu.plans.queries.lines import NodeDays, outlook

TODAY = date(2026, 3, 26)


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


@dataclass
class Row:
    place: int
    days: NodeDays

    @property
    def slip(self) -> int:
        return self.days.slip(TODAY)


def row(place: int, finish: date, **more: date) -> Row:
    return Row(place, NodeDays(planned_start=date(2026, 1, 1), planned_finish=finish, **more))


def test_a_node_whose_day_has_passed_is_overdue_and_never_the_next_one():
    passed, earlier, ahead = row(1, date(2026, 3, 1)), row(2, date(2026, 2, 1)), row(3, date(2026, 5, 1))
    done = row(4, date(2026, 3, 1), actual_finish=date(2026, 3, 2))
    told = outlook([passed, earlier, ahead, done], TODAY)
    assert (told.worst, told.worst_overdue, told.others_overdue, told.following) == (earlier, True, 1, ahead)
    only = outlook([passed, done], TODAY)
    assert (only.worst, only.following, list(only.waiting)) == (passed, None, [passed])


def test_a_node_expected_late_is_late_but_not_overdue():
    late = row(1, date(2026, 4, 1), forecast_finish=date(2026, 4, 20))
    told = outlook([late], TODAY)
    assert (told.worst, told.worst_overdue, told.others_overdue, told.following) == (late, False, 0, late)
    assert outlook([row(1, TODAY)], TODAY).following is not None  # due today: not passed yet
