"""Head and body of a table as ready strings: 50 rows of 15 columns in under 3 ms. Formats escape their values."""

from collections.abc import Callable, Iterable
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from guatu.core.tables.columns import Column
from guatu.core.tables.grouped import MORE_ROWS, Shown

if TYPE_CHECKING:
    from guatu.core.tables.table import TableView


SHORT = 4


def _classes(column: Column, starts: bool, stuck: bool = False) -> str:
    short = ("nw", _is_short(column))
    marks = (("num", column.numeric), ("gl", starts), ("stick", stuck), ("long", column.format.long), short)
    names = [name for name, on in marks if on]
    return f' class="{" ".join(names)}"' if names else ""


def _is_short(column: Column) -> bool:
    """Whether its words are so short that a line break inside of one would look like a fault (区级)."""
    words = column.format.words
    return words is not None and max((len(str(word)) for word in words.values()), default=0) <= SHORT


def _starts(columns: list[Column]) -> list[bool]:
    """Whether a column begins a group, or ends one by not being in it: there stands the vertical hairline."""
    return [place > 0 and str(column.group) != str(columns[place - 1].group) for place, column in enumerate(columns)]


def head(view: "TableView") -> SafeString:
    """The group line, if any, and the line of column heads, whose words sort."""
    starts = _starts(view.columns)
    lines = [_group_line(view)] if view.grouped else []
    order = {code: (down, place + 1) for place, (code, down) in enumerate(view.state.sort)}
    stuck = stuck_place(view.columns)
    cells = (
        _head_cell(view, column, _classes(column, start, place == stuck), order)
        for place, (column, start) in enumerate(zip(view.columns, starts, strict=True))
    )
    lines.append(f"<tr>{_pick_head(view)}{''.join(cells)}</tr>")
    return mark_safe("".join(lines))  # every part is escaped where it is made


def _pick_head(view: "TableView") -> str:
    if not view.picks:
        return ""
    words = escape(_("选中本页各行"))
    box = f'<input type="checkbox" aria-label="{words}" data-pick-all>'
    return f'<th scope="col" class="pick">{box}</th>'


def _group_line(view: "TableView") -> str:
    cells: list[str] = []
    for words, listed in groupby(view.columns, key=lambda column: str(column.group)):
        span = len(list(listed))
        if words:
            edge = " gl" if cells else ""
            cells.append(f'<th scope="colgroup" colspan="{span}" class="cg{edge}">{escape(words)}</th>')
        else:
            cells.append(f'<td colspan="{span}"{" class=gl" if cells else ""}></td>')
    return f"<tr>{_no_pick(view)}{''.join(cells)}</tr>"


def _head_cell(view: "TableView", column: Column, classes: str, order: dict[str, tuple[bool, int]]) -> str:
    unit = f'<span class="u">{escape(str(column.format.unit))}</span>' if column.format.unit else ""
    words = escape(str(column.words)) + unit
    if not column.sortable:
        return f'<th scope="col"{classes}>{words}</th>'
    aria, mark = "", ""
    down_next = column.numeric
    if column.code in order:
        down, rank = order[column.code]
        down_next = not down
        aria = f' aria-sort="{"descending" if down else "ascending"}"'
        number = rank if len(order) > 1 else ""
        mark = f'<span class="sort-mark" aria-hidden="true">{"▾" if down else "▴"}{number}</span>'
    url = escape(view.state.with_params({"sort": ("-" if down_next else "") + column.code}))
    return f'<th scope="col"{classes}{aria}><a href="{url}">{words}{mark}</a></th>'


def body(view: "TableView") -> SafeString:
    """Totals first (what you see must be the sum of what you opened), then the page's rows."""
    makers = Makers(view)
    lines = [_totals_line(view)] if view.totals and view.count else []
    if view.group is None:
        lines += makers.rows(view.page_rows())
    else:
        for shown in view.group.shown:
            lines.append(_group_row(view, shown))
            lines += makers.rows(shown.rows)
            if shown.left:
                lines.append(_left_row(view, shown))
    return mark_safe("".join(lines))


def _group_row(view: "TableView", shown: Shown) -> str:
    """The group's words, which fold it, its count and its subtotals, on tinted ground."""
    starts, columns = _starts(view.columns), view.columns
    span = 1
    while span < len(columns) and not starts[span] and not {columns[0].code, columns[span].code} & shown.totals.keys():
        span += 1
    count = escape(_("%(count)s 项") % {"count": f"{shown.count:,}"})
    mark = "▾" if shown.is_open else "▸"
    state = "true" if shown.is_open else "false"
    words = (
        f'<a class="ink fold" href="{escape(shown.toggle_url)}" hx-boost="true" aria-expanded="{state}">'
        f'<span aria-hidden="true">{mark}</span> {escape(shown.words)}</a> <span class="cap">{count}</span>'
    )
    own = columns[0].format.html(shown.totals[columns[0].code]) if columns[0].code in shown.totals else ""
    spans = f' colspan="{span}"' if span > 1 else ""
    cells = [f'<th scope="rowgroup" class="stick"{spans}>{words} {own}</th>']
    for column, start in zip(columns[span:], starts[span:], strict=True):
        known = column.code in shown.totals
        label = f' data-label="{escape(str(column.words))}"' if known else ""
        text = column.format.html(shown.totals[column.code]) if known else ""
        cells.append(f"<td{_classes(column, start)}{label}>{text}</td>")
    return f'<tr class="grp">{_no_pick(view)}{"".join(cells)}</tr>'


