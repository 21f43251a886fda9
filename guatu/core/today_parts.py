"""What packages register for the Today page beside their to-dos: news, standing parts, first steps, words of a post."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core.actor import Actor
from guatu.core.refusals import Sentence
from guatu.core.registries import Registry, ToDoItem

FEW = 4


@dataclass(frozen=True, slots=True)
class NewsItem:
    """Something that changed: what it is about, what happened, when."""

    words: str
    url: str
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class News:
    """A source of changes since a moment within what the post may see; newest first, few queries however many rows."""

    code: str
    words: Sentence
    right: str
    items: Callable[[Actor, datetime], Sequence[NewsItem]]


@dataclass(frozen=True, slots=True)
class Standing:
    """A part of the page that stands whatever waits (how my projects stand); no context: nothing is shown."""

    code: str
    words: Sentence
    right: str
    template: str
    context: Callable[[Actor], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a new installation: `done` is read from the data, in a query or two; `right` may take it."""

    code: str
    order: int
    words: Sentence
    text: Sentence
    button: Sentence
    right: str
    done: Callable[[], bool]
    url: Callable[[], str]


NEWS: Registry[News] = Registry("source of changes")
STANDING: Registry[Standing] = Registry("standing part of Today")
STEPS: Registry[Step] = Registry("first step")
POST_TEXTS: dict[str, Sentence] = {}
"""By post kind: what will stand on Today, and how to begin."""


def few_or_one(items: Sequence[ToDoItem], words: Callable[[int], str], url: str) -> Sequence[ToDoItem]:
    """The items themselves while they are few; else one that counts them, due when the first is due."""
    if len(items) <= FEW:
        return items
    first = min((item.due for item in items if item.due is not None), default=None)
    named = _("、").join(item.words for item in items[:3])
    return [ToDoItem(words(len(items)), url, first, _("{names} 等").format(names=named))]


def steps_left() -> list[Step]:
    """The first steps in order; empty as soon as all are done."""
    steps = sorted(STEPS.values(), key=lambda step: step.order)
    return [] if not steps or steps[-1].done() else steps


def address(name: str) -> Callable[[], str]:
    """The address of a route, asked for when it is shown."""
    return lambda: reverse(name)


def due_words(due: date | None, day: date) -> str:
    """余 3 天, 今天, 迟 2 天; nothing without a date."""
    if due is None:
        return ""
    days = (due - day).days
    if days == 0:
        return _("今天")
    return _("余 {n} 天").format(n=days) if days > 0 else _("迟 {n} 天").format(n=-days)
