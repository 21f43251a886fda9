"""The verbs on plans and targets. One action is one transaction with one trail entry."""

from guatu.plans.actions.targets import issue_target_sheet, set_target, set_target_profile

__all__ = ["issue_target_sheet", "set_target", "set_target_profile"]
