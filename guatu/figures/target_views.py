"""Pages that set a project's targets: how the year is spread, and amounts by hand; each shown before it is saved."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core.actor import Actor
from guatu.core.answers import Attempt, attempt
from guatu.core.pages import WRITE, actor_of, page
from guatu.core.refusals import Refusal
from guatu.domain.targets import Moves, Spread, moves
from guatu.figures.target_forms import QUARTERS, AmountsForm, ProfileForm
from guatu.library.models import AnnualList, Project
from guatu.library.policies import visible_lists, visible_projects
from guatu.plans import actions
from guatu.plans.policies import sets_quarters
from guatu.plans.queries import targets as queries


def _found(actor: Actor, right: str, project: UUID, annual_list: UUID) -> tuple[Project, AnnualList]:
    row: Project = get_object_or_404(visible_projects(actor, right), public_id=project)
    listed: AnnualList = get_object_or_404(visible_lists(actor, "figures.view"), public_id=annual_list)
    return row, listed


@page("plans.set_target_profile", place="library", methods=WRITE)
def profile(request: HttpRequest, project: UUID, annual_list: UUID) -> HttpResponse:
    """Choose how the year's target is spread."""
    actor = actor_of(request)
    row, listed = _found(actor, "plans.set_target_profile", project, annual_list)
    target, said = _standing(row, listed)
    seen = queries.last_said(row.pk, listed.pk)
    weights = " ".join(map(str, said.weights))
    start = {"profile": said.profile, "weights": weights, "capacity_daily": said.capacity, "seen": seen}
    form = ProfileForm(request.POST or None, initial=start)

    def shown(values: dict[str, Any]) -> Spread:
        pinned = queries.pinned_months(listed, target, said)
        new = queries.with_profile(said, values["profile"], values["weights"], pinned)
        return queries.preview(listed, target, new)

    def run(values: dict[str, Any]) -> None:
        actions.set_target_profile(actor=actor, project=row, annual_list=listed, **values)

    before = queries.spread_of(listed, target, said)
    return _answer(request, form, (row, listed), before, shown, run)


@page("plans.set_target", place="library", methods=WRITE)
def amounts(request: HttpRequest, project: UUID, annual_list: UUID) -> HttpResponse:
    """Set quarters, months, a week or a day by hand."""
    actor = actor_of(request)
    row, listed = _found(actor, "plans.set_target", project, annual_list)
    target, said = _standing(row, listed)
    first = AmountsForm.initial_of(said.hand, queries.last_said(row.pk, listed.pk))
    before = queries.spread_of(listed, target, said)
    how: dict[str, Any] = {"year": listed.year, "quarters": sets_quarters(actor), "plan": before}
    form = AmountsForm(request.POST or None, initial=first, **how)

    def shown(values: dict[str, Any]) -> Spread:
        changed = form.changed_amounts(said.hand)
        pinned = queries.pinned_months(listed, target, said)
        return queries.preview(listed, target, queries.with_amounts(said, {**pinned, **changed}))

    def run(values: dict[str, Any]) -> None:
        changed = form.changed_amounts(said.hand)
        if changed:
            actions.set_target(actor=actor, project=row, annual_list=listed, amounts=changed, seen=values["seen"])

    return _answer(request, form, (row, listed), before, shown, run)


def _standing(row: Project, listed: AnnualList) -> tuple[queries.YearTarget, queries.Said]:
    found = queries.standing(listed, row)
    if found is None:
        raise Refusal("plans.target_not_listed", project=row.name, list=listed.name)
    return found


def _answer(
    request: HttpRequest,
    form: forms.Form,
    of: tuple[Project, AnnualList],
    before: Spread,
    shown: Callable[[dict[str, Any]], Spread],
    run: Callable[[dict[str, Any]], None],
) -> HttpResponse:
    """The form; sent to be looked at, what would become of it; sent to be saved, the action and then the tab."""
    row, listed = of
    back = f"{reverse('library:project', args=[row.public_id])}?tab=targets&list={listed.public_id}"
    context = {"page_title": _("{name}：分解目标").format(name=row.name), "form": form, "back": back, "listed": listed}
    saves, status = request.POST.get("do") == "save", 200

    def look() -> list[dict[str, Any]]:
        after = shown(form.cleaned_data)
        if saves:
            run(form.cleaned_data)
        return _told(moves(before, after))

    if request.method == "POST":
        tried = attempt(form, look) if form.is_valid() else Attempt(422)
        if saves and tried.carried_out:
            messages.success(request, _("目标已存入，各级合计相等。"))
            return redirect(back)
        status = tried.status
        context |= {"changes": tried.result, **tried.shown}
    return render(request, "figures/target_form.html", context, status=status)


def _told(found: Moves) -> list[dict[str, Any]]:
    """Quarters and months with their names, the year below."""
    months = [_("{month}月").format(month=month) for month in range(1, 13)]
    named = [*zip(QUARTERS, found.quarters, strict=True), *zip(months, found.months, strict=True)]
    rows = [{"name": name, "move": move, "quarter": place < 4} for place, (name, move) in enumerate(named)]
    return [*rows, {"name": _("全年"), "move": found.year, "total": True}]
