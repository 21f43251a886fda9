"""Pieces as WordprocessingML text (ISO/IEC 29500-1, part 17). Every string goes through `escaped`.

Traps that this avoids, seen on pages: a grid of type linesAndChars is spread apart by LibreOffice, so the grid has
lines only and each run is narrowed; a run without its own East Asian font falls back to the theme's; quotation marks
and dashes turn half-width without the hint.
"""

from collections.abc import Iterable
from typing import Final
from xml.sax.saxutils import escape

from guatu.core.official.layout import PITCH, RED, TRACKING
from guatu.core.official.pieces import CELL_SPACE, POINTS_PER_MM, Face, Grid, GridRow, HeadCell, Line, Rule, Span

FONTS: Final[dict[Face, str]] = {
    "title": "方正小标宋简体",
    "body": "仿宋_GB2312",
    "hei": "黑体",
    "kai": "楷体_GB2312",
    "song": "宋体",
}
"""What an office's machine has. They are named, not embedded: none of them is free."""

_LATIN: Final[dict[Face, str]] = {
    "title": "Times New Roman",
    "body": "Times New Roman",
    "hei": "Times New Roman",
    "kai": "Times New Roman",
    "song": "宋体",
}
_NAMESPACE: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_ALIGN: Final = {"left": "left", "center": "center", "right": "right", "justify": "both"}


def twips(points: float) -> int:
    """Points as twentieths of a point."""
    return round(points * 20)


def mm(length: float) -> int:
    """Millimetres as twips."""
    return twips(length * POINTS_PER_MM)


def escaped(text: str) -> str:
    """Text for an element's content, with line breaks."""
    return '</w:t><w:br/><w:t xml:space="preserve">'.join(escape(part) for part in text.split("\n"))


def run_properties(face: Face, size: float, *, bold: bool = False, color: str = "", tracked: bool = True) -> str:
    """w:rPr of a run: fonts of all four ranges, size in half points."""
    latin, chinese = _LATIN[face], FONTS[face]
    return (
        f'<w:rPr><w:rFonts w:hint="eastAsia" w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{chinese}" '
        f'w:cs="{latin}"/>'
        + ("<w:b/>" if bold else "")
        + (f'<w:color w:val="{color}"/>' if color else "")
        + (f'<w:spacing w:val="{twips(TRACKING)}"/>' if tracked else "")
        + f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/></w:rPr>'
    )


def run(span: Span, size: float, *, color: str = "", tracked: bool = True) -> str:
    """One w:r."""
    properties = run_properties(span.face, size, bold=span.bold, color=color, tracked=tracked)
    return f'<w:r>{properties}<w:t xml:space="preserve">{escaped(span.text)}</w:t></w:r>'


def paragraph(line: Line, text_width: int) -> str:
    """A w:p of a line; `text_width` in twips is where the tail ends."""
    tracked = line.size == 16.0
    color = RED if line.red else ""
    runs = "".join(run(span, line.size, color=color, tracked=tracked) for span in line.spans)
    if line.tail:
        runs += "<w:r><w:tab/></w:r>" + "".join(run(span, line.size, tracked=tracked) for span in line.tail)
    mark = run_properties(line.spans[0].face if line.spans else "body", line.size)
    return f"<w:p><w:pPr>{_paragraph_properties(line, text_width, tracked)}{mark}</w:pPr>{runs}</w:p>"


def _paragraph_properties(line: Line, text_width: int, tracked: bool) -> str:
    # The order of the children is the schema's.
    character = line.size + (TRACKING if tracked else 0)
    right_end = text_width - twips(line.right * character)
    return (
        ("<w:keepNext/>" if line.keep else "")
        + ("<w:pageBreakBefore/>" if line.new_page else "")
        + '<w:widowControl w:val="0"/>'
        + (f'<w:tabs><w:tab w:val="right" w:pos="{right_end}"/></w:tabs>' if line.tail else "")
        # A grid line holds 28.95 pt; a higher line would be pulled over two of them.
        + ('<w:snapToGrid w:val="0"/>' if line.pitch != PITCH else "")
        + f'<w:spacing w:before="{twips(line.before)}" w:after="0" w:line="{twips(line.pitch)}" w:lineRule="exact"/>'
        + _indent(line, character)
        + f'<w:jc w:val="{_ALIGN[line.align]}"/>'
        + (f'<w:outlineLvl w:val="{line.outline - 1}"/>' if line.outline else "")
    )


def _indent(line: Line, character: float) -> str:
    sides = f'w:left="{twips(line.left * character)}" w:right="{0 if line.tail else twips(line.right * character)}"'
    if line.hang:
        return f'<w:ind {sides} w:hanging="{twips(line.hang * character)}"/>'
    if line.first:
        # Counted in characters too, so that text that is typed in the office keeps the indent.
        chars = f'w:firstLineChars="{round(line.first * 100)}" w:firstLine="{twips(line.first * character)}"'
        return f"<w:ind {sides} {chars}/>"
    return f"<w:ind {sides}/>"


def rule(piece: Rule) -> str:
    """The red rule: an empty paragraph of the gap's height with a lower border as wide as the text."""
    border = f'<w:bottom w:val="single" w:sz="{round(piece.thickness * 8)}" w:space="0" w:color="{RED}"/>'
    return (
        f'<w:p><w:pPr><w:widowControl w:val="0"/><w:pBdr>{border}</w:pBdr><w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{twips(piece.before)}" w:lineRule="exact"/></w:pPr></w:p>'
    )


