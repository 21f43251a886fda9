"""How an indicator is written for people, and how a snapshot keeps its exact value."""

from typing import Any

from guatu.core.ui.numbers import NO_FIGURE
from guatu.domain.money import MoneyUnit, format_amount, format_number
from guatu.domain.rounding import half_up
from guatu.figures.choices import WORDS


def stored(value: Any) -> str:
    """The exact value as text: an integer, a decimal, or nothing."""
    return "" if value is None else str(value)


def printed(code: str, value: Any, places: int) -> str:
    """The value as papers print it: amounts in 亿元 with two decimals, rates with the list's, no figure as a dash."""
    if value is None:
        return NO_FIGURE
    kind = WORDS[code].kind
    if kind == "money":
        return format_amount(value, MoneyUnit.YI, 2)
    if kind == "count":
        return format_number(value)
    text = format_number(half_up(value, places))
    return f"+{text}" if kind == "points" and value > 0 else text
