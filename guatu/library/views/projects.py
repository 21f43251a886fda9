"""The table of projects and one project's page."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import access, clock, rights
from guatu.core.actor import Actor
from guatu.core.pages import actor_of, found, page
from guatu.core.registries import BLOCKS, LEDES, Tab, tabs_on
from guatu.core.truth import Truth, read_truth
from guatu.library import policies
from guatu.library.exports import project_file
from guatu.library.models import Project
from guatu.library.queries import tablepage
from guatu.library.queries.listpage import shown_day
from guatu.library.queries.page import day_shown, head_of
from guatu.library.queries.search import matching
from guatu.library.tables import project_table


def project_of(request: HttpRequest, public_id: UUID, right: str = "library.view") -> Project:
    """The project that the actor may see (404 otherwise)."""
    rows = policies.visible_projects(actor_of(request), right)
    row = rows.select_related("region", "package").filter(public_id=public_id).first()
    project: Project = found(row)
    return project


@page("library.view", place="library")
def projects(request: HttpRequest) -> HttpResponse:
    """The year's main list, another one, or all projects: views, filters, groups with sums, files."""
    actor, today = actor_of(request), clock.today()
    lists = tablepage.lists_seen(actor)
    text = request.GET.get("q", "").strip()[:80]
    chosen = tablepage.list_meant(lists, request.GET, today)
    if chosen is not None:  # every link from here names the list, so that it shows the same next year
        request.GET = tablepage.naming(request.GET, chosen)  # type: ignore[assignment]  # a copy
    day = today if chosen is None else shown_day(chosen, today)
    with_subs, truth = bool(text or request.GET.get("subs")), read_truth(actor, request.GET)
    rows = tablepage.rows_of(actor, chosen, day, leaves=bool(text or request.GET.get("export")), with_subs=with_subs)
    context = {
        "page_title": _("项目库"),
        **tablepage.around(actor, lists, chosen, today),
        "text": text,
        "truth": truth if chosen is not None else Truth.CONFIRMED,
        "with_subs": with_subs,
        "may_export": chosen is not None and policies.can_export(actor, chosen),
        "may_move": rights.can(actor, "library.move_assignments").allowed,
        "may_register": rights.can(actor, "library.register_project").allowed,
    }
    words = {"sub": chosen.name if chosen else _("全部项目"), "template": "library/projects.html"}
    given = {"day": day} if chosen is None else {"day": day, "list": chosen, "truth": truth}
    table = project_table(chosen, day, in_lines=bool(text))
    return table.respond(request, matching(rows, text), context=context, given=given, **words)


def _tabs(actor: Actor, row: Project, tabs: list[Tab], current: Tab) -> list[dict[str, Any]]:
    """The tabs as links, with their counts; each comes back to the tabs, not to the page's head."""
    here = reverse("library:project", args=[row.public_id])
    return [
        {
            "label": tab.words,
            "url": f"{here}?tab={tab.code}#tab",
            "count": tab.count(actor, row),
            "current": tab is current,
        }
        for tab in tabs
    ]


def _lede(actor: Actor, row: Project, today: date) -> str:
    """The opening sentence of a higher package that the post may read."""
    parts = (part for part in LEDES.values() if part.on == "library.project")
    allowed = (part.make(actor, row, today) for part in parts if policies.can_do(actor, part.right, row).allowed)
    return next(filter(None, allowed), "")


def _blocks(actor: Actor, row: Project, today: date) -> list[dict[str, Any]]:
    """What higher packages say of the project below its title, as far as the post may read it."""
    parts = [part for part in BLOCKS.values() if part.on == "library.project"]
    allowed = [part for part in parts if policies.can_do(actor, part.right, row).allowed]
    made = [(part.template, part.make(actor, row, today)) for part in allowed]
    return [{"template": template, **shown} for template, shown in made if shown is not None]


@page("library.view", place="library")
def project(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One project: its facts, 五个一, and the tabs that packages have registered."""
    actor, row = actor_of(request), project_of(request, public_id)
    tabs = [tab for tab in tabs_on("library.project") if policies.can_do(actor, tab.right, row).allowed]
    tab = next((item for item in tabs if item.code == request.GET.get("tab")), tabs[0])
    today = clock.today()
    day = day_shown(row, today)
    context = {
        "page_title": row.name,
        "project": row,
        "lede": _lede(actor, row, today),
        "blocks": _blocks(actor, row, today),
        "begins": day if day > today else None,
        **head_of(actor, row, day),
        "tabs": _tabs(actor, row, tabs, tab),
        "tab": tab,
        **tab.context(actor, row, request.GET),
    }
    return render(request, "library/project.html", context)


@page("library.export_file", place="library")
def file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One project's whole file as a zip with an index; each download is logged."""
    actor, row = actor_of(request), project_of(request, public_id, "library.export_file")
    content = project_file(actor, row, day_shown(row, clock.today()))
    access.note("export", actor, subject=":".join(row.trail_subject()), detail="file.zip")
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="project-{row.public_id}.zip"'
    return response
