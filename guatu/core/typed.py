"""What people type for dates and amounts, read in one way by every form and filter, and said back to them.

The arithmetic is the domain's (`domain.typed`, `domain.money`); here are the sentences: what was read, what of it was
assumed, and why something cannot be read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core import clock
from guatu.core.refusals import Sentence
from guatu.core.ui import numbers
from guatu.domain.errors import DomainError
from guatu.domain.money import MoneyUnit, choose_unit, format_amount, parse_amount
from guatu.domain.typed import DayReading, read_day

DAY_WRONG: Final[Mapping[str, Sentence]] = {
    "date.no_such_day": gettext_lazy("没有“{text}”这一天。请改正。"),
    "date.not_leap": gettext_lazy("{year} 年不是闰年，2 月没有 29 日。请改为 2月28日 或 3月1日。"),
    "date.no_such_month": gettext_lazy("“{text}”里没有这个月份，月份是 1 到 12。请改正。"),
    "date.no_such_quarter": gettext_lazy("“{text}”里没有这个季度，季度是 1 到 4。请改正。"),
    "date.absurd_year": gettext_lazy("“{text}”的年份不合理。请改正。"),
    "date.festival": gettext_lazy("“{text}”不是确定的一天，节日每年不同。请写明日期，如 9月30日。"),
    "date.ambiguous_month": gettext_lazy("看不出“{text}”是 1 月还是 10 月。请写成 2019年10月。"),
}
DAY_UNREADABLE = gettext_lazy("看不懂日期“{text}”。可以写 2019-03-31、3.31、3月底、下周五。")
AMOUNT_WRONG: Final[Mapping[str, Sentence]] = {
    "amount.no_unit": gettext_lazy("“{text}”没有写单位。请写成 1.2亿 或 12000万元。"),
    "amount.approximate": gettext_lazy("“{text}”不是确定的金额。请去掉“约”“余”“以上”，填写一个数。"),
    "amount.range": gettext_lazy("“{text}”是一个范围。请填写一个数。"),
    "amount.two_points": gettext_lazy("“{text}”有两个小数点。例：1.23亿、12300万、12300。"),
    "amount.comma": gettext_lazy("“{text}”的逗号位置不对。例：12,000万。"),
    "amount.currency": gettext_lazy("“{text}”不是人民币金额。请折算后填写。"),
    "amount.ambiguous": gettext_lazy("“{text}”有两种读法。请写明单位，如 1亿2000万 或 1.2亿。"),
    "amount.fraction_of_yuan": gettext_lazy("“{text}”不足一元。金额填到元为止。"),
    "amount.absurd": gettext_lazy("“{text}”大得不合理，可能是单位错了。请核对是 元、万元 还是 亿元。"),
}
AMOUNT_UNREADABLE = gettext_lazy("看不懂金额“{text}”。请写成 1.2亿 或 12000万元。")
STILL_TYPING: Final = frozenset({"date.blank", "date.unreadable", "amount.blank", "amount.unreadable", "amount.comma"})
SHOWN = 30  # characters of what was typed that a sentence says again


@dataclass(frozen=True, slots=True)
class Echo:
    """What stands beside a field: `said` in it, `note` under it (what was assumed, or why it cannot be read)."""

    said: str = ""
    note: str = ""
    wrong: bool = False


def why_not(fault: DomainError) -> str:
    """The sentence of a date or an amount that cannot be read: what it was, and how to write it."""
    known = {**DAY_WRONG, **AMOUNT_WRONG}
    rest = DAY_UNREADABLE if fault.code.startswith("date.") else AMOUNT_UNREADABLE
    typed = "".join(char for char in str(fault.params.get("text", "")) if char.isprintable())
    return str(known.get(fault.code, rest)).format(**{**fault.params, "text": typed[:SHOWN]})


def day_typed(text: str, year: int | None = None) -> DayReading:
    """How a day is read today in a form whose list is of `year`. Raises DomainError."""
    return read_day(text, clock.today(), year)


def echo_of_day(text: str, year: int | None = None) -> Echo:
    """星期二 beside a whole date; else the day that was read, and under it what was assumed."""
    try:
        reading = day_typed(text, year)
    except DomainError as fault:
        return _refused(fault)
    same_year = reading.day.year == clock.today().year and reading.year_from == "text"
    shown = numbers.day(reading.day) if same_year else numbers.full_day(reading.day)
    whole = text.strip() == reading.day.isoformat()
    weekday = numbers.weekday(reading.day)
    return Echo(f"= {weekday}" if whole else f"= {shown} {weekday}", "；".join(_assumed(reading)))


def _assumed(reading: DayReading) -> list[str]:
    told = []
    if reading.taken == "last":
        told.append(_("写的是一段时间，取最后一天"))
    if reading.taken == "first":
        told.append(_("写的是“初”，取第一天"))
    if reading.year_from == "list":
        told.append(_("未写年份，按名单的 %(year)s 年") % {"year": reading.day.year})
    if reading.year_from == "today":
        told.append(_("未写年份，按今年"))
    if reading.other is not None:
        told.append(_("若指本周，是%(day)s，请写“本周”") % {"day": numbers.day(reading.other)})
    return told


def show_day(day: date) -> str:
    """A day as a form shows it: 2019-03-31."""
    return day.isoformat()


def show_amount(yuan: int) -> str:
    """An amount as a form shows it, in the unit in which a person would say it: 1.2亿元; nothing is rounded."""
    unit = choose_unit(yuan)
    return f"{format_amount(yuan, unit, 8, trim=True)}{unit.value}"


def echo_of_amount(text: str, unit: MoneyUnit | None = MoneyUnit.WAN) -> Echo:
    """The amount in 万元 (below ten thousand yuan in 元); under it that a bare number was taken in `unit`."""
    try:
        yuan = parse_amount(text, unit)
    except DomainError as fault:
        return _refused(fault)
    shown = MoneyUnit.WAN if abs(yuan) >= MoneyUnit.WAN.factor or yuan == 0 else MoneyUnit.YUAN
    note = ""
    if unit is not None and yuan and _bare(text):
        note = _("未写单位，按%(unit)s计，即 %(amount)s") % {
            "unit": numbers.UNIT_WORDS[unit],
            "amount": numbers.exact_amount(yuan),
        }
    return Echo(f"= {format_amount(yuan, shown, 4, trim=True)} {numbers.UNIT_WORDS[shown]}", note)


def _bare(text: str) -> bool:
    try:
        parse_amount(text, None)
    except DomainError:
        return True
    return False


def _refused(fault: DomainError) -> Echo:
    """Nothing of a text that may be half typed; the sentence of what no further typing mends."""
    return Echo() if fault.code in STILL_TYPING else Echo("", why_not(fault), wrong=True)
