"""What a file holds that a plan of ours does not: counted, with the first names, never dropped in silence."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import Sentence
from guatu.plans.plan_file import Unread

NAMES_MOST: Final = 3
NAME_MOST: Final = 40

WORDS: Final[dict[str, Sentence]] = {
    "assignments": _("资源分配没有读入"),
    "baseline_reversed": _("原计划的完成早于开始，照原样读入"),
    "baselines": _("原计划不能写入这种文件"),
    "calendar_missing": _("文件里没有这个日历，按项目日历计算"),
    "calendar_default": _("日历没有内容，按周一至周五读入"),
    "calendars": _("日历不能写入这种文件"),
    "column": _("这一列没有读入"),
    "constraint": _("这种日期限制没有对应项，没有读入"),
    "costs": _("费用没有读入"),
    "cross_project": _("与其他项目的搭接没有读入"),
    "custom_field": _("自定义字段没有读入"),
    "date_absurd": _("日期不在 1949 至 2100 年之间，没有读入"),
    "deadline": _("计划的完成期限不能写入这种文件"),
    "duration_rounded": _("工期不是整天，向上取整"),
    "duration_unreadable": _("工期读不懂，没有读入"),
    "empty_group": _("没有任务的分组没有读入"),
    "encoding": _("文件没有写明文字编码，按所列编码读取，请核对汉字"),
    "estimated": _("工期标有“估计”，标记没有读入"),
    "exception_endless": _("例外日期太多或没有截止日期，没有读入"),
    "external": _("其他项目的任务没有读入"),
    "hours": _("每天工作几小时、几点上班没有读入，只读入哪天工作"),
    "id_repeated": _("编号重复（多半是复制出来的任务），重复的按新节点读入"),
    "inactive": _("停用的任务没有读入"),
    "lag_calendar": _("搭接时间不按后续任务的日历计，已按后续任务的日历读入"),
    "lag_percent": _("按百分比写的搭接时间已折算成天"),
    "lag_rounded": _("搭接时间不是整天，向后取整"),
    "level_of_effort": _("配合作业（随其他任务起止）按普通任务读入"),
    "milestone_long": _("标为里程碑但工期不为零，按普通任务读入"),
    "notes": _("任务备注没有读入"),
    "other_projects": _("文件里的其他项目没有读入"),
    "percent_rounded": _("完成百分比已四舍五入到整数"),
    "priority": _("任务优先级没有读入"),
    "recurring": _("周期性任务的重复规则没有读入，按普通任务读入"),
    "resource_calendars": _("资源日历没有读入"),
    "resources": _("资源没有读入"),
    "sheet_doubt": _("节点表里有需要核对的地方"),
    "subproject": _("插入的子项目没有读入"),
    "summary_link": _("搭接在汇总任务上，照原样读入"),
    "task_codes": _("任务代码没有读入"),
    "unread_table": _("文件里的这张表没有读入"),
    "work": _("工时没有读入"),
}
"""The sentences, by code."""


class Tally:
    """Counts what is left out while a file is read."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[int, list[str]]] = {}

    def add(self, code: str, where: str = "", count: int = 1) -> None:
        assert code in WORDS, code
        before, names = self._found.get(code, (0, []))
        if where and len(names) < NAMES_MOST and where[:NAME_MOST] not in names:
            names.append(where[:NAME_MOST])
        self._found[code] = (before + count, names)

    def told(self) -> tuple[Unread, ...]:
        """Everything that was counted, in the order of the codes."""
        return tuple(Unread(code, count, "、".join(names)) for code, (count, names) in sorted(self._found.items()))
