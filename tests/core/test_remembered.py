"""The small memory: what was used longest ago goes first; what is written while it is counted makes a count old."""

from dataclasses import dataclass

import pytest

from guatu.core import today
from guatu.core.actor import OPERATOR
from guatu.core.registries import TODOS, ToDo, ToDoItem
from guatu.core.remembered import Remembered, rows_of
from guatu.people import actions as people
from guatu.people.models import Unit
from tests.support.cast import Cast, cast

__all__ = ["cast"]


def test_what_was_used_longest_ago_is_forgotten_first():
    memory: Remembered[int] = Remembered(2)
    memory.put("a", 1)
    memory.put("b", 2)
    assert memory.get("a") == 1
    memory.put("c", 3)
    assert [memory.get(key) for key in "abc"] == [1, None, 3]
    memory.put("a", 4)
    memory.put("d", 5)
    assert [memory.get(key) for key in "acd"] == [4, None, 5]
    memory.forget()
    assert len(memory) == 0


@dataclass
class Answer:
    rows: list[int]
    more: tuple[dict[str, int], int]


def test_what_is_remembered_is_bounded_by_its_rows_too():
    assert rows_of(Answer([1, 2], ({"a": 1}, 7))) == 3
    memory: Remembered[list[int]] = Remembered(3, rows=10)
    memory.put("a", [0] * 4)
    memory.put("b", [0] * 4)
    memory.put("a", [0] * 6)
    assert (len(memory), memory.get("b")) == (2, [0] * 4)
    memory.put("c", [0])
    assert [len(memory.get(key) or ()) for key in "abc"] == [0, 4, 1]
    memory.put("d", [0] * 20)  # bigger than all: alone
    assert (len(memory), len(memory.get("d"))) == (1, 20)
    memory.put("e", [])
    assert (len(memory), memory.get("e")) == (1, [])


@pytest.fixture
def interrupted(cast: Cast):
    """A source that counts units, and while it is asked for the first time somebody adds one more."""
    asked: list[int] = []

    def items(actor):
        found = Unit.objects.filter(name__startswith="第").count()
        asked.append(found)
        if len(asked) == 1:
            people.ensure_units(actor=OPERATOR, names=["第一局"], region=cast.region())
        return [ToDoItem("x", "/")] * found

    others = dict(TODOS.items())
    TODOS._items.clear()
    TODOS.add("test.source", ToDo("test.source", "x", "core.view_today", items))
    yield cast
    TODOS._items.clear()
    TODOS._items.update(others)


@pytest.mark.parametrize("first", ["masthead", "page"])
def test_a_write_while_the_things_are_counted_makes_the_count_old_and_not_wrong_for_ever(
    interrupted: Cast, monkeypatch, first: str
):
    monkeypatch.setattr(today, "RECOUNT_SECONDS", 0.0)
    actor = interrupted.actor("office")
    if first == "masthead":
        assert today.count_of(actor) == 0
    else:
        assert interrupted.client("office").get("/today/").context["count"] == 0
    assert today.count_of(actor) == 1


def test_who_just_acted_is_told_the_new_count_and_others_a_little_later(cast: Cast, monkeypatch):
    monkeypatch.setattr(today, "RECOUNT_SECONDS", 600.0)
    source = ToDo(
        "test.units",
        "x",
        "core.view_today",
        lambda actor: [ToDoItem("x", "/")] * Unit.objects.filter(name__startswith="第").count(),
    )
    monkeypatch.setattr(TODOS, "_items", {"test.units": source})
    me, other = cast.actor("office"), cast.actor("head")
    assert (today.count_of(me), today.count_of(other)) == (0, 0)

    people.ensure_units(actor=me, names=["第一局"], region=cast.region())

    assert (today.count_of(me), today.count_of(other)) == (1, 0)
