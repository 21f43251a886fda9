"""How wide columns and how high rows have to be to show a wrapped text whole. Widths in half-width characters."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import ceil

from guatu.core.books.model import Column, Kind, Row, Value
from guatu.domain.money import MoneyUnit, format_amount

PITCH = 15.0
"""Points of one line of the body's text."""
HIGHEST = 405.0
"""Points; spreadsheets show no row higher than 409."""
LINES = (2, 3, 4, 5)
"""A column is as wide as most of its texts need for so many lines: the fewest with which the page is not crowded."""
PAGE = 240
"""Half-width characters of the body's size that stand across a page of A3."""
NARROWEST, MOST = 6, 120
LEAST = {Kind.MONEY: 10, Kind.DATE: 9}
_AIR = 1  # what borders and padding take of a column
_LOOSE = 1.06  # lines do not break where they are full
_SHORT = 10  # a text up to this wide is not broken
_WORD = re.compile(r"[0-9A-Za-z.,]{2,}")  # a telephone number is not broken


@lru_cache(maxsize=65536)
def width_of(text: str) -> int:
    """Half-width characters of one line: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def lines_of(text: str, width: float) -> int:
    """Lines that a text takes in a column of a width."""
    room = max(width - _AIR, 2)
    return sum(max(1, ceil(width_of(line) * _LOOSE / room)) for line in text.split("\n"))


def shown(value: Value, column: Column, unit: MoneyUnit, places: int) -> str:
    """About what the cell will show."""
    if value is None:
        return ""
    if column.kind is Kind.MONEY and isinstance(value, int):
        return format_amount(value, unit, places)
    return str(value)


def places_of(values: Iterable[Value], unit: MoneyUnit) -> int:
    """Decimals that show a column's amounts: none where all are whole, two, or four where two would show nothing."""
    odd = [value for value in values if isinstance(value, int) and value % unit.factor]
    if not odd:
        return 0
    return 2 if unit is MoneyUnit.YUAN or min(map(abs, odd)) * 200 >= unit.factor else 4


def column_widths(columns: Sequence[Column], texts: Sequence[Sequence[str]]) -> list[float]:
    """Each column as wide as its texts need; a crowded page breaks them into more lines."""
    widths: list[float] = []
    for lines in LINES:
        widths = [column_width(column, shown, lines) for column, shown in zip(columns, texts, strict=True)]
        if sum(widths) <= PAGE:
            break
    return widths


def column_width(column: Column, texts: Sequence[str], lines: int) -> float:
    """As wide as most texts need for a few lines, and as the longest needs to fit into the highest row."""
    heading = max(width_of(column.heading) / 2 + 1.5 * _AIR, NARROWEST)
    longest = max((width_of(line) for text in texts for line in text.split("\n")), default=0) + _AIR
    if column.kind is not Kind.TEXT:
        return max(heading, longest + _AIR, LEAST.get(column.kind, 0))
    if column.to_fill:
        return max(heading, column.widest)
    widths = sorted(sum(width_of(line) for line in text.split("\n")) for text in texts)
    usual = widths[len(widths) * 9 // 10] if widths else 0
    whole = max((len(word) for text in texts for word in _WORD.findall(text)), default=0) + 1.5 * _AIR
    wanted = min(max(heading, usual * _LOOSE / lines + _AIR, min(longest, _SHORT), whole), column.widest)
    wanted = max(wanted, heading) if longest > wanted else max(heading, min(wanted, longest))
    while wanted < MOST and any(lines_of(text, wanted) * PITCH > HIGHEST for text in texts):
        wanted += 6
    return wanted


def row_height(texts: Iterable[tuple[str, float]], least: float) -> float:
    """Points that a row needs for (text, width of its column)."""
    lines = max((lines_of(text, width) for text, width in texts if text), default=1)
    return min(max(lines * PITCH + 4, least), HIGHEST)


def texts_of(rows: Sequence[Row], column: Column, unit: MoneyUnit, places: int) -> list[str]:
    """A column's cells as they will show."""
    return [shown(row.get(column.code), column, unit, places) for row in rows]
