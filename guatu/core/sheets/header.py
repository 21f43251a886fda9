"""Where a table's heading stands, and what each column's heading says: title lines, one to three heading rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from guatu.core.sheets.fields import FieldSet
from guatu.core.sheets.mapping import Mapping, mapping_key
from guatu.core.sheets.model import Row, Sheet
from guatu.core.sheets.text import LONGEST_LABEL, Heading, cell_text, heading_of
from guatu.core.sheets.text import label_of as flat
from guatu.domain.errors import DomainError
from guatu.domain.money import MoneyUnit, find_unit

SEARCH_ROWS = 40
MAX_DEPTH = 3
_FIGURE = re.compile(r"[-+]?[\d,]+(?:\.\d+)?%?")
_YEAR_FIGURE = re.compile(r"(?:19|20)\d\d")
DOCUMENT = re.compile(r"[\u4e00-\u9fa5]{1,12}[〔\[【（(]\s*((?:19|20)\d\d)\s*[〕\]】）)]\s*第?\s*\d+\s*号")
_UNIT_ONLY = re.compile(r"\(?(?:单位:)?(?:亿元|万元|千元|百万元|元|%)\)?")
_MAY_STATE_UNIT = re.compile(r"单位|[（(].*元")
_TOLD_UNIT = re.compile(r"单位(?:均|一律|统一)?(?:为|是|[:：])(?:人民币)?(亿元|万元|元)(?![/\w])")
_HAN_YEAR = re.compile("二[〇零○Oo0][一二三四五六七八九〇零○Oo0]{2}年")
_HAN_DIGITS = str.maketrans("〇零○Oo一二三四五六七八九", "00000123456789")
_UNIT_LINE = re.compile(r"(?:金额)?单位:.")
TITLE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年")


@dataclass(slots=True)
class Header:
    """``top`` to ``bottom`` (both included) are the heading's rows; ``paths[c]`` the pieces of column c from the group
    down, () where it has no heading; ``spans[c]`` the columns that one merged heading covers; ``words`` the filled
    cells of its first row, by which a repeated heading is told."""

    top: int
    bottom: int
    paths: list[tuple[Heading, ...]]
    spans: list[tuple[int, ...]]
    hits: int = 0
    words: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class Above:
    """What stands over a table."""

    titles: list[str]
    unit: MoneyUnit | None = None
    unit_fault: str = ""
    unit_text: str = ""
    unit_row: int = 0
    year: int | None = None
    document: str = ""


def find_header(sheet: Sheet, known: Known, year: int | None, start: int = 0) -> Header | None:
    """The heading at or after row ``start``: the block of one to three rows whose columns name most fields."""
    best: Header | None = None
    merged = _merge_index(sheet)
    for top in range(start, min(start + SEARCH_ROWS, len(sheet.rows))):
        if best is not None and top > best.bottom:
            break
        for depth in range(1, MAX_DEPTH + 1):
            bottom = top + depth - 1
            if bottom >= len(sheet.rows) or not _can_be_heading(sheet, bottom, top, merged):
                break
            if _cut_by_merge(top, bottom, merged):
                continue
            header = _build(sheet, top, bottom, merged, year)
            header.hits = _hits(header, known)
            if header.hits and (best is None or _rank(header) > _rank(best)):
                best = header
    if best is not None:
        best = _extend(sheet, best, merged, year, known)
    return best


def _rank(header: Header) -> tuple[int, int]:
    """More fields first, then fewer rows: a unit line over the heading adds nothing to it."""
    return header.hits, header.top - header.bottom


def _cut_by_merge(top: int, bottom: int, merged: dict[int, list[tuple[int, int, int, int]]]) -> bool:
    """A merged cell reaches over the block's lower or upper edge: the heading goes on there."""
    return any(box[0] < top or box[2] > bottom for row in (top, bottom) for box in merged.get(row, ()))


