"""The installation's modes that bear on duties: small installation, and level of protection (等保)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core.kinds import WHOLE, YES_NO
from guatu.core.settings import declare_setting, setting
from guatu.people.queries import double_duty_users

SMALL_INSTALLATION = "people.small_installation"
PROTECTION_LEVEL = "people.protection_level"
STRICT_LEVEL = 3


def _level(value: int) -> str:
    if not 1 <= value <= 4:
        return _("等级保护分 1 至 4 级")
    return _still_double() if value >= STRICT_LEVEL else ""


def _small(value: bool) -> str:
    return "" if value else _still_double()


def _still_double() -> str:
    """Why duties cannot be held apart yet: somebody still holds two."""
    return _("还有人兼任两种管理员，请先办理岗位交接") if double_duty_users().exists() else ""


declare_setting(
    SMALL_INSTALLATION,
    gettext_lazy("小型安装（系统与审计可由一人兼任）"),
    False,
    check=_small,
    kind=YES_NO,
    help=gettext_lazy("兼任者的每次操作列给项目办主任核看；等级保护 3 级及以上时不起作用。"),
)
declare_setting(
    PROTECTION_LEVEL,
    gettext_lazy("网络安全等级保护级别"),
    2,
    check=_level,
    kind=WHOLE,
    help=gettext_lazy("3 级及以上时，系统、安全、审计管理员必须由三人分任。"),
)


def protection_level() -> int:
    """Level of 等级保护 that the installation is held to; from 3 on duties are always separate."""
    return int(setting(PROTECTION_LEVEL))


def small_installation() -> bool:
    """Whether one person may hold system and audit duty; never at level 3 and above."""
    return bool(setting(SMALL_INSTALLATION)) and protection_level() < STRICT_LEVEL
