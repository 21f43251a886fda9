"""三亚, by ratio, with "two yellows running": projects whose year's plan is 1,000 万元 or more, monthly.

Source: 三亚市, 2022, as reported: at or above the scheduled plan green, up to 50 % below (inclusive) yellow, more than
50 % below red. Yellow: the person in charge is talked to; two yellows running: a vice-mayor talks with owner and
department heads; red: a leader talks with the owner's head. The second yellow changes who talks, not the colour.
A talk (约谈) needs a named approver: what stands here is what the paper provides for, nothing is sent by a light.
"""

from typing import Any, Final

_YELLOW: Final = [
    {"fact": "investment_ratio", "op": "at_least", "value": 50},
    {"fact": "investment_ratio", "op": "less_than", "value": 100},
]

RULES: Final[dict[str, Any]] = {
    "code": "sanya",
    "name": "三亚：按完成比例，两次黄灯升级",
    "version": 1,
    "valid_from": "2022-01-01",
    "rhythm": "month",
    "source": "三亚市2022年红黄绿灯做法（公开报道）",
    "scope": {
        "when": [{"fact": "planned_investment", "op": "at_least", "value": 10_000_000}],
        "say": "年度计划投资{planned_investment}万元，不足1000万元，不在亮灯范围。",
    },
    "rules": [
        {
            "code": "completed",
            "colour": "blue",
            "when": [{"fact": "completed", "op": "is", "value": True}],
            "say": "已竣工。",
        },
        {
            "code": "ratio_red",
            "colour": "red",
            "when": [{"fact": "investment_ratio", "op": "less_than", "value": 50}],
            "say": "完成投资为序时计划的{investment_ratio}%，落后超过50%。",
            "follow_up": "市领导约谈业主单位主要负责人（须经审批）。",
        },
        {
            "code": "second_yellow",
            "colour": "yellow",
            "when": [*_YELLOW, {"fact": "warnings_before", "op": "at_least", "value": 1}],
            "say": "完成投资为序时计划的{investment_ratio}%，此前已连续{warnings_before}次黄灯或红灯。",
            "follow_up": "分管副市长约谈业主单位和主管部门负责人（须经审批）。",
        },
        {
            "code": "ratio_yellow",
            "colour": "yellow",
            "when": _YELLOW,
            "say": "完成投资为序时计划的{investment_ratio}%，落后不超过50%。",
            "follow_up": "约谈项目负责人（须经审批）。",
        },
    ],
    "unmet": {
        "colour": "green",
        "say": "完成投资达到序时计划的{investment_ratio}%。",
        "essential": ["investment_ratio"],
        "say_unknown": "尚无完成投资数据或尚未到应完成时点，暂不亮灯。",
    },
}
