"""What the tab of a project's plan shows."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from guatu.core import clock, typed
from guatu.core.actor import Actor
from guatu.domain.errors import DomainError
from guatu.library.models import Project
from guatu.people.policies import can_on_region
from guatu.people.queries import beyond_words, closures_for
from guatu.plans.chart import Bar, picture_of
from guatu.plans.chart_fold import folded
from guatu.plans.policies import can_on
from guatu.plans.queries.drafts import draft_of
from guatu.plans.queries.plan import NodeLine, PlanView, plan_of


def known_day(params: Mapping[str, str]) -> tuple[date | None, str]:
    """The day for which the plan is asked as it was known then, and what is wrong with the text that was typed."""
    text = params.get("known", "").strip()[:30]
    if not text:
        return None, ""
    try:
        day = typed.day_typed(text).day
    except DomainError as fault:
        return None, typed.why_not(fault)
    return (day, "") if day < clock.today() else (None, "")


def context_of(actor: Actor, project: Project, params: Mapping[str, str]) -> dict[str, Any]:
    """The plan at a day, its picture, its versions, and what the actor may do with it."""
    known, wrong = known_day(params)
    view = plan_of(project, known or clock.today(), known)
    draft = draft_of(project)
    return {
        "view": view,
        "known": known,
        "known_typed": params.get("known", ""),
        "known_wrong": wrong,
        "draft": draft,
        **({} if view is None else picture(view, params.get("chart", "")[:8])),
        "beyond": "" if view is None else beyond_words(view.last.days.planned_finish),
        "may_draft": can_on(actor, "plans.draft", project).allowed,
        "may_record": known is None and can_on(actor, "plans.record", project).allowed,
        "closures": [] if known else closures_for(project.region, project.trail_subject(), clock.today()),
        "may_close": can_on_region(actor, "people.add_closure", project.region).allowed,
        "may_template": view is not None and can_on(actor, "plans.template", project).allowed,
    }


def picture(view: PlanView, opened: str) -> dict[str, Any]:
    """The plan as a picture, and how it folds."""
    bars, fold = folded([_bar(line, view.day) for line in view.lines], opened)
    return {"picture": picture_of(bars, view.day, view.in_force.deadline), "fold": fold}


def _bar(line: NodeLine, day: date) -> Bar:
    days = line.days
    actual = None
    if days.actual_start is not None:
        actual = (days.actual_start, days.actual_finish or max(day, days.actual_start))
    elif days.actual_finish is not None:
        actual = (days.actual_finish, days.actual_finish)  # nobody knows when it began
    forecast = None
    if not days.done and days.forecast_finish is not None:
        start = days.actual_start or days.forecast_start or min(days.planned_start, days.forecast_finish)
        forecast = (start, days.forecast_finish)
    return Bar(
        name=line.node.name,
        planned=(days.planned_start, days.planned_finish),
        milestone=line.node.duration == 0,
        actual=actual,
        forecast=forecast,
        light=line.light,
    )


def papers_address(annual_list: Any) -> str:
    """Where a list's papers are chosen."""
    return f"{reverse('plans:papers')}?list={annual_list.public_id}"


def count_of(actor: Actor, project: Project) -> int | None:
    """The nodes of the plan in force."""
    view = project.plan.nodes.filter(withdrawn=False).count() if hasattr(project, "plan") else 0
    return view or None
