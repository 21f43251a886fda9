"""Formats of the columns that figures add to tables: points against the time passed, twelve months in miniature, and
lights by a region's own rules."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from html import escape

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from guatu.core.tables.formats import NAMED, POINTS, Format
from guatu.core.ui import lights, marks
from guatu.core.ui.numbers import NO_FIGURE
from guatu.domain.money import MoneyUnit, format_amount
from guatu.domain.rounding import PerCent


class Lagging(PerCent):
    """A figure that a rule calls lagging: it stands in red, with a word for who does not see colours."""


def _lead(value: Decimal | None) -> str:
    if isinstance(value, Lagging):
        return f'<span class="t-red" title="{escape(str(lights.WORDS["red"]))}">{POINTS.html(value)}</span>'
    return POINTS.html(value)


LEAD = replace(POINTS, code="lead", html=_lead)
"""Percentage points against the time passed; red only where they are `Lagging`."""


@lru_cache(maxsize=8192)
def _months(value: tuple[tuple[int, ...], tuple[int, ...]], language: str | None) -> str:
    return str(marks.months(*value, _months_text(value)))


def _months_text(value: tuple[tuple[int, ...], tuple[int, ...]] | None) -> str:
    """What was done in each month, in 万元."""
    if value is None or not value[0]:
        return NO_FIGURE
    return " ".join(format_amount(done, MoneyUnit.WAN, 0) for done in value[0])


MONTHS = Format(
    "months",
    lambda value: NO_FIGURE if value is None else _months(value, get_language()),
    _months_text,
    _months_text,
    unit=_("计划、完成"),
    sortable=False,
    width=40,
)
"""(done by month, planned by month), whole yuan: twelve tiny columns; in files what was done, in 万元."""


class Lit(str):
    """The name of a light that a rule lit (or "none"): `reason` is the sentence that says why; an `excused` one does
    not count."""

    def __new__(cls, name: str, reason: Callable[[], str], excused: bool = False) -> "Lit":
        """`reason` is asked only for the rows of a page."""
        made = super().__new__(cls, name)
        made._reason, made.excused = reason, excused
        return made

    _reason: Callable[[], str]
    excused: bool

    @property
    def reason(self) -> str:
        """The sentence that lit it."""
        return self._reason()


@lru_cache(maxsize=64)
def _lit_shape(name: str, language: str | None) -> str:
    return str(lights.light(name, lights.LIT[name]))


def _lit(value: str | None) -> str:
    if value is None:
        return NO_FIGURE
    shape = _lit_shape(str(value), get_language())
    if not isinstance(value, Lit):
        return shape
    mark = f' <span class="tag">{escape(str(_("豁免")))}</span>' if value.excused else ""
    return f'<span class="nw" title="{escape(value.reason)}">{shape}{mark}</span>'


def _lit_text(value: str | None) -> str:
    return NO_FIGURE if value is None else str(lights.LIT[value])


LIT = Format(
    "lit",
    _lit,
    _lit_text,
    _lit_text,
    rank={name: place for place, name in enumerate(lights.LIT)},
    words=lights.LIT,
    width=10,
)
"""A light by a region's own rules: shape and 红灯, the sentence in its title; none where no rules judge the row."""

NAMED.add("lead", LEAD)
NAMED.add("months", MONTHS)
NAMED.add("lit", LIT)
