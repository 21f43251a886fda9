"""What evidence registers: the tab of a project's photos, what waits for a reviewer, who opens its files."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core.actor import Actor
from guatu.core.attachments import register_attachment_policy, seen_with
from guatu.core.kinds import WHOLE
from guatu.core.registries import TABS, TODOS, Tab, ToDo, ToDoItem
from guatu.core.settings import declare_setting
from guatu.core.today_parts import few_or_one
from guatu.domain.evidence import TOLERANCE
from guatu.reporting.evidence.page import photo_count, photo_line, words_of_finding
from guatu.reporting.models import EvidenceFinding
from guatu.reporting.policies import visible_evidence
from guatu.reporting.queries.evidence import open_findings


def _metres(value: int) -> str:
    return "" if 50 <= value <= 50_000 else _("填 50 至 50000 米")


declare_setting(
    "reporting.site_tolerance",
    gettext_lazy("照片位置离场址多远才提示核实（米）"),
    TOLERANCE,
    check=_metres,
    kind=WHOLE,
    per_region=True,
    help=gettext_lazy("手机定位常有偏差；没有位置的照片不提示"),
)


def waiting(actor: Actor) -> Sequence[ToDoItem]:
    """Findings that wait for the unit's reviewer and the office's head."""
    return few_or_one(
        open_findings(actor), _item, lambda n: _("{n} 处照片和材料待核实").format(n=n), reverse("reporting:findings")
    )


def _item(row: EvidenceFinding) -> ToDoItem:
    url = reverse("reporting:finding", args=[row.public_id])
    return ToDoItem(row.evidence.project.name, url, note=words_of_finding(row))


register_attachment_policy("reporting.evidence", seen_with(visible_evidence))
TODOS.add("reporting.findings", ToDo("reporting.findings", gettext_lazy("待核实"), "reporting.see_findings", waiting))
TABS.add(
    "reporting.photos",
    Tab(
        "photos",
        "library.project",
        gettext_lazy("现场照片"),
        "reporting.view_readings",
        28,
        "reporting/evidence/line.html",
        photo_line,
        photo_count,
    ),
)
