"""Pages of findings (待核实) and of the rules of evidence."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.answers import answer
from guatu.core.pages import WRITE, actor_of, found, page
from guatu.people.models import Region
from guatu.people.policies import region_of
from guatu.reporting import actions
from guatu.reporting.choices import FindingState
from guatu.reporting.evidence.forms import FindingForm, RuleForm, words_of_rule
from guatu.reporting.evidence.page import words_of_finding
from guatu.reporting.evidence.ready import READY, rules_in_force
from guatu.reporting.models import EvidenceFinding, EvidenceRule
from guatu.reporting.policies import visible_evidence, visible_evidence_rules, visible_findings
from guatu.reporting.queries.evidence import open_findings

FINDINGS, RULES = "reporting.see_findings", "reporting.set_evidence_rules"
POST = ("POST",)
LATELY = 50


@page(FINDINGS, place="reports")
def index(request: HttpRequest) -> HttpResponse:
    """What waits to be looked at, and what was closed lately."""
    actor = actor_of(request)
    closed = visible_findings(actor).exclude(state=FindingState.OPEN).order_by("-answered_at")[:LATELY]
    context = {
        "page_title": _("疑点核实"),
        "waiting": [(row, words_of_finding(row)) for row in open_findings(actor)[:200]],
        "closed": [(row, words_of_finding(row)) for row in closed],
    }
    return render(request, "reporting/evidence/findings.html", context)


@page(FINDINGS, place="reports", methods=WRITE)
def finding(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One finding: the two pictures side by side, and how it is closed."""
    actor = actor_of(request)
    row: EvidenceFinding = found(visible_findings(actor).filter(public_id=public_id).first())
    seen_other = row.against is not None and visible_evidence(actor).filter(pk=row.against.pk).exists()
    form = FindingForm(request.POST or None, initial={"seen": row.version, "state": FindingState.EXPLAINED})

    def run(told: dict[str, Any]) -> None:
        actions.close_finding(actor=actor, finding=row, **told)

    context = {"finding": row, "said_words": words_of_finding(row), "shows_other": seen_other}
    to, template = reverse("reporting:findings"), "reporting/evidence/finding.html"
    title, said = _("疑点核实"), _("已办结。")
    return answer(request, form, run, title=title, to=to, said=said, template=template, context=context)


# -- rules -------------------------------------------------------------------------------------------------------------
def _region(actor: Actor) -> Region:
    region: Region = found(region_of(actor))
    return region


@page(RULES, place="reports")
def rules(request: HttpRequest) -> HttpResponse:
    """What counts as evidence in the region, in words."""
    region = _region(actor_of(request))
    rows = rules_in_force(region, clock.today())
    names = {row.name for row in rows}
    context = {
        "page_title": _("佐证要求"),
        "rows": [(row, *words_of_rule(row.rule), row.region_id == region.pk) for row in rows],
        "ready": [(one, *words_of_rule(dict(one.data))) for one in READY if str(one.name) not in names],
    }
    return render(request, "reporting/evidence/rules.html", context)


@page(RULES, place="reports", methods=POST)
def adopt(request: HttpRequest) -> HttpResponse:
    """Take the ready rules over."""
    actor = actor_of(request)
    taken = actions.adopt_evidence_rules(actor=actor, region=_region(actor))
    messages.success(request, _("已采用 {n} 条规定，今天起执行。").format(n=len(taken)))
    return redirect("reporting:evidence_rules")


@page(RULES, place="reports", methods=WRITE)
def add_rule(request: HttpRequest) -> HttpResponse:
    """Make a rule."""
    actor = actor_of(request)
    form = RuleForm(request.POST or None)

    def run(told: dict[str, Any]) -> None:
        actions.set_evidence_rule(actor=actor, region=_region(actor), name=told["name"], data=form.data_of())

    to, said = reverse("reporting:evidence_rules"), _("规定已存入，今天起执行。")
    return answer(request, form, run, title=_("增加佐证规定"), to=to, said=said)


@page(RULES, place="reports", methods=WRITE)
def edit_rule(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change a rule: the new wording holds from today on."""
    actor = actor_of(request)
    row = _rule(actor, public_id)
    said = {**row.rule, "names": "、".join(row.rule.get("names", []))}
    form = RuleForm(request.POST or None, initial={**said, "name": row.name, "seen": row.version})

    def run(told: dict[str, Any]) -> None:
        change = {"name": told["name"], "data": form.data_of(), "former": row, "seen": told["seen"] or 0}
        actions.set_evidence_rule(actor=actor, region=row.region, **change)

    to, told = reverse("reporting:evidence_rules"), _("规定已改，今天起执行。")
    return answer(request, form, run, title=row.name, to=to, said=told)


def _rule(actor: Actor, public_id: UUID) -> EvidenceRule:
    rows = visible_evidence_rules(actor).filter(valid_to=None).select_related("region")
    row: EvidenceRule = found(rows.filter(public_id=public_id).first())
    return row


@page(RULES, place="reports", methods=POST)
def end_rule(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End a rule."""
    actor = actor_of(request)
    row = _rule(actor, public_id)
    actions.end_evidence_rule(actor=actor, rule=row, seen=row.version)
    messages.success(request, _("已停用“{name}”。").format(name=row.name))
    return redirect("reporting:evidence_rules")
