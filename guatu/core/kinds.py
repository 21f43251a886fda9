"""Kinds of settings: how a typed value is read, how it is shown, and what of it is kept as JSON."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from guatu.core.refusals import Sentence
from guatu.core.typed import day_typed, show_amount, why_not
from guatu.core.ui import numbers
from guatu.domain.errors import DomainError
from guatu.domain.money import parse_amount

YES, NO = "1", "0"


class Unreadable(ValueError):
    """A typed value that is not of its kind; the text says what would be."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`read` makes the kept value from a typed text (raises Unreadable), `show` a text that a person understands,
    `typed` the text that stands in the form.
    """

    code: str
    read: Callable[[str], Any]
    show: Callable[[Any], str]
    typed: Callable[[Any], str] = str


def _read_whole(text: str) -> int:
    try:
        value = int(text.replace(",", "").replace("，", ""))
    except ValueError:
        raise Unreadable(_("要填整数，如 20")) from None
    if abs(value) >= 10**15:
        raise Unreadable(_("数太大，请核对"))
    return value


def _read_money(text: str) -> int:
    try:
        return parse_amount(text, None)
    except DomainError as fault:
        raise Unreadable(why_not(fault)) from None


def _read_yes(text: str) -> bool:
    if text not in (YES, NO):
        raise Unreadable(_("只能选“是”或“否”"))
    return text == YES


def _read_day(text: str) -> str:
    try:
        return day_typed(text).day.isoformat()
    except DomainError as fault:
        raise Unreadable(why_not(fault)) from None


def _read_names(text: str) -> list[str]:
    parts = text.replace("，", ",").replace("、", ",").replace("\n", ",").split(",")
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


WHOLE = Kind("whole", _read_whole, lambda value: numbers.count(value))
MONEY = Kind("money", _read_money, numbers.exact_amount, show_amount)
TEXT = Kind("text", str, str)
YES_NO = Kind("yes_no", _read_yes, lambda value: _("是") if value else _("否"), lambda value: YES if value else NO)
DAY = Kind("day", _read_day, str)
NAMES = Kind("names", _read_names, lambda value: "、".join(value) if value else _("（无）"), lambda v: "、".join(v))


def several(words: Mapping[str, Sentence]) -> Kind:
    """Any of several codes, each with its words; kept as a list in the order of `words`."""

    def read(text: str) -> list[str]:
        wanted = _read_names(text)
        known = {str(word): code for code, word in words.items()} | {code: code for code in words}
        strange = [name for name in wanted if name not in known]
        if strange:
            raise Unreadable(_("没有“%(name)s”这一项") % {"name": strange[0]})
        chosen = {known[name] for name in wanted}
        return [code for code in words if code in chosen]

    def show(value: list[str]) -> str:
        return "、".join(str(words.get(code, code)) for code in value) or _("（无）")

    return Kind("several", read, show, lambda value: "、".join(str(words.get(code, code)) for code in value))


KINDS = {kind.code: kind for kind in (WHOLE, MONEY, TEXT, YES_NO, DAY, NAMES)}
