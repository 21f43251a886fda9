"""Writing an office's workbook: one sheet, ready for print and for being read back by an import.

Every text is written as a string, never as a formula (OWASP: CSV injection). The only formulas are our own sums, which
carry their values, so that a program that does not calculate reads them as well.
"""

import io
import re
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_range

from guatu.core.books import measure
from guatu.core.books.model import Book, Column, Group, Kind, Row, Value
from guatu.domain.dates import last_of_month

CELL_MOST = 32_767
TITLE_FONT, HEAD_FONT, SUB_FONT, BODY_FONT = "方正小标宋简体", "黑体", "楷体", "宋体"
BODY_SIZE = 11
TITLE, SECOND, HEAD = 0, 1, 2
A3 = 8
LEAST_ROW = 24.0
_BAD_IN_SHEET = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": BODY_FONT, "font_size": BODY_SIZE},
}


def cell_words(text: str) -> str:
    """A text as a cell can hold it: one kind of line end, no control characters, no longer than a cell may be."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", plain).strip()[:CELL_MOST]


def book_bytes(book: Book) -> bytes:
    """The workbook as a file's bytes."""
    out = io.BytesIO()
    write(book, out)
    return out.getvalue()


def write(book: Book, out: IO[bytes]) -> None:
    """Write the workbook."""
    with xlsxwriter.Workbook(out, OPTIONS) as file:
        file.set_properties({"title": book.title})
        _Sheet(book, file).write()


def sheet_name(text: str) -> str:
    """A name that spreadsheets accept."""
    return _BAD_IN_SHEET.sub("", text).strip("' ")[:31].strip("' ") or "Sheet1"


