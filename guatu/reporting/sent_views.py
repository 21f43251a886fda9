"""Pages of the workbook: take it out, hand it back in, decide what both sides changed, merge."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import access, clock, file_types
from guatu.core.actor import Actor
from guatu.core.attachments import disposition, keep_file
from guatu.core.pages import WRITE, actor_of, found, page, seen_in
from guatu.core.refusals import Refusal
from guatu.core.roundtrip.out import unit_workbook_bytes
from guatu.domain.merge import State
from guatu.people.models import Unit
from guatu.reporting.actions import drop_workbook, merge_workbook, receive_workbook, send_workbook
from guatu.reporting.choices import ReturnState
from guatu.reporting.models import WorkbookReturn
from guatu.reporting.policies import visible_returns, visible_workbooks
from guatu.reporting.sent import page as shown
from guatu.reporting.sent.making import RIGHT, Offer, offers, workbook_of
from guatu.reporting.sent.standing import merge_of, read_return, standing_of
from guatu.reporting.units import unit_shown, units_within

POST = ("POST",)
FILES = (20, 60)  # a minute
LATELY = 30


@page(RIGHT, place="reports")
def index(request: HttpRequest) -> HttpResponse:
    """What a unit is asked for now, as workbooks; where one is handed back in; what went out and came back lately."""
    actor = actor_of(request)
    units = units_within(actor, RIGHT)
    unit = unit_shown(units, actor, request.GET.get("unit", ""))
    context = {
        "page_title": _("填报表"),
        "units": units,
        "unit": unit,
        "offers": offers(actor, unit, clock.today()) if unit is not None else [],
        "sent": visible_workbooks(actor).filter(unit=unit).order_by("-sent_at")[:LATELY] if unit is not None else [],
        "returns": visible_returns(actor).filter(sent__unit=unit).order_by("-returned_at")[:LATELY] if unit else [],
    }
    return render(request, "reporting/sent/index.html", context)


@page(RIGHT, place="reports", methods=POST, rate=FILES)
def send(request: HttpRequest) -> HttpResponse:
    """Make the workbook of a unit, kind and period, keep what went out, and hand it over."""
    actor = actor_of(request)
    unit = unit_shown(units_within(actor, RIGHT), actor, request.POST.get("unit", ""))
    offer = _offer(actor, found(unit), request.POST.get("kind", ""), request.POST.get("period", ""))
    book, projects = workbook_of(found(unit), offer)
    data, _sent = unit_workbook_bytes(book)
    row = send_workbook(actor=actor, unit=found(unit), offer=offer, book=book, projects=projects)
    access.note("export", actor, subject=":".join(row.trail_subject()), detail=f"workbook {len(book.rows)}")
    response = HttpResponse(data, content_type=file_types.MEDIA_TYPES["xlsx"])
    response["Content-Disposition"] = disposition(f"{book.title}填报表.xlsx")
    return response


def _offer(actor: Actor, unit: Unit, kind: str, period: str) -> Offer:
    listed = offers(actor, unit, clock.today())
    one = next((one for one in listed if (one.kind, one.period.code) == (kind, period)), None)
    if one is None:
        raise Refusal("reporting.workbook_nothing_asked", unit=unit.name)
    return one


@page(RIGHT, place="reports", methods=POST, rate=FILES)
def receive(request: HttpRequest) -> HttpResponse:
    """A workbook comes back: it is kept and compared, nothing is taken yet."""
    actor = actor_of(request)
    upload = request.FILES.get("file")
    if upload is None:
        messages.error(request, _("请先选择要传回的文件。"))
        return redirect("reporting:workbooks")
    file = keep_file(upload, kinds=file_types.LEDGERS)
    sent, returned = read_return(actor, file.digest, file.name)
    counts = shown.counts_of(merge_of(sent, standing_of(actor, sent), returned))
    row = receive_workbook(actor=actor, sent=sent, file=file, counts=counts)
    return redirect("reporting:workbook_return", row.public_id)


@page(RIGHT, place="reports", methods=WRITE)
def returned(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What a workbook changes: the conflicts to decide, what is taken, what was told. Posting merges it."""
    actor = actor_of(request)
    row = _return_of(actor, public_id)
    context = {"page_title": row.original.name, "row": row, "back": _back(row)}
    if row.state != ReturnState.WAITING:
        return render(request, "reporting/sent/done.html", context)
    _sent, file = read_return(actor, row.original.digest, row.original.name)
    compared = shown.compare(actor, row, file)
    if request.method == "POST":
        chosen = shown.decisions_of(compared.merge.of(State.CONFLICT), request.POST)
        seen = seen_in(request)
        try:
            count = merge_workbook(actor=actor, row=row, seen=seen, returned=file, decisions=chosen)
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            context |= {"refusal": refusal, **compared.told(request.POST)}
            return render(request, "reporting/sent/return.html", context, status=422)
        messages.success(request, _("已合并：{count} 份填报有改动，已存为草稿。").format(count=count))
        return redirect(_back(row))
    return render(request, "reporting/sent/return.html", context | compared.told({}))


def _return_of(actor: Actor, public_id: UUID) -> WorkbookReturn:
    row: WorkbookReturn = found(visible_returns(actor).filter(public_id=public_id).first())
    return row


def _back(row: WorkbookReturn) -> str:
    return f"{reverse('reporting:workbooks')}?unit={row.sent.unit.public_id}"


@page(RIGHT, place="reports", methods=POST)
def drop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give a return up."""
    actor = actor_of(request)
    row = _return_of(actor, public_id)
    drop_workbook(actor=actor, row=row, seen=row.version)
    messages.success(request, _("已放弃这次传回，填报没有改动。"))
    return redirect(_back(row))
