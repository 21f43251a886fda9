"""What a closure of a project comes to: the work days that it takes, and the nodes that it moves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from guatu.core import clock
from guatu.core.refusals import Refusal
from guatu.library.models import Project
from guatu.people.models import WorkClosure
from guatu.people.queries import occurrences
from guatu.plans.compute import Answer, Calendars, Moved, answer_of, calendars_of
from guatu.plans.content import Content, from_json
from guatu.plans.queries.drafts import content_of, draft_of, plan_row, real_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """What changes between two states of a project's calendar.

    `days` are the site's work days that are lost (negative: won) from `first` to `last`, which are the closure's own
    days; `until` those up to the plan's end. `moved` are the nodes whose earliest finish is another. `why` says why the
    plan cannot be worked through. `basis` is "plan", "draft" or "" (there is neither).
    """

    first: date
    last: date
    days: int
    basis: str
    end: date | None = None
    until: int = 0
    moved: Sequence[Moved] = ()
    finish: date | None = None
    deadline: date | None = None
    short_by: int = 0
    why: str = ""


@dataclass(frozen=True)
class Before:
    """How a project's calendar and plan stood before a change of its closures."""

    calendars: Calendars
    content: Content | None
    basis: str
    answer: Answer | None


def before(project: Project) -> Before:
    """The project as it stands: the plan in force worked through from today, else the draft under way."""
    plan, draft = plan_row(project), draft_of(project)
    content, basis = None, ""
    if plan is not None and plan.approved:
        content, basis = content_of(plan), "plan"
    elif draft is not None:
        content, basis = from_json(draft.content), "draft"
    calendars = calendars_of(project)
    return Before(calendars, content, basis, _worked(project, content, calendars)[0])


def _worked(project: Project, content: Content | None, calendars: Calendars) -> tuple[Answer | None, str]:
    if content is None or not content.nodes:
        return None, ""
    today = clock.today()
    try:
        return answer_of(content, calendars, today, real_of(plan_row(project), today)), ""
    except Refusal as refusal:
        return None, str(refusal)


def consequence(project: Project, stood: Before, closure: WorkClosure) -> Consequence:
    """What has changed since `before`, about a closure of the project: to be asked while the change is rehearsed."""
    now, today = calendars_of(project), clock.today()
    first, last = _days_of(closure, today)
    days = stood.calendars.site.count(first, last) - now.site.count(first, last)
    after, why = _worked(project, stood.content, now)
    told = Consequence(first=first, last=last, days=days, basis=stood.basis, why=why)
    if stood.answer is None or after is None or stood.content is None:
        return told
    end = stood.content.deadline or stood.answer.found.finish
    moved = [
        Moved(one.id.partition(" ")[2], one.earliest_finish, other.earliest_finish)
        for one, other in zip(stood.answer.found.nodes, after.found.nodes, strict=True)
        if one.earliest_finish != other.earliest_finish
    ]
    return replace(
        told,
        end=end,
        until=stood.calendars.site.count(today, end) - now.site.count(today, end),
        moved=moved,
        finish=after.found.finish,
        deadline=stood.content.deadline,
        short_by=0 if after.feasible else after.short_by,
    )


def _days_of(closure: WorkClosure, today: date) -> tuple[date, date]:
    """The closure's next days as it was entered, whether or not it has been ended."""
    entered = WorkClosure(starts_on=closure.starts_on, ends_on=closure.ends_on, yearly=closure.yearly)
    ahead = next((days for days in occurrences(entered) if days.end >= today), None)
    return (ahead.start, ahead.end) if ahead is not None else (closure.starts_on, closure.ends_on)