class _Sheet:
    """One sheet being written; rows and columns are counted from 0."""

    def __init__(self, book: Book, file: Any) -> None:
        self.book, self.columns = book, book.columns
        self.all_rows = list(book.all_rows())
        self.sheet = file.add_worksheet(sheet_name(book.sheet))
        self.grouped = any(column.group for column in self.columns)
        self.first = HEAD + (2 if self.grouped else 1)
        self.last = len(self.columns) - 1
        self.places = [self._places(column) for column in self.columns]
        self.texts = [
            measure.texts_of(self.all_rows, column, book.unit, places)
            for column, places in zip(self.columns, self.places, strict=True)
        ]
        self.widths = self._widths()
        self.looks = _Looks(file, self.columns, self.places)
        self.at = self.first

    def _places(self, column: Column) -> int:
        """Decimals of amounts; of dates 1 where all are ends of months, which show as months."""
        if column.kind is Kind.DATE:
            days = [value for row in self.all_rows if isinstance(value := row.get(column.code), date)]
            return int(bool(days) and all(day == last_of_month(day.year, day.month) for day in days))
        if column.kind is not Kind.MONEY:
            return 0
        return measure.places_of((row.get(column.code) for row in self.all_rows), self.book.unit)

    def _widths(self) -> list[float]:
        found: list[list[str]] = []
        for column, texts, places in zip(self.columns, self.texts, self.places, strict=True):
            if column.kind is Kind.MONEY:
                total = sum(value for row in self.all_rows if isinstance(value := row.get(column.code), int))
                texts = [*texts, measure.shown(total, column, self.book.unit, places)]
            elif column.kind is Kind.DATE:
                texts = ["2026-12" if places else "2026-12-31"]
            found.append(texts)
        return measure.column_widths(self.columns, found)

    def write(self) -> None:
        """Head, sums and rows, notes, then everything about the print."""
        for place, width in enumerate(self.widths):
            self.sheet.set_column(place, place, width)
        self._head_lines()
        self._headings()
        end = self.first + len(self.all_rows) + self._count(self.book.groups) + (1 if self.book.total else 0) - 1
        if self.book.total:
            self._sum_row(self.book.total, self.all_rows, self.at + 1, end, 0)
        self._rows(self.book.rows)
        for group in self.book.groups:
            self._group(group, 1)
        for note in self.book.notes:
            height = measure.row_height([(note, sum(self.widths))], 20)
            self._line(self.at, note, self.looks.note, height)
            self.at += 1
        self._set_up()

    def _count(self, groups: list[Group]) -> int:
        return sum(1 + self._count(group.groups) for group in groups)

    # -- above the rows ----------------------------------------------------------------------------------------------
    def _merged(self, top: int, left: int, bottom: int, right: int, text: str, look: Any) -> None:
        if (top, left) != (bottom, right):
            self.sheet.merge_range(top, left, bottom, right, "", look)
        self.sheet.write_string(top, left, cell_words(text), look)

    def _line(self, row: int, text: str, look: Any, height: float) -> None:
        self._merged(row, 0, row, self.last, text, look)
        self.sheet.set_row(row, height)

    def _head_lines(self) -> None:
        self._line(TITLE, self.book.title, self.looks.title, 42)
        money = any(column.kind is Kind.MONEY for column in self.columns)
        unit = _("单位：%(unit)s") % {"unit": self.book.unit.value} if money else self.book.right
        cut = self._cut(measure.width_of(unit) + 4)
        if cut > 0:
            self._merged(SECOND, 0, SECOND, cut - 1, self.book.left, self.looks.left)
        self._merged(SECOND, cut, SECOND, self.last, unit, self.looks.right)
        self.sheet.set_row(SECOND, 20)

    def _cut(self, wanted: int) -> int:
        """The column from which on the unit line has its room."""
        place = self.last
        while place > 1 and sum(self.widths[place:]) < wanted:
            place -= 1
        return place

    def _headings(self) -> None:
        look = self.looks.head
        numbered = list(enumerate(self.columns))
        for group, listed in groupby(numbered, key=lambda item: item[1].group or item[1].code):
            places = [place for place, _column in listed]
            if self.grouped and self.columns[places[0]].group:
                self._merged(HEAD, places[0], HEAD, places[-1], self._group_words(group, places), look)
                for place in places:
                    self.sheet.write_string(HEAD + 1, place, cell_words(self.columns[place].heading), look)
            else:
                bottom = HEAD + 1 if self.grouped else HEAD
                self._merged(HEAD, places[0], bottom, places[0], self.columns[places[0]].heading, look)
        self._heading_heights()

    def _group_words(self, group: str, places: list[int]) -> str:
        money = all(self.columns[place].kind is Kind.MONEY for place in places)
        return f"{group}（{self.book.unit.value}）" if money else group

    def _heading_heights(self) -> None:
        pairs = list(zip(self.columns, self.widths, strict=True))
        if not self.grouped:
            self.sheet.set_row(HEAD, measure.row_height([(c.heading, w) for c, w in pairs], 36))
            return
        below = measure.row_height([(c.heading, w) for c, w in pairs if c.group], 32)
        whole = measure.row_height([(c.heading, w) for c, w in pairs if not c.group], 32)
        self.sheet.set_row(HEAD, max(24, whole - below))
        self.sheet.set_row(HEAD + 1, below)

    # -- rows --------------------------------------------------------------------------------------------------------
    def _group(self, group: Group, depth: int) -> None:
        rows = list(group.all_rows())
        end = self.at + len(rows) + self._count(group.groups)
        self._sum_row(group.label, rows, self.at + 1, end, depth)
        self._rows(group.rows)
        for inner in group.groups:
            self._group(inner, depth + 1)

    def _sum_row(self, label: str, rows: list[Row], start: int, end: int, depth: int) -> None:
        """A label over the first columns, and under each column of money the sum of the rows from start to end."""
        words, sums, hidden = self.looks.sum_row(depth)
        until = next((place for place, column in enumerate(self.columns) if column.kind is Kind.MONEY), self.last + 1)
        for place in range(until, self.last + 1):
            column = self.columns[place]
            if column.kind is Kind.MONEY:
                found = [value for row in rows if isinstance(value := row.get(column.code), int)]
                look = hidden if column.to_fill else sums[self.places[place]]
                formula = f"=SUBTOTAL(9,{xl_range(start, place, max(start, end), place)})"
                self.sheet.write_formula(self.at, place, formula, look, _number(self._in_unit(sum(found))))
            else:
                self.sheet.write_blank(self.at, place, None, words)
        self._merged(self.at, 0, self.at, max(until - 1, 0), label, words)
        self.sheet.set_row(self.at, measure.row_height([(label, sum(self.widths[: max(until, 1)]))], LEAST_ROW))
        self.at += 1

    def _rows(self, rows: list[Row]) -> None:
        for row in rows:
            shown = []
            for place, column in enumerate(self.columns):
                value = row.get(column.code)
                self._cell(place, column, value)
                if isinstance(value, str):
                    shown.append((value, self.widths[place]))
            self.sheet.set_row(self.at, measure.row_height(shown, LEAST_ROW))
            self.at += 1

    def _cell(self, place: int, column: Column, value: Value) -> None:
        look = self.looks.cells[place]
        if isinstance(value, str):
            self.sheet.write_string(self.at, place, cell_words(value), look)
        elif isinstance(value, date):
            self.sheet.write_datetime(self.at, place, value, look)
        elif value is None:
            self.sheet.write_blank(self.at, place, None, look)
        else:
            number = self._in_unit(value) if column.kind is Kind.MONEY and isinstance(value, int) else value
            self.sheet.write_number(self.at, place, number, look)

    def _in_unit(self, yuan: int) -> Decimal:
        return Decimal(yuan) / self.book.unit.factor

    # -- the print ---------------------------------------------------------------------------------------------------
    def _set_up(self) -> None:
        sheet = self.sheet
        codes = [column.code for column in self.columns]
        frozen = codes.index(self.book.frozen) + 1 if self.book.frozen in codes else 1
        sheet.freeze_panes(self.first, frozen)
        sheet.repeat_rows(HEAD, self.first - 1)
        sheet.print_area(0, 0, self.at - 1, self.last)
        sheet.set_landscape()
        sheet.set_paper(A3)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.set_footer("&C" + _("第 &P 页，共 &N 页"))


