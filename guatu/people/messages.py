"""The sentences of the package's refusals."""

from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import declare

declare(
    {
        "people.region_code": _(
            "“{code}”不是有效的行政区划代码。请填 6 位（区县以上）或 9 位（街道、乡镇）国家标准代码。"
        ),
        "people.unit_exists": _("{region}已有名为“{name}”的单位。请直接使用它，或换一个名称。"),
        "people.unit_ended": _("“{name}”已于 {on} 撤销，不能再用。请选用承接它的单位。"),
        "people.merge_same": _("不能把“{name}”并入它自己。请选择另一个单位。"),
        "people.merge_confirmed": _("“{name}”已经确认，不能当作重名并入别的单位。如单位撤并，请办理“撤并”。"),
        "people.post_built_in": _("“{kind}”是系统内置岗位，不能由人担任。"),
        "people.post_unknown": (_("没有找到岗位“{name}”。请用岗位编号、“岗位类别:单位名称”或登录名指明。"), 404),
        "people.post_ambiguous": _("“{name}”对应 {count} 个岗位。请改用岗位编号指明其中一个。"),
        "people.post_ended": _("岗位“{name}”已于 {on} 结束。请选用现任岗位。"),
        "people.post_held": _("岗位“{name}”已有人担任。请先办理交接。"),
        "people.post_not_yours": (_("这个岗位不是您的，或者已经到期。请在页面右上角重新选择岗位。"), 403),
        "people.posts_not_separate": _(
            "“{name}”已担任{held}，不能再担任{wanted}：系统、安全、审计管理员须分设。"
            "人手不足的单位可由项目办主任确认后启用小型安装方式（系统与审计可由一人兼任）。"
        ),
        "people.end_before_start": _("结束日期 {end} 早于开始日期 {start}。请核对日期。"),
        "people.username_taken": _("登录名“{name}”已被使用。请换一个。"),
        "people.user_inactive": _("“{name}”的账号已停用。请先恢复账号。"),
        "people.password_weak": _("密码不合要求：{why}"),
        "people.password_wrong": _("原密码不对。请重新输入。"),
        "people.delegation_self": _("不能委托给同一个人。请选择另一人担任的岗位。"),
        "people.delegation_overlap": _("“{name}”在 {start} 至 {end} 已有委托。请先结束原委托，或改日期。"),
        "people.delegation_admin": _("管理员岗位的职责不能委托。请由另一名管理员代行。"),
        "people.liaison_kind": _("联络员只能为领导小组负责人或分包领导设置。请选择领导岗位。"),
        "people.action_unknown": _("权限表中没有“{name}”。请从权限表中选择。"),
        "people.closure_reversed": _("停工结束日 {end} 早于开始日 {start}。请核对日期。"),
        "people.closure_too_long": _("每年重复的停工不能满一年（{start} 至 {end}）。请改为一次性停工，或改日期。"),
        "people.closure_ended": _("“{name}”已于 {on} 终止，不能再终止一次。"),
        "people.closure_known": _("{region}已有同名同期的停工“{name}”（{start} 至 {end}）。不必重复登记。"),
        "people.subject_half": _("停工所限的对象须同时写明类别和编号。请补全。"),
        "people.sitting_days": _("请至少选择一个星期几；第几周只能是第 1 至第 5 周。"),
        "people.sitting_known": _("{region}已登记“{name}”的会期。请先终止原会期，再登记新的。"),
        "people.sitting_ended": _("“{name}”的会期已于 {on} 终止，不能再终止一次。"),
        "people.sitting_unreadable": _("看不懂会期“{text}”。请写成 每周三、每月第2、4周周四。"),
        "people.calendar_year_absurd": _("“{year}”不是可以登记放假安排的年份。请填 2004 至 2100。"),
        "people.calendar_day_absurd": _("“{day}”太早或太晚，不能登记。请填 2004 至 2100 年的日期。"),
        "people.calendar_day_same": _("{day} 是{weekday}，本来就{words}，不必登记。"),
        "people.notice_empty": _("没有读到任何放假日期。请按通知原文粘贴，如“元旦：1月1日至3日放假调休，1月4日上班”。"),
        "people.notice_file": _("读不了文件“{name}”。请给出 UTF-8 文本文件的路径，或用 - 从标准输入读。"),
        "people.notice_line": _("第 {line} 行看不懂：“{text}”。请写成“元旦：1月1日至3日放假调休，1月4日上班”。"),
        "people.notice_day": _("第 {line} 行的日期“{text}”不存在。请改正。"),
        "people.notice_count": _("第 {line} 行“{name}”写明共 {said} 天，读到的是 {read} 天。请核对日期。"),
        "people.notice_year": _("第 {line} 行的 {day} 不在 {year} 年的安排之内。请核对年份。"),
        "people.notice_twice": _("{day} 写了两次，一次放假，一次上班（第 {line} 行）。请核对。"),
        "people.installation_founded": _("这套系统已经建好，不能再次初始化。需要重来请换一个空的数据目录。"),
    }
)
