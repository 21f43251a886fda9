"""How wide columns and how high rows have to be, so that a wrapped text shows whole. Widths in half-width characters."""

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
LINES = 5
"""A column is as wide as most of its texts need for so many lines."""
NARROWEST, MOST = 6, 120
_AIR = 2  # what borders and padding take of a column
_LOOSE = 1.07  # lines do not break where they are full


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
    """Decimals that show a column's amounts: none where all are whole; two in 万元 or 元, up to four in 亿元."""
    odd = [value for value in values if isinstance(value, int) and value % unit.factor]
    if not odd:
        return 0
    if unit is not MoneyUnit.YI:
        return 2
    return 2 if all(value % (unit.factor // 100) == 0 for value in odd) else 4


def column_width(column: Column, texts: Sequence[str]) -> float:
    """As wide as most texts need for a few lines, and as the longest needs to fit into the highest row."""
    heading = max(width_of(column.heading) / 2 + _AIR, NARROWEST)
    longest = max((width_of(line) for text in texts for line in text.split("\n")), default=0) + _AIR
    if column.kind is not Kind.TEXT:
        return max(heading, longest + 1)
    if column.to_fill:
        return max(heading, column.widest)
    widths = sorted(sum(width_of(line) for line in text.split("\n")) for text in texts)
    usual = widths[len(widths) * 9 // 10] if widths else 0
    wanted = min(max(heading, usual * _LOOSE / LINES + _AIR, min(longest, 12)), column.widest)
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
