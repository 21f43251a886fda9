"""Cells typed twice: the worked tables of docs/algorithms/fill_once.md."""

from datetime import UTC, datetime, time

import pytest

from guatu.domain.fill_once import CellKey, Elsewhere, FillCount, Typed, typed_twice
from tests.domain.worked import EMPTY, worked

NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)


def at(text):
    return None if text == EMPTY else datetime.combine(NOON.date(), time.fromisoformat(text), UTC)


@pytest.mark.parametrize("row", worked("fill_once", "One cell"), ids=lambda row: "-".join(row.values()))
def test_one_cell(row):
    key = CellKey("p", "money")
    asked = [] if row["stands in"] == "none" else [Elsewhere(key, "a", at(row["read back"]), at(row["handed over"]))]
    count = typed_twice([Typed(key, "u", NOON)], asked)["u"]
    assert count == FillCount(int(row["typed"]), int(row["elsewhere"]), int(row["twice"]))


@pytest.mark.parametrize("row", worked("fill_once", "One unit"), ids=lambda row: row["case"])
def test_one_unit(row):
    keys = [CellKey("p", fact) for fact in ("money", "words", "problem")]
    first = NOON if row["case"] != "nothing went out" else None
    second = NOON if row["case"].startswith("both") else None
    asked = [Elsewhere(keys[0], "a", None, first), Elsewhere(keys[1], "a", None, first)]
    asked.append(Elsewhere(keys[0], "b", None, second))
    count = typed_twice([Typed(key, "u", NOON) for key in keys], asked)["u"]
    assert count == FillCount(int(row["typed"]), int(row["elsewhere"]), int(row["twice"]))


def test_units_are_counted_apart_and_nothing_typed_is_nothing():
    said = [Typed(CellKey("p", "words"), "u", NOON), Typed(CellKey("q", "words"), "v", NOON)]
    assert typed_twice(said, []) == {"u": FillCount(1), "v": FillCount(1)}
    assert typed_twice([], [Elsewhere(CellKey("p", "words"), "a")]) == {}
