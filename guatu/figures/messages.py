"""The sentences of the figures' refusals."""

from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import declare
from guatu.core.writing import declare_said
from guatu.figures.choices import OUTSIDE_INDICATORS, WORDS

declare_said("indicator", {**{code: one.name for code, one in WORDS.items()}, **dict(OUTSIDE_INDICATORS)})
declare(
    {
        "figures.no_list": (_("没有{region} {year} 年的{level}重点项目名单。请先导入或新建名单。"), 404),
        "figures.unknown_dimension": _("不能按“{dimension}”分组。可用的分组：{known}。"),
        "figures.too_many_dimensions": _("一次最多按 {most} 个维度分组。"),
        "figures.unknown_indicator": _("没有名为“{code}”的指标。"),
        "figures.snapshot_name": _("名单“{list}”已有同名快照“{name}”。请换一个名称。"),
        "figures.unknown_level": _("没有“{level}”这一级。可写：{known}，用逗号分隔。"),
        "figures.unknown_region": _("没有代码为 {code} 的行政区划。请核对 GB/T 2260 代码。"),
        "figures.published_wrong": _("公布的进度表有 {count} 处不能读入，没有导入任何一行。请按清单改正后重新导入。"),
        "figures.published_columns": _("公布的进度表缺少列：{missing}。各列的写法见 docs/howto/published-tables.md。"),
        "figures.published_file": _("不能读取 {name}。请提供 xlsx、xls、ods 或 csv 文件，也可以另存为 xlsx 再传。"),
        "figures.published_no_table": _(
            "在 {name} 里没有找到进度表。表头要有“单位”列，和项目数、总投资、年度计划投资、完成投资等至少一列。"
        ),
        "figures.published_too_long": _("{name} 的数字超过 {most} 个，不像一份公布的进度表。请分开导入。"),
        "figures.no_paper": (_("没有编号为“{key}”的公布进度表。"), 404),
    }
)

declare(
    {
        "lights.field_missing": _("红黄绿灯规则：规则 {rule} 缺少“{field}”。请补上。"),
        "lights.field_unknown": _("红黄绿灯规则：规则 {rule} 不认识“{field}”。可写：{known}。"),
        "lights.field_wrong": _("红黄绿灯规则：规则 {rule} 的“{field}”不能写“{value}”。应写：{expected}。"),
        "lights.fact_unknown": _("红黄绿灯规则：规则 {rule} 的“{field}”没有名为“{fact}”的数据。可用：{known}。"),
        "lights.operator_wrong": _(
            "红黄绿灯规则：规则 {rule} 的“{field}”写的“{op}”不能用于数据“{fact}”。可用：{known}。"
        ),
        "lights.placeholder": _(
            "红黄绿灯规则：规则 {rule} 的“{field}”里，“{name}”不能填入说明。此处可填：{known}；写成花括号加数据名。"
        ),
        "lights.rule_twice": _("红黄绿灯规则：有两条规则都叫“{rule}”。请改名。"),
        "lights.dates_reversed": _("红黄绿灯规则的有效期写反了：{start} 至 {end}。"),
        "lights.none_in_force": _("{day} 没有执行中的红黄绿灯规则。请先批准执行一套规则。"),
        "lights.fact_wrong": _("数据“{fact}”的值“{value}”不能与规则比较。请核对数据来源。"),
        "lights.exemption_reversed": _("豁免期限写反了：{start} 至 {end}。"),
        "lights.exemption_without": _("豁免必须写明原因和批准人，缺少“{field}”。"),
        "figures.no_preset": _("没有名为“{code}”的现成规则。可用：{known}。"),
        "figures.light_explanation_empty": _("请写明原因，不超过 500 字。"),
        "figures.light_rules_json": _("规则不是有效的 JSON：第 {line} 行。请检查引号、逗号和括号。"),
    }
)
