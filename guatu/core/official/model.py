"""What an official document consists of, before any layout: plain frozen values, no nouns of any business.

The parts and their order are those of GB/T 9704-2012 (党政机关公文格式): the head (版头), the body (主体) with its
attachments, and the imprint (版记). A bulletin (简报) differs only in its head: an issue line in place of a number.
Text is taken as it is given; what cannot be printed (control characters) is removed at the time of rendering.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from typing import Any, Final, Literal, TypeVar

Align = Literal["left", "center", "right"]
Script = Literal["hans", "hant"]

_NOT_CONTENT: Final = {"content": False}
"""Marks a field whose strings are keys or choices: never converted, never cleaned."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. `figure` is the key of the figure that the text states, for a checker; it is not
    printed."""

    text: str
    bold: bool = False
    figure: str | None = field(default=None, metadata=_NOT_CONTENT)


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading, level 1 to 4: 一、 (黑体), （一） (楷体), 1. and （1） (仿宋). The layout makes the
    number from the order of headings, so `text` holds none. `run_in` follows in the same paragraph, in the body's face.
    Raises ValueError for another level."""

    level: int
    text: str
    run_in: tuple[Run, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 4:
            raise ValueError(f"a heading has level 1 to 4, not {self.level}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body, first line two characters in unless `indent` is false. A `small` one is a line of facts
    over a working table: 12 pt, close under the one before it."""

    runs: tuple[Run, ...]
    indent: bool = True
    small: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column. `weight` is its share of the table's width; neighbours with the same `group` stand under one
    heading of that name, which makes the head two rows high."""

    heading: str
    weight: float = 1.0
    align: Align = field(default="center", metadata=_NOT_CONTENT)
    group: str | None = None

    def __post_init__(self) -> None:
        if not self.weight > 0:
            raise ValueError(f"column {self.heading!r} has no width")


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row, one run a column. A total stands out wherever it is (top, bottom or under its category). A
    `heading` is one cell over the whole width: it stays with the rows under it, and is said again where they go on.
    """

    cells: tuple[Run, ...]
    total: bool = False
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table in the text's flow. `unit` is the whole line over its right end, such as 单位：万元. A landscape table
    stands on pages of its own; a short one stays on one page if it is to be `together`. Raises ValueError when it has
    no column or a row's length differs from the columns'."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str = ""
    unit: str = ""
    note: str = ""
    landscape: bool = False
    together: bool = True

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError("a table has at least one column")
        for place, row in enumerate(self.rows, start=1):
            if len(row.cells) != (1 if row.heading else len(self.columns)):
                raise ValueError(f"row {place} has {len(row.cells)} cells for {len(self.columns)} columns")


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class SignatureLines:
    """A line to be signed by hand: the labels (填报人：, 负责人：) evenly over the width, with room after each."""

    labels: tuple[str, ...]


Block = Heading | Paragraph | Table | PageBreak | SignatureLines


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment: announced under the body, printed on a page of its own; headings are numbered afresh in it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class IssueLine:
    """A bulletin's issue: `text` as printed (第3期, 2019年第3期), the unit that edits it and its day."""

    text: str
    unit: str
    on: date


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who printed the document and when (印发机关和印发日期)."""

    unit: str
    on: date


@dataclass(frozen=True, slots=True)
class Document:
    """An official document.

    `masthead` is the red name at the top (发文机关标志), left out with its rule when empty. `document_number` is
    printed as given (某政办〔2019〕5号). A line break in `title` is kept; without one a long title is broken evenly.
    `sealed` says whether a seal will stand over the signature, which moves it. `draft` prints 未签发 on every page.
    `script` chooses the fixed words; `to_traditional` sets it. `narrow` is a working table, no official document: every
    page across with narrow margins, small type and close rows.
    """

    title: str
    blocks: tuple[Block, ...]
    masthead: str = ""
    document_number: str | None = None
    issue: IssueLine | None = None
    addressee: str = ""
    attachments: tuple[Attachment, ...] = ()
    signed_by: str = ""
    signed_on: date | None = None
    sealed: bool = True
    copies_to: tuple[str, ...] = ()
    printed: Imprint | None = None
    secrecy: str | None = None
    urgency: str | None = None
    draft: bool = False
    page_numbers: bool = True
    narrow: bool = False
    script: Script = field(default="hans", metadata=_NOT_CONTENT)


def paragraph(*parts: str | Run, indent: bool = True, small: bool = False) -> Paragraph:
    """A paragraph of strings and runs."""
    return Paragraph(_runs(parts), indent=indent, small=small)


def row(*cells: str | Run, total: bool = False) -> Row:
    """A table's row of strings and runs."""
    return Row(_runs(cells), total=total)


def heading_row(text: str) -> Row:
    """A table's row that heads those under it."""
    return Row((Run(text),), heading=True)


def _runs(parts: tuple[str | Run, ...]) -> tuple[Run, ...]:
    return tuple(Run(part) if isinstance(part, str) else part for part in parts)


Part = TypeVar("Part")


def map_text(part: Part, change: Callable[[str], str]) -> Part:
    """The same document (or part of one) with every printed string changed; keys and choices stay as they are."""
    changed: Any = _mapped(part, change)
    assert isinstance(changed, type(part))
    return changed


def _mapped(part: Any, change: Callable[[str], str]) -> Any:
    if isinstance(part, str):
        return change(part)
    if isinstance(part, tuple):
        return tuple(_mapped(each, change) for each in part)
    if is_dataclass(part) and not isinstance(part, type):
        content = [each.name for each in fields(part) if each.metadata.get("content", True)]
        return replace(part, **{name: _mapped(getattr(part, name), change) for name in content})
    return part
