"""Writing the workbook that goes out: known values locked, cells to fill in open, and what was sent kept in hiding.

Every text is written as a string and marked as one, so that no program makes a formula of it, now or when the cell is
opened and left again (OWASP: CSV injection).
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import IO, Any, Final

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from guatu.core.books.office import A3, BODY_FONT, BODY_SIZE, HEAD_FONT, OPTIONS, TITLE_FONT, cell_words, sheet_name
from guatu.core.roundtrip import meta
from guatu.core.roundtrip.layout import KEY_HEADING, Column, Layout, UnitWorkbook, Value
from guatu.core.roundtrip.validations import MESSAGE_MOST, rules_of
from guatu.core.roundtrip.values import cell_of
from guatu.core.sheets.fields import FieldKind
from guatu.domain.money import MoneyUnit

TITLE, SECOND, THIRD = 0, 1, 2
KEY_WIDTH: Final = 11
FREE: Final = {
    "sort": True,
    "autofilter": True,
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}
"""What protection leaves free. It has no password: it keeps a hand from slipping, nothing else."""
FORMATS: Final = {MoneyUnit.YUAN: "#,##0", MoneyUnit.WAN: "#,##0.00##", MoneyUnit.YI: "#,##0.00######"}
"""As many decimals as a whole yuan can have: a program that saves what it shows loses nothing."""
FORMULA_SIGNS: Final = tuple("=+-@\t＝＋－＠")
_ID_LINE: Final = "表号：{id}　　校验码：{code}"
"""Data of the sheet's own language, by which it is found again: not translated."""
KNOWN, TO_FILL = "#F2F2F2", "#FFFDF0"


def write_unit_workbook(book: UnitWorkbook, out: IO[bytes]) -> meta.Sent:
    """Write the workbook. What was sent comes back as the caller is to keep it, by the workbook's id."""
    sent = meta.sent_of(book)
    signed = meta.signature(sent)
    with xlsxwriter.Workbook(out, OPTIONS) as file:
        file.set_properties({"title": book.title, "subject": book.id})
        _Sheet(book, file, sent, signed).write()
    return sent


def unit_workbook_bytes(book: UnitWorkbook) -> tuple[bytes, meta.Sent]:
    """The same as a file's bytes."""
    out = io.BytesIO()
    sent = write_unit_workbook(book, out)
    return out.getvalue(), sent


