"""How an indicator is written for people: its words, its unit and its printed value."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guatu.domain.money import MoneyUnit, format_amount, format_number
from guatu.domain.rounding import half_up

NO_FIGURE = "—"


@dataclass(frozen=True, slots=True)
class Words:
    """An indicator's name and kind of value: count, money, percent or points."""

    name: Promise
    kind: str
    short: Promise | None = None


WORDS: dict[str, Words] = {
    "projects": Words(_("项目数"), "count"),
    "total_investment": Words(_("总投资"), "money"),
    "planned_investment": Words(_("年度计划投资"), "money", _("年计划")),
    "investment_to_date": Words(_("本年完成投资"), "money", _("完成")),
    "investment_rate": Words(_("投资完成率"), "percent", _("完成率")),
    "lead": Words(_("比序时进度"), "points"),
    "new_starts_planned": Words(_("计划新开工"), "count"),
    "new_starts_due": Words(_("应开工"), "count"),
    "new_starts_started": Words(_("新开工项目已开工"), "count"),
    "started": Words(_("已开工"), "count"),
    "start_base": Words(_("开工率基数"), "count"),
    "started_of_base": Words(_("基数内已开工"), "count"),
    "start_rate": Words(_("开工率"), "percent"),
    "under_construction": Words(_("在建"), "count"),
    "suspended": Words(_("停缓建"), "count"),
    "completed": Words(_("已竣工"), "count"),
    "in_production": Words(_("已投产"), "count"),
    "full_output": Words(_("已达效"), "count"),
    "completions_planned": Words(_("计划竣工"), "count"),
    "resumed_planned": Words(_("应复工"), "count"),
    "resumed": Words(_("已复工"), "count"),
    "resumed_rate": Words(_("复工率"), "percent"),
    "resumed_started": Words(_("已开复工"), "count"),
    "resumed_started_planned": Words(_("应开复工"), "count"),
    "resumed_started_rate": Words(_("开复工率"), "percent"),
    "with_problems": Words(_("有问题的项目"), "count"),
    "cumulative_investment": Words(_("开工以来累计完成投资"), "money"),
    "preliminary_cost": Words(_("前期费用"), "money"),
    "reported": Words(_("已报"), "count"),
    "unreported": Words(_("未报"), "count"),
}


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
    text = format_number(half_up(Decimal(value), places))
    return f"+{text}" if kind == "points" and Decimal(value) > 0 else text
