"""One page about a row with everything that may be done to it: each deed is a form, its right and an action."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from guatu.core import rights
from guatu.core.conflicts import beside
from guatu.core.pages import actor_of
from guatu.core.refusals import Conflict, Refusal, Sentence
from guatu.people.forms import DeedForm

SHOWN_BESIDE_THE_FORM = (409, 422)


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
    met: dict[str, Any] = {}
    if deed is not None and forms[deed.code].is_valid():
        try:
            if _carried_out(request, deed, row, forms[deed.code]):
                return redirect(to or request.path)
        except Conflict as conflict:
            met = beside(forms[deed.code], conflict)
    parts = [{"deed": item, "form": forms[item.code], "open": item is deed} for item in offered]
    status = 409 if met else 422 if deed else 200
    return render(request, template, {**context, **met, "row": row, "deeds": parts}, status=status)


def _carried_out(request: HttpRequest, deed: Deed, row: Any, form: DeedForm) -> bool:
    """Whether the action was carried out; a refusal that the person can mend is shown beside the form."""
    try:
        said = deed.run(actor_of(request), row, form.cleaned_data)
    except Conflict:
        raise
    except Refusal as refusal:
        if refusal.status not in SHOWN_BESIDE_THE_FORM:
            raise
        form.add_error(None, str(refusal))
        return False
    messages.success(request, said if isinstance(said, str) else _("已办理：%(what)s") % {"what": deed.words})
    return True
