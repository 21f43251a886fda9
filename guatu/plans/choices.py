"""Enumerations of plans, with their Chinese words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DurationUnit(TextChoices):
    """What a duration or a lag counts."""

    WORKDAY = "workday", _("工作日")
    CALENDAR = "calendar", _("日历天")


class LinkType(TextChoices):
    """How two nodes hang together: the first letter is the earlier node's end, the second the later one's."""

    FS = "FS", _("完成后开始")
    SS = "SS", _("同步开始")
    FF = "FF", _("同步完成")
    SF = "SF", _("开始后完成")


class Dates(TextChoices):
    """Whose dates of a node: the approved plan's, what its unit now expects, what happened."""

    PLANNED = "planned", _("计划")
    FORECAST = "forecast", _("预计")
    ACTUAL = "actual", _("实际")


class DraftState(TextChoices):
    """Where a plan's draft stands."""

    OPEN = "open", _("编制中")
    SUBMITTED = "submitted", _("待批准")
    RETURNED = "returned", _("已退回")
    APPROVED = "approved", _("已批准")
    DROPPED = "dropped", _("已放弃")


class ItemStep(TextChoices):
    """How far one household or structure is with 征迁; each step includes those before it."""

    TO_SIGN = "to_sign", _("待签约")
    SIGNED = "signed", _("已签约")
    MOVED = "moved", _("已搬离")
    DEMOLISHED = "demolished", _("已拆除")
    CLEARED = "cleared", _("已清表")
    PAID = "paid", _("已兑付")


class Profile(TextChoices):
    """How a year's target is spread over its days."""

    EVEN = "even", _("按工作日平均")
    S_CURVE = "s-curve", _("前缓中快后缓")
    WEIGHTS = "weights", _("按各月比例")
    NODES = "nodes", _("按节点")


class PeriodKind(TextChoices):
    """The levels of the chain below the year."""

    QUARTER = "quarter", _("季")
    MONTH = "month", _("月")
    WEEK = "week", _("周")
    DAY = "day", _("日")
