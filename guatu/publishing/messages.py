"""The sentences of the package's refusals."""

from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import declare

declare(
    {
        "publishing.unknown_kind": (_("没有“{kind}”这种通报。请从列表中选择。"), 404),
        "publishing.no_lists": _("请至少选择一份名单；几份名单须属于同一年份和同一行政区划。"),
        "publishing.bad_day": _("“{value}”不是{year}年名单可用的日期。请填 {year} 年内、不晚于今天的日期。"),
        "publishing.not_draft": (_("“{title}”已经{state}，文字和数字不再变动。需要更正请另发一期。"), 409),
        "publishing.not_issued": (_("“{title}”还没有签发，不能归档。请先签发。"), 409),
        "publishing.findings_open": _("还有 {count} 处数字与数据不一致，不能签发。请逐处改正、改绑或标明来源。"),
        "publishing.no_such_finding": (_("这一处已经改过或不再需要处理。请刷新页面后再看。"), 409),
        "publishing.unknown_figure": _("数据中没有“{key}”这个指标。请从列表中选择。"),
        "publishing.outside_incomplete": _("标为外部数据须写明来源和签认人。请把两项都填上。"),
        "publishing.same_person": _(
            "起草人不能自己签发。请由项目办主任或领导小组负责人签发；只有一人时，请上传领导签批的扫描件并写明签批人。"
        ),
        "publishing.number_taken": _("{year} 年第 {number} 期已经用过。请换一个期号。"),
        "publishing.data_moved": (_("准备文件时数据有了变化，没有签发。请重新核对后再签发。"), 409),
        "publishing.number_missing": _("请填写党政办编排的文号，例如“某政办〔2019〕5号”。"),
        "publishing.empty_text": _("正文是空的。请至少保留一段文字。"),
        "publishing.docx_slow": _("文件 {name} 读取超过了允许的时间或内存，已停止，没有存入。请另存为 docx 后再传。"),
        "publishing.bad_ending": _("只能生成 docx 或 pdf，不能生成“{name}”。请改文件名的后缀。"),
        "publishing.no_file": (_("这份通报没有这个文件。"), 404),
        "publishing.cannot_write": _("没能写入文件“{name}”：{why}。请检查目录和权限。"),
    }
)
