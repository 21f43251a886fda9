"""The phrases of which sentences are made: dates, amounts, rates, leads, growth."""

import zlib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Self, TypeVar

from guatu.domain.dates import last_of_month
from guatu.domain.money import MoneyUnit, choose_unit, format_amount, format_number
from guatu.domain.rounding import half_up
from guatu.domain.words.sentence import Bound, Figure, Sentence

Choice = TypeVar("Choice")
AMOUNT_PLACES = 2


def as_of_words(day: date, *, with_year: bool = False) -> str:
    """截至3月底 for a month's last day, 截至3月9日 for any other; with the year 截至2019年3月底."""
    end = "底" if day == last_of_month(day.year, day.month) else f"{day.day}日"
    return f"截至{f'{day.year}年' if with_year else ''}{day.month}月{end}"


def amount_words(yuan: int, places: int = AMOUNT_PLACES, unit: MoneyUnit | None = None) -> str:
    """The amount as a bulletin says it, in the unit that fits it, zeros at the end dropped: 21.5亿元, 8000万元.

    What rounds to nothing in a stated unit is still said in that unit.
    """
    unit = unit or choose_unit(yuan)
    return (
        format_amount(yuan, unit, places if unit is not MoneyUnit.YUAN else 0, trim=True).replace(",", "") + unit.value
    )


def percent_words(per_cent: Fraction | Decimal, places: int) -> str:
    """28.1%, zeros at the end dropped (55.0 → 55%)."""
    return format_number(half_up(per_cent, places), trim=True).replace(",", "") + "%"


def lead_words(points: Fraction | Decimal, places: int) -> str:
    """快于序时进度3.1个百分点, 慢于序时进度1.8个百分点, 与序时进度持平 (what rounds to nothing)."""
    rounded = half_up(points, places)
    if rounded == 0:
        return "与序时进度持平"
    return f"{'快' if rounded > 0 else '慢'}于序时进度{_points(rounded)}"


def growth_words(per_cent: Fraction | Decimal, places: int) -> str:
    """增长13.2%, 下降4.5%, 持平."""
    rounded = half_up(per_cent, places)
    if rounded == 0:
        return "持平"
    return ("增长" if rounded > 0 else "下降") + percent_words(abs(rounded), places)


def choose_variant(variants: Sequence[Choice], seed: int, place: str) -> Choice:
    """One of several wordings, the same for the same seed and place in the paper, spread evenly over the places."""
    return variants[zlib.crc32(f"{seed}/{place}".encode()) % len(variants)]


def _points(rounded: Decimal) -> str:
    return format_number(abs(rounded), trim=True).replace(",", "") + "个百分点"


class Clause:
    """Builds a sentence piece by piece; every figure is noted where it is printed."""

    def __init__(self, prefix: str = "") -> None:
        self._prefix = f"{prefix}." if prefix else ""
        self._text = ""
        self._figures: list[Bound] = []

    def say(self, words: str) -> Self:
        """Words without figures."""
        self._text += words
        return self

    def count(self, key: str, number: int, measure: str = "个") -> Self:
        """A count with its measure word: 162个."""
        return self._put(key, Figure("count", number), f"{number}{measure}")

    def rank(self, key: str, place: int, measure: str = "位") -> Self:
        """A place: 第2位."""
        return self._put(key, Figure("rank", place), f"第{place}{measure}")

    def amount(self, key: str, yuan: int, places: int = AMOUNT_PLACES) -> Self:
        """An amount: 21.5亿元."""
        return self._put(key, Figure("money", yuan), amount_words(yuan, places))

    def percent(self, key: str, per_cent: Fraction, places: int) -> Self:
        """A rate: 28.1%."""
        return self._put(key, Figure("percent", per_cent), percent_words(per_cent, places))

    def lead(self, key: str, points: Fraction, places: int) -> Self:
        """Ahead of or behind the time passed, with the points bound."""
        return self._worded(key, Figure("points", points), lead_words(points, places))

    def growth(self, key: str, per_cent: Fraction, places: int) -> Self:
        """Growth or fall, with the per cent bound."""
        return self._worded(key, Figure("percent", per_cent), growth_words(per_cent, places))

    def sentence(self, end: str = "。") -> Sentence:
        """What has been said, with ``end`` behind it."""
        return Sentence(self._text + end, tuple(self._figures))

    def _worded(self, key: str, figure: Figure, words: str) -> Self:
        digits = next((place for place, sign in enumerate(words) if sign.isdigit()), None)
        if digits is None:
            return self.say(words)
        return self.say(words[:digits])._put(key, figure, words[digits:])

    def _put(self, key: str, figure: Figure, printed: str) -> Self:
        start = len(self._text)
        self._text += printed
        self._figures.append(Bound(start, len(self._text), self._prefix + key, figure, printed))
        return self
