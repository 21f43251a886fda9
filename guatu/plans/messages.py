"""The sentences of the refusals about plans and targets."""

from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import declare

declare(
    {
        "targets.no_file": _("读不了文件“{name}”（{why}）。请核对路径，或用 - 从标准输入读取。"),
        "targets.not_json": _("“{name}”不是可以读取的 JSON（{why}）。请核对内容，文件用 UTF-8 编码。"),
        "targets.not_object": _("“{name}”应是一个 JSON 对象，写明 year、target、profile、as_of。"),
        "targets.missing": _("缺少“{where}”。请补上。"),
        "targets.not_list": _("“{where}”应是列表，每项形如 {example}。请改正。"),
        "targets.not_amount": _("“{where}”应是整数的元，现为 {text}。金额请写整数，不写小数和单位。"),
        "targets.not_number": _("“{where}”应是整数，现为 {text}。请改正。"),
        "targets.not_date": _("“{where}”应是日期，写成 2019-03-04，现为 {text}。请改正。"),
        "targets.not_period": _("“{where}”不是季度、月、周或日。可写 2019-Q1、2019-03、2019-W12、2019-03-04。"),
        "targets.negative": _("“{where}”不能小于零，现为 {amount} 元。请改正。"),
        "targets.reversed": _("“{where}”的起始日期 {start} 在结束日期 {end} 之后。请改正。"),
        "targets.profile_unknown": _(
            "“profile”应是 even（均摊）、s-curve（两头慢中间快）、nodes（按节点）或 12 个月的权重，现为 {text}。"
        ),
        "targets.month_twice": _("“{where}”：{month} 月已在前面写过。一个月只能写一次。"),
        "targets.year_absurd": _("年份 {year} 不在 {earliest} 至 {latest} 之间。请改正“year”。"),
        "targets.target_negative": _("年度目标 {target} 元小于零。请改正“target”。"),
        "targets.no_such_month": _("没有 {month} 月。月份应在 1 至 12 之间。"),
        "targets.weights_count": _("按月权重应有 12 个，现有 {count} 个。请从 1 月到 12 月各写一个。"),
        "targets.weight_negative": _("{month} 月的权重小于零。请改为零或正数。"),
        "targets.weights_zero": _("12 个月的权重全是零，目标无处可分。请至少给一个月写正数。"),
        "targets.node_reversed": _("节点“{name}”的开始日期在完成日期之后。请改正。"),
        "targets.node_negative": _("节点“{name}”的金额小于零。请改正。"),
        "targets.nodes_outside": _("没有节点的金额落在 {year} 年内，目标无处可分。请核对节点的日期和金额。"),
        "targets.hand_kind": _("不能手工填写 {period} 的目标：只能填季度、月、周、日。"),
        "targets.hand_outside": _("手工填写的 {period} 不在 {year} 年内。请改正。"),
        "targets.hand_negative": _("手工填写的 {period} 目标 {amount} 元小于零。请改正。"),
        "targets.hand_over": _(
            "{period} 的目标是 {amount} 元，其中手工填写的已有 {given} 元，超出了。请调低其中的数，或先调高 {period}。"
        ),
        "targets.hand_differs": _(
            "{period} 的目标是 {amount} 元，其下全由手工填写，合计 {given} 元，两者不等。请改成一致，或留一期不填。"
        ),
        "targets.hand_no_work_day": _(
            "{period} 没有工作日，放不下 {amount} 元的目标。请改填其他时段，或核对停工安排。"
        ),
        "targets.done_outside": _("完成数的日期 {day} 不在 {year} 年内。请改正。"),
        "targets.as_of_outside": _("截至日期 {day} 不在 {year} 年内。请改正“as_of”。"),
    }
)
