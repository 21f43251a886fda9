"""武汉, by ratio: done over what the time passed asks for.

Source: 武汉市, about 2024, as reported: below 80 % of 序时 yellow, below 60 % red, in a monthly circular. From 80 % no
colour is named: this preset shows green, and names the ratio where it is below 100 %.
"""

from typing import Any, Final

RULES: Final[dict[str, Any]] = {
    "code": "wuhan",
    "name": "武汉：按完成比例",
    "version": 1,
    "valid_from": "2024-01-01",
    "rhythm": "month",
    "source": "武汉市月度通报：低于序时80%黄灯、低于60%红灯（公开报道）",
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
            "when": [{"fact": "investment_ratio", "op": "less_than", "value": 60}],
            "say": "完成投资为序时应完成的{investment_ratio}%，低于60%。",
            "follow_up": "月度通报。",
        },
        {
            "code": "ratio_yellow",
            "colour": "yellow",
            "when": [
                {"fact": "investment_ratio", "op": "at_least", "value": 60},
                {"fact": "investment_ratio", "op": "less_than", "value": 80},
            ],
            "say": "完成投资为序时应完成的{investment_ratio}%，低于80%。",
            "follow_up": "月度通报。",
        },
        {
            "code": "ratio_short",
            "colour": "green",
            "when": [
                {"fact": "investment_ratio", "op": "at_least", "value": 80},
                {"fact": "investment_ratio", "op": "less_than", "value": 100},
            ],
            "say": "完成投资为序时应完成的{investment_ratio}%，不低于80%。",
        },
    ],
    "unmet": {
        "colour": "green",
        "say": "完成投资达到序时应完成的{investment_ratio}%。",
        "essential": ["investment_ratio"],
        "say_unknown": "尚无完成投资数据或尚未到应完成时点，暂不亮灯。",
    },
}
