"""Routes of the reporter's desk."""

from typing import Any

from guatu.core import clock
from guatu.library.models import Project
from guatu.reporting.actions import submit_report
from guatu.reporting.content import ReportContent
from guatu.reporting.desk.sheet import period_of, wanted_one
from guatu.reporting.models import Report
from tests.access.routes import Parts, Route
from tests.reporting.workbooks import asked_unit
from tests.support.cast import Cast

PERIOD = "2026-02"


def _report(unit: str) -> Parts:
    def make(cast: Cast) -> dict[str, Any]:
        asked_unit(cast, f"{unit}示例项目", unit=unit)
        return {"public_id": Project.objects.get(name=f"{unit}示例项目").public_id, "period": PERIOD}

    return make


def _submitted(unit: str, who: str) -> Parts:
    def make(cast: Cast) -> dict[str, Any]:
        parts = _report(unit)(cast)
        project = Project.objects.get(public_id=parts["public_id"])
        one = wanted_one(project, period_of(PERIOD), clock.today())
        assert one is not None
        content = ReportContent(amount=10_000)
        submit_report(actor=cast.actor(who), project=project, expected=one.expected, content=content)
        return parts

    return make


def _version(cast: Cast) -> dict[str, Any]:
    return {"seen": Report.objects.latest("pk").version}


def _asked(cast: Cast) -> dict[str, Any]:
    return {"unit": asked_unit(cast, "示例项目").public_id, "period": PERIOD}


def _one(method: str = "get") -> Route:
    return Route("reporter", "head", inside=_report("housing"), outside=_report("commerce"), method=method)


ROUTES = {
    "reporting:sheet": Route("reporter", "head"),
    "reporting:sheet_submit": Route("reporter", "head", method="post", data=_asked),
    "reporting:report_form": _one(),
    "reporting:sheet_keep": _one("post"),
    "reporting:report_take_back": Route(
        "reporter",
        "head",
        inside=_submitted("housing", "reporter"),
        outside=_submitted("commerce", "other_reporter"),
        method="post",
        data=_version,
    ),
}
