"""Figures and dates as a page prints them: fixed decimals, thousands commas, a true minus, "—" for no figure."""

from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext, gettext_lazy

from guatu.domain.money import MoneyUnit, format_amount, format_number
from guatu.domain.rounding import half_up

NO_FIGURE: Final = "—"
"""What stands where there is no figure: never 0, 0 %, a blank or an error."""

WEEKDAYS: Final = (
    gettext_lazy("星期一"),
    gettext_lazy("星期二"),
    gettext_lazy("星期三"),
    gettext_lazy("星期四"),
    gettext_lazy("星期五"),
    gettext_lazy("星期六"),
    gettext_lazy("星期日"),
)


def amount(yuan: int | None, unit: MoneyUnit, places: int = 2) -> str:
    """Whole yuan in ``unit``, without the unit's word; "—" for None."""
    return NO_FIGURE if yuan is None else format_amount(yuan, unit, places)


def with_sign(text: str) -> str:
    """A printed number with an explicit plus; zero and "—" carry no sign."""
    if text == NO_FIGURE or text.startswith("−") or not text.strip("0.,"):
        return text
    return f"+{text}"


def per_cent(value: Decimal | int | None, places: int = 1) -> str:
    """A rate that is already in per cent (``domain.rounding.rate``, rounded here from its exact share), without the
    sign %; "—" for None."""
    return NO_FIGURE if value is None else format_number(half_up(value, places))


def count(value: int | None) -> str:
    """A whole number with thousands commas; "—" for None."""
    return NO_FIGURE if value is None else format_number(value)


def day(value: date | None) -> str:
    """3月31日: a day of the year that the page is about."""
    if value is None:
        return NO_FIGURE
    return gettext("%(month)d月%(day)d日") % {"month": value.month, "day": value.day}


def full_day(value: date | None) -> str:
    """2019年3月31日."""
    if value is None:
        return NO_FIGURE
    return gettext("%(year)d年%(month)d月%(day)d日") % {"year": value.year, "month": value.month, "day": value.day}


def weekday(value: date | None) -> str:
    """星期五."""
    return NO_FIGURE if value is None else str(WEEKDAYS[value.weekday()])
