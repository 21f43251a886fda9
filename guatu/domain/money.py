"""Amounts of money: whole yuan in an integer, read from and written in 元, 万元 or 亿元 (docs/algorithms/money.md)."""

import re
import unicodedata
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Final

from guatu.domain.errors import DomainError
from guatu.domain.numerals import COUNTING, read_counting
from guatu.domain.rounding import half_up, half_up_ratio

ABSURD: Final = 10**15
"""Yuan. Nothing that an office plans comes near a thousand million million yuan: a unit was mistaken."""

MINUS: Final = "−"  # the typographic minus (U+2212), as wide as a figure
NOISE: Final = Fraction(1, 100)
"""Yuan. What binary floating point may add to or take from a cell's amount."""


class MoneyUnit(Enum):
    """A unit in which amounts are shown and entered; the value is its Chinese word, ``factor`` its yuan."""

    YUAN = "元"
    WAN = "万元"
    YI = "亿元"

    @property
    def factor(self) -> int:
        """Yuan in one of this unit."""
        return _FACTORS[self]


_FACTORS: Final = {MoneyUnit.YUAN: 1, MoneyUnit.WAN: 10**4, MoneyUnit.YI: 10**8}
_UNIT_WORDS: Final = {"元": MoneyUnit.YUAN, "万": MoneyUnit.WAN, "亿": MoneyUnit.YI} | {
    unit.value: unit for unit in MoneyUnit
}
_UNIT = re.compile(
    r"(?:单位|金额单位)\s*[:：]?\s*(?P<stated>人民币)?(?P<named>[^\s（）()，,；;]*元|[万亿])"
    r"|[（(\[【](?:(?:金额|计量|货币)?单位\s*[:：]?\s*)?(?:人民币)?(?P<bracketed>[^（）()\[\]【】]*?元|[万亿])(?:人民币)?[）)\]】]"
    r"|^(?P<whole>元|万元?|亿元?|[^\s]{1,2}元)$"
    r"|(?P<plain>[千百十]?[万亿]元|千元)"
)
_FOREIGN = re.compile(r"[美欧日港澳]元|美金|英镑|[$€£]")
_APPROXIMATE = re.compile(
    r"^(?:大?约|近|超过?|逾|不足|不到|[~≈><≥≤])|(?:左右|以上|以下|上下|余|多)(?=[万亿]?元?$)|[余多](?=[万亿元])"
)
_RANGE = re.compile(r"(?<=[\d万亿元])\s*(?:[~—–至到]|-)\s*(?=[\d一二两三四五六七八九十])")
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|\.\d+")
_TRADITIONAL: Final = str.maketrans("億萬圓約餘過幣", "亿万元约余过币")
LONGEST_LINE: Final = 500
"""Characters of a heading or title line in which a unit is looked for."""
LONGEST: Final = 100
"""Characters. No amount is longer, with every unit in Chinese numerals; longer texts are not even tried."""
_PLAIN_DIGITS = 15
"""Significant digits from which on a typed number must be the print of a computed cell, not a person's typing."""


def find_unit(text: str) -> MoneyUnit | None:
    """The unit that a heading or a title line states ("单位：万元", "总投资（亿元）"); None when it states none.

    Never guessed from the size of the numbers. A foreign currency raises ``amount.currency``, a unit that ledgers
    do not use (千元, 百万元) ``amount.unit_unknown``.
    """
    text = unicodedata.normalize("NFKC", text[:LONGEST_LINE]).strip()
    match = _UNIT.search(text)
    if match is None:
        return None
    word = next(found for name, found in match.groupdict().items() if found and name != "stated")
    word = word.removeprefix("人民币")
    if _FOREIGN.search(word):
        raise DomainError("amount.currency", text=text)
    unit = _UNIT_WORDS.get(word)
    if unit is None:
        raise DomainError("amount.unit_unknown", text=text, unit=word)
    return unit


def parse_amount(text: str, default_unit: MoneyUnit | None) -> int:
    """Whole yuan from what a person typed: 1.2亿, 12000万, 12,000, １２００, 1亿2千万, 三亿二千万元, 1.2億, -5万,
    (5万).

    ``default_unit`` is the unit of a bare number; with None a bare number is refused, never guessed. Nothing is
    rounded. Raises DomainError: amount.blank, .no_unit, .approximate, .range, .two_points, .comma, .currency,
    .ambiguous ("1亿2": 1.2亿 or 1亿零2?), .fraction_of_yuan, .absurd, .unreadable.
    """
    return _whole(_read(text, default_unit), text)


