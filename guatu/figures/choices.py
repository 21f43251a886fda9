"""The words of indicators and of figures from outside, and the unit of each."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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

OUTSIDE_INDICATORS: Final = (
    ("growth_percent", _("固定资产投资增速")),
    ("rank", _("在上级辖区的位次")),
    ("points_above_parent", _("高于上级平均")),
    ("amount", _("固定资产投资额")),
    ("provincial_resumed_percent", _("省重点项目复工率")),
)
OUTSIDE_UNITS: Final = {
    "growth_percent": "%",
    "rank": "位",
    "points_above_parent": "个百分点",
    "amount": "万元",
    "provincial_resumed_percent": "%",
}
