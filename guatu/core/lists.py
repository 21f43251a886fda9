"""The lists of the system pages: the trail, the access log, jobs."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guatu.core.actor import Way
from guatu.core.models import AccessLog, TrailEntry
from guatu.core.refusals import Sentence, outline
from guatu.core.tables import INTEGER, LONG, MOMENT, Column, RowLink, Table, choice
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
    "phone_seen": _("查看电话"),
    "session_ended": _("登录到期"),
    "download": _("下载附件"),
}
SAID_MOST = 200


def sentence_of(entry: TrailEntry) -> str:
    """What was done, in words, and what else its entry names; a number is said only where it counts something."""
    words, beside = words_of(entry), said_beside(entry)
    named = [value for value in beside.values() if isinstance(value, str) and value]
    if isinstance(beside.get("count"), int):
        named.append(_named_count(beside["count"]))
    told = "，".join(named)
    return f"{words}：{told}"[:SAID_MOST] if told else words


def _named_count(number: int) -> str:
    return gettext("%(count)s 项") % {"count": f"{number:,}"}


class _ActionWords(Mapping[str, Sentence]):
    """The words of every action, which are all known only once the packages are loaded."""

    def __getitem__(self, name: str) -> Sentence:
        if name not in ACTIONS:
            raise KeyError(name)
        return words_of_action(name)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(ACTIONS))

    def __len__(self) -> int:
        return len(ACTIONS)


def _page_of(row: AccessLog) -> str:
    """The address that was refused; of other events none."""
    return row.subject if row.subject.startswith("/") else ""


def _detail_of(row: AccessLog) -> str:
    """Why something was refused, in words; the file or format that was taken away."""
    return outline(row.detail) if row.event == "refused" else row.detail


ACTION_WORDS = replace(choice(_ActionWords()), rank=None, width=30)
TRAIL = Table(
    "core.trail",
    _("操作记录"),
    (
        Column("number", _("序号"), INTEGER, filter="range", weight=8),
        Column("at", _("时间"), MOMENT),
        Column("said", _("操作"), LONG, value=sentence_of, weight=40),
        Column("actor_label", _("办理人"), filter="text", weight=20),
        Column("way", _("途径"), choice(WAYS), filter="choice"),
        Column("reason", _("理由"), LONG, filter="text", weight=30),
        Column("changes_count", _("改动行数"), INTEGER),
        Column("action", _("操作种类"), ACTION_WORDS, filter="choice", weight=30, default=False, offered=True),
        Column("subject_kind", _("对象种类（代码）"), filter="text", default=False),
        Column("subject_id", _("对象编号"), filter="text", weight=38, default=False),
        Column("params", _("内容（原样）"), LONG, filter="text", sort=False, weight=30, default=False),
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
        Column("way", _("途径"), choice(WAYS), filter="choice"),
        Column("address", _("来源地址"), filter="text"),
        Column("page", _("网址"), value=_page_of, weight=30),
        Column("said", _("说明"), LONG, value=_detail_of, weight=40),
        Column("subject", _("对象（代码）"), filter="text", weight=40, default=False, offered=True),
        Column("detail", _("说明（原样）"), LONG, filter="text", weight=40, default=False),
        Column("user_id", _("用户编号"), INTEGER, filter="range", default=False),
        Column("post_id", _("岗位编号"), INTEGER, filter="range", default=False),
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
