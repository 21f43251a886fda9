"""The echo: how a typed day or amount is read, asked while it is typed; the page works without it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guatu.core import typed
from guatu.core.pages import SIGNED_IN, found, page
from guatu.core.signs import whole_number

LONGEST = 40
ASKED_PER_MINUTE = 240


@page(SIGNED_IN, rate=(ASKED_PER_MINUTE, 60))
def echo(request: HttpRequest, kind: str) -> HttpResponse:
    """`kind` is amount or day; the one parameter whose name has no underscore before it is what was typed."""
    found(kind if kind in ("amount", "day") else None)
    values = (value for name, value in request.GET.items() if not name.startswith("_"))
    text = str(next(values, "")).strip()[:LONGEST]
    year = request.GET.get("_year", "")
    of_list = whole_number(year, 4) if len(year) == 4 else None
    said = typed.echo_of_amount(text) if kind == "amount" else typed.echo_of_day(text, of_list)
    return render(request, "core/partials/echo.html", {"said": said})