def _extend(
    sheet: Sheet, header: Header, merged: dict[int, list[tuple[int, int, int, int]]], year: int | None, known: Known
) -> Header:
    """Without merges a row of words with nothing under the name's heading is the heading's lower row, and a row of
    units always is."""
    below = header.bottom + 1
    if below < len(sheet.rows) and below - header.top < MAX_DEPTH and _is_units(sheet.rows[below]):
        return _build(sheet, header.top, below, merged, year)
    if merged:
        return header
    names = known.names
    at = next((i for i, path in enumerate(header.paths) if path and path[-1].key in names), None)
    if at is None or below >= len(sheet.rows) or below - header.top >= MAX_DEPTH:
        return header
    row = sheet.rows[below]
    filled = [i for i, cell in enumerate(row) if flat(cell)]
    under_nothing = any(not header.paths[i] for i in filled)
    if (
        len(filled) < 2
        or min(filled) <= at
        or not under_nothing
        or not _can_be_heading(sheet, below, header.top, merged)
    ):
        return header
    return _build(sheet, header.top, below, merged, year)


def _is_units(row: Row) -> bool:
    texts = [flat(cell) for cell in row if flat(cell)]
    return bool(texts) and all(_UNIT_ONLY.fullmatch(text) for text in texts)


def row_is_heading(sheet: Sheet, index: int, fields: FieldSet) -> bool:
    """A row in the middle of a table that is a heading again (a continued table): the name's heading and two more."""
    row = sheet.rows[index]
    if fields.name_words.isdisjoint(row):  # nearly every row ends here
        return False
    texts = [flat(cell) for cell in row if isinstance(cell, str) and cell.strip()]
    if len(texts) < 3:
        return False
    keys = {heading_of(text, None).key for text in texts}
    if not keys & fields.name_field.keys:
        return False
    return sum(1 for item in fields.fields if keys & item.keys) >= 3


def read_above(sheet: Sheet, start: int, top: int) -> Above:
    """Title, unit line and document number in the rows before a heading."""
    above = Above([])
    for index in range(start, top):
        for cell in sheet.rows[index]:
            text = cell_text(cell)
            if text:
                _read_line(text, sheet.row_number(index), above)
    return above


def _read_line(text: str, row: int, above: Above) -> None:
    above.titles.append(text)
    text = text[:LONGEST_LABEL]
    if above.unit is None and not above.unit_fault and _MAY_STATE_UNIT.search(text):
        above.unit, above.unit_fault = stated_unit(text)
        if above.unit or above.unit_fault:
            above.unit_text, above.unit_row = text, row
    number = DOCUMENT.search(text)
    if number and not above.document:
        above.document = number[0].replace(" ", "")
    elif above.year is None:
        found = TITLE_YEAR.search(_HAN_YEAR.sub(lambda match: match[0].translate(_HAN_DIGITS), text))
        above.year = int(found[1]) if found else None


def stated_unit(text: str) -> tuple[MoneyUnit | None, str]:
    """The unit that a line states (单位：万元, 金额单位为万元), or the code of what is wrong with it."""
    plain = flat(text)
    told = _TOLD_UNIT.search(plain)
    if told:
        return MoneyUnit(told[1]), ""
    try:
        return find_unit(plain), ""
    except DomainError as error:
        return None, error.code


def _merge_index(sheet: Sheet) -> dict[int, list[tuple[int, int, int, int]]]:
    """Merged ranges by each row that they touch; ranges taller than a heading are no part of one."""
    index: dict[int, list[tuple[int, int, int, int]]] = {}
    for box in sheet.merged:
        if box[2] - box[0] < MAX_DEPTH:
            for row in range(box[0], box[2] + 1):
                index.setdefault(row, []).append(box)
    return index


