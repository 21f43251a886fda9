"""征迁: households and structures one by one; the quantities of the nodes that count their steps follow from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.core.writing import action, current, require_reason
from guatu.library.policies import require_projects
from guatu.people.models import Unit
from guatu.plans.choices import ItemStep
from guatu.plans.models import ItemState, Node, NodeItem, NodeQuantity, Plan
from guatu.plans.queries.records import item_states

STEPS = list(ItemStep.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """A household or structure as it is entered: its community or village, its number there, how much of the node's
    measure it is, and by which street.
    """

    name: str
    place: str = ""
    number: str = ""
    amount: Decimal = Decimal(1)
    unit: Unit | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from the others of its node."""
        return self.place.strip(), self.number.strip(), self.name.strip()


@action("plans.add_items", _("登记征迁户（件）"), right="plans.record")
def add_items(*, actor: Actor, node: Node, rows: Sequence[ItemRow]) -> list[NodeItem]:
    """Add households or structures; each begins as 待签约 today. A number stands once in its place."""
    project = node.plan.project
    require_projects(actor, "plans.record", [project])
    standing = NodeItem.objects.filter(node=node, withdrawn=False)
    taken = set(standing.values_list("place", "number", "name"))
    numbers = {(place, number): name for place, number, name in taken if number}
    items = []
    for row in rows:
        place, number, name = row.key
        _check(node, row, taken, numbers)
        taken.add(row.key)
        if number:
            numbers[place, number] = name
        items.append(NodeItem(node=node, name=name, place=place, number=number, amount=row.amount, unit=row.unit))
    act, today = current(), clock.today()
    act.about(project, name=project.name, node=node.name, count=len(items))
    act.add_many(items)
    act.record_many([ItemState(item=item, step=ItemStep.TO_SIGN, effective_on=today) for item in items])
    _count(node.plan, today)
    return items


def _check(node: Node, row: ItemRow, taken: set[tuple[str, str, str]], numbers: dict[tuple[str, str], str]) -> None:
    place, number, name = row.key
    if not name or row.key in taken:
        raise Refusal("plans.item_taken", node=node.name, name=name)
    if (place, number) in numbers:
        raise Refusal("plans.item_number_taken", place=place or node.name, number=number, name=numbers[place, number])
    if row.amount <= 0:
        raise Refusal("plans.amount_wrong", item=name)


@action("plans.set_item", _("更新征迁户（件）进展"), right="plans.record")
def set_item(
    *, actor: Actor, item: NodeItem, step: str, on: date | None = None, note: str = "", reason: str = ""
) -> bool:
    """Say how far an item is from a day on, and what holds it. A step back needs a reason."""
    project = item.node.plan.project
    require_projects(actor, "plans.record", [project])
    day = on or clock.today()
    if day > clock.today():
        raise Refusal("plans.actual_in_future", node=item.name, day=day)
    before = item_states([item], day).get(item.pk)
    if before is not None and STEPS.index(step) < STEPS.index(before.step) and not reason.strip():
        words = str(ItemStep(before.step).label), str(ItemStep(step).label)
        raise Refusal("plans.item_back", item=item.name, before=words[0], after=words[1])
    act = current()
    act.about(project, reason=reason.strip(), name=project.name, item=item.name)
    changed = act.record(ItemState(item=item, step=step, note=note.strip(), effective_on=day))
    _count(item.node.plan, day)
    return changed


@action("plans.withdraw_item", _("撤销征迁户（件）"), right="plans.record")
def withdraw_item(*, actor: Actor, item: NodeItem, seen: int, reason: str) -> None:
    """Take an item out that was entered in error; its history stays."""
    project = item.node.plan.project
    require_projects(actor, "plans.record", [project])
    text = require_reason(reason, _("撤销征迁户（件）"))
    current().about(project, reason=text, name=project.name, item=item.name)
    current().change(item, seen=seen, withdrawn=True)
    _count(item.node.plan, clock.today())


def _count(plan: Plan, day: date) -> None:
    """Every node of the plan that counts a step has as much done as items have reached it."""
    nodes = list(Node.objects.filter(plan=plan, withdrawn=False).exclude(counts=""))
    items = list(NodeItem.objects.filter(node__plan=plan, withdrawn=False))
    states = item_states(items, day)
    facts = []
    for node in nodes:
        least = STEPS.index(node.counts)
        done = sum(
            (item.amount for item in items if item.pk in states and STEPS.index(states[item.pk].step) >= least),
            Decimal(0),
        )
        facts.append(NodeQuantity(node=node, done=done, effective_on=day))
    current().record_many(facts)
