"""Cells to typed values, by the kind of their field; the arithmetic of amounts and dates is the domain's."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal, InvalidOperation

from guatu.core.sheets.amounts import money_converter
from guatu.core.sheets.fields import Field, FieldKind
from guatu.core.sheets.mapping import fits
from guatu.core.sheets.model import Cell
from guatu.core.sheets.outcomes import LONGEST_VALUE, Converter, Outcome, beside
from guatu.core.sheets.result import Column
from guatu.core.sheets.text import cell_text, flat, is_blank
from guatu.domain.dates import YearSpan, parse_date, parse_year_span
from guatu.domain.errors import DomainError
from guatu.domain.money import MoneyUnit

CELL_ERRORS = re.compile(r"#(?:REF!|DIV/0!|N/A|NAME\?|NULL!|NUM!|VALUE!)")
IMPOSSIBLE_DATES = frozenset(
    {
        "date.no_such_day",
        "date.not_leap",
        "date.no_such_month",
        "date.no_such_quarter",
        "date.absurd_year",
        "date.span_reversed",
    }
)
_SPLIT = re.compile(r"[、，,;；/\n\r]+|\s{2,}")
WORDS_KEPT = "words_kept"
_LETTER = re.compile(r"[\"'“‘(（\[]*[^\W\d_]")
_PER_CENT = re.compile(r"[-+]?(?:[\d,]+\.?\d*|\.\d+)")
_INTEGER = re.compile(r"[-+]?\d[\d,]*")


LARGEST = 1e15
COUNTERS = frozenset({"", "个", "项", "处", "家", "人"})
_BRACKET_BEHIND = re.compile(r"(?P<value>[^()]+)\((?P<rest>.*)\)", re.DOTALL)
_WORDS_AROUND = re.compile(
    r"(?P<before>预计|计划|拟|力争|确保)?(?P<value>[^()]+?)"
    r"(?P<rest>(?:正式|全面|主体|建成)?(?:开工|复工|竣工|完工|建成|投产|通车|交付)(?:建设|投产|使用|运营|通车)?|)"
)
_MONTHS_ONLY = re.compile(r"\d{1,2}月[份底末初]?[-~—–至到]+\d{1,2}月[份底末初]?")


def converter(column: Column, unit: MoneyUnit | None, year: int | None) -> Converter:
    """The function that turns a cell of ``column`` into its value; ``unit`` is the sheet's for amounts."""
    convert = _converter(column, unit, year)
    if column.words:
        convert = _with_words(convert, column.words)
    if column.blank:
        convert = _with_blanks(convert, column.blank)
    return lambda cell: _checked(cell, convert)


def _with_blanks(convert: Converter, blank: tuple[str, ...]) -> Converter:
    """Texts that the map calls blank are so."""

    def answer(cell: Cell) -> Outcome:
        text = cell_text(cell)
        return Outcome(None) if any(fits(text, pattern) for pattern in blank) else convert(cell)

    return answer


def _with_words(convert: Converter, taker: Field) -> Converter:
    """Words in place of a value are for another field: whatever begins with a letter is no mistyped value."""

    def answer(cell: Cell) -> Outcome:
        found = convert(cell)
        if found.value is None and found.fault and isinstance(cell, str) and _LETTER.match(cell.strip()):
            return Outcome(None, WORDS_KEPT, False, {"field": taker.label})
        return found

    return answer


def _converter(column: Column, unit: MoneyUnit | None, year: int | None) -> Converter:
    assert column.field is not None
    kind = column.field.kind
    if kind is FieldKind.MONEY:
        return money_converter(column, column.unit or unit)
    if kind is FieldKind.DATE:
        return _date(column, year)
    if kind is FieldKind.CHOICE:
        return _choice(column)
    if kind is FieldKind.YEARS:
        return _years(year)
    if kind is FieldKind.CODE:
        return _code(column.field)
    return {
        FieldKind.PERCENT: _with_rest(_percent_of(column), "percent_unreadable"),
        FieldKind.INTEGER: _integer,
        FieldKind.PERSON: _names,
        FieldKind.UNIT: _names,
        FieldKind.TEXT: lambda cell: Outcome(cell_text(cell)),
    }[kind]


def _with_rest(convert: Converter, fault: str) -> Converter:
    """2019年3月(已开工), 预计2020年底竣工: the value is taken, the words about it are told."""

    def answer(cell: Cell) -> Outcome:
        if isinstance(cell, str) and len(cell) > LONGEST_VALUE:
            return Outcome(None, fault)
        if isinstance(cell, float) and not abs(cell) < LARGEST:  # not a number, or no number that a person typed
            return Outcome(None, fault)
        found = convert(cell)
        if found.fault != fault or not isinstance(cell, str):
            return found
        text = unicodedata.normalize("NFKC", cell).strip()
        for pattern in (_BRACKET_BEHIND, _WORDS_AROUND):
            parts = pattern.fullmatch(text)
            shorter = convert(parts["value"].strip()) if parts else found
            if parts and not shorter.fault:
                around = parts.groupdict().get("before") or ""
                return beside(shorter, parts["value"].strip(), around + parts["rest"])
        return found

    return answer


