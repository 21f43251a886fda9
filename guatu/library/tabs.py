"""What the library registers upward: its place in the menu, the tabs of a project, search, what waits for a post."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guatu.core import clock, rights
from guatu.core.actor import Actor
from guatu.core.registries import (
    PLACES,
    SEARCHES,
    TABS,
    TODOS,
    Place,
    SearchSource,
    Tab,
    ToDo,
    ToDoItem,
    tabs_on,
)
from guatu.library.models import Project
from guatu.library.policies import can_do, visible_projects
from guatu.library.queries import page
from guatu.library.queries.commitments import incomplete
from guatu.library.queries.search import hits

ON = "library.project"


def _overview(actor: Actor, row: Project, params: Mapping[str, str]) -> dict[str, Any]:
    told = page.overview_tab(actor, row, page.day_shown(row, clock.today()))
    return {**told, "year_chart": _year_chart(actor, row, params)}


def _year_chart(actor: Actor, row: Project, params: Mapping[str, str]) -> Any:
    """The newest chart of the tab of money, where a higher package has one and the post may open it."""
    tab = next((tab for tab in tabs_on(ON) if tab.code == "money"), None)
    if tab is None or not can_do(actor, tab.right, row).allowed:
        return None
    return next(iter(tab.context(actor, row, params).get("charts", ())), None)


def _stages(actor: Actor, row: Project, params: Mapping[str, str]) -> dict[str, Any]:
    return page.stages_tab(actor, row, page.day_shown(row, clock.today()))


def _people(actor: Actor, row: Project, params: Mapping[str, str]) -> dict[str, Any]:
    return page.people_tab(actor, row, page.day_shown(row, clock.today()))


def _entries(actor: Actor, row: Project, params: Mapping[str, str]) -> dict[str, Any]:
    return {"entries": page.entries_shown(actor, row, page.day_shown(row, clock.today()))}


def _incomplete(actor: Actor) -> Sequence[ToDoItem]:
    return [
        ToDoItem(
            project.name,
            reverse("library:project", args=[project.public_id]) + "?tab=people",
            note=str(_("{words}缺 {n} 项：{missing}")).format(
                words=lack.words, n=len(lack.missing), missing="、".join(member.words for member in lack.missing)
            ),
        )
        for project, lack in incomplete(actor, "library.assign", clock.today())
    ]


def _unconfirmed(actor: Actor) -> Sequence[ToDoItem]:
    if not rights.can(actor, "library.change_project").allowed:
        return []
    rows = visible_projects(actor, "library.change_project").filter(confirmed=False).order_by("sort_key")[:200]
    return [ToDoItem(row.name, reverse("library:project", args=[row.public_id]), note=str(_("待确认"))) for row in rows]


PLACES.add("library", Place("library", _("项目库"), "library:projects", "library.view", 30))
TABS.add(
    "library.overview", Tab("overview", ON, _("概况"), "library.view", 10, "library/tabs/overview.html", _overview)
)
TABS.add("library.stages", Tab("stages", ON, _("阶段"), "library.view", 30, "library/tabs/stages.html", _stages))
TABS.add("library.people", Tab("people", ON, _("责任"), "library.view", 40, "library/tabs/people.html", _people))
TABS.add(
    "library.entries", Tab("entries", ON, _("列入名单"), "library.view", 50, "library/tabs/entries.html", _entries)
)
TABS.add(
    "library.history",
    Tab(
        "history",
        ON,
        _("操作记录"),
        "library.view_history",
        90,
        "library/tabs/history.html",
        page.history_tab,
        lambda actor, row: page.history_tab_count(row),
    ),
)
SEARCHES.add("library.projects", SearchSource("library.projects", _("项目"), hits, "library:projects", "library.view"))
TODOS.add("library.commitments", ToDo("library.commitments", _("包联责任未落实"), "library.assign", _incomplete))
TODOS.add("library.unconfirmed", ToDo("library.unconfirmed", _("待确认的项目"), "library.change_project", _unconfirmed))
