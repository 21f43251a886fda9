"""银川, by percentage points: the city's red-yellow-green rules for key projects of 2025.

Source: 银川市 2025 年红黄绿灯, as reported in March 2025. Progress 10 to 30 points (inclusive) behind 序时 yellow, more
than 30 red; start: planned month passed yellow, three months running not started red; funds below the required level
red; statistics: one month after the start not in yellow, more than two months red. A good reason excuses (an
exemption here).

The paper leaves 0 to 10 points behind undefined: not "reached 序时", so not its green, and not yet its yellow. This
preset shows green there, with a sentence of its own that names the shortfall: a warning that no rule provides for
could not be defended before a unit, and a project without any light would vanish from every count.
"""

from typing import Any, Final

RULES: Final[dict[str, Any]] = {
    "code": "yinchuan",
    "name": "银川：按百分点",
    "version": 1,
    "valid_from": "2025-01-01",
    "rhythm": "month",
    "source": "银川市2025年重点项目红黄绿灯做法（2025年3月公开报道）",
    "rules": [
        {
            "code": "completed",
            "colour": "blue",
            "when": [{"fact": "completed", "op": "is", "value": True}],
            "say": "已竣工。",
        },
        {
            "code": "progress_red",
            "colour": "red",
            "when": [{"fact": "lead", "op": "less_than", "value": -30}],
            "say": "投资进度比序时进度低{lead|size}个百分点，超过30个百分点。",
            "follow_up": "列入月度清单，发督办函。",
        },
        {
            "code": "progress_yellow",
            "colour": "yellow",
            "when": [
                {"fact": "lead", "op": "at_least", "value": -30},
                {"fact": "lead", "op": "at_most", "value": -10},
            ],
            "say": "投资进度比序时进度低{lead|size}个百分点，在10到30个百分点之间。",
            "follow_up": "列入月度清单。",
        },
        {
            "code": "progress_gap",
            "colour": "green",
            "when": [
                {"fact": "lead", "op": "more_than", "value": -10},
                {"fact": "lead", "op": "less_than", "value": 0},
            ],
            "say": "投资进度比序时进度低{lead|size}个百分点，不到10个百分点，原规定未涉及，按绿灯。",
        },
        {
            "code": "progress_green",
            "colour": "green",
            "when": [{"fact": "lead", "op": "at_least", "value": 0}],
            "say": "投资进度达到序时进度。",
        },
        {
            "code": "start_yellow",
            "colour": "yellow",
            "when": [
                {"fact": "start_months_missed", "op": "at_least", "value": 1},
                {"fact": "start_months_missed", "op": "less_than", "value": 3},
            ],
            "say": "计划开工月份已过，尚未开工。",
        },
        {
            "code": "start_red",
            "colour": "red",
            "when": [{"fact": "start_months_missed", "op": "at_least", "value": 3}],
            "say": "计划开工后已连续{start_months_missed}个月未开工。",
            "follow_up": "发督办函。",
        },
        {
            "code": "funds_red",
            "colour": "red",
            "when": [{"fact": "payment_ratio", "op": "less_than", "value": 100}],
            "say": "资金只支付到应支付额的{payment_ratio}%。",
        },
        {
            "code": "statistics_yellow",
            "colour": "yellow",
            "when": [
                {"fact": "statistics_wait", "op": "at_least", "value": 1},
                {"fact": "statistics_wait", "op": "at_most", "value": 2},
            ],
            "say": "开工满1个月，尚未纳统。",
        },
        {
            "code": "statistics_red",
            "colour": "red",
            "when": [{"fact": "statistics_wait", "op": "more_than", "value": 2}],
            "say": "开工超过2个月，尚未纳统。",
        },
    ],
    "unmet": {
        "colour": "green",
        "say": "按计划推进。",
        "essential": ["lead"],
        "say_unknown": "尚无完成投资数据，暂不亮灯。",
    },
}
