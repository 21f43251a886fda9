"""The component page: every part in every state, for whoever builds a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guatu.core.ui import samples


def components(request: HttpRequest) -> HttpResponse:
    """Undecorated: whoever attaches a route gives it its access with the page decorator."""
    return render(request, "core/components.html", samples.parts())
