"""One plan as a picture: a row a node, on a scale of days of its own. SVG numbers only, no colour and no style.

Planned is tinted, actual solid, forecast hollow, a milestone a diamond, today one line (look.md, Charts).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

LABEL: Final = 190  # units for the names
WIDTH: Final = 960
ROW: Final = 24
HEAD: Final = 26
MOST_MARKS: Final = 14
Span = tuple[date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What a row shows. Spans are (first day, last day); `until` is the latest finish that float allows."""

    name: str
    planned: tuple[date, date]
    milestone: bool = False
    actual: tuple[date, date] | None = None
    forecast: tuple[date, date] | None = None
    until: date | None = None
    critical: bool = False
    light: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A rectangle or a diamond in units."""

    css: str
    x: int
    y: int
    width: int
    height: int
    points: str = ""


@dataclass(slots=True)
class Row:
    """One drawn row; `slack` is where its float ends, None without any."""

    name: str
    y: int
    text_y: int
    marks: list[Drawn] = field(default_factory=list)
    slack: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A month's line with its word."""

    x: int
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that the template draws."""

    width: int
    height: int
    foot: int
    rows: list[Row]
    months: list[Mark]
    today: int | None
    deadline: int | None


class _Scale:
    """Days to units."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.days = first, max((last - first).days + 1, 1)

    def at(self, day: date) -> int:
        """Where a day begins."""
        offset = min(max((day - self.first).days, 0), self.days)
        return LABEL + offset * (WIDTH - LABEL) // self.days

    def span(self, days: tuple[date, date]) -> tuple[int, int]:
        """Left edge and width; at least two units wide."""
        left = self.at(days[0])
        return left, max(self.at(days[1] + timedelta(days=1)) - left, 2)


def picture_of(bars: Sequence[Bar], today: date, deadline: date | None = None) -> Picture | None:
    """The bars on one scale that has all of them; None without bars."""
    if not bars:
        return None
    days = [day for bar in bars for day in _days(bar)]
    days += [deadline] if deadline is not None else []
    first, last = min(days), max(days)
    margin = timedelta(days=max((last - first).days // 40, 3))
    scale = _Scale(first - margin, last + margin)
    rows = [_row(bar, HEAD + place * ROW, scale) for place, bar in enumerate(bars)]
    height = HEAD + len(bars) * ROW + 4
    shown = scale.first <= today <= last + margin
    return Picture(
        WIDTH,
        height,
        height - 2,
        rows,
        list(_months(scale)),
        scale.at(today) if shown else None,
        None if deadline is None else scale.at(deadline + timedelta(days=1)),
    )


def _days(bar: Bar) -> Iterable[date]:
    yield from bar.planned
    for span in (bar.actual, bar.forecast):
        if span is not None:
            yield from span
    if bar.until is not None and bar.until > bar.planned[1]:
        yield bar.until


def _row(bar: Bar, y: int, scale: _Scale) -> Row:
    row = Row(bar.name, y, y + 16)
    row.marks.append(_mark("plan-critical" if bar.critical else "plan-planned", bar.planned, y + 5, 12, scale, bar))
    if bar.forecast is not None:
        row.marks.append(_mark("plan-forecast", bar.forecast, y + 6, 10, scale, bar))
    if bar.actual is not None:
        row.marks.append(_mark(f"plan-actual plan-{bar.light}", bar.actual, y + 8, 6, scale, bar))
    if bar.until is not None and bar.until > bar.planned[1]:
        row.slack = scale.at(bar.planned[1] + timedelta(days=1)), scale.at(bar.until + timedelta(days=1)), y + 11
    return row


def _mark(css: str, days: tuple[date, date], y: int, height: int, scale: _Scale, bar: Bar) -> Drawn:
    left, width = scale.span(days)
    if not bar.milestone:
        return Drawn(css, left, y, width, height)
    middle, half = y + height // 2, height // 2 + 1
    centre = left + width // 2
    points = f"{centre - half},{middle} {centre},{middle - half} {centre + half},{middle} {centre},{middle + half}"
    return Drawn(css, left, y, width, height, points)


def _months(scale: _Scale) -> Iterable[Mark]:
    last = scale.first + timedelta(days=scale.days)
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 600) if scale.days // 28 // step <= MOST_MARKS)
    year, month = scale.first.year, scale.first.month
    while (day := date(year, month, 1)) <= last:
        if (
            scale.first <= day <= last - timedelta(days=scale.days // 24)
            and (month - 1) % min(step, 12) == 0
            and (step <= 12 or year % (step // 12) == 0)
        ):
            yield Mark(scale.at(day), f"{year}-{month:02d}" if step > 1 or month == 1 else f"{month}")
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
