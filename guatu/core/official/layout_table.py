"""A table's geometry: head cells over columns and rows, widths, the size of its text, what must stay on one page."""

import re
from itertools import groupby
from math import ceil
from typing import Final

from guatu.core.official.model import Column, Table
from guatu.core.official.pieces import CELL_SPACE, POINTS_PER_MM, Grid, GridRow, HeadCell, Span
from guatu.core.official.wording import width_of

_SIZES: Final = ((6, 12.0), (10, 10.5), (14, 9.0))
"""Up to so many columns on a portrait page: points of the text. A landscape page holds half as many again."""
_SMALLEST: Final = 7.5
_PITCH: Final = 1.5
_TEXT_MM: Final = {False: 156, True: 225}
_NARROW_MM: Final = 273
_NARROW_SIZE: Final = 9.0
_NARROW_PITCH: Final = 1.3
_NUMBER: Final = re.compile(r"\d{4}-\d{2}-\d{2}|[+\-]?\d[\d,.]*%?")
_DIGIT: Final = 0.56
"""A digit's width in a bold face, as a share of the size."""
_WHOLE_UP_TO: Final = {False: 380.0, True: 260.0}
"""A table up to so many points high (by direction) is not broken over pages."""


def grid_of(table: Table, nothing: str, *, narrow: bool = False) -> Grid:
    """The table as a grid; one without rows says `nothing` over its whole width. A `narrow` page has more room for it
    and smaller, closer rows.
    """
    total = sum(column.weight for column in table.columns)
    shares = tuple(column.weight / total for column in table.columns)
    text_mm = _NARROW_MM if narrow else _TEXT_MM[table.landscape]
    widths = [share * text_mm * POINTS_PER_MM - 2 * CELL_SPACE for share in shares]
    size = min(text_size(table, widths), _NARROW_SIZE if narrow else _SIZES[0][1])
    pitch = size * (_NARROW_PITCH if narrow else _PITCH)
    whole_width = [sum(widths)]
    heights = [
        _lines([cell.text for cell in row.cells], whole_width if row.heading else widths, size) * pitch
        for row in table.rows
    ]
    most = _WHOLE_UP_TO[table.landscape]
    rows = tuple(
        GridRow(
            tuple(Span(cell.text, "hei" if row.total or row.heading else "body", cell.bold) for cell in row.cells),
            spanned=row.heading,
            breakable=height > most,
            heading=row.heading,
        )
        for row, height in zip(table.rows, heights, strict=True)
    )
    return Grid(
        shares=shares,
        aligns=tuple(column.align for column in table.columns),
        head_rows=2 if any(column.group for column in table.columns) else 1,
        head=head_cells(table.columns),
        rows=rows or (GridRow((Span(nothing),), spanned=True),),
        size=size,
        pitch=pitch,
        whole=table.together and sum(heights) <= most,
        # A head that fills a page would leave no room for a row.
        repeats=_lines([column.heading + (column.group or "") for column in table.columns], widths, size) * pitch
        <= most,
    )


def text_size(table: Table, widths: list[float]) -> float:
    """Points of a table's text: by its number of columns, and small enough that no number is broken in its column."""
    columns = len(table.columns) / (1.5 if table.landscape else 1)
    size = next((size for most, size in _SIZES if columns <= most), _SMALLEST)
    for place, width in enumerate(widths):
        cells = (row.cells[place].text for row in table.rows if not row.heading)
        numbers = (found for text in cells for found in _NUMBER.findall(text))
        longest = max(map(len, numbers), default=0)
        if longest:
            size = min(size, int(width / (longest * _DIGIT) * 2) / 2)
    return max(_SMALLEST, size)


def _lines(texts: list[str], widths: list[float], size: float) -> int:
    def lines(text: str, width: float) -> int:
        return sum(ceil(width_of(part) * size / max(width, size)) or 1 for part in text.split("\n"))

    return max(map(lines, texts, widths))


def head_cells(columns: tuple[Column, ...]) -> tuple[HeadCell, ...]:
    """The head's cells, row by row: neighbours of one group share a cell, a column without a group is two rows high."""
    if not any(column.group for column in columns):
        return tuple(HeadCell(column.heading, 0, place, 1, 1) for place, column in enumerate(columns))
    upper: list[HeadCell] = []
    lower: list[HeadCell] = []
    for group, members in groupby(enumerate(columns), key=lambda pair: pair[1].group):
        inside = list(members)
        if group:
            upper.append(HeadCell(group, 0, inside[0][0], len(inside), 1))
            lower += [HeadCell(column.heading, 1, place, 1, 1) for place, column in inside]
        else:
            upper += [HeadCell(column.heading, 0, place, 1, 2) for place, column in inside]
    return (*upper, *lower)
