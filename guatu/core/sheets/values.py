"""Cells to typed values, by the kind of their field; the arithmetic of amounts and dates is the domain's."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from guatu.core.sheets.fields import FieldKind
from guatu.core.sheets.model import Cell
from guatu.core.sheets.result import Column
from guatu.core.sheets.text import cell_text, flat, is_blank
from guatu.domain.dates import DateSpan, parse_date, parse_year_span
from guatu.domain.errors import DomainError
from guatu.domain.money import MoneyUnit, parse_cell_amount

CELL_ERRORS = re.compile(r"#(?:REF!|DIV/0!|N/A|NAME\?|NULL!|NUM!|VALUE!)")
IMPOSSIBLE = 10**13
"""Yuan. A hundred thousand 亿元 is more than any province builds: the unit is wrong."""
DOUBTFUL_HIGH, DOUBTFUL_LOW = 10**12, 10**4
IMPOSSIBLE_DATES = frozenset(
    {"date.no_such_day", "date.no_such_month", "date.no_such_quarter", "date.absurd_year", "date.span_reversed"}
)
CURRENCIES = "£$€¥￥"  # a factor says what one of them is worth
_SPLIT = re.compile(r"[、，,;；/\n\r]+|\s{2,}")
_INTEGER = re.compile(r"[-+]?\d[\d,]*")


class Outcome(NamedTuple):
    """``value`` is None when nothing is imported; ``fault`` is an issue's code, ``grave`` makes it an error."""

    value: Any
    fault: str = ""
    grave: bool = False
    params: dict[str, Any] | None = None


Converter = Callable[[Cell], Outcome]


def converter(column: Column, unit: MoneyUnit | None, year: int | None) -> Converter:
    """The function that turns a cell of ``column`` into its value; ``unit`` is the sheet's for amounts."""
    convert = _converter(column, unit, year)
    return _remembered(_with_blanks(convert, column.blank) if column.blank else convert)


def _with_blanks(convert: Converter, blank: tuple[str, ...]) -> Converter:
    """Texts that the map calls blank are so."""

    def answer(cell: Cell) -> Outcome:
        text = cell_text(cell)
        return Outcome(None) if any(fnmatchcase(text, pattern) for pattern in blank) else convert(cell)

    return answer


def sum_amount(cell: Cell, column: Column, unit: MoneyUnit | None) -> int | None:
    """The amount in a sum row's cell; None when there is none that can be read."""
    value = converter(column, unit, None)(cell).value
    return value if isinstance(value, int) else None


REMEMBERED = 20_000


def _remembered(convert: Converter) -> Converter:
    """Columns repeat themselves: a cell that was seen is not read again."""
    seen: dict[Cell, Outcome] = {}

    def answer(cell: Cell) -> Outcome:
        found = seen.get(cell)
        if found is None:
            found = _checked(cell, convert)
            if (
                len(seen) < REMEMBERED and cell is not True and cell is not False
            ):  # True equals 1 and would be taken for it
                seen[cell] = found
        return found

    return answer


def _converter(column: Column, unit: MoneyUnit | None, year: int | None) -> Converter:
    assert column.field is not None
    kind = column.field.kind
    if kind is FieldKind.MONEY:
        return _money(column, column.unit or unit)
    if kind is FieldKind.DATE:
        return _date(column, year)
    if kind is FieldKind.CHOICE:
        return _choice(column)
    return {
        FieldKind.YEARS: _years,
        FieldKind.PERCENT: _percent_of(column),
        FieldKind.INTEGER: _integer,
        FieldKind.CODE: _code,
        FieldKind.PERSON: _names,
        FieldKind.UNIT: _names,
        FieldKind.TEXT: lambda cell: Outcome(cell_text(cell)),
    }[kind]


def _money(column: Column, unit: MoneyUnit | None) -> Converter:
    negative_ok = bool(column.field and column.field.allow_negative)

    def convert(cell: Cell) -> Outcome:
        if not isinstance(cell, int | float | str) or isinstance(cell, bool):
            return Outcome(None, "amount.unreadable", True)
        try:
            if column.factor:
                yuan = round(Decimal(flat(cell).lstrip(CURRENCIES).replace(",", "")) * column.factor)
            else:
                # Without a unit only a cell that brings its own is read: a bare number is never guessed.
                yuan = parse_cell_amount(cell, unit) if unit else _own_unit(cell)
        except DomainError as error:
            if error.code == "amount.fraction_of_yuan":
                return _sized(error.params["rounded"], negative_ok, "amount.fraction_of_yuan")
            return Outcome(None, error.code, True)
        except InvalidOperation:
            return Outcome(None, "amount.unreadable", True)
        return _sized(yuan, negative_ok)

    return convert


