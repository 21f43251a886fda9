"""What packages register for the Today page beside their to-dos: news, standing parts, first steps, words of a post."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core.actor import Actor
from guatu.core.refusals import Sentence
from guatu.core.registries import Registry, ToDoItem

FEW, NAMED = 4, 3
Row = TypeVar("Row")


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


NEWS: Registry[News] = Registry(gettext_lazy("动态来源"))
STANDING: Registry[Standing] = Registry(gettext_lazy("今日固定栏"))
STEPS: Registry[Step] = Registry(gettext_lazy("开始使用的步骤"))
POST_TEXTS: dict[str, Sentence] = {}
"""By post kind: what will stand on Today, and how to begin."""


def few_or_one(
    rows: QuerySet[Any] | Sequence[Row] | Callable[[], QuerySet[Any]],
    item: Callable[[Row], ToDoItem],
    words: Callable[[int], str],
    url: str | Callable[[], str],
    first: Sequence[Row] | None = None,
) -> Sequence[ToDoItem]:
    """An item a row while they are few; else one that counts them all and names three, due when the first is due.

    `rows` are handed over whole, in order, those that are due first at the head: of a query no more than a few are
    read, and it is counted by the database. `url`, of the one, is asked for when it is needed. `first`: the FEW + 1 at
    the head, where a prepared look-up read them; the query is then made only to count.
    """
    if callable(rows) and first is None:
        rows = rows()
    head = first if first is not None else rows[: FEW + 1]  # type: ignore[index]  # no function any more
    items = [item(row) for row in head]
    if len(items) <= FEW:
        return items
    rows = rows() if callable(rows) else rows
    count = rows.count() if isinstance(rows, QuerySet) else len(rows)
    due = min((one.due for one in items if one.due is not None), default=None)
    named = _("、").join(one.words for one in items[:NAMED])
    return [ToDoItem(words(count), url if isinstance(url, str) else url(), due, _("{names} 等").format(names=named))]


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
