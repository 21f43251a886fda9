"""Which column holds which field, by its heading, by its values or by the map, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guatu.core.sheets.errors import Issue
from guatu.core.sheets.fields import Field, FieldKind, FieldSet
from guatu.core.sheets.header import Header
from guatu.core.sheets.mapping import IGNORE, Mapping
from guatu.core.sheets.model import Sheet
from guatu.core.sheets.result import Column, unnamed
from guatu.core.sheets.text import OTHER_YEARS, flat, heading_of, is_blank
from guatu.domain.money import MoneyUnit

WHOLE, JOINED, LAST, BARE, WEAK, PATTERN, VALUES = 1.0, 0.98, 0.95, 0.9, 0.85, 0.8, 0.95
SAMPLE = 400
_ANOTHER = re.compile("完成|累计|上年|前年|后年|M月|本月|占|率|比例")
"""Words in brackets behind a heading that make it another one: 总投资(已完成)."""
_BEHIND = re.compile(r"([^()]+)\(([^()]+)\)")


@dataclass(frozen=True, slots=True)
class Match:
    """One field that a column may be."""

    field: Field
    reason: str
    confidence: float


def choose_columns(
    sheet: Sheet, header: Header, fields: FieldSet, mapping: Mapping, period: tuple[int, int] | None
) -> tuple[list[Column], list[Issue]]:
    """Columns of one table in order, each with at most one field and each field at most once, and what is in doubt.

    ``period`` is the first and last month of the sheet's period: it chooses between columns of several months.
    """
    found = (_column(sheet, header, index) for index in range(len(header.paths)))
    columns = [column for column in found if column is not None]
    fixed = {column.index: _mapped(column, fields, mapping) for column in columns}
    candidates: dict[int, list[Match]] = {}
    for column in columns:
        if not fixed[column.index] and not _is_unit_column(sheet, header, column):
            candidates[column.index] = _candidates(sheet, header, column, fields)
    columns = sorted([*columns, *_unnamed(sheet, header, columns, fields, mapping)], key=lambda column: column.index)
    taken = {column.code for column in columns if column.code}
    issues = _assign(columns, candidates, taken, period)
    for settle in fields.settle:
        issues += settle(columns)
    _units(columns)
    return columns, issues


def _column(sheet: Sheet, header: Header, index: int) -> Column | None:
    path = header.paths[index]
    span = header.spans[index]
    if not path or span[0] != index:
        return None
    return Column(
        sheet=sheet.name,
        index=index,
        letter=sheet.letter(index),
        heading=" / ".join(piece.text for piece in path),
        pieces=path,
        months=next((piece.months for piece in reversed(path) if piece.months), None),
        spans=span,
    )


def _unnamed(
    sheet: Sheet, header: Header, columns: Sequence[Column], fields: FieldSet, mapping: Mapping
) -> list[Column]:
    """Columns without a heading whose meaning is known all the same: the map names them, or they hold the serial
    numbers left of the names."""
    covered = {at for column in columns for at in column.spans}
    names = [column.index for column in columns if {piece.key for piece in column.pieces} & fields.name_field.keys]
    serial = fields.by_code.get("serial")
    if serial and any(key in serial.keys for column in columns for key, _, _ in _keys(column)):
        serial = None
    found = []
    for at, path in enumerate(header.paths):
        if path or at in covered:
            continue
        column = Column(sheet.name, at, sheet.letter(at), unnamed(sheet.letter(at)), spans=(at,))
        if not _mapped(column, fields, mapping):
            if serial is None or at > min(names, default=-1) or not _holds_serials(sheet, header, at):
                continue
            column.field, column.reason, column.confidence = serial, "values_serial", VALUES
            serial = None
        found.append(column)
    return found


def _holds_serials(sheet: Sheet, header: Header, at: int) -> bool:
    values = distinct_values(sheet, header, at)
    numbers = sum(1 for value in values if value.isdecimal())
    return numbers >= 2 and numbers * 2 > len(values)


def _mapped(column: Column, fields: FieldSet, mapping: Mapping) -> bool:
    """Whether the map says what this column is."""
    entry = mapping.find(column.heading)
    if entry is None:
        return False
    column.reason, column.confidence = "map", 1.0
    if entry.field != IGNORE:
        column.field = fields.by_code[entry.field]
    column.unit, column.factor, column.currency = entry.unit, entry.factor, entry.currency
    column.date_formats, column.blank, column.words = entry.date_formats, entry.blank, fields.by_code.get(entry.words)
    return True


UNIT_COLUMN = "unit_column"
UNIT_WORDS = frozenset({"元", "万元", "亿元", "人民币万元", "人民币元", "人民币亿元"})


def _is_unit_column(sheet: Sheet, header: Header, column: Column) -> bool:
    """单位 with 万元 or 亿元 in its cells: the unit of each row's amounts."""
    if "单位" not in column.pieces[-1].key:
        return False
    values = distinct_values(sheet, header, column.index)
    if not values or not UNIT_WORDS.issuperset(values):
        return False
    column.reason, column.confidence = UNIT_COLUMN, VALUES
    return True


def _candidates(sheet: Sheet, header: Header, column: Column, fields: FieldSet) -> list[Match]:
    chosen = _by_chooser(sheet, header, column, fields)
    if chosen:
        return [chosen]
    found = [match for item in fields.fields if (match := _match(column, item))]
    return sorted(found, key=lambda match: -match.confidence)


