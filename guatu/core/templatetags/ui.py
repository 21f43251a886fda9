"""Tags and filters of pages: figures, dates, lights and marks. Load with ``{% load ui %}``."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django import template
from django.forms import BoundField
from django.http import QueryDict
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from guatu.core import truth
from guatu.core.inputs import AmountField, DayField
from guatu.core.pages import actor_of
from guatu.core.typed import Echo
from guatu.core.ui import lights, marks, numbers
from guatu.core.ui.shell import THEMES, WORDS, known_theme
from guatu.domain.money import MoneyUnit

register = template.Library()

T = TypeVar("T")


def _known(value: T) -> T | None:
    """A template hands over "" for a name that its context lacks: no figure."""
    return None if value == "" else value


@register.filter
def yi(yuan: int | None, places: int = 2) -> str:
    """Whole yuan in 亿元: ``{{ row.planned|yi:2 }}`` → 362.00."""
    return numbers.amount(_known(yuan), MoneyUnit.YI, places)


@register.filter
def wan(yuan: int | None, places: int = 0) -> str:
    """Whole yuan in 万元: ``{{ row.planned|wan }}`` → 12,000."""
    return numbers.amount(_known(yuan), MoneyUnit.WAN, places)


@register.filter
def said(yuan: int | None) -> str:
    """Whole yuan with the unit in which a sentence says them: ``{{ row.gap|said|signed }}`` → +1.27 亿元."""
    return numbers.amount_words(_known(yuan))


@register.filter
def signed(text: str) -> str:
    """A printed difference with an explicit plus: ``{{ gap|yi|signed }}`` → +1.27."""
    return numbers.with_sign(text)


@register.filter
def pct(value: Decimal | int | None, places: int = 1) -> str:
    """A rate in per cent with its sign: 22.1%; "—" without a figure."""
    text = numbers.per_cent(_known(value), places)
    return text if text == numbers.NO_FIGURE else f"{text}%"


@register.filter
def rate(value: Decimal | int | None, places: int = 1) -> str:
    """A rate in per cent without the sign, for a column whose head has it."""
    return numbers.per_cent(_known(value), places)


@register.filter
def points(value: Decimal | int | None, places: int = 1) -> SafeString:
    """A difference of rates: +3.1 个百分点."""
    text = numbers.with_sign(numbers.per_cent(_known(value), places))
    if text == numbers.NO_FIGURE:
        return format_html("{}", text)
    return format_html('<span class="nw">{}<span class="u">{}</span></span>', text, gettext("个百分点"))


@register.filter
def whole(value: int | None) -> str:
    """A count with thousands commas."""
    return numbers.count(_known(value))


@register.filter
def mdate(value: date | None) -> str:
    """3月31日."""
    return numbers.day(_known(value))


@register.filter
def cdate(value: date | None) -> str:
    """2019年3月31日."""
    return numbers.full_day(_known(value))


@register.filter
def weekday(value: date | None) -> str:
    """星期五."""
    return numbers.weekday(_known(value))


@register.filter
def theme(cookie: str | None) -> str:
    """day, night or auto."""
    return known_theme(cookie)


@register.simple_tag
def script_words() -> dict[str, str]:
    """The sentences that scripts show, in the page's language."""
    return {name: str(words) for name, words in WORDS.items()}


@register.simple_tag
def typed_echo(field: object) -> Echo | None:
    """How what stands in a day's or an amount's field is read; None for any other field. Errors say their own."""
    if not isinstance(field, BoundField) or not isinstance(field.field, AmountField | DayField):
        return None
    text = str(field.field.prepare_value(field.value()) or "")
    return field.field.echo(text) if text and not field.errors else Echo()


@register.filter
def undo_address(tags: str) -> str:
    """Where the undo of what a message tells is sent; "" where it cannot be taken back."""
    from guatu.core.undo_views import address_of  # the frame is drawn by views, which load this library

    return address_of(tags or "")


