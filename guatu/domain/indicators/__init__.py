"""The indicators of a list at a date (docs/algorithms/indicators.md): a registry, a tally, rows behind figures."""

from guatu.domain.indicators.facts import (
    DIMENSIONS,
    KINDS,
    LEVELS,
    NOT_ADDITIVE,
    EntryFacts,
    ListRules,
    as_planned,
    kind_shown,
    merge_levels,
)
from guatu.domain.indicators.registry import INDICATORS, Count, Indicator, Lead, Rate, Sum, Value
from guatu.domain.indicators.tally import Change, Row, compare, known_values, rows_behind, tally

__all__ = [
    "DIMENSIONS",
    "INDICATORS",
    "KINDS",
    "LEVELS",
    "NOT_ADDITIVE",
    "Change",
    "Count",
    "EntryFacts",
    "Indicator",
    "Lead",
    "ListRules",
    "Rate",
    "Row",
    "Sum",
    "Value",
    "as_planned",
    "compare",
    "kind_shown",
    "known_values",
    "merge_levels",
    "rows_behind",
    "tally",
]
