"""The sentences of core's refusals."""

from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import declare

declare(
    {
        "core.changed_meanwhile": (_("“{name}”刚被别人改过。您的改动没有存入，也没有丢；请对照后再决定。"), 409),
        "core.not_allowed": (_("您当前的岗位不能做这件事：{what}。如需办理，请联系项目办。"), 403),
        "core.not_found": (_("没有找到您要的内容。它可能不存在，也可能不在您的职责范围内。"), 404),
        "core.request_reused": (_("这份表单已经提交过，但这次内容不同。请刷新页面后重新填写。"), 409),
        "core.too_many": (_("操作过于频繁，请 {seconds} 秒后再试。"), 429),
        "core.two_persons": (_("经办人不能自己确认：{what}须由另一个人办理。"), 422),
        "core.edition_stands": (_("“{name}”第 {edition} 版已批准执行，不能改写。请另拟新版。"), 409),
        "core.edition_draft": (_("“{name}”第 {edition} 版还是草稿，没有执行。请先批准执行，或直接修改草稿。"), 409),
        "core.edition_backdated": _(
            "“{name}”不能从 {start} 起执行：已经过去、已按原规定办理的日子不能改变。请填 {first} 或以后的日期。"
        ),
        "core.approver_missing": _("请写明批准人或批准文件。"),
        "core.setting_unknown": _("没有名为“{name}”的设置。"),
        "core.setting_value": _("设置“{name}”不能取值“{value}”：{why}。"),
        "core.file_too_large": (_("文件 {name} 有 {size} MB，超过上限 {limit} MB。请拆分后再传。"), 413),
        "core.file_kind": _("文件 {name} 不是可以接收的类型。请上传 {kinds}。"),
        "core.picture_unknown": _("文件 {name} 不是可以打开的照片。请上传 JPEG 或 PNG 图片。"),
        "core.picture_large": (_("照片 {name} 太大，超过 {limit} 万像素，没有打开。请用手机原图或缩小后再传。"), 413),
        "core.picture_broken": _("照片 {name} 不完整，可能没有传完或已损坏。请重新拍摄或从原处再传一次。"),
        "core.disk": (_("文件 {name} 没能存到磁盘上，可能是空间不足。没有存入任何内容，请联系系统管理员后再传。"), 507),
        "core.job_too_long": _("这项任务超过了允许的时间，已停止。请减少内容，或联系系统管理员。"),
        "core.job_broken": _("这项任务运行出错，已停止，没有完成的部分没有存入。请联系系统管理员查看日志。"),
        "core.trail_broken": _(
            "操作记录在第 {number} 条被改动、删除、增加或调换过（共 {entries} 条）。请保留现场并报告。"
        ),
        "core.undo_touched": (_("“{name}”后来又有变动，没有撤销任何内容。请刷新后查看是什么挡住了撤销。"), 409),
        "core.undo_unknown": _("“{what}”不能撤销。请用更正的办法改回。"),
        "core.undo_not_own": (_("“{what}”是{who}办理的，只能由本人撤销。"), 403),
        "core.undo_done": (_("“{what}”已经撤销过，或没有可撤销的内容。"), 409),
        "core.undo_blocked": (_("“{what}”之后又有下列变动，没有撤销任何内容。请先处理这些变动，或直接修改："), 409),
        "core.table_column": (
            _("这张表没有“{column}”这一栏，或当前岗位看不到，不能{what}。请回到这张表，在页面上重新选择。"),
            400,
        ),
        "core.table_value": (_("地址里的{name}写的是“{value}”，看不懂。请回到这张表，在页面上重新选择。"), 400),
        "core.table_long": (_("共有 {count} 行，超过一个文件能放的 {most} 行。请先筛选再导出。"), 422),
        "core.view_name": _("视图名称“{name}”不能用：应为 1 至 {most} 个字。请改短一些。"),
        "core.view_twice": (_("您在这张表上已有名为“{name}”的视图。请换一个名称，或更新原来的视图。"), 409),
        "core.view_long": _("筛选和栏目太多，这个视图存不下。请减少一些条件再存。"),
        "core.view_many": _("这张表上您已存了 {most} 个视图。请先删去不用的。"),
        "core.view_gone": (_("没有这个视图。它可能已被删除，也可能不再共享。"), 404),
        "core.token_missing": (_("缺少有效的访问令牌。请在请求头 Authorization 中写 Bearer 令牌。"), 401),
        "core.request_invalid": (_("请求内容不符合接口说明，见逐项说明。"), 422),
        "core.method_unknown": (_("这个地址不接受这种请求，可用的方法见应答头 Allow。"), 405),
        "core.cursor_invalid": (_("翻页位置“{cursor}”无效。请从第一页重新读取。"), 400),
        "core.etag_invalid": (_("请求头 If-Match 写的是“{value}”，应为读取时得到的 ETag。"), 400),
        "core.answer_lost": (_("这个请求已经办理，但答复没有保存。请重新读取当前内容。"), 409),
        "core.internal": (_("系统出错，本次没有处理。请再试一次；仍不行请告诉系统管理员。"), 500),
        "core.unavailable": (_("数据库忙、连不上或磁盘已满，没有存入任何内容。请稍后再试，或告诉系统管理员。"), 503),
        "core.job_gone": (_("没有这项后台任务。"), 404),
        "core.unknown_truth": _("数据核实程度没有“{value}”。可写：{known}。"),
        "core.reason_missing": _("请写明理由：{what}。"),
        "core.merge_unread": _("“{column}”一格的“{text}”读不出来，不能采用。请填写一个值，或保留现值。"),
        "core.merge_several": _("同一行在表里出现了几次，“{column}”有 {count} 种写法。请填写其中正确的一个。"),
        "core.merge_nothing_to_decide": _("“{column}”一格没有需要决定的冲突，可能已经处理过。请刷新后查看。"),
        "core.merge_typed": _("“{column}”不能填“{text}”：{why}"),
        "core.value_wrong": _("“{field}”填的是“{value}”，{why}。"),
    }
)
