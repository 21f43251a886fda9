"""The forms of saved views: each does one thing and returns to the table it came from."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from guatu.core import actions
from guatu.core.pages import actor_of, page
from guatu.core.tables.saved import state_of


def _back(request: HttpRequest, view: UUID | None) -> HttpResponse:
    """To the table's address, with the present view named, or none."""
    wanted = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    path, _mark, query = (wanted if safe and wanted.startswith("/") else "/").partition("?")
    params = QueryDict(query, mutable=True)
    params.pop("view", None)
    if view is not None:
        params["view"] = str(view)
    return HttpResponseRedirect(f"{path}?{params.urlencode(safe='/:,')}" if params else path)


def _state(request: HttpRequest) -> str:
    """The table's part of the address that the form came from."""
    return state_of(QueryDict(request.POST.get("back", "").partition("?")[2]))


@page("core.save_view", methods=("POST",), rate=(60, 60))
def save(request: HttpRequest) -> HttpResponse:
    """Keep what is seen under a name; the office may share it at once."""
    actor, post = actor_of(request), request.POST
    row = actions.save_view(actor=actor, table=post.get("table", ""), name=post.get("name", ""), state=_state(request))
    return _back(request, row.public_id)


@page("core.rename_view", methods=("POST",))
def rename(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Another name."""
    actions.rename_view(actor=actor_of(request), public_id=public_id, name=request.POST.get("name", ""))
    return _back(request, public_id)


@page("core.change_view", methods=("POST",))
def change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What is seen now, under the old name."""
    actions.change_view(actor=actor_of(request), public_id=public_id, state=_state(request))
    return _back(request, public_id)


@page("core.share_view", methods=("POST",))
def share(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Shared with the region, or no longer."""
    actions.share_view(actor=actor_of(request), public_id=public_id, shared=request.POST.get("shared") == "1")
    return _back(request, public_id)


@page("core.delete_view", methods=("POST",))
def delete(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Gone from the tabs; what it showed stays on the screen."""
    actions.delete_view(actor=actor_of(request), public_id=public_id)
    return _back(request, None)
