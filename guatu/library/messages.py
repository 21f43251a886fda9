"""The sentences of the library's refusals."""

from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import declare

declare(
    {
        "library.secret": _(
            "{where}带有涉密标志。涉密项目和内容不得录入本系统，没有存入任何内容；请按保密规定另行办理。"
        ),
        "library.region_out_of_reach": (
            _("“{region}”不在您的管辖范围内，不能在这里登记。请换一个区划，或请上级项目办办理。"),
            403,
        ),
        "library.name_missing": _("第 {row} 行没有项目名称。请补上名称后再试。"),
        "library.name_taken": _("“{region}”已有同名项目“{name}”。请打开它修改；确是另一个项目的，请在名称中加以区别。"),
        "library.field_unknown": _("项目没有“{field}”这一项，不能修改。"),
        "library.amount_negative": _("“{field}”不能小于零，现填 {value} 元。请核对数额和单位。"),
        "library.package_itself": _("“{name}”不能做自己的子项目。请另选打包项目。"),
        "library.package_nested": _("“{name}”本身是子项目，不能再含子项目。请直接归入它的打包项目。"),
        "library.package_counted": _("“{name}”是打包项目“{package}”的子项目，打包项目已在名单中，不能重复计列。"),
        "library.stage_unchanged": _("“{name}”已经是“{stage}”阶段，日期也是 {day}，没有需要变更的内容。"),
        "library.stage_not_allowed": _("“{name}”现为“{now}”，不能直接变为“{then}”。可变更为：{allowed}。"),
        "library.stage_in_future": _("阶段变更日期 {day} 还没有到。请填写实际发生的日期。"),
        "library.stage_before_last": _(
            "“{name}”在 {last} 已进入“{stage}”，新阶段日期 {day} 不能更早。请核对日期，或先更正前一阶段的日期。"
        ),
        "library.gate_not_met": _(
            "“{name}”进入“{stage}”的条件有 {count} 项不满足。请补齐；确需放行的，请写明批准人和理由。"
        ),
        "library.approver_not_allowed": _("“{approver}”没有批准此事的权限：{what}。请选择项目办主任或领导小组负责人。"),
        "library.not_suspended": _("“{name}”没有停缓建，不能办理复工。"),
        "library.nobody_named": _("请为“{role}”选择单位或责任人；确需取消的，请使用“取消分工”。"),
        "library.nothing_to_move": _("没有找到需要移交的分工。请核对原单位、原责任人和日期。"),
        "library.work_left": _("“{name}”名下还有 {count} 个项目。请先按文件把分工移交给接任者，再办理撤销。"),
        "library.document_missing": _("请填写文件名称或文号：{what}。"),
        "library.list_exists": _("{year} 年“{region}”的{level}名单已经建立。请打开原名单办理。"),
        "library.year_wrong": _("年度“{year}”不对，应为 1990 至 2099 之间的年份。"),
        "library.batch_exists": _("“{name}”第 {number} 批已经印发。请使用下一批次，或打开原批次修改。"),
        "library.setting_unknown": _("名单没有“{field}”这一项设置。"),
        "library.value_wrong": _("“{field}”不能这样填写：{why} 请改正后再试。"),
        "library.setting_wrong": _("“{field}”不能取“{value}”。可取：{allowed}。"),
        "library.entry_field_unknown": _("列入名单的内容没有“{field}”这一项。"),
        "library.kind_overlaps": _("本名单的类型可以并列，“计划竣工”请作为标记填写，不作为类型：{name}。"),
        "library.not_in_list": _("下列项目不在名单中，不能调出或变更：{names}。请核对。"),
        "library.already_in_list": _("下列项目已在名单中，不能再次调入：{names}。需要改数的，请用“变更”。"),
        "library.listed_twice": _("同一份文件中“{name}”出现了两次。每个项目只能调入、调出或变更一次。"),
        "library.amendment_empty": _("这份调整文件没有调入、调出或变更任何项目。"),
        "library.project_exited": _("“{name}”已退库，不能列入名单。请先重新纳入项目库。"),
        "library.still_listed": _("“{name}”还在“{lists}”中。请先按名单调整程序调出，再办理退库。"),
        "library.exited_already": _("“{name}”已经退库。"),
        "library.check_point_year": _("考核节点“{name}”的日期 {day} 不在 {year} 年内。"),
        "library.gate_empty": _("没有填写任何条件。请至少选择一项条件；不设条件的，不必登记。"),
        "library.gate_fact_unknown": _("条件中的“{fact}”没有对应的数据来源。可用的有：{allowed}。"),
        "library.gate_op_unknown": _("条件“{fact}”的比较方式“{op}”不认识。可用的有：{allowed}。"),
        "library.class_loop": _("分类只有两级，“{name}”不能放在二级分类下。"),
        "library.closed_already": _("“{name}”已锁定到 {until}，不能再锁定 {day}。"),
        "library.close_future": _("{day} 还没有到，不能锁定。"),
        "library.close_open_items": _("还有 {count} 处没有办完。请先办完；确需先锁定的，请写明理由。"),
        "library.reopened_already": (_("{day} 以前的数据已经解锁。"), 409),
        "library.reopen_last_first": _("后面还有锁定的，{day} 的锁定不能先解。请先解最后一次锁定。"),
        "library.reopen_not_asked": _("没有人申请解锁 {day} 以前的数据。请先由另一岗位写明理由提出申请。"),
        "library.carry_undecided": _("有 {count} 个未完工项目没有说明去向。请逐项选择结转或不再列入（写明理由）。"),
        "library.carry_done": _("{year} 年名单已经建立，不能再次结转。请在新名单中调整。"),
        "library.carry_early": _("年度结转要在 {year} 年年底以后办理。"),
        "library.not_provisional": _("“{name}”已经印发。需要改动的，请办理名单调整。"),
        "library.import_wrong": _("有 {count} 处需要改正，没有导入任何内容。请按所列位置改好后再导入。"),
        "library.preview_changed": _("核对之后数据又有变动，{count} 处与核对时不同，没有导入。请重新核对后再导入。"),
        "library.draft_done": _("“{name}”{state}，不能再改。请重新选择文件。"),
        "library.draft_busy": _("“{name}”正在后台处理。请等它办完再试。"),
        "library.doubts_open": _(
            "有 {count} 行可能是库里已有的项目、只是名称不同，没有导入任何内容。"
            "请逐行认定是同一项目还是新项目，再导入。"
        ),
        "library.choice_wrong": _("“{name}”没有说清：是同一项目的，请选定项目；不是的，请选“不是同一项目”。"),
        "library.decision_unknown": _("第 {row} 行：没有找到项目“{project}”。请写库里的全称或项目代码，新项目留空。"),
        "library.decision_ambiguous": _("第 {row} 行：有 {count} 个项目叫“{project}”。请改写项目代码。"),
        "library.draft_not_ready": _("“{name}”还有需要改正的地方，或者还没有核对完，不能导入。"),
    }
)