def page_break() -> str:
    """What follows begins on a new page; the break's own paragraph takes no line there."""
    tiny = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    return f'<w:p><w:pPr>{tiny}</w:pPr><w:r><w:br w:type="page"/></w:r></w:p>'


def table(grid: Grid, text_width: int) -> str:
    """A w:tbl with a repeated head and rows that do not break over pages."""
    widths = [round(share * text_width) for share in grid.shares]
    head = "".join(_head_row(grid, place, widths) for place in range(grid.head_rows))
    last = len(grid.rows) - 1
    body = "".join(_body_row(grid, row, widths, place < last) for place, row in enumerate(grid.rows))
    border = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tbl {_NAMESPACE}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{border}</w:tblBorders><w:tblLayout w:type="fixed"/>{_margins()}</w:tblPr>'
        f"{_columns(widths)}{head}{body}</w:tbl>"
    )


def _columns(widths: Iterable[int]) -> str:
    return "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths) + "</w:tblGrid>"


def _margins() -> str:
    sides = f'<w:left w:w="{twips(CELL_SPACE)}" w:type="dxa"/>', f'<w:right w:w="{twips(CELL_SPACE)}" w:type="dxa"/>'
    return f"<w:tblCellMar>{sides[0]}{sides[1]}</w:tblCellMar>"


def _head_row(grid: Grid, place: int, widths: list[int]) -> str:
    cells = [_head_cell(cell, place, grid, widths) for cell in sorted(grid.head, key=lambda cell: cell.column)]
    height = f'<w:trHeight w:val="{twips(grid.pitch * 1.3)}" w:hRule="atLeast"/>'
    repeats = "<w:tblHeader/>" if grid.repeats else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{repeats}</w:trPr>{''.join(cells)}</w:tr>"


def _head_cell(cell: HeadCell, place: int, grid: Grid, widths: list[int]) -> str:
    if not cell.row <= place < cell.row + cell.down:
        return ""
    width = sum(widths[cell.column : cell.column + cell.across])
    span = f'<w:gridSpan w:val="{cell.across}"/>' if cell.across > 1 else ""
    merge = "" if cell.down == 1 else '<w:vMerge w:val="restart"/>' if place == cell.row else "<w:vMerge/>"
    text = Span(cell.text if place == cell.row else "", "hei")
    return _cell(text, width, grid, "center", span + merge, True)


def _body_row(grid: Grid, row: GridRow, widths: list[int], more: bool) -> str:
    keep = (grid.whole or row.heading) and more
    if row.spanned:
        span = f'<w:gridSpan w:val="{len(widths)}"/>' if len(widths) > 1 else ""
        span += '<w:shd w:val="clear" w:color="auto" w:fill="F0F0F0"/>' if row.heading else ""
        cells = _cell(row.cells[0], sum(widths), grid, "left" if row.heading else "center", span, keep)
    else:
        texts = zip(row.cells, widths, grid.aligns, strict=True)
        cells = "".join(_cell(text, width, grid, align, "", keep) for text, width, align in texts)
    height = f'<w:trHeight w:val="{twips(grid.pitch * 1.3)}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr>{'' if row.breakable else '<w:cantSplit/>'}{height}</w:trPr>{cells}</w:tr>"


def _cell(text: Span, width: int, grid: Grid, align: str, merge: str, keep: bool) -> str:
    properties = (
        f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr>{"<w:keepNext/>" if keep else ""}<w:widowControl w:val="0"/><w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{twips(grid.pitch)}" w:lineRule="atLeast"/>'
        f'<w:jc w:val="{align}"/></w:pPr>'
    )
    return f"<w:tc>{properties}{run(text, grid.size, tracked=False)}</w:p></w:tc>"


def imprint(lines: tuple[Line, ...], text_width: int) -> str:
    """The imprint as a floating table on the foot of the text's area: thick rules first and last, thin ones between."""
    thick, thin = 'w:val="single" w:sz="8"', 'w:val="single" w:sz="6"'
    rules = (
        f'<w:top {thick} w:space="0" w:color="000000"/><w:bottom {thick} w:space="0" w:color="000000"/>'
        f'<w:insideH {thin} w:space="0" w:color="000000"/>'
    )
    place = (
        '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:topFromText="284" w:vertAnchor="margin" '
        'w:horzAnchor="margin" w:tblpXSpec="left" w:tblpYSpec="bottom"/>'
    )
    sides = '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
    rows = "".join(
        f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{text_width}" w:type="dxa"/></w:tcPr>'
        f"{paragraph(line, text_width)}</w:tc></w:tr>"
        for line in lines
    )
    return (
        f'<w:tbl {_NAMESPACE}><w:tblPr>{place}<w:tblW w:w="{text_width}" w:type="dxa"/>'
        f'<w:tblBorders>{rules}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{sides}</w:tblCellMar></w:tblPr>"
        f"{_columns([text_width])}{rows}</w:tbl>"
    )


def with_namespace(xml: str) -> str:
    """A piece as a document of its own, for the parser."""
    return xml if _NAMESPACE in xml[:200] else xml.replace("<w:p>", f"<w:p {_NAMESPACE}>", 1)
