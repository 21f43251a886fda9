"""From a document to pieces: GB/T 9704-2012 (党政机关公文格式), the clauses named where they are applied.

Where the standard is silent (a bulletin's head, tables in the text) the usual practice of offices is followed:
docs/howto/official-layout.md tells which.
"""

from dataclasses import dataclass, field, replace
from math import ceil
from typing import Final

from guatu.core.official.layout_table import grid_of
from guatu.core.official.model import (
    Block,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Run,
    SignatureLines,
    Table,
    map_text,
)
from guatu.core.official.pieces import POINTS_PER_MM, Face, Line, PageEnd, Pages, Piece, Rule, Section, Span
from guatu.core.official.wording import WORDS, Words, chinese_number, clean, day_words, width_of

PAGE_MM: Final = (210, 297)
MARGINS_MM: Final = (37, 26, 35, 28)
"""Top, right, bottom, left (5.2.1: 天头 37 mm, 订口 28 mm, 版心 156 mm × 225 mm)."""
LANDSCAPE_MARGINS_MM: Final = (28, 35, 26, 37)
"""The same sheet turned: the head of the table lies at the binding (7.4 横排表格)."""
NARROW_MARGINS_MM: Final = (13, 12, 15, 12)
"""Of a working table: what a printer and a clip need. No official document has them."""
CHARACTERS: Final = 28
ACROSS: Final = 48
"""Characters of a line of a working table (273 mm)."""
BODY: Final = 16.0
PITCH: Final = 28.95
"""22 lines on 225 mm (5.2.3): 579 twentieths of a point."""
TRACKING: Final = -0.25
"""28 characters of 16 pt are 448 pt, the text is 442.2 pt wide: each gives this much, in steps of a twentieth of a
point (with -0.2 the 28th character falls over the edge by a hair)."""
RED: Final = "FF0000"
GREY: Final = "7F7F7F"
SMALL: Final = 14.0

_HEADING_FACES: Final[tuple[Face, ...]] = ("hei", "kai", "body", "body")
_TITLE_SIZE: Final = 22.0
_TITLE_PITCH: Final = 33.0
_NARROW_TITLE: Final = (18.0, 25.0)
_TITLE_CHARACTERS: Final = 19
_WIDEST_TITLE: Final = 20
_HEAD_TOP_MM: Final = 35
_BULLETIN_TOP_MM: Final = 12
_RULE_GAP_MM: Final = 4
_RULE_THICKNESS: Final = 1.5
_BLANK: Final = Line()


def lay_out(document: Document) -> Pages:
    """The document's pages as pieces, cleaned of what cannot be printed."""
    document = map_text(document, clean)
    words = WORDS[document.script]
    flow = _Flow(words, across=document.narrow, landscape=document.narrow)
    title = _narrow_title(document.title) if document.narrow else _title(document.title, first=not document.masthead)
    flow.add(*_head(document), *title)
    if document.addressee:
        flow.add(Line((Span(document.addressee),), align="left"))
    flow.add_blocks(document.blocks)
    signature = _signature(document)
    if signature:
        flow.hold_last()
    flow.add(*_attachment_list(document, words), *signature)
    for place, attachment in enumerate(document.attachments, start=1):
        flow.begin_attachment(
            f"{words.attachment}{place if len(document.attachments) > 1 else ''}", attachment.title, attachment.blocks
        )
    return Pages(
        sections=flow.sections(),
        imprint=_imprint(document, words),
        draft_mark=words.draft if document.draft else "",
        page_numbers=document.page_numbers,
    )


