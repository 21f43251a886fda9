"""Printed sums held against the rows that they cover."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import isqrt

from guatu.core.sheets.fields import FieldKind, FieldSet
from guatu.core.sheets.model import Cell, Row
from guatu.core.sheets.result import Column, PrintedTotal, ReadRow
from guatu.core.sheets.rows import RowKind, RowSense
from guatu.core.sheets.text import cell_text, flat, is_blank
from guatu.core.sheets.amounts import sum_amount
from guatu.domain.money import MoneyUnit

_DIGITS = re.compile(r"\d[\d,]*(?:\.(\d+))?")


@dataclass(slots=True)
class SumRow:
    """A category, subtotal or total row; ``at`` is the number of data rows before it in the whole book."""

    sheet: str
    row: int
    label: str
    sense: RowSense
    cells: Row
    at: int
    start: int = 0
    ranges: list[tuple[int, int]] = field(default_factory=list)


def cover(sums: Sequence[SumRow], first: int, end: int) -> None:
    """The rows that each sum of one sheet covers (``ranges``, most likely first); its data rows are first … end."""
    for position, item in enumerate(sums):
        if item.sense.kind is RowKind.CATEGORY:
            item.ranges = [(item.at, _next_category(sums, position, end))]
        elif item.sense.kind is RowKind.SUBTOTAL:
            item.ranges = _subtotal(sums, position, first, end)
        else:
            last = max((other.at for other in sums[:position] if other.sense.kind is RowKind.TOTAL), default=first)
            item.ranges = [(first, end), (last, item.at), (item.at, end), (0, item.at), (0, -1)]
        item.ranges = [box for box in dict.fromkeys(item.ranges) if box[1] == -1 or box[0] <= box[1]]


def _next_category(sums: Sequence[SumRow], position: int, end: int) -> int:
    rank = sums[position].sense.rank
    for other in sums[position + 1 :]:
        if other.sense.kind is RowKind.TOTAL or (other.sense.kind is RowKind.CATEGORY and other.sense.rank <= rank):
            return other.at
    return end


def _subtotal(sums: Sequence[SumRow], position: int, first: int, end: int) -> list[tuple[int, int]]:
    """The rows since the last boundary, or those of an outer category, or the rows below it."""
    here = sums[position].at
    starts = {other.at for other in sums[:position] if other.at < here} | {first}
    above = [(start, here) for start in sorted(starts, reverse=True) if start < here]
    below_end = next((other.at for other in sums[position + 1 :] if other.at > here), end)
    below = [(here, below_end), (here, end)] if below_end > here else []
    nothing_since = any(other.at == here for other in sums[:position])
    return [*below, *above] if nothing_since and below else [*above, *below]


def check_sums(
    sums: Sequence[SumRow],
    rows: Sequence[ReadRow],
    columns: Sequence[Column],
    unit: MoneyUnit | None,
    fields: FieldSet,
) -> list[PrintedTotal]:
    """Every printed amount and count of the sums beside what their rows give; ``rows`` are those of the whole book."""
    money = [column for column in columns if column.field and column.field.kind is FieldKind.MONEY]
    prefix = {column.code: _prefix(rows, column.code) for column in money}
    found = []
    for item in sums:
        printed = [(column, _amount(item.cells, column, unit)) for column in money]
        pairs = [(column, amount) for column, amount in printed if amount is not None]
        box = _best(item, pairs, prefix, rows)
        if item.sense.count is not None:
            count = box[1] - box[0]
            how = "exact" if count == item.sense.count else "differs"
            found.append(_total(item, fields.count_code, item.sense.count, count, how, count))
        for column, amount in pairs:
            found.append(_compare(item, column, amount, box, prefix[column.code], rows))
        found.extend(_in_label(item, box, prefix, fields))
    return found


def _prefix(rows: Sequence[ReadRow], code: str) -> list[int]:
    sums = [0]
    for row in rows:
        sums.append(sums[-1] + row.values.get(code, 0))
    return sums


def _amount(cells: Row, column: Column, unit: MoneyUnit | None) -> int | None:
    if column.index >= len(cells) or is_blank(cells[column.index]) or not _DIGITS.search(flat(cells[column.index])):
        return None
    return sum_amount(cells[column.index], column, unit)


def _best(
    item: SumRow, pairs: list[tuple[Column, int]], prefix: dict[str, list[int]], rows: Sequence[ReadRow]
) -> tuple[int, int]:
    """The first range that every printed figure agrees with, else the likeliest."""
    boxes = [(start, len(rows) if end == -1 else end) for start, end in item.ranges]
    for box in boxes:
        count_fits = item.sense.count is None or item.sense.count == box[1] - box[0]
        if count_fits and all(_compare(item, c, a, box, prefix[c.code], rows).agrees for c, a in pairs):
            return box
    scores = [sum(_compare(item, c, a, box, prefix[c.code], rows).agrees for c, a in pairs) for box in boxes]
    return boxes[scores.index(max(scores))] if boxes else (0, 0)


def _compare(
    item: SumRow, column: Column, printed: int, box: tuple[int, int], prefix: list[int], rows: Sequence[ReadRow]
) -> PrintedTotal:
    start, end = box
    computed = prefix[end] - prefix[start]
    how = "exact"
    if printed != computed:
        how = _how(abs(printed - computed), printed, item.cells[column.index], column, rows[start:end])
    return _total(item, column.code, printed, computed, how, end - start)


ROUNDED_ROWS = 10**6
"""Yuan. Rows printed in hundredths of 亿元 or coarser were rounded; finer ones are what the office has."""


def _how(difference: int, printed: int, cell: Cell, column: Column, rows: Sequence[ReadRow]) -> str:
    """Half a step of the printed figure is its own rounding; what is left may come from rows that were rounded.

    Rounding errors of n rows add up like a random walk: twice its spread, step·√(n/3), is allowed, three steps at most,
    so that a wrong digit is not taken for rounding.
    """
    step = _step(cell, printed)
    steps = [_step(row.cells[column.index], row.values[column.code]) for row in rows if row.values.get(column.code)]
    finest = min(steps, default=0)
    if step and 2 * difference <= step and finest < step:
        return "rounded"
    decimals = any("." in cell_text(row.cells[column.index]) for row in rows)
    as_fine = sum(1 for row_step in steps if row_step == finest)
    # Figures that were cut to so many decimals nearly all show them; 10, 15, 12 and 1.3 were typed as they are.
    if len(steps) < 2 or not decimals or finest < ROUNDED_ROWS or 3 * as_fine < 2 * len(steps):
        return "differs"
    spread = isqrt(finest * finest * len(steps) // 3)
    return "rows_rounded" if difference <= min(spread, 3 * finest) + step // 2 else "differs"


def _step(cell: Cell, yuan: int) -> int:
    """Yuan in one of the last printed digit: 12.50 亿元 → a million, by the cell's own figure and its value."""
    figure = _DIGITS.search(cell_text(cell).replace("，", ","))
    if not figure or not yuan:
        return 0
    number = Decimal(figure[0].replace(",", ""))
    if not number:
        return 0
    unit = Decimal(yuan) / number
    return int(unit.scaleb(-len(figure[1] or "")))


def _in_label(item: SumRow, box: tuple[int, int], prefix: dict[str, list[int]], fields: FieldSet) -> list[PrintedTotal]:
    """The amount in a label such as 一、产业类25个，总投资120亿元: number and unit are the pattern's two groups."""
    found = []
    label = " ".join(flat(cell) for cell in item.cells)
    for pattern, code in fields.label_amounts:
        match = re.search(pattern, label)
        if match and code in prefix:
            factor = MoneyUnit(match[2]).factor
            printed = int(Decimal(match[1]) * factor)
            step = int(Decimal(factor).scaleb(-len(match[1].partition(".")[2])))
            computed = prefix[code][box[1]] - prefix[code][box[0]]
            difference = abs(printed - computed)
            how = "exact" if not difference else "rounded" if 2 * difference <= step else "differs"
            found.append(_total(item, code, printed, computed, how, box[1] - box[0]))
    return found


def _total(item: SumRow, code: str, printed: int, computed: int, how: str, rows: int) -> PrintedTotal:
    return PrintedTotal(item.sheet, item.row, item.label, code, printed, computed, how, rows)
