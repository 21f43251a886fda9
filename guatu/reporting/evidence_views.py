"""Pages of evidence: hand photos and papers in, look at one, withdraw it."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import rights
from guatu.core.actor import Actor
from guatu.core.answers import answer
from guatu.core.attachments import keep_file, path_of
from guatu.core.logs import as_uuid
from guatu.core.pages import WRITE, actor_of, found, page
from guatu.core.pictures.copies import VIEW, jpeg_of
from guatu.core.pictures.opening import decoded, opened
from guatu.library.models import Project
from guatu.library.policies import can_do, visible_projects
from guatu.plans.models import Node
from guatu.reporting import actions
from guatu.reporting.choices import EvidenceKind
from guatu.reporting.evidence.forms import HandInForm, WithdrawForm
from guatu.reporting.evidence.page import evidence_of, words_of_finding
from guatu.reporting.evidence.taking import PAPERS, PICTURES, take
from guatu.reporting.models import Evidence, Report
from guatu.reporting.policies import visible_evidence, visible_findings
from guatu.reporting.queries.evidence import lacks_of_project

SEE, CLAIM = "reporting.view_readings", "reporting.claim"
UPLOADS = (60, 600)
DAY = 86_400
LATELY = 48


@page(SEE, place="reports")
def index(request: HttpRequest) -> HttpResponse:
    """The pieces that came lately, and which projects take more from the actor."""
    actor = actor_of(request)
    rows = visible_evidence(actor).filter(withdrawn=False).order_by("-pk")[:LATELY]
    mine = visible_projects(actor, CLAIM).order_by("sort_key", "pk")[:LATELY]
    may = {name: rights.can(actor, f"reporting.{name}").allowed for name in ("see_findings", "set_evidence_rules")}
    context = {"page_title": _("照片和材料"), "rows": rows, "mine": mine, "may": may}
    return render(request, "reporting/evidence/index.html", context)


@page(CLAIM, place="reports", methods=WRITE, rate=UPLOADS)
def hand_in(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hand in photos or papers of a project, for a report, a node or neither."""
    actor = actor_of(request)
    project: Project = found(visible_projects(actor, CLAIM).filter(public_id=public_id).first())
    nodes = Node.objects.filter(plan__project=project, withdrawn=False).select_related("plan").order_by("order")
    report = _report(project, request.GET.get("report", ""))
    form = HandInForm(request.POST or None, request.FILES or None, nodes=nodes, initial=_asked(request, nodes))
    back = reverse("library:project", args=[project.public_id]) + "?tab=photos"

    def run(told: dict[str, Any]) -> list[Evidence]:
        kinds = PICTURES if told["kind"] == EvidenceKind.PHOTO else PAPERS
        taken = [take(keep_file(upload, kinds=kinds)) for upload in told.pop("pieces")]
        said = actions.Told(**told, report=report)
        return actions.hand_in_many(actor=actor, project=project, taken=taken, told=said)

    about = report or _node(nodes, request)
    field = evidence_of(about, actor) if about is not None else None
    context = {"project": project, "report": report, "lacks": lacks_of_project(project), "field": field}
    template, title = "reporting/evidence/hand_in.html", _("交照片和材料")
    return answer(request, form, run, title=title, to=back, said=_("已存入。"), template=template, context=context)


def _node(nodes: QuerySet[Node], request: HttpRequest) -> Node | None:
    """The node that the address names."""
    wanted = as_uuid(request.GET.get("node", ""))
    return nodes.filter(public_id=wanted).first() if wanted is not None else None


def _report(project: Project, wanted: str) -> Report | None:
    """The report for which something is handed in; 404 for one of another project."""
    if not wanted:
        return None
    public_id = as_uuid(wanted)
    report: Report = found(Report.objects.filter(project=project, public_id=public_id).first() if public_id else None)
    return report


def _asked(request: HttpRequest, nodes: QuerySet[Node]) -> dict[str, Any]:
    """What the address names: a node, a kind."""
    node = _node(nodes, request)
    kind = request.GET.get("kind", "")
    found_kind = kind if kind in EvidenceKind.values else EvidenceKind.PHOTO
    return {"node": node.public_id if node is not None else None, "kind": found_kind}


@page(SEE, place="reports")
def show(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One piece with its words; its findings for whom they are."""
    actor = actor_of(request)
    row = _evidence(actor, public_id)
    findings = visible_findings(actor).filter(evidence=row)
    context = {
        "page_title": row.caption or row.get_kind_display(),
        "row": row,
        "is_picture": row.thumbnail_id is not None,
        "may_withdraw": not row.withdrawn and can_do(actor, CLAIM, row.project).allowed,
        "findings": [(finding, words_of_finding(finding)) for finding in findings],
    }
    return render(request, "reporting/evidence/show.html", context)


def _evidence(actor: Actor, public_id: UUID) -> Evidence:
    row: Evidence = found(visible_evidence(actor).filter(public_id=public_id).first())
    return row


@page(SEE, place="reports")
def picture(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A copy of the picture for looking at, its longest side 1,600 pixels; the original never changes."""
    row = found(visible_evidence(actor_of(request)).exclude(thumbnail=None).filter(public_id=public_id).first())
    tag = f'"{row.original.digest}-{VIEW}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    with opened(path_of(row.original.digest), row.original.name) as original:
        data = jpeg_of(decoded(original, row.original.name), VIEW)
    headers = {"ETag": tag, "Cache-Control": f"private, max-age={DAY}", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(data, content_type="image/jpeg", headers=headers)


@page(CLAIM, place="reports", methods=WRITE)
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Withdraw a piece that was handed in by mistake, with the reason."""
    actor = actor_of(request)
    row = _evidence(actor, public_id)
    found(row if can_do(actor, CLAIM, row.project).allowed else None)
    form = WithdrawForm(request.POST or None, initial={"seen": row.version})

    def run(told: dict[str, Any]) -> None:
        actions.withdraw_evidence(actor=actor, evidence=row, seen=told["seen"], reason=told["reason"])

    to = reverse("reporting:evidence_piece", args=[row.public_id])
    title = _("撤下“{name}”").format(name=row.caption or row.original.name)
    context = {"page_sub": row.project.name, "grave": True}
    return answer(request, form, run, title=title, to=to, said=_("已撤下。"), context=context)
