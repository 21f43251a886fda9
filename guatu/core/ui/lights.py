"""The five lights: colour, shape and word are always together, so that none of them is ever the only sign."""

from typing import Final

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

WORDS: Final[dict[str, Promise]] = {
    "red": _("滞后"),
    "yellow": _("预警"),
    "green": _("正常"),
    "blue": _("完成"),
    "none": _("未到期"),
}
"""Word of each light, in the order in which rows are sorted by light."""

VERDICTS: Final[dict[str, Promise]] = {"red": _("难完成"), "yellow": _("有风险"), "green": _("可完成")}
"""The same shapes where a level of the chain of targets is judged."""

LIT: Final[dict[str, Promise]] = {
    "red": _("红灯"),
    "yellow": _("黄灯"),
    "green": _("绿灯"),
    "blue": _("蓝灯"),
    "none": _("未亮灯"),
}
"""What an office calls them where its own rules lit them; `none`: the rules gave no colour."""

SIZES: Final = (12, 14, 18, 24)


def shape(name: str, size: int = 14) -> SafeString:
    """The shape alone, where the word stands beside it or in the column's head (never read aloud)."""
    _check(name, size)
    size_class = "" if size == 14 else f" l-{size}"
    return format_html(
        '<svg class="l{}" viewBox="0 0 16 16" aria-hidden="true"><use href="#l-{}"></use></svg>', size_class, name
    )


def light(name: str, word: str | Promise | None = None, *, size: int = 14, strong: bool = False) -> SafeString:
    """Shape and word. ``word`` replaces the light's own word; an empty one leaves it to screen readers only."""
    _check(name, size)
    text = word or WORDS[name]
    inner = format_html('<span class="sr">{}</span>', text) if word == "" else format_html("{}", text)
    strength = " light-strong" if strong else ""
    return format_html('<span class="light light-{}{}">{}{}</span>', name, strength, shape(name, size), inner)


def verdict(name: str, word: Promise | str = "") -> SafeString:
    """A judged level: 可完成, 有风险 or 难完成, or another word, in bold; "—" where there is no verdict yet."""
    return light(name, word or VERDICTS[name], strong=True) if name in VERDICTS else format_html("{}", "—")


def counted(name: str, number: int) -> SafeString:
    """Shape and count, for a dense cut whose column head has the word; a middle dot for none."""
    if number == 0:
        return format_html('<span class="ink-3">{}</span>', "·")
    return format_html(
        '<span class="count">{}<span class="sr">{}</span>{}</span>', shape(name, 12), WORDS[name], number
    )


def _check(name: str, size: int) -> None:
    if name not in WORDS or size not in SIZES:
        raise ValueError(f"no light {name!r} of size {size}")
