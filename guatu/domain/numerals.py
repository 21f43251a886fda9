"""Chinese numerals mixed with Arabic ones: 三亿二千万, 1亿2千万, 二〇一九, 三十一."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

DIGITS: Final = (
    {"零": 0, "〇": 0, "○": 0} | {char: value for value, char in enumerate("一二三四五六七八九", 1)} | {"两": 2}
)
SMALL: Final = {"十": 10, "百": 100, "千": 1000}
LARGE: Final = {"万": 10**4, "亿": 10**8}
COUNTING: Final = frozenset(DIGITS) | frozenset(SMALL) | frozenset(LARGE)

_NUMERAL = re.compile("[零〇○一二两三四五六七八九十百千]+")


def read_counting(tokens: Sequence[Fraction | str]) -> tuple[Fraction, bool, bool] | None:
    """Value of numbers and counting words in order; None when they are no number.

    Returns (value, has 万 or 亿, has something after the last 万 or 亿). A number token is an Arabic number or a
    Chinese digit; 十 百 千 multiply the one before, 万 closes a group of four, 亿 multiplies all before it.
    """
    total, group, number = Fraction(0), Fraction(0), Fraction(0)
    ceiling = 10**4  # 十 百 千 fall, one after the other, inside a group of four
    large: list[str] = []
    filled = False  # something stands after the last 万 or 亿
    for token in tokens:
        if isinstance(token, Fraction) or token in DIGITS:
            if number:
                return None
            number = token if isinstance(token, Fraction) else Fraction(DIGITS[token])
            filled = True
        elif token in SMALL:
            if SMALL[token] >= ceiling or (not number and token != "十"):
                return None
            ceiling = SMALL[token]
            group, number, filled = group + (number or 1) * ceiling, Fraction(0), True
        else:
            if not _may_close(token, large, filled):
                return None
            group += number
            total = (total + group) * LARGE[token] if token == "亿" else total + group * LARGE[token]
            group, number, ceiling, filled = Fraction(0), Fraction(0), 10**4, False
            large.append(token)
    return (total + group + number, bool(large), filled) if large or filled else None


def _may_close(token: str, large: Sequence[str], filled: bool) -> bool:
    """Whether 万 or 亿 may stand here: 亿 once, 万 once before and once after it, each after a number (or 万亿)."""
    if token == "亿":
        return "亿" not in large and (filled or bool(large))
    return filled and large[-1:] != ["万"]


def to_arabic(text: str) -> str:
    """Every Chinese numeral below ten thousand in a text as Arabic digits: 二〇一九年三月三十一日 → 2019年3月31日.

    A run of bare digits is read one by one (a year), a run with 十 百 千 as a number; 周一 becomes 周1.
    """
    return _NUMERAL.sub(lambda match: _arabic(match.group()), text)


def _arabic(run: str) -> str:
    if not any(char in SMALL for char in run):
        return "".join(str(DIGITS[char]) for char in run)
    reading = read_counting(list(run))
    return run if reading is None else str(reading[0])


def to_chinese(number: int) -> str:
    """1 → 一, 12 → 十二, 30 → 三十: the numbers before headings. Raises ValueError outside 1 … 99."""
    if not 1 <= number <= 99:
        raise ValueError(f"no heading is numbered {number}")
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    return ("" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十") + (digits[ones] if ones else "")
