"""The district's own rules of lights, in force from the year's first day; what is excused and what units say of them.

Made of the presets' kinds of rules (points against 序时, days of nodes, months and days of starts and finishes). The
limits are wider than the presets': before its start a project is not held against 序时, and plans of several years slip
by weeks without anybody's warning.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from guatu.demo.model import AnyDeed, LightAnswers, LightRules
from guatu.demo.seasons import moment

PRESET = "yinchuan"
NAME = "西工区重点项目红黄绿灯规则（演示）"
APPROVED_BY = "区重点项目建设领导小组（演示）〔{year}〕1号"
EXCUSES = ("配合地铁区间施工，场地移交推迟", "发现古墓葬，文物勘探期间停工")
SAID = (
    "拆迁剩余两户，正在协商，月底前签约。",
    "设计变更已批，本周恢复施工，增加一班人手。",
    "材料进场推迟，已换供货单位，下月追回进度。",
    "施工许可待补一项材料，已报行政审批局。",
)
CARED = timedelta(days=4)  # before today


def _test(fact: str, op: str, value: object) -> dict[str, object]:
    return {"fact": fact, "op": op, "value": value}


def _rule(code: str, colour: str, say: str, *when: dict[str, object]) -> dict[str, object]:
    return {"code": code, "colour": colour, "when": list(when), "say": say}


def _behind(colour: str, points: int) -> dict[str, object]:
    say = f"投资进度比序时进度低{{lead|size}}个百分点，超过{points}个百分点。"
    return _rule(f"progress_{colour}", colour, say, _test("started", "is", True), _test("lead", "less_than", -points))


def _unfinished(colour: str, op: str, days: int) -> dict[str, object]:
    say = "计划竣工日期已过{finish_days_late}天，尚未竣工。"
    return _rule(f"finish_{colour}", colour, say, _test("finish_days_late", op, days))


RULES: Mapping[str, Any] = {
    "rhythm": "week",
    "source": "演示：参照银川市2025年做法和施工企业节点预警规定，限值由本区自定",
    "rules": [
        _rule("completed", "blue", "已竣工。", _test("completed", "is", True)),
        _behind("red", 50),
        _behind("yellow", 30),
        _rule(
            "nodes_red",
            "red",
            "节点“{worst_node}”滞后{days_late}天，逾期节点占权重{weight_overdue}%。",
            _test("days_late", "at_least", 180),
            _test("weight_overdue", "at_least", 20),
        ),
        _rule(
            "nodes_yellow",
            "yellow",
            "节点“{worst_node}”滞后{days_late}天，逾期节点{nodes_overdue}个。",
            _test("days_late", "at_least", 45),
            _test("weight_overdue", "at_least", 8),
        ),
        _rule(
            "start_red",
            "red",
            "计划开工后已连续{start_months_missed}个月未开工。",
            _test("start_months_missed", "at_least", 3),
        ),
        _rule("start_yellow", "yellow", "计划开工月份已过，尚未开工。", _test("start_months_missed", "at_least", 1)),
        _unfinished("red", "more_than", 90),
        _unfinished("yellow", "at_least", 1),
    ],
    "unmet": {"colour": "green", "say": "按计划推进。", "essential": ["stage"], "say_unknown": "尚无资料，暂不亮灯。"},
}


def deeds(today: date) -> list[AnyDeed]:
    """The rules before the year begins; some days ago what was said of lights."""
    first = date(today.year, 1, 1)
    found: list[AnyDeed] = [LightRules(at=moment(first - timedelta(days=1), 16, 0), valid_from=first)]
    if today - CARED > first:
        found.append(LightAnswers(at=moment(today - CARED, 16, 30)))
    return found
