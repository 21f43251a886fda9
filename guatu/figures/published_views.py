"""Dispatch pages of what others published: the papers, and one paper's tables added up again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from guatu.core import rights
from guatu.core.pages import actor_of, page
from guatu.figures.published_tables import disagreements, tables_of
from guatu.figures.queries import paper_of, papers


@page("figures.view", place="dispatch")
def published(request: HttpRequest) -> HttpResponse:
    """Every published paper that was imported."""
    may_load = rights.can(actor_of(request), "figures.record_outside").allowed
    context = {"page_title": _("公布的进度表"), "papers": papers(), "may_load": may_load}
    return render(request, "figures/published.html", context)


@page("figures.view", place="dispatch")
def published_paper(request: HttpRequest, key: str) -> HttpResponse:
    """One paper: its tables with sums, rates and ranks of our own beside the printed ones, and what disagrees."""
    paper = paper_of(key)
    context = {
        "page_title": _("{place}重点项目进度").format(place=paper.region.name),
        "paper": paper,
        "tables": tables_of(paper),
        "wrong": disagreements(paper),
    }
    return render(request, "figures/published_paper.html", context)
