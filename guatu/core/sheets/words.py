"""Every sentence that the sheet engine can say: what is wrong, where, and what to do."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

FILE_ERRORS: dict[str, Any] = {
    "empty_file": _("文件是空的。请重新导出后再上传。"),
    "too_large": _("文件有 %(size)s，超过上限 %(limit)s。请拆分成几个文件，或删去图片后再上传。"),
    "wrong_kind": _("这不是表格文件（内容是 %(kind)s）。请上传 xlsx、xls、ods、csv 或带表格的 docx。"),
    "html_file": _("这是网页格式的“表格”，不是真正的 Excel 文件。请用 Excel 或 WPS 打开后另存为 xlsx。"),
    "old_word": _("这是旧版 Word 文档（.doc），改扩展名没有用。请另存为 docx，或把表格粘贴到 Excel。"),
    "password": _("文件有打开密码。请在 Excel 或 WPS 中取消密码后再上传。"),
    "truncated": _("文件不完整或已损坏。请重新下载或导出后再上传。"),
    "zip_bomb": _("文件解压后约 %(size)s，超过上限 %(limit)s，已拒绝打开。请检查文件来源。"),
    "zip_ratio": _(
        "文件里的“%(part)s”压缩后只有 %(packed)s，解压后约 %(size)s，是压缩前的 %(ratio)s 倍（上限 %(limit)s 倍），"
        "像是专门制作的压缩炸弹，已拒绝打开。请用 Excel 或 WPS 打开原表后另存再上传。"
    ),
    "zip_members": _("文件里有 %(count)s 个部分，超过上限 %(limit)s 个，已拒绝打开。请用 Excel 或 WPS 另存后再上传。"),
    "cell_too_long": _(
        "工作表“%(sheet)s”第 %(row)s 行 %(column)s 列的单元格有 %(length)s 个字，超过 Excel 自己的上限 %(limit)s 个字。"
        "请检查这一格，csv 文件请检查引号是否成对。"
    ),
    "nul_in_cell": _(
        "工作表“%(sheet)s”第 %(row)s 行 %(column)s 列有空字符（NUL，不是文字），没有读取。请重新填写后再上传。"
    ),
    "nul_bytes": _("文本文件第 %(row)s 行有空字符（NUL，不是文字），没有读取。请重新导出，或另存为 xlsx 后再上传。"),
    "csv_quotes": _("文本文件第 %(row)s 行的引号不成对，后面的内容会被当成一格，没有读取。请改正引号，或另存为 xlsx。"),
    "csv_one_column": _(
        "文本文件每行只有一格，看不出用什么分隔（第 %(row)s 行：%(text)s）。请用逗号、制表符或分号分隔，或另存为 xlsx。"
    ),
    "unsafe_xml": _("文件里有不应出现的声明（DOCTYPE），已拒绝打开。请用 Excel 或 WPS 另存后再上传。"),
    "no_cells": _("文件里没有任何内容。请检查是否选错了文件。"),
    "too_many_rows": _(
        "工作表“%(sheet)s”有 %(rows)s 行、%(columns)s 列，超过上限（%(limit)s 行、%(column_limit)s 列）。"
        "请删去多余的空白区域或拆分文件。"
    ),
    "encoding": _("看不懂这个文本文件的编码。请另存为 UTF-8 或 GB18030（GBK）编码的 csv。"),
    "no_table": _("这个文档里没有表格。请把名单整理成表格后再上传。"),
    "no_table_list": _(
        "这个文档里没有表格，名单是编号的段落（%(count)s 段，第一段：%(first)s）。请把名单整理成表格后再上传。"
    ),
    "no_table_picture": _(
        "这个文档里没有表格，只有图片（%(count)s 张），图片里的字读不出来。请用文字重新录入成表格后再上传。"
    ),
    "too_slow": _("文件超过 %(seconds)s 秒还没有读完，已停止。请拆分成几个文件。"),
    "too_much_memory": _("读这个文件需要的内存太多，已停止。请删去多余的空白区域或拆分文件。"),
    "parser_failed": _("文件无法读取。请用 Excel 或 WPS 打开并另存为 xlsx 后再上传。"),
    "no_header": _("在工作表（%(sheets)s）里没有找到表头。表头里要有“%(name)s”一列；也可以用列对应文件说明。"),
    "all_foreign": _(
        "这个文件是退出、调出项目的清单，没有读取。项目退出或调出名单请在“名单调整”中办理；"
        "确要按这类台账读取的，请在列对应文件的 sheets 里写明。"
    ),
    "no_such_sheet": _("没有名为“%(wanted)s”的工作表，文件里有：%(known)s。"),
    "not_sent_out": _(
        "这个文件里没有表号，不像是本系统发出的填报表。请在下载的原表上填写后传回，不要把内容抄到别的文件里。"
    ),
    "two_ids": _("文件里有几个不同的表号（%(ids)s），不知道是哪一张表。请把别的表的内容移出后再传回。"),
    "other_workbook": _("传回的是表号为 %(id)s 的表，而这里等的是 %(wanted)s。请核对文件，或到那张表的页面上传。"),
    "sent_unknown": _("表号 %(id)s 的发出底稿找不到，不能对照。请重新下载一张表，把改动填到新表里再传回。"),
    "no_heading_back": _("在工作表（%(sheets)s）里没有找到原来的表头。请恢复表头一行后再传回。"),
    "no_keys_back": _(
        "工作表“%(sheet)s”里没有“识别码”一列，也缺少能认出项目的列，不知道每一行是谁的。请恢复这些列后再传回。"
    ),
    "too_many_back": _(
        "发出的表有 %(sent)s 行，传回的超过 %(limit)s 行，没有读取。请核对是否传错了文件，新增的项目请分批填报。"
    ),
    "rows_mixed": _(
        "工作表“%(sheet)s”第 %(row)s 行的识别码是“%(key)s”，项目却是“%(name)s”，可能只对一部分列排了序或粘贴错了行，"
        "没有读取任何内容。请恢复后，选中整张表再排序。"
    ),
    "map_unreadable": _("列对应文件读不懂（%(reason)s）。请按说明文档检查格式。"),
    "map_key": _("列对应文件里有不认识的项“%(key)s”，可用的是：%(allowed)s。"),
    "map_field": _("列对应文件把“%(heading)s”对应到不存在的字段“%(field)s”，可用的是：%(allowed)s、ignore。"),
    "map_unit": _("列对应文件里“%(heading)s”的单位“%(unit)s”不对，可用：元、万元、亿元，或一个正整数 factor。"),
    "map_currency": _(
        "列对应文件里“%(heading)s”的货币符号“%(currency)s”不对：写一个符号（如 £），并写明折算的 factor。"
    ),
    "map_words": _("列对应文件把“%(heading)s”里的文字记入“%(field)s”，那里放不下文字。可用的是：%(allowed)s。"),
}

ISSUES: dict[str, Any] = {
    # the file and its sheets
    "macros_ignored": _("文件带有宏，宏没有运行，只读取了单元格。"),
    "sheet_hidden": _("隐藏的工作表没有读取。需要的话请取消隐藏，或在列对应文件的 sheets 里写明。"),
    "sheet_foreign": _(
        "这个工作表是退出、调出项目的清单，没有读取。项目退出或调出名单请在“名单调整”中办理；"
        "确要按这类台账读取的，请在列对应文件的 sheets 里写明。"
    ),
    "sheet_skipped": _("这个工作表里没有可识别的表头，没有读取。"),
    "not_this_ledger": _("没有找到这类台账应有的列（%(needs)s 至少一列）。请检查是否选错了文件，或用列对应文件说明。"),
    "no_rows": _("表头下面没有项目行。请检查文件。"),
    "rows_left_out": _("按列对应文件的 where，取了 %(taken)s 行，另有 %(count)s 行没有导入；印出的合计没有核对。"),
    "where_missing": _("列对应文件的 where 要看“%(heading)s”一列，这个表里没有。请核对列名，或用 sheets 写明工作表。"),
    "words_kept": _("这里是文字，按列对应文件记入“%(field)s”。"),
    "year_differs": _("标题上写的是 %(found)s 年，而导入的年度是 %(year)s 年。请核对。"),
    "hidden_rows": _("有 %(count)s 行在表中是隐藏的（%(rows)s），已一并读取。"),
    "hidden_column": _("这一列在表中是隐藏的，已一并读取。"),
    # units
    "unit_missing": _("这一列的金额没有单位：表头、单元格和“单位：”一行都没有写。请选择 元、万元 或 亿元。"),
    "unit_unknown": _("这个金额单位不能识别。请改为 元、万元 或 亿元。"),
    "unit_conflict": _(
        "表上印的单位是 %(printed)s，而指定的是 %(given)s。请核对；若以指定的为准，请在列对应里写明 unit。"
    ),
    "unit_changes": _("从这里起金额单位是 %(unit)s（上面是 %(before)s），按此读取。请核对。"),
    "unit_in_note": _("金额单位 %(unit)s 取自表下的说明。请核对。"),
    # columns
    "column_unknown": _("没有认出这一列，内容不会导入。可以指定它对应的字段。"),
    "column_twice": _("已有另一列作为“%(field)s”，这一列没有导入。可以指定用哪一列。"),
    "column_other_year": _("这一列是其他年度的数字，没有导入。"),
    "column_weak": _("这一列的含义不止一种，按“%(field)s”读取（%(why)s）。不对的话请指定字段。"),
    "column_no_heading": _("%(letter)s 列有内容但没有表头，没有导入。请补上表头，或指定它对应的字段。"),
    "class_carried": _("这一列只在每组第一行写了分类，下面的空格按同一分类读取。请核对。"),
    "heading_continued": _("这里没有表头，各列与前一张表相同，按续表读取。请核对。"),
    # rows
    "row_as_category": _("这一行没有序号和其他内容，按分类行处理。如果是项目，请补上序号。"),
    "row_only_name": _("这一行只有名称，按项目读取。如果是分类行，请合并单元格或加上“一、”。"),
    "name_in_serial": _("项目名称写在了序号一格（可能是合并单元格），按项目名称读取。请核对。"),
    "row_of_which": _("这一行以“其中”开头但内容像一个项目，按项目读取，金额可能重复计算。请核对。"),
    "name_missing": _("这一行有内容但没有项目名称。请补上名称或删去这一行。"),
    "name_twice": _("与“%(sheet)s”第 %(first)s 行的项目同名。请核对是否重复。"),
    # sums
    "total_differs": _("“%(label)s”的%(field)s印的是 %(printed)s，按 %(rows)s 行合计是 %(computed)s。请核对。"),
    "total_rounded": _(
        "“%(label)s”的%(field)s印的是 %(printed)s，按 %(rows)s 行合计是 %(computed)s，相差在四舍五入之内。请核对。"
    ),
    "total_unchecked": _("“%(label)s”这一行的数字不知道覆盖哪些行，没有核对。请核对。"),
    "total_unreadable": _("合计行的这个数读不出来，没有核对。请核对。"),
    "total_not_calculated": _("合计是没有计算结果的公式，没有核对。请在 Excel 或 WPS 中重新计算并保存。"),
    # amounts
    "amount.blank": _("这个金额是空的。"),
    "amount.no_unit": _("这个金额没有单位。"),
    "amount.approximate": _("“约”“余”“以上”不是确定的金额。请填写一个数。"),
    "amount.range": _("这是一个范围，不是一个金额。请填写一个数。"),
    "amount.two_points": _("这个数有两个小数点。请改正。"),
    "amount.comma": _("这个数的逗号位置不对。请改正。"),
    "amount.currency": _("只能读取人民币金额。请折算后填写。"),
    "amount.ambiguous": _("这个金额有两种读法（如“1亿2”）。请写明单位。"),
    "amount.fraction_of_yuan": _("金额不足一元的部分已四舍五入到元。"),
    "amount.absurd": _("这个金额大得不合理，可能是单位错了。请核对单位是 元、万元 还是 亿元。"),
    "amount.unreadable": _("这不是金额。请填写数字，文字说明写到备注。"),
    "amount.not_a_number": _("这不是数字。请改正。"),
    "amount_negative": _("金额不能是负数。请改正。"),
    "amount_reduced": _("这个金额是负数，按核减读取。请核对。"),
    "amount_high": _("这个金额超过 1 万亿元，可能是单位错了。请核对。"),
    "amount_low": _("这个金额不足 1 万元，可能是单位错了。请核对。"),
    "amount_merged": _("第 %(first)s 至 %(last)s 行的金额合并成一个单元格，记在第一行。请拆开后填写。"),
    "amount_second": _("一个项目占了几行，又有第二个金额。请合成一个，或拆成几个项目。"),
    "value_second": _("一个项目占了几行，这一行的值与第一行不同，没有导入。请核对。"),
    "cell_rest": _("这一格按“%(read)s”读取，其余内容“%(rest)s”没有导入。请核对，需要的话写到备注。"),
    # dates
    "date.blank": _("这个日期是空的。"),
    "date.unreadable": _("看不懂这个日期，没有导入。可写成 2019-03-31、2019年3月 或 2019年底。"),
    "date.ambiguous_month": _(
        "看不出是 1 月还是 10 月（Excel 会把 2019.10 变成 2019.1），没有导入。请写成 2019年10月。"
    ),
    "date.no_such_day": _("没有这一天。请改正。"),
    "date.not_leap": _("那一年不是闰年，2 月没有 29 日。请改正。"),
    "date.festival": _("节日每年不在同一天，没有导入。请写明日期。"),
    "date.no_such_month": _("没有这个月份。请改正。"),
    "date.no_such_quarter": _("没有这个季度。请改正。"),
    "date.absurd_year": _("这个年份不合理。请改正。"),
    "date.no_year": _("这个日期没有年份，没有导入。请补上。"),
    "date.no_today": _("“下周”“本月”这类说法不能用在台账里，没有导入。请写明日期。"),
    "date.span_reversed": _("起止年份颠倒了。请改正。"),
    # other values
    "cell_error": _("单元格是公式错误值。请改正公式或填写数值。"),
    "formula_without_value": _("单元格是没有计算结果的公式。请在 Excel 或 WPS 中打开、重新计算并保存。"),
    "percent_unreadable": _("这不是百分数，没有导入。"),
    "percent_absurd": _("这个百分数不合理。请改正。"),
    "percent_over": _("超过 100%%，请核对。"),
    "code_wrong": _("这个代码不合规则，已按原样保留并作标记。请核对。"),
    "integer_unreadable": _("这不是整数，没有导入。"),
    "choice_unknown": _("不认识这个值，没有导入。可用：%(allowed)s。"),
    "code_lost_digits": _("这个代码存成了数字，后几位可能已经丢失。请把单元格改为文本后重新填写。"),
    # a workbook that went out and came back
    "column_gone": _("传回的表里没有这一列，这一列没有改动。"),
    "column_copied": _("这一列是另一列的副本，没有读取。"),
    "unit_changed": _("这一列的金额单位被改过，没有读取。请恢复原来的单位，或重新下载后填写。"),
    "key_recovered": _("识别码缺失或被改过，按项目名称等认出是 %(key)s。请核对。"),
    "key_unknown": _("不认识这个识别码，这一行没有读取。新增的行请把识别码留空。"),
    "sum_left_out": _("这是自行添加的合计行，没有读取。"),
    "cell_merged_over": _("这一格被合并到别的格里，没有读取，原值不变。请拆分单元格后填写。"),
    "formula_read": _("这一格是公式（%(formula)s），取了它的计算结果，公式本身没有改动。"),
    "formula_not_taken": _(
        "这一格是没有计算结果的公式，没有读取，原值不变。请在 Excel 或 WPS 中打开、重新计算并保存。"
    ),
    "error_not_taken": _("这一格是错误值（如 #N/A），没有读取，原值不变。请改正。"),
    "kind_of_cell": _("这一格是时间或逻辑值，没有读取，原值不变。请改正。"),
    "cell_more": _("这一格除“%(read)s”外还有“%(rest)s”，没有自动采用。请核对后决定。"),
    "percent_doubtful": _("看不出是 0.5%% 还是 50%%，没有自动采用。请写上百分号。"),
    "beyond_limits": _("这个值超出允许的范围，请核对。"),
    "longer_than_allowed": _("这一格的文字太长，请缩短。"),
    # one figure against another (what a ledger's own checks find)
    "plan_over_total": _("年度计划投资大于总投资，请核对。"),
    "cumulative_over_total": _("累计完成投资大于总投资，请核对。"),
    "quarters_differ": _("四个季度的计划之和与年度计划投资不一致，请核对。"),
    "funding_differs": _("各项资金来源之和与总投资不一致，请核对。"),
    "finish_before_start": _("竣工时间早于开工时间，请核对。"),
    "kind_missing": _("没有写明是新开工、续建还是预备（前期），请核对。"),
    "kind_is_nature": _("这一列是新开工、续建等类别，而“%(word)s”是建设性质，已记为建设性质。"),
    "class_from_industry": _("名单没有分类行，用所属行业作为分类。"),
    "period_over_year": _("本期完成投资大于本年累计完成投资，请核对。"),
    "year_over_cumulative": _("本年累计完成投资大于开工以来累计完成投资，请核对。"),
    "percent_differs": _("印的完成率是 %(printed)s%%，按表中金额计算是 %(computed)s%%，请核对。"),
    "mix_differs": _("建筑、安装、设备、其他之和与完成投资不一致，请核对。"),
    "finished_not_started": _("已竣工但没有开工时间，请核对。"),
}


def declare_issues(sentences: dict[str, Any]) -> None:
    """Add the sentences of a package that finds more in a ledger (against what the library holds); a code once."""
    for code, words in sentences.items():
        if ISSUES.setdefault(code, words) is not words:
            raise ValueError(f"issue {code!r} is declared twice")


REASONS: dict[str, Any] = {
    "wording": _("表头用语一致"),
    "wording_group": _("与上一级表头合起来一致"),
    "pattern": _("表头含有关键词"),
    "weak": _("表头有多种含义，按最常见的理解"),
    "values": _("按这一列的内容判断"),
    "values_kinds": _("按内容判断：新开工、续建等类别"),
    "values_nature": _("按内容判断：新建、扩建等建设性质"),
    "values_amounts": _("按内容判断：金额"),
    "values_words": _("按内容判断：文字目标"),
    "map": _("由人指定"),
    "column_unknown": _("没有认出"),
    "column_twice": _("与另一列重复"),
    "column_no_heading": _("有内容但没有表头"),
    "unit_column": _("每行金额的单位"),
    "values_serial": _("没有表头，按内容判断：序号"),
    "column_other_year": _("其他年度"),
    "": "",
}

COUNT_LABEL = _("个数")
