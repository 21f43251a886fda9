"""What is seen as a file: the same columns, filters and order, all rows. Text can never become a formula."""

import csv
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import groupby, islice
from typing import IO, TYPE_CHECKING, Any

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from guatu.core import clock
from guatu.core.attachments import disposition
from guatu.core.file_types import MEDIA_TYPES
from guatu.core.tables.columns import Column
from guatu.core.tables.grouping import Group

if TYPE_CHECKING:
    from guatu.core.tables.table import TableView

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CELL_MOST = 32_767
ROWS_A_PIECE = 200
LONG = 5_000  # rows from which a workbook is written line by line, in little memory


def file_name(view: "TableView", ending: str) -> str:
    """The table's title and the business date."""
    return f"{view.title}_{clock.today():%Y%m%d}.{ending}"


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula (OWASP: CSV injection)."""
    return "'" + text if text.startswith(FORMULA_STARTS) else text


def _once(column: Column, make: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The words of a choice are looked up once a file, not once a cell."""
    return make if column.format.words is None else lru_cache(maxsize=256)(make)


# -- CSV --------------------------------------------------------------------------------------------------------------
class _Echo:
    """A file that hands back what is written."""

    def write(self, line: str) -> str:
        return line


def csv_lines(view: "TableView") -> Iterator[str]:
    """Pieces of the CSV: a byte-order mark (Excel and WPS need it), the heads with their units, the rows.

    Numbers are without thousands commas; there is no line of totals, since programs would count it as a row. Grouped
    rows stand under a line with the group's words, count and subtotals, as on the page.
    """
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([harmless(column.head) for column in view.columns])
    shows = [_once(column, column.format.text) for column in view.columns]
    guarded = [not column.format.numeric for column in view.columns]
    cells = list(zip(shows, guarded, strict=True))

    def line(row: tuple[Any, ...]) -> Any:
        texts = [
            harmless(show(value)) if guard else show(value) for (show, guard), value in zip(cells, row, strict=False)
        ]
        return writer.writerow(texts)

    for heading, rows in _parts(view):
        if heading is not None:
            yield writer.writerow(_heading_texts(view, heading))
        while piece := list(islice(rows, ROWS_A_PIECE)):
            yield "".join(line(row) for row in piece)


def _parts(view: "TableView") -> Iterator[tuple[Group | None, Iterator[tuple[Any, ...]]]]:
    """All rows under their groups, or under none."""
    if view.group is None:
        yield None, view.all_rows()
    else:
        yield from view.group.each()


def _heading(view: "TableView", group: Group) -> tuple[int, str, dict[str, Any]]:
    """Where a group's words stand (the first column without a total), the words with the count, and its totals."""
    totals = view.finished(group.count, dict(group.sums))
    free = (place for place, column in enumerate(view.columns) if column.code not in totals)
    words = view.group.words_of(group.value) if view.group is not None else ""
    return next(free, 0), _("%(group)s %(count)s 项") % {"group": words, "count": group.count}, totals


def _heading_texts(view: "TableView", group: Group) -> list[str]:
    at, words, totals = _heading(view, group)
    texts = [column.format.text(totals[column.code]) if column.code in totals else "" for column in view.columns]
    texts[at] = harmless(words)
    return texts


