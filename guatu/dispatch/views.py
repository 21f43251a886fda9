"""Dispatch pages: the overview of lists at any date, the rows behind any figure, and a cut in full."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import clock, rights, today
from guatu.core.pages import SIGNED_IN, actor_of, page
from guatu.core.registries import PLACES, links_on
from guatu.core.ui.ruler import Ruler
from guatu.dispatch import cuts
from guatu.dispatch.chain import block
from guatu.dispatch.forms import Choice, read_choice
from guatu.dispatch.lede import lede
from guatu.dispatch.lit import lit_counts
from guatu.dispatch.queries import laggards, read_group, time_at
from guatu.dispatch.queries import overview as make_overview
from guatu.dispatch.rows import LagRow, leaving, opened
from guatu.dispatch.tables import LAGGING, rows_table
from guatu.dispatch.tiles import tiles
from guatu.domain.indicators import known_values
from guatu.figures.policies import can_cut_by
from guatu.figures.queries import batch_of, data_until, lags, unadopted

OVERVIEW_FIRST = ("head", "superior")


@page(SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    """Where a person lands: Today; who comes for the whole of the list lands on dispatch; else the first open place."""
    if actor_of(request).post_kind in OVERVIEW_FIRST and rights.can(actor_of(request), "figures.view").allowed:
        return redirect("dispatch:overview")
    there = sorted(PLACES.values(), key=lambda part: part.order)
    return redirect(next((route for part in there if (route := part.opens(actor_of(request)))), "people:account"))


@page("figures.view", place="dispatch")
def overview(request: HttpRequest) -> HttpResponse:
    """Where the list stands against plan, time and last year, and the projects that lag most."""
    actor = actor_of(request)
    choice = read_choice(actor, request.GET)
    if choice is None:
        return no_list(request)
    view = make_overview(actor, choice.asked)
    context = {
        **frame(choice),
        "view": view,
        "whole": known_values(view.figures.whole),
        "lede": lede(view, choice.query()),
        "chain": block(choice.asked, choice.query()),
        "lit": lit_counts(actor, choice.asked, choice.query()),
        "tiles": tiles(view, choice.query()),
        "cuts": cuts.menu(actor, choice.query()),
        "data_until": data_until(choice.asked),
        "names_leaders": can_cut_by(actor, "leader").allowed,
        "links": links_on("library.list", choice.lists[0], actor),
    }
    return render(request, "dispatch/overview.html", context)


@page("figures.view", place="dispatch")
def rows(request: HttpRequest) -> HttpResponse:
    """The projects behind one figure; they add up to it."""
    actor = actor_of(request)
    choice = read_choice(actor, request.GET)
    if choice is None:
        return no_list(request)
    indicator = request.GET.get("indicator", "projects")
    result = opened(actor, choice.asked, indicator, read_group(request.GET))
    context = {**frame(choice), "opened": result, "page_title": result.title}
    listed = leaving(actor, result.rows) if request.GET.get("export") else result.rows
    table = rows_table(indicator, result)
    return table.respond(request, listed, context=context, template="dispatch/rows.html", title=result.title)


@page("figures.view", place="dispatch")
def lagging(request: HttpRequest) -> HttpResponse:
    """Every project that lags: those that the overview and Today count."""
    actor = actor_of(request)
    choice = read_choice(actor, request.GET)
    if choice is None:
        return no_list(request)
    listed = [LagRow.of(row) for row in laggards(actor, lags(choice.asked))]
    context = {**frame(choice), "page_title": _("有滞后因素的项目"), "count": len(listed)}
    if request.GET.get("export"):
        listed = leaving(actor, listed)
    return LAGGING.respond(request, listed, template="dispatch/lagging.html", context=context)


@page("figures.view", place="dispatch")
def cut(request: HttpRequest) -> HttpResponse:
    """One cut of the list in full, by one or two dimensions."""
    actor = actor_of(request)
    choice = read_choice(actor, request.GET)
    if choice is None:
        return no_list(request)
    table = cuts.table(actor, choice.asked, request.GET.get("by", "class"))
    context = {**frame(choice), "table": table, "cuts": cuts.menu(actor, choice.query(), table.by)}
    return render(request, "dispatch/cut.html", {**context, "page_title": table.title})


def no_list(request: HttpRequest) -> HttpResponse:
    """An installation without lists: what will be here, where to begin for who may, whom to ask for the others."""
    begin = []
    if rights.can(actor_of(request), "library.draft_import").allowed:
        begin = [{"label": _("导入年度名单"), "url": reverse("reporting:import"), "main": True}]
    context = {"page_title": _("调度"), "begin": begin, "guide": today.guide(actor_of(request))}
    return render(request, "dispatch/no_list.html", context)


def frame(choice: Choice) -> dict[str, Any]:
    """What every dispatch page shows of its question: lists, date ruler, issue, known-on."""
    asked = choice.asked
    first = choice.lists[0]
    batch = batch_of(first)
    points = [(row.on, row.name) for row in first.check_points.order_by("on")]
    return {
        "page_title": _("调度"),
        "choice": choice,
        "query": choice.query(),
        "asked": asked,
        "truth": asked.truth,
        "unadopted": unadopted(asked),
        "time": time_at(asked),
        "list_name": first.name + (f"（{batch.document_number}）" if batch and batch.document_number else ""),
        "region_name": first.region.name,
        "ruler": Ruler(
            asked.as_of, min(clock.today(), asked.as_of.replace(month=12, day=31)), points, target="#at-date"
        ),
        "keep": choice.pairs(as_of=None),
        "unions": cuts.unions(choice),
    }
