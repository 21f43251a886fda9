"""The wall chart: on the screen, as a plain table, on paper."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from guatu.core import access, clock, rights
from guatu.core.pages import actor_of, found, page
from guatu.dispatch.wall.paper import PAPERS, paper_of, project_paper
from guatu.dispatch.wall.payload import Payload
from guatu.dispatch.wall.queries import Wall, wall_of
from guatu.dispatch.wall.table import table_rows
from guatu.library.policies import findable_projects
from guatu.library.queries import tablepage
from guatu.plans.policies import projects_of

ZOOMS = (("week", lazy("周")), ("month", lazy("月")), ("quarter", lazy("季")), ("year", lazy("年")))


DATA, AT_FIRST = "data", 60
"""How the script asks for the rows in full, and how many the page has at first: what a big wall has in sight."""


def _data(request: HttpRequest) -> HttpResponse:
    """All rows in full, with links that lead to the page."""
    params = request.GET.copy()
    params.pop("as")
    request.GET = params  # type: ignore[assignment]  # a copy, no longer frozen
    return JsonResponse(Payload(_wall(request)[0]).made(), json_dumps_params={"ensure_ascii": False})


def _wall(request: HttpRequest, **more: Any) -> tuple[Wall, dict[str, Any]]:
    """The chart behind the address, and what stands over it."""
    actor, today = actor_of(request), clock.today()
    lists = tablepage.lists_seen(actor)
    chosen = tablepage.list_meant(lists, request.GET, today)
    if chosen is not None:
        request.GET = tablepage.naming(request.GET, chosen)  # type: ignore[assignment]  # a copy, as above
    here = reverse("dispatch:wallchart")
    wall = wall_of(actor, chosen, request.GET, today, here, **more)
    return wall, tablepage.around(actor, lists, chosen, today, here)


@page("library.view", place="wallchart")
def wallchart(request: HttpRequest) -> HttpResponse:
    """All projects of the list beside each other, drawn by the page's script from compact JSON."""
    if request.GET.get("as") == DATA:
        return _data(request)
    as_table = request.GET.get("as") == "table"
    wall, around = _wall(request, at_first=None if as_table else AT_FIRST)
    query = request.GET.urlencode(safe="/:,")
    context = {
        "page_title": _("挂图"),
        **around,
        "wall": wall,
        "table": wall.view,
        "query": query,
        "as_table": as_table,
        "rows": table_rows(wall) if as_table else [],
        "payload": None if as_table else Payload(wall, f"?{query}&as={DATA}").made(),
        "zooms": ZOOMS,
        "versions": range(1, max((len(row.plan.versions) for row in wall.rows if row.plan), default=0) + 1),
        "papers": [(code, paper.words) for code, paper in PAPERS.items()],
        "may_move": rights.can(actor_of(request), "plans.draft").allowed,
        "may_adopt": rights.can(actor_of(request), "figures.view_light_rules").allowed,
        "text": request.GET.get("q", "").strip()[:80],
    }
    return render(request, "dispatch/wallchart.html", context)


@page("library.export_list", place="wallchart")
def wallchart_print(request: HttpRequest, paper: str) -> HttpResponse:
    """The same rows as a vector PDF, without what may not leave the product."""
    found(PAPERS.get(paper))
    wall, _around = _wall(request, leaves=True)
    content = paper_of(actor_of(request), wall, paper)
    access.note("export", actor_of(request), subject="wallchart", detail=f"{paper} {wall.count}")
    return _pdf(content, f"wallchart-{wall.day}-{paper}")


@page("plans.view", place="wallchart")
def project_print(request: HttpRequest, public_id: UUID, paper: str) -> HttpResponse:
    """One project's nodes as a vector PDF."""
    actor = actor_of(request)
    found(PAPERS.get(paper))
    seen = projects_of(actor, "plans.view").filter(pk__in=findable_projects(actor).values("pk"))
    row = found(seen.select_related("region").filter(public_id=public_id).first())
    content = found(project_paper(actor, row, clock.today(), paper))
    access.note("export", actor, subject=":".join(row.trail_subject()), detail=f"wallchart {paper}")
    return _pdf(content, f"plan-{row.public_id}-{paper}")


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