def csv_response(view: "TableView") -> StreamingHttpResponse:
    """The CSV, streamed."""
    response = StreamingHttpResponse(csv_lines(view), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = disposition(file_name(view, "csv"))
    return response


# -- xlsx -------------------------------------------------------------------------------------------------------------
def xlsx_response(view: "TableView") -> FileResponse:
    """The workbook, written to a temporary file and sent from there."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it
    write_xlsx(view, file)
    file.seek(0)
    response = FileResponse(file, content_type=MEDIA_TYPES["xlsx"])
    response["Content-Disposition"] = disposition(file_name(view, "xlsx"))
    return response


def write_xlsx(view: "TableView", file: IO[bytes]) -> None:
    """Title, what it is of, heads in one or two lines, totals, rows; set up to be printed on A4 across."""
    options = {
        "constant_memory": view.count > LONG,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(file, options) as book:
        _Sheet(view, book).write()


class _Sheet:
    def __init__(self, view: "TableView", book: Any) -> None:
        self.view, self.columns, self.long = view, view.columns, view.count > LONG
        name = "".join(char for char in view.title if char not in "[]:*?/\\'")[:31] or "Sheet1"
        self.sheet = book.add_worksheet(name)
        head = {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "border": 1}
        self.title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
        self.plain = book.add_format({"font_size": 10, "align": "left"})
        self.unit = book.add_format({"font_size": 10, "align": "right"})
        self.head = book.add_format(head)
        self.looks = [book.add_format(_look(column)) for column in self.columns]
        self.totals = [book.add_format({**_look(column), "bold": True}) for column in self.columns]

        tint = {"bold": True, "bg_color": "#F3EFE4"}
        self.groups = [book.add_format({**_look(column), **tint}) for column in self.columns]
        self.sheet.outline_settings(symbols_below=False)

    def write(self) -> None:
        last = len(self.columns) - 1
        heads = 3 if self.view.grouped else 2
        for place, column in enumerate(self.columns):
            self.sheet.set_column(place, place, min(column.width, 60))
        self._line(0, self.view.title, last, self.title)
        self.sheet.set_row(0, 28)
        self._second_line(last)
        self._heads(2)
        row = heads + 1
        if self.view.totals and self.view.count:
            self._totals_line(row)
            row += 1
        cells = [_once(column, column.format.cell) for column in self.columns]
        for heading, rows in _parts(self.view):
            if heading is not None:
                self._group_line(row, heading)
                row += 1
            for values in rows:
                if heading is not None:
                    self._under(row, heading)
                for place, cell in enumerate(cells):
                    self._cell(row, place, cell(values[place]), self.looks[place])
                row += 1
        self._set_up(heads, row - 1, last)

    def _line(self, row: int, text: str, last: int, look: Any) -> None:
        self.sheet.write_string(row, 0, text, look)
        if last > 0:
            self.sheet.merge_range(row, 0, row, last, text, look)

    def _second_line(self, last: int) -> None:
        """What the rows are on the left; the unit on the right, when all amounts share one."""
        filters = "；".join(option.words for option in self.view.chrome.chips())
        said = "　".join(part for part in (self.view.sub, filters) if part)
        self.sheet.write_string(1, 0, said, self.plain)
        units = {str(column.format.unit) for column in self.columns if column.format.code == "money"}
        if len(units) == 1 and last > 0:
            self.sheet.write_string(1, last, _("单位：%(unit)s") % {"unit": units.pop()}, self.unit)

    def _heads(self, row: int) -> None:
        """One line of heads, or two with merged groups, where heads without a group reach over both.

        A long sheet is written line by line, so a merge over two lines is not possible there: the head stands below.
        """
        if not self.view.grouped:
            for place, column in enumerate(self.columns):
                self.sheet.write_string(row, place, column.head, self.head)
            return
        numbered = list(enumerate(self.columns))
        for words, listed in groupby(numbered, key=lambda item: str(item[1].group)):
            places = [place for place, _column in listed]
            for place in places:
                self.sheet.write_string(row, place, words, self.head)
            if words and len(places) > 1:
                self.sheet.merge_range(row, places[0], row, places[-1], words, self.head)
        for place, column in numbered:
            self.sheet.write_string(row + 1, place, column.head, self.head)
            if not column.group and not self.long:
                self.sheet.merge_range(row, place, row + 1, place, column.head, self.head)

    def _totals_line(self, row: int) -> None:
        said = False
        for place, column in enumerate(self.columns):
            if column.code in self.view.totals:
                self._cell(row, place, column.format.cell(self.view.totals[column.code]), self.totals[place])
                continue
            text = "" if said else _("合计 %(count)s 项") % {"count": self.view.count}
            said = True
            self.sheet.write_string(row, place, text, self.totals[place])

    def _group_line(self, row: int, group: Group) -> None:
        at, words, totals = _heading(self.view, group)
        for place, column in enumerate(self.columns):
            if place == at:
                self.sheet.write_string(row, place, words, self.groups[place])
            elif column.code in totals:
                self._cell(row, place, column.format.cell(totals[column.code]), self.groups[place])
            else:
                self.sheet.write_string(row, place, "", self.groups[place])

    def _under(self, row: int, group: Group) -> None:
        """A row below its group's line in the outline; hidden where the page had the group folded."""
        folded = self.view.group is not None and not self.view.group.is_open(group.value)
        self.sheet.set_row(row, None, None, {"level": 1, "hidden": folded})

    def _cell(self, row: int, place: int, value: Any, look: Any) -> None:
        if value is None:
            self.sheet.write_string(row, place, "—", look)
        elif isinstance(value, int | Decimal):
            self.sheet.write_number(row, place, value, look)
        elif isinstance(value, date):
            self.sheet.write_datetime(row, place, value, look)
        else:
            self.sheet.write_string(row, place, str(value)[:CELL_MOST], look)

    def _set_up(self, heads: int, last_row: int, last: int) -> None:
        first = heads + 1
        self.sheet.freeze_panes(first, 1)
        self.sheet.repeat_rows(2, heads)
        self.sheet.print_area(0, 0, max(last_row, heads), last)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer("&C" + _("第 &P 页，共 &N 页"))
        if last_row >= first:
            self.sheet.autofilter(heads, 0, last_row, last)


def _look(column: Column) -> dict[str, Any]:
    look: dict[str, Any] = {"border": 1, "valign": "vcenter", "align": "right" if column.numeric else "left"}
    if column.format.num_format:
        look["num_format"] = column.format.num_format
    if not column.numeric:
        look["text_wrap"] = True
    return look
