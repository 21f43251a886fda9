"""前置节点 as people type it: 4, 3FS+5天, 2SS-3个工作日, or the node's name; several apart by commas.

A bare 天 is a day of the later node's own kind (工期单位).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from guatu.plans.imports.sheet_fields import UNITS
from guatu.plans.plan_file import WORKDAY, FileLink, Unit

LOOSE: Final = "（管理）"  # behind a link that is organisation only; the rest is technical
MOST: Final = 10_000  # days of a lag
_APART: Final = re.compile(r"[,，、;；\n]+")
_ONE: Final = re.compile(
    r"(?P<before>.+?)\s*(?P<kind>FS|SS|FF|SF)?\s*"
    r"(?:(?P<sign>[+-])\s*(?P<lag>\d{1,5})\s*个?(?P<unit>工作日|日历[日天]|自然[日天]|天|日)?)?\s*(?P<loose>\(管理\))?",
    re.IGNORECASE,
)


class UnknownNode(ValueError):
    """The text names a node that the sheet does not have."""


def parse_links(text: str, after: str, unit: Unit, known: Mapping[str, str]) -> list[FileLink]:
    """The links that a cell states. `known` is id by what may stand for a node: its serial or its name.

    Raises UnknownNode with the part that fits nothing, ValueError with one that is no link.
    """
    whole = text.strip()
    if whole in known:  # a name may hold commas
        return [FileLink(known[whole], after)]
    parts = (part.strip() for part in _APART.split(whole))
    return [_link(part, after, unit, known) for part in parts if part]


def _link(part: str, after: str, unit: Unit, known: Mapping[str, str]) -> FileLink:
    if part in known:
        return FileLink(known[part], after)
    plain = unicodedata.normalize("NFKC", part)
    found = _ONE.fullmatch(plain)
    if not found:
        raise ValueError(part)
    before = known.get(found["before"].strip())
    if before is None:
        raise UnknownNode(found["before"].strip())
    lag = int(found["lag"] or 0) * (-1 if found["sign"] == "-" else 1)
    if abs(lag) > MOST:
        raise ValueError(part)
    counted = UNITS.get(found["unit"] or "", unit) if lag else WORKDAY
    kind = (found["kind"] or "FS").upper()
    return FileLink(before, after, kind, lag, counted, not found["loose"])  # type: ignore[arg-type]  # the pattern has only the four
