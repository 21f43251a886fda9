"""Papers carried out: a project into a list, adjustments, issue, the turn of the year, moved duties, exit."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import clock
from guatu.core.answers import answer, reviewed, with_more
from guatu.core.inputs import of_year
from guatu.core.pages import WRITE, actor_of, page
from guatu.core.refusals import Refusal
from guatu.library import actions, list_forms
from guatu.library.models import AnnualList
from guatu.library.queries.listpage import shown_day
from guatu.library.queries.lists import entries_as_of
from guatu.library.queries.year import unfinished
from guatu.library.views import previews
from guatu.library.views.lists import list_of
from guatu.library.views.projects import project_of


def _back(row: AnnualList) -> str:
    return reverse("library:list", args=[row.public_id])


@page("library.put_entries", place="library", methods=WRITE)
def enter(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put one project into a list; one that is in it already is changed by an adjustment, not here."""
    actor, row = actor_of(request), list_of(request, public_id, "library.put_entries")
    initial = {"on": shown_day(row, clock.today())}
    form = list_forms.EntryForm(request.POST or None, actor=actor, annual_list=row, initial=initial)
    of_year(form, row.year)

    def run(values: dict[str, Any]) -> None:
        project, on = values["project"], values["on"]
        if project.pk in entries_as_of(row, on):
            raise Refusal("library.already_in_list", names=project.name)
        actions.put_entry(actor=actor, annual_list=row, project=project, on=on, values=form.values())

    title, context = _("列入项目：%s") % row.name, {"draft": f"library.enter.{public_id}", "searches": True}
    return answer(request, form, run, title=title, to=_back(row), said=_("项目已列入名单。"), context=context)


@page("library.amend_list", place="library", methods=WRITE)
def amend(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Carry out one adjustment document, after its totals before and after have been seen."""
    actor, row = actor_of(request), list_of(request, public_id, "library.amend_list")
    form = list_forms.AmendForm(request.POST or None, initial={"on": shown_day(row, clock.today())})
    of_year(form, row.year)
    rows = list_forms.AmendRows(with_more(request, "row"), prefix="row", form_kwargs={"actor": actor})

    def run() -> actions.Amended:
        row.refresh_from_db()
        return actions.amend_list(actor=actor, annual_list=row, **form.cleaned_data, **list_forms.tables_of(rows))

    words = {"title": _("调整名单：%s") % row.name, "to": _back(row), "said": _("名单已调整。")}
    context = {"draft": f"library.amend.{public_id}", "searches": True, "row_list": "library/partials/form_rows.html"}
    return reviewed(
        request,
        "library.amend_list",
        form,
        run,
        previews.amended,
        rows=rows,
        template="library/review.html",
        context=context,
        **words,
    )


@page("library.issue_list", place="library", methods=WRITE)
def issue(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Issue a provisional list under its document, after the differences have been seen."""
    actor, row = actor_of(request), list_of(request, public_id, "library.issue_list")
    entries = list(entries_as_of(row, date(row.year, 1, 1)).values())
    initial = {"seen": row.version, "issued_on": clock.today()}
    form = list_forms.IssueForm(request.POST or None, entries=entries, initial=initial)
    of_year(form, row.year)

    def run() -> actions.ListDifferences:
        row.refresh_from_db()
        paper = {name: form.cleaned_data[name] for name in ("document_number", "issued_on", "seen")}
        return actions.issue_list(actor=actor, annual_list=row, rows=form.issued(), **paper)

    return reviewed(
        request,
        "library.issue_list",
        form,
        run,
        lambda done: previews.issued(row, done),
        title=_("印发名单：%s") % row.name,
        to=_back(row),
        said=_("名单已印发。"),
        template="library/review.html",
        context={"draft": f"library.issue.{public_id}", "row_list": "library/partials/issue_rows.html"},
    )


@page("library.carry_over", place="library", methods=WRITE)
def carry(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Carry a list into the next year: all that is unfinished goes on, unless a reason is given."""
    actor, row = actor_of(request), list_of(request, public_id, "library.carry_over")
    left = list(unfinished(row, date(row.year, 12, 31)).values())
    form = list_forms.CarryForm(request.POST or None, entries=left)

    def run() -> tuple[AnnualList, list[Any]]:
        going, dropped = form.decided()
        remark = form.cleaned_data["remark"]
        made = actions.carry_over(actor=actor, annual_list=row, continuing=going, dropped=dropped, remark=remark)
        return made, going

    return reviewed(
        request,
        "library.carry_over",
        form,
        run,
        lambda done: previews.carried(left, done[1], done[0]),
        title=_("年度结转：%s") % row.name,
        to=_back(row),
        said=_("已结转，下年度暂定名单已建立。"),
        template="library/review.html",
        context={"draft": f"library.carry.{public_id}", "row_list": "library/partials/carry_rows.html"},
    )


@page("library.move_assignments", place="library", methods=WRITE)
def move(request: HttpRequest) -> HttpResponse:
    """Hand what a post or unit holds to another by one document, after the projects have been seen."""
    actor = actor_of(request)
    form = list_forms.MoveForm(request.POST or None, actor=actor, initial={"on": clock.today()})

    def run() -> list[dict[str, str]]:
        told = form.cleaned_data
        going = previews.to_move(told["on"], told["roles"], told["from_post"], told["from_unit"])
        actions.move_assignments_by_document(
            actor=actor, document=told["document"], on=told["on"], moves=[form.as_move()]
        )
        return going

    return reviewed(
        request,
        "library.move_assignments",
        form,
        run,
        lambda going: {"moves": going, "projects": len({each["name"] for each in going})},
        title=_("按文件调整责任分工"),
        to=reverse("library:projects"),
        said=_("责任分工已调整。"),
        template="library/review.html",
        context={"draft": "library.move"},
    )


@page("library.exit_project", place="library", methods=WRITE)
def leave(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a project out of the library, with another person's approval."""
    actor, row = actor_of(request), project_of(request, public_id, "library.exit_project")
    initial = {"on": clock.today(), "seen": row.version}
    form = list_forms.ExitForm(request.POST or None, actor=actor, initial=initial)

    def run(values: dict[str, Any]) -> None:
        actions.exit_project(actor=actor, project=row, **values)

    to = reverse("library:project", args=[row.public_id]) + "?tab=stages"
    context = {"draft": f"library.exit.{public_id}", "grave": True}
    return answer(
        request, form, run, title=_("项目库退库：%s") % row.name, to=to, said=_("项目已退库。"), context=context
    )
