"""How pages of the library answer: a form that is sent, refused beside itself, or held against another's change."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from guatu.core.conflicts import beside
from guatu.core.pages import actor_of
from guatu.core.refusals import Conflict, Refusal
from guatu.core.undo_view import tell
from guatu.core.writing import rehearse

BESIDE = (409, 422)


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
    """Show the form; when it was sent, run the action and go on. A refusal that can be mended stands beside it.

    `context["rows"]` may hold a formset beneath the form; both have to be valid.
    """
    shown: dict[str, Any] = {"page_title": title, "form": form, "back": to, **(context or {})}
    status = 200
    if request.method == "POST":
        status = 422
        rows = shown.get("rows")
        if form.is_valid() & (rows is None or rows.is_valid()):
            try:
                run(form.cleaned_data)
            except Conflict as conflict:
                status = 409
                shown |= beside(form, conflict)
            except Refusal as refusal:
                if refusal.status not in BESIDE:
                    raise
                form.add_error(None, str(refusal))
                shown["items"] = refusal.items
            else:
                tell(request, said)
                return redirect(to)
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
    if request.method == "POST" and step != "more":
        status = 422
        if form.is_valid() & (rows is None or rows.is_valid()):
            try:
                told, _changes = rehearse(actor_of(request), right, lambda: show(run()))
                digest = hashlib.sha256(json.dumps(told, default=str, sort_keys=True).encode()).hexdigest()
                if step == "confirm" and request.POST.get("shown") == digest:
                    run()
                    tell(request, said)
                    return redirect(to)
                stale = step == "confirm" and "shown" in request.POST
                shown |= {"review": told, "digest": digest, "stale": stale}
                status = 409 if stale else 200
            except Conflict as conflict:
                status = 409
                shown |= beside(form, conflict)
            except Refusal as refusal:
                if refusal.status not in BESIDE:
                    raise
                form.add_error(None, str(refusal))
                shown["items"] = refusal.items
    return render(request, template, shown, status=status)
