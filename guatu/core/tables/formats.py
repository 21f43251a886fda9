"""Formats of columns: a value as escaped markup, as plain text for CSV, and as a cell of a workbook.

No figure is "—" everywhere. Markup is made of ready strings, since a template per cell costs ten times as much.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.refusals import Sentence
from guatu.core.registries import Registry
from guatu.core.ui import lights, marks, numbers
from guatu.core.ui.numbers import NO_FIGURE
from guatu.domain.errors import DomainError
from guatu.domain.money import MINUS, MoneyUnit, format_amount, format_number, parse_amount
from guatu.domain.rounding import half_up
from guatu.domain.typed import read_bound

LARGEST = 2**63 - 1
Read = Callable[[str, bool], Any]


@dataclass(frozen=True, slots=True)
class Format:
    """How the values of a column look.

    `html` gives escaped markup; `text` what stands in a CSV; `cell` the value of a workbook's cell (its look is
    `num_format`); `read` the bound that a person typed into a range (`upper` tells which), raising DomainError or
    ValueError; `unit` stands in the head; `rank` orders codes that have an order of their own; `factor` and `places`
    say how the browser shows a sum of selected whole values.
    """

    code: str
    html: Callable[[Any], str]
    text: Callable[[Any], str]
    cell: Callable[[Any], Any]
    num_format: str = ""
    numeric: bool = False
    unit: Sentence = ""
    read: Read | None = None
    rank: Mapping[str, int] | None = None
    words: Mapping[str, Sentence] | None = None
    sortable: bool = True
    width: int = 12
    factor: int = 0  # whole units of the value in one shown unit, where sums of what is selected can be shown exactly
    places: int = 0
    long: bool = False  # whole sentences: they take the room that they need and break anywhere


def _plain(value: Any) -> str:
    return NO_FIGURE if value is None or value == "" else str(value)


def _ascii(text: str) -> str:
    """A printed number as programs read it."""
    return text.replace(",", "").replace(MINUS, "-")


def _whole(text: str, upper: bool) -> int:
    value = int(text.replace(",", ""))
    if abs(value) > LARGEST:
        raise ValueError(text)
    return value


def _decimal(text: str, upper: bool) -> Decimal:
    plain = text.strip().removesuffix("%")
    if len(plain) > 20 or not plain.lstrip("+-").replace(".", "", 1).isdecimal():
        raise ValueError(text)
    return Decimal(plain)


def _day(text: str, upper: bool) -> date:
    return read_bound(text, clock.today(), upper)


TEXT = Format("text", lambda value: escape(_plain(value)), _plain, _plain, width=20)
LONG = replace(TEXT, code="long", long=True, width=40)
INTEGER = Format(
    "integer",
    numbers.count,
    lambda value: NO_FIGURE if value is None else str(value),
    lambda value: value,
    "#,##0",
    numeric=True,
    read=_whole,
    factor=1,
)


def _iso(value: date | None) -> str:
    return NO_FIGURE if value is None else value.isoformat()


DATE = Format("date", _iso, _iso, lambda value: value, "yyyy-mm-dd", read=_day)


def _moment(value: datetime | None) -> str:
    return NO_FIGURE if value is None else clock.local(value).strftime("%Y-%m-%d %H:%M:%S")


MOMENT = Format("moment", _moment, _moment, _moment, width=19)


def _minute(value: datetime | None) -> str:
    return NO_FIGURE if value is None else clock.local(value).strftime("%Y-%m-%d %H:%M")


MINUTE = Format("minute", _minute, _minute, _minute, width=16)


@lru_cache
def money(unit: MoneyUnit, places: int = 2) -> Format:
    """Whole yuan shown in `unit`; the unit stands once in the head."""

    def html(value: int | None) -> str:
        return NO_FIGURE if value is None else format_amount(value, unit, places)

    def cell(value: int | None) -> Decimal | None:
        return None if value is None else Decimal(value) / unit.factor

    def read(text: str, upper: bool) -> int:
        return parse_amount(text, unit)

    zeros = "." + "0" * places if places else ""
    return Format(
        "money",
        html,
        lambda v: _ascii(html(v)),
        cell,
        f"#,##0{zeros}",
        True,
        numbers.UNIT_WORDS[unit],
        read,
        width=14,
        factor=unit.factor,
        places=places,
    )


@lru_cache
def percent(places: int = 1) -> Format:
    """A rate that is already in per cent."""

    def html(value: Decimal | int | None) -> str:
        return NO_FIGURE if value is None else format_number(half_up(value, places))

    zeros = "." + "0" * places if places else ""
    return Format("percent", html, lambda v: _ascii(html(v)), lambda v: v, f"0{zeros}", True, "%", _decimal, width=9)


@lru_cache
def points(places: int = 1) -> Format:
    """A difference of two rates, with its sign."""

    def html(value: Decimal | int | None) -> str:
        return NO_FIGURE if value is None else numbers.with_sign(format_number(half_up(value, places)))

    zeros = "." + "0" * places if places else ""
    pattern = f"+0{zeros};-0{zeros};0{zeros}"
    return Format("points", html, lambda v: _ascii(html(v)), lambda v: v, pattern, True, _("百分点"), _decimal, width=9)


PERCENT, POINTS = percent(), points()


def choice(words: Mapping[str, Sentence]) -> Format:
    """Codes with their words, sorted in the order of `words`."""

    def text(value: Any) -> str:
        return str(words[value]) if value in words else _plain(value)

    rank = {code: place for place, code in enumerate(words)}
    return Format("choice", lambda value: escape(text(value)), text, text, rank=rank, words=words)


@lru_cache(maxsize=64)
def _light(name: str, language: str | None) -> str:
    return str(lights.light(name))


def _light_text(value: str | None) -> str:
    return str(lights.WORDS[value or "none"])


LIGHT = Format(
    "light",
    lambda value: _light(value or "none", get_language()),
    _light_text,
    _light_text,
    rank={name: place for place, name in enumerate(lights.WORDS)},
    words=lights.WORDS,
    width=8,
)


def _series(values: Sequence[int | None] | None) -> str:
    return " ".join(NO_FIGURE if value is None else str(value) for value in values or ()) or NO_FIGURE


SPARK = Format(
    "spark",
    lambda values: str(marks.spark(values or (), _series(values))),
    _series,
    _series,
    sortable=False,
)

NAMED: Registry[Format] = Registry(_("栏目格式"))
"""Formats that a registered column names by code; higher packages add their own."""
for _code, _format in {
    "text": TEXT,
    "link": TEXT,
    "long": LONG,
    "integer": INTEGER,
    "date": DATE,
    "moment": MOMENT,
    "minute": MINUTE,
    "money": money(MoneyUnit.WAN),
    "money_yi": money(MoneyUnit.YI),
    "percent": PERCENT,
    "points": POINTS,
    "light": LIGHT,
    "spark": SPARK,
}.items():
    NAMED.add(_code, _format)

Unreadable = (DomainError, ValueError, ArithmeticError)
