"""Lights (红黄绿灯): rule sets as data, the light of a project with its reason, and lights in effect at a date."""

from guatu.domain.lights.evaluate import Light, Lit, NotKnown, evaluate, fill
from guatu.domain.lights.facts import FACTS, Fact, Facts, Value, limit_printed, months_missed, printed
from guatu.domain.lights.history import Evaluation, Exemption, InEffect, evaluate_all, in_effect, is_settled, running
from guatu.domain.lights.parse import placeholders, read_rules
from guatu.domain.lights.presets import PRESETS
from guatu.domain.lights.rules import COLOURS, Colour, LightRule, RuleSet, Scope, Test, Unmet, in_force, layered
from guatu.domain.lights.schedule import Standing, is_on_schedule

__all__ = [
    "COLOURS",
    "FACTS",
    "PRESETS",
    "Colour",
    "Evaluation",
    "Exemption",
    "Fact",
    "Facts",
    "InEffect",
    "Light",
    "LightRule",
    "Lit",
    "NotKnown",
    "RuleSet",
    "Scope",
    "Standing",
    "Test",
    "Unmet",
    "Value",
    "evaluate",
    "evaluate_all",
    "fill",
    "in_effect",
    "in_force",
    "is_on_schedule",
    "is_settled",
    "layered",
    "limit_printed",
    "months_missed",
    "placeholders",
    "printed",
    "read_rules",
    "running",
]
