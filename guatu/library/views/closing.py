"""Closing a list's period: what is still open, the lock, and opening it again by two posts."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import clock
from guatu.core.answers import answer
from guatu.core.inputs import of_year
from guatu.core.pages import WRITE, actor_of, found, page
from guatu.core.typed import day_typed
from guatu.domain.errors import DomainError
from guatu.library import actions, forms, policies
from guatu.library.models import AnnualList, ClosedPeriod
from guatu.library.queries.checks import open_items
from guatu.library.views.lists import list_of

SHOWN = 20
"""Open points of a check that the page names; the others are counted."""


def _to(row: AnnualList) -> str:
    return f"{reverse('library:list', args=[row.public_id])}#closings"


@page("library.close_period", place="library", methods=WRITE)
def close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Lock the list's figures up to a day, after a look at what is still open."""
    actor, row = actor_of(request), list_of(request, public_id, "library.close_period")
    day = _until(request, row)
    form = forms.CloseForm(request.POST or None, initial={"until": day.isoformat()})
    of_year(form, row.year)

    def run(values: dict[str, Any]) -> None:
        actions.close_period(actor=actor, annual_list=row, **values)

    checks = open_items(row, day)
    left = sum(check.count for check in checks)
    context = {"grave": True, "until": day, "checks": checks, "left": left, "shown": f":{SHOWN}"}
    title = _("锁定数据：%s") % row.name
    template = "library/list_close.html"
    return answer(request, form, run, title=title, to=_to(row), said=_("已锁定。"), template=template, context=context)


def _until(request: HttpRequest, row: AnnualList) -> date:
    """The day that is looked at: as typed, else the end of the last month that is over."""
    last = min(clock.today().replace(day=1) - timedelta(days=1), date(row.year, 12, 31))
    typed = request.POST.get("until") or request.GET.get("until", "")
    try:
        return day_typed(typed, row.year).day
    except DomainError:  # nothing was typed, or the form says what is wrong with it
        return max(last, date(row.year, 1, 1))


def _closing_of(request: HttpRequest, public_id: UUID, right: str) -> ClosedPeriod:
    """A closing of a list within reach (404 otherwise)."""
    rows = policies.visible_closings(actor_of(request), right).select_related("annual_list__region")
    row: ClosedPeriod = found(rows.filter(public_id=public_id).first())
    return row


@page("library.ask_reopening", place="library", methods=WRITE)
def ask(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask for a closed period to be opened again."""
    actor, row = actor_of(request), _closing_of(request, public_id, "library.ask_reopening")
    form = forms.ReopenForm(request.POST or None, initial={"seen": row.version})

    def run(values: dict[str, Any]) -> None:
        actions.ask_reopening(actor=actor, closed=row, **values)

    title = _("申请解锁：%s") % row.annual_list.name
    return answer(request, form, run, title=title, to=_to(row.annual_list), said=_("已申请，待另一岗位批准。"))


@page("library.reopen_period", place="library", methods=WRITE)
def reopen(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Approve that a closed period is opened again."""
    actor, row = actor_of(request), _closing_of(request, public_id, "library.reopen_period")
    form = forms.ApproveForm(request.POST or None, initial={"seen": row.version})

    def run(values: dict[str, Any]) -> None:
        actions.reopen_period(actor=actor, closed=row, **values)

    title = _("批准解锁：%s") % row.annual_list.name
    context = {"grave": True, "closed": row}
    template, to = "library/list_reopen.html", _to(row.annual_list)
    said = _("已解锁，锁定时的快照仍原样保存。")
    return answer(request, form, run, title=title, to=to, said=said, template=template, context=context)
