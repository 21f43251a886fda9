"""How the forms of lights are answered: refused beside the form, or carried out and led on."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guatu.core.conflicts import beside
from guatu.core.refusals import Conflict, Refusal

WRITE = ("GET", "HEAD", "POST")


def answer(
    request: HttpRequest,
    form: forms.Form,
    run: Callable[[dict[str, Any]], str],
    said: str,
    *,
    template: str = "figures/light_form.html",
    **shown: Any,
) -> HttpResponse:
    """The form; when sent, the action, which gives the address to go to. What can be mended stands beside the form."""
    shown["form"] = form
    if request.method == "POST" and form.is_valid():
        try:
            url = run(form.cleaned_data)
        except Conflict as conflict:
            return render(request, template, {**shown, **beside(form, conflict)}, status=409)
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said)
            return redirect(url)
    return render(request, template, shown, status=422 if form.errors else 200)
