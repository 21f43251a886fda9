"""Reading a published table from CSV (docs/howto/published-tables.md): all of it, or none and every fault."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from guatu.core.refusals import Refusal
from guatu.domain.codes import RegionCode
from guatu.domain.dates import last_of_month
from guatu.domain.errors import DomainError
from guatu.domain.published import CODES, MONEY, USUAL_MEASURE, Stated
from guatu.reporting.choices import Basis

REQUIRED = ("place", "unit", "period", "source", "indicator", "value")
OPTIONAL = ("place_name", "published_on", "basis", "cut", "stated_in", "measure", "at")
WHOLE = ("合计", "总计", "全部")
LENGTHS = {"unit": 80, "source": 160, "cut": 40, "stated_in": 20, "place_name": 80}
_PERIOD = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:\.\.(0[1-9]|1[0-2]))?)?", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,12}(?:\.\d{1,6})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """One printed figure with the paper that it stands in; `place` is a GB/T 2260 code."""

    place: str
    place_name: str
    source: str
    published_on: date
    period: str
    basis: str
    stated: Stated


def read_text(text: str) -> list[PublishedRow]:
    """The rows of a CSV text; refused as a whole with every fault (line or cell `at`, column, value, why)."""
    reader = csv.DictReader(io.StringIO(text))
    missing = [name for name in REQUIRED if name not in (reader.fieldnames or ())]
    if missing:
        raise Refusal("figures.published_columns", missing="、".join(missing))
    rows: list[PublishedRow] = []
    faults: list[dict[str, Any]] = []
    measures: dict[tuple[str, ...], str] = {}
    seen: dict[tuple[str, ...], int] = {}
    for line, found in enumerate(reader, start=2):
        cells = {name: (found.get(name) or "").strip() for name in (*REQUIRED, *OPTIONAL)}
        wrong = _faults(cells) or _mixed(cells, measures) or _twice(cells, seen, line)
        faults += [
            {"row": cells["at"] or line, "column": name, "value": cells[name], "message": why} for name, why in wrong
        ]
        if not wrong:
            rows.append(_row(cells))
    if faults:
        raise Refusal("figures.published_wrong", items=faults, count=len(faults))
    return rows


def _faults(cells: Mapping[str, str]) -> list[tuple[str, str]]:
    checks = {
        "place": (_is_place(cells["place"]), _("不是行政区划代码")),
        "period": (bool(_PERIOD.fullmatch(cells["period"])), _("写成 2021、2021-09 或 2021-01..09")),
        "published_on": (not cells["published_on"] or _is_day(cells["published_on"]), _("写成 2021-10-18")),
        "basis": (cells["basis"] in ("", *Basis.values), _("可写 {known}").format(known="、".join(Basis.values))),
        "source": (bool(cells["source"]), _("要写明来源")),
        "indicator": (cells["indicator"] in CODES, _("可写 {known}").format(known="、".join(CODES))),
        "value": (bool(_NUMBER.fullmatch(cells["value"])), _("只写数字，单位写在 measure 列")),
        "measure": (cells["measure"] in ("", "亿元", "万元"), _("可写 亿元、万元")),
    }
    found = [(name, why) for name, (right, why) in checks.items() if not right]
    return found + [
        (name, _("最多 {most} 个字").format(most=most)) for name, most in LENGTHS.items() if len(cells[name]) > most
    ]


def _mixed(cells: Mapping[str, str], measures: dict[tuple[str, ...], str]) -> list[tuple[str, str]]:
    """An amount in another unit than the same column's amounts before it."""
    if cells["indicator"] not in MONEY:
        return []
    column = tuple(cells[name] for name in ("place", "source", "period", "indicator"))
    measure = cells["measure"] or USUAL_MEASURE
    if measures.setdefault(column, measure) == measure:
        return []
    return [("measure", _("同一份材料的同一指标要用同一单位（前面是{unit}）").format(unit=measures[column]))]


def _twice(cells: Mapping[str, str], seen: dict[tuple[str, ...], int], line: int) -> list[tuple[str, str]]:
    """The same figure of the same place in the paper a second time."""
    names = ("place", "source", "period", "cut", "stated_in", "unit", "indicator")
    before = seen.setdefault(tuple(cells[name] for name in names), line)
    return [] if before == line else [("value", _("与第 {row} 行是同一个数").format(row=before))]


def _is_place(text: str) -> bool:
    try:
        RegionCode.parse(text)
    except DomainError:
        return False
    return True


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10


def _row(cells: Mapping[str, str]) -> PublishedRow:
    money = cells["indicator"] in MONEY
    item = "" if cells["unit"] in WHOLE else cells["unit"]
    stated = Stated(
        cells["cut"],
        cells["stated_in"],
        item,
        cells["indicator"],
        str(Decimal(cells["value"])),
        (cells["measure"] or USUAL_MEASURE) if money else "",
    )
    return PublishedRow(
        cells["place"],
        cells["place_name"],
        cells["source"],
        date.fromisoformat(cells["published_on"]) if cells["published_on"] else period_end(cells["period"]),
        cells["period"],
        cells["basis"] or Basis.DISPATCH,
        stated,
    )


def period_end(period: str) -> date:
    """The last day of "2021", "2021-09" or "2021-01..09"."""
    found = _PERIOD.fullmatch(period)
    assert found is not None  # checked at the file's edge
    return last_of_month(int(found[1]), int(found[3] or found[2] or 12))