def _date(column: Column, year: int | None) -> Converter:
    def convert(cell: Cell) -> Outcome:
        try:
            formatted = _formatted(cell, column.date_formats)
            if formatted:
                return formatted
            if isinstance(cell, str | int | float | dt.date):
                return Outcome(parse_date(cell, year=year))
        except DomainError as error:
            return Outcome(None, error.code, error.code in IMPOSSIBLE_DATES)
        return Outcome(None, "date.unreadable")

    return _with_rest(convert, "date.unreadable")


def _formatted(cell: Cell, patterns: tuple[str, ...]) -> Outcome | None:
    """The date by the first of the map's formats that fits; None when the cell is written otherwise."""
    for pattern in patterns:
        try:
            day = dt.datetime.strptime(cell_text(cell), pattern).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
        return Outcome(parse_date(day))
    return None


def _years(year: int | None) -> Converter:
    """2019-2021, or within the ledger's year 3月-10月; a number such as 2019.1 is in doubt as in a date's column."""

    def convert(cell: Cell) -> Outcome:
        try:
            if isinstance(cell, float) and not cell.is_integer():
                span = parse_date(cell)
                return Outcome(YearSpan(span, span))
            text = cell_text(cell)
            if year is not None and _MONTHS_ONLY.fullmatch(flat(text)):
                text = f"{year}年{flat(text)}"
            return Outcome(parse_year_span(text))
        except DomainError as error:
            return Outcome(None, error.code, error.code in IMPOSSIBLE_DATES)

    return _with_rest(convert, "date.unreadable")


def _percent_of(column: Column) -> Converter:
    """A number is a fraction where the whole column is (cells formatted as per cent), else it counts in per cent."""
    factor = Decimal(100) if column.fraction else Decimal(1)

    def convert(cell: Cell) -> Outcome:
        text = flat(cell) if isinstance(cell, str) else _digits(cell)
        figure = text.removesuffix("%")
        try:
            if not _PER_CENT.fullmatch(figure):
                raise InvalidOperation
            value = Decimal(figure.replace(",", "")) * (1 if text != figure else factor)
        except InvalidOperation:
            return Outcome(None, "percent_unreadable")
        if value < 0 or value > 1000:
            return Outcome(None, "percent_absurd", True)
        return Outcome(value.normalize() + 0, "percent_over" if value > 100 else "")

    return convert


def _digits(cell: Cell) -> str:
    """A number cell without an exponent; "" for any other cell."""
    return format(Decimal(repr(cell)), "f") if isinstance(cell, int | float) and not isinstance(cell, bool) else ""


def looks_fractional(cells: list[Cell]) -> bool:
    """Whether a per cent column's numbers are fractions of one: none above 1.5 and not all of them whole."""
    numbers = [cell for cell in cells if isinstance(cell, int | float) and not isinstance(cell, bool)]
    return bool(numbers) and max(numbers) <= 1.5 and any(number not in (0, 1) for number in numbers)


def _integer(cell: Cell) -> Outcome:
    if isinstance(cell, float) and cell.is_integer():
        return Outcome(int(cell))
    text = flat(cell)
    found = _INTEGER.match(text[:LONGEST_VALUE])
    if not found:
        return Outcome(None, "integer_unreadable")
    rest = text[found.end() :]
    value = Outcome(int(found[0].replace(",", "")))
    return value if rest in COUNTERS else beside(value, found[0], rest)


def _code(item: Field) -> Converter:
    """A code as typed; one that breaks its rule is kept and marked."""

    def convert(cell: Cell) -> Outcome:
        if isinstance(cell, float) and abs(cell) >= 1e15:
            return Outcome(str(int(cell)), "code_lost_digits")
        text = "".join(cell_text(cell).split())
        if item.check is not None and (len(text) > LONGEST_VALUE or not item.check(text)):
            return Outcome(text, "code_wrong")
        return Outcome(text)

    return convert


def _choice(column: Column) -> Converter:
    item = column.field
    assert item is not None

    def convert(cell: Cell) -> Outcome:
        text = cell_text(cell)
        code = item.choose(text)
        if code is None:
            return Outcome(None, "choice_unknown", False, {"allowed": "、".join(item.words)})
        rest = item.rest(text)
        return beside(Outcome(code), text, rest) if rest else Outcome(code)

    return convert


def _names(cell: Cell) -> Outcome:
    names = [re.sub(r"\s+", "", part) for part in _SPLIT.split(cell_text(cell))]
    return Outcome(tuple(name for name in names if name))


def _checked(cell: Cell, convert: Converter) -> Outcome:
    """``convert`` on a cell that may be blank or hold a spreadsheet's error."""
    if is_blank(cell):
        return Outcome(None)
    if isinstance(cell, str) and cell.startswith("#") and CELL_ERRORS.fullmatch(cell.strip()):
        return Outcome(None, "cell_error", True)
    return convert(cell)
