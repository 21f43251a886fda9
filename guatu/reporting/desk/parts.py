"""What the desk adds to Today and to a project's page: reports that were returned, and all of them by period."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.prepared import prepared
from guatu.core.registries import ToDoItem
from guatu.library.models import Project
from guatu.library.policies import visible_projects
from guatu.reporting.choices import WRITABLE, ReportState
from guatu.reporting.content import from_json
from guatu.reporting.models import Report
from guatu.reporting.sent.making import RIGHT

SHOWN: Final = 36


def reports_returned(actor: Actor) -> Sequence[ToDoItem]:
    """The reports of the actor's own unit that were returned, each by name; what is due is the rhythm's to say."""
    if actor.unit_id is None:
        return []
    return [_returned(row) for row in _returned_to(actor=actor)]


@prepared
def _returned_to(actor: Actor) -> QuerySet[Report]:
    own = visible_projects(actor, RIGHT).filter(unit=actor.unit_id)
    rows = Report.objects.filter(project__in=own, state=ReportState.RETURNED)
    return rows.select_related("project").order_by("due", "pk")


def _returned(row: Report) -> ToDoItem:
    words = _("{name} {period}填报被退回").format(name=row.project.name, period=row.period_words)
    due = clock.local(row.due).date() if row.due is not None else None
    return ToDoItem(words, form_address(row.project, row.period), due, row.returned_reason)


def form_address(project: Project, period: str) -> str:
    """The form of a project's report."""
    return reverse("reporting:report_form", args=[project.public_id, period])


def reports_of_project(actor: Actor, project: Project, params: Mapping[str, str]) -> dict[str, Any]:
    """A project's reports, the newest first, each with where it is read or written on and what it says."""
    may_write = visible_projects(actor, RIGHT).filter(pk=project.pk).exists()
    rows = Report.objects.filter(project=project).order_by("-start", "kind")[:SHOWN]
    sheet = ""
    if may_write and project.unit is not None:
        sheet = reverse("reporting:sheet") + "?" + urlencode({"unit": str(project.unit.public_id)})
    return {
        "reports": [(row, _address(row, project, may_write), from_json(row.content)) for row in rows],
        "sheet": sheet,
    }


def _address(row: Report, project: Project, may_write: bool) -> str:
    if may_write and row.state in WRITABLE:
        return form_address(project, row.period)
    return reverse("reporting:report", args=[row.public_id])
