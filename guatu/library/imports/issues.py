"""What an import can find in a ledger when it holds it against the library, beside what the sheet engine finds."""

from django.utils.translation import gettext_lazy as _

from guatu.core.sheets.words import declare_issues

declare_issues(
    {
        "row_secret": _("这一行带有涉密标志。涉密项目和内容不得录入本系统。请删去这一行，另按保密规定办理。"),
        "is_progress_sheet": _(
            "这像是进度表：有本期或本年完成投资，没有总投资和年度计划。请改选“进度表”，或换一个文件。"
        ),
        "name_unusable": _("项目名称里没有文字。请改正名称。"),
        "row_twice": _(
            "与“%(sheet)s”第 %(first)s 行是同一个项目。请并为一行；确是两个项目的，请在名称中区别或填上不同的项目代码。"
        ),
        "code_twice": _("与“%(sheet)s”第 %(first)s 行的项目代码相同。请核对代码。"),
        "match_ambiguous": _("库里有 %(count)s 个项目都可能是它（%(names)s）。请填上项目代码，或改成完整的名称。"),
        "project_exited": _("“%(name)s”已退库，不能列入名单。请先重新纳入项目库，或删去这一行。"),
        "renamed": _("按项目代码认出，库里的名称是“%(name)s”，将改为表中的名称。请核对。"),
        "known_as": _("按曾用名或已认定的名称认出，库里的名称是“%(name)s”，没有改名。"),
        "text_too_long": _("有 %(length)s 个字，超过 %(limit)s 个字。请改短。"),
        "text_moved": _("有 %(length)s 个字，超过 %(limit)s 个字，全文记入备注。"),
        "layer_unknown": _("不认识这个调度层级，没有导入。可写：领导小组、行业分管领导、责任单位。"),
        "still_provisional": _("名单仍是暂定的。正式印发请在“名单”中办理，差异会逐项列出。"),
        "not_in_list": _("名单里没有这个项目。%(near)s请核对名称，或先把它列入名单。"),
        "says_nothing": _("这一行没有填任何进度，没有导入。"),
        "percent_too_high": _("形象进度不能超过 100%%。请改正。"),
        "date_in_future": _("这个日期在 %(day)s 之后。请核对。"),
        "start_after_works": _("库里已记 %(day)s 在建，这个开工日期更晚，没有记入。请核对。"),
        "differs_from_list": _("与名单中的 %(stands)s 不一致（表中 %(stated)s）。名单没有改动，请核对。"),
        "reading_falls": _(
            "累计完成投资比 %(before_on)s 的 %(before)s 减少（表中为 %(now)s）。"
            "请核对数额和单位；确属更正的，请写明理由并由另一人批准。"
        ),
        "reading_jumps": _("比 %(before_on)s 一次增加 %(step)s，超过年度计划的一半。请核对。"),
        "reading_over_total": _("累计完成投资 %(cumulative)s 大于总投资 %(total_investment)s。请核对。"),
        "reading_year_differs": _("本年累计 %(stated)s 与由累计推算的 %(computed)s 不一致。请核对。"),
        "reading_period_differs": _("本期完成 %(stated)s 与两次累计之差 %(computed)s 不一致。请核对。"),
        "reading_negative": _("金额不能是负数。请改正。"),
    }
)
