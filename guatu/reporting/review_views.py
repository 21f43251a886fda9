"""Pages of the review: the queue, one report, all reports; a return, a report taken back, a locked period corrected."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import rights
from guatu.core.answers import answer
from guatu.core.pages import WRITE, actor_of, found, page, seen_in
from guatu.core.refusals import Refusal
from guatu.core.ui.numbers import hundredths
from guatu.domain.periods import Period
from guatu.library.policies import findable_projects
from guatu.reporting import actions
from guatu.reporting.models import Report
from guatu.reporting.policies import visible_reports
from guatu.reporting.queries import readings_as_of
from guatu.reporting.queries.asked import next_open
from guatu.reporting.review.deciding import decide as carry_out
from guatu.reporting.review.forms import CorrectionForm, ReturnForm
from guatu.reporting.review.page import page_of
from guatu.reporting.review.queue import CHECK, Asked, queue
from guatu.reporting.review.standing import standing_of
from guatu.reporting.review.tables import REPORTS

VIEW, CLAIM = "reporting.view_readings", "reporting.claim"
POST = ("POST",)


def _report(request: HttpRequest, public_id: UUID, right: str = VIEW) -> Report:
    """A report within reach (404 otherwise)."""
    row: Report = found(visible_reports(actor_of(request), right).filter(public_id=public_id).first())
    return row


def _own_page(row: Report) -> str:
    return reverse("reporting:report", args=[row.public_id])


def _queue_page(request: HttpRequest, status: int = 200, **more: Any) -> HttpResponse:
    asked = Asked.of(request.GET)
    context = {"page_title": _("填报审核"), **queue(actor_of(request), asked), **more}
    return render(request, "reporting/review/queue.html", context, status=status)


@page(CHECK, place="reports")
def index(request: HttpRequest) -> HttpResponse:
    """The reports that wait for one's check or acceptance, by unit."""
    return _queue_page(request)


@page(CHECK, place="reports", methods=POST)
def decide(request: HttpRequest) -> HttpResponse:
    """Check or accept the chosen reports, all or none; what stands in the way is said above the queue."""
    chosen = request.POST.getlist("report")
    try:
        said = carry_out(actor_of(request), request.POST.get("do", ""), chosen)
    except Refusal as refusal:
        if refusal.status not in (409, 422):
            raise
        shown = {"refusal": refusal, "items": refusal.items, "chosen": {value.partition(":")[0] for value in chosen}}
        return _queue_page(request, status=refusal.status, **shown)
    messages.success(request, said)
    query = request.GET.urlencode()
    return redirect(reverse("reporting:review") + (f"?{query}" if query else ""))


@page(VIEW, place="reports")
def listed(request: HttpRequest) -> HttpResponse:
    """All reports that the post may see: who has handed in, where each stands."""
    actor = actor_of(request)
    rows = visible_reports(actor).filter(project__in=findable_projects(actor).values("pk"))
    may_check = rights.can(actor, CHECK).allowed
    standing = standing_of(actor) if may_check and "HX-Request" not in request.headers else []
    context = {"page_title": _("全部填报"), "standing": standing}
    return REPORTS.respond(request, rows, template="reporting/review/list.html", context=context, title=_("全部填报"))


@page(VIEW, place="reports")
def report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One report: what it says beside the period before, its way and editions, what can be done with it."""
    actor, row = actor_of(request), _report(request, public_id)
    crumbs = [{"label": _("全部填报"), "url": reverse("reporting:reports")}]
    if rights.can(actor, CHECK).allowed:
        crumbs = [{"label": _("填报审核"), "url": reverse("reporting:review")}]
    context = {"page_title": row.project.name, "crumbs": crumbs, **page_of(actor, row)}
    if context["can"]["return"]:
        context["form"] = ReturnForm(initial={"seen": row.version}, region_id=row.project.region_id)
    return render(request, "reporting/review/report.html", context)


@page(CHECK, place="reports", methods=WRITE)
def give_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Return a report with a reason."""
    actor, row = actor_of(request), _report(request, public_id, CHECK)
    initial = {"seen": row.version}
    form = ReturnForm(request.POST or None, initial=initial, region_id=row.project.region_id)

    def run(values: dict[str, Any]) -> None:
        actions.return_report(actor=actor, report=row, seen=values["seen"], reason=form.whole())

    title = _("退回：{name} {period}").format(name=row.project.name, period=row.period_words)
    template, context = "reporting/review/return.html", {"report": row, "back": _own_page(row)}
    to = reverse("reporting:review")
    return answer(request, form, run, title=title, to=to, said=_("已退回。"), template=template, context=context)


@page(CLAIM, place="reports", methods=POST)
def take_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take back what was handed in and nobody has checked yet."""
    row = _report(request, public_id, CLAIM)
    actions.take_back_report(actor=actor_of(request), report=row, seen=seen_in(request))
    messages.success(request, _("已撤回，可以修改后再报。"))
    return redirect(_own_page(row))


@page(CLAIM, place="reports", methods=WRITE)
def correct(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say what was wrong in a locked period; it goes out with the next open period's report."""
    actor, row = actor_of(request), _report(request, public_id, CLAIM)
    until = actions.locked_until(row.project, row.on)
    if until is None:
        raise Refusal("reporting.not_locked", name=row.project.name, period=row.period_words)
    expected = next_open(row, until)
    later = actions.later_locked(row, until)
    form = CorrectionForm(request.POST or None, later=bool(later))

    def run(values: dict[str, Any]) -> Report:
        return actions.correct_locked(actor=actor, report=row, expected=expected, **values)

    title = _("更正：{name} {period}").format(name=row.project.name, period=row.period_words)
    stands = readings_as_of([row.project_id], row.on, restated=True).get(row.project_id)
    percent = f"{hundredths(stands.percent)}%" if stands is not None and stands.percent is not None else ""
    context = {"until": until, "carrier": expected.period.label_zh, "stands": stands, "percent": percent}
    context["later"] = [(Period.parse(one.period).label_zh, one.ytd) for one in later]
    said = _("已写入{period}的填报，随它一起报出。").format(period=expected.period.label_zh)
    template, to = "reporting/review/correct.html", _own_page(row)
    return answer(request, form, run, title=title, to=to, said=said, then=_own_page, template=template, context=context)
