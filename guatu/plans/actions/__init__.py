"""Every office verb of plans. One action is one transaction with one trail entry about the project."""

from guatu.plans.actions.approvals import ApprovedPlan, approve_draft, record_plans
from guatu.plans.actions.drafts import (
    begin_draft,
    change_draft,
    drop_draft,
    return_draft,
    submit_draft,
    take_back_draft,
)
from guatu.plans.actions.items import ItemRow, add_items, set_item, withdraw_item
from guatu.plans.actions.records import (
    DatesRow,
    NodeReport,
    record_dates,
    record_many_dates,
    record_node,
    record_quantity,
)
from guatu.plans.actions.targets import issue_target_sheet, set_target, set_target_profile
from guatu.plans.actions.templates import save_template, withdraw_template

__all__ = [
    "ApprovedPlan",
    "DatesRow",
    "ItemRow",
    "NodeReport",
    "add_items",
    "approve_draft",
    "begin_draft",
    "change_draft",
    "drop_draft",
    "issue_target_sheet",
    "record_dates",
    "record_many_dates",
    "record_node",
    "record_plans",
    "record_quantity",
    "return_draft",
    "save_template",
    "set_item",
    "set_target",
    "set_target_profile",
    "submit_draft",
    "take_back_draft",
    "withdraw_item",
    "withdraw_template",
]
