"""The gates of regions: what is asked for before a stage."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import clock, rights
from guatu.core.answers import answer
from guatu.core.pages import actor_of, page
from guatu.library import actions, list_forms
from guatu.library.queries.gates import gates_shown


@page("library.view", place="library")
def gates(request: HttpRequest) -> HttpResponse:
    """The gates of the actor's regions and of those above, newest first; which are in force."""
    actor = actor_of(request)
    context = {
        "page_title": _("阶段条件"),
        "gates": gates_shown(actor, clock.today(), list_forms.OPERATORS),
        "may_declare": rights.can(actor, "library.declare_gate").allowed,
    }
    return render(request, "library/gates.html", context)


@page("library.declare_gate", place="library", methods=("GET", "HEAD", "POST"))
def declare(request: HttpRequest) -> HttpResponse:
    """Say what a region asks for before a stage."""
    actor = actor_of(request)
    form = list_forms.GateForm(request.POST or None, actor=actor)
    rows = list_forms.RuleRows(request.POST or None, prefix="rule")

    def run(values: dict[str, Any]) -> None:
        actions.declare_gate(actor=actor, rules=list_forms.rules_of(rows), **values)

    context = {"draft": "library.gate", "rows": rows, "row_list": "library/partials/form_rows.html"}
    to = reverse("library:gates")
    return answer(request, form, run, title=_("设定阶段条件"), to=to, said=_("条件已设定。"), context=context)