def _no_pick(view: "TableView") -> str:
    return '<td class="pick"></td>' if view.picks else ""


def _left_row(view: "TableView", shown: Shown) -> str:
    if shown.more_url:
        words = escape(_("再显示 %(count)s 项") % {"count": f"{min(shown.left, MORE_ROWS - len(shown.rows)):,}"})
        text = f'<a href="{escape(shown.more_url)}" hx-boost="true">{words}</a>'
    else:
        text = escape(_("此组还有 %(count)s 项，请筛选后查看") % {"count": f"{shown.left:,}"})
    return f'<tr class="left">{_no_pick(view)}<td class="stick" colspan="{len(view.columns)}">{text}</td></tr>'


class Makers:
    """For each column a maker of its cell from the value and the row's link, made once a page."""

    def __init__(self, view: "TableView") -> None:
        starts, columns = _starts(view.columns), view.columns
        url = view.table.link.url() if view.table.link and any(column.link for column in columns) else None
        stuck = stuck_place(columns)
        self.cells = [
            _linked(column, start, url, place == stuck) if column.link and url else _cell(column, start, place == stuck)
            for place, (column, start) in enumerate(zip(columns, starts, strict=True))
        ]
        self.pick = _picker(view, stuck) if view.picks else None

    def rows(self, rows: Iterable[tuple[Any, ...]]) -> list[str]:
        """The rows as markup."""
        cells, places, pick = self.cells, range(len(self.cells)), self.pick
        if pick is None:
            return ["<tr>" + "".join([cells[at](row[at], row[-1]) for at in places]) + "</tr>" for row in rows]
        return [
            '<tr aria-selected="false">' + pick(row) + "".join([cells[at](row[at], row[-1]) for at in places]) + "</tr>"
            for row in rows
        ]


def stuck_place(columns: list[Column]) -> int:
    """The column that stays in sight while the rest scrolls: the one that opens the row, or the first."""
    return next((place for place, column in enumerate(columns) if column.link), 0)


def _picker(view: "TableView", named: int) -> Callable[[tuple[Any, ...]], str]:
    """The box that selects a row, with its whole values to be summed."""
    codes = {column.code: place for place, column in enumerate(view.columns)}
    sums = [(f' data-sum-{escape(one.code)}="', codes[one.code]) for one in view.chrome.pick_sums()]
    name, words = view.columns[named].format.text, escape(_("选中"))

    def made(row: tuple[Any, ...]) -> str:
        values = "".join([f'{attribute}{row[at]}"' for attribute, at in sums if row[at] is not None])
        label = f"{words} {escape(name(row[named]))}"
        box = f'<input type="checkbox" value="{escape(str(row[-1]))}" aria-label="{label}" data-pick{values}>'
        return f'<td class="pick">{box}</td>'

    return made


def _cell(column: Column, starts: bool, stuck: bool) -> Callable[[Any, Any], str]:
    show = column.format.html
    before = f'<td{_classes(column, starts, stuck)} data-label="{escape(str(column.words))}">'
    return lambda value, link: f"{before}{show(value)}</td>"


def _linked(column: Column, starts: bool, url: Callable[[Any], str], stuck: bool) -> Callable[[Any, Any], str]:
    show = column.format.html
    before = f'<th scope="row"{_classes(column, starts, stuck)}>'
    return lambda value, link: f'{before}<a class="ink" href="{escape(url(link))}">{show(value)}</a></th>'


def _totals_line(view: "TableView") -> str:
    said, cells, stuck = False, list[str](), stuck_place(view.columns)
    for column, starts in zip(view.columns, _starts(view.columns), strict=True):
        text = column.format.html(view.totals[column.code]) if column.code in view.totals else ""
        if not said and column.code not in view.totals:
            said = True
            count = escape(_("%(count)s 项") % {"count": f"{view.count:,}"})
            text = f'{escape(_("合计"))} <span class="cap">{count}</span>'
        label = f' data-label="{escape(str(column.words))}"' if column.code in view.totals else ""
        cells.append(f"<td{_classes(column, starts, len(cells) == stuck)}{label}>{text}</td>")
    return f'<tr class="tot">{_no_pick(view)}{"".join(cells)}</tr>'
