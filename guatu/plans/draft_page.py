"""What the page of a draft shows: its rows as typed, the dates they lead to, what breaks and what would repair it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from guatu.core import clock
from guatu.core.refusals import Refusal
from guatu.core.ui import numbers
from guatu.domain.schedule.types import (
    CHEAPEST_CRASH,
    DROPPED_OVERLAP,
    MOVED_DEADLINE,
    Change,
    Constraint,
    Link,
    NodeDates,
    Repair,
)
from guatu.library.models import Project
from guatu.people.queries import beyond_words
from guatu.plans.chart import Bar, Picture, picture_of
from guatu.plans.chart_fold import Fold, folded
from guatu.plans.compute import Answer, Moved, Real, answer_of, calendars_of, effects
from guatu.plans.content import Content

MOVED_SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """What a row of the draft comes to."""

    id: str
    dates: NodeDates
    critical: bool
    words: str
    done: bool = False
    since: date | None = None  # a start that is known


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairShown:
    """A way out: what it changes and what comes of it."""

    code: str
    title: str
    changes: list[str]
    cost: int
    finish: date
    moved: list[Moved]
    more: int
    least: bool


@dataclass(slots=True, kw_only=True)
class Outcome:
    """The draft worked through; `error` says why it cannot be."""

    error: str = ""
    feasible: bool = False
    short_by: int = 0
    finish: date | None = None
    deadline: date | None = None
    path: Sequence[str] = ()
    at: Sequence[At] = ()
    conflict: Sequence[str] = ()
    repairs: Sequence[RepairShown] = ()
    picture: Picture | None = None
    fold: Fold | None = None
    beyond: str = ""


def outcome_of(project: Project, content: Content | None, real: Mapping[str, Real], opened: str = "") -> Outcome:
    """Work a draft through from today and say what comes of it; nothing where it cannot be read. `opened` is the part
    of a large picture that is shown row by row.
    """
    if content is None:
        return Outcome(error=_("改正标出的内容后重新推算。"))
    today = clock.today()
    try:
        answer = answer_of(content, calendars_of(project), today, real)
    except Refusal as refusal:
        return Outcome(error=str(refusal))
    found, critical, real = answer.found, answer.critical, answer.real
    done = {key for key, told in real.items() if told.finish}
    at = [_at(answer, row, critical, done) for row in found.nodes]
    bars, fold = folded([_bar(answer, one, real) for one in at], opened)
    return Outcome(
        feasible=answer.feasible,
        short_by=answer.short_by,
        finish=found.finish,
        deadline=content.deadline,
        path=[name.partition(" ")[2] for name in found.driving_path],
        at=at,
        conflict=[_constraint(one) for one in found.conflict],
        repairs=[_repair(answer, one) for one in found.repairs],
        picture=picture_of(bars, today, content.deadline),
        fold=fold,
        beyond=beyond_words(max(found.finish, content.deadline or found.finish)),
    )


def _at(answer: Answer, row: NodeDates, critical: set[str], done: set[str]) -> At:
    key = answer.id_of(row.id)
    words = _("已完成") if key in done else _float_words(row.float)
    real = answer.real.get(key, Real())
    return At(id=key, dates=row, critical=key in critical, words=words, done=key in done, since=real.start)


def _float_words(days: int) -> str:
    return _("超期 %(n)d 天") % {"n": -days} if days < 0 else _("%(n)d 天") % {"n": days}


def _bar(answer: Answer, at: At, real: Mapping[str, Real]) -> Bar:
    told = real.get(at.id)
    actual = None
    if told is not None and (told.start or told.finish):
        first = told.start or told.finish or at.dates.earliest_start
        actual = (first, told.finish or max(first, clock.today()))
    return Bar(
        name=at.dates.id.partition(" ")[2],
        planned=(at.dates.earliest_start, at.dates.earliest_finish),
        milestone=answer.found.plan.nodes[int(at.dates.id.partition(" ")[0]) - 1].duration == 0,
        actual=actual,
        until=None if at.done else at.dates.latest_finish,
        critical=at.critical,
        light="blue" if told is not None and told.finish else "green",
    )


def _name(node: str | None) -> str:
    place, _space, name = (node or "").partition(" ")
    return _("第%(row)s行“%(name)s”") % {"row": place, "name": name}


def _waiting(link: Link) -> str:
    """A precedence in words: what of the later node waits for what of the earlier one, and how many days apart."""
    told = {
        "FS": _("%(after)s要等%(before)s完成%(lag)s才能开始"),
        "SS": _("%(after)s要等%(before)s开始%(lag)s才能开始"),
        "FF": _("%(after)s要等%(before)s完成%(lag)s才能完成"),
        "SF": _("%(after)s要等%(before)s开始%(lag)s才能完成"),
    }
    lags = {1: _("后 %(n)d 天"), -1: _("前 %(n)d 天"), 0: ""}
    lag = lags[(link.lag > 0) - (link.lag < 0)]
    apart = lag % {"n": abs(link.lag)} if lag else ""
    return told[link.type] % {"after": _name(link.to), "before": _name(link.start), "lag": apart}


def _constraint(one: Constraint) -> str:
    if one.link is not None:
        return _waiting(one.link)
    words = {"node": _name(one.node), "day": numbers.full_day(one.date)}
    told = {
        "today": _("%(node)s最早从今天（%(day)s）开始"),
        "start_no_earlier": _("%(node)s不早于%(day)s开始"),
        "actual_start": _("%(node)s已于%(day)s开始"),
        "actual_finish": _("%(node)s已于%(day)s完成"),
        "must_start": _("%(node)s必须在%(day)s开始"),
        "must_finish": _("%(node)s必须在%(day)s完成"),
        "finish_no_later": _("%(node)s不晚于%(day)s完成"),
        "deadline": _("完成期限是%(day)s"),
    }
    return told.get(one.kind, "%(node)s %(day)s") % words


def _repair(answer: Answer, repair: Repair) -> RepairShown:
    titles = {
        CHEAPEST_CRASH: _("压缩工期"),
        MOVED_DEADLINE: _("调整期限"),
        DROPPED_OVERLAP: _("改为并行"),
    }
    moved = effects(answer, repair)
    return RepairShown(
        code=repair.kind,
        title=titles.get(repair.kind, repair.kind),
        changes=[_change(one) for one in repair.changes],
        cost=repair.cost,
        finish=repair.finish,
        moved=moved[-MOVED_SHOWN:],
        more=max(0, len(moved) - MOVED_SHOWN),
        least=repair.least,
    )


def _change(one: Change) -> str:
    if one.kind == "crash":
        return _("%(node)s压缩 %(days)d 天") % {"node": _name(one.node), "days": one.days or 0}
    if one.kind == "drop_link" and one.link is not None:
        words = {"after": _name(one.link.to), "before": _name(one.link.start)}
        return _("%(after)s不再等%(before)s，两项并行") % words
    words = {"node": _name(one.node), "day": numbers.full_day(one.date), "before": numbers.full_day(one.before)}
    told = {
        "deadline": _("完成期限由%(before)s改为%(day)s"),
        "finish_no_later": _("%(node)s的“不晚于”由%(before)s改为%(day)s"),
        "must_finish": _("%(node)s的完成日由%(before)s改为%(day)s"),
        "must_start": _("%(node)s的开始日由%(before)s改为%(day)s"),
    }
    return told.get(one.kind, "%(node)s %(day)s") % words


def page_of(project: Project, typed: Any, outcome: Outcome) -> dict[str, Any]:
    """The context of the rows: what was typed beside what comes of it."""
    at = {one.id: one for one in outcome.at}
    return {
        "rows": [{"row": row, "at": at.get(row.id)} for row in typed.rows],
        "typed": typed,
        "outcome": outcome,
        "project": project,
    }
