"""How pages of the library answer: a form that is sent, refused beside itself, or held against another's change."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from guatu.core.refusals import Conflict, Refusal

BESIDE = (409, 422)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of two who changed a thing at once, as core/partials/conflict.html shows it."""

    label: str
    name: str
    before: str
    theirs: str
    mine: str
    ask: bool = True
    kept: str = ""


def answer(
    request: HttpRequest,
    form: forms.Form,
    run: Callable[[dict[str, Any]], Any],
    *,
    title: str,
    to: str,
    said: str,
    template: str = "library/form.html",
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show the form; when it was sent, run the action and go on. A refusal that can be mended stands beside it."""
    shown: dict[str, Any] = {"page_title": title, "form": form, "back": to, **(context or {})}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                run(form.cleaned_data)
            except Conflict as conflict:
                status = 409
                shown |= _side_by_side(form, conflict)
            except Refusal as refusal:
                if refusal.status not in BESIDE:
                    raise
                form.add_error(None, str(refusal))
                shown["items"] = refusal.items
            else:
                messages.success(request, said)
                return redirect(to)
    return render(request, template, shown, status=status)


def _side_by_side(form: forms.Form, conflict: Conflict) -> dict[str, Any]:
    """What both say, field by field; sent again, it is held against the version that is shown now."""
    differences: Sequence[Difference] = [
        Difference(
            str(form.fields[name].label),
            f"pick.{name}",
            _text(form, name, form.initial.get(name)),
            _text(form, name, value),
            _text(form, name, form.cleaned_data[name]),
        )
        for name, value in conflict.theirs.items()
        if name in form.fields and form.cleaned_data.get(name) != value
    ]
    form.data = {**form.data.dict(), "seen": str(form.initial.get("seen", ""))}  # type: ignore[attr-defined]  # a QueryDict
    return {"conflict": str(conflict), "differences": differences}


def _text(form: forms.Form, name: str, value: Any) -> str:
    said = form.fields[name].prepare_value(value)
    return _("（空）") if said in (None, "") else str(said)


def with_picks(request: HttpRequest, form: forms.Form, values: dict[str, Any]) -> dict[str, Any]:
    """The values to write: where the person chose the other's, theirs stays as it is."""
    return {name: value for name, value in values.items() if request.POST.get(f"pick.{name}") != "theirs"}
