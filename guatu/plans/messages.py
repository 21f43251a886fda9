"""The sentences of the plans' refusals."""

from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import declare

# -- exchange: files of other programs ---------------------------------------------------------------------------------
declare(
    {
        "plans.file_empty": _("文件“{name}”是空的。请重新导出后再上传。"),
        "plans.file_too_large": _(
            "文件“{name}”有 {size}，超过上限 {limit}。请拆分成几个计划，或导出时去掉资源和附件。"
        ),
        "plans.file_kind": _(
            "“{name}”不是能读的进度计划。可以上传：Project 的 XML、P6 的 xer、xlsx 节点表。"
            "mpp 文件请在 Project 中另存为 XML 再上传。"
        ),
        "plans.file_truncated": _("“{name}”不完整，读到第 {row} 行第 {column} 列时中断。请重新导出后再上传。"),
        "plans.file_no_end": _("“{name}”不完整，没有结束标记 %E。请重新导出后再上传。"),
        "plans.file_encoding": _("“{name}”的文字编码与文件声明的不一致（第 {row} 行）。请重新导出为 UTF-8 后再上传。"),
        "plans.file_unsafe": _(
            "“{name}”带有不应出现的声明（DOCTYPE 或实体），已拒绝打开。请用 Project 重新另存为 XML。"
        ),
        "plans.file_too_deep": _("“{name}”的嵌套超过 {limit} 层，不是正常的进度计划，已拒绝打开。请检查文件来源。"),
        "plans.file_tasks": _("“{name}”的任务超过 {limit} 个，已停止读取。请拆分成几个计划。"),
        "plans.file_elements": _("“{name}”的内容超过 {limit} 项，已停止读取。请拆分成几个计划。"),
        "plans.file_text_long": _(
            "“{name}”第 {row} 行有一段文字超过 {limit} 个字，已停止读取。请在原软件中缩短后重新导出。"
        ),
        "plans.file_exceptions": _("“{name}”的日历例外超过 {limit} 天，已停止读取。请在原软件中删去不用的例外。"),
        "plans.file_value": _("“{name}”中“{where}”的{field}读不懂：{value}。请在原软件中改正后重新导出。"),
        "plans.file_calendar": _(
            "“{name}”中日历“{calendar}”的内容不完整，读不出工作日：第 {at} 个字符处中断或括号不配对。"
            "请在原软件中修复日历后重新导出。"
        ),
        "plans.file_calendar_circle": _(
            "“{name}”中日历“{calendar}”的基准日历又引用了它自己。请在原软件中改正基准日历后重新导出。"
        ),
        "plans.file_row_sign": _("“{name}”第 {row} 行的开头“{text}”不认识。请重新导出后再上传。"),
        "plans.file_row_loose": _("“{name}”第 {row} 行前面没有表名或字段名。请重新导出后再上传。"),
        "plans.file_row_values": _(
            "“{name}”第 {row} 行有 {count} 个值，表 {table} 只有 {limit} 个字段。请重新导出后再上传。"
        ),
        "plans.file_id_twice": _("“{name}”中有两个任务的编号都是 {id}：“{first}”和“{second}”。请重新导出后再上传。"),
        "plans.link_unknown": _(
            "“{name}”中“{node}”的前置任务 {missing} 不在文件里。请在原软件中删去这条搭接关系，或补上任务后重新导出。"
        ),
        "plans.file_no_plan": _("“{name}”中没有任何项目。请在原软件中选定项目后重新导出。"),
        "plans.file_slow": _("读“{name}”超过 {seconds} 秒还没有读完，已停止。请拆分成几个计划。"),
        "plans.file_memory": _("读“{name}”需要的内存太多，已停止。请拆分成几个计划。"),
        "plans.file_failed": _("“{name}”无法读取。请在原软件中打开检查后重新导出。"),
        "plans.sheet": _("节点表读不出来：{why}"),
        "plans.sheet_wrong": _("节点表有 {count} 处需要改正，没有读入任何节点。请按所列位置改好后再上传。"),
        "plans.baseline_number": _(
            "原计划的编号 {number} 不能写入 Project 的 XML，只能是 0 至 10。请减少要导出的版本。"
        ),
    }
)
