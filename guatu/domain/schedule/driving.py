"""关键线路 (driving path), once for every picture and paper (docs/algorithms/driving.md).

It is the chain of nodes into the one that decides a plan's end, each waiting for the one before it over a link that
leaves no day to spare. A back-plan knows from its forward pass which link gave each node its date; where nodes stand
by planned, expected and actual dates (`delays`) it is read from those.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar

from guatu.domain.schedule.delays import ENDS, FINISH, START, Carried, Known, Tie, asked, is_loose

Step = TypeVar("Step")
End: TypeAlias = tuple[int, int]  # a node's place, and which of its two days: FINISH or START


def chain_into(last: Step, driver: Callable[[Step], Step | None]) -> tuple[Step, ...]:
    """The chain into ``last``, from its beginning: back from each step to what drives it. A circle is cut."""
    found = {last: None}
    before = driver(last)
    while before is not None and before not in found:
        found[before] = None
        before = driver(before)
    return tuple(found)[::-1]


def driving_path(nodes: Sequence[Known], ties: Sequence[Tie], stand: Sequence[Carried]) -> tuple[int, ...]:
    """Places of the chain into the node that ends last (of several the last in the list); `stand` is `passed_on`.

    Where several links leave a day no room, the chain goes on with the node that ends last.
    """
    into: dict[int, list[Tie]] = {}
    for tie in ties:
        into.setdefault(tie.after, []).append(tie)

    def driver(at: End) -> End | None:
        binding = [tie for tie in into.get(at[0], ()) if _binds(nodes, stand, tie, at[1])]
        if not binding:
            return None
        tie = max(binding, key=lambda one: (stand[one.before].finish, one.before))
        return tie.before, ENDS[tie.type][0]

    last = max(range(len(nodes)), key=lambda place: (stand[place].finish, place))
    return tuple(dict.fromkeys(place for place, _end in chain_into((last, FINISH), driver)))


def _binds(nodes: Sequence[Known], stand: Sequence[Carried], tie: Tie, end: int) -> bool:
    """Whether a link leaves one end of its later node no day to spare.

    One day of a node follows the other by its planned length, unless that other one has happened.
    """
    after, (leaving, entering) = nodes[tie.after], ENDS[tie.type]
    if is_loose(after, tie) or (after.begun and end == START):
        return False
    before = stand[tie.before]
    day = asked(nodes[tie.before], after, before.start if leaving == START else before.finish, tie)
    if after.axis is not None:
        day = after.axis.day(after.axis.rank(day))  # the first day on which it can be
    if after.begun and entering != end:
        return False
    length = after.planned_finish - after.planned_start
    day += length * (entering - end)  # FINISH is 0, START 1: from a start on to the finish, from a finish back
    stands = stand[tie.after]
    return day >= (stands.start if end == START else stands.finish)
