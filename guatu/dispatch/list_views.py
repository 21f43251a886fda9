"""The page of all lists at the end of a closed period."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from guatu.core.pages import actor_of, page
from guatu.dispatch import all_lists


@page("figures.view", place="dispatch")
def lists(request: HttpRequest) -> HttpResponse:
    """Every list that the post sees whole: figures, rates, change and lights as the closing of a period kept them."""
    actor = actor_of(request)
    rows = all_lists.lists_in_reach(actor)
    ends = all_lists.ends_of(rows)
    until = all_lists.period_of(request.GET, ends)
    shown = all_lists.lines(rows, until)
    context = {
        "page_title": _("全部名单"),
        "until": until,
        "ends": [end for end in ends if end != until],
        "lines": shown,
        "closed": sum(line.cube is not None for line in shown),
        "any": bool(rows),
    }
    return render(request, "dispatch/lists.html", context)
