"""Enumerations of readings, with their Chinese words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Basis(TextChoices):
    """What an amount was counted by; the three are never mixed."""

    DISPATCH = "dispatch", _("调度口径")
    STATISTICS = "statistics", _("统计口径")
    PAYMENT = "payment", _("支付口径")


class Truth(TextChoices):
    """How far a reading has been checked."""

    CLAIMED = "claimed", _("已填报")
    CHECKED = "checked", _("单位已审核")
    CONFIRMED = "confirmed", _("项目办已采用")


MIX = {
    "construction": _("建筑工程"),
    "installation": _("安装工程"),
    "equipment": _("设备工器具购置"),
    "other": _("其他费用"),
}
"""The parts of an investment's composition, in the order in which they are printed."""

TRUTH_ORDER = (Truth.CLAIMED, Truth.CHECKED, Truth.CONFIRMED)


YEARS = range(1990, 2101)
"""Years of lists that a command or a request may name."""
