"""Finds every number, rank and sum of a paper and holds it against the data (docs/algorithms/checker.md)."""

from guatu.domain.checker.table import TableFinding, check_table, check_text_against_table
from guatu.domain.checker.text import Finding, check_text
from guatu.domain.checker.tokens import Token, find_figures

__all__ = [
    "Finding",
    "TableFinding",
    "Token",
    "check_table",
    "check_text",
    "check_text_against_table",
    "find_figures",
]
