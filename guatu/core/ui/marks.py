"""Small marks beside figures, as SVG attributes and classes only (the policy allows no style attribute).

Ink is what was done, azurite the plan, dotted the share of the time passed. Each mark carries a sentence for screen
readers, and the figures it draws always stand beside it in the row. Numbers are integers or Decimals, never floats.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from guatu.core.ui.numbers import NO_FIGURE, per_cent

Number = int | Decimal
HUNDRED: Final = Decimal(100)
TENTH: Final = Decimal("0.1")


def _place(value: Number, low: Number, high: Number, length: int) -> Decimal:
    """Where ``value`` lies on an axis of ``length`` units from ``low`` to ``high``, to a tenth, kept on the axis."""
    span = Decimal(high) - Decimal(low)
    share = (Decimal(value) - Decimal(low)) / span if span else Decimal(0)
    return (min(max(share, Decimal(0)), Decimal(1)) * length).quantize(TENTH)


def _svg(css: str, width: int, height: int, label: str, *parts: SafeString) -> SafeString:
    inner = format_html_join("", "{}", ((part,) for part in parts))
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>', css, width, height, label, inner
    )


def _runs(points: Sequence[tuple[Decimal, Decimal] | None]) -> Iterable[list[tuple[Decimal, Decimal]]]:
    """The unbroken stretches of a line; a missing figure breaks it."""
    run: list[tuple[Decimal, Decimal]] = []
    for point in points:
        if point is not None:
            run.append(point)
        elif run:
            yield run
            run = []
    if run:
        yield run


def spark(values: Sequence[int | None], label: str, *, aim: int | None = None) -> SafeString:
    """A line of 84 × 18 with a dot at its end; ``aim`` draws the level to be kept. Rows of a column share the span."""
    known = [value for value in values if value is not None]
    if not known:
        return format_html('<span class="ink-3">{}</span>', NO_FIGURE)
    low, high = min([*known, *_given(aim)]), max([*known, *_given(aim)])
    step = Decimal(78) / max(len(values) - 1, 1)
    points = [
        None if value is None else ((3 + step * index).quantize(TENTH), 15 - _place(value, low, high, 12))
        for index, value in enumerate(values)
    ]
    lines = [
        format_html('<polyline class="m-line" points="{}"/>', " ".join(f"{x},{y}" for x, y in run))
        for run in _runs(points)
    ]
    end = next(point for point in reversed(points) if point is not None)
    dot = format_html('<circle class="m-end" cx="{}" cy="{}" r="2"/>', *end)
    if aim is not None:
        height = 15 - _place(aim, low, high, 12)
        lines.insert(0, format_html('<path class="m-aim" d="M0 {}H84"/>', height))
    return _svg("spark", 84, 18, label, *lines, dot)


def _given(value: int | None) -> list[int]:
    return [] if value is None else [value]


def months(done: Sequence[int | None], plan: Sequence[int | None], label: str) -> SafeString:
    """A year's months as tiny columns: ink what was done, a line across each for its plan, tinted what is to come."""
    top = max((value for value in [*done, *plan] if value is not None), default=0)
    if top <= 0:
        return format_html('<span class="ink-3">{}</span>', gettext("年计划为零，不画逐月"))
    step, parts = 92 // max(len(plan), 1), []
    for index, target in enumerate(plan):
        left, width = index * step, step - 1
        actual = done[index] if index < len(done) else None
        if actual is not None:
            height = _place(actual, 0, top, 18)
            parts.append(_column("m-done", left, width, height))
            if target is not None:
                level = 20 - _place(target, 0, top, 18)
                parts.append(format_html('<path class="m-plan" d="M{} {}h{}"/>', left, level, width))
        elif target is not None:
            parts.append(_column("m-track", left, width, _place(target, 0, top, 18)))
    return _svg("months", 92, 20, label, *parts)


def _column(css: str, left: int, width: int, height: Decimal) -> SafeString:
    return format_html('<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>', css, left, 20 - height, width, height)


def rate_bar(
    done: Number | None, plan: Number | None = None, time: Number | None = None, *, full: Number = HUNDRED
) -> SafeString:
    """Done (ink), plan (tick) and time passed (dotted), all in per cent, on one axis from 0 to ``full`` per cent."""
    parts = [SafeString('<rect class="m-track" y="4" width="112" height="6"/>')]
    if done is not None:
        parts.append(format_html('<rect class="m-done" y="4" width="{}" height="6"/>', _place(done, 0, full, 112)))
    if time is not None:
        parts.append(format_html('<path class="m-time" d="M{} 0v14"/>', _place(time, 0, full, 112)))
    if plan is not None:
        parts.append(format_html('<path class="m-plan" d="M{} 0v14"/>', _place(plan, 0, full, 112)))
    label = gettext("完成 %(done)s%%，计划 %(plan)s%%，序时 %(time)s%%") % {
        "done": per_cent(done if done is None else Decimal(done)),
        "plan": per_cent(plan if plan is None else Decimal(plan)),
        "time": per_cent(time if time is None else Decimal(time)),
    }
    return _svg("rate", 112, 14, label, *parts)


