"""By days that the latest open node is late.

Source: a Shenzhen contractor's 工期节点 rule: up to 7 days late yellow, 7 to 15 orange, 15 and more red. There is no
orange among three lights: those days are yellow with 橙色 in the sentence. Day 7 is in both of the paper's bands; the
milder one holds.
"""

from typing import Any, Final

RULES: Final[dict[str, Any]] = {
    "code": "node_days",
    "name": "按节点滞后天数",
    "version": 1,
    "valid_from": "2020-01-01",
    "rhythm": "day",
    "source": "深圳一家施工企业的工期节点预警规定（公开资料）",
    "rules": [
        {
            "code": "completed",
            "colour": "blue",
            "when": [{"fact": "completed", "op": "is", "value": True}],
            "say": "已竣工。",
        },
        {
            "code": "late_red",
            "colour": "red",
            "when": [{"fact": "days_late", "op": "at_least", "value": 15}],
            "say": "节点“{worst_node}”滞后{days_late}天，达到15天。",
        },
        {
            "code": "late_orange",
            "colour": "yellow",
            "when": [
                {"fact": "days_late", "op": "more_than", "value": 7},
                {"fact": "days_late", "op": "less_than", "value": 15},
            ],
            "say": "节点“{worst_node}”滞后{days_late}天（原规定为橙色）。",
        },
        {
            "code": "late_yellow",
            "colour": "yellow",
            "when": [
                {"fact": "days_late", "op": "at_least", "value": 1},
                {"fact": "days_late", "op": "at_most", "value": 7},
            ],
            "say": "节点“{worst_node}”滞后{days_late}天。",
        },
    ],
    "unmet": {
        "colour": "green",
        "say": "没有逾期节点。",
        "essential": ["days_late"],
        "say_unknown": "尚未编制节点计划，暂不亮灯。",
    },
}
