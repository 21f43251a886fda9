"""征迁: how far the households of a plan are, and what that comes to by place."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from guatu.core import clock
from guatu.plans.choices import ItemStep
from guatu.plans.models import ItemState, Node, NodeItem
from guatu.plans.queries.records import item_states

STEPS = list(ItemStep.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """One household with how far it is; `settled` (已销号): it has reached the step that the node counts."""

    item: NodeItem
    state: ItemState
    settled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTotal:
    """A place's households ("" : no place was given): how many there are and are settled, and the amounts of both."""

    place: str
    count: int
    settled: int
    amount: Decimal
    done: Decimal

    @property
    def left(self) -> int:
        """How many are not settled yet."""
        return self.count - self.settled


def item_lines(node: Node) -> list[ItemLine]:
    """The households of the node's plan with how far each is today, those furthest behind first."""
    rows = list(NodeItem.objects.filter(node__plan_id=node.plan_id, withdrawn=False).select_related("unit"))
    states = item_states(rows, clock.today())
    least = STEPS.index(node.counts) if node.counts else len(STEPS) - 1
    lines = [
        ItemLine(item=row, state=states[row.pk], settled=STEPS.index(states[row.pk].step) >= least)
        for row in rows
        if row.pk in states
    ]
    return sorted(lines, key=lambda one: (STEPS.index(one.state.step), one.item.place, one.item.number, one.item.pk))


def place_totals(lines: Sequence[ItemLine]) -> list[PlaceTotal]:
    """The totals by place, those with the most left first; they add up to the node's quantity."""
    places: dict[str, list[ItemLine]] = {}
    for line in lines:
        places.setdefault(line.item.place, []).append(line)
    totals = [
        PlaceTotal(
            place=place,
            count=len(rows),
            settled=sum(1 for row in rows if row.settled),
            amount=sum((row.item.amount for row in rows), Decimal(0)),
            done=sum((row.item.amount for row in rows if row.settled), Decimal(0)),
        )
        for place, rows in places.items()
    ]
    return sorted(totals, key=lambda one: (-one.left, one.place))
