"""How pages answer a form that is sent: carried out, refused beside itself, or held against another's change."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from guatu.core.conflicts import beside
from guatu.core.pages import actor_of
from guatu.core.refusals import Conflict, Refusal
from guatu.core.undo_views import tell
from guatu.core.writing import rehearse

BESIDE = (409, 422)  # what the person can mend where it was sent; any other refusal has its page


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of a form: 200 and `result`; else 409 (changed by another) or 422, and what stands beside the form."""

    status: int = 200
    result: Any = None
    shown: Mapping[str, Any] = field(default_factory=dict)

    @property
    def carried_out(self) -> bool:
        """Whether it was done."""
        return self.status == 200


def attempt(form: forms.Form, run: Callable[[], Any]) -> Attempt:
    """Carry out what a valid form asks for. Another's change in between and what the person can mend stand beside the
    form; any other refusal is raised.
    """
    try:
        return Attempt(result=run())
    except Conflict as conflict:
        return Attempt(409, shown=beside(form, conflict))
    except Refusal as refusal:
        if refusal.status not in BESIDE:
            raise
        form.add_error(None, str(refusal))
        return Attempt(422, shown={"items": refusal.items})


def answer(
    request: HttpRequest,
    form: forms.Form,
    run: Callable[[dict[str, Any]], Any],
    *,
    title: str,
    to: str,
    said: str,
    then: Callable[[Any], str] | None = None,
    template: str = "core/form.html",
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show the form; when it was sent, run the action and go on. A refusal that can be mended stands beside it.

    `to` is where the form leads back and goes on to; `then` makes of what `run` returned another address to go on to.
    `context["rows"]` may hold a formset beneath the form; both have to be valid.
    """
    shown: dict[str, Any] = {"page_title": title, "form": form, "back": to, **(context or {})}
    status = 200
    if request.method == "POST":
        status = 422
        rows = shown.get("rows")
        if form.is_valid() & (rows is None or rows.is_valid()):
            tried = attempt(form, lambda: run(form.cleaned_data))
            if tried.carried_out:
                tell(request, said)
                return redirect(to if then is None else then(tried.result))
            status = tried.status
            shown |= tried.shown
    return render(request, template, shown, status=status)


def with_more(request: HttpRequest, prefix: str) -> QueryDict | None:
    """What was sent, with five more rows of a formset when they were asked for."""
    if request.method != "POST":
        return None
    sent, count = request.POST.copy(), f"{prefix}-TOTAL_FORMS"
    number = str(sent.get(count, ""))
    if sent.get("step") == "more" and number.isascii() and number.isdigit() and len(number) < 5:
        sent[count] = str(int(number) + 5)
    return sent


def reviewed(
    request: HttpRequest,
    right: str,
    form: forms.Form,
    run: Callable[[], Any],
    show: Callable[[Any], dict[str, Any]],
    *,
    rows: Any = None,
    title: str,
    to: str,
    said: str,
    template: str,
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The same in two steps: carry out, take back and show what would come of it; then confirm what was shown.

    `run` reads its rows anew (it runs twice); `show` says its result in plain values, whose digest has to be the same
    at the confirmation. `rows` is a formset beneath the form.
    """
    shown: dict[str, Any] = {"page_title": title, "form": form, "rows": rows, "back": to, **(context or {})}
    status, step = 200, request.POST.get("step", "review")

    def review() -> dict[str, Any] | None:
        """What is still to be confirmed; None once it was, and was carried out."""
        told, _changes = rehearse(actor_of(request), right, lambda: show(run()))
        digest = hashlib.sha256(json.dumps(told, default=str, sort_keys=True).encode()).hexdigest()
        if step == "confirm" and request.POST.get("shown") == digest:
            run()
            return None
        return {"review": told, "digest": digest, "stale": step == "confirm" and "shown" in request.POST}

    if request.method == "POST" and step != "more":
        status = 422
        if form.is_valid() & (rows is None or rows.is_valid()):
            tried = attempt(form, review)
            if tried.carried_out and tried.result is None:
                tell(request, said)
                return redirect(to)
            shown |= tried.result if tried.carried_out else tried.shown
            status = 409 if shown.get("stale") else tried.status
    return render(request, template, shown, status=status)
