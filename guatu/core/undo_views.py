"""Taking back what one has just done: a page that says what, and what stands in the way; and the deed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from guatu.core import undoable
from guatu.core.actions import undo as take_back
from guatu.core.models import TrailEntry
from guatu.core.pages import SIGNED_IN, actor_of, found, page
from guatu.core.undoing import Footprint
from guatu.core.writing import last_entry, words_of

TAG = "undo-"


@page(SIGNED_IN, methods=("GET", "HEAD", "POST"))
def undo(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """One entry of one's own: what would be taken back and what stands in the way; sent, it is taken back."""
    actor = actor_of(request)
    entry = found(TrailEntry.objects.filter(pk=entry_id, user_id=actor.user_id).first())
    back = _back(request)
    what = words_of(entry)
    if request.method == "POST":
        take_back(actor=actor, entry=entry)
        messages.success(request, _("已撤销：%(what)s") % {"what": what})
        return HttpResponseRedirect(back)
    kind = undoable.UNDOABLE.get(entry.action)
    possible = bool(undoable.offered(actor, [entry]))
    context = {
        "page_title": _("撤销：%(what)s") % {"what": what},
        "entry": entry,
        "possible": possible,
        "stopped": undoable.in_the_way(kind, Footprint(entry)) if possible and kind is not None else [],
        "back": back,
    }
    return render(request, "core/undo.html", context)


def tell(request: HttpRequest, said: str) -> None:
    """Say that something was done; where it may be taken back, the note has a button for it."""
    entry = last_entry()
    own = entry is not None and bool(undoable.offered(actor_of(request), [entry]))
    messages.success(request, said, extra_tags=f"{TAG}{entry.pk}" if own and entry is not None else "")


def address_of(tags: str) -> str:
    """Where a note's undo is sent, by the tags of its message; "" where it has none."""
    key = next((tag[len(TAG) :] for tag in tags.split() if tag.startswith(TAG)), "")
    return reverse("core:undo", args=[key]) if key else ""


def _back(request: HttpRequest) -> str:
    """The page of ours that the person came from, or the one named."""
    for address in (request.POST.get("next", ""), request.GET.get("next", ""), request.headers.get("Referer", "")):
        if address and url_has_allowed_host_and_scheme(address, {request.get_host()}):
            return address
    return "/"