def _own_unit(cell: Cell) -> int:
    from guatu.domain.money import parse_amount

    return parse_amount(cell_text(cell), None)


def _sized(yuan: int, negative_ok: bool, fault: str = "") -> Outcome:
    if yuan < 0 and not negative_ok:
        return Outcome(None, "amount_negative", True)
    if abs(yuan) >= IMPOSSIBLE:
        return Outcome(None, "amount.absurd", True)
    if abs(yuan) >= DOUBTFUL_HIGH:
        return Outcome(yuan, "amount_high")
    if 0 < yuan < DOUBTFUL_LOW:
        return Outcome(yuan, "amount_low")
    return Outcome(yuan, fault)


def _date(column: Column, year: int | None) -> Converter:
    def convert(cell: Cell) -> Outcome:
        try:
            formatted = _formatted(cell, column.date_format) if column.date_format else None
            if formatted:
                return formatted
            if isinstance(cell, str | int | float | dt.date):
                return Outcome(parse_date(cell, year=year))
        except DomainError as error:
            return Outcome(None, error.code, error.code in IMPOSSIBLE_DATES)
        return Outcome(None, "date.unreadable")

    return convert


def _formatted(cell: Cell, pattern: str) -> Outcome | None:
    """The date by the map's format; None when the cell is written otherwise."""
    try:
        day = dt.datetime.strptime(cell_text(cell), pattern).date()  # noqa: DTZ007 - a calendar day has no zone
    except ValueError:
        return None
    return Outcome(DateSpan(day, day, "day"))


def _years(cell: Cell) -> Outcome:
    try:
        return Outcome(parse_year_span(cell_text(cell)))
    except DomainError as error:
        return Outcome(None, error.code, error.code in IMPOSSIBLE_DATES)


def _percent_of(column: Column) -> Converter:
    """A number is a fraction where the whole column is (cells formatted as per cent), else it counts in per cent."""
    factor = Decimal(100) if column.fraction else Decimal(1)

    def convert(cell: Cell) -> Outcome:
        text = flat(cell)
        try:
            if text.endswith("%"):
                value = Decimal(text[:-1].replace(",", ""))
            elif isinstance(cell, str):
                value = Decimal(text.replace(",", ""))
                value = value * factor
            else:
                value = Decimal(repr(cell)) * factor
        except InvalidOperation:
            return Outcome(None, "percent_unreadable")
        if value < 0 or value > 1000:
            return Outcome(None, "percent_absurd", True)
        return Outcome(value.normalize() + 0, "percent_over" if value > 100 else "")

    return convert


def looks_fractional(cells: list[Cell]) -> bool:
    """Whether a per cent column's numbers are fractions of one: none above 1.5 and not all of them whole."""
    numbers = [cell for cell in cells if isinstance(cell, int | float) and not isinstance(cell, bool)]
    return bool(numbers) and max(numbers) <= 1.5 and any(number not in (0, 1) for number in numbers)


def _integer(cell: Cell) -> Outcome:
    if isinstance(cell, float) and cell.is_integer():
        return Outcome(int(cell))
    found = _INTEGER.match(flat(cell))
    if not found:
        return Outcome(None, "integer_unreadable")
    return Outcome(int(found[0].replace(",", "")))


def _code(cell: Cell) -> Outcome:
    text = re.sub(r"\s+", "", cell_text(cell))
    if isinstance(cell, float) and abs(cell) >= 1e15:
        return Outcome(str(int(cell)), "code_lost_digits")
    return Outcome(text)


def _choice(column: Column) -> Converter:
    field = column.field
    assert field is not None

    def convert(cell: Cell) -> Outcome:
        code = field.choose(cell_text(cell))
        if code is None:
            return Outcome(None, "choice_unknown", False, {"allowed": "、".join(field.words)})
        return Outcome(code)

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
