"""A column map: what a person says about a ledger's columns, as a file or as the page remembers it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from guatu.core.sheets.errors import SheetError
from guatu.core.sheets.fields import FieldKind, FieldSet
from guatu.core.sheets.text import flat, heading_of
from guatu.domain.money import MoneyUnit

IGNORE = "ignore"
LONGEST_MAP = 200_000  # characters
TOP_KEYS = {"unit", "sheets", "where", "columns"}
COLUMN_KEYS = {"field", "unit", "factor", "currency", "date_format", "blank", "words"}


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """``field`` is a field's code or "ignore"; ``unit`` or ``factor`` (yuan in one) for money, ``currency`` the
    sign that such amounts carry; ``date_formats`` as strptime has them; ``blank`` are texts that mean nothing there
    (``*`` stands for anything); ``words`` the text field that takes words which stand in place of a value."""

    field: str
    unit: MoneyUnit | None = None
    factor: int | None = None
    currency: str = ""
    date_formats: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """Heading → field. A heading is named by its whole text ("投资 / 累计") or by its last piece; years and units in it
    do not matter. ``where`` is heading → texts of which a row's cell must be one, or the row is left out."""

    columns: dict[str, MappedColumn] = field(default_factory=dict)
    unit: MoneyUnit | None = None
    sheets: tuple[str, ...] = ()
    where: dict[str, tuple[str, ...]] = field(default_factory=dict)

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
            if column.date_formats:
                entry["date_format"] = list(column.date_formats)
            if column.blank:
                entry["blank"] = list(column.blank)
            entry |= {key: said for key in ("currency", "words") if (said := getattr(column, key))}
            columns[heading] = entry
        whole = {"unit": self.unit.value if self.unit else None, "sheets": list(self.sheets), "columns": columns}
        return whole | ({"where": {key: list(texts) for key, texts in self.where.items()}} if self.where else {})


def mapping_key(heading: str) -> str:
    """A heading as the map compares it."""
    return "/".join(heading_of(part, None).key for part in heading.replace("／", "/").split("/"))


def fits(text: str, pattern: str) -> bool:
    """Whether a cell's text is what the map says: width, case and spaces do not matter, ``*`` stands for anything."""
    return _pattern(pattern).fullmatch(flat(text).casefold()) is not None


@lru_cache(maxsize=256)
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(flat(part).casefold()) for part in text.split("*")), re.DOTALL)


def load_mapping(path: str | Path, fields: FieldSet) -> Mapping:
    """The map in a YAML file. Raises SheetError: map_unreadable, map_key, map_field, map_unit,
    map_currency, map_words."""
    try:
        text = Path(path).read_text(encoding="utf-8")
        if len(text) > LONGEST_MAP or any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text)):
            raise SheetError("map_unreadable", reason=f"&/*, > {LONGEST_MAP}")  # an alias of aliases never ends
        data = yaml.safe_load(text)
    except (OSError, UnicodeDecodeError, RecursionError, yaml.YAMLError) as error:
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
    where = data.get("where") or {}
    if not isinstance(where, dict):
        raise SheetError("map_unreadable", reason="where")
    chosen = {str(heading): _texts(said, f"where: {heading}") for heading, said in where.items()}
    return Mapping(columns, _unit(data.get("unit"), "unit"), tuple(str(sheet) for sheet in sheets), chosen)


def _texts(said: Any, place: str) -> tuple[str, ...]:
    """One text or several of them."""
    listed = said if isinstance(said, list) else [said]
    if any(isinstance(text, list | dict) for text in listed):
        raise SheetError("map_unreadable", reason=place)
    return tuple(str(text) for text in listed if text is not None and text != "")


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
    return MappedColumn(
        code,
        _unit(entry.get("unit"), heading),
        factor,
        _currency(heading, entry.get("currency"), factor),
        _texts(entry.get("date_format"), f"{heading}: date_format"),
        _texts(entry.get("blank"), f"{heading}: blank"),
        _words(heading, entry.get("words"), fields),
    )


def _currency(heading: str, sign: Any, factor: int | None) -> str:
    """A foreign amount needs both: the sign that its cells may carry and what one is worth."""
    if sign is None:
        return ""
    text = flat(str(sign))
    if not factor or not text or any(char.isdigit() or char in "+-.,()" for char in text):
        raise SheetError("map_currency", heading=heading, currency=sign)
    return text


def _words(heading: str, code: Any, fields: FieldSet) -> str:
    if code is None:
        return ""
    allowed = [item.code for item in fields.fields if item.kind is FieldKind.TEXT and not item.required]
    if code not in allowed:
        raise SheetError("map_words", heading=heading, field=code, allowed="、".join(sorted(allowed)))
    return str(code)


def _unit(word: Any, heading: str) -> MoneyUnit | None:
    if word is None:
        return None
    try:
        return MoneyUnit(word)
    except ValueError as error:
        raise SheetError("map_unit", heading=heading, unit=word) from error
