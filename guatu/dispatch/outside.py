"""Figures from outside as people read them: the period, the number, and on which side of the average a region is."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from guatu.domain.money import format_number
from guatu.figures.choices import OUTSIDE_INDICATORS
from guatu.figures.models import OutsideSeries


@dataclass(frozen=True, slots=True)
class OutsideLine:
    """One figure: its name, period (2026年1—2月), number with a true minus, unit, and where it was published."""

    name: str
    period: str
    value: str
    unit: str
    source: str
    on: date


def line_of(row: OutsideSeries) -> OutsideLine:
    """A recorded figure in words. Points below the average are said as such, without a sign."""
    name, value = str(dict(OUTSIDE_INDICATORS).get(row.indicator, row.indicator)), _number(row.value)
    if row.indicator == "points_above_parent" and value is not None and value < 0:
        name, value = _("低于上级平均"), -value
    text = row.value if value is None else format_number(value)
    return OutsideLine(name, period_words(row.period), text, row.unit, row.source, row.effective_on)


def period_words(code: str) -> str:
    """2026-03 → 2026年3月; 2026-01..02 → 2026年1—2月. Another code stays as it was written."""
    year, _dash, months = code.partition("-")
    numbers = months.split("..")
    if not year.isdecimal() or len(numbers) > 2 or not all(number.isdecimal() for number in numbers):
        return code
    span = "—".join(str(int(number)) for number in numbers)
    return _("%(year)s年%(months)s月") % {"year": year, "months": span}


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
