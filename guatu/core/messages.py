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
        "core.setting_unknown": _("没有名为“{name}”的设置。"),
        "core.setting_value": _("设置“{name}”不能取值“{value}”：{why}。"),
        "core.file_too_large": (_("文件 {name} 有 {size} MB，超过上限 {limit} MB。请拆分后再传。"), 413),
        "core.file_kind": _("文件 {name} 不是可以接收的类型。请上传 {kinds}。"),
        "core.job_gone": (_("没有这项后台任务。"), 404),
        "core.reason_missing": _("请写明理由：{what}。"),
        "core.value_wrong": _("“{field}”填的是“{value}”，{why}。"),
    }
)