def pace(required: int, recent: int | None, capacity: int | None, label: str, *, css: str) -> SafeString:
    """A required daily rate (dot) against the recent one (solid line) and the best sustained one (dotted)."""
    known = [value for value in (recent, capacity) if value is not None]
    full = max(1, *(value * 5 // 4 for value in known)) if known else max(1, required * 2)
    parts = [SafeString('<path class="m-axis" d="M0 7H112"/>')]
    if recent is not None and capacity is not None and capacity > recent:
        left, right = _place(recent, 0, full, 108) + 2, _place(capacity, 0, full, 108) + 2
        parts.append(format_html('<rect class="m-wash" x="{}" y="1" width="{}" height="12"/>', left, right - left))
    if recent is not None:
        parts.append(format_html('<path class="m-ink" d="M{} 0v14"/>', _place(recent, 0, full, 108) + 2))
    if capacity is not None:
        parts.append(format_html('<path class="m-time" d="M{} 0v14"/>', _place(capacity, 0, full, 108) + 2))
    parts.append(format_html('<circle class="{}" cx="{}" cy="7" r="3.5"/>', css, _place(required, 0, full, 108) + 2))
    return _svg("rate", 112, 14, label, *parts)


def parts_bar(counts: Sequence[tuple[str, int]], label: str) -> SafeString:
    """What a whole is made of, by light: [("red", 3), ("green", 20)]."""
    whole, at, parts = sum(number for _name, number in counts), Decimal(0), []
    for name, number in counts:
        width = _place(number, 0, whole, 92)
        parts.append(format_html('<rect class="m-{}" x="{}" width="{}" height="6"/>', name, at, width))
        at += width
    return _svg("parts", 92, 6, label, *parts)


def meter(share: Number | None, label: str, *, css: str = "m-azurite", mark: Number | None = None) -> SafeString:
    """A bar as wide as its place, filled to ``share`` per cent; ``mark`` is a level to reach, in per cent."""
    fill = format_html('<rect class="{}" width="{}%" height="6"/>', css, _place(share or 0, 0, 100, 100))
    tick = SafeString("")
    if mark is not None:
        at = _place(mark, 0, 100, 100)
        tick = format_html('<line class="m-plan" x1="{}%" x2="{}%" y1="-3" y2="9"/>', at, at)
    track = SafeString('<rect class="m-track" width="100%" height="6"/>')
    return format_html('<svg class="meter" role="img" aria-label="{}">{}{}{}</svg>', label, track, fill, tick)


def axis_bar(done: Number | None, time: Number, last: Number | None, labels: tuple[str, str]) -> SafeString:
    """Done (ink) on one labelled axis with the time passed (dotted) and last year's (grey), all in per cent.

    `labels` are the words of time and last year. The axis ends at a round number above the largest, with
    ticks of 10, 20 or a multiple of 50.
    """
    known = [Decimal(value) for value in (done, time, last) if value is not None]
    above = int(max(known) * 108 // 100 + 1)
    step = 10 if above <= 60 else 20 if above <= 140 else 50 * -(-above // 300)
    full = step * -(-above // step)

    def at(value: Number) -> Decimal:
        return _place(value, 0, full, 100)

    parts = [SafeString('<rect class="m-track" y="24" width="100%" height="14"/>')]
    if done is not None:
        parts.append(format_html('<rect class="m-done" y="24" width="{}%" height="14"/>', at(done)))
    parts.append(_axis_mark("m-time", at(time), 13, f"{labels[0]} {per_cent(Decimal(time))}"))
    if last is not None:
        parts.append(_axis_mark("m-last-line", at(last), 56, f"{labels[1]} {per_cent(Decimal(last))}"))
    for tick in range(0, full + 1, step):
        anchor = "start" if tick == 0 else "end" if tick == full else "middle"
        words = f"{tick}%" if tick == full else str(tick)
        parts.append(
            format_html('<text class="m-label" x="{}%" y="74" text-anchor="{}">{}</text>', at(tick), anchor, words)
        )
    label = gettext("完成 %(done)s%%，序时 %(time)s%%，上年同期 %(last)s%%") % {
        "done": per_cent(done if done is None else Decimal(done)),
        "time": per_cent(Decimal(time)),
        "last": per_cent(last if last is None else Decimal(last)),
    }
    return format_html('<svg class="axis-bar" role="img" aria-label="{}">{}</svg>', label, SafeString("".join(parts)))


def _axis_mark(css: str, place: Decimal, height: int, words: str) -> SafeString:
    """A level on the axis with its words above or below the bar, left of the mark near the right edge."""
    anchor = "end" if place > 50 else "start"
    return format_html(
        '<line class="{}" x1="{}%" x2="{}%" y1="18" y2="44"/>'
        '<text class="m-label" x="{}%" y="{}" dx="{}" text-anchor="{}">{}</text>',
        css,
        place,
        place,
        place,
        height,
        -3 if place > 50 else 3,
        anchor,
        words,
    )
