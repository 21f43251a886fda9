"""Another system's export comes back: recognised, matched, held beside ours; accepted, it is held by that system."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from guatu.core import file_types
from guatu.core.attachments import keep_file
from guatu.core.pages import WRITE, actor_of, found, page, seen_in
from guatu.core.refusals import Refusal
from guatu.reporting.actions import accept_layout, drop_layout, receive_layout, withdraw_layout
from guatu.reporting.choices import ReadBackState
from guatu.reporting.layouts.compare import Compared, compare, compared
from guatu.reporting.layouts.page import EDIT, chosen_of, layout_of
from guatu.reporting.layouts.reading import read_export
from guatu.reporting.layouts.schema import stored
from guatu.reporting.models import LayoutReturn
from guatu.reporting.policies import visible_layout_returns

FILES = (20, 60)  # a minute
MOST = 60
"""Lines of a table on the page; what is beyond is counted."""
NONE = "none"
"""What a doubtful row's choice says for "none of ours"."""


@page(EDIT, place="reports", methods=("POST",), rate=FILES)
def receive(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """An export of the other system: kept and compared, nothing is taken yet."""
    actor = actor_of(request)
    row = layout_of(actor, public_id)
    upload = request.FILES.get("file")
    if upload is None:
        messages.error(request, _("请先选择要读回的文件。"))
        return redirect("reporting:layout", row.public_id)
    chosen = found(chosen_of(actor, row, request.POST, EDIT))
    file = keep_file(upload, kinds=file_types.LEDGERS)
    reading = read_export(chosen.layout, chosen.period, file.path, file.name)
    beside = compare(actor, chosen.layout, chosen.annual_list, chosen.period, reading, {})
    kept = receive_layout(
        actor=actor,
        row=row,
        annual_list=chosen.annual_list,
        period=chosen.period,
        file=file,
        counts=beside.counts(),
    )
    return redirect("reporting:layout_return", kept.public_id)


@page(EDIT, place="reports", methods=WRITE)
def returned(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What the other system would hold, beside ours, and the rows to be decided. Posting accepts it."""
    actor = actor_of(request)
    row = _return_of(request, public_id)
    layout = stored(row.layout.layout)
    context = {"page_title": row.original.name, "row": row, "layout": layout}
    if row.state != ReadBackState.WAITING:
        return render(request, "reporting/layouts/done.html", context)
    chosen = _chosen(request.POST)
    beside = compared(actor, row, layout, chosen)
    if request.method != "POST" or "look" in request.POST:
        return render(request, "reporting/layouts/return.html", context | _told(beside, chosen))
    left = [met for met in beside.doubtful if str(met.number) not in chosen]
    if left:
        refusal = Refusal("reporting.layout_open", count=len(left))
        return render(request, "reporting/layouts/return.html", context | _told(beside, chosen, refusal), status=422)
    seen = seen_in(request)
    values = [(side.project, side.source, side.value) for side in beside.held]
    count = accept_layout(actor=actor, row=row, seen=seen, values=values, decisions=chosen)
    messages.success(
        request, _("已采用：{count} 格由{system}提供，不再填报。").format(count=count, system=layout.system)
    )
    return redirect("reporting:layouts")


def _return_of(request: HttpRequest, public_id: UUID) -> LayoutReturn:
    row: LayoutReturn = found(visible_layout_returns(actor_of(request)).filter(public_id=public_id).first())
    return row


def _chosen(data: Mapping[str, str]) -> dict[str, str]:
    """What was said of doubtful rows: number → public id, "" for none of ours."""
    found_ones = {key.removeprefix("row."): value for key, value in data.items() if key.startswith("row.") and value}
    return {number: "" if value == NONE else value for number, value in found_ones.items()}


def _told(beside: Compared, chosen: Mapping[str, str], refusal: Refusal | None = None) -> dict[str, object]:
    doubtful: list[dict[str, object]] = [
        {
            "met": met,
            "said": NONE if chosen.get(str(met.number)) == "" else chosen.get(str(met.number), ""),
            "choices": [(str(project.public_id), project.name) for project in met.choices],
        }
        for met in beside.doubtful
    ]
    warnings = [issue.message for issue in beside.reading.warnings if issue.row]
    told: dict[str, object] = {"beside": beside, "doubtful": doubtful, "refusal": refusal, "warnings": warnings[:MOST]}
    told |= {"new": beside.new[:MOST], "new_left": max(len(beside.new) - MOST, 0)}
    others = [side for side in beside.differing if not side.column.holder]
    return told | {"others": others[:MOST], "others_count": len(others), "others_left": max(len(others) - MOST, 0)}


@page(EDIT, place="reports", methods=("POST",))
def drop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give a return up."""
    row = _return_of(request, public_id)
    drop_layout(actor=actor_of(request), row=row, seen=row.version)
    messages.success(request, _("已放弃这次读回，数据没有改动。"))
    return redirect("reporting:layouts")


@page(EDIT, place="reports", methods=("POST",))
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take back what was accepted of a file, with a reason."""
    row = _return_of(request, public_id)
    reason = request.POST.get("reason", "")
    try:
        count = withdraw_layout(actor=actor_of(request), row=row, seen=row.version, reason=reason)
    except Refusal as refusal:
        if refusal.status != 422:
            raise
        messages.error(request, str(refusal))
        return redirect("reporting:layout_return", row.public_id)
    messages.success(request, _("已收回 {count} 格，恢复在这里填报。").format(count=count))
    return redirect("reporting:layouts")
