"""A rule of reporting in plain words, and the words of what it is made of."""

from typing import Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.domain.rhythm import Due, Field, Rhythm
from guatu.library.choices import EntryKind, Level, Stage
from guatu.reporting.choices import ReportKind
from guatu.reporting.models import ReportRule

FIELD_WORDS: Final = {
    "money": gettext_lazy("完成投资"),
    "words": gettext_lazy("工程进展（一句话）"),
    "problem": gettext_lazy("存在问题"),
    "mix": gettext_lazy("投资构成"),
    "percent": gettext_lazy("形象进度百分比"),
    "nodes": gettext_lazy("节点进展"),
    "next_plan": gettext_lazy("下步计划"),
    "photos": gettext_lazy("现场照片"),
}
"""What a report may be asked for, in the house's order."""
WEEKDAYS: Final = (
    gettext_lazy("周一"),
    gettext_lazy("周二"),
    gettext_lazy("周三"),
    gettext_lazy("周四"),
    gettext_lazy("周五"),
    gettext_lazy("周六"),
    gettext_lazy("周日"),
)


class Line(NamedTuple):
    """One line of a rule: what it is about, and what it says."""

    label: str
    text: str


def field_word(field: Field) -> str:
    """A field's name."""
    return str(FIELD_WORDS[field])


def rule_lines(rhythm: Rhythm, row: ReportRule | None = None) -> list[Line]:
    """The whole rule; of a watch's (`row`) the columns of its day sheet, and until when a day may be handed in late."""
    campaign = row.campaign if row is not None else None
    asked = [field_word(field) for field in rhythm.fields]
    if campaign is not None:
        asked = [field["name"] for field in campaign.fields]
        return [
            Line(_("报什么"), "、".join(asked)),
            Line(_("哪些项目"), whom(rhythm)),
            Line(_("报送期限"), due_words(rhythm.due)),
            Line(_("迟报"), late_words(rhythm)),
        ]
    return [
        Line(_("报什么"), "、".join(asked)),
        Line(_("哪些项目"), whom(rhythm)),
        Line(_("数据截至"), closing(rhythm)),
        Line(_("报送期限"), due_words(rhythm.due)),
        Line(_("提醒"), reminding(rhythm)),
        Line(_("少报"), lighter(rhythm)),
    ]


def whom(rhythm: Rhythm) -> str:
    """Whom it asks."""
    asks = rhythm.asks
    parts = [
        _listed([str(word) for code, word in Level.choices if code in asks.levels]),
        _listed([str(word) for code, word in EntryKind.choices if code in asks.kinds]),
        _listed([str(word) for code, word in Stage.choices if code in asks.stages]),
    ]
    if asks.projects:
        parts.append(_("点名的 {n} 个项目").format(n=len(asks.projects)))
    found = "；".join(part for part in parts if part)
    return found or _("名单内的全部项目（竣工、停缓建的不报）")


def _listed(words: list[str]) -> str:
    return "、".join(words)


def closing(rhythm: Rhythm) -> str:
    """Of which day the figures are."""
    closes = rhythm.closes
    if closes is None or (rhythm.kind in ("month", "quarter") and closes == 0):
        return _("期末最后一天")
    if rhythm.kind == "week":
        return str(WEEKDAYS[closes - 1])
    return _("当月 {day} 日，以后的填预计数").format(day=closes)


def due_words(due: Due) -> str:
    """Until when it is due, counted from the day of the figures."""
    at = f"{due.at:%H:%M}"
    if due.days == 0:
        return _("截至日当天 {at} 前").format(at=at)
    if due.workdays:
        return _("截至日后第 {n} 个工作日 {at} 前").format(n=due.days, at=at)
    return _("截至日后第 {n} 天 {at} 前，遇休息日顺延").format(n=due.days, at=at)


def late_words(rhythm: Rhythm) -> str:
    """Until when a day's sheet may be handed in late."""
    if not rhythm.late:
        return _("只能当天报")
    at = f"{rhythm.due.at:%H:%M}"
    return _("当天之后第 {n} 个工作日 {at} 前可以补填，标明“迟报”").format(n=rhythm.late, at=at)


def reminding(rhythm: Rhythm) -> str:
    """On which days there is a reminder."""
    if not rhythm.remind:
        return _("不提醒")
    return "、".join(
        _("到期当天") if before == 0 else _("到期前 {n} 个工作日").format(n=before)
        for before in sorted(rhythm.remind, reverse=True)
    )


def lighter(rhythm: Rhythm) -> str:
    """Who reports less often."""
    if rhythm.lighter is None:
        return _("不减")
    return _("绿灯项目每 {n} 期报一次").format(n=rhythm.lighter.every)


def kind_word(kind: str) -> str:
    """Weekly report, monthly report."""
    return str(ReportKind(kind).label)
