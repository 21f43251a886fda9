"""Routes of the review."""

from typing import Any

from guatu.core import clock
from guatu.library import actions as library
from guatu.library.models import AnnualList
from guatu.reporting import actions
from guatu.reporting.content import ReportContent
from guatu.reporting.models import Report
from guatu.reporting.sent.making import offers
from tests.access.routes import Route
from tests.reporting.workbooks import asked_unit
from tests.support.cast import Cast


def handed_in(cast: Cast, who: str = "reporter", unit: str = "housing") -> Report:
    """A unit's report of the last month, handed in."""
    bureau = asked_unit(cast, f"{unit}示例项目", unit=unit)
    actor = cast.actor(who)
    (offer,) = offers(actor, bureau, clock.today())
    project = offer.asked[0].project
    return actions.submit_report(
        actor=actor, project=project, expected=offer.expected, content=ReportContent(ytd=10**6, words="基础施工")
    )[0]


def locked(cast: Cast) -> Report:
    """The same, accepted and locked."""
    report = handed_in(cast)
    for who, run in (("reviewer", actions.check_reports), ("office", actions.accept_reports)):
        report.refresh_from_db()
        run(actor=cast.actor(who), reports=[(report, report.version)])
    annual = AnnualList.objects.get()
    library.close_period(actor=cast.actor("office_head"), annual_list=annual, until=report.on, reason="停工")
    return report


def _inside(cast: Cast) -> dict[str, Any]:
    return {"public_id": handed_in(cast).public_id}


def _outside(cast: Cast) -> dict[str, Any]:
    return {"public_id": handed_in(cast, "other_reporter", "commerce").public_id}


def _version(cast: Cast) -> dict[str, Any]:
    return {"seen": Report.objects.get().version}


def _chosen(cast: Cast) -> dict[str, Any]:
    report = handed_in(cast)
    return {"do": "check", "report": f"{report.public_id}:{report.version}"}


ROUTES = {
    "reporting:review": Route("reviewer", "reporter"),
    "reporting:review_decide": Route("reviewer", "reporter", method="post", data=_chosen),
    "reporting:reports": Route("office", "system_admin"),
    "reporting:report": Route("reviewer", "system_admin", inside=_inside, outside=_outside),
    "reporting:report_return": Route("reviewer", "reporter", inside=_inside, outside=_outside),
    "reporting:review_take_back": Route(
        "reporter", "head", inside=_inside, outside=_outside, method="post", data=_version
    ),
    "reporting:report_correct": Route(
        "reporter", "head", inside=lambda cast: {"public_id": locked(cast).public_id}, outside=_outside
    ),
}
