"""Pages of stamped sheets: print one, hand its scan in under the check code, see what it approved."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import access, file_types, rights
from guatu.core.actor import Actor
from guatu.core.attachments import disposition, keep_file
from guatu.core.pages import actor_of, found, page
from guatu.core.refusals import Refusal
from guatu.people.models import Unit
from guatu.reporting import actions
from guatu.reporting.choices import ReportState, ReturnState
from guatu.reporting.models import SentWorkbook, WorkbookReturn
from guatu.reporting.policies import visible_sheets
from guatu.reporting.stamped.sheet import (
    RIGHT,
    SCANS,
    code_typed,
    one_to_stamp,
    reports_printed,
    scans_of,
    sheet_of,
    sheet_pdf,
    to_stamp,
)
from guatu.reporting.units import unit_shown, units_within

POST: Final = ("POST",)
CHECK: Final = "reporting.check"
TRIES: Final = (20, 60)  # a minute, so that nobody guesses codes
LATELY: Final = 30
ACCEPT: Final = ".pdf,.jpg,.jpeg,.png"


@page(RIGHT, place="reports")
def index(request: HttpRequest) -> HttpResponse:
    """What of a unit can be printed now, where a scan is handed in, and the sheets of lately."""
    return _index(request, {})


def _index(request: HttpRequest, more: dict[str, object], status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    units = units_within(actor, RIGHT)
    unit = unit_shown(units, actor, request.GET.get("unit", ""))
    sheets = visible_sheets(actor).prefetch_related("returns")
    sheets = sheets.filter(unit=unit) if unit is not None else sheets.none()
    context = {
        "page_title": _("盖章表"),
        "units": units,
        "unit": unit,
        "offers": to_stamp(actor, unit) if unit is not None else [],
        "sheets": sheets.order_by("-sent_at", "-pk")[:LATELY],
        "waiting": _waiting(actor),
        "code": "",
        "accept": ACCEPT,
        **more,
    }
    return render(request, "reporting/stamped/index.html", context, status=status)


def _waiting(actor: Actor) -> list[WorkbookReturn]:
    """Scans that nobody has counted yet, for whoever may."""
    if not rights.can(actor, CHECK).allowed:
        return []
    rows = WorkbookReturn.objects.filter(sent__in=visible_sheets(actor), state=ReturnState.WAITING)
    return list(rows.select_related("sent__unit", "original").order_by("returned_at")[:LATELY])


@page(RIGHT, place="reports", methods=POST, rate=TRIES)
def make(request: HttpRequest) -> HttpResponse:
    """Keep a unit's sheet as it is printed, and go to its page."""
    actor = actor_of(request)
    unit: Unit = found(unit_shown(units_within(actor, RIGHT), actor, request.POST.get("unit", "")))
    offer = one_to_stamp(actor, unit, request.POST.get("kind", ""), request.POST.get("period", ""))
    row = actions.print_sheet(actor=actor, unit=unit, reports=offer.reports)
    messages.success(request, _("盖章表已生成，校验码 {code}。请打印后签字盖章。").format(code=row.check_code))
    return redirect("reporting:stamped_sheet", row.public_id)


def _sheet_of(actor: Actor, public_id: UUID) -> SentWorkbook:
    row: SentWorkbook = found(visible_sheets(actor).filter(public_id=public_id).first())
    return row


@page(RIGHT, place="reports")
def sheet(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One sheet: its reports as they are now, the scan of each that it approved, what stayed and why."""
    actor = actor_of(request)
    row = _sheet_of(actor, public_id)
    returns = list(row.returns.select_related("original").order_by("-returned_at"))
    reports = reports_printed(row)
    scans = scans_of(reports)
    context = {
        "page_title": _("盖章表 {code}").format(code=row.check_code),
        "row": row,
        "back": f"{reverse('reporting:stamped')}?unit={row.unit.public_id}",
        "reports": [(report, ReportState(report.state).label, scans.get(report.pk)) for report in reports],
        "returns": returns,
        "may_count": rights.can(actor, CHECK).allowed,
        "code": row.check_code,
        "accept": ACCEPT,
    }
    return render(request, "reporting/stamped/sheet.html", context)


@page(RIGHT, place="reports", rate=(30, 60))
def paper(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The sheet to print, as PDF; each download is logged."""
    actor = actor_of(request)
    row = _sheet_of(actor, public_id)
    access.note("export", actor, subject=":".join(row.trail_subject()), detail=f"stamped {row.check_code}")
    response = HttpResponse(sheet_pdf(row), content_type=file_types.MEDIA_TYPES["pdf"])
    response["Content-Disposition"] = disposition(f"{row.unit.name}{row.period_words}审核表.pdf", inline=True)
    return response


@page(RIGHT, place="reports", methods=POST, rate=TRIES)
def receive(request: HttpRequest) -> HttpResponse:
    """A scan under its check code. Who checks reports counts it at once; of anybody else it waits for one who does."""
    actor = actor_of(request)
    typed, upload = request.POST.get("code", ""), request.FILES.get("file")
    try:
        sent = sheet_of(actor, typed)
        if upload is None:
            raise Refusal("reporting.stamped_no_file")
        row = actions.receive_sheet(actor=actor, sent=sent, file=keep_file(upload, kinds=SCANS))
    except Refusal as refusal:
        return _index(request, {"refusal": refusal, "code": code_typed(typed)}, refusal.status)
    if rights.can(actor, CHECK).allowed:
        _count(request, row)
    else:
        messages.success(request, _("扫描件已收到，待本单位审核人或项目办核对后计为审核。"))
    return redirect("reporting:stamped_sheet", sent.public_id)


def _count(request: HttpRequest, row: WorkbookReturn) -> None:
    try:
        done = actions.count_sheet(actor=actor_of(request), row=row, seen=row.version)
    except Refusal as refusal:
        if refusal.status not in (409, 422):
            raise
        messages.error(request, _("扫描件已收到，还没有计为审核：{why}").format(why=refusal))
        return
    stay = row.content["stay"]
    if not stay:
        messages.success(request, _("{n} 份填报已计为单位审核。").format(n=done))
        return
    names = "；".join(_("{name}（{why}）").format(**one) for one in stay[:5])
    words = _("{n} 份填报已计为单位审核。有 {count} 份没有计入：{names}。")
    messages.warning(request, words.format(n=done, count=len(stay), names=names))


@page(CHECK, place="reports", methods=POST)
def count(request: HttpRequest, public_id: UUID, return_id: UUID) -> HttpResponse:
    """Count a scan that waited, after it was looked at."""
    row: WorkbookReturn = found(
        WorkbookReturn.objects.filter(sent=_sheet_of(actor_of(request), public_id), public_id=return_id)
        .select_related("sent__unit", "original")
        .first()
    )
    _count(request, row)
    return redirect("reporting:stamped_sheet", public_id)