@dataclass
class _Flow:
    """Collects pieces, turns the paper where a landscape table needs it, and counts headings. `across`: all of it lies
    across with narrow margins."""

    words: Words
    across: bool = False
    done: list[Section] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    landscape: bool = False
    counts: list[int] = field(default_factory=lambda: [0, 0, 0, 0])

    def add(self, *pieces: Piece) -> None:
        if pieces:
            self.turn(self.across)
            self.pieces.extend(pieces)

    def turn(self, landscape: bool) -> bool:
        """Paper in this direction; whether that began a new page."""
        if landscape == self.landscape:
            return False
        if self.pieces:
            self.done.append(self._section())
        self.pieces, self.landscape = [], landscape
        return True

    def hold_last(self) -> None:
        """7.3.5.4: a page with the signature holds text too, so the last paragraph stays with what follows."""
        last = self.pieces[-1] if self.pieces else None
        if isinstance(last, Line):
            self.pieces[-1] = replace(last, keep=True)

    def add_blocks(self, blocks: tuple[Block, ...]) -> None:
        for block in blocks:
            if isinstance(block, Table):
                self.turn(block.landscape or self.across)
                self.pieces.extend(_table(block, self.words, narrow=self.across))
            elif isinstance(block, PageBreak):
                self.pieces.append(PageEnd())
            else:
                self.add(self._line(block))

    def begin_attachment(self, mark: str, title: str, blocks: tuple[Block, ...]) -> None:
        """7.3.7: on a new page, its mark in 黑体 at the top left, its title on the third line."""
        first = blocks[0] if blocks else None
        turned = self.turn(self.across or (isinstance(first, Table) and first.landscape))
        self.counts = [0, 0, 0, 0]
        mark_line = Line((Span(mark, "hei"),), align="left", keep=True, new_page=not turned)
        self.pieces += [mark_line, Line(keep=True), *_title_lines(title), Line(keep=True)]
        self.add_blocks(blocks)

    def sections(self) -> tuple[Section, ...]:
        return (*self.done, self._section())

    def _section(self) -> Section:
        return Section(self.landscape, tuple(self.pieces), narrow=self.across)

    def _line(self, block: Heading | Paragraph | SignatureLines) -> Line:
        if isinstance(block, Heading):
            return self._heading(block)
        if isinstance(block, Paragraph) and block.small:
            size, pitch = (9.0, 13.0) if self.across else (12.0, 20.0)
            return Line(_spans(block.runs), size=size, pitch=pitch, align="left", keep=True)
        if isinstance(block, Paragraph):
            return Line(_spans(block.runs), first=2.0 if block.indent else 0.0)
        return _signature_lines(block, ACROSS if self.across else CHARACTERS)

    def _heading(self, heading: Heading) -> Line:
        level = heading.level
        self.counts[level - 1] += 1
        self.counts[level:] = [0] * (4 - level)
        count = self.counts[level - 1]
        number = (f"{chinese_number(count)}、", f"（{chinese_number(count)}）", f"{count}.", f"（{count}）")[level - 1]
        spans = (Span(number + heading.text, _HEADING_FACES[level - 1]), *_spans(heading.run_in))
        return Line(spans, first=2.0, keep=not heading.run_in, outline=level)


def _spans(runs: tuple[Run, ...]) -> tuple[Span, ...]:
    return tuple(Span(run.text, bold=run.bold) for run in runs)


def _head(document: Document) -> list[Piece]:
    """7.2: secrecy and urgency at the top left, the red name, number or issue line, the red rule 4 mm below."""
    marks = [mark for mark in (document.secrecy, document.urgency) if mark]
    pieces: list[Piece] = [Line((Span(mark, "hei"),), align="left") for mark in marks]
    if not document.masthead:
        return pieces
    top = (_BULLETIN_TOP_MM if document.issue else _HEAD_TOP_MM) * POINTS_PER_MM - PITCH * len(marks)
    size = masthead_size(document.masthead)
    name = (Span(document.masthead, "title"),)
    pieces.append(Line(name, size=size, pitch=size * 1.3, align="center", before=max(0.0, top), red=True))
    if document.issue:
        issue = document.issue
        pieces.append(Line((Span(issue.text),), align="center", before=8.0))
        ends = Line((Span(issue.unit),), (Span(day_words(issue.on)),), align="left", left=1.0, right=1.0, before=6.0)
        pieces.append(ends)
    if document.document_number:
        pieces += [] if document.issue else [_BLANK, _BLANK]
        pieces.append(Line((Span(document.document_number),), align="center"))
    pieces.append(Rule(_RULE_THICKNESS, _RULE_GAP_MM * POINTS_PER_MM))
    return pieces


def masthead_size(name: str) -> float:
    """Points of the red name: as large as one line holds, between 26 (then it takes more lines) and 52."""
    return float(max(26, min(52, int(430 / max(1.0, width_of(name))))))


def _title(title: str, first: bool) -> list[Piece]:
    """7.3.1: two blank lines under the rule, centred, then one blank line."""
    return [*([] if first else [_BLANK, _BLANK]), *_title_lines(title), Line(keep=True)]


def _narrow_title(title: str) -> list[Piece]:
    """A working table's title, on one line where the page is wide enough, with little room around it."""
    size, pitch = _NARROW_TITLE
    parts = title_parts(title) if width_of(title) > ACROSS * BODY / size else [title]
    lines = [Line((Span(part, "title"),), size=size, pitch=pitch, align="center", keep=True) for part in parts]
    return [*lines, Line(size=4.0, pitch=5.0, keep=True)]


def _title_lines(title: str) -> list[Piece]:
    return [
        Line((Span(part, "title"),), size=_TITLE_SIZE, pitch=_TITLE_PITCH, align="center", keep=True)
        for part in title_parts(title)
    ]


def title_parts(title: str) -> list[str]:
    """A title's lines: as the caller broke it, else evenly where it is too long for one, not inside a word as far as
    signs tell (digits, Latin words and 《》 stay whole; 的, 、 and the words that open a phrase are good places)."""
    parts = title.split("\n")
    return parts if len(parts) > 1 else _broken_evenly(title)


def _broken_evenly(title: str) -> list[str]:
    lines = ceil(width_of(title) / _TITLE_CHARACTERS)
    parts: list[str] = []
    rest = title
    for left in range(lines, 1, -1):
        # The upper line a little longer than the lower one: 梯形.
        place = _best_place(rest, round(len(rest) / left) + (1 if left == lines else 0), left - 1)
        parts.append(rest[:place])
        rest = rest[place:]
    return [*parts, rest]


