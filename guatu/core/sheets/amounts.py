"""Cells to whole yuan: the unit is the cell's, the column's or the sheet's, and is never guessed from sizes."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from fractions import Fraction

from guatu.core.sheets.model import Cell
from guatu.core.sheets.outcomes import LONGEST_VALUE, Converter, Outcome, beside
from guatu.core.sheets.result import Column
from guatu.core.sheets.text import cell_text, flat
from guatu.domain.errors import DomainError
from guatu.domain.money import MINUS, MoneyUnit, parse_amount, parse_cell_amount
from guatu.domain.rounding import half_up

IMPOSSIBLE = 10**13
"""Yuan. A hundred thousand 亿元 is more than any province builds: the unit is wrong."""
DOUBTFUL_HIGH, DOUBTFUL_LOW = 10**12, 10**4
LARGEST_FLOAT = 1e15
"""Up to here a spreadsheet's number prints as it was typed."""
OWN_SIGN = "¥"
_CURRENCY = re.compile(r"[£$€¥]")
_FIGURE = re.compile(r"(?P<minus>[-+]?)(?P<digits>(?:\d{1,3}(?:,\d{3})+|\d{1,18})(?:\.\d{1,18})?)")
_MORE = re.compile(
    r"(?P<amount>[-+]?\d+(?:,\d{3})*(?:\.\d+)?(?:亿元|万元|元|亿|万)?)"
    r"(?P<rest>\(.*|[,;。、:](?=\D).*|(?:其中|含|另|不含|包括).*)"
)
_UNIT_BEHIND = re.compile(r"\((?:单位:)?(亿元|万元|元|亿|万)\)")
_APPROXIMATE = re.compile(r"\d\((?:约|左右|以上|以下|上下)\)$")
_ZERO = re.compile(r"0+(?:\.0+)?")
_QUANTITY = re.compile(
    r"\(?(?:平方|立方|[米㎡亩吨台套户人辆间床张条座公顷]|公里|千米|千瓦|兆瓦|k[mwg]|m[23²³]|mw)", re.IGNORECASE
)


def money_converter(column: Column, unit: MoneyUnit | None) -> Converter:
    """The function from a cell to whole yuan. Without a unit only a cell that brings its own is read."""
    negative_ok = bool(column.field and column.field.allow_negative)
    factor = unit.factor if unit and not column.factor else 0

    def convert(cell: Cell) -> Outcome:
        if factor and isinstance(cell, float) and -LARGEST_FLOAT < cell < LARGEST_FLOAT:
            # Nearly every cell: the number as it prints, times the unit; what is no whole yuan goes the long way.
            exact = int(cell) * factor if cell.is_integer() else Decimal(repr(cell)) * factor
            if isinstance(exact, int) or exact == exact.to_integral_value():
                return _sized(int(exact), negative_ok)
        return _read(cell, column, unit, negative_ok)

    return convert


def sum_amount(cell: Cell, column: Column, unit: MoneyUnit | None) -> int | None:
    """The amount in a sum row's cell, of any size; None when there is none that can be read."""
    found = _exact(cell, column, column.unit or unit)
    if found.value is None and isinstance(cell, str) and (more := _more(cell)):
        found = _exact(more[0], column, column.unit or unit)
    return found.value if isinstance(found.value, int) else None


def _read(cell: Cell, column: Column, unit: MoneyUnit | None, negative_ok: bool) -> Outcome:
    if not isinstance(cell, int | float | str) or isinstance(cell, bool):
        return Outcome(None, "amount.unreadable", True)
    found = _exact(cell, column, unit)
    if found.value is None and isinstance(cell, str) and _APPROXIMATE.search(flat(cell[:LONGEST_VALUE])):
        return Outcome(None, "amount.approximate", True)
    if found.value is None and isinstance(cell, str) and (more := _more(cell)):
        shorter = _exact(more[0], column, unit)
        if shorter.value is not None:
            sized = _sized(shorter.value, negative_ok)
            return sized if sized.fault or not more[1] else beside(sized, more[0], more[1])
    if found.value is None:
        return found
    sized = _sized(found.value, negative_ok)
    return sized if sized.fault else Outcome(sized.value, found.fault)


def _more(cell: str) -> tuple[str, str] | None:
    """("100", "(含上年结转20)"): the amount and what else the cell holds; a unit in brackets belongs to the amount."""
    if len(cell) > LONGEST_VALUE:
        return None
    text = flat(cell)
    found = _MORE.fullmatch(text)
    if found is None or _QUANTITY.match(found["rest"]):
        return None
    unit = _UNIT_BEHIND.fullmatch(found["rest"])
    return (found["amount"] + unit[1], "") if unit else (found["amount"], found["rest"])


def _exact(cell: Cell, column: Column, unit: MoneyUnit | None) -> Outcome:
    """Yuan of any size, a fault when part of a yuan was rounded; without a value when it cannot be read."""
    if not isinstance(cell, int | float | str) or isinstance(cell, bool) or _too_long(cell):
        return Outcome(None, "amount.unreadable", True)
    if unit is None and not column.factor and _ZERO.fullmatch(flat(cell)):
        return Outcome(0)  # nothing is nothing in any unit
    try:
        if column.factor:
            return _foreign(cell, column.currency, column.factor)
        return Outcome(parse_cell_amount(cell, unit) if unit else parse_amount(cell_text(cell), None))
    except DomainError as error:
        if error.code in ("amount.fraction_of_yuan", "amount.absurd"):
            yuan = error.params.get("rounded", error.params.get("yuan"))
            return Outcome(yuan, "amount.fraction_of_yuan" if error.code == "amount.fraction_of_yuan" else "")
        return Outcome(None, error.code, True)
    except (ValueError, OverflowError):
        return Outcome(None, "amount.unreadable", True)


def _foreign(cell: str | int | float, currency: str, factor: int) -> Outcome:
    """An amount in other money, of which the map says the sign and the worth in yuan. Any other sign is refused."""
    if isinstance(cell, float) and not math.isfinite(cell):
        return Outcome(None, "amount.not_a_number", True)
    text = flat(cell).replace(MINUS, "-") if isinstance(cell, str) else format(Decimal(repr(cell)), "f")
    found = _FIGURE.fullmatch(text.replace(currency or OWN_SIGN, "", 1))
    if not found:
        code = "amount.currency" if _CURRENCY.search(text.replace(currency, "")) else "amount.unreadable"
        return Outcome(None, code, True)
    exact = Fraction(found["digits"].replace(",", "")) * factor * (-1 if found["minus"] == "-" else 1)
    yuan = int(half_up(exact))
    return Outcome(yuan, "" if yuan == exact else "amount.fraction_of_yuan")


def _too_long(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) > LONGEST_VALUE


def _sized(yuan: int, negative_ok: bool) -> Outcome:
    if DOUBTFUL_LOW <= yuan < DOUBTFUL_HIGH or yuan == 0:
        return Outcome(yuan)
    if yuan < 0 and not negative_ok:
        return Outcome(None, "amount_negative", True)
    if abs(yuan) >= IMPOSSIBLE:
        return Outcome(None, "amount.absurd", True)
    if abs(yuan) >= DOUBTFUL_HIGH:
        return Outcome(yuan, "amount_high")
    return Outcome(yuan, "amount_low" if yuan > 0 else "amount_reduced")
