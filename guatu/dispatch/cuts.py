"""Cuts of a list: the menu of dimensions, unions of levels, and one cut in full."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core.actor import Actor
from guatu.dispatch.forms import Choice
from guatu.dispatch.queries import CutRow, against_time, cut_rows
from guatu.domain.indicators import known_values
from guatu.figures.choices import DIMENSION_WORDS
from guatu.figures.policies import can_cut_by
from guatu.figures.queries import Asked, figures


@dataclass(frozen=True, slots=True)
class CutTable:
    """A cut in full: the whole on top, then the groups."""

    by: tuple[str, ...]
    title: str
    whole: dict[str, Any]
    rows: list[CutRow]
    additive: bool
    gap: int | None
    """Yuan of the whole against the share of the year passed."""


def table(actor: Actor, asked: Asked, text: str) -> CutTable:
    """The cut that an address asks for ("class", "class,unit")."""
    by = tuple(part for part in text.split(",") if part)
    answer = figures(actor, asked, by)
    words = " × ".join(str(DIMENSION_WORDS.get(dimension, dimension)) for dimension in by)
    whole = figures(actor, asked).whole
    return CutTable(
        by,
        _("分{words}").format(words=words),
        known_values(whole),
        cut_rows(actor, asked, by, worst_first="light" not in by),
        all(row.additive for row in answer.rows),
        against_time(whole.values, asked),
    )


def menu(actor: Actor, query: str, now: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The dimensions that the actor may cut by, as tabs."""
    return [
        {
            "label": words,
            "url": f"{reverse('dispatch:cut')}?{query}&{urlencode({'by': code})}",
            "current": tuple(now) == (code,),
            "count": None,
        }
        for code, words in DIMENSION_WORDS.items()
        if can_cut_by(actor, code).allowed
    ]


def unions(choice: Choice) -> list[dict[str, Any]]:
    """The lists to choose from: each alone, and of one year and region the province's and the city's together."""
    options = [
        {"label": row.name, "lists": str(row.public_id), "current": choice.lists == (row,)} for row in choice.available
    ]
    pairs: dict[tuple[int, int], dict[str, Any]] = {}
    for row in choice.available:
        pairs.setdefault((row.year, row.region_id), {})[row.level] = row
    for (year, _region), levels in pairs.items():
        if {"province", "city"} <= levels.keys():
            both = (levels["province"], levels["city"])
            options.append(
                {
                    "label": _("{year} 年省市重点项目（合并）").format(year=year),
                    "lists": ",".join(str(row.public_id) for row in both),
                    "current": choice.lists == both,
                }
            )
    return options
