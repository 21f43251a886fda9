"""A unit that is asked for monthly reports, and the workbook of them, for the tests of pages and routes."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from guatu.core import clock
from guatu.core.attachments import keep_file
from guatu.core.editions import RuleState
from guatu.core.roundtrip.out import unit_workbook_bytes
from guatu.library import actions as library
from guatu.people.models import Unit
from guatu.reporting import actions
from guatu.reporting.choices import ReportKind
from guatu.reporting.models import ReportRule, WorkbookReturn
from guatu.reporting.sent.making import offers, workbook_of
from tests.support.cast import Cast

RULE = {"fields": ["money", "percent", "words", "problem"], "due": {"days": 2, "at": "17:00"}}


def asked_unit(cast: Cast, *names: str, unit: str = "housing") -> Unit:
    """A unit of the district whose projects are on this year's list and report monthly."""
    office, place, today = cast.actor("office"), cast.region("district"), clock.today()
    begin = date(today.year, 1, 1)
    listed = library.make_list(actor=office, level="district", region=place, year=today.year, settings={})
    for name in names:
        row = library.NewProject(name=name, region=place, profile={"total_investment": 10**9}, stage="started")
        project = library.register_project(actor=office, row=row, on=begin)
        entry = library.EntryRow(project=project, values={"planned_investment": 10**8, "kind": "new_start"})
        library.put_entries(actor=office, annual_list=listed, rows=[entry], on=begin)
        library.assign(actor=office, project=project, role="responsible", unit=cast.unit(unit), on=begin)
    ReportRule.objects.create(
        region=place,
        code="month",
        name="月报",
        edition=1,
        kind=ReportKind.MONTH,
        state=RuleState.IN_FORCE,
        rule=RULE,
        valid_from=begin,
    )
    return cast.unit(unit)


def sent_back(cast: Cast, who: str = "reporter", unit: str = "housing") -> WorkbookReturn:
    """The workbook of a unit's month, handed back in as it went out."""
    bureau = asked_unit(cast, f"{unit}示例项目", unit=unit)
    actor = cast.actor(who)
    (offer,) = offers(actor, bureau, clock.today())
    book, projects = workbook_of(bureau, offer)
    sent = actions.send_workbook(actor=actor, unit=bureau, offer=offer, book=book, projects=projects)
    file = keep_file(SimpleUploadedFile("填报表.xlsx", unit_workbook_bytes(book)[0]), kinds=("xlsx",))
    return actions.receive_workbook(actor=actor, sent=sent, file=file, counts={})


def address(row: WorkbookReturn) -> dict[str, Any]:
    """The part of an address that names a return."""
    return {"public_id": row.public_id}


def asked(cast: Cast) -> dict[str, Any]:
    """What a request for a unit's workbook says."""
    bureau = asked_unit(cast, "示例项目")
    (offer,) = offers(cast.actor("reporter"), bureau, clock.today())
    return {"unit": str(bureau.public_id), "kind": offer.kind, "period": offer.period.code}
