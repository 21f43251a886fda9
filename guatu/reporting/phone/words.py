"""The sentences of the phone's page, in the reader's language; its scripts have none of their own."""

from django.utils.translation import gettext as _


def page_words() -> dict[str, str]:
    """Every sentence by the key under which the scripts ask for it."""
    return {**_frame(), **_form(), **_states(), **_outbox()}


def _frame() -> dict[str, str]:
    return {
        "title": _("手机填报"),
        "online": _("已联网"),
        "offline": _("无信号"),
        "asked": _("现在要填 {count} 份"),
        "nothing_asked": _("现在没有要填的。"),
        "sign_in_first": _("请先登录，再取要填的项目。"),
        "never_loaded": _("本机还没有要填的项目。请在有网络时打开一次。"),
        "as_of": _("数据取自 {at}"),
        "due": _("{due} 截止"),
        "plan": _("年度计划 {plan}"),
        "last_ytd": _("至{on}本年完成 {ytd}"),
        "last": _("上期：{value}"),
        "project": _("项目"),
        "raise_problem": _("上报存在问题"),
        "store_and_send": _("存入待发，联网即送"),
        "stored": _("已存在本机，联网即送。"),
        "to_outbox": _("待发与回执（{count} 项待发）"),
        "to_outbox_plain": _("看待发与回执"),
    }


def _form() -> dict[str, str]:
    return {
        "field_amount": _("本期完成投资（万元）"),
        "field_percent": _("形象进度（%）"),
        "field_words": _("本期做了什么"),
        "field_problem": _("存在问题（没有可不填）"),
        "field_next_plan": _("下步计划"),
        "field_same": _("与上期相同"),
        "field_same_reason": _("没有变化的原因"),
        "mix": _("投资构成（建筑、安装、设备、其他）"),
        "field_mix_construction": _("建筑工程（万元）"),
        "field_mix_installation": _("安装工程（万元）"),
        "field_mix_equipment": _("设备购置（万元）"),
        "field_mix_other": _("其他费用（万元）"),
        "mix_fits": _("合计与本期完成投资相符。"),
        "mix_differs": _("合计 {sum} 万元，与本期完成投资 {amount} 万元不等，请核对。"),
        "nodes": _("节点进展（开始、完成、推迟）"),
        "nodes_hint": _("只填有变化的；推迟的写预计完成日期和原因。"),
        "node_started": _("开始日期"),
        "node_finished": _("完成日期"),
        "node_forecast": _("预计完成"),
        "node_why": _("推迟原因"),
        "node_told": _("已填"),
        "node_order": _("完成日期早于开始日期。请核对。"),
        "node_reason": _("推迟的节点请写明原因。"),
        "problem": _("存在问题"),
        "photos": _("现场照片"),
        "camera": _("拍照"),
        "album": _("从相册选"),
        "only_small": _("省流量：只发小图，不发原图"),
        "drop_photo": _("去掉（{size}）"),
        "drop_photo_at": _("去掉（{size}）第 {place} 张照片"),
        "photos_adding": _("正在存第 {place} 张，共 {count} 张"),
        "photos_unread": _("有 {count} 张读不出来，请重选。"),
        "photos_wait": _("照片还在存，存完再提交。"),
        "photos_kept": _("{count} 张已存在本机，最多 {most} 张"),
        "node_due": _("节点“{name}”{finish} 到期"),
        "keep_draft": _("存草稿"),
        "draft_kept": _("草稿已存在本机"),
        "submit": _("提交，交审核"),
        "not_asked": _("这一份现在不用填。"),
        "held": _("{system}已有，不用填"),
        "take_mine": _("用我填的：{value}"),
        "take_theirs": _("用现在的：{value}"),
    }


def _states() -> dict[str, str]:
    return {
        "state_open": _("待填"),
        "state_draft": _("草稿在本机"),
        "state_kept": _("存在本机"),
        "state_sent": _("已送达"),
        "state_checked": _("已审核"),
        "state_accepted": _("已采用"),
        "state_needs": _("需处理"),
        "state_returned": _("已退回"),
    }


def _outbox() -> dict[str, str]:
    return {
        "outbox": _("待发与回执"),
        "counts": _("{sent} 项已送达，{kept} 项待发，{needs} 项要您处理。"),
        "others": _("本机另有 {count} 项是别人或别的岗位填写的，本人登录后发送。"),
        "sending": _("待发"),
        "needs_you": _("要您处理"),
        "receipts": _("回执"),
        "returned": _("已退回：{reason}"),
        "photos_sent": _("照片 {done} / {all} 张，{have} / {size}"),
        "originals_sent": _("原图 {done} / {all} 张，{have} / {size}"),
        "kind_report": _("填报"),
        "kind_photo": _("照片"),
        "kind_problem": _("存在问题"),
        "mend": _("改后再交"),
        "retry": _("再发一次"),
        "drop": _("删除"),
        "drop_sure": _("从本机删除这一项？删除后不能找回。"),
        "kept_how_long": _("每项有一个编号，重发不重记。回执留存本机 90 天。"),
        "room": _("本机已用 {used}，可用 {most}"),
        "room_low": _("本机存储快满了。请联网把待发的发出去，或清理手机存储。"),
    }
