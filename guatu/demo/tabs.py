"""What the scenarios put on other packages' pages: the way from a scenario's list to its printed figures."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guatu.core.registries import LINKS, Link
from guatu.demo.scenarios import SCENARIO_OF_LIST


def _printed(annual_list: Any) -> str:
    code = SCENARIO_OF_LIST.get(annual_list.name)
    return f"{reverse('demo:printed')}?{urlencode({'scenario': code})}" if code else ""


LINKS.add("demo.printed", Link("printed", "library.list", _("报道数字对照"), _printed))