class _Looks:
    """The formats of one workbook."""

    def __init__(self, file: Any, columns: list[Column], places: list[int]) -> None:
        self.file = file
        middle = {"valign": "vcenter", "font_name": BODY_FONT, "font_size": BODY_SIZE}
        self.boxed = {**middle, "border": 1, "text_wrap": True}
        self.title = file.add_format({"font_name": TITLE_FONT, "font_size": 22, "align": "center", "valign": "vcenter"})
        self.left = file.add_format({**middle, "align": "left"})
        self.right = file.add_format({**middle, "align": "right"})
        self.note = file.add_format({**middle, "align": "left", "text_wrap": True})
        self.head = file.add_format({**self.boxed, "font_name": HEAD_FONT, "align": "center"})
        self.cells = [file.add_format(self._cell(c, p)) for c, p in zip(columns, places, strict=True)]
        self.used = sorted(set(places) | {0})
        self.sums: dict[int, tuple[Any, dict[int, Any], Any]] = {}

    def _cell(self, column: Column, places: int) -> dict[str, Any]:
        look = {**self.boxed, "align": "center" if column.centred else "left"}
        if column.kind is Kind.MONEY:
            look |= {"align": "right", "num_format": number_format(places)}
        elif column.kind is Kind.DATE:
            look |= {"align": "center", "num_format": "yyyy-mm" if places else "yyyy-mm-dd"}
        elif column.kind is Kind.NUMBER:
            look |= {"align": "center", "num_format": "0"}
        elif column.kind is Kind.DECIMAL:
            look |= {"align": "right", "num_format": "General"}
        return look

    def sum_row(self, depth: int) -> tuple[Any, dict[int, Any], Any]:
        """The looks of a sum row's words, of its sums by decimals, and of a sum that waits for its rows."""
        if depth not in self.sums:
            font = {0: HEAD_FONT, 1: HEAD_FONT}.get(depth, SUB_FONT)
            base = {**self.boxed, "font_name": font, "bold": True}
            base |= {0: {"bg_color": "#EDEDED"}, 1: {"bg_color": "#F7F7F7"}}.get(depth, {})
            words = self.file.add_format({**base, "align": "center" if depth == 0 else "left"})
            sums = {
                places: self.file.add_format({**base, "align": "right", "num_format": number_format(places)})
                for places in self.used
            }
            hidden = self.file.add_format({**base, "align": "right", "num_format": "#,##0.00;-#,##0.00;"})
            self.sums[depth] = (words, sums, hidden)
        return self.sums[depth]


def _number(value: Decimal) -> int | float:
    """A sum as a cell keeps it: whole where it is whole, else to the fifteen figures that spreadsheets have."""
    return int(value) if value == int(value) else float(value)


def number_format(places: int) -> str:
    """Thousands commas and so many decimals, with air before the border."""
    return "#,##0" + ("." + "0" * places if places else "") + "_ "
