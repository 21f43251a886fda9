"""The installation's modes that bear on duties: small installation, and level of protection (等保)."""

from typing import Any

from guatu.core import clock
from guatu.core.models import SettingRow

SMALL_INSTALLATION = "people.small_installation"
PROTECTION_LEVEL = "people.protection_level"
STRICT_LEVEL = 3


def _value(name: str, default: Any) -> Any:
    row = SettingRow.objects.as_of(clock.today()).filter(name=name, region_id=0).first()
    return default if row is None else row.value


def protection_level() -> int:
    """Level of 等级保护 that the installation is held to (2 by default); from 3 on duties are always separate."""
    return int(_value(PROTECTION_LEVEL, 2))


def small_installation() -> bool:
    """Whether one person may hold system and audit duty; never at level 3."""
    return bool(_value(SMALL_INSTALLATION, False)) and protection_level() < STRICT_LEVEL
