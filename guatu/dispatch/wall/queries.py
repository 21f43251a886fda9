"""What the wall chart shows: the library table's rows, filtered, sorted and grouped there, with plans and lights."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby, islice
from typing import Any, Final

from django.db.models import Q
from django.http import QueryDict

from guatu.core.actor import Actor
from guatu.core.tables import TableView
from guatu.core.tables.grouped import key_of
from guatu.core.tables.saved import SavedViews
from guatu.domain.lights import InEffect
from guatu.domain.workdays import Closure, WorkCalendar, official_days
from guatu.figures.queries.lights import lights_shown
from guatu.library.models import AnnualList, Project
from guatu.library.queries import tablepage
from guatu.library.queries.listpage import shown_day
from guatu.library.queries.projects import parts
from guatu.library.queries.search import matching
from guatu.library.tables import project_table
from guatu.people import queries as people
from guatu.people.choices import FESTIVALS
from guatu.plans.policies import projects_of
from guatu.plans.queries.chart import ChartPlan, chart_nodes

MOST: Final = 3000
"""Rows of one chart; whoever asks for more is told to filter."""
HOLIDAY_LEAST: Final = 5
COLUMNS: Final = ("name", "unit", "planned_start", "planned_finish", "lead")


@dataclass(frozen=True, slots=True, kw_only=True)
class WallRow:
    """One project on the wall. `starts` and `ends` are the list entry's planned days, drawn while there is no plan.
    A row that `waits` was asked for its name only: its plan and light are read after the page's first picture. In one
    that `may_begin` there is no plan and the reader may draw one up.
    """

    project: Project
    unit: str
    lead: str
    light: InEffect | None
    plan: ChartPlan | None
    starts: date | None
    ends: date | None
    waits: bool = False
    may_begin: bool = False

    @property
    def colour(self) -> str:
        """The name of the light's shape."""
        return (self.light and self.light.colour) or "none"

    @property
    def reason(self) -> str:
        """The sentence that lit it."""
        light = self.light.light if self.light is not None else None
        return light.reason.sentence if light is not None else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WallGroup:
    """A group of rows; `words` is empty where the rows are not grouped. A folded one has no rows."""

    words: str
    count: int
    rows: Sequence[WallRow]
    toggle: str = ""
    is_open: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """The chart at a day. `cut` counts the rows beyond `MOST`; `unlit`: no project's region has rules of lights; `text`
    is what was searched for.
    """

    annual_list: AnnualList | None
    day: date
    first: date
    last: date
    view: TableView
    groups: Sequence[WallGroup]
    closures: Sequence[Closure]
    points: Sequence[tuple[date, str]]
    count: int
    cut: int
    unlit: bool
    text: str = ""

    @property
    def year(self) -> int:
        """The list's year, or the day's."""
        return self.day.year if self.annual_list is None else self.annual_list.year

    @property
    def rows(self) -> Iterator[WallRow]:
        """All rows in order."""
        return (row for group in self.groups for row in group.rows)


def open_view(
    actor: Actor, chosen: AnnualList | None, params: QueryDict, day: date, path: str, *, leaves: bool = False
) -> TableView:
    """The library's table as the address asks for it, on the wall chart's own address."""
    text = params.get("q", "").strip()[:80]
    with_subs = bool(text or params.get("subs"))
    rows = tablepage.rows_of(actor, chosen, day, leaves=leaves or bool(text), with_subs=with_subs)
    table = project_table(chosen, day, in_lines=bool(text))
    saved = SavedViews(table.code, path, params, actor, table.ready)
    given = {"day": day} if chosen is None else {"day": day, "list": chosen}
    lenient = saved.current is not None
    view = table.open(params, matching(rows, text), actor, given=given, lenient=lenient)
    view.views = saved
    return view


def wall_of(
    actor: Actor,
    chosen: AnnualList | None,
    params: QueryDict,
    today: date,
    path: str,
    *,
    leaves: bool = False,
    at_first: int | None = None,
) -> Wall:
    """The wall chart behind an address; `leaves` (for paper) drops what may not leave the product, `at_first` reads
    plans and lights of so many rows only.
    """
    day = today if chosen is None else shown_day(chosen, today)
    view = open_view(actor, chosen, params, day, path, leaves=leaves)
    found = list(islice(_found(view), MOST))
    projects = _projects([cells[-1] for _group, cells in found])
    kept = [(group, cells, projects[cells[-1]]) for group, cells in found if cells[-1] in projects]
    listed = [project for _group, _cells, project in kept][:at_first]
    read = {project.pk for project in listed}
    seen = _with_plan(actor, [row.pk for row in listed])
    plans, lit = chart_nodes(seen, day), lights_shown(actor, listed, day)
    begin = _may_begin(actor, [row.pk for row in listed if row.pk not in plans])
    by_group: dict[Any, list[WallRow]] = {}
    for group, cells, project in kept:
        row = _row(view, cells, project, lit.get(project.pk), plans.get(project.pk))
        row = replace(row, waits=project.pk not in read, may_begin=project.pk in begin)
        by_group.setdefault(group, []).append(row)
    first, last = _axis(chosen, day, plans.values())
    return Wall(
        annual_list=chosen,
        day=day,
        first=first,
        last=last,
        view=view,
        groups=_groups(view, by_group),
        closures=_closures(chosen, first, last),
        points=[] if chosen is None else [(row.on, row.name) for row in chosen.check_points.order_by("on")],
        count=view.count,
        cut=max(0, view.count - MOST),
        unlit=bool(listed) and not lit,
        text=params.get("q", "").strip()[:80],
    )


