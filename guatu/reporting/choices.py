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


TRUTH_ORDER = (Truth.CLAIMED, Truth.CHECKED, Truth.CONFIRMED)
