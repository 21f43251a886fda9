"""What each row under a heading is: a project, a category, a sum, a note, nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from guatu.core.sheets.cells import name_cell
from guatu.core.sheets.fields import FieldKind
from guatu.core.sheets.model import Cell, Row, Sheet
from guatu.core.sheets.result import Column
from guatu.core.sheets.text import MARKS, flat, is_blank, label_of


class RowKind(Enum):
    DATA = "data"
    CATEGORY = "category"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    PART = "part"
    BLANK = "blank"
    NOTE = "note"
    NUMBERING = "numbering"


@dataclass(slots=True)
class RowSense:
    """``rank`` orders categories (smaller is higher), ``count`` is the number that the row states for its rows,
    ``doubtful`` says that shape alone could not tell."""

    kind: RowKind
    label: str = ""
    rank: float = 0.0
    count: int | None = None
    doubtful: bool = False


TOTAL = re.compile(r"(?:全[市区县省州]|本[市区县级]|[省市区县]级?)?(?:合计|总计|共计|累计|总和)(?:数)?")
SUBTOTAL = re.compile(r".{0,20}?(?:小计|合计|总计|共计)|承前页|过次页|接上页|转下页")
COUNT = re.compile(r"[(（]?(?:共计|共|(?<![小合总累共])计)?(?<!\d)(\d{1,6})(?:个|项)(?:项目)?[)）]?")
PART = re.compile(r"其中[:：]?.*")
NOTE = re.compile(
    r"(?:注|备注|附注|说明|填表说明|填报说明|填表人|填报人|制表|审核|单位负责人|负责人|联系电话|联系人|填报日期|填表日期|报送|附件)\d*[:：].*"
    r"|注\d*[、.].*|(?:填报|填表|制表|报送|编制|编报|金额|计量|货币)?单位[:：].*"
    r"|.{0,6}(?:填表|填报|制表|经办|复核|审核|审批|联系)人.{0,6}[:：].*|.{0,12}(?:签字|签章|签名|盖章).{0,4}"
    r"|第\d+页.*"
)
PAGE_TITLE = re.compile(
    r".*(?:计划表|一览表|进度表|情况表|统计表|汇总表|明细表|月报表?|台账|名单)(?:\(续[^()]*\))?|续表.*|\(续表?\d*\)"
)
DAY_LINE = re.compile(r"\d+/\d+|—\d+—|(?:日期:)?(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日)?")
NUMBERED: tuple[tuple[float, re.Pattern[str]], ...] = (
    (0.0, re.compile(r"第[一二三四五六七八九十]+(?:部分|类|篇|批)[、:：]?")),
    (0.0, re.compile(r"(?:[A-Z]|[IVX]{1,4}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ])[、.．]")),
    (2.0, re.compile(r"[一二三四五六七八九十]{1,3}[、.．,，:：]")),
    (3.0, re.compile(r"\([一二三四五六七八九十]{1,3}\)[、.．]?")),
    (4.0, re.compile(r"\d{1,2}[、.．](?!\d)")),
    (5.0, re.compile(r"\(\d{1,2}\)")),
)
_AFTER_NAME = re.compile(r"[,，;；:：。](?=.*\d)")  # 产业类,总投资120亿元
BARE_NUMERAL = re.compile(r"[一二三四五六七八九十]{1,3}")
PLAIN_RANK = 1.0
SERIAL_LIKE = 4.0  # from here on a number may as well be the row's serial
SERIAL = re.compile(rf"[{re.escape(MARKS)}]?\d+(?:[-.]\d+)*[{re.escape(MARKS)}]?")


@dataclass(slots=True)
class Table:
    """The columns of one table by what the row rules need."""

    name: Column
    serial: Column | None
    texts: tuple[int, ...]
    figures: frozenset[int]
    has_serials: bool
    wide: dict[int, int]
    several: bool

    @classmethod
    def of(cls, sheet: Sheet, columns: list[Column], name: Column, serial: Column | None, first: int) -> Table:
        """``first`` is the first row under the heading."""
        texts, figures = [], set()
        for column in columns:
            if column is name or column is serial or column.field is None:
                continue
            if column.field.kind in (FieldKind.MONEY, FieldKind.INTEGER, FieldKind.PERCENT):
                figures.add(column.index)
            else:
                texts.append(column.index)
        wide = {box[0]: box[3] - box[1] + 1 for box in sheet.merged if box[3] - box[1] >= 2 and box[0] >= first}
        at = serial.index if serial else -1
        counted = sum(1 for row in sheet.rows[first : first + 200] if serial and SERIAL.fullmatch(flat(row[at])))
        several = sum(1 for row in sheet.rows[first : first + 200] if len(filled_cells(row)) > 1) > 0
        return cls(name, serial, tuple(texts), frozenset(figures), counted >= 2, wide, several)


def filled_cells(row: Row) -> list[int]:
    return [index for index, cell in enumerate(row) if cell != "" and not is_blank(cell)]


def sense_row(row: Row, index: int, table: Table) -> RowSense:
    """What the row at ``index`` of the sheet is."""
    filled = filled_cells(row)
    if not filled:
        return RowSense(RowKind.BLANK)
    serial = label_of(row[table.serial.index]) if table.serial else ""
    name = label_of(name_cell(row, table.name))
    numbered = bool(serial and SERIAL.fullmatch(serial))
    labels = [text for at in filled[:3] if (text := _text(row[at]))]
    sum_row = _sum_row(labels, numbered and name not in labels[:1])
    if sum_row and not (numbered and any(at in filled for at in table.texts)):
        if sum_row.count is None:
            sum_row.count = _count_in(row, table, filled)
        return sum_row
    if not numbered and (part := _part(labels, row, table, filled)):
        return part
    if not numbered and labels and _is_note(labels, table, filled):
        return RowSense(RowKind.NOTE, labels[0])
    if _is_numbering(row, filled):
        return RowSense(RowKind.NUMBERING)
    return _category(row, index, table, filled, serial, name, numbered) or RowSense(RowKind.DATA, name)


def plainly_data(row: Row, table: Table) -> bool:
    """A serial number, a name in words and more words: nothing else looks like that, and nearly every row does."""
    if table.serial is None:
        return False
    serial = row[table.serial.index]
    if not (isinstance(serial, int | float) or (isinstance(serial, str) and serial.isdecimal())):
        return False
    name = row[table.name.index]
    if not isinstance(name, str) or len(name) < 4 or name.isspace():
        return False
    words = 0
    for at in table.texts:
        cell = row[at]
        if cell != "" and not is_blank(cell):
            words += 1
            if words == 2:
                return True
    return False


def is_bare(row: Row, table: Table, filled: list[int]) -> bool:
    """A name and figures, where other rows have words as well: a project with little said of it, or a group's sums."""
    return bool(
        table.texts
        and not any(at in table.texts for at in filled)
        and any(at in table.figures for at in filled)
        and isinstance(name_cell(row, table.name), str)
    )


