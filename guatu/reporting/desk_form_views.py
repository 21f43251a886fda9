"""One project's report as a form: saved, handed in, taken back, corrected."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from guatu.core.actor import Actor
from guatu.core.pages import WRITE, actor_of, found, page, seen_in
from guatu.core.refusals import Refusal
from guatu.people.models import Post
from guatu.reporting.actions import save_report, take_back_report
from guatu.reporting.desk.form_page import around, falls, fields_of, node_rows, with_nodes
from guatu.reporting.desk.keeping import Kept, hand_in, merged, seen_of
from guatu.reporting.desk.known import Known, known_of, may_correct
from guatu.reporting.desk.sheet import content_of
from guatu.reporting.desk_views import wanted_of
from guatu.reporting.evidence.page import evidence_of
from guatu.reporting.policies import approvers_of_fall
from guatu.reporting.queries.asked import Wanted
from guatu.reporting.sent.making import RIGHT

SAID = "reporting/desk/said.html"
CHECK = "check"
"""What the form asks as it is typed: nothing is kept, the answer is what is to be said of it."""


@page(RIGHT, place="reports", methods=WRITE)
def form(request: HttpRequest, public_id: UUID, period: str) -> HttpResponse:
    """All that a report says, with the last values beside; posting keeps it, hands it in, or only checks it."""
    actor = actor_of(request)
    one = wanted_of(actor, public_id, period)
    known = known_of([one.project], one.expected.period)[one.project.pk]
    if request.method == "POST":
        return _posted(request, actor, one, known)
    return _shown(request, one, known, Kept(one, content_of(one)), {})


def _posted(request: HttpRequest, actor: Actor, one: Wanted, known: Known) -> HttpResponse:
    told = {name: str(text) for name, text in request.POST.items()}
    was = {name[4:]: text for name, text in told.items() if name.startswith("was.")}
    locked = {} if may_correct(actor, one.project) else known.locked
    cells = {code: told[code] for code in was if code in told and code not in locked}
    kept = merged(one, cells, was)
    content, wrong = with_nodes(one, kept.content, told)
    kept = Kept(one, content, kept.faults, kept.clashes)
    if told.get("do") == CHECK:
        return _shown(request, one, known, kept, told, template=SAID)
    if kept.clashes or kept.faults or wrong:
        return _shown(request, one, known, kept, told, wrong, status=409 if kept.clashes else 422)
    try:
        words = _run(actor, one, known, content, told)
    except Refusal as refusal:
        if refusal.status != 422:
            raise
        return _shown(request, one, known, kept, told, [str(refusal)], status=422)
    messages.success(request, words)
    return redirect("reporting:report_form", one.project.public_id, one.expected.period.code)


def _run(actor: Actor, one: Wanted, known: Known, content: Any, told: dict[str, str]) -> str:
    if told.get("do") == "save":
        save_report(actor=actor, project=one.project, expected=one.expected, content=content, seen=seen_of(one))
        return _("草稿已存。")
    approver = _approver(one, told.get("approver", ""))
    hand_in(actor, one, known, content, reason=told.get("reason", ""), approver=approver)
    return _("已提交“{name}”。").format(name=one.project.name)


def _approver(one: Wanted, chosen: str) -> Post | None:
    """The post that was chosen of those that may approve."""
    return next((post for post in approvers_of_fall(one.project.region) if str(post.public_id) == chosen), None)


def _shown(
    request: HttpRequest,
    one: Wanted,
    known: Known,
    kept: Kept,
    told: dict[str, str],
    wrong: list[str] | None = None,
    status: int = 200,
    template: str = "reporting/desk/form.html",
) -> HttpResponse:
    corrects = may_correct(actor_of(request), one.project)
    context = {
        "page_title": one.project.name,
        "known": known,
        "fields": fields_of(one, known, kept.content, told, kept.faults, kept.clashes, corrects),
        "falls": falls(kept.content, known),
        "live": template == SAID,
        "nodes": node_rows(one, kept.content, told),
        "wrong": wrong or [],
        "told": told,
        "evidence": evidence_of(one.report, actor_of(request)) if one.report is not None else None,
        **around(one),
    }
    return render(request, template, context, status=status)


@page(RIGHT, place="reports", methods=("POST",))
def take_back(request: HttpRequest, public_id: UUID, period: str) -> HttpResponse:
    """Take a report back that nobody has checked."""
    actor = actor_of(request)
    one = wanted_of(actor, public_id, period)
    report = found(one.report)
    take_back_report(actor=actor, report=report, seen=seen_in(request))
    messages.success(request, _("已撤回，可以继续填写。"))
    return redirect("reporting:report_form", public_id, period)
