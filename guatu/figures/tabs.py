"""What figures register upward: the sentence a project's page opens with, and a list's way to the rules of lights."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guatu.core.registries import LEDES, LINKS, Lede, Link
from guatu.figures.project_lede import project_lede


def _rules(row: Any) -> str:
    return reverse("figures:light_rules")


LEDES.add("figures.project", Lede("library.project", "figures.view", project_lede))
LINKS.add("figures.light_rules", Link("light_rules", "library.list", _("红黄绿灯规则"), _rules))