def adds_up(rows: Sequence[Row], index: int, table: Table) -> bool:
    """Whether a bare row's figures are the sums of the rows under it, down to the next bare one."""
    mine = rows[index]
    figures = [at for at in sorted(table.figures) if isinstance(mine[at], int | float)]
    sums = dict.fromkeys(figures, Decimal(0))
    below = 0
    for row in rows[index + 1 :]:
        filled = filled_cells(row)
        if not filled:
            continue
        if is_bare(row, table, filled) or not any(at in table.texts for at in filled):
            break
        below += 1
        for at in figures:
            cell = row[at]
            if isinstance(cell, int | float):
                sums[at] += Decimal(repr(cell))
    return below > 0 and any(mine[at] for at in figures) and all(sums[at] == Decimal(repr(mine[at])) for at in figures)


def _text(cell: Cell) -> str:
    return label_of(cell) if isinstance(cell, str) else ""


def _sum_row(labels: list[str], numbered: bool) -> RowSense | None:
    if numbered:
        return None
    for label in [*labels, "".join(labels)] if len(labels) > 1 else labels:  # 合 and 计 may stand in two cells
        plain, count = _take_count(label.rstrip(":："))
        plain = re.sub(r"^[一二三四五六七八九十]+[、.]", "", plain)
        if TOTAL.fullmatch(plain):
            return RowSense(RowKind.TOTAL, label, count=count)
        if SUBTOTAL.fullmatch(plain):
            return RowSense(RowKind.SUBTOTAL, label, count=count)
    return None


def _part(labels: list[str], row: Row, table: Table, filled: list[int]) -> RowSense | None:
    """其中：续建 | 12 | amount: a part of the sum above, not a project's own part with words of its own."""
    if (
        not labels
        or not PART.fullmatch(labels[0])
        or any(at in table.texts and not _is_count(row[at]) for at in filled[1:])
    ):
        return None
    plain, count = _take_count(part_label(labels[0]))
    return RowSense(RowKind.PART, plain, count=_count_in(row, table, filled) if count is None else count)


def part_label(label: str) -> str:
    """其中：续建项目 → 续建项目."""
    return label.removeprefix("其中").lstrip(":：")


def _count_in(row: Row, table: Table, filled: list[int]) -> int | None:
    """A number of rows in a cell of its own beside a sum's label."""
    places = {table.name.index, *table.texts} | ({table.serial.index} if table.serial else set())
    found = (_count_beside(row[at], at in places) for at in filled)
    return next((number for number in found if number is not None), None)


