"""Values and the cells that show them, both ways: what a program re-saves otherwise is the same value."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from guatu.core.books.office import CELL_MOST, cell_words
from guatu.core.roundtrip.layout import Column, Layout, SentRow, Value
from guatu.core.sheets.fields import FieldKind
from guatu.core.sheets.model import Cell
from guatu.core.sheets.outcomes import Converter
from guatu.core.sheets.result import Column as ReadColumn
from guatu.core.sheets.text import cell_text
from guatu.core.sheets.values import CELL_ERRORS, converter
from guatu.domain.dates import DateSpan
from guatu.domain.merge import Unread

WORDS = frozenset({FieldKind.TEXT, FieldKind.CODE})
SHARE_PLACES = 6
"""Decimals of a percentage that a cell keeps."""
EXACT, KEPT = 10**15, 15
"""A spreadsheet's number keeps so many figures; the rest of a longer one are zeros."""
_SHORTENED = re.compile(r"\d(\.\d+)?E\+\d+")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LINE_END = re.compile(r"[ \t\u3000]+(?=\n|$)")
_SPACES = str.maketrans("\u00a0\u2007\u202f", "   ")
DOUBTS = frozenset(
    {"amount_low", "amount_high", "amount_reduced", "amount.fraction_of_yuan", "percent_over", "code_wrong"}
)
"""What is read with a word about it; any other fault leaves the cell unread."""


class Read(NamedTuple):
    """A cell as read: its value (an ``Unread`` where it has none), the code of what is in doubt, and what the
    sentence of either needs."""

    value: Value | Unread
    doubt: str = ""
    params: Mapping[str, Any] = {}


# -- from values to cells ---------------------------------------------------------------------------------------------
def canonical(column: Column, value: Any) -> Value:
    """A value in the one form in which it is sent, kept and compared. Raises TypeError for one of another kind."""
    if value is None or value == "":
        return None
    kind = column.kind
    if kind in WORDS or kind is FieldKind.CHOICE:
        if not isinstance(value, str):
            raise TypeError(f"{column.code}: {value!r}")
        return words("".join(value.split()) if kind is FieldKind.CODE else value)
    if kind is FieldKind.DATE and isinstance(value, dt.date):
        return value.date() if isinstance(value, dt.datetime) else value
    if kind is FieldKind.PERCENT and isinstance(value, Decimal | int):
        return _share(Decimal(value))
    if kind in (FieldKind.MONEY, FieldKind.INTEGER) and isinstance(value, int) and not isinstance(value, bool):
        return value
    raise TypeError(f"{column.code}: {value!r}")


def as_sent(layout: Layout, row: SentRow) -> dict[str, Value]:
    """A row's values of every column in the form in which they are sent and kept."""
    return {column.code: canonical(column, row.values.get(column.code)) for column in layout.columns}


def words(text: str) -> str | None:
    """A text without what programs add or drop: spaces at line ends, kinds of line ends and of spaces."""
    if text.isprintable() and 0 < len(text) <= CELL_MOST and " " not in (text[0], text[-1]):
        return text  # nearly every text: one line without odd spaces
    return _LINE_END.sub("", cell_words(text.translate(_SPACES))).strip() or None


def cell_of(layout: Layout, column: Column, value: Value) -> str | int | float | dt.date | None:
    """What is written into the cell of a value."""
    if value is None:
        return None
    if column.kind is FieldKind.CHOICE:
        return next((choice.words[0] for choice in column.choices if choice.code == value), str(value))
    unit = layout.unit_of(column)
    if unit is not None and isinstance(value, int):
        return value // unit.factor if value % unit.factor == 0 else float(Decimal(value) / unit.factor)
    return float(value / 100) if isinstance(value, Decimal) else value


def as_text(value: Value) -> str | int | None:
    """A value as the hidden sheet keeps it (JSON)."""
    return value if value is None or isinstance(value, str | int) else str(value)


def from_text(column: Column, kept: Any) -> Value:
    """The value of a kept text. Raises ValueError or TypeError for what was not kept so."""
    if isinstance(kept, str) and column.kind is FieldKind.DATE:
        return dt.date.fromisoformat(kept)
    if isinstance(kept, str) and column.kind is FieldKind.PERCENT:
        return _share(Decimal(kept))
    return canonical(column, kept)


def spelled(values: dict[str, Value]) -> str:
    """A row's values as one text, always the same for the same values."""
    kept = {code: as_text(value) for code, value in values.items() if value is not None}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _share(value: Decimal) -> Decimal:
    return round(value, SHARE_PLACES).normalize() + 0


