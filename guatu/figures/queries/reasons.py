"""The reasons for which a project lags (guatu.domain.lagging) in words."""

from django.utils.translation import gettext as _

from guatu.core.ui.numbers import per_cent
from guatu.domain.lagging import Reason


def reason_words(reason: Reason) -> str:
    """A reason as a person writes it."""
    on = reason.on
    if reason.code == "start_late" and on is not None:
        return _("计划{month}月{day}日开工，已迟 {days} 天").format(month=on.month, day=on.day, days=reason.days)
    if reason.code == "finish_late" and on is not None:
        return _("计划{month}月{day}日竣工，已迟 {days} 天").format(month=on.month, day=on.day, days=reason.days)
    if reason.code == "silent":
        if on is None:
            return _("本年尚无进展数据")
        return _("{month}月{day}日以后无进展数据").format(month=on.month, day=on.day)
    if reason.code == "suspended":
        return _("停缓建")
    return _("完成率低于序时 {points} 个百分点").format(points=per_cent(abs(reason.points)))
