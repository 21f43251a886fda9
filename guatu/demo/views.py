"""The page on which an article's figures stand beside ours."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core.pages import actor_of, found, page
from guatu.demo.scenarios import SCENARIOS
from guatu.demo.scenarios.printed import Held, hold, visible
from guatu.library.models import AnnualList


@page("figures.view", place="dispatch")
def printed(request: HttpRequest) -> HttpResponse:
    """One scenario's printed figures beside ours; the first that the post sees when none is named."""
    actor = actor_of(request)
    here = visible(actor)
    name = request.GET.get("scenario") or next(iter(here), "")
    context: dict[str, Any] = {"page_title": _("报道数字与本系统对照"), "known": SCENARIOS}
    if not name:
        return render(request, "demo/printed.html", context)
    lists = found(here.get(name))
    held = hold(actor, SCENARIOS[name], lists)
    tabs = [
        {
            "label": SCENARIOS[code].title,
            "url": f"{reverse('demo:printed')}?{urlencode({'scenario': code})}",
            "current": code == name,
            "count": None,
        }
        for code in here
    ]
    context |= {"held": held, "counts": held.counts(), "tabs": tabs, "overview": _overview(held, lists)}
    return render(request, "demo/printed.html", context)


def _overview(held: Held, lists: Sequence[AnnualList]) -> str:
    """The way to the overview of the article's year at the article's date."""
    day = held.scenario.as_of
    named = ",".join(str(row.public_id) for row in lists if row.year == day.year)
    return f"{reverse('dispatch:overview')}?{urlencode({'lists': named, 'as_of': day.isoformat()})}"
