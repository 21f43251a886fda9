"""Rules of lights in force in the bench's province, so that every page that shows figures pays for lights."""

from datetime import date

from bench.district import RECORDED, YEAR
from guatu.core.editions import RuleState
from guatu.figures.models import LightRuleSet

RULES = {
    "rhythm": "month",
    "source": "示例",
    "rules": [
        {
            "code": "completed",
            "colour": "blue",
            "when": [{"fact": "completed", "op": "is", "value": True}],
            "say": "已竣工。",
        },
        {
            "code": "lead_red",
            "colour": "red",
            "when": [{"fact": "lead", "op": "less_than", "value": -15}],
            "say": "投资进度比序时进度低{lead|size}个百分点。",
        },
        {
            "code": "lead_yellow",
            "colour": "yellow",
            "when": [{"fact": "lead", "op": "less_than", "value": -5}],
            "say": "投资进度比序时进度低{lead|size}个百分点。",
        },
        {
            "code": "nodes_red",
            "colour": "red",
            "when": [{"fact": "weight_overdue", "op": "at_least", "value": 10}],
            "say": "节点“{worst_node}”滞后{days_late}天。",
        },
        {
            "code": "nodes_yellow",
            "colour": "yellow",
            "when": [{"fact": "days_late", "op": "at_least", "value": 5}],
            "say": "节点“{worst_node}”滞后{days_late}天。",
        },
        {
            "code": "start_late",
            "colour": "yellow",
            "when": [{"fact": "start_months_missed", "op": "at_least", "value": 1}],
            "say": "计划开工月份已过，尚未开工。",
        },
    ],
    "unmet": {"colour": "green", "say": "按计划推进。", "essential": ["stage"], "say_unknown": "暂不亮灯。"},
}


def give() -> None:
    """Put the rules in force once, from the year's beginning; a kept database has them already."""
    if not LightRuleSet.objects.exists():
        LightRuleSet.objects.create(
            region_id=1,
            code="bench",
            name="示例规则",
            edition=1,
            state=RuleState.IN_FORCE,
            rules=RULES,
            valid_from=date(YEAR, 1, 1),
            approved_by="示例",
            approved_at=RECORDED,
        )
