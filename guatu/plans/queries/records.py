"""Which facts of a node stand now."""

from collections.abc import Iterable
from datetime import date

from guatu.core import clock
from guatu.library.models import Project
from guatu.plans.choices import Dates
from guatu.plans.models import ItemState, Node, NodeDates, NodeItem, NodeQuantity, PlanVersion, VersionNode


def dates_standing(node: Node, sort: Dates) -> NodeDates | None:
    """The node's dates of a kind as they stand today."""
    return NodeDates.objects.filter(node=node, sort=sort).as_of(clock.today(), restated=True).first()


def planned_of(node: Node) -> VersionNode | None:
    """The node's dates in the plan in force today; None when that plan no longer has the node."""
    versions = PlanVersion.objects.filter(plan=node.plan_id, approved_on__lte=clock.today())
    in_force = versions.order_by("-number").values_list("pk", flat=True).first()
    return VersionNode.objects.filter(node=node, plan_version=in_force).first()


def quantity_standing(node: Node, day: date) -> NodeQuantity | None:
    """What was done of the node's quantity by a day."""
    return NodeQuantity.objects.filter(node=node).as_of(day, restated=True).first()


def item_states(items: Iterable[NodeItem], day: date) -> dict[int, ItemState]:
    """How far each household or structure is at the end of a day, by the item's id."""
    keys = [item.pk for item in items]
    return {row.item_id: row for row in ItemState.objects.filter(item__in=keys).as_of(day, restated=True)}


def records_of(project: Project) -> list[tuple[NodeDates | NodeQuantity | ItemState, str]]:
    """Every standing fact of a project's nodes with the node's (and household's) name, in the order of their days."""
    found: list[tuple[NodeDates | NodeQuantity | ItemState, str]] = []
    for model in (NodeDates, NodeQuantity):
        rows = model.objects.standing().filter(node__plan__project=project).select_related("node")
        found += [(row, row.node.name) for row in rows]
    states = ItemState.objects.standing().filter(item__node__plan__project=project).select_related("item__node")
    found += [(row, f"{row.item.node.name}：{row.item.name}") for row in states]
    return sorted(found, key=lambda pair: (pair[0].effective_on, pair[0].booked_on, type(pair[0]).__name__, pair[0].pk))
