"""Figures and dates as a page prints them: fixed decimals, thousands commas, a true minus, "—" for no figure."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext, gettext_lazy

from guatu.core.refusals import Sentence
from guatu.domain.money import MoneyUnit, choose_unit, format_amount, format_number
from guatu.domain.periods import Period
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


UNIT_WORDS: Final[Mapping[MoneyUnit, Sentence]] = {
    MoneyUnit.YUAN: gettext_lazy("元"),
    MoneyUnit.WAN: gettext_lazy("万元"),
    MoneyUnit.YI: gettext_lazy("亿元"),
}
"""The units of money in the language of the page."""


def amount(yuan: int | None, unit: MoneyUnit, places: int = 2) -> str:
    """Whole yuan in ``unit``, without the unit's word; "—" for None."""
    return NO_FIGURE if yuan is None else format_amount(yuan, unit, places)


def said_amount(yuan: int) -> tuple[str, str]:
    """An amount as a sentence says it and its unit's word: ("1.55", "亿元"), ("3,800", "万元").

    Two decimals of 亿元, none of the smaller units. One amount is thus said in one unit wherever it is said.
    """
    unit = choose_unit(yuan)
    return format_amount(yuan, unit, 2 if unit is MoneyUnit.YI else 0), str(UNIT_WORDS[unit])


def amount_words(yuan: int | None) -> str:
    """`said_amount` as one text: 1.55 亿元; "—" for None."""
    return NO_FIGURE if yuan is None else " ".join(said_amount(yuan))


def exact_amount(yuan: int) -> str:
    """An amount of which nothing is rounded, in the unit in which a person would say it: 1.2 亿元."""
    unit = choose_unit(yuan)
    return f"{format_amount(yuan, unit, 8, trim=True)} {UNIT_WORDS[unit]}"


def with_sign(text: str) -> str:
    """A printed number with an explicit plus; zero and "—" carry no sign."""
    if text == NO_FIGURE or text.startswith("−") or not text.strip("0.,"):
        return text
    return f"+{text}"


def per_cent(value: Decimal | int | None, places: int = 1) -> str:
    """A rate that is already in per cent (``domain.rounding.rate``, rounded here from its exact share), without the
    sign %; "—" for None."""
    return NO_FIGURE if value is None else format_number(half_up(value, places))


def hundredths(value: int | None) -> str:
    """Hundredths of a per cent as offices write them, without the sign: 35.5 of 3550; nothing for None."""
    return "" if value is None else format(Decimal(value) / 100, "f")


def count(value: int | None) -> str:
    """A whole number with thousands commas; "—" for None."""
    return NO_FIGURE if value is None else format_number(value)


def day(value: date | None) -> str:
    """3月31日: a day of the year that the page is about."""
    if value is None:
        return NO_FIGURE
    return gettext("%(month)d月%(day)d日") % {"month": value.month, "day": value.day}


def period_words(period: Period) -> str:
    """3月26日, 第12周, 3月, 一季度, 2021年: a period of the year that the page is about."""
    if period.kind == "day":
        return day(period.start)
    return period.label_zh if period.kind == "year" else period.label_zh.partition("年")[2]


def full_day(value: date | None) -> str:
    """2019年3月31日."""
    if value is None:
        return NO_FIGURE
    return gettext("%(year)d年%(month)d月%(day)d日") % {"year": value.year, "month": value.month, "day": value.day}


def weekday(value: date | None) -> str:
    """星期五."""
    return NO_FIGURE if value is None else str(WEEKDAYS[value.weekday()])
