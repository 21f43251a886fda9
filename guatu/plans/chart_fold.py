"""A picture of very many nodes folds: neighbouring rows stand together as one, and each group opens on demand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import gettext as _

from guatu.plans.chart import Bar, Span

FOLD_FROM: Final = 300
"""Rows of a picture that nobody has to fold."""
ROWS: Final = 60
"""Rows of a folded picture, at most."""
EVERY: Final = "all"


@dataclass(frozen=True, slots=True)
class Fold:
    """What a picture's reader may open: (code, words) of its groups; `opened` is the code of the one that is."""

    count: int
    groups: Sequence[tuple[str, str]]
    opened: str


def folded(bars: Sequence[Bar], opened: str) -> tuple[list[Bar], Fold | None]:
    """The rows of the picture: all of them where they are few, else one a group, the opened group's own below."""
    if len(bars) <= FOLD_FROM:
        return list(bars), None
    size = -(-len(bars) // ROWS)
    rows: list[Bar] = []
    groups: list[tuple[str, str]] = []
    for start in range(0, len(bars), size):
        inside = bars[start : start + size]
        code = str(start + 1)
        words = _("第 {first}—{last} 行").format(first=start + 1, last=start + len(inside))
        groups.append((code, f"{words} {inside[0].name}"))
        if opened != EVERY:
            rows.append(_summary(words, inside))
        if opened in (EVERY, code):
            rows += [replace(bar, name=f"　{bar.name}") for bar in inside] if opened == code else inside
    known = opened if opened == EVERY or opened in dict(groups) else ""
    return rows, Fold(len(bars), groups, known)


def _summary(words: str, inside: Sequence[Bar]) -> Bar:
    """From the first day to the last one of its rows; on the critical path where one of them is, red where one is."""
    actual = [bar.actual for bar in inside if bar.actual is not None]
    forecast = [bar.forecast for bar in inside if bar.forecast is not None]
    return Bar(
        name=words,
        planned=_around([bar.planned for bar in inside]),
        actual=_around(actual) if actual else None,
        forecast=_around(forecast) if forecast else None,
        critical=any(bar.critical for bar in inside),
        light="red" if any(bar.light == "red" for bar in inside) else "",
    )


def _around(spans: Sequence[Span]) -> Span:
    return min(first for first, _last in spans), max(last for _first, last in spans)