# -- from cells to values ---------------------------------------------------------------------------------------------
Reader = Callable[[Cell, Value, bool], Read]
"""(cell, value as sent, whether the cell is formatted as per cent) → what it says."""


def reader(layout: Layout, column: Column) -> Reader:
    """The function that reads a column's cells. A cell that still shows what was sent is that value."""
    read = _words_read(column) if column.kind in WORDS else _value_read(layout, column)

    def answer(cell: Cell, sent: Value, percent: bool) -> Read:
        shown = cell_of(layout, column, sent)
        if (cell == shown and not isinstance(cell, bool)) or (sent is None and cell == ""):
            return Read(sent)
        found = read(cell, sent, percent)
        return found if isinstance(found.value, Unread) else _held(column, found, cell)

    return answer


def _held(column: Column, found: Read, cell: Cell) -> Read:
    """A value beyond the column's limits, or a text that is too long, is not read where the column is strict."""
    value = found.value
    beyond = "longer_than_allowed" if column.longest and isinstance(value, str) and len(value) > column.longest else ""
    if value is not None and not isinstance(value, str) and column.kind not in WORDS:
        low = column.least is not None and value < column.least  # type: ignore[operator]  # one kind, one type
        high = column.most is not None and value > column.most  # type: ignore[operator]  # as above
        beyond = "beyond_limits" if low or high else beyond
    if not beyond:
        return found
    return Read(Unread(cell_text(cell), beyond)) if column.strict else Read(found.value, beyond)


def _words_read(column: Column) -> Callable[[Cell, Value, bool], Read]:
    def read(cell: Cell, sent: Value, percent: bool) -> Read:
        if isinstance(cell, str) and CELL_ERRORS.fullmatch(cell.strip()):
            return Read(Unread(cell, "cell_error"))
        text = words(cell_text(cell)) if cell is not None else None
        if text is not None and "_x" in text and text != sent:
            text = words(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text))
        if _is_number_of(cell, text, sent):
            return Read(sent)
        if isinstance(cell, int | float) and abs(cell) >= EXACT:
            return Read(Unread(cell_text(cell), "code_lost_digits"))
        if column.kind is FieldKind.CODE and text is not None:
            text = "".join(text.split())
        return Read(text)

    return read


def _is_number_of(cell: Cell, text: str | None, sent: Value) -> bool:
    """Whether a program took the figures that were sent as a text for a number, and lost zeros or digits."""
    if text is None or not isinstance(sent, str) or not (sent.isascii() and sent.isdecimal()):
        return False
    figures = sent.lstrip("0") or "0"
    if isinstance(cell, int | float):
        printed = f"{Decimal(repr(cell)):f}".removesuffix(".0")
        return printed == figures or (cell >= EXACT and printed == figures[:KEPT].ljust(len(figures), "0"))
    found = _SHORTENED.fullmatch(text)
    if found:  # 4.10303E+17, as a csv file has it
        return f"{int(figures):.{len(found[1] or '.') - 1}E}" == text
    return text == figures


def _value_read(layout: Layout, column: Column) -> Callable[[Cell, Value, bool], Read]:
    plain = _converter(layout, column, fraction=False)
    fraction = _converter(layout, column, fraction=True)
    is_share = column.kind is FieldKind.PERCENT

    def read(cell: Cell, sent: Value, percent: bool) -> Read:
        if isinstance(cell, bool | dt.time | dt.timedelta):
            return Read(Unread(cell_text(cell), "kind_of_cell"))
        if is_share and not percent and _below_one(cell):
            return Read(Unread(cell_text(cell), "percent_doubtful"))
        found = (fraction if percent else plain)(cell)
        if found.fault and found.fault not in DOUBTS:
            why = "cell_more" if found.fault == "cell_rest" else found.fault
            return Read(Unread(cell_text(cell), why), params=found.params or {})
        return Read(_settled(column, found.value), found.fault)

    return read


def _below_one(cell: Cell) -> bool:
    """0.281 in a cell that is not formatted as per cent: 28.1 % or 0.281 %, nobody can tell."""
    try:
        return isinstance(cell, str | int | float) and 0 < abs(float(cell)) < 1
    except ValueError:
        return False


def _settled(column: Column, value: Any) -> Value:
    if isinstance(value, DateSpan):
        return value.start if column.first else value.end
    return canonical(column, value)


def _converter(layout: Layout, column: Column, *, fraction: bool) -> Converter:
    as_read = ReadColumn("", 0, "", column.heading, field=column.as_field(), fraction=fraction)
    return converter(as_read, layout.unit_of(column), layout.year)