def _columns(view: TableView) -> list[Any]:
    return [view.known[code] for code in COLUMNS if code in view.known]


def _found(view: TableView) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """(group's value, values of the columns and the public id last), folded groups left out."""
    columns = _columns(view)
    if view.group is None:
        yield from ((None, row) for row in view.source.rows(columns, "public_id"))
        return
    for value, row in view.group.groups.each(columns, "public_id"):
        if view.group.is_open(value):
            yield value, row


def _projects(ids: Sequence[Any]) -> dict[Any, Project]:
    found: dict[Any, Project] = {}
    for start in range(0, len(ids), 800):
        rows = Project.objects.filter(public_id__in=ids[start : start + 800]).only("public_id", "name", "region_id")
        found.update({row.public_id: row for row in rows})
    return found


def _with_plan(actor: Actor, ids: Sequence[int]) -> list[int]:
    """Those whose plan the post may see."""
    seen = projects_of(actor, "plans.view")
    return [key for part in parts(ids) for key in seen.filter(pk__in=part).values_list("pk", flat=True)]


def _may_begin(actor: Actor, ids: Sequence[int]) -> set[int]:
    """Those without a plan for which the post may draw one up."""
    own = projects_of(actor, "plans.draft").filter(Q(plan=None) | Q(plan__approved=0))
    return {key for part in parts(ids) for key in own.filter(pk__in=part).values_list("pk", flat=True)}


def _row(
    view: TableView, cells: tuple[Any, ...], project: Project, light: InEffect | None, plan: ChartPlan | None
) -> WallRow:
    values = {column.code: cells[place] for place, column in enumerate(_columns(view))}
    return WallRow(
        project=project,
        unit=values["unit"] or "",
        lead=values.get("lead") or "",
        light=light,
        plan=plan,
        starts=values.get("planned_start"),
        ends=values.get("planned_finish"),
    )


def _groups(view: TableView, rows: dict[Any, list[WallRow]]) -> list[WallGroup]:
    if view.group is None:
        listed = rows.get(None, [])
        return [WallGroup(words="", count=len(listed), rows=listed)]
    return [
        WallGroup(
            words=view.group.words_of(group.value),
            count=group.count,
            rows=rows.get(group.value, []),
            toggle=view.group.toggled(key_of(group.value)),
            is_open=view.group.is_open(group.value),
        )
        for group in view.group.listed
    ]


def _axis(chosen: AnnualList | None, day: date, plans: Any) -> tuple[date, date]:
    """The list's year, widened to whole years that the plans reach, three either way at most."""
    year = day.year if chosen is None else chosen.year
    starts = [plan.versions[-1].start.year for plan in plans]
    ends = [max(plan.deadline, plan.end).year for plan in plans]
    first, last = min([year, *starts]), max([year, *ends])
    return date(max(first, year - 3), 1, 1), date(min(last, year + 3), 12, 31)


def _closures(chosen: AnnualList | None, first: date, last: date) -> list[Closure]:
    """The closed seasons of the list's region inside the axis, and the long holidays, in order."""
    calendar = people.calendar_for(None if chosen is None else chosen.region)
    seasons = [one for one in calendar.closures if one.start <= last and one.end >= first]
    offices = people.calendar_for(None if chosen is None else chosen.region, closures=False)
    return sorted([*seasons, *_holidays(offices, first, last)], key=lambda one: one.start)


def _holidays(calendar: WorkCalendar, first: date, last: date) -> list[Closure]:
    """Days off in a row, from five on (春节、国庆), by their official names."""
    names = {one.day: FESTIVALS.get(one.name, one.name) for one in official_days() if not one.works}
    days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    found: list[Closure] = []
    for is_open, run in groupby(days, key=calendar.is_open):
        listed = list(run)
        if not is_open and len(listed) >= HOLIDAY_LEAST:
            words = next((names[day] for day in listed if day in names), "")
            found.append(Closure(listed[0], listed[-1], words))
    return found
