"""Carrying out the locking of a month: the own unit's reports are accepted, the list is locked, the bulletin issued."""

from typing import Any, Final

from guatu.core import clock
from guatu.demo.model import Closing
from guatu.demo.write_people import People
from guatu.demo.write_reports import content_of, sheets_of
from guatu.domain.periods import Period
from guatu.domain.rhythm import expected, read_rhythm
from guatu.library import actions as library
from guatu.library.models import AnnualList, Project
from guatu.library.queries.checks import open_items
from guatu.library.queries.listed import listed_in
from guatu.people.models import Unit
from guatu.people.queries import calendar_for
from guatu.publishing import actions as publishing
from guatu.reporting import actions
from guatu.reporting.choices import Means
from guatu.reporting.models import Report
from guatu.reporting.queries.rule_presets import PRESETS

REASON: Final = "个别单位数据未报齐，按已报数据锁定（演示）"
APPROVED: Final = 6  # projects whose reports of the month were handed in already, before all were asked to


def close(deed: Closing, annual_list: AnnualList, people: People) -> None:
    """The month is locked by the office's head and its bulletin issued, drafted by the office."""
    month = Period.parse(deed.month)
    _accepted(month, annual_list, people)
    head = people.actor("office_head")
    open_ = any(check.count for check in open_items(annual_list, month.end))
    library.close_period(actor=head, annual_list=annual_list, until=month.end, reason=REASON if open_ else "")
    lists: dict[str, Any] = {"lists": [annual_list], "as_of": month.end}
    bulletin = publishing.draft_bulletin(actor=people.actor("office"), kind="progress", **lists)
    publishing.issue_rendered(
        actor=head, bulletin=bulletin, seen=bulletin.version, number=month.end.month, on=clock.today()
    )


def _accepted(month: Period, annual_list: AnnualList, people: People) -> None:
    """Some of the own unit's reports of the month, as its sheet says them: checked by the unit, then accepted."""
    rhythm = read_rhythm("month", PRESETS["month_end"].rule)
    one = expected(rhythm, month, calendar_for(annual_list.region, closures=False))
    projects = _projects(annual_list, month, people.units["housing"])
    known, before = sheets_of([row.pk for row in projects], month)
    done: list[Report] = []
    for project in projects:
        if len(done) == APPROVED:
            break
        reading = known.get(project.pk)
        if reading is not None and reading.effective_on == month.end and not reading.estimate:
            said: dict[str, Any] = {"content": content_of(reading, before.get(project.pk)), "means": Means.WORKBOOK}
            done.append(actions.submit_report(actor=people.actor("reporter"), project=project, expected=one, **said)[0])
    if done:
        actions.check_reports(actor=people.actor("reviewer"), reports=[(row, row.version) for row in done])
        actions.accept_reports(actor=people.actor("office_head"), reports=[(row, row.version) for row in done])


def _projects(annual_list: AnnualList, month: Period, unit: Unit) -> list[Project]:
    rows = listed_in(Project.objects.filter(unit=unit), annual_list, month.end)
    return list(rows.select_related("region", "unit").order_by("pk"))
