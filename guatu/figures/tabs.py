"""What figures register upward: the sentence a project's page opens with, and a list's way to the rules of lights."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.registries import BLOCKS, LEDES, LINKS, TABS, Block, Lede, Link, Tab
from guatu.figures.light_block import light_block
from guatu.figures.project_lede import project_lede
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
LINKS.add(
    "figures.light_rules", Link("light_rules", "library.list", _("红黄绿灯规则"), _rules, "figures.view_light_rules")
)
LINKS.add("figures.target_sheet", Link("target_sheet", "library.list", _("目标任务书"), _sheet, "figures.view"))
