"""The annual lists, and one list's page: settings, batches, amendments, check points, classes, lock."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import clock, rights
from guatu.core.answers import answer
from guatu.core.inputs import of_year
from guatu.core.pages import WRITE, actor_of, found, page
from guatu.core.registries import links_on
from guatu.library import actions, forms, policies
from guatu.library.models import AnnualList
from guatu.library.queries.listpage import list_page, lists_with_totals

DEEDS = (
    *("change_list", "close_period", "ask_reopening", "reopen_period"),
    *("put_entries", "amend_list", "issue_list", "carry_over", "import_plan"),
)


def list_of(request: HttpRequest, public_id: UUID, right: str = "library.view") -> AnnualList:
    """The list that the actor may see (404 otherwise)."""
    rows = policies.visible_lists(actor_of(request), right).select_related("region")
    row: AnnualList = found(rows.filter(public_id=public_id).first())
    return row


def _address(row: AnnualList) -> str:
    return reverse("library:list", args=[row.public_id])


@page("library.view", place="library")
def lists(request: HttpRequest) -> HttpResponse:
    """All lists that the post may see, newest year first."""
    actor = actor_of(request)
    context = {
        "page_title": _("年度名单"),
        "rows": lists_with_totals(actor, clock.today()),
        "may_make": rights.can(actor, "library.make_list").allowed,
    }
    return render(request, "library/lists.html", context)


@page("library.view", place="library")
def one(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One list: totals, settings, issues, adjustments, check points, classes."""
    actor, row = actor_of(request), list_of(request, public_id)
    may = {name: policies.can_do_list(actor, f"library.{name}", row).allowed for name in DEEDS}
    may["export_list"] = policies.can_export(actor, row)
    context = {"page_title": row.name, "row": row, "may": may, **list_page(actor, row, clock.today())}
    context["links"] = links_on("library.list", row, actor)
    return render(request, "library/list.html", context)


@page("library.make_list", place="library", methods=WRITE)
def make(request: HttpRequest) -> HttpResponse:
    """Make the list of a level, region and year."""
    actor = actor_of(request)
    form = forms.ListForm(request.POST or None, actor=actor, initial={"year": clock.today().year})

    def run(values: dict[str, Any]) -> None:
        actions.make_list(actor=actor, **values)

    to = reverse("library:lists")
    return answer(request, form, run, title=_("建立年度名单"), to=to, said=_("名单已建立，可以导入项目或逐项列入。"))


@page("library.change_list", place="library", methods=WRITE)
def settings(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change how a list's figures are counted and printed."""
    actor, row = actor_of(request), list_of(request, public_id, "library.change_list")
    form = forms.ListSettingsForm(request.POST or None)
    form.initial = {name: getattr(row, name) for name in form.fields if name != "seen"} | {"seen": row.version}

    def run(values: dict[str, Any]) -> None:
        actions.change_list_settings(actor=actor, annual_list=row, seen=values.pop("seen"), values=values)

    return answer(request, form, run, title=_("名单设置：%s") % row.name, to=_address(row), said=_("已存入。"))


@page("library.change_list", place="library", methods=WRITE)
def batch(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Register an issue of the list."""
    actor, row = actor_of(request), list_of(request, public_id, "library.change_list")
    initial = {"number": row.batches.filter(withdrawn=False).count() + 1, "issued_on": clock.today()}
    form = forms.BatchForm(request.POST or None, initial=initial)
    of_year(form, row.year)

    def run(values: dict[str, Any]) -> None:
        actions.issue_batch(actor=actor, annual_list=row, **values)

    return answer(request, form, run, title=_("登记批次：%s") % row.name, to=_address(row), said=_("批次已登记。"))


@page("library.change_list", place="library", methods=WRITE)
def check_point(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Set or move a named date of the list."""
    actor, row = actor_of(request), list_of(request, public_id, "library.change_list")
    form = forms.CheckPointForm(request.POST or None)
    of_year(form, row.year)

    def run(values: dict[str, Any]) -> None:
        actions.set_check_point(actor=actor, annual_list=row, **values)

    return answer(request, form, run, title=_("考核节点：%s") % row.name, to=_address(row), said=_("已设定。"))
