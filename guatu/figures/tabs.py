"""What figures register upward: a project's first sentence, light and targets, what waits, ways to rules."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.registries import BLOCKS, LEDES, LINKS, TABS, TODOS, Block, Lede, Link, Tab, ToDo
from guatu.core.withheld import WITHHELD
from guatu.figures import todo
from guatu.figures.light_block import light_block
from guatu.figures.project_lede import project_lede
from guatu.figures.queries.light_withheld import explanations_withheld
from guatu.figures.target_tab import target_tab
from guatu.library.models import Project


def _targets(actor: Actor, project: Project, params: Mapping[str, str]) -> dict[str, Any]:
    return target_tab(actor, project, params, clock.today())


def _rules(row: Any) -> str:
    return reverse("figures:light_rules")


def _sheet(row: Any) -> str:
    return reverse("figures:target_sheet", args=[row.public_id])


LEDES.add("figures.project", Lede("library.project", "figures.view", project_lede))
TABS.add(
    "figures.targets",
    Tab("targets", "library.project", _("目标"), "figures.view", 15, "figures/targets.html", _targets),
)
BLOCKS.add("figures.light", Block("library.project", "figures.view", "figures/light_block.html", light_block))
WITHHELD.add("figures.light_explanations", explanations_withheld)
LINKS.add(
    "figures.light_rules", Link("light_rules", "library.list", _("红黄绿灯规则"), _rules, "figures.view_light_rules")
)
LINKS.add("figures.target_sheet", Link("target_sheet", "library.list", _("目标任务书"), _sheet, "figures.view"))
TODOS.add(
    "figures.reds_coming", ToDo("figures.reds_coming", _("将亮红灯"), "figures.view_pending_lights", todo.reds_coming)
)
TODOS.add("figures.reds_of_today", ToDo("figures.reds_of_today", _("新亮红灯"), todo.OFFICE, todo.reds_of_today))
