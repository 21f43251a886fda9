"""What reports ask of a unit: the worked tables, and what holds of every load."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.domain.burden import Burden, Costs, Load, burden, to_drop
from guatu.domain.rhythm import FIELDS
from tests.domain.worked import worked

COSTS = Costs(cell=25, photo=60)
TWELVE = [
    Load("week", ("money", "words", "problem"), 48),
    Load("month", ("money", "mix", "percent", "words"), 12),
]


@pytest.mark.parametrize("row", worked("burden", "Minutes"), ids=lambda row: row["rule"] + row["reports"])
def test_minutes(row):
    fields, columns = tuple(row["fields"].split()), int(row["columns"])
    found = burden([Load(row["rule"], fields, int(row["reports"]), known=4, columns=columns)], COSTS)
    named = ("reports", "cells", "photos", "known", "seconds")
    assert found == Burden(*(int(row[name]) for name in named))
    assert found.minutes == int(row["minutes"])


@pytest.mark.parametrize("row", worked("burden", "Dropped"), ids=lambda row: row["cap"])
def test_what_to_drop(row):
    cap = int(row["cap"])
    assert burden(TWELVE, COSTS).over(cap) == int(row["over"])
    found = to_drop(TWELVE, COSTS, cap)
    assert "; ".join(f"{one.rule} {one.field} {one.minutes}" for one in found) == row["dropped"]


LOADS = st.lists(
    st.builds(
        Load,
        st.sampled_from(["week", "month", "quarter"]),
        st.lists(st.sampled_from(FIELDS), unique=True).map(tuple),
        st.integers(0, 60),
    ),
    max_size=3,
    unique_by=lambda load: load.rule,
)


@given(LOADS, st.integers(1, 200))
def test_what_is_dropped_keeps_the_cap_or_leaves_the_money_alone(loads, cap):
    gone = {(one.rule, one.field) for one in to_drop(loads, COSTS, cap)}
    left = [
        Load(load.rule, tuple(field for field in load.fields if (load.rule, field) not in gone), load.reports)
        for load in loads
    ]
    after = burden(left, COSTS)
    assert not after.over(cap) or {field for load in left if load.reports for field in load.fields} <= {"money"}
