"""Rules of real cities, ready to be adopted: a module names its source and what it does where that is silent."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from guatu.domain.lights.presets import node_days, sanya, wuhan, yinchuan

PRESETS: Final[Mapping[str, dict[str, Any]]] = MappingProxyType(
    {module.RULES["code"]: module.RULES for module in (yinchuan, wuhan, sanya, node_days)}
)
"""Code → plain data for `read_rules`."""