@register.simple_tag
def theme_choices() -> list[tuple[str, str]]:
    """The themes with their words."""
    return [(name, str(words)) for name, words in THEMES.items()]


@register.simple_tag
def num(text: str, unit: str = "") -> SafeString:
    """A figure with its unit small and grey beside it, kept on one line; "—" has no unit."""
    if not unit or text == numbers.NO_FIGURE:
        return format_html('<span class="nw">{}</span>', text)
    return format_html('<span class="nw">{}<span class="u">{}</span></span>', text, unit)


@register.simple_tag
def figure(url: str, text: str, unit: str = "") -> SafeString:
    """A figure that opens its rows (dotted line); without an address it is a figure only."""
    if not url or text == numbers.NO_FIGURE:
        return num(text, unit)
    tail = format_html('<span class="u">{}</span>', unit) if unit else ""
    return format_html('<a class="open nw" href="{}">{}{}</a>', url, text, tail)


@register.simple_tag
def light(name: str, word: str | None = None, size: int = 14, strong: bool = False) -> SafeString:
    """Shape and word of a light: ``{% light "red" %}``; ``word=""`` leaves the word to screen readers."""
    return lights.light(name, word, size=size, strong=strong)


@register.simple_tag
def light_shape(name: str, size: int = 14) -> SafeString:
    """The shape alone, where the word stands beside it."""
    return lights.shape(name, size)


@register.simple_tag
def light_count(name: str, number: int) -> SafeString:
    """Shape and count, for a cut whose column head has the word."""
    return lights.counted(name, number)


@register.simple_tag
def verdict(name: str, word: str = "") -> SafeString:
    """可完成, 有风险 or 难完成, or another word, with the light's shape."""
    return lights.verdict(name, word)


@register.simple_tag
def spark(values: Sequence[int | None], label: str, aim: int | None = None) -> SafeString:
    """A sparkline of whole numbers."""
    return marks.spark(values, label, aim=_known(aim))


@register.simple_tag
def months(done: Sequence[int | None], plan: Sequence[int | None], label: str) -> SafeString:
    """A year's months as columns against their plan."""
    return marks.months(done, plan, label)


@register.simple_tag
def rate_bar(
    done: Decimal | int | None,
    plan: Decimal | int | None = None,
    time: Decimal | int | None = None,
    full: Decimal | int = 100,
) -> SafeString:
    """Done, plan tick and dotted time progress, in per cent."""
    return marks.rate_bar(_known(done), _known(plan), _known(time), full=full)


@register.simple_tag
def axis_bar(done: Decimal | None, time: Decimal, last: Decimal | None, time_words: str, last_words: str) -> SafeString:
    """Done on one axis with the time passed and last year's."""
    return marks.axis_bar(done, time, last, (time_words, last_words))


@register.simple_tag
def parts_bar(counts: Sequence[tuple[str, int]], label: str) -> SafeString:
    """What a whole is made of, by light."""
    return marks.parts_bar(counts, label)


@register.simple_tag
def meter(
    share: Decimal | int | None,
    label: str,
    css: str = "m-azurite",
    mark: Decimal | int | None = None,
) -> SafeString:
    """A bar as wide as its place."""
    return marks.meter(_known(share), label, css=css, mark=_known(mark))


@register.inclusion_tag("core/partials/truth.html", takes_context=True)
def truth_switch(context: Context, place: str = "") -> dict[str, object]:
    """The switch between claimed, checked and confirmed figures of the page; `place` is the anchor it comes back to."""
    request = context["request"]
    return {"options": truth.switch(actor_of(request), request.GET), "place": place}


@register.simple_tag
def query(base: str, **changes: str | int) -> str:
    """The query string ``base`` with some parameters replaced (empty ones removed), for links that restore a view."""
    parameters = QueryDict(base, mutable=True)
    for name, value in changes.items():
        parameters.pop(name, None)
        if value != "":
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}"
