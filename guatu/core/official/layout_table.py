"""A table's geometry: head cells over columns and rows, widths, the size of its text."""

from itertools import groupby
from typing import Final

from guatu.core.official.model import Column, Table
from guatu.core.official.pieces import Grid, GridRow, HeadCell, Span

_SIZES: Final = ((6, 12.0), (10, 10.5), (14, 9.0))
"""Up to so many columns on a portrait page: points of the text. A landscape page holds half as many again."""
_SMALLEST: Final = 7.5


def grid_of(table: Table, nothing: str) -> Grid:
    """The table as a grid; one without rows says `nothing` over its whole width."""
    total = sum(column.weight for column in table.columns)
    size = text_size(len(table.columns), table.landscape)
    rows = tuple(
        GridRow(tuple(Span(cell.text, "hei" if row.total else "body", cell.bold) for cell in row.cells))
        for row in table.rows
    )
    return Grid(
        shares=tuple(column.weight / total for column in table.columns),
        aligns=tuple(column.align for column in table.columns),
        head_rows=2 if any(column.group for column in table.columns) else 1,
        head=head_cells(table.columns),
        rows=rows or (GridRow((Span(nothing),), spanned=True),),
        size=size,
        pitch=size * 1.5,
    )


def text_size(columns: int, landscape: bool) -> float:
    """Points of a table's text by its number of columns."""
    fitting = columns / 1.5 if landscape else columns
    return next((size for most, size in _SIZES if fitting <= most), _SMALLEST)


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
