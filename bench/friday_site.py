"""The addresses that Friday's fifty people use: the product's own, and one form that hands a report in."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from bench.reports import FIVE, LAST_WEEK
from guatu.core.pages import WRITE, actor_of, found, page
from guatu.domain.periods import Period
from guatu.domain.rhythm import Expected
from guatu.library.policies import visible_projects
from guatu.reporting.actions import submit_report
from guatu.reporting.content import ReportContent


@page("reporting.claim", methods=WRITE)
def submit(request: HttpRequest) -> HttpResponse:
    """Hand in the week's report of one project, as a form of one project would: nothing but the post is measured."""
    actor = actor_of(request)
    rows = visible_projects(actor, "reporting.claim").select_related("region", "unit")
    project = found(rows.filter(pk=int(request.POST.get("project", "0"))).first())
    period = Period.containing("week", LAST_WEEK)
    expected = Expected(period, period.end, period.end, FIVE)
    content = ReportContent(amount=int(request.POST["amount"]), words=request.POST["words"])
    report, _findings = submit_report(actor=actor, project=project, expected=expected, content=content)
    return HttpResponse(str(report.public_id))


urlpatterns = [path("bench/submit/", submit), path("", include("guatu.config.urls"))]
