"""All reading of plans and targets, for pages and the packages above."""

from guatu.plans.queries.beginnings import (
    content_for_span,
    content_in_force,
    content_one_after_another,
    earliest_finish,
)
from guatu.plans.queries.due import DueNode, due_node, due_rows
from guatu.plans.queries.lines import NodeDays
from guatu.plans.queries.plan import NodeLine, PlanView, plan_of

__all__ = [
    "DueNode",
    "NodeDays",
    "NodeLine",
    "PlanView",
    "content_for_span",
    "content_in_force",
    "content_one_after_another",
    "due_node",
    "due_rows",
    "earliest_finish",
    "plan_of",
]
