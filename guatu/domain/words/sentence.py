"""A sentence that knows its figures: where each is printed and what it was printed from."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

FigureKind: TypeAlias = Literal["count", "money", "percent", "points", "rank"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A value that may be printed: a count or rank as a number, money in whole yuan, percent and points in per cent.

    Rates are exact (a Fraction, never rounded), so that any number of printed places can be held against them.
    """

    kind: FigureKind
    value: int | Decimal | Fraction


@dataclass(frozen=True, slots=True)
class Bound:
    """One printed figure: text[start:end] == printed, its key (scope.indicator) and its value."""

    start: int
    end: int
    key: str
    figure: Figure
    printed: str

    @property
    def value(self) -> int | Decimal | Fraction:
        return self.figure.value


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text with its bound figures, in order."""

    text: str
    figures: tuple[Bound, ...] = ()

    def __str__(self) -> str:
        return self.text

    def by_key(self) -> dict[str, Figure]:
        """Key → figure, as the checker takes them."""
        return {bound.key: bound.figure for bound in self.figures}


def join(sentences: Iterable[Sentence], between: str = "") -> Sentence:
    """One text of several, the figures' places moved along."""
    text = ""
    figures: list[Bound] = []
    for number, sentence in enumerate(sentences):
        text += between if number else ""
        shift = len(text)
        figures += [replace(bound, start=bound.start + shift, end=bound.end + shift) for bound in sentence.figures]
        text += sentence.text
    return Sentence(text, tuple(figures))