class _Sheet:
    """One workbook being written; rows and columns are counted from 0, column 0 holds the keys."""

    def __init__(self, book: UnitWorkbook, file: Any, sent: meta.Sent, signed: str) -> None:
        self.book, self.layout, self.columns = book, book.layout, book.layout.columns
        self.file, self.sent, self.signed = file, sent, signed
        self.sheet = file.add_worksheet(sheet_name(self.layout.sheet))
        self.hidden = file.add_worksheet(meta.SHEET)
        self.last = len(self.columns)
        self.grouped = any(column.group for column in self.columns)
        self.head = THIRD + len(book.notes) + 1
        self.first = self.head + (2 if self.grouped else 1)
        self.end = self.first + len(book.rows) + book.spare_rows - 1
        self.looks = _Looks(file, self.layout)

    def write(self) -> None:
        """Heading lines, headings, rows, what may be typed, then the hidden sheet."""
        self._lines()
        self._headings()
        self._rows()
        self._validations()
        self._set_up()
        self._hide()

    def _lines(self) -> None:
        book = self.book
        self._merged(TITLE, 0, self.last, book.title, self.looks.title)
        self.sheet.set_row(TITLE, 36)
        said = _("填报单位：%(unit)s　　报告期：%(period)s") % {"unit": book.unit, "period": book.period}
        self._merged(SECOND, 0, max(self.last - 3, 1), said, self.looks.line)
        unit = _("金额单位：%(unit)s") % {"unit": self.layout.unit.value}
        self._merged(SECOND, max(self.last - 3, 1) + 1, self.last, unit, self.looks.line_right)
        code = meta.check_code(self.signed)
        self._merged(THIRD, 0, self.last, _ID_LINE.format(id=book.id, code=code), self.looks.line)
        for number, note in enumerate(book.notes, start=THIRD + 1):
            self._merged(number, 0, self.last, note, self.looks.line)

    def _merged(self, row: int, left: int, right: int, text: str, look: Any) -> None:
        if left > right:
            return
        if left < right:
            self.sheet.merge_range(row, left, row, right, "", look)
        self.sheet.write_string(row, left, cell_words(text), look)

    def _headings(self) -> None:
        bottom = self.first - 1
        self._over(0, bottom, KEY_HEADING)
        for group, listed in groupby(enumerate(self.columns, start=1), key=lambda item: item[1].group or item[1].code):
            places = [place for place, _column in listed]
            if not self.columns[places[0] - 1].group:
                self._over(places[0], bottom, self.layout.shown_heading(self.columns[places[0] - 1]))
                continue
            self._merged(self.head, places[0], places[-1], group, self.looks.head)
            for place in places:
                heading = self.layout.shown_heading(self.columns[place - 1])
                self.sheet.write_string(bottom, place, cell_words(heading), self.looks.head)
        self.sheet.set_column(0, 0, KEY_WIDTH)
        for place, column in enumerate(self.columns, start=1):
            self.sheet.set_column(place, place, column.width)
            if column.note:
                self.sheet.write_comment(bottom, place, column.note, {"x_scale": 2})

    def _over(self, place: int, bottom: int, text: str) -> None:
        if bottom > self.head:
            self.sheet.merge_range(self.head, place, bottom, place, "", self.looks.head)
        self.sheet.write_string(self.head, place, cell_words(text), self.looks.head)

    def _rows(self) -> None:
        locked = {row.key: row.locked for row in self.book.rows}
        for number, (key, values) in enumerate(self.sent.rows.items(), start=self.first):
            self.sheet.write_string(number, 0, key, self.looks.key)
            for place, column in enumerate(self.columns, start=1):
                shut = column.code in locked.get(key, ())
                self._cell(number, place, column, values[column.code], self.looks.shut if shut else self.looks.cells)
        for number in range(self.first + len(self.sent.rows), self.end + 1):
            self.sheet.write_blank(number, 0, None, self.looks.key)
            for place, column in enumerate(self.columns, start=1):
                self.sheet.write_blank(number, place, None, self.looks.open[column.code])

    def _cell(self, row: int, place: int, column: Column, value: Value, looks: Mapping[str, Any]) -> None:
        look = looks[column.code]
        cell = cell_of(self.layout, column, value)
        if cell is None:
            self.sheet.write_blank(row, place, None, look)
        elif isinstance(cell, str):
            quoted = cell.startswith(FORMULA_SIGNS)
            self.sheet.write_string(row, place, cell, self.looks.quoted[column.code] if quoted else look)
        elif isinstance(cell, dt.date):
            self.sheet.write_datetime(row, place, cell, look)
        else:
            self.sheet.write_number(row, place, cell, look)

    def _validations(self) -> None:
        """One rule a column, over all its rows; the words of a list too long for it stand in the hidden sheet."""
        if self.end < self.first:
            return
        lists = meta.LISTS_FROM
        for place, column in enumerate(self.columns, start=1):
            if not column.editable:
                continue
            source = None
            if column.choices:
                shown = [choice.words[0] for choice in column.choices]
                if len(",".join(shown)) > MESSAGE_MOST or any("," in word for word in shown):
                    source = self._listed(lists, shown)
                    lists += 1
            rule = rules_of(self.layout, column, source)
            if rule is not None:
                self.sheet.data_validation(self.first, place, self.end, place, rule)

    def _listed(self, place: int, shown: Sequence[str]) -> str:
        for number, word in enumerate(shown):
            self.hidden.write_string(number, place, word)
        letter = xl_col_to_name(place)
        return f"='{meta.SHEET}'!${letter}$1:${letter}${len(shown)}"

    def _set_up(self) -> None:
        sheet = self.sheet
        frozen = max((place for place, column in enumerate(self.columns, start=1) if column.identifies), default=0)
        sheet.freeze_panes(self.first, frozen + 1)
        if self.end >= self.first:
            sheet.autofilter(self.first - 1, 0, self.end, self.last)
        sheet.protect("", FREE)
        sheet.repeat_rows(self.head, self.first - 1)
        sheet.set_landscape()
        sheet.set_paper(A3)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L" + _footer(self.book.id, meta.check_code(self.signed)) + "&C" + _("第 &P 页，共 &N 页"))
        sheet.activate()

    def _hide(self) -> None:
        for number, line in enumerate(meta.lines_of(self.sent, self.signed)):
            for place, text in enumerate(line):
                self.hidden.write_string(number, place, text)
        self.hidden.protect("")
        self.hidden.very_hidden()


def _footer(identity: str, code: str) -> str:
    return _ID_LINE.format(id=identity, code=code).replace("&", "&&")


class _Looks:
    """The formats of one workbook."""

    def __init__(self, file: Any, layout: Layout) -> None:
        middle = {"valign": "vcenter", "font_name": BODY_FONT, "font_size": BODY_SIZE}
        boxed = {**middle, "border": 1, "text_wrap": True}
        self.title = file.add_format({"font_name": TITLE_FONT, "font_size": 20, "align": "center", "valign": "vcenter"})
        self.line = file.add_format({**middle, "align": "left"})
        self.line_right = file.add_format({**middle, "align": "right"})
        self.head = file.add_format({**boxed, "font_name": HEAD_FONT, "align": "center"})
        self.key = file.add_format({**boxed, "font_size": 8, "font_color": "#808080", "bg_color": KNOWN})
        self.cells: dict[str, Any] = {}
        self.open: dict[str, Any] = {}
        self.shut: dict[str, Any] = {}
        self.quoted: dict[str, Any] = {}
        for column in layout.columns:
            look = {**boxed, **_look(layout, column)}
            opened = {**look, "locked": False, "bg_color": TO_FILL}
            own = opened if column.editable else {**look, "bg_color": KNOWN}
            self.open[column.code] = file.add_format(opened)
            self.cells[column.code] = file.add_format(own)
            self.shut[column.code] = file.add_format({**look, "bg_color": KNOWN})
            self.quoted[column.code] = file.add_format({**own, "quote_prefix": True})


def _look(layout: Layout, column: Column) -> dict[str, Any]:
    unit = layout.unit_of(column)
    if unit is not None:
        return {"align": "right", "num_format": FORMATS[unit]}
    kinds = {
        FieldKind.DATE: {"align": "center", "num_format": "yyyy-mm-dd"},
        FieldKind.PERCENT: {"align": "right", "num_format": "0.00####%"},
        FieldKind.INTEGER: {"align": "center", "num_format": "0"},
        FieldKind.CHOICE: {"align": "center"},
    }
    return kinds.get(column.kind, {"align": "left", "num_format": "@"})
