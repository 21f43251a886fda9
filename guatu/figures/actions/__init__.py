"""The office's verbs on figures and lights. One action is one transaction with one trail entry."""

from guatu.figures.actions.kept import CUTS, keep_closing, record_outside, record_published, take_snapshot
from guatu.figures.actions.lights import (
    adopt_light_rules,
    change_light_rules,
    draft_light_rules,
    exempt_light,
    explain_light,
)

__all__ = [
    "CUTS",
    "adopt_light_rules",
    "change_light_rules",
    "draft_light_rules",
    "exempt_light",
    "explain_light",
    "keep_closing",
    "record_outside",
    "record_published",
    "take_snapshot",
]
