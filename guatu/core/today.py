"""Today: what needs a post, by when it is due; what changed since the last look; the first steps of an installation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from time import monotonic
from typing import Any, TypeAlias

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from guatu.core import clock, rights
from guatu.core.actor import Actor
from guatu.core.models import TrailEntry, TrailHead
from guatu.core.prepared import prepared
from guatu.core.refusals import Sentence
from guatu.core.registries import TODOS, ToDo, ToDoItem
from guatu.core.remembered import Remembered
from guatu.core.today_parts import NEWS, POST_TEXTS, STANDING, NewsItem, due_words, steps_left

NEWS_SHOWN = 12
NEWS_DAYS = 7  # on a first look
RECOUNT_SECONDS = 20.0  # while others write, a count in the masthead may be so old
SIZE = 512
Head: TypeAlias = tuple[int, str]
"""The trail's last number and digest."""
_counts: Remembered[tuple[Head, float, int]] = Remembered(SIZE)  # the trail's head before it was counted, when, count


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that waits, as it is printed."""

    item: ToDoItem
    about: Sentence
    due: str
    late: bool


@dataclass(frozen=True, slots=True)
class Section:
    """The things that are due in one span of time."""

    code: str
    words: Sentence
    lines: Sequence[Line]


SPANS: tuple[tuple[str, Sentence], ...] = (
    ("late", _("已逾期")),
    ("today", _("今天到期")),
    ("week", _("本周到期")),
    ("later", _("本周以后")),
    ("open", _("未定期限")),
)


def span_of(due: date | None, day: date) -> str:
    """In which section a thing stands; a week ends on Sunday."""
    if due is None:
        return "open"
    if due < day:
        return "late"
    if due == day:
        return "today"
    return "week" if due <= day + timedelta(days=6 - day.weekday()) else "later"


def waiting(actor: Actor) -> list[tuple[ToDo, ToDoItem]]:
    """Everything that waits for the post, by source."""
    sources = [source for source in TODOS.values() if rights.can(actor, source.right).allowed]
    return [(source, item) for source in sources for item in source.items(actor)]


def sections(found: Sequence[tuple[ToDo, ToDoItem]], day: date) -> list[Section]:
    """What waits, by when it is due, the longest overdue first; sections without a line are left out."""
    lines: dict[str, list[Line]] = {code: [] for code, _words in SPANS}
    for source, item in sorted(found, key=lambda pair: pair[1].due or date.max):
        span = span_of(item.due, day)
        lines[span].append(Line(item, source.words, due_words(item.due, day), span == "late"))
    return [Section(code, words, lines[code]) for code, words in SPANS if lines[code]]


# -- the masthead's count ----------------------------------------------------------------------------------------------
def _key(actor: Actor) -> tuple[Any, ...]:
    return (actor.user_id, actor.post_id, actor.for_post_id, actor.post_kind, clock.today())


def _head() -> Head:
    return next(iter(_read_head(row=1)))


@prepared
def _read_head(row: int) -> QuerySet[TrailHead, Head]:
    return TrailHead.objects.filter(id=row).values_list("number", "digest")


@prepared
def _acts_of(user_id: int, after: int) -> QuerySet[TrailEntry, tuple[int]]:
    return TrailEntry.objects.filter(number__gt=after, user_id=user_id).values_list("number")[:1]


def looked(actor: Actor) -> list[tuple[ToDo, ToDoItem]]:
    """What waits now; its count is kept for the masthead of the next pages.

    The head is read before the rows: what is written while they are counted makes the count old, never lastingly wrong.
    """
    head = _head()
    found = waiting(actor)
    _counts.put(_key(actor), (head, monotonic(), len(found)))
    return found


def count_of(actor: Actor) -> int:
    """How many things wait: exact after what the person did and while nothing was written; what others did meanwhile is
    in it after RECOUNT_SECONDS at most. One query when kept.
    """
    kept = _counts.get(_key(actor))
    if kept is not None:
        head, at, count = kept
        lately = monotonic() - at < RECOUNT_SECONDS
        if _head() == head if not lately else not _acts_of(user_id=actor.user_id or 0, after=head[0]):
            return count
    return len(looked(actor))


def forget() -> None:
    """Empty the memory of counts (tests)."""
    _counts.forget()


# -- the page ----------------------------------------------------------------------------------------------------------
def news(actor: Actor, since: datetime) -> list[NewsItem]:
    """What changed since a moment, the newest first."""
    sources = [source for source in NEWS.values() if rights.can(actor, source.right).allowed]
    found = [item for source in sources for item in source.items(actor, since)]
    return sorted(found, key=lambda item: item.at, reverse=True)[:NEWS_SHOWN]


def standing(actor: Actor) -> list[dict[str, Any]]:
    """The parts that stand whatever waits: template and what it shows."""
    parts = [part for part in STANDING.values() if rights.can(actor, part.right).allowed]
    told = [(part, part.context(actor)) for part in parts]
    return [{"template": part.template, "part": context} for part, context in told if context is not None]


def guide(actor: Actor) -> dict[str, Any] | None:
    """The first steps with their states, for whoever may take one of them; None once the last is done."""
    steps = steps_left()
    if not any(rights.can(actor, step.right).allowed for step in steps):
        return None
    states = [(step, step.done()) for step in steps]
    mine = [step for step, done in states if not done and rights.can(actor, step.right).allowed]
    rows = [
        {
            "step": step,
            "done": done,
            "next": bool(mine) and step is mine[0],
            "may": rights.can(actor, step.right).allowed,
            "url": step.url(),
        }
        for step, done in states
    ]
    return {"rows": rows, "done": sum(done for _step, done in states), "all": len(states)}


def text_of(actor: Actor) -> Sentence:
    """What will stand on Today of this post, and how to begin."""
    return POST_TEXTS.get(actor.post_kind, _("这里将列出需要您办理的事项。您还没有岗位，请找系统管理员办理任命。"))
