"""The sentences of the refusals about readings."""

from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import declare
from guatu.core.writing import declare_said
from guatu.reporting.choices import Basis

declare_said("basis", {basis.value: basis.label for basis in Basis})
declare(
    {
        "reporting.period_wrong": _("“{period}”不是期间。可写 2019-03、2019-W12、2019-03-09、2019-Q1。"),
        "reporting.nothing_said": _("“{name}”{day} 没有填写任何进度。请填写完成投资、形象进度或文字说明。"),
        "reporting.negative": _("“{name}”{day} 的“{field}”不能小于零，现填 {value} 元。请核对。"),
        "reporting.future": _("“{name}”的进度日期 {day} 还没有到。请核对日期。"),
        "reporting.percent_wrong": _("“{name}”{day} 的形象进度应在 0 至 100% 之间。"),
        "reporting.falls": _(
            "有 {count} 项的累计完成投资比以前减少。确属更正的，请写明理由并选择批准人后再存；否则请核对数额和单位。"
        ),
        "reporting.statistics_by_others": _("统计口径的数据以统计部门认定为准，只能由项目办按统计结果录入。"),
        "reporting.no_claim": _("“{name}”{day} 没有可以审核的填报数。"),
        "reporting.no_list": (
            _("没有“{region}”{year} 年的{level}名单。请先导入年度计划表，再导入进度表。"),
            404,
        ),
        "reporting.period_open": _(
            "{period} 的数据截至 {day}，这一天还没有到，没有导入。期中的数据请按日或按周导入，或在名单中设定截止日。"
        ),
        "reporting.no_import": (_("没有找到导入“{name}”。用 guatu import list 查看。"), 404),
        "reporting.period_other_year": _("期间 {period} 不在这份 {year} 年名单的年度内。请选择该年度内的期间。"),
        "reporting.not_written": _("写不了文件“{name}”（{why}）。请换一个存在且可写的位置。"),
        "reporting.day_ahead": _("{day} 还没有到，不能导出那一天的名单。请选择今天或以前的日期。"),
        "reporting.no_unit": (_("没有找到责任单位“{name}”。请按单位全称填写。"), 404),
        "reporting.no_file": _("没有找到文件“{name}”。请核对路径。"),
        "reporting.decisions_wrong": _(
            "decisions 应是 JSON 列表，每项写 name、project（新项目留空），改名的加 rename: true。"
        ),
        "reporting.file": _("{why}"),
        "reporting.undo_blocked": (_("不能撤销“{name}”：后来有 {count} 处变动或锁定与它有关，数据没有改动。"), 409),
        "reporting.not_applied": _("“{name}”{state}，没有可以撤销的导入。"),
        "reporting.report_empty": _("“{name}”{period}还没有填写。没有变化的请选“与上期相同”并说明原因。"),
        "reporting.same_without_reason": _("“{name}”选了“与上期相同”，请写明原因（如冬季停工）。"),
        "reporting.report_state": _("“{name}”{period}的填报现在是“{state}”，不能这样办理。请刷新后再看。"),
        "reporting.report_locked": (
            _("“{name}”{period}的数据已锁定至 {until}，这份填报不再改动。请在报告页选“更正”，随下一期填报报出。"),
            409,
        ),
        "reporting.not_locked": _("“{name}”{period}的数据没有锁定，请直接更正这一期的填报。"),
        "reporting.nothing_corrected": _("“{name}”{period}没有要更正的内容。请填写更正后的数。"),
        "reporting.no_open_period": _("“{name}”现在没有下一期的填报要求，不能随报更正。请联系项目办按表导入。"),
        "reporting.other_units_report": _("“{name}”的填报由责任单位{unit}审核，不由您所在单位审核。"),
        "reporting.nothing_chosen": _("没有选定任何填报。请先勾选要办理的，再按按钮。"),
        "reporting.some_refused": _("有 {count} 份不能办理，全部没有改动。请逐份核对后再办。"),
        "reporting.node_gone": _("“{name}”填报中的节点已不在计划里。请刷新后重填这一项。"),
        "reporting.evidence_withdrawn": (_("“{name}”已经撤下，不能再办理。"), 409),
        "reporting.finding_closed": (_("“{name}”的这处疑点已经办结，或选的办法不对。请刷新后再看。"), 409),
        "evidence.field_missing": _("佐证规定（{rule}）缺少“{field}”。请补上。"),
        "evidence.field_unknown": _("佐证规定（{rule}）不认识“{field}”。可写：{known}。"),
        "evidence.field_wrong": _("佐证规定（{rule}）的“{field}”不能写“{value}”。应写：{expected}。"),
        "evidence.asks_nobody": _("佐证规定（{rule}）没有说明对哪些节点或哪项数据。请至少填一项。"),
        "evidence.asks_both": _("佐证规定（{rule}）同时对节点和数据。请分成两条。"),
        "evidence.photo_for_figure": _("佐证规定（{rule}）不能为数据要照片。照片只在关键节点要，请改为节点。"),
        "rhythm.kind_unknown": _("报送要求：不认识“{kind}”。可写：{known}。"),
        "rhythm.field_missing": _("报送要求（{rule}）缺少“{field}”。请补上。"),
        "rhythm.field_unknown": _("报送要求（{rule}）不认识“{field}”。可写：{known}。"),
        "rhythm.field_wrong": _("报送要求（{rule}）的“{field}”不能写“{value}”。应写：{expected}。"),
        "rhythm.too_many_fields": _("日报、周报最多填 {most} 项，现要求 {count} 项。请减少，其余改为月报。"),
        "rhythm.too_many_anew": _(
            "日表每天要新填的最多 {most} 项，现有 {count} 项。"
            "请减少，或改成“是或否”“数，取最新”：这两种带出上次的值，不变不用再填。"
        ),
        "rhythm.asked_by_month": _("“{field}”不按日、按周填报，请放到月报或节点中。"),
        "reporting.rule_daily": _("日报只能由有期限的专项调度发起。平时的填报要求请选周报、旬报、月报或季报。"),
        "reporting.rule_end_early": _(
            "“{name}”不能到 {day} 就停止：已经要求过的填报不能收回。请填 {first} 或以后的日期。"
        ),
        "reporting.rule_end_late": _(
            "“{name}”本来就只执行到 {last}，不能改到 {day}。请填 {last} 以前的日期，或另拟新版。"
        ),
        "reporting.rule_twice": (
            _(
                "“{name}”和正在执行的“{other}”都是{kind}，会问到同一个项目，而一个项目一期只报一次。"
                "请先停止执行“{other}”，或把两项要求的级别、类型、阶段或点名的项目分开。"
            ),
            409,
        ),
        "reporting.rule_of_watch": (
            _("这是专项日调度“{name}”的填报要求，随它结束。要停的，请在专项日调度里“提前结束”。"),
            409,
        ),
        "reporting.rule_projects": _("没有找到这些项目：{names}。请按项目全称，一行一个。"),
        "reporting.said_ahead": _("来电时间还没有到。请核对日期和时刻。"),
        "reporting.not_phoned": (_("“{name}”{period}没有等单位确认的代录。请刷新后再看。"), 409),
        "reporting.phoned_open": _(
            "“{name}”{period}的数是电话代录的，要由{unit}自己确认。请催单位审核人确认，或由单位盖章后按盖章表办理。"
        ),
        "reporting.nothing_to_undo": _("“{name}”导入时没有改动任何数据，没有可以撤销的内容。"),
        "reporting.checks_stop": _("“{name}”还不能提交。{why}"),
        "reporting.not_asked": (_("“{name}”{period}没有填报要求。请回到填报页看现在要填哪些。"), 404),
        "reporting.outbox_signed_out": (_("登录已结束。请重新登录，这一项还在本机，登录后自动发送。"), 401),
        "reporting.outbox_token": (_("页面口令已过期。将换新口令后再发，这一项还在本机。"), 401),
        "reporting.outbox_other": (_("现在登录的不是填写人。请填写人登录后发送，这一项还在本机。"), 401),
        "reporting.outbox_conflict": (_("有 {count} 处在您填写期间被别人改过，没有覆盖。请逐处选定后再发。"), 409),
        "reporting.outbox_fields": _("有 {count} 处看不懂。请改正后再发。"),
        "reporting.evidence_other_picture": _("这张不是“{name}”的原图，没有替换。请作为另一张照片交存。"),
        "reporting.cannot_move": _(
            "“{name}”{period}的本年完成不能按同一差额更正：原来没有数，或更正后小于零。请只更正这一期，其余各期逐期更正。"
        ),
        "reporting.outbox_unfinished": _(
            "您有 {count} 张照片只传了一部分。请先在网络好的地方把它们传完，再发这一张；这一张还在本机。"
        ),
        "reporting.outbox_damaged": _("照片在传送中损坏，请重发。"),
        "reporting.outbox_not_asked": _("“{name}”{period}现在没有填报要求。请刷新后看要填哪些。"),
        "reporting.outbox_no_report": _(
            "“{name}”本期填报已交或没有要求，问题没有加上。请撤回填报后再提，或在下期填报中写明。"
        ),
        "reporting.workbook_unknown": (
            _("表号 {number} 的填报表不是发给您所在单位的，或不是从这里下载的。请在“填报表”页下载后填写。"),
            404,
        ),
        "reporting.workbook_open": _("还有 {count} 处两边都改过的没有选定，什么也没有合并。请逐处选定后再合并。"),
        "reporting.workbook_done": (_("填报表 {number} 的这次传回现在是“{state}”，不能再办理。"), 409),
        "reporting.workbook_nothing_asked": _("“{unit}”现在没有这一期的填报要求。请回到“填报表”页看现在要填哪些。"),
        "layouts.too_large": _("样表文件有 {size} kB，超过 {limit} kB。样表只写栏目，请核对是不是选错了文件。"),
        "layouts.not_utf8": _("样表文件第 {line} 行不是 UTF-8 文字。请用记事本另存为 UTF-8 再上传。"),
        "layouts.not_json": _("样表文件第 {line} 行第 {column} 个字处不是 JSON 写法。请对照下载的样表修改。"),
        "layouts.too_deep": _("样表文件第 {line} 行的括号套了超过 {most} 层。请对照下载的样表修改。"),
        "layouts.key_twice": _("样表文件里“{key}”在同一处写了两次。请删去一个。"),
        "layouts.field_missing": _("样表（{rule}）缺少“{field}”。请补上。"),
        "layouts.field_unknown": _("样表（{rule}）不认识“{field}”。可写：{known}。"),
        "layouts.field_wrong": _("样表（{rule}）的“{field}”不能写“{value}”。应写：{expected}。"),
        "layouts.source_unknown": _("样表的“{field}”写了“{source}”，系统里没有这个来源。可用的来源见“栏目”页。"),
        "layouts.unit_not_money": _("样表的“{field}”只有金额栏才能写。请删去。"),
        "layouts.heading_twice": _("样表第 {first} 栏和第 {place} 栏都叫“{heading}”。请改一个，或写明上一级表头。"),
        "layouts.source_twice": _("样表第 {first} 栏和第 {place} 栏都取自“{source}”。一个来源只能用一次。"),
        "layouts.no_name": _("样表（{rule}）没有取自“项目名称”（name）的一栏，读回时认不出项目。请补上。"),
        "reporting.layout_wrong": _("文件不能按“{name}”读取，有 {count} 处问题：{why}"),
        "reporting.layout_rows": _("文件有 {count} 行项目，超过 {most} 行。请按名单分开导出后再读回。"),
        "reporting.layout_open": _("还有 {count} 行没有选定是哪个项目，什么也没有采用。请逐行选定。"),
        "reporting.layout_done": (_("“{name}”现在是“{state}”，不能再办理。"), 409),
        "reporting.layout_period": _("期间 {period} 不合这张表：要 {year} 年内的{kind}。请重新选择。"),
        "reporting.held_elsewhere": _(
            "“{name}”的“{field}”{system}已有（{value}，截至 {day}），不在这里改。与实际不符的，请项目办写明理由后更正。"
        ),
        "reporting.watch_begun": (
            _("“{name}”已经开始，不能再改。要停的，请“提前结束”；要改表的，结束后另行部署。"),
            409,
        ),
        "reporting.watch_not_running": (_("“{name}”现在不在进行中，不用提前结束。"), 409),
        "reporting.watch_end_day": _("最后一天应在 {first} 至 {last} 之间。"),
        "reporting.watch_has_days": (_("“{name}”已有单位填报，不能撤销。请“提前结束”，已填的都保留。"), 409),
        "reporting.watch_day_shut": _("“{name}”{day} 的日表不在填报时间内：还没有到，或迟报的时限已过。请联系项目办。"),
        "reporting.watch_changed": (
            _("{names} 等 {count} 个项目刚才已有别人填报，数与您填的不同，您填的没有保存。请刷新后再看。"),
            409,
        ),
        "reporting.watch_over": _("结束日期 {day} 已经过去。请填写今天或以后的日期。"),
        "reporting.watch_name_taken": _("已有名为“{name}”的专项日调度。请换一个名称，如加上年份。"),
        "reporting.watch_cells": _("有 {count} 格填写不对，整张表没有保存。请改正标红的格再保存。"),
        "reporting.watch_empty": _("还没有填任何一格，没有保存。请至少填一个项目。"),
        "watch.field_missing": _("日表栏目（{field}）没有写全。请补上。"),
        "watch.field_unknown": _("日表栏目不认识“{field}”。可写：{known}。"),
        "watch.field_wrong": _("日表栏目（{field}）不能写“{value}”。应写：{expected}。"),
        "watch.field_twice": _("日表有两栏都叫“{name}”。请改名或删去一栏。"),
        "watch.two_bases": _("一张日表只能有一栏算比率。请把另一栏改为“只计数”。"),
        "watch.ends_before": _("结束日期 {end} 早于开始日期 {start}。请改正。"),
        "watch.too_long": _("专项日调度最多 {most} 天。长期要报的请用日报、周报。"),
        "watch.value_wrong": _("“{name}”应填不小于零的整数，现填“{value}”。"),
        "watch.value_not_yes": _("“{name}”应填 是 或 否，现填“{value}”。"),
        "watch.value_long": _("“{name}”最多 {most} 个字。"),
        "reporting.stamped_nothing": _("“{unit}”{period}没有待单位审核的填报，没有要盖章的内容。请先提交填报。"),
        "reporting.stamped_unknown": (
            _("没有校验码为“{number}”的盖章表，或它不是您能办理的单位的。请照表上的校验码再输一次。"),
            404,
        ),
        "reporting.stamped_no_file": _("请选择扫描件（PDF、JPG 或 PNG）再上传。"),
        "reporting.stamped_twice": (_("表 {number} 的这份扫描件已经上传过，没有重复办理。"), 409),
        "reporting.stamped_done": (_("表 {number} 的这份扫描件已经办理过。请刷新后再看。"), 409),
    }
)
