"""What a post's calendar shows: nodes and deadlines of the plans in force for this month and the five after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Case, DateField, F, Max, OuterRef, QuerySet, Subquery, When
from django.utils.translation import gettext as _

from guatu.core import rights
from guatu.core.actor import Actor
from guatu.library.choices import Secrecy
from guatu.library.models import Project
from guatu.library.policies import is_secret, visible_lists, visible_projects
from guatu.library.queries.listed import listed_on
from guatu.plans.choices import Dates
from guatu.plans.models import NodeDates, Plan, VersionNode
from guatu.plans.queries.lines import NodeDays

MONTHS: Final = 6  # this one and the next five
MOST: Final = 3000  # events; a calendar program takes no more with patience
MINE: Final = "library.view_mine"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One all-day event. `uid` stays the node's (or the plan's) whatever becomes of its date."""

    uid: str
    on: date
    title: str
    words: str
    project_id: UUID


def feed_entries(actor: Actor, today: date) -> list[FeedEntry]:
    """The post's nodes and deadlines in order of date, the first `MOST` of them; three queries besides the scope's.

    Nothing of a project marked 敏感, and nothing that carries a mark of secrecy: the feed leaves the product.
    """
    first, last = months_from(today)
    projects = projects_of_feed(actor, today)
    found = [*_nodes(projects, first, last, today), *_deadlines(projects, first, last)]
    shown = [entry for entry in found if not is_secret(text=f"{entry.title}\n{entry.words}")]
    return sorted(shown, key=lambda one: (one.on, one.uid))[:MOST]


def months_from(today: date) -> tuple[date, date]:
    """The first day of this month and the last of the fifth after it."""
    ahead = today.year * 12 + today.month - 1 + MONTHS
    return today.replace(day=1), date(ahead // 12, ahead % 12 + 1, 1) - timedelta(days=1)


def projects_of_feed(actor: Actor, today: date) -> QuerySet[Project]:
    """What the post answers for: a leader's and a unit's own projects, those of its year's lists for an office."""
    rows = visible_projects(actor, "plans.view").filter(pk__in=visible_projects(actor, MINE).values("pk"))
    rows = rows.exclude(secrecy=Secrecy.SENSITIVE)
    if not {"region", "installation"} & set(rights.scopes_of(actor, MINE)):
        return rows
    lists = visible_lists(actor, MINE).filter(year__lte=today.year)
    newest = lists.aggregate(year=Max("year"))["year"]
    listed = listed_on(lists.filter(year=newest).values_list("pk", flat=True), today)
    return rows.filter(pk__in=listed.values("project"))


def _nodes(projects: QuerySet[Project], first: date, last: date, today: date) -> Iterator[FeedEntry]:
    """Planned finish, or the forecast where it is later; what is done stays where it was planned."""
    standing = NodeDates.objects.filter(node=OuterRef("node"), superseded_at__isnull=True).order_by(
        "-effective_on", "-booked_on", "-pk"
    )
    actual, forecast = (
        Subquery(standing.filter(sort=sort, effective_on__lte=today).values("finish")[:1])
        for sort in (Dates.ACTUAL, Dates.FORECAST)
    )
    rows = VersionNode.objects.filter(
        plan_version__number=F("plan_version__plan__approved"),
        plan_version__plan__project__in=projects.values("pk"),
        finish__lte=last,
    )
    on = Case(When(actual=None, forecast__gt=F("finish"), then="forecast"), default="finish", output_field=DateField())
    rows = rows.annotate(actual=actual, forecast=forecast).annotate(on=on).filter(on__range=(first, last))
    project = "plan_version__plan__project"
    columns = ("node__public_id", "node__name", "on", "start", "finish", "actual", "forecast", f"{project}__name")
    for row in rows.order_by("on", "pk").values(*columns, f"{project}__public_id")[:MOST]:
        yield _node(row, today)


def _node(row: dict[str, Any], today: date) -> FeedEntry:
    days = NodeDays(
        planned_start=row["start"],
        planned_finish=row["finish"],
        forecast_finish=row["forecast"],
        actual_finish=row["actual"],
    )
    return FeedEntry(
        uid=f"node-{row['node__public_id']}",
        on=row["on"],
        title=f"{row['plan_version__plan__project__name']} · {row['node__name']}",
        words=_state(days, today),
        project_id=row["plan_version__plan__project__public_id"],
    )


def _state(days: NodeDays, today: date) -> str:
    """How the node stands, in words for somebody without the page before him."""
    said = {"planned": days.planned_finish, "forecast": days.forecast_finish, "actual": days.actual_finish}
    if days.done:
        return _("已于%(actual)s完成，计划%(planned)s") % said
    if days.overdue(today):
        late = {**said, "n": (today - days.planned_finish).days}
        told = _("计划%(planned)s完成，已超期%(n)d天") % late
        return told + (_("；预计%(forecast)s") % said if days.forecast_finish else "")
    if days.forecast_finish is not None and days.forecast_finish > days.planned_finish:
        return _("计划%(planned)s，预计%(forecast)s完成，迟%(n)d天") % {**said, "n": days.slip(today)}
    return _("计划%(planned)s完成") % said


def _deadlines(projects: QuerySet[Project], first: date, last: date) -> Iterator[FeedEntry]:
    rows = Plan.objects.filter(approved__gt=0, project__in=projects.values("pk"), deadline__range=(first, last))
    columns = ("public_id", "deadline", "project__name", "project__public_id")
    for row in rows.order_by("deadline", "pk").values(*columns)[:MOST]:
        yield FeedEntry(
            uid=f"deadline-{row['public_id']}",
            on=row["deadline"],
            title=f"{row['project__name']} · {_('完成期限')}",
            words=_("计划的完成期限"),
            project_id=row["project__public_id"],
        )
