"""Pages of rules of reporting: those in force and drafts, one in plain words, writing it, putting it in force."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import clock, rights
from guatu.core.actor import Actor
from guatu.core.answers import answer, attempt
from guatu.core.edition_forms import adoption, with_standing
from guatu.core.editions import RuleState, require_draft, standing_words
from guatu.core.pages import WRITE, actor_of, found, page
from guatu.domain.rhythm import read_rhythm
from guatu.reporting import actions
from guatu.reporting.actions.rules import rhythm_of
from guatu.reporting.models import ReportRule
from guatu.reporting.policies import can_adopt_rule, can_draft_rule, visible_rules
from guatu.reporting.queries.rule_presets import CODES, PRESETS
from guatu.reporting.rhythm.forms import BeginForm, EndForm, RuleForm
from guatu.reporting.rhythm.preview import preview
from guatu.reporting.rhythm.words import kind_word, rule_lines

LOOK = "look"


def _found(actor: Actor, public_id: UUID) -> ReportRule:
    row: ReportRule = found(visible_rules(actor).filter(public_id=public_id).first())
    return row


def _url(name: str, row: ReportRule) -> str:
    return reverse(f"reporting:{name}", args=[row.public_id])


@page("reporting.view_rules", place="reports")
def index(request: HttpRequest) -> HttpResponse:
    """What is asked for now, what is to come, and the drafts."""
    actor, today = actor_of(request), clock.today()
    rows = visible_rules(actor).order_by("region__path", "kind", "code", "-edition")
    listed = [(row, standing_words(row, today), rule_lines(read_rhythm(row.kind, row.rule), row)) for row in rows]
    context = {
        "page_title": _("填报要求"),
        "listed": listed,
        "may_draft": rights.can(actor, "reporting.draft_rule").allowed,
    }
    return render(request, "reporting/rhythm/rules.html", context)


@page("reporting.view_rules", place="reports")
def show(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One rule in plain words, who is or would be asked, and its editions."""
    actor, today = actor_of(request), clock.today()
    row = _found(actor, public_id)
    rhythm = read_rhythm(row.kind, row.rule)
    editions = visible_rules(actor).filter(region=row.region, code=row.code).order_by("-edition")
    context = {
        "page_title": row.name,
        "row": row,
        "kind": kind_word(row.kind),
        "standing": standing_words(row, today),
        "lines": rule_lines(rhythm, row),
        "preview": preview(actor, row, rhythm, today),
        "editions": with_standing(editions, today, partial(_url, "rule")),
        "is_draft": row.state == RuleState.DRAFT,
        "may_draft": can_draft_rule(actor, row).allowed and row.campaign_id is None,
        "may_adopt": can_adopt_rule(actor, row).allowed,
        "may_end": can_adopt_rule(actor, row).allowed and row.valid_to is None and row.campaign_id is None,
        "crumbs": [{"label": _("填报要求"), "url": reverse("reporting:rules")}],
    }
    return render(request, "reporting/rhythm/rule.html", context)


@page("reporting.draft_rule", place="reports", methods=WRITE)
def begin(request: HttpRequest) -> HttpResponse:
    """Take a ready rule as a region's draft."""
    actor = actor_of(request)
    form = BeginForm(request.POST or None, actor=actor)

    def run(values: dict[str, Any]) -> ReportRule:
        ready = PRESETS[values["preset"]]
        named: dict[str, Any] = {"code": CODES[ready.kind], "name": ready.name, "kind": ready.kind, "rule": ready.rule}
        return actions.draft_rule(actor=actor, region=values["region"], **named)

    words: dict[str, Any] = {"title": _("拟订填报要求"), "said": _("草稿已拟好，请核对后报批。")}
    return answer(request, form, run, to=reverse("reporting:rules"), then=partial(_url, "edit_rule"), **words)


@page("reporting.draft_rule", place="reports", methods=("POST",))
def follow(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Begin the next edition of a rule that stands."""
    actor = actor_of(request)
    row = _found(actor, public_id)
    kept = {"code": row.code, "name": row.name, "kind": row.kind, "rule": row.rule}
    made = actions.draft_rule(actor=actor, region=row.region, **kept)
    return redirect("reporting:edit_rule", made.public_id)


@page("reporting.draft_rule", place="reports", methods=WRITE)
def edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write a draft in plain words, look at what it would mean, save it."""
    actor = actor_of(request)
    row = _found(actor, public_id)
    can_draft_rule(actor, row).require()
    require_draft(row)
    form = RuleForm.of(actor, row, request.POST if request.method == "POST" else None)
    context = {"page_title": _("修改“{name}”").format(name=row.name), "row": row, "form": form}
    context |= {"kind": kind_word(row.kind), "back": _url("rule", row)}
    if request.method != "POST":
        return render(request, "reporting/rhythm/rule_form.html", context)
    if not form.is_valid():
        return render(request, "reporting/rhythm/rule_form.html", context, status=422)
    return _kept(request, row, form, context)


def _kept(request: HttpRequest, row: ReportRule, form: RuleForm, context: dict[str, Any]) -> HttpResponse:
    """What was written: looked at, or saved."""
    actor, rule = actor_of(request), form.taken()

    def run() -> dict[str, Any]:
        if request.POST.get("do") == LOOK:
            return {"preview": preview(actor, row, rhythm_of(row.kind, rule), clock.today())}
        values = {"seen": form.cleaned_data["seen"], "name": form.cleaned_data["name"]}
        actions.change_rule(actor=actor, row=row, rule=rule, **values)
        return {}

    tried = attempt(form, run)
    if tried.carried_out and not tried.result:
        messages.success(request, _("草稿已存入。"))
        return redirect(_url("rule", row))
    context |= tried.result or tried.shown
    return render(request, "reporting/rhythm/rule_form.html", context, status=tried.status)


@page("reporting.adopt_rule", place="reports", methods=WRITE)
def adopt(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put a draft in force; another person than who wrote it."""
    actor = actor_of(request)
    row = _found(actor, public_id)

    return adoption(request, row, partial(actions.adopt_rule, actor=actor, row=row), _url("rule", row))


@page("reporting.adopt_rule", place="reports", methods=WRITE)
def end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask no more after a day."""
    actor = actor_of(request)
    row = _found(actor, public_id)

    def run(values: dict[str, Any]) -> None:
        actions.end_rule(actor=actor, row=row, **values)

    form = EndForm(request.POST or None, initial={"seen": row.version})
    title = _("停止执行“{name}”（第{n}版）").format(name=row.name, n=row.edition)
    return answer(request, form, run, to=_url("rule", row), title=title, said=_("已停止执行。"))
