"""The pieces of a laid-out page: what docx and PDF both print, so that the two cannot come apart.

Lengths: `size`, `pitch`, `before` in points; `first`, `left`, `right`, `hang` in characters of the piece's own size.
`left` holds for every line, the first one stands `hang` characters out of it or `first` characters in.
"""

from dataclasses import dataclass
from typing import Final, Literal

from guatu.core.official.model import Align

POINTS_PER_MM: Final = 72 / 25.4
CELL_SPACE: Final = 1.2 * POINTS_PER_MM
"""Points between a table's rule and its text."""

Face = Literal["title", "body", "hei", "kai", "song"]
"""小标宋, 仿宋, 黑体, 楷体, 宋体."""


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one face."""

    text: str
    face: Face = "body"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph. `tail` stands at the line's right end. `keep` holds it on the page of what follows; `outline` is its
    level in the navigation of a word processor; `new_page` begins a page."""

    spans: tuple[Span, ...] = ()
    tail: tuple[Span, ...] = ()
    size: float = 16.0
    pitch: float = 28.95
    align: Literal["left", "center", "right", "justify"] = "justify"
    first: float = 0.0
    left: float = 0.0
    right: float = 0.0
    hang: float = 0.0
    before: float = 0.0
    red: bool = False
    keep: bool = False
    outline: int | None = None
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """The red line under the head, as wide as the text."""

    thickness: float
    before: float


@dataclass(frozen=True, slots=True)
class PageEnd:
    """The page ends here."""


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A cell of a table's head, at row and column (from 0), over so many columns and rows."""

    text: str
    row: int
    column: int
    across: int
    down: int


@dataclass(frozen=True, slots=True)
class GridRow:
    """A body row; a `spanned` one holds one cell over the whole width, a `breakable` one may go on overleaf, a
    `heading` is spanned and heads the rows under it."""

    cells: tuple[Span, ...]
    spanned: bool = False
    breakable: bool = False
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: shares of the width that add up to 1, alignments by column, the head's cells and the rows. A
    `whole` table stays on one page; the head `repeats` on every page."""

    shares: tuple[float, ...]
    aligns: tuple[Align, ...]
    head_rows: int
    head: tuple[HeadCell, ...]
    rows: tuple[GridRow, ...]
    size: float
    pitch: float
    whole: bool
    repeats: bool


Piece = Line | Rule | PageEnd | Grid


@dataclass(frozen=True, slots=True)
class Section:
    """Pages of one direction; `narrow` ones have little margin."""

    landscape: bool
    pieces: tuple[Piece, ...]
    narrow: bool = False


@dataclass(frozen=True, slots=True)
class Pages:
    """A laid-out document. `imprint` is the 版记, whose last rule stands on the foot of the last page's text."""

    sections: tuple[Section, ...]
    imprint: tuple[Line, ...]
    draft_mark: str
    page_numbers: bool
