"""The table of projects and one project's page."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import access, clock, rights
from guatu.core.logs import as_uuid
from guatu.core.pages import actor_of, found, page
from guatu.core.registries import tabs_on
from guatu.library import policies
from guatu.library.exports import project_file
from guatu.library.models import AnnualList, Project
from guatu.library.queries.listpage import shown_day
from guatu.library.queries.page import day_shown, head_of
from guatu.library.queries.search import matching
from guatu.library.tables import counted_once, listed_in, project_table


def project_of(request: HttpRequest, public_id: UUID, right: str = "library.view") -> Project:
    """The project that the actor may see (404 otherwise)."""
    rows = policies.visible_projects(actor_of(request), right)
    row = rows.select_related("region", "package").filter(public_id=public_id).first()
    project: Project = found(row)
    return project


@page("library.view", place="library")
def projects(request: HttpRequest) -> HttpResponse:
    """All projects, or those of one list: filters, totals, files."""
    actor, day = actor_of(request), clock.today()
    lists = policies.visible_lists(actor).order_by("-year", "level")
    wanted = as_uuid(request.GET.get("list", ""))
    chosen = lists.filter(public_id=wanted).first() if wanted else None
    text = request.GET.get("q", "").strip()[:80]
    leaves, with_subs = (bool(text or request.GET.get(name)) for name in ("export", "subs"))
    rows = policies.findable_projects(actor) if leaves else policies.visible_projects(actor)
    if chosen is not None:
        rows = listed_in(rows, chosen, day := shown_day(chosen, day))
    elif not with_subs:
        rows = counted_once(rows, policies.visible_projects(actor))
    context = {
        "page_title": _("项目库"),
        "lists": _list_tabs(list(lists[:8]), chosen),
        "text": text,
        "chosen": chosen,
        "with_subs": with_subs,
        "may_export": chosen is not None and policies.can_export(actor, chosen),
        "may_move": rights.can(actor, "library.move_assignments").allowed,
        "may_register": rights.can(actor, "library.register_project").allowed,
    }
    words = {"sub": chosen.name if chosen else _("全部项目"), "template": "library/projects.html"}
    return project_table(chosen, day).respond(request, matching(rows, text), context=context, **words)


def _list_tabs(lists: list[AnnualList], chosen: AnnualList | None) -> list[dict[str, Any]]:
    here = reverse("library:projects")
    every = {"label": _("全部"), "url": here, "count": None, "current": chosen is None}
    return [every] + [
        {"label": row.name, "url": f"{here}?list={row.public_id}", "count": None, "current": row == chosen}
        for row in lists
    ]


@page("library.view", place="library")
def project(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One project: its facts, 五个一, and the tabs that packages have registered."""
    actor, row = actor_of(request), project_of(request, public_id)
    tabs = [tab for tab in tabs_on("library.project") if policies.can_do(actor, tab.right, row).allowed]
    tab = next((item for item in tabs if item.code == request.GET.get("tab")), tabs[0])
    here, today = reverse("library:project", args=[row.public_id]), clock.today()
    day = day_shown(row, today)
    context = {
        "page_title": row.name,
        "project": row,
        "begins": day if day > today else None,
        **head_of(actor, row, day),
        "tabs": [
            {
                "label": item.words,
                "url": f"{here}?tab={item.code}",
                "count": item.count(actor, row),
                "current": item is tab,
            }
            for item in tabs
        ],
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
