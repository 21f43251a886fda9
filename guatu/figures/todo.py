"""What lights wait for a post: the unit's reds that are about to take effect, and the office's new ones of today."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.utils.translation import gettext as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.registries import ToDoItem
from guatu.core.tables.state import CHOSEN_MOST
from guatu.core.today_parts import few_or_one
from guatu.core.ui.numbers import day
from guatu.figures.queries.light_now import PENDING
from guatu.figures.queries.lit import lights_on
from guatu.library.models import Project
from guatu.library.policies import projects_within
from guatu.library.queries.projects import parts
from guatu.library.queries.todo import library_url, lists_running, project_url, projects_url

OFFICE = "figures.draft_light_rules"


def _regions(actor: Actor, right: str) -> set[int]:
    """The regions of this year's lists within which the post holds a right."""
    return {row.region_id for row in lists_running(actor=actor, right=right)}


def _by_name(actor: Actor, right: str, ids: Iterable[int]) -> list[Project]:
    """Those of some projects over which the post holds a right, by name, read in parts of a bounded size."""
    reach = projects_within(actor, right).only("pk", "public_id", "name", "sort_key")
    found = [row for part in parts(ids) for row in reach.filter(pk__in=part)]
    return sorted(found, key=lambda row: (row.sort_key, row.pk))


def reds_coming(actor: Actor) -> Sequence[ToDoItem]:
    """Projects of the own unit that will be red on the next work day, with that day and the reason."""
    lights = lights_on(clock.today(), regions=_regions(actor, PENDING))
    waiting = {project: light for project, light in lights.items() if light.pending is not None}
    if not waiting:
        return []
    mine = _by_name(actor, PENDING, waiting)

    def item(row: Project) -> ToDoItem:
        light = waiting[row.pk]
        why = light.pending.sentence if light.pending is not None else ""
        return ToDoItem(_("将亮红灯：{name}").format(name=row.name), project_url(row), light.takes_effect, why)

    def words(n: int) -> str:
        first = min(on for row in mine if (on := waiting[row.pk].takes_effect) is not None)
        return _("将亮红灯 {n} 项，{day}起生效").format(n=n, day=day(first))

    return few_or_one(mine, item, words, lambda: projects_url(mine[: CHOSEN_MOST + 1]))


def reds_of_today(actor: Actor) -> Sequence[ToDoItem]:
    """One line: how many projects of the region are red since today, those excused left out."""
    today = clock.today()
    regions = _regions(actor, OFFICE)
    lights = lights_on(today, regions=regions)
    before = lights_on(today - timedelta(days=1), regions=regions) if lights else {}
    red = [
        project
        for project, light in lights.items()
        if light.counted == "red" and (project not in before or before[project].colour != "red")
    ]
    if not red:
        return []
    mine = _by_name(actor, OFFICE, red)
    if not mine:
        return []
    named = _("、").join(row.name for row in mine[:3])
    url = project_url(mine[0]) if len(mine) == 1 else projects_url(mine[: CHOSEN_MOST + 1], library_url(light="red"))
    return [ToDoItem(_("今日新亮红灯 {n} 项").format(n=len(mine)), url, note=named)]