_GOOD_AFTER: Final = "的、，）》：年月"
_GOOD_BEFORE: Final = (
    *("关于", "情况", "通报", "进展", "重点", "建设", "（", "《"),
    *("關於", "情況", "通報", "進展", "重點", "建設"),
)


def _best_place(text: str, wanted: int, lines_after: int) -> int:
    near = range(max(1, wanted - 6), min(len(text), wanted + 7))
    places = [
        place
        for place in near
        if width_of(text[:place]) <= _WIDEST_TITLE and width_of(text[place:]) <= _WIDEST_TITLE * lines_after
    ]
    return min(places, key=lambda place: _cost(text, place) + abs(place - wanted), default=wanted)


def _cost(text: str, place: int) -> float:
    before, after = text[place - 1], text[place]
    if (before.isascii() and after.isascii()) or after in "的、，）》：。" or before in "（《":
        return 50.0
    if before.isdigit() or text[:place].count("《") > text[:place].count("》"):
        return 20.0
    return 0.0 if before in _GOOD_AFTER or text.startswith(_GOOD_BEFORE, place) else 5.0


def _attachment_list(document: Document, words: Words) -> list[Piece]:
    """7.3.4 附件说明: one blank line under the text, two characters in, names under each other."""
    titles = [attachment.title.replace("\n", "") for attachment in document.attachments]
    if not titles:
        return []
    if len(titles) == 1:
        only = Span(f"{words.attachment}：{titles[0]}")
        return [Line(keep=True), Line((only,), align="left", left=5.0, hang=3.0, keep=True)]
    lines: list[Piece] = [Line(keep=True)]
    for place, title in enumerate(titles, start=1):
        opening = f"{words.attachment}：" if place == 1 else "　　　"
        lines.append(Line((Span(f"{opening}{place}. {title}"),), align="left", left=6.5, hang=4.5, keep=True))
    return lines


def _signature(document: Document) -> list[Piece]:
    """7.3.5. Under a seal the date stands four characters from the right and the unit centred over it; without one
    the unit stands two characters from the right and the date begins two characters right of the unit's beginning."""
    unit = document.signed_by
    day = day_words(document.signed_on) if document.signed_on else ""
    if not unit and not day:
        return []
    unit_right, day_right = _sealed(unit, day) if document.sealed else _unsealed(unit, day)
    pieces: list[Piece] = [Line(keep=True)] * (2 if document.sealed else 1)
    if unit:
        pieces.append(Line((Span(unit),), align="right", right=unit_right, keep=bool(day)))
    if day:
        pieces.append(Line((Span(day),), align="right", right=day_right))
    return pieces


def _sealed(unit: str, day: str) -> tuple[float, float]:
    half = (width_of(unit) - width_of(day)) / 2
    unit_right = 4.0 - half
    # A long unit pushes the date inwards rather than running out of the text.
    return (unit_right, 4.0) if unit_right >= 0 else (0.0, min(half, CHARACTERS - width_of(day)))


def _unsealed(unit: str, day: str) -> tuple[float, float]:
    day_right = width_of(unit) - width_of(day)
    return (2.0, min(day_right, CHARACTERS / 2)) if day_right >= 2 else (4.0 + width_of(day) - width_of(unit), 2.0)


def _signature_lines(block: SignatureLines, characters: int) -> Line:
    share = characters / max(1, len(block.labels))
    text = "".join(label + "　" * max(1, int(share - width_of(label))) for label in block.labels)
    return Line((Span(text.rstrip("　") or " "),), align="left", before=12.0)


def _table(table: Table, words: Words, *, narrow: bool = False) -> list[Piece]:
    pieces: list[Piece] = []
    grid = grid_of(table, words.nothing, narrow=narrow)
    if table.title:
        pieces.append(Line((Span(table.title, "hei"),), align="center", before=6.0, keep=True))
    if table.unit:
        pieces.append(Line((Span(table.unit),), size=12.0, pitch=20.0, align="right", right=0.5, keep=True))
    pieces.append(grid)
    note = Line((Span(table.note),), size=grid.size, pitch=grid.pitch, align="left", before=3.0)
    after = Line(size=10.0, pitch=12.0)
    return [*pieces, *([note] if table.note else []), after]


def margins_of(section: Section) -> tuple[int, int, int, int]:
    """Top, right, bottom, left of a section's pages in mm."""
    if section.narrow:
        return NARROW_MARGINS_MM
    return LANDSCAPE_MARGINS_MM if section.landscape else MARGINS_MM


def _imprint(document: Document, words: Words) -> tuple[Line, ...]:
    """7.4: copies and printer in 14 pt, one character in from both ends."""
    lines: list[Line] = []
    if document.copies_to:
        copies = Span(f"{words.copies}{'，'.join(document.copies_to)}。")
        lines.append(
            Line((copies,), size=SMALL, pitch=24.0, left=4.0, right=1.0, hang=3.0, keep=bool(document.printed))
        )
    if document.printed:
        when = Span(f"{day_words(document.printed.on)}{words.printed}")
        unit = (Span(document.printed.unit),)
        lines.append(Line(unit, (when,), size=SMALL, pitch=24.0, align="left", left=1.0, right=1.0))
    return tuple(lines)
