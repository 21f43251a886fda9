"""One page about a row with everything that may be done to it: each deed is a form, its right and an action."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from guatu.core import rights
from guatu.core.actor import Actor
from guatu.core.answers import Attempt, attempt
from guatu.core.pages import actor_of
from guatu.core.refusals import Refusal, Sentence
from guatu.people.forms import DeedForm


@dataclass(frozen=True, slots=True)
class Deed:
    """What may be done: `run(actor, row, data)` calls the action; `when` says for which rows it is offered."""

    code: str
    words: Sentence
    right: str
    form: type[DeedForm]
    run: Callable[..., Any]
    when: Callable[[Any], bool] = lambda row: True
    grave: bool = False


def deeds_page(
    request: HttpRequest,
    deeds: Sequence[Deed],
    template: str,
    context: dict[str, Any],
    *,
    row: Any = None,
    to: str = "",
) -> HttpResponse:
    """Show the deeds that the post may do to `row`, and carry out the one that was sent (`do=CODE`)."""
    actor = actor_of(request)
    offered = [deed for deed in deeds if rights.can(actor, deed.right).allowed and deed.when(row)]
    sent = request.POST.get("do") if request.method == "POST" else None
    deed = next((item for item in offered if item.code == sent), None)
    if sent is not None and deed is None:
        raise Refusal("core.not_allowed", what=_("办理这一项"))
    forms = {
        item.code: item.form(request.POST if item is deed else None, actor=actor, row=row, prefix=item.code)
        for item in offered
    }
    tried = Attempt(422 if deed else 200)
    if deed is not None and forms[deed.code].is_valid():
        tried = _tried(actor, deed, row, forms[deed.code])
        if tried.carried_out:
            said = tried.result if isinstance(tried.result, str) else _("已办理：%(what)s") % {"what": deed.words}
            messages.success(request, said)
            return redirect(to or request.path)
    parts = [{"deed": item, "form": forms[item.code], "open": item is deed} for item in offered]
    return render(request, template, {**context, **tried.shown, "row": row, "deeds": parts}, status=tried.status)


def _tried(actor: Actor, deed: Deed, row: Any, form: DeedForm) -> Attempt:
    return attempt(form, lambda: deed.run(actor, row, form.cleaned_data))
