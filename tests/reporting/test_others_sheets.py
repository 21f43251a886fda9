"""Who reports one project of a unit sees no other's figures: not in its workbooks, returns or stamped sheets."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from guatu.core import clock
from guatu.core.attachments import keep_file
from guatu.core.roundtrip.out import unit_workbook_bytes
from guatu.library import actions as library
from guatu.library.models import Project
from guatu.reporting import actions
from guatu.reporting.content import ReportContent
from guatu.reporting.models import Report
from guatu.reporting.sent.making import offers, workbook_of
from guatu.reporting.stamped.sheet import to_stamp
from tests.reporting.workbooks import sent_back
from tests.support.cast import cast

__all__ = ["cast"]

WAN = 10_000
OTHER = "别家示例项目"


@pytest.fixture
def firm(cast, settings, tmp_path):
    """A contractor has a part in one of the housing bureau's two projects."""
    settings.DATA_DIR = tmp_path
    own_one = sent_back(cast)
    own = Project.objects.get(name="housing示例项目")
    row = library.NewProject(name=OTHER, region=cast.region("district"), stage="started")
    day = clock.today().replace(month=1, day=1)
    other = library.register_project(actor=cast.actor("office"), row=row, on=day)
    entry = library.EntryRow(project=other, values={"planned_investment": 10**8, "kind": "new_start"})
    library.put_entries(actor=cast.actor("office"), annual_list=own.entries.get().annual_list, rows=[entry], on=day)
    for project, role, unit in ((other, "responsible", "housing"), (own, "contractor", "contractor_firm")):
        library.assign(actor=cast.actor("office"), project=project, role=role, unit=cast.unit(unit), on=day)
    reporter, bureau = cast.actor("reporter"), cast.unit("housing")
    (offer,) = offers(reporter, bureau, clock.today())
    whole = handed_back(reporter, bureau, offer)
    for one in offer.asked:
        said = ReportContent(amount=123 * WAN, words=f"{one.project.name}进场")
        actions.submit_report(actor=reporter, project=one.project, expected=offer.expected, content=said)
    (waits,) = to_stamp(reporter, bureau)
    sheet = actions.print_sheet(actor=reporter, unit=bureau, reports=waits.reports)
    assert Report.objects.count() == 2
    return {"client": cast.client("contractor"), "own": own_one, "whole": whole, "sheet": sheet, "unit": bureau}


def handed_back(reporter, bureau, offer):
    book, projects = workbook_of(bureau, offer)
    sent = actions.send_workbook(actor=reporter, unit=bureau, offer=offer, book=book, projects=projects)
    file = keep_file(SimpleUploadedFile("填报表.xlsx", unit_workbook_bytes(book)[0]), kinds=("xlsx",))
    return actions.receive_workbook(actor=reporter, sent=sent, file=file, counts={})


def test_a_firm_sees_its_own_project(firm):
    page = firm["client"].get(f"{reverse('reporting:stamped')}?unit={firm['unit'].public_id}")
    assert page.status_code == 200
    assert firm["sheet"].check_code not in page.content.decode()


@pytest.mark.parametrize("name", ["stamped_sheet", "stamped_paper"])
def test_a_sheet_with_another_project_is_not_there_for_the_firm(firm, name):
    assert firm["client"].get(reverse(f"reporting:{name}", args=[firm["sheet"].public_id])).status_code == 404


@pytest.mark.parametrize(("name", "method"), [("workbook_return", "get"), ("workbook_drop", "post")])
def test_a_workbook_of_another_units_whole_work_is_not_there_for_the_firm(firm, name, method):
    url = reverse(f"reporting:{name}", args=[firm["whole"].public_id])
    assert getattr(firm["client"], method)(url).status_code == 404
    assert firm["client"].get(reverse("core:attachment", args=[firm["whole"].original.public_id])).status_code == 404


def test_a_workbook_of_its_own_project_is(firm):
    assert firm["client"].get(reverse("reporting:workbook_return", args=[firm["own"].public_id])).status_code == 200


def test_the_units_own_people_and_the_office_see_them_all(cast, firm):
    for who in ("reporter", "office"):
        for name, row in (("workbook_return", "whole"), ("workbook_return", "own"), ("stamped_sheet", "sheet")):
            assert cast.client(who).get(reverse(f"reporting:{name}", args=[firm[row].public_id])).status_code == 200