def parse_cell_amount(value: str | int | float | Decimal, unit: MoneyUnit) -> int:
    """Whole yuan from a spreadsheet's cell in ``unit``; binary float noise below a hundredth yuan is repaired.

    A float is read by its shortest print (repr), as spreadsheets show it. A text cell may carry its own unit. Noise
    is repaired in floats and in texts of 15 digits and more, nowhere else. Raises as ``parse_amount``, with
    amount.not_a_number for NaN, infinity and booleans.
    """
    if isinstance(value, bool):
        raise DomainError("amount.not_a_number", text=str(value))
    if isinstance(value, str):
        noisy = sum(char.isdigit() for char in value) >= _PLAIN_DIGITS
        return _whole(_read(value, unit), value, NOISE if noisy else Fraction(0))
    if isinstance(value, int):
        return _whole(Fraction(value * unit.factor), str(value))
    exact = Decimal(repr(value)) if isinstance(value, float) else value
    if not exact.is_finite():
        raise DomainError("amount.not_a_number", text=str(value))
    return _whole(Fraction(exact) * unit.factor, str(value), NOISE)


def choose_unit(yuan: int) -> MoneyUnit:
    """The unit in which a person would say the amount: 亿元 from 1 亿 on, 万元 from 1 万 on (and for zero), else 元."""
    size = abs(yuan)
    if size >= MoneyUnit.YI.factor:
        return MoneyUnit.YI
    return MoneyUnit.WAN if size >= MoneyUnit.WAN.factor or size == 0 else MoneyUnit.YUAN


def format_amount(yuan: int, unit: MoneyUnit, places: int = 2, *, trim: bool = False) -> str:
    """The amount in ``unit``, without the unit's word: half up, thousands commas, a true minus (−).

    ``trim`` drops zeros at the end ("21.50" → "21.5", "31.00" → "31"), as bulletins print.
    """
    return format_number(half_up_ratio(yuan, unit.factor, places), trim=trim)


def format_number(value: Decimal | int, *, trim: bool = False) -> str:
    """A number as print has it: thousands commas, a true minus; ``trim`` drops zeros after the point."""
    text = f"{abs(value):,}" if isinstance(value, int) else f"{abs(value):,f}"
    if trim and "." in text:
        text = text.rstrip("0").rstrip(".")
    return (MINUS if value < 0 else "") + text


def _whole(yuan: Fraction, text: str, noise: Fraction = Fraction(0)) -> int:
    nearest = int(half_up(yuan))
    if abs(nearest) >= ABSURD:
        raise DomainError("amount.absurd", text=text, yuan=nearest)
    if yuan != nearest and not abs(yuan - nearest) < noise:
        raise DomainError("amount.fraction_of_yuan", text=text, rounded=nearest)
    return nearest


def _read(text: str, default_unit: MoneyUnit | None) -> Fraction:
    """Exact yuan of a text."""
    if len(text) > LONGEST:
        raise DomainError("amount.unreadable", text=text)
    plain = unicodedata.normalize("NFKC", text)
    plain = re.sub(r"\s+", "", plain).replace(MINUS, "-").translate(_TRADITIONAL)
    plain = re.sub(r"^(?:人民币|RMB|CNY|¥)|(?:人民币|整)$", "", plain)
    if plain in {"", "-", "--", "—", "——", "/"}:
        raise DomainError("amount.blank", text=text)
    _refuse_what_is_no_figure(plain, text)
    negative = False
    if plain[0] in "+-":
        negative, plain = plain[0] == "-", plain[1:]
    elif plain[0] == "(" and plain[-1] == ")":
        negative, plain = True, plain[1:-1]
    yuan = _unsigned(plain, text, default_unit)
    return -yuan if negative else yuan


def _refuse_what_is_no_figure(plain: str, text: str) -> None:
    for pattern, code in (
        (_FOREIGN, "amount.currency"),
        (_APPROXIMATE, "amount.approximate"),
        (_RANGE, "amount.range"),
        (re.compile(r"\.\d*\.|\.\."), "amount.two_points"),
    ):
        if pattern.search(plain):
            raise DomainError(code, text=text)


def _unsigned(plain: str, text: str, default_unit: MoneyUnit | None) -> Fraction:
    in_yuan = plain.endswith("元")
    tokens = _tokens(plain.removesuffix("元"), text)
    reading = read_counting(tokens)
    if reading is None:
        raise DomainError("amount.unreadable", text=text)
    value, has_magnitude, has_tail = reading
    if has_magnitude and has_tail and not in_yuan:
        raise DomainError("amount.ambiguous", text=text)
    if has_magnitude or in_yuan:
        return value
    if default_unit is None:
        raise DomainError("amount.no_unit", text=text)
    return value * default_unit.factor


def _tokens(plain: str, text: str) -> list[Fraction | str]:
    tokens: list[Fraction | str] = []
    position = 0
    while position < len(plain):
        match = _NUMBER.match(plain, position)
        if match is not None:
            tokens.append(Fraction(match.group().replace(",", "")))
            position = match.end()
        elif plain[position] in COUNTING:
            tokens.append(plain[position])
            position += 1
        else:
            raise DomainError("amount.comma" if plain[position] == "," else "amount.unreadable", text=text)
        if match is not None and position < len(plain) and plain[position].isdigit():
            raise DomainError("amount.comma", text=text)
    return tokens
