"""Deciding the doubtful rows of an import, a page at a time."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core.pages import actor_of, page
from guatu.reporting import drafts
from guatu.reporting.doubt_page import PAGE, open_doubts, sent_choices
from guatu.reporting.views import POST, RIGHT, draft_of


@page(RIGHT, place="library", methods=POST)
def decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep what was said of a page's rows; with the last one the file is checked again."""
    row, actor = draft_of(request, public_id), actor_of(request)
    seen, choices = sent_choices(request.POST.dict(), row)
    drafts.decide(actor, row, seen, choices)
    left = open_doubts(row)
    address = reverse("reporting:import_draft", args=[row.public_id])
    if left:
        messages.success(request, _("已保存，还有 {count} 行没有认定。").format(count=len(left)))
        return redirect(f"{address}?show=doubts&page={left[0] // PAGE + 1}")
    return redirect(address)
