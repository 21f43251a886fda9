"""The cheapest shortening when all nodes count the same days: exact, by the flow that is dual to it.

Each node is an arc from start to finish that is as long as its duration and can carry as much flow as a day's
shortening costs; beyond that only a shorter arc carries on. Flow is sent along the longest ways from "the earliest
possible" to "the bounds" until none of them is too long (Fulkerson 1961; Kelley 1961): what the last potentials leave
between a start and its finish is the new duration.
"""

from heapq import heappop, heappush
from typing import Final

ENDLESS: Final = 10**60
MOST_STEPS: Final = 1_000_000  # looked-at arcs


class TooLong(Exception):
    """The search would take too long."""


class Arcs:
    """A network for the flow: nodes are numbers, 0 is where all ways begin and 1 where they end."""

    def __init__(self, size: int) -> None:
        self.out: list[list[int]] = [[] for _ in range(size)]
        self.head: list[int] = []
        self.room: list[int] = []
        self.length: list[int] = []
        self.height = [0] * size
        self.steps = 0

    def add(self, tail: int, head: int, length: int, room: int = ENDLESS) -> None:
        """An arc and its reverse, which is empty."""
        for end, other, far, free in ((tail, head, length, room), (head, tail, -length, 0)):
            self.out[end].append(len(self.head))
            self.head.append(other)
            self.room.append(free)
            self.length.append(far)

    def solve(self, heights: list[int], most_steps: int = MOST_STEPS) -> list[int] | None:
        """Final potentials, from feasible ones (the longest ways of the empty network); None when nothing helps.

        Raises TooLong.
        """
        self.height = heights
        while self.height[1] > 0:
            far, by, looked = self._ways()
            self.steps += looked
            if self.steps > most_steps:
                raise TooLong
            drop = min(far.get(1, ENDLESS), self.height[1])
            for node, height in enumerate(self.height):
                self.height[node] = height - min(far.get(node, drop), drop)
            if self.height[1] > 0 and not self._send(by):
                return None
        shift = self.height[0]
        return [height - shift for height in self.height]

    def _ways(self) -> tuple[dict[int, int], dict[int, int], int]:
        """Reduced lengths from 0 (Dijkstra), the arc by which each node is reached, and the arcs looked at."""
        far, by, done, looked = {0: 0}, dict[int, int](), set[int](), 0
        heap = [(0, 0)]
        height = self.height
        while heap:
            distance, node = heappop(heap)
            if node in done:
                continue
            done.add(node)
            if node == 1:
                break
            for arc in self.out[node]:
                looked += 1
                if self.room[arc] > 0:
                    head = self.head[arc]
                    more = distance + height[head] - height[node] - self.length[arc]
                    if head not in far or more < far[head]:
                        far[head], by[head] = more, arc
                        heappush(heap, (more, head))
        return {node: distance for node, distance in far.items() if node in done}, by, looked

    def _send(self, by: dict[int, int]) -> bool:
        """Fill the way to 1; False when it has no end, so that no shortening helps."""
        way, node = [], 1
        while node != 0:
            way.append(by[node])
            node = self.head[by[node] ^ 1]
        most = min(self.room[arc] for arc in way)
        if most >= ENDLESS:
            return False
        for arc in way:
            if self.room[arc] < ENDLESS:
                self.room[arc] -= most
            if self.room[arc ^ 1] < ENDLESS:
                self.room[arc ^ 1] += most
        return True
