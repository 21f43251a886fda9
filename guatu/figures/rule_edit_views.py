"""The page on which a draft of rules is changed: rows of colours, tests and sentences, a look at it, and saving it.

Every button sends the whole form; only 存入 writes. Scripts spare the way through the page's top, nothing more.
"""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import clock
from guatu.core.answers import attempt
from guatu.core.editions import require_draft
from guatu.core.pages import WRITE, actor_of, page
from guatu.core.refusals import Refusal
from guatu.figures import actions, rule_words
from guatu.figures.choices import COLOURS
from guatu.figures.light_forms import PasteForm, RulesForm
from guatu.figures.light_views import rules_found
from guatu.figures.models import LightRuleSet
from guatu.figures.policies import can_draft
from guatu.figures.queries.light_rules import checked
from guatu.figures.queries.light_trial import trial
from guatu.figures.rule_sheet import Sheet

LOOK, SAVE, PASTE, SHOW = "try", "save", "paste", "show"


@page("figures.draft_light_rules", place="dispatch", methods=WRITE)
def edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change a draft."""
    actor = actor_of(request)
    row = rules_found(actor, public_id)
    can_draft(actor, row).require()
    require_draft(row)
    if request.method != "POST":
        return _page(request, row, RulesForm.of(row), Sheet.of(row.rules))
    form, do = RulesForm.of(row, request.POST), request.POST.get("do", SAVE)
    if do == PASTE:
        return _pasted(request, row, form)
    sheet = Sheet.sent(request.POST)
    if do not in (LOOK, SAVE):
        sheet.step(do)
        return _page(request, row, RulesForm.of(row, request.POST), sheet, part=True)
    return _kept(request, row, form, sheet, do)


def _kept(request: HttpRequest, row: LightRuleSet, form: RulesForm, sheet: Sheet, do: str) -> HttpResponse:
    """What was typed as rules: looked at, or saved."""
    rules = sheet.kept(form.data.get("rhythm", ""), form.data.get("source", "").strip())
    if not form.is_valid() or sheet.wrong:
        return _page(request, row, form, sheet, status=422)
    values = {"seen": form.cleaned_data["seen"], "name": form.cleaned_data["name"]}

    def run() -> dict[str, Any]:
        read = checked(row, values["name"], rules)
        if do == LOOK:
            return {"rules": rule_words.told(read), "trial": trial(actor_of(request), row.region, read, clock.today())}
        actions.change_light_rules(actor=actor_of(request), row=row, rules=rules, **values)
        return {}

    tried = attempt(form, run)
    if do == LOOK or not tried.carried_out:
        return _page(request, row, form, sheet, status=tried.status, **(tried.result or tried.shown))
    messages.success(request, _("草稿已存入。"))
    return redirect(reverse("figures:light_rule_set", args=[row.public_id]))


def _pasted(request: HttpRequest, row: LightRuleSet, form: RulesForm) -> HttpResponse:
    """The rows of rules pasted as JSON, to be looked at and saved; the rows that were sent where it is none."""
    paste = PasteForm(request.POST)
    if paste.is_valid():
        rules = paste.cleaned_data["rules"]
        try:
            checked(row, row.name, rules)
        except Refusal as refusal:
            paste.add_error("rules", str(refusal))
        else:
            shared = {name: rules.get(name, "") for name in ("rhythm", "source")}
            made = RulesForm({"name": form.data.get("name", ""), "seen": form.data.get("seen", ""), **shared})
            return _page(request, row, made, Sheet.of(rules))
    return _page(request, row, form, Sheet.sent(request.POST), status=422, paste=paste)


def _page(
    request: HttpRequest, row: LightRuleSet, form: RulesForm, sheet: Sheet, *, status: int = 200, **shown: Any
) -> HttpResponse:
    text = json.dumps(row.rules, ensure_ascii=False, indent=2)
    sheet.beside(Sheet.of(row.rules))
    context = {
        "page_title": _("修改规则草稿"),
        "row": row,
        "form": form,
        "sheet": sheet,
        "colours": COLOURS.items(),
        "facts": rule_words.testable(),
        "names": rule_words.names(),
        "size": rule_words.SIZE,
        "paste": PasteForm(initial={"rules": text}),
        "back": reverse("figures:light_rule_set", args=[row.public_id]),
        **shown,
    }
    return render(request, "figures/rules_edit.html", context, status=status)