def _take_count(label: str) -> tuple[str, int | None]:
    """("产业类(25个)") → ("产业类", 25)."""
    found = COUNT.search(label)
    if not found:
        return _AFTER_NAME.split(label)[0] or label, None
    rest = (label[: found.start()] + label[found.end() :]).strip(",，:：;；")
    return _AFTER_NAME.split(rest)[0], int(found[1])


def _is_note(labels: list[str], table: Table, filled: list[int]) -> bool:
    """A line of words for readers: few cells, and nothing among the figures."""
    if _is_page_title(labels, filled):
        return True
    return len(filled) <= 4 and bool(NOTE.fullmatch(labels[0])) and not any(at in table.figures for at in filled)


def _is_page_title(labels: list[str], filled: list[int]) -> bool:
    return len(filled) == 1 and bool(PAGE_TITLE.fullmatch(labels[0]) or DAY_LINE.fullmatch(labels[0]))


def _is_numbering(row: Row, filled: list[int]) -> bool:
    """The row of column numbers under a heading: 1 2 3 …, or 甲 乙 1 2 …"""
    if len(filled) < 4:
        return False
    texts = [flat(row[at]).strip("()") for at in filled]
    digits = [int(text) for text in texts if text.isdecimal() and len(text) < 3]
    others = [text for text in texts if not text.isdecimal()]
    in_order = len(digits) >= 3 and digits == list(range(digits[0], digits[0] + len(digits)))
    return in_order and all(text in "甲乙丙丁戊己庚辛" or text.lower() in "abcdefghijkl" for text in others)


def _category(
    row: Row, index: int, table: Table, filled: list[int], serial: str, name: str, numbered: bool
) -> RowSense | None:
    if numbered or any(at in table.texts and not _is_count(row[at]) for at in filled[1:]):
        return None
    first = _text(row[filled[0]])
    label = name or first
    rank = _rank_of(serial, first, name)
    plain, count = _take_count(_strip_number(label if not serial or name else first))
    if first and first != name and (name.isdigit() or COUNT.fullmatch(name)) and not BARE_NUMERAL.fullmatch(serial):
        name, label = "", first  # 计划新开工项目 | 19 | amount: the number stands under the names
        plain, count = _take_count(_strip_number(first))
    if count is None:
        count = _count_in(row, table, filled)
    if not plain:
        return RowSense(RowKind.NOTE, label)
    if rank is not None and (rank < SERIAL_LIKE or table.has_serials or index in table.wide):
        return RowSense(RowKind.CATEGORY, plain, rank, count)
    if not first or not _looks_like_group(row, index, table, filled, first, count):
        return None
    sure = table.wide.get(index) is not None or count is not None
    return RowSense(RowKind.CATEGORY, plain, PLAIN_RANK, count, doubtful=not sure)


def _rank_of(serial: str, first: str, name: str) -> float | None:
    if serial and BARE_NUMERAL.fullmatch(serial):
        return 2.0
    for rank, pattern in NUMBERED:
        if pattern.match(first) or (name and rank < 4 and pattern.match(name)):
            return rank
    return None


def _strip_number(label: str) -> str:
    for _, pattern in NUMBERED:
        found = pattern.match(label)
        if found and found.end() < len(label):
            return label[found.end() :]
    return label


def _is_count(cell: Cell) -> bool:
    return isinstance(cell, int | float) or bool(_count_cell(cell)) or _bare_number(cell) is not None


def _count_cell(cell: Cell) -> re.Match[str] | None:
    return COUNT.fullmatch(_text(cell)) if isinstance(cell, str) else None


def _bare_number(cell: Cell) -> int | None:
    """A whole number that may count rows; in csv every number is a text."""
    if isinstance(cell, str) and len(cell) < 5 and cell.strip().isdecimal():
        return int(cell)
    if isinstance(cell, int | float) and 0 < cell < 10_000 and cell == int(cell):
        return int(cell)
    return None


def _count_beside(cell: Cell, in_text_column: bool) -> int | None:
    """19个 in any cell, or a bare 19 in a column of words, beside the group's name."""
    found = _count_cell(cell)
    if found:
        return int(found[1])
    return _bare_number(cell) if in_text_column else None


def _looks_like_group(row: Row, index: int, table: Table, filled: list[int], first: str, count: int | None) -> bool:
    """A row without a number of its own where the others have one, or one cell across the table."""
    if table.wide.get(index, 0) >= 3 and len(filled) == 1:
        return True
    if count is not None and COUNT.search(first):
        return True
    if table.has_serials:
        return all(at not in table.texts or _is_count(row[at]) for at in filled)
    return len(filled) == 1 and table.several and filled[0] < table.name.index
