"""What the desk adds to Today and to a project's page: reports that are due, and a project's reports by period."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from guatu.core import clock, rights
from guatu.core.actor import Actor
from guatu.core.registries import ToDoItem
from guatu.library.models import Project
from guatu.library.policies import visible_projects
from guatu.people.models import Unit
from guatu.reporting.choices import ReportState
from guatu.reporting.models import Report
from guatu.reporting.sent.making import RIGHT, Offer, offers

SHOWN: Final = 36
READING_PAGE: Final = "reporting:report"
"""The page on which a report is read and reviewed."""


def reports_due(actor: Actor) -> Sequence[ToDoItem]:
    """The reports that the actor's own unit has still to hand in, by kind; returned ones first and by name."""
    unit = Unit.objects.filter(pk=actor.unit_id).first() if actor.unit_id is not None else None
    if unit is None:
        return []
    returned = Report.objects.filter(
        project__in=visible_projects(actor, RIGHT).filter(unit=unit), state=ReportState.RETURNED
    )
    found = [_returned(row) for row in returned.select_related("project").order_by("due", "pk")]
    return found + [_offer(unit, one) for one in offers(actor, unit, clock.today()) if one.missing]


def _returned(row: Report) -> ToDoItem:
    words = _("{name} {period}填报被退回").format(name=row.project.name, period=row.period_words)
    due = clock.local(row.due).date() if row.due is not None else None
    return ToDoItem(words, form_address(row.project, row.period), due, row.returned_reason)


def _offer(unit: Unit, one: Offer) -> ToDoItem:
    words = _("{period} {kind}：{n} 个项目待报").format(period=one.period.label_zh, kind=one.kind_words, n=one.missing)
    late = _("已过报送期限") if one.expected.due < clock.today() else ""
    address = reverse("reporting:sheet") + "?" + urlencode({"unit": str(unit.public_id), "kind": one.kind})
    return ToDoItem(words, address, one.expected.due, late)


def form_address(project: Project, period: str) -> str:
    """The form of a project's report."""
    return reverse("reporting:report_form", args=[project.public_id, period])


def reports_of_project(actor: Actor, project: Project, params: Mapping[str, str]) -> dict[str, Any]:
    """A project's reports, the newest first, each with where it is read or written on."""
    may_write = rights.can(actor, RIGHT).allowed
    rows = Report.objects.filter(project=project).order_by("-start", "kind")[:SHOWN]
    return {"reports": [(row, _address(row, project, may_write)) for row in rows]}


def _address(row: Report, project: Project, may_write: bool) -> str:
    if may_write and row.state in (ReportState.DRAFT, ReportState.RETURNED):
        return form_address(project, row.period)
    try:
        return reverse(READING_PAGE, args=[row.public_id])
    except NoReverseMatch:  # the reading page is a part that may not be installed
        return form_address(project, row.period) if may_write else ""