def _match(column: Column, item: Field) -> Match | None:
    for key, confidence, reason in _keys(column):
        if key in item.keys:
            return Match(item, reason, confidence)
    if any(key in item.weak_keys for key, _, _ in _keys(column)):
        return Match(item, "weak", WEAK)
    joined = "/".join(piece.key for piece in column.pieces)
    other_year = OTHER_YEARS.search(joined)
    for regex in item.regexes:
        if other_year and not OTHER_YEARS.search(regex.pattern):
            continue
        if regex.search(joined):
            return Match(item, "pattern", PATTERN)
    return None


def _keys(column: Column) -> Iterator[tuple[str, float, str]]:
    """The forms of a heading that may equal a wording, best first. Under another year's group a word says nothing."""
    pieces = column.pieces
    joined = "/".join(piece.key for piece in pieces)
    yield joined, WHOLE, "wording"
    if len(pieces) > 1:
        yield "".join(piece.key for piece in pieces), JOINED, "wording_group"
        yield "/".join(piece.key for piece in pieces[-2:]), JOINED, "wording_group"
        if any(OTHER_YEARS.search(piece.key) for piece in pieces[:-1]):
            return
        yield pieces[-1].key, LAST, "wording_group"
    last = pieces[-1]
    behind = _BEHIND.fullmatch(last.key)
    if behind:  # 完成投资(本月) is 本月完成投资
        yield behind[2] + behind[1], LAST, "wording"
        yield f"{behind[1]}/{behind[2]}", LAST, "wording"
    if last.key.startswith("其中"):
        yield last.key.removeprefix("其中").lstrip(":"), BARE, "wording"
    if not (behind and _ANOTHER.search(behind[2])):
        yield last.bare, BARE, "wording"


def _by_chooser(sheet: Sheet, header: Header, column: Column, fields: FieldSet) -> Match | None:
    for chooser in fields.choosers:
        keys = {heading_of(word, None).key for word in chooser.wordings}
        if column.pieces[-1].key in keys or column.pieces[-1].bare in keys:
            answer = chooser.choose(distinct_values(sheet, header, column.index))
            if answer:
                return Match(fields.by_code[answer[0]], answer[1], VALUES)
    return None


def distinct_values(sheet: Sheet, header: Header, index: int) -> Sequence[str]:
    """The column's distinct texts under the heading, in order, from its first rows."""
    seen: dict[str, None] = {}
    for row in sheet.rows[header.bottom + 1 : header.bottom + 1 + SAMPLE]:
        value = row[index] if index < len(row) else None
        if not is_blank(value):
            seen[flat(value)] = None
    return list(seen)


def _assign(
    columns: list[Column], candidates: dict[int, list[Match]], taken: set[str], period: tuple[int, int] | None
) -> list[Issue]:
    """Best matches first; a month's column loses to the period's own month; what is left over is told."""
    by_index = {column.index: column for column in columns}
    order = sorted(
        ((match, index) for index, matches in candidates.items() for match in matches),
        key=lambda pair: (-pair[0].confidence, _month_distance(by_index[pair[1]], pair[0], period), pair[1]),
    )
    for match, index in order:
        column = by_index[index]
        if column.field is not None:
            if match.field.code != column.code:
                column.alternatives = (*column.alternatives, match.field.code)
        elif match.field.code not in taken:
            column.field, column.reason, column.confidence = match.field, match.reason, match.confidence
            taken.add(match.field.code)
    return [issue for column in columns if (issue := _left_over(column, candidates.get(column.index, [])))]


def _month_distance(column: Column, match: Match, period: tuple[int, int] | None) -> int:
    if not match.field.monthly or column.months is None:
        return 0
    if period is None:
        return -column.months[1]
    return abs(column.months[1] - period[1]) * 12 + abs(column.months[0] - period[0])


def _left_over(column: Column, matches: Sequence[Match]) -> Issue | None:
    if column.field is not None or column.reason in ("map", UNIT_COLUMN):
        return None
    column.alternatives = tuple(dict.fromkeys(match.field.code for match in matches))
    joined = "/".join(piece.key for piece in column.pieces)
    code, params = "column_unknown", {}
    if OTHER_YEARS.search(joined):
        code = "column_other_year"
    elif matches:
        code, params = "column_twice", {"field": matches[0].field.label}
    column.reason = code
    return Issue(code, column.sheet, 0, column.place, "", params)


def _units(columns: list[Column]) -> None:
    """The unit that a heading states, its own piece before its group's; wherever money or not is known by the field."""
    for column in columns:
        if column.field is None or column.field.kind is not FieldKind.MONEY or column.unit or column.factor:
            continue
        column.unit = next((piece.unit for piece in reversed(column.pieces) if piece.unit), None)


def unit_conflict(columns: Sequence[Column], sheet_unit: MoneyUnit | None, given: MoneyUnit | None) -> MoneyUnit | None:
    """The printed unit that contradicts the given one; None when they agree or one of them is missing."""
    if given is None:
        return None
    if sheet_unit is not None:
        return sheet_unit if sheet_unit is not given else None
    stated = [column.unit for column in columns if column.field and column.field.kind is FieldKind.MONEY]
    if stated and all(unit is not None and unit is not given for unit in stated):
        return stated[0]
    return None
