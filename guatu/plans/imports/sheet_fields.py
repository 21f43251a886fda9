"""The columns of a node sheet, with the headings that offices give them. Export writes the first wording of each."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from guatu.core.sheets.fields import Field, FieldKind, FieldSet

TEXT, DATE = FieldKind.TEXT, FieldKind.DATE


def _field(code: str, label: object, wordings: str, kind: FieldKind = TEXT, *, required: bool = False) -> Field:
    return Field(code, label, kind, tuple(wordings.split()), required=required)


NODES: Final = FieldSet(
    "nodes",
    (
        _field("serial", _("序号"), "序号 编号 序 节点编号 任务编号 标识号 WBS 大纲数字"),
        _field(
            "name",
            _("节点"),
            "节点 节点名称 任务 任务名称 工作内容 工作事项 关键节点 里程碑节点 工作节点 推进节点 事项 工作任务 工序 "
            "工序名称 阶段任务 节点任务 主要工作内容",
            required=True,
        ),
        _field("weight", _("权重"), "权重 权重(%) 节点权重 所占权重 分值 比重"),
        _field(
            "owner",
            _("责任单位"),
            "责任单位 责任部门 牵头单位 牵头部门 责任主体 承办单位 责任单位(部门) 主责单位 落实单位",
        ),
        _field("evidence", _("佐证"), "佐证 佐证材料 证明材料 印证资料 完成标志 成果 成果形式 标志性成果 验收标准"),
        _field("measure", _("计量单位"), "计量单位 单位 数量单位 工程量单位"),
        _field("total", _("总量"), "总量 工程量 数量 总数 任务量 总任务量 应完成数量 实物工作量"),
        _field("done", _("已完成数量"), "已完成数量 完成数量 完成量 已完成 累计完成 已完成量 完成工程量"),
        _field(
            "duration",
            _("工期（天）"),
            "工期(天) 工期 持续时间 天数 用时 工期(日) 计划工期 历时 工作日数 工期(工作日) 办理时限 时限",
        ),
        _field("unit", _("工期单位"), "工期单位 工期类型 天数类型 日历类型"),
        _field("calendar", _("日历"), "日历 所用日历 会期 上会会期"),
        _field(
            "start",
            _("计划开始"),
            "计划开始 计划开始时间 开始时间 开始日期 计划开始日期 拟开始时间 计划启动时间 启动时间 起始时间",
            DATE,
        ),
        _field(
            "finish",
            _("计划完成"),
            "计划完成 计划完成时间 完成时间 完成时限 完成日期 计划完成日期 时间节点 节点时间 截止时间 完成期限 "
            "拟完成时间 计划结束时间 结束时间 办结时限",
            DATE,
        ),
        _field("links", _("前置节点"), "前置节点 前置任务 紧前工作 前置工序 紧前工序 前置工作 前置条件(节点) 搭接关系"),
        _field("start_no_earlier", _("不早于"), "不早于 开始不早于 最早开始 不得早于 不早于…开始", DATE),
        _field("finish_no_later", _("不晚于"), "不晚于 完成不晚于 最迟完成 不得晚于 最晚完成", DATE),
        _field("must_start", _("必须开始于"), "必须开始于 必须开始 固定开始日期", DATE),
        _field("must_finish", _("必须完成于"), "必须完成于 必须完成 固定完成日期", DATE),
        _field("actual_start", _("实际开始"), "实际开始 实际开始时间 实际开始日期 实际启动时间", DATE),
        _field("actual_finish", _("实际完成"), "实际完成 实际完成时间 实际完成日期 实际办结时间 完成实际时间", DATE),
        _field(
            "percent", _("完成百分比"), "完成百分比 完成比例 完成率 完成进度 进度(%) 完成比例(%)", FieldKind.PERCENT
        ),
    ),
)
STARTS: Final = frozenset({"start", "start_no_earlier", "must_start", "actual_start"})
"""Of a stated span (3月) these take the first day, all other dates the last."""
DATES: Final = tuple(field.code for field in NODES.fields if field.kind is DATE)
HEADINGS: Final[dict[str, str]] = {field.code: field.wordings[0] for field in NODES.fields}
UNITS: Final = {
    "工作日": "workday",
    "日历日": "calendar",
    "日历天": "calendar",
    "自然日": "calendar",
    "自然天": "calendar",
}
UNIT_WORDS: Final = {"workday": "工作日", "calendar": "日历日"}
