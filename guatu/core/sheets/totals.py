"""Printed sums held against the rows that they cover."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate
from math import isqrt

from guatu.core.sheets.amounts import sum_amount
from guatu.core.sheets.errors import Issue
from guatu.core.sheets.fields import FieldKind, FieldSet, choice_key
from guatu.core.sheets.model import Cell, Row
from guatu.core.sheets.result import Column, PrintedTotal, ReadRow
from guatu.core.sheets.rows import RowKind, RowSense
from guatu.core.sheets.text import LONGEST_LABEL, cell_text, is_blank, label_of
from guatu.domain.money import MoneyUnit

_DIGITS = re.compile(r"\d[\d,]*+(?:\.(\d+))?")


@dataclass(slots=True)
class SumRow:
    """A category, subtotal or total row, or a part of one (其中); ``at`` is the number of data rows before it in the
    whole book, ``unit`` that of its amounts, ``ranges`` the rows that it may cover, most likely first."""

    sheet: str
    row: int
    label: str
    sense: RowSense
    cells: Row
    at: int
    unit: MoneyUnit | None = None
    ranges: list[tuple[int, int]] = field(default_factory=list)

    @property
    def label_at(self) -> int:
        """The column of its words."""
        return next((at for at, cell in enumerate(self.cells) if isinstance(cell, str) and not is_blank(cell)), -1)


def cover(sums: Sequence[SumRow], first: int, end: int) -> None:
    """The rows that each sum of one sheet covers (``ranges``, most likely first); its data rows are first … end."""
    for position, item in enumerate(sums):
        if item.sense.kind is RowKind.CATEGORY:
            item.ranges = [(item.at, _next_category(sums, position, end))]
        elif item.sense.kind is RowKind.PART:
            continue  # its rows are told by its words, once they are read
        elif item.sense.kind is RowKind.SUBTOTAL:
            item.ranges = _subtotal(sums, position, first, end)
        else:
            last = max((other.at for other in sums[:position] if other.sense.kind is RowKind.TOTAL), default=first)
            item.ranges = [(first, end), (last, item.at), (item.at, end), (0, item.at), (0, -1)]
        item.ranges = [box for box in dict.fromkeys(item.ranges) if box[1] == -1 or box[0] <= box[1]]
    _same_label(sums)


def _same_label(sums: Sequence[SumRow]) -> None:
    """A category that no rows follow, in a summary over the table, covers the rows of its namesake below."""
    categories = [item for item in sums if item.sense.kind is RowKind.CATEGORY]
    full = {
        item.sense.label: item.ranges for item in categories if item.ranges and item.ranges[0][0] < item.ranges[0][1]
    }
    for item in categories:
        if item.ranges and item.ranges[0][0] == item.ranges[0][1] and item.sense.label in full:
            item.ranges = full[item.sense.label]


def _next_category(sums: Sequence[SumRow], position: int, end: int) -> int:
    rank = sums[position].sense.rank
    for other in sums[position + 1 :]:
        if other.sense.kind is RowKind.TOTAL or (other.sense.kind is RowKind.CATEGORY and other.sense.rank <= rank):
            return other.at
    return end


def _subtotal(sums: Sequence[SumRow], position: int, first: int, end: int) -> list[tuple[int, int]]:
    """The rows since the last boundary, or those of an outer category, or the rows below it."""
    here = sums[position].at
    starts = {other.at for other in sums[:position] if other.at < here and other.sense.kind is not RowKind.PART} | {
        first
    }
    above = [(start, here) for start in sorted(starts, reverse=True) if start < here]
    below_end = next((other.at for other in sums[position + 1 :] if other.at > here), end)
    below = [(here, below_end), (here, end)] if below_end > here else []
    nothing_since = any(other.at == here for other in sums[:position])
    return [*below, *above] if nothing_since and below else [*above, *below]


class SumCheck:
    """Every printed amount and count of the sums beside what their rows give. ``rows`` are those of the whole book."""

    def __init__(self, rows: Sequence[ReadRow], fields: FieldSet) -> None:
        self.rows, self.fields = rows, fields
        self.prefixes: dict[str, list[int]] = {}
        self.totals: list[PrintedTotal] = []
        self.issues: list[Issue] = []

    def check(self, sums: Sequence[SumRow], columns: Sequence[Column]) -> None:
        """The sums of one table; what is found is added to ``totals`` and ``issues``."""
        money = [column for column in columns if column.field and column.field.kind is FieldKind.MONEY]
        for item in sums:
            pairs = [(column, amount) for column in money if (amount := self._amount(item, column)) is not None]
            if item.sense.kind is RowKind.PART:
                self._part(item, pairs)
                continue
            box = self._best(item, pairs)
            if item.sense.count is not None:
                self.totals.append(_counted(item, self.fields, box[1] - box[0]))
            self.totals += [self._compare(item, column, amount, box) for column, amount in pairs]
            self.totals += self._in_label(item, box)

    def _amount(self, item: SumRow, column: Column) -> int | None:
        cell = item.cells[column.index] if column.index < len(item.cells) else None
        if is_blank(cell) or not _DIGITS.search(label_of(cell)) or cell == item.label:
            return None
        amount = sum_amount(cell, column, item.unit)
        if amount is None and column.index != item.label_at:
            place = column.place
            self.issues.append(Issue("total_unreadable", item.sheet, item.row, place, cell_text(cell)[:LONGEST_LABEL]))
        return amount

    def _prefix(self, code: str) -> list[int]:
        found = self.prefixes.get(code)
        if found is None:
            amounts = (row.values.get(code, 0) for row in self.rows)
            found = self.prefixes[code] = [0, *accumulate(amounts)]
        return found

    def _best(self, item: SumRow, pairs: list[tuple[Column, int]]) -> tuple[int, int]:
        """The first range that every printed figure agrees with, else the likeliest."""
        boxes = [(start, len(self.rows) if end == -1 else end) for start, end in item.ranges]
        scores = []
        for box in boxes:
            agreeing = sum(self._compare(item, column, amount, box).agrees for column, amount in pairs)
            count_fits = item.sense.count is None or item.sense.count == box[1] - box[0]
            if count_fits and agreeing == len(pairs):
                return box
            scores.append(agreeing + (count_fits and item.sense.count is not None))
        return boxes[scores.index(max(scores))] if boxes else (0, 0)

    def _compare(self, item: SumRow, column: Column, printed: int, box: tuple[int, int]) -> PrintedTotal:
        start, end = box
        prefix = self._prefix(column.code)
        computed = prefix[end] - prefix[start]
        how = "exact"
        if printed != computed:
            how = _how(abs(printed - computed), printed, item.cells[column.index], column, self.rows[start:end])
        return _total(item, column.code, printed, computed, how, end - start)

    # -- parts -------------------------------------------------------------------------------------------------------
    def _part(self, item: SumRow, pairs: list[tuple[Column, int]]) -> None:
        """A part of a sum covers the rows of its kind or class, wherever they stand; where its words name none, it is
        said that it was not checked."""
        if not pairs and item.sense.count is None:
            return
        rows = self._members(item)
        if not rows:
            self.issues.append(Issue("total_unchecked", item.sheet, item.row, "", item.label, {"label": item.label}))
            return
        if item.sense.count is not None:
            self.totals.append(_counted(item, self.fields, len(rows)))
        for column, printed in pairs:
            computed = sum(row.values.get(column.code, 0) for row in rows)
            how = "exact"
            if printed != computed:
                how = _how(abs(printed - computed), printed, item.cells[column.index], column, rows)
            self.totals.append(_total(item, column.code, printed, computed, how, len(rows)))

    def _members(self, item: SumRow) -> list[ReadRow]:
        """The rows of the sheet (else of the book) that the part's words name."""
        key = choice_key(item.sense.label)
        tests: list[Callable[[ReadRow], bool]] = [
            _is(closed.code, closed.words[key]) for closed in self.fields.fields if key in closed.words
        ]
        tests.append(lambda row: any(choice_key(name) == key for name in row.class_path))
        texts = [each.code for each in self.fields.fields if each.kind is FieldKind.TEXT and not each.required]
        tests += [_reads(code, key) for code in texts]
        here = [row for row in self.rows if row.sheet == item.sheet]
        for rows in (here, self.rows):
            for test in tests:
                if found := [row for row in rows if test(row)]:
                    return found
        return []

    # -- words -------------------------------------------------------------------------------------------------------
    def _in_label(self, item: SumRow, box: tuple[int, int]) -> list[PrintedTotal]:
        """The amount in a label such as 一、产业类25个，总投资120亿元: number and unit are the pattern's two groups."""
        found = []
        label = " ".join(map(label_of, item.cells))[:LONGEST_LABEL]
        for pattern, code in self.fields.label_amounts:
            match = re.search(pattern, label)
            if match is None or not any(code in row.values for row in self.rows[box[0] : box[1]]):
                continue
            factor = MoneyUnit(match[2]).factor
            printed = int(Decimal(match[1]) * factor)
            step = int(Decimal(factor).scaleb(-len(match[1].partition(".")[2])))
            prefix = self._prefix(code)
            computed = prefix[box[1]] - prefix[box[0]]
            difference = abs(printed - computed)
            how = "exact" if not difference else "rounded" if 2 * difference <= step else "differs"
            found.append(_total(item, code, printed, computed, how, box[1] - box[0]))
        return found


def _is(code: str, value: str) -> Callable[[ReadRow], bool]:
    return lambda row: row.values.get(code) == value


def _reads(code: str, key: str) -> Callable[[ReadRow], bool]:
    """Whether a row's text in this field is the word, 类 and 项目 at its end aside."""

    def test(row: ReadRow) -> bool:
        value = row.values.get(code)
        return isinstance(value, str) and len(value) < LONGEST_LABEL and choice_key(value) == key

    return test


def _counted(item: SumRow, fields: FieldSet, count: int) -> PrintedTotal:
    assert item.sense.count is not None
    how = "exact" if count == item.sense.count else "differs"
    return _total(item, fields.count_code, item.sense.count, count, how, count)


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
    figure = _DIGITS.search(cell_text(cell)[:LONGEST_LABEL].replace("，", ","))
    if not figure or not yuan:
        return 0
    number = Decimal(figure[0].replace(",", ""))
    if not number:
        return 0
    unit = Decimal(yuan) / number
    return int(unit.scaleb(-len(figure[1] or "")))


def _total(item: SumRow, code: str, printed: int, computed: int, how: str, rows: int) -> PrintedTotal:
    return PrintedTotal(item.sheet, item.row, item.label, code, printed, computed, how, rows)
