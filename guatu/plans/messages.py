"""The sentences of the refusals about plans, targets and the files of other programs."""

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

declare(
    {
        "targets.no_file": _("读不了文件“{name}”（{why}）。请核对路径，或用 - 从标准输入读取。"),
        "targets.not_json": _("“{name}”不是可以读取的 JSON（{why}）。请核对内容，文件用 UTF-8 编码。"),
        "targets.not_object": _("“{name}”应是一个 JSON 对象，写明 year、target、profile、as_of。"),
        "targets.missing": _("缺少“{where}”。请补上。"),
        "targets.calendar": _("“{where}”应写成 {example}，国家只有 CN（中国）。请改正。"),
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

# -- back-planning ----------------------------------------------------------------------------------------------------
declare(
    {
        "schedule.no_nodes": _("计划里没有节点。请至少写一个节点。"),
        "schedule.twice": _("有重复的节点编号：{nodes}。每个节点的编号只能用一次，请改正。"),
        "schedule.unknown_node": _("搭接关系里提到的节点不存在：{nodes}。请补上节点或改正关系。"),
        "schedule.unknown_link": _("计划里没有从“{start}”到“{to}”的这条搭接关系。请核对后再改。"),
        "schedule.circular": _("搭接关系成了环，共 {count} 个节点：{nodes}。请去掉其中一条关系。"),
        "schedule.bad_link_type": _("从“{start}”到“{to}”的搭接关系类型“{type}”不对。可写：FS、SS、FF、SF。"),
        "schedule.bad_lag": _("从“{start}”到“{to}”的间隔 {lag} 不对。请写 -{most} 到 {most} 之间的整数天数。"),
        "schedule.bad_duration": _(
            "节点“{node}”的工期 {duration} 不对。请写 0 到 {most} 之间的整数天数，0 表示里程碑。"
        ),
        "schedule.bad_crash": _("节点“{node}”的可压缩天数和每天费用要写不小于 0 的整数。请改正。"),
        "schedule.crash_too_far": _("节点“{node}”最多还能压缩 {most} 天，不能压缩 {days} 天。"),
        "schedule.absurd_date": _("{where} 的日期 {date} 不在 {first} 年至 {last} 年之间。请核对。"),
        "schedule.actual_reversed": _("节点“{node}”的实际开始 {start} 晚于实际完成 {finish}。请改正。"),
        "schedule.actual_later": _("节点“{node}”的实际日期 {date} 晚于今天 {today}。还没有发生的请写成计划日期。"),
        "schedule.no_work_day": _(
            "从 {today} 起，节点“{nodes}”所用的日历没有一个工作日。请检查停工时段和开会日的设置。"
        ),
        "schedule.beyond_calendar": _(
            "计划的日期超出了日历能推算的范围（常用 {first} 年至 {last} 年）。请检查工期和间隔。"
        ),
        "schedule.file": _("不能读取 {name}：{why}。请提供一个 UTF-8 编码的 JSON 文件。"),
        "schedule.not_json": _("{name} 不是正确的 JSON：第 {line} 行第 {column} 列有误。请改正。"),
        "schedule.shape": _("{where} 写得不对：应为{wanted}。请改正。"),
        "schedule.unknown_key": _("{where} 里有不认识的项：{names}。可写：{known}。"),
        "schedule.no_deadline": _("没有写完成期限：请写 deadline，或者给至少一个节点写 finish_no_later。"),
        "schedule.unknown_country": _("没有“{country}”的节假日表。目前只有 CN（中国）。"),
        "calendar.closure_reversed": _("停工时段的开始 {start} 晚于结束 {end}。请改正。"),
        "calendar.no_work_day": _("日历在 {day} 前后没有工作日。请检查停工时段和开会日的设置。"),
    }
)

# -- targets of projects and target sheets ---------------------------------------------------------------------------
declare(
    {
        "plans.target_not_listed": _("“{project}”不在“{list}”里，没有年度目标可以分解。请先列入名单。"),
        "plans.profile_unknown": _("没有“{value}”这种分解方式。请从列出的几种里选。"),
        "plans.capacity_negative": _("日均能力不能小于零。请改正，或留空。"),
        "plans.target_locked": _("{period}已锁定（数据锁定至 {until}），目标不能再改。请改以后的时段。"),
        "plans.quarter_for_office": _("{period}的目标由项目办定。责任单位可以分解到月、周、日。"),
        "plans.quarter_moves": _(
            "这样会把{quarter}季度的目标由 {before} 元改为 {after} 元，季度目标由项目办定。"
            "请把差额放在同一季度的其他月。"
        ),
        "plans.sheet_no_number": _("请填写目标任务书的文号。"),
        "plans.sheet_in_future": _("印发日期 {day} 还没有到。请填写今天或以前的日期。"),
        "plans.sheet_number_taken": _("“{list}”已有文号为“{number}”的目标任务书。请核对文号。"),
    }
)
# -- drafts and versions -----------------------------------------------------------------------------------------------
declare(
    {
        "plans.draft_stands": _("“{name}”已有一份计划草案（{state}，{who}）。请打开它继续，或先放弃它。"),
        "plans.not_open": _("这份计划草案现在是“{state}”，不能修改。要改，请先退回或另起一份。"),
        "plans.not_submitted": _("这份计划草案现在是“{state}”，还没有提交，不能批准或退回。请等编制单位提交。"),
        "plans.approved_meanwhile": (
            _(
                "起草以后，“{name}”的计划已批准第 {now} 版，草案仍以第 {base} 版为底。"
                "请按现行计划另起一份，把要改的补上。"
            ),
            409,
        ),
        "plans.no_nodes": _("计划里还没有节点。请先加节点，或套用一个模板。"),
        "plans.no_plan": _("“{name}”还没有批准的计划。请先编制并批准计划。"),
        "plans.no_source": _("没有找到可以照搬的计划。请选一个已有计划的项目，或套用模板。"),
        "plans.too_many": _("计划有 {count} 个节点，最多 {most} 个。请合并相近的节点。"),
        "plans.name_twice": _("第 {row} 行和第 {other} 行的节点都叫“{name}”。请在名称中加以区别。"),
        "plans.name_missing": _("第 {row} 行没有节点名称。请补上，或删去这一行。"),
        "plans.not_feasible": _(
            "按现在的安排，“{node}”要超期 {days} 个工作日，不能提交。请压缩工期、调整期限或改为并行。"
        ),
        "plans.unit_unknown": _("第 {row} 行的责任单位没有找到。请从列表中选择。"),
        "plans.repair_gone": _("这种调整办法已不适用，计划刚才有了变化。请看重新推算的结果。"),
        "plans.begun_changed": _("打开这一页以后模板改过，请按下面的节点重新核对。"),
        "plans.begun_no_day": _("第 {row} 行“{name}”勾了已完成，请填实际完成日期；日期不清楚的，去掉勾或勾“不列入”。"),
        "plans.begun_no_tick": _("第 {row} 行“{name}”填了实际完成日期，没有勾已完成。请勾上，或清空日期。"),
        "plans.begun_nothing": _("所有节点都不列入，计划就空了。请至少留一个节点。"),
        "plans.template_missing": _("没有找到这个模板。请从列表中另选一个。"),
        "plans.template_taken": _("已有叫“{name}”的模板。请换一个名称。"),
        "plans.paper_unnamed": _("登记已批准的计划，要写明批准人和批准日期：{name}。"),
    }
)
# -- what happened -----------------------------------------------------------------------------------------------------
declare(
    {
        "plans.node_done": _("“{node}”已经完成，不能再移。要更正实际日期，请到项目的计划页修改。"),
        "plans.node_begun": _("“{node}”已于{day}开始，开始日期不能再改。请只改完成日期。"),
        "plans.draft_waits": _("“{name}”的计划草案已提交，正在等待批准。请先撤回草案再改动，或等批准以后再改。"),
        "plans.node_withdrawn": _("节点“{node}”已不在现行计划中，不能再填。请刷新页面。"),
        "plans.actual_in_future": _("“{node}”的实际日期 {day} 还没有到。请填已经发生的日期；预计的请填在“预计”里。"),
        "plans.finish_before_start": _("“{node}”的完成日期 {finish} 早于开始日期 {start}。请核对。"),
        "plans.finish_without_start": _("“{node}”填了实际完成，还没有填实际开始。请一并填上。"),
        "plans.quantity_negative": _("“{node}”的完成量不能小于零。请核对。"),
        "plans.quantity_over": _(
            "“{node}”总量 {total} {measure}，填的 {done} 超过了总量。请核对，或先调整计划的总量。"
        ),
        "plans.quantity_fell": _(
            "“{node}”上次已完成 {before} {measure}，这次填 {done}，少了。累计量只能因更正而减少，请写明理由。"
        ),
        "plans.no_quantity": _("“{node}”没有实物量，不能填完成量。请先在计划里给它定总量和单位。"),
        "plans.items_counted": _("“{node}”按户（件）逐一登记，完成量由各户情况得出。请改各户的情况。"),
        "plans.item_taken": _("“{node}”里已有“{name}”。请在名称中加以区别。"),
        "plans.item_number_taken": _("“{place}”的编号 {number} 已是“{name}”。一个编号只登记一户（件），请核对。"),
        "plans.item_line": _("第 {row} 行看不懂：“{text}”。请写“名称”，或“社区，编号，名称，数量”。"),
        "plans.item_back": _("“{item}”原来是“{before}”，不能退回“{after}”。确是更正的，请写明理由。"),
        "plans.amount_wrong": _("“{item}”的数量应大于零。请核对。"),
    }
)
# -- what was typed into the rows of a draft ---------------------------------------------------------------------------
declare(
    {
        "plans.row_duration": _(
            "第 {row} 行“{name}”的工期看不懂：“{text}”。可写 15（工作日）、15日历天、0（里程碑）。"
        ),
        "plans.row_link": _(
            "第 {row} 行“{name}”的前置看不懂：“{text}”。"
            "可写 3、3FS+5、2SS、4FF-2，可以并行的后面写“管”，几个之间用逗号隔开。"
        ),
        "plans.row_link_unknown": _("第 {row} 行“{name}”的前置写了第 {to} 行，计划里没有这一行。请核对行号。"),
        "plans.row_link_itself": _("第 {row} 行“{name}”的前置是它自己。请改成别的行号。"),
        "plans.row_link_twice": _("第 {row} 行“{name}”的前置把第 {to} 行写了两次。请只留一个。"),
        "plans.row_day": _("第 {row} 行“{name}”的{field}：{why}"),
        "plans.row_number": _("第 {row} 行“{name}”的{field}应是不小于零的整数，现填“{text}”。请改正。"),
        "plans.row_amount": _("第 {row} 行“{name}”的{field}：{why}"),
        "plans.sitting_unknown": _(
            "第 {row} 行“{name}”定在“{sitting}”的会期，但本区划没有登记这个会期。请在“工作日历”登记，或改选日历。"
        ),
        "plans.row_sitting": _("第 {row} 行“{name}”只在会期召开，工期按次数计，不能写日历天。请改正其一。"),
        "plans.row_quantity": _("第 {row} 行“{name}”的实物量看不懂：“{text}”。可写 120户、3500平方米。"),
        "plans.deadline_wrong": _("完成期限：{why}"),
    }
)
# -- papers: 任务单、路线图、时间表 ------------------------------------------------------------------------------------
declare(
    {
        "plans.paper_no_projects": _("没有符合条件的项目，没有生成文件。请换一个名单、责任单位或分包领导。"),
        "plans.paper_no_plans": _(
            "所选 {count} 个项目都没有可以列出的节点（尚无批准的计划），没有生成文件。请先编制并批准计划。"
        ),
        "plans.paper_too_many": _(
            "所选有 {count} 个项目，一份文件最多 {most} 个，没有生成文件。请换一个名单，或按责任单位、分包领导分开印。"
        ),
        "plans.paper_no_nodes": _("“{title}”在所选期间没有节点，没有生成文件。请换一个期间。"),
        "plans.paper_gone": _("这份文件已经不在，文件生成后只保留一天。请重新选择并生成。"),
        "plans.paper_kind": _("没有这种文件。任务单、时间表有 PDF、docx、xlsx，路线图有 PDF、docx。"),
    }
)