def _can_be_heading(sheet: Sheet, row: int, top: int, merged: dict[int, list[tuple[int, int, int, int]]]) -> bool:
    """Words only (a year is a word), more than one of them, no unit line, no row-wide merged title. A lower row either
    has a word under a group or in a column without one."""
    filled = [flat(cell) for cell in sheet.rows[row] if flat(cell)]
    if any(_FIGURE.fullmatch(text) and not _YEAR_FIGURE.fullmatch(text) for text in filled):
        return False
    if row == top:
        return len(filled) >= 2 and not any(_UNIT_LINE.match(text) for text in filled)
    if not filled or any(len(text) > 40 for text in filled):
        return False
    starts = [box for box in merged.get(row, ()) if box[0] == row and box[3] - box[1] >= len(sheet.rows[row]) // 2]
    return not starts and (len(filled) >= 2 or bool(merged.get(row)))


def _build(
    sheet: Sheet, top: int, bottom: int, merged: dict[int, list[tuple[int, int, int, int]]], year: int | None
) -> Header:
    grid = [[cell_text(cell)[:LONGEST_LABEL] for cell in sheet.rows[row]] for row in range(top, bottom + 1)]
    width = len(grid[0])
    spans: list[tuple[int, ...]] = [(column,) for column in range(width)]
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(top, bottom + 1):
        for box in merged.get(row, ()):
            _spread(box, row, top, width, grid, owner)
    _join(grid, top, merged.get(bottom, ()), spans)
    if not owner:
        _inherit(grid)
    paths = []
    for column in range(width):
        pieces: list[str] = []
        seen: set[tuple[int, int]] = set()
        for depth, line in enumerate(grid):
            source = owner.get((depth, column), (depth, column))
            if line[column] and source not in seen and (not pieces or pieces[-1] != line[column]):
                if pieces and _UNIT_ONLY.fullmatch(flat(line[column])):
                    pieces[-1] += f"({flat(line[column]).strip('()')})"  # a row of units under the words
                else:
                    pieces.append(line[column])
            seen.add(source)
        paths.append(tuple(heading_of(piece, year) for piece in pieces))
    words = [(at, text) for at, cell in enumerate(sheet.rows[top]) if (text := flat(cell))]
    return Header(top, bottom, paths, spans, words=words)


def _spread(
    box: tuple[int, int, int, int],
    row: int,
    top: int,
    width: int,
    grid: list[list[str]],
    owner: dict[tuple[int, int], tuple[int, int]],
) -> None:
    first, left, _, right = box
    if first < top:
        return
    for column in range(left, min(right, width - 1) + 1):
        grid[row - top][column] = grid[first - top][left]
        owner[(row - top, column)] = (first - top, left)


def _join(
    grid: list[list[str]], top: int, boxes: Iterable[tuple[int, int, int, int]], spans: list[tuple[int, ...]]
) -> None:
    """Columns under one heading are one column; an empty merge under two headings joins nothing."""
    for first, left, last, right in boxes:
        columns = tuple(range(left, min(right, len(grid[0]) - 1) + 1))
        same = len({tuple(line[column] for line in grid) for column in columns}) == 1
        if first >= top and last == top + len(grid) - 1 and same:
            for column in columns:
                spans[column] = columns


def _inherit(grid: list[list[str]]) -> None:
    """Without merges (csv): a group's word reaches right over blank cells that have a word below."""
    for depth in range(len(grid) - 1):
        line, below = grid[depth], grid[depth + 1]
        for column in range(1, len(line)):
            if not line[column] and below[column] and below[column - 1]:
                line[column] = line[column - 1]


@dataclass(frozen=True, slots=True)
class Known:
    """Heading keys and what they mean here: the fields' wordings, the choosers' and the map's."""

    keys: dict[str, str]
    names: frozenset[str]
    fields: FieldSet

    @classmethod
    def of(cls, fields: FieldSet, mapping: Mapping) -> Known:
        keys = {heading_of(word, None).key: word for chooser in fields.choosers for word in chooser.wordings}
        keys.update({key: item.code for item in fields.fields for key in item.keys})
        mapped = {mapping_key(heading): column.field for heading, column in mapping.columns.items()}
        keys.update(mapped)
        name = fields.name_field
        return cls(keys, name.keys | {key for key, code in mapped.items() if code == name.code}, fields)


def _hits(header: Header, known: Known) -> int:
    """How many fields the columns name, the name's own column being a must."""
    found = set()
    has_name = False
    for path in header.paths:
        if not path:
            continue
        joined = "/".join(piece.key for piece in path)
        for key in (joined, "".join(piece.key for piece in path), path[-1].key, path[-1].bare):
            if key in known.keys:
                found.add(known.keys[key])
                has_name = has_name or key in known.names
                break
        else:
            found.update(item.code for item in known.fields.fields if any(rx.search(joined) for rx in item.regexes))
    return len(found) if has_name and len(found) >= 2 else 0
