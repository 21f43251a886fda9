"""The lists of the system pages: the trail, the access log, jobs."""

from django.utils.translation import gettext_lazy as _

from guatu.core.actor import Actor, Way
from guatu.core.models import TrailEntry
from guatu.core.refusals import Sentence
from guatu.core.tables import INTEGER, MOMENT, TEXT, Column, RowLink, Table, choice
from guatu.core.writing import ACTIONS, said_beside, words_of, words_of_action

WAYS: dict[str, Sentence] = {
    Way.PAGE: _("页面"),
    Way.API: _("接口"),
    Way.CLI: _("命令行"),
    Way.JOB: _("后台任务"),
    Way.LINK: _("链接"),
}
STATES: dict[str, Sentence] = {
    "waiting": _("等待"),
    "running": _("运行中"),
    "done": _("已完成"),
    "failed": _("失败"),
    "cancelled": _("已取消"),
}
EVENTS: dict[str, Sentence] = {
    "refused": _("拒绝"),
    "export": _("导出"),
    "signed_in": _("登录"),
    "sign_in_failed": _("登录失败"),
    "signed_out": _("退出"),
    "locked_out": _("锁定"),
    "personal": _("查看个人信息"),
    "download": _("下载附件"),
}
SAID_MOST = 200


def _actions(actor: Actor) -> dict[str, Sentence]:
    return {name: words_of_action(name) for name in sorted(ACTIONS)}


def sentence_of(entry: TrailEntry) -> str:
    """What was done, in words, and what else its entry names."""
    words = words_of(entry)
    beside = said_beside(entry).values()
    named = "，".join(str(value) for value in beside if isinstance(value, str | int) and value != "")
    return f"{words}：{named}"[:SAID_MOST] if named else words


TRAIL = Table(
    "core.trail",
    _("操作记录"),
    (
        Column("number", _("序号"), INTEGER, filter="range", weight=8),
        Column("at", _("时间"), MOMENT),
        Column("said", _("操作"), value=sentence_of, weight=40),
        Column("action", _("操作种类"), TEXT, filter="choice", choices=_actions, weight=20),
        Column("actor_label", _("办理人"), filter="text"),
        Column("way", _("途径"), choice(WAYS), filter="choice"),
        Column("subject_kind", _("对象种类"), filter="text"),
        Column("subject_id", _("对象编号"), filter="text", weight=38),
        Column("reason", _("理由"), filter="text", weight=30),
        Column("params", _("内容"), filter="text", sort=False, weight=30),
        Column("changes_count", _("改动行数"), INTEGER),
    ),
    default_sort="-number",
    empty=_("每一次办理都会在这里留下一条记录。"),
    dense=True,
)

ACCESS = Table(
    "core.access",
    _("访问日志"),
    (
        Column("at", _("时间"), MOMENT),
        Column("event", _("事件"), choice(EVENTS), filter="choice"),
        Column("user_id", _("用户"), INTEGER, filter="range"),
        Column("post_id", _("岗位"), INTEGER, filter="range"),
        Column("way", _("途径"), choice(WAYS), filter="choice"),
        Column("address", _("来源地址"), filter="text"),
        Column("subject", _("对象"), filter="text", weight=40),
        Column("detail", _("说明"), filter="text", weight=40),
    ),
    default_sort="-at",
    empty=_("登录、拒绝、导出和查看个人信息会记在这里。"),
    dense=True,
)

JOBS = Table(
    "core.jobs",
    _("后台任务"),
    (
        Column("words", _("任务"), filter="text", link=True, weight=36),
        Column("kind", _("种类"), filter="text"),
        Column("state", _("状态"), choice(STATES), filter="choice"),
        Column("step", _("步骤")),
        Column("done", _("已做"), INTEGER),
        Column("total", _("共"), INTEGER),
        Column("created_at", _("提交时间"), MOMENT),
        Column("finished_at", _("结束时间"), MOMENT),
    ),
    default_sort="-created_at",
    link=RowLink("public_id", "core:job"),
    empty=_("导入、导出和校验等较长的工作会列在这里，可以离开后再回来看。"),
)
