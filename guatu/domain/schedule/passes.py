"""Forward and backward pass over the net, in one topological order, without recursion."""

from dataclasses import dataclass
from operator import lt
from typing import Final

from guatu.domain.errors import DomainError
from guatu.domain.schedule.network import NAMED, Net, circle

OWN: Final = -1  # the earliest date comes from the node's own dates, not from a link


@dataclass(slots=True)
class Passed:
    """What the passes find: per node the earliest and latest value of its unknown and the link that drives it."""

    net: Net
    order: list[int]
    early: list[int]
    late: list[int]
    driver: list[int]

    @property
    def feasible(self) -> bool:
        """Whether every latest value is at or after the earliest one."""
        return not any(map(lt, self.late, self.early))


def forward(net: Net) -> tuple[list[int], list[int], list[int]]:
    """Order, earliest values and driving links. Raises DomainError("schedule.circular") naming one circle."""
    early, driver = net.low.copy(), [OWN] * net.size
    waits = [0] * net.size
    for target in net.target:
        waits[target] += 1
    out, targets, weights, across = net.out, net.target, net.weight, net.across
    order = [place for place, count in enumerate(waits) if not count]
    for place in order:  # it grows while it is read
        value = early[place]
        for link in out[place]:
            target, weight = targets[link], weights[link]
            found = across(link, value) if weight is None else value + weight
            if found >= early[target]:
                early[target], driver[target] = found, link
            waits[target] -= 1
            if not waits[target]:
                order.append(target)
    if len(order) < net.size:
        found_circle = circle(net, (place for place, count in enumerate(waits) if count))
        raise DomainError("schedule.circular", nodes=found_circle[:NAMED], count=len(found_circle))
    return order, early, driver


def backward(net: Net, order: list[int]) -> list[int]:
    """Latest values from the bounds."""
    late = net.high.copy()
    out, targets, weights, across = net.out, net.target, net.weight, net.back_across
    for place in reversed(order):
        least = late[place]
        for link in out[place]:
            weight = weights[link]
            found = across(link, late[targets[link]]) if weight is None else late[targets[link]] - weight
            if found < least:
                least = found
        late[place] = least
    return late
