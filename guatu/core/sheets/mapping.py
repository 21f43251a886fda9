"""A column map: what a person says about a ledger's columns, as a file or as the page remembers it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from guatu.core.sheets.errors import SheetError
from guatu.core.sheets.fields import FieldSet
from guatu.core.sheets.text import heading_of
from guatu.domain.money import MoneyUnit

IGNORE = "ignore"
TOP_KEYS = {"unit", "sheets", "columns"}
COLUMN_KEYS = {"field", "unit", "factor", "date_format", "blank"}


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """``field`` is a field's code or "ignore"; ``unit`` or ``factor`` (yuan in one) for money; ``date_format`` as
    strptime has it; ``blank`` are texts that mean nothing there (``*`` stands for anything)."""

    field: str
    unit: MoneyUnit | None = None
    factor: int | None = None
    date_format: str = ""
    blank: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mapping:
    """Heading → field. A heading is named by its whole text ("投资 / 累计") or by its last piece; years and units in it
    do not matter."""

    columns: dict[str, MappedColumn] = field(default_factory=dict)
    unit: MoneyUnit | None = None
    sheets: tuple[str, ...] = ()

    def find(self, heading: str) -> MappedColumn | None:
        """The map's word for a column whose pieces are joined with " / "."""
        last = heading.rsplit(" / ", 1)[-1]
        for name in (heading, last):
            for key, column in self.columns.items():
                if mapping_key(key) == mapping_key(name):
                    return column
        return None

    def as_json(self) -> dict[str, Any]:
        """Plain values: the same shape as the file has."""
        columns = {}
        for heading, column in self.columns.items():
            entry: dict[str, Any] = {"field": column.field}
            if column.unit:
                entry["unit"] = column.unit.value
            if column.factor:
                entry["factor"] = column.factor
            if column.date_format:
                entry["date_format"] = column.date_format
            if column.blank:
                entry["blank"] = list(column.blank)
            columns[heading] = entry
        return {"unit": self.unit.value if self.unit else None, "sheets": list(self.sheets), "columns": columns}


def mapping_key(heading: str) -> str:
    """A heading as the map compares it."""
    return "/".join(heading_of(part, None).key for part in heading.replace("／", "/").split("/"))


def load_mapping(path: str | Path, fields: FieldSet) -> Mapping:
    """The map in a YAML file. Raises SheetError: map_unreadable, map_key, map_field, map_unit."""
    try:
        data = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SheetError("map_unreadable", reason=str(error).splitlines()[0]) from error
    return mapping_from(data, fields)


def mapping_from(data: Any, fields: FieldSet) -> Mapping:
    """The map in plain values (a parsed file, or what the page remembered). Raises as ``load_mapping``."""
    if not isinstance(data, dict) or not isinstance(data.get("columns", {}) or {}, dict):
        raise SheetError("map_unreadable", reason="columns")
    for key in data:
        if key not in TOP_KEYS:
            raise SheetError("map_key", key=key, allowed="、".join(sorted(TOP_KEYS)))
    columns = {
        str(heading): _column(str(heading), entry, fields) for heading, entry in (data.get("columns") or {}).items()
    }
    sheets = data.get("sheets") or []
    if not isinstance(sheets, list):
        raise SheetError("map_unreadable", reason="sheets")
    return Mapping(columns, _unit(data.get("unit"), "unit"), tuple(str(sheet) for sheet in sheets))


def _column(heading: str, entry: Any, fields: FieldSet) -> MappedColumn:
    if isinstance(entry, str):
        entry = {"field": entry}
    if not isinstance(entry, dict):
        raise SheetError("map_unreadable", reason=heading)
    for key in entry:
        if key not in COLUMN_KEYS:
            raise SheetError("map_key", key=key, allowed="、".join(sorted(COLUMN_KEYS)))
    code = str(entry.get("field", ""))
    if code != IGNORE and code not in fields.by_code:
        raise SheetError("map_field", heading=heading, field=code, allowed="、".join(sorted(fields.by_code)))
    factor = entry.get("factor")
    if factor is not None and (not isinstance(factor, int) or isinstance(factor, bool) or factor <= 0):
        raise SheetError("map_unit", heading=heading, unit=factor)
    blank = entry.get("blank") or []
    if not isinstance(blank, list):
        raise SheetError("map_unreadable", reason=f"{heading}: blank")
    date_format = str(entry.get("date_format", "") or "")
    return MappedColumn(code, _unit(entry.get("unit"), heading), factor, date_format, tuple(map(str, blank)))


def _unit(word: Any, heading: str) -> MoneyUnit | None:
    if word is None:
        return None
    try:
        return MoneyUnit(word)
    except ValueError as error:
        raise SheetError("map_unit", heading=heading, unit=word) from error
