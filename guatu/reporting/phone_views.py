"""The phone's page holds no data: it is the same for everybody, so that it can be kept and shown without a network."""

import hashlib
import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core.pages import ANYONE, page
from guatu.reporting.phone.words import page_words

FILES = ("guatu/dist/phone.js", "guatu/dist/phone.css", "guatu/seal.svg")
DAYLIGHT = "#FBF8F1"  # the ground of tokens.css


@page(ANYONE)
def shell(request: HttpRequest) -> HttpResponse:
    """The page itself; what it shows it asks of the outbox."""
    return _shell(request)


@page(ANYONE)
def worker(request: HttpRequest) -> HttpResponse:
    """The worker's script, which names the shell's files: when one of them is another, so is the worker."""
    files = [reverse("reporting:phone"), *(static(name) for name in FILES)]
    script = static("guatu/dist/phone_sw.js")
    version = hashlib.sha256(_shell(request).content + script.encode()).hexdigest()[:16]
    told = json.dumps({"version": version, "files": files})
    body = f"self.SHELL={told};importScripts({json.dumps(script)});\n"
    response = HttpResponse(body, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@page(ANYONE)
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put the page among its apps."""
    icon = {"src": static("guatu/seal.svg"), "type": "image/svg+xml", "sizes": "any", "purpose": "any"}
    told = {
        "name": _("挂图填报"),
        "short_name": _("挂图填报"),
        "start_url": reverse("reporting:phone"),
        "scope": reverse("reporting:phone"),
        "display": "standalone",
        "background_color": DAYLIGHT,
        "theme_color": DAYLIGHT,
        "icons": [icon],
    }
    return JsonResponse(told, content_type="application/manifest+json")


def _shell(request: HttpRequest) -> HttpResponse:
    sign_in = f"{reverse('people:sign_in')}?next={reverse('reporting:phone')}"
    return render(request, "reporting/phone/shell.html", {"words": page_words(), "sign_in": sign_in})
