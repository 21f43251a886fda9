"""The sentences of the figures' refusals."""

from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import declare

declare(
    {
        "figures.no_list": (_("没有{region} {year} 年的{level}重点项目名单。请先导入或新建名单。"), 404),
        "figures.unknown_dimension": _("不能按“{dimension}”分组。可用的分组：{known}。"),
        "figures.too_many_dimensions": _("一次最多按 {most} 个维度分组。"),
        "figures.light_later": _("按红黄绿灯分组要等“计划与节点”上线后才有，目前没有亮灯数据。"),
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
