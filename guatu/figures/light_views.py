"""Pages of rules of lights: those in force in words with their history, drafts, and putting one in force."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import clock, rights
from guatu.core.actor import Actor
from guatu.core.answers import answer
from guatu.core.edition_forms import adoption, with_standing
from guatu.core.editions import RuleState, standing_words
from guatu.core.pages import WRITE, actor_of, page
from guatu.figures import actions
from guatu.figures.choices import RHYTHMS
from guatu.figures.light_forms import DraftForm
from guatu.figures.models import LightRuleSet
from guatu.figures.policies import can_adopt, can_draft, visible_light_rules
from guatu.figures.queries.light_rules import editions_of, rule_set, rules_listed
from guatu.figures.queries.light_trial import trial
from guatu.figures.rule_words import told


def rules_found(actor: Actor, public_id: UUID) -> LightRuleSet:
    """A rule set that the actor may see (404 otherwise)."""
    row: LightRuleSet = get_object_or_404(visible_light_rules(actor).select_related("region"), public_id=public_id)
    return row


def _url(name: str, row: LightRuleSet) -> str:
    return reverse(f"figures:{name}", args=[row.public_id])


@page("figures.view_light_rules", place="dispatch")
def index(request: HttpRequest) -> HttpResponse:
    """The rules of the post's regions and of those above."""
    actor = actor_of(request)
    context = {
        "page_title": _("红黄绿灯规则"),
        "listed": rules_listed(actor, clock.today()),
        "may_draft": rights.can(actor, "figures.draft_light_rules").allowed,
    }
    return render(request, "figures/light_rules.html", context)


@page("figures.view_light_rules", place="dispatch")
def show(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One edition: each rule in words, and the editions before and after it."""
    actor, today = actor_of(request), clock.today()
    row = rules_found(actor, public_id)
    rules, is_draft = rule_set(row), row.state == RuleState.DRAFT
    context = {
        "page_title": row.name,
        "row": row,
        "standing": standing_words(row, today),
        "source": rules.source,
        "rhythm": RHYTHMS[rules.rhythm],
        "rules": told(rules),
        "trial": trial(actor, row.region, rules, today) if is_draft and request.GET.get("try") else None,
        "editions": with_standing(editions_of(actor, row), today, partial(_url, "light_rule_set")),
        "is_draft": is_draft,
        "may_draft": can_draft(actor, row).allowed,
        "may_adopt": can_adopt(actor, row).allowed,
    }
    return render(request, "figures/light_rule_set.html", context)


@page("figures.draft_light_rules", place="dispatch", methods=WRITE)
def draft(request: HttpRequest) -> HttpResponse:
    """Take a preset as a region's draft."""
    actor = actor_of(request)
    form = DraftForm(request.POST or None, actor=actor)

    def run(values: dict[str, Any]) -> LightRuleSet:
        return actions.draft_light_rules(actor=actor, **values)

    words: dict[str, Any] = {"title": _("拟订红黄绿灯规则"), "said": _("草稿已拟好，请核对后报批。")}
    return answer(request, form, run, to=reverse("figures:light_rules"), then=partial(_url, "light_rule_set"), **words)


@page("figures.draft_light_rules", place="dispatch", methods=("POST",))
def follow(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Begin the next edition of rules that stand."""
    actor = actor_of(request)
    row = rules_found(actor, public_id)
    made = actions.draft_light_rules(actor=actor, region=row.region, follows=row)
    return redirect("figures:edit_light_rules", made.public_id)


@page("figures.adopt_light_rules", place="dispatch", methods=WRITE)
def adopt(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put a draft in force."""
    actor = actor_of(request)
    row = rules_found(actor, public_id)
    return adoption(request, row, partial(actions.adopt_light_rules, actor=actor, row=row), _url("light_rule_set", row))
