"""The words of indicators, of figures from outside and of lights, and the unit of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guatu.core.ui.lights import LIT, VERDICTS
from guatu.domain.targets import Level, LevelName, Stand, State

# The levels of the chain, shortest first; how each verdict is said, and the light whose shape and colour it takes.
LEVEL_LETTERS: Mapping[LevelName, Promise] = {
    "day": _("日"),
    "week": _("周"),
    "month": _("月"),
    "quarter": _("季"),
    "year": _("年"),
}
STATE_LIGHTS: Mapping[State, str] = {"lost": "red", "at_risk": "yellow", "holds": "green"}
STATE_WORDS: Mapping[State, Promise] = {state: VERDICTS[light] for state, light in STATE_LIGHTS.items()}
STAND_WORDS: Mapping[str, Promise] = {
    "lost": STATE_WORDS["lost"],
    "at_risk": STATE_WORDS["at_risk"],
    "holds": STATE_WORDS["holds"],
    "missed": _("未完成"),
    "reached": _("已完成"),
}
"""可完成, 有风险, 难完成; of a level on which no work day is left, 已完成 or 未完成: nothing is to be done any more."""
OVER: Mapping[State, Stand] = {"lost": "missed", "holds": "reached"}


def state_words(state: State, *, over: bool) -> str:
    """How a state is said, of a period that is over or not."""
    return str(STAND_WORDS[OVER.get(state, state) if over else state])


def level_words(level: Level) -> str:
    """The same of a level."""
    return str(STAND_WORDS[level.stands])


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
    "on_schedule": Words(_("按计划推进"), "count"),
    "on_schedule_rate": Words(_("按计划推进率"), "percent"),
    "with_problems": Words(_("有问题的项目"), "count"),
    "cumulative_investment": Words(_("开工以来累计完成投资"), "money"),
    "preliminary_cost": Words(_("前期费用"), "money"),
    "reported": Words(_("本年已有数据"), "count"),
    "unreported": Words(_("未报"), "count"),
}

DIMENSION_WORDS: Final[Mapping[str, Promise]] = {
    "class": _("领域"),
    "subclass": _("细类"),
    "unit": _("责任单位"),
    "leader": _("分包领导"),
    "region": _("属地"),
    "level": _("级别"),
    "batch": _("批次"),
    "kind": _("类型"),
    "stage": _("阶段"),
    "theme": _("专题"),
    "industry": _("行业"),
    "light": _("红黄绿灯"),
}
"""What figures are cut by, in the order in which the cuts are offered."""


def dimension_words(code: str) -> str:
    """A dimension's words; of one that there is not what was written, cut short."""
    return str(DIMENSION_WORDS.get(code, code[:40]))


def dimensions_said(codes: Iterable[str]) -> str:
    """Dimensions in words, as a refusal names them."""
    return "、".join(str(DIMENSION_WORDS[code]) for code in codes)


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


COLOURS: Final = {"red": _("红灯"), "yellow": _("黄灯"), "green": _("绿灯"), "blue": _("蓝灯（已竣工）")}
LIGHT_WORDS: Final[Mapping[str, Promise]] = {name: words for name, words in LIT.items() if name != "none"}
"""The groups of a cut by light, and the one that has none."""
NO_LIGHT: Final = LIT["none"]
RHYTHMS: Final = {"day": _("按日"), "week": _("按周"), "month": _("按月")}
OPERATORS: Final = {
    "at_least": _("不低于"),
    "at_most": _("不超过"),
    "more_than": _("大于"),
    "less_than": _("小于"),
    "is": _("为"),
    "is_not": _("不为"),
    "one_of": _("属于"),
}
LIGHT_FACTS: Final = {
    "days_late": _("节点最长滞后天数"),
    "worst_node": _("滞后最久的节点"),
    "nodes_overdue": _("逾期节点数"),
    "weight_overdue": _("逾期节点权重（%）"),
    "lead": _("比序时进度（百分点）"),
    "investment_ratio": _("完成占序时应完成（%）"),
    "payment_ratio": _("已支付占应支付（%）"),
    "planned_investment": _("年度计划投资（万元）"),
    "start_months_missed": _("计划开工后未开工月数"),
    "start_days_late": _("逾期未开工天数"),
    "finish_days_late": _("逾期未竣工天数"),
    "statistics_wait": _("开工后未纳统月数"),
    "report_days_late": _("填报逾期天数"),
    "matters_overdue": _("逾期事项数"),
    "procedures_overdue": _("逾期手续数"),
    "chain_lost": _("难完成的目标"),
    "stage": _("现阶段"),
    "kind": _("项目类别"),
    "started": _("已开工"),
    "suspended": _("停缓建"),
    "completed": _("已竣工"),
    "reds_before": _("此前连续红灯次数"),
    "warnings_before": _("此前连续黄灯或红灯次数"),
}
CHAIN_LEVELS: Final = {
    "none": _("无"),
    "day": _("日目标"),
    "week": _("周目标"),
    "month": _("月目标"),
    "quarter": _("季目标"),
    "year": _("年目标"),
}
