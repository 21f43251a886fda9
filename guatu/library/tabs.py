"""What the library registers upward: its place in the menu, the tabs of a project, search, what waits for a post."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.core import clock
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
)
from guatu.core.today_parts import NEWS, STEPS, News, Step, address
from guatu.library.models import Project
from guatu.library.queries import page, todo
from guatu.library.queries.news import changes_since
from guatu.library.queries.parts import year_chart
from guatu.library.queries.search import hits

ON = "library.project"


def _overview(actor: Actor, row: Project, params: Mapping[str, str]) -> dict[str, Any]:
    told = page.overview_tab(actor, row, page.day_shown(row, clock.today()))
    return {**told, "year_chart": year_chart(actor, row)}


def _stages(actor: Actor, row: Project, params: Mapping[str, str]) -> dict[str, Any]:
    return page.stages_tab(actor, row, page.day_shown(row, clock.today()))


def _people(actor: Actor, row: Project, params: Mapping[str, str]) -> dict[str, Any]:
    return page.people_tab(actor, row, page.day_shown(row, clock.today()))


def _entries(actor: Actor, row: Project, params: Mapping[str, str]) -> dict[str, Any]:
    return {"entries": page.entries_shown(actor, row, page.day_shown(row, clock.today()))}


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
for _code, _said, _right, _items in (
    ("lists", _("待印发的名单"), "library.issue_list", todo.lists_to_issue),
    ("planned", _("计划开竣工"), "library.view_mine", todo.planned_dates),
    ("unconfirmed", _("待确认的项目"), "library.change_project", todo.unconfirmed),
    ("codes", _("代码有疑"), "library.change_project", todo.doubtful_codes),
    ("commitments", _("包联责任未落实"), "library.assign", todo.commitments_lacking),
):
    TODOS.add(f"library.{_code}", ToDo(f"library.{_code}", _said, _right, _items))
NEWS.add("library.changes", News("library.changes", _("项目的变化"), "library.view_mine", changes_since))
for _step in (
    Step(
        "library.list",
        30,
        _("建立今年的名单，或导入年度计划表"),
        _("把现有的计划表拖进来即可，表头不同也能认；名单、项目、分类、单位和分包领导会一并建好，导入前先看预览。"),
        _("导入年度计划表"),
        "library.draft_import",
        todo.any_listed,
        address("reporting:import"),
    ),
    Step(
        "library.classes",
        40,
        _("核对项目分类"),
        _("调度按分类汇总。计划表里的类别行就是分类，导入后在名单页核对；逐项列入的，在列入时选分类。"),
        _("打开名单"),
        "library.make_list",
        todo.any_class,
        address("library:lists"),
    ),
    Step(
        "library.people",
        50,
        _("核对责任单位和分包领导"),
        _("每个项目要有责任单位和分包领导。导入时新出现的单位、领导标为“待确认”，逐个确认，写法不同的并入。"),
        _("打开岗位"),
        "people.confirm_post",
        todo.any_answered_for,
        address("people:posts"),
    ),
    Step(
        "library.issue",
        60,
        _("印发名单"),
        _("填写文号和印发日期。印发以前名单为“暂定”，数字同样可看。"),
        _("打开名单"),
        "library.issue_list",
        todo.any_issued,
        address("library:lists"),
    ),
):
    STEPS.add(_step.code, _step)
